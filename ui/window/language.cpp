#include "ui/window/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace photolex::ui {

void applyLanguage(const QString &code)
{
    static QTranslator *ours = nullptr, *qts = nullptr;
    for (QTranslator *old : {ours, qts})
        delete old; // takes itself out of the application
    ours = qts = nullptr;
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    auto load = [&locale](const QString &name, const QString &folder) -> QTranslator * {
        auto *translator = new QTranslator(QCoreApplication::instance());
        if (translator->load(locale, name, QStringLiteral("_"), folder) &&
            QCoreApplication::installTranslator(translator))
            return translator;
        delete translator;
        return nullptr;
    };
    // Plural forms exist for English too: "%n photo(s)" is a key, not a sentence.
    qts = load(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    ours = load(QStringLiteral("photolex"), QStringLiteral(":/i18n"));
    if (!ours) {
        ours = new QTranslator(QCoreApplication::instance());
        if (ours->load(QStringLiteral(":/i18n/photolex_en.qm")))
            QCoreApplication::installTranslator(ours);
    }
}

} // namespace photolex::ui
