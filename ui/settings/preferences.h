// What the user chose, kept in configHome()/photolex.conf. Reading is cheap; each change is announced once.
#pragma once

#include "core/indexing/indexer.h"
#include "ui/style/theme.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace photolex::ui {

class Preferences : public QObject {
    Q_OBJECT
public:
    explicit Preferences(QObject *parent = nullptr);                      // configHome()/photolex.conf
    explicit Preferences(const QString &file, QObject *parent = nullptr); // for tests

    QString language() const; // "en", "de"; empty: that of the system
    void setLanguage(const QString &language);
    Theme theme() const;
    void setTheme(Theme theme);
    int threads() const; // 0: one per processor
    void setThreads(int threads);
    QString bundle() const; // id of the one that every place works with; empty: the program's own
    void setBundle(const QString &id);
    bool isQuiet() const;
    void setQuiet(bool quiet);
    QStringList excludePatterns() const; // the program's defaults until changed
    void setExcludePatterns(const QStringList &patterns);
    indexing::ScanOptions scanOptions() const;

    QByteArray state(const QString &place) const; // geometry, panels, tile sizes
    void setState(const QString &place, const QByteArray &state);

Q_SIGNALS:
    void languageChanged();
    void themeChanged();
    void bundleChanged();
    void indexingChanged(); // threads, quiet mode or exclude patterns

private:
    void set(const QString &key, const QVariant &value, void (Preferences::*changed)());
    QSettings m_settings;
};

// Languages that can be chosen, as the code and the name in that language.
struct Language {
    QString code, name;
};
QList<Language> languages();

} // namespace photolex::ui
