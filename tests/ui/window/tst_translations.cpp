// Every sentence of the window is translated, and what stands for a value in it is still there.
#include "tests/support/support.h"
#include "ui/window/language.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace photolex;

namespace {

struct Message {
    QString context, source;
    QStringList translations; // several where there is a plural
    bool unfinished = false;
};

QList<Message> messagesOf(const QString &path)
{
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const auto name = xml.name().toString();
        if (name == "name") {
            context = xml.readElementText();
        } else if (name == "message") {
            messages.append({context, {}, {}, false});
        } else if (name == "source") {
            messages.last().source = xml.readElementText();
        } else if (name == "translation") {
            messages.last().unfinished = !xml.attributes().value("type").isEmpty();
            while (xml.readNext() != QXmlStreamReader::EndElement || xml.name() != QLatin1String("translation")) {
                if (xml.isStartElement())
                    messages.last().translations.append(xml.readElementText());
                else if (xml.isCharacters() && !xml.isWhitespace())
                    messages.last().translations.append(xml.text().toString());
            }
        }
    }
    return messages;
}

QMap<QString, int> placeholders(const QString &text)
{
    static const QRegularExpression placeholder("%(\\d|n)");
    QMap<QString, int> found;
    for (auto match = placeholder.globalMatch(text); match.hasNext();)
        ++found[match.next().captured()];
    return found;
}

QString catalogueOf(const QString &language)
{
    return QString::fromStdString((test::sourceFolder() / "translations").string()) + "/photolex_" + language + ".ts";
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySentenceIsTranslatedWithItsPlaceholders_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << "de";
        QTest::newRow("English plurals") << "en";
    }
    // The sources are read anew, so that a sentence written today is not forgotten.
    void everySentenceIsTranslatedWithItsPlaceholders()
    {
        QFETCH(QString, language);
        const test::ScratchFolder scratch;
        const QString fresh = QString::fromStdString((scratch / "fresh.ts").string());
        QVERIFY(QFile::copy(catalogueOf(language), fresh));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QString::fromStdString(test::sourceFolder().string()));
        QStringList arguments = {"-I", ".",       "-no-obsolete",     "-locations", "none", "-extensions", "cpp,h",
                                 "ui", "app/gui", "-target-language", language,     "-ts",  fresh};
        if (language == "en")
            arguments.prepend("-pluralonly");
        lupdate.start(LUPDATE, arguments);
        QVERIFY2(lupdate.waitForFinished(60'000) && lupdate.exitCode() == 0, lupdate.readAllStandardError());

        const auto messages = messagesOf(fresh);
        QVERIFY(messages.size() > 10);
        for (const auto &message : messages) {
            const QString where = message.context + ": " + message.source;
            QVERIFY2(!message.unfinished && !message.translations.isEmpty(), qPrintable("not translated: " + where));
            for (const QString &translation : message.translations) {
                auto wanted = placeholders(message.source), there = placeholders(translation);
                if (message.translations.size() > 1) { // "one photo" needs no number
                    wanted.remove("%n");
                    there.remove("%n");
                }
                QVERIFY2(wanted == there, qPrintable("placeholders differ: " + where));
                QVERIFY2(!translation.contains('!') || message.source.contains('!'), qPrintable(where));
            }
        }
    }

    void theWindowSpeaksTheLanguageThatWasChosen()
    {
        ui::applyLanguage("de");
        QCOMPARE(QCoreApplication::translate("photolex::ui::MainWindow", "Settings"), QString("Einstellungen"));
        QCOMPARE(QCoreApplication::translate("photolex::ui::StatusArea", "%n photo(s)", nullptr, 1), QString("1 Foto"));
        QCOMPARE(QLocale().toString(1204), QString("1.204"));
        ui::applyLanguage("en");
        QCOMPARE(QCoreApplication::translate("photolex::ui::MainWindow", "Settings"), QString("Settings"));
        QCOMPARE(QCoreApplication::translate("photolex::ui::StatusArea", "%n photo(s)", nullptr, 1),
                 QString("1 photo"));
        QCOMPARE(QCoreApplication::translate("photolex::ui::StatusArea", "%n photo(s)", nullptr, 2),
                 QString("2 photos"));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
