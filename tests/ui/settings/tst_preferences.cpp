#include "tests/support/support.h"
#include "ui/settings/preferences.h"

#include <QSignalSpy>

using namespace photolex;
using namespace photolex::ui;

class TestPreferences : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasChosenIsThereNextTime()
    {
        const test::ScratchFolder scratch;
        const QString file = QString::fromStdString((scratch / "p.conf").string());
        {
            Preferences preferences(file);
            preferences.setLanguage(QStringLiteral("de"));
            preferences.setTheme(Theme::Dark);
            preferences.setThreads(1);
            preferences.setQuiet(true);
            preferences.setExcludePatterns({QStringLiteral("raw*"), QStringLiteral("*, old"), QStringLiteral("ä b")});
            preferences.setState(QStringLiteral("library"), QByteArray("\0\xff x", 4));
        }
        const Preferences again(file);
        QCOMPARE(again.language(), QStringLiteral("de"));
        QCOMPARE(again.theme(), Theme::Dark);
        QCOMPARE(again.threads(), 1);
        QVERIFY(again.isQuiet());
        QCOMPARE(again.excludePatterns(),
                 QStringList({QStringLiteral("raw*"), QStringLiteral("*, old"), QStringLiteral("ä b")}));
        QCOMPARE(again.scanOptions().excludePatterns.size(), std::size_t{3});
        QCOMPARE(again.state(QStringLiteral("library")), QByteArray("\0\xff x", 4));
    }

    void anEmptyListOfPatternsBringsTheDefaultsBack()
    {
        const test::ScratchFolder scratch;
        Preferences preferences(QString::fromStdString((scratch / "p.conf").string()));
        const QStringList defaults = preferences.excludePatterns();
        QVERIFY(defaults.contains(QStringLiteral(".DS_Store")));
        preferences.setExcludePatterns({QStringLiteral("x")});
        preferences.setExcludePatterns({});
        QCOMPARE(preferences.excludePatterns(), defaults);
    }

    void aChangeIsAnnouncedOnceAndTheSameValueNever()
    {
        const test::ScratchFolder scratch;
        Preferences preferences(QString::fromStdString((scratch / "p.conf").string()));
        const QSignalSpy themes(&preferences, &Preferences::themeChanged);
        const QSignalSpy indexing(&preferences, &Preferences::indexingChanged);
        preferences.setTheme(Theme::Light);
        preferences.setTheme(Theme::Light);
        QCOMPARE(themes.count(), 1);
        preferences.setQuiet(false); // as it is
        QCOMPARE(indexing.count(), 0);
        preferences.setQuiet(true);
        QCOMPARE(indexing.count(), 1);
    }

    void nonsenseInTheFileGivesDefaults()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch.write("p.conf", "theme=purple\nthreads=-7\nquiet=maybe\n");
        const Preferences preferences(QString::fromStdString(file.string()));
        QCOMPARE(preferences.theme(), Theme::System);
        QCOMPARE(preferences.threads(), 0);
        QVERIFY(preferences.bundle().isEmpty());
    }

    void theBundleOfAllPlacesIsKept()
    {
        const test::ScratchFolder scratch;
        const auto file = QString::fromStdString((scratch / "p.conf").string());
        {
            Preferences preferences(file);
            QSignalSpy changed(&preferences, &Preferences::bundleChanged);
            preferences.setBundle("clip");
            preferences.setBundle("clip");
            QCOMPARE(changed.size(), 1);
        }
        QCOMPARE(Preferences(file).bundle(), QString("clip"));
    }
};

QTEST_GUILESS_MAIN(TestPreferences)
#include "tst_preferences.moc"
