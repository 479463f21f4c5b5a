// Words typed into the real window, answered by the bundle that ships.
#include "core/base/bytes.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "tests/ui/window/window_support.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/widgets/photo_grid.h"
#include "ui/window/language.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <map>
#include <set>

using namespace photolex;
using namespace photolex::ui;

namespace {

class Window {
public:
    explicit Window(const test::ScratchFolder &folder)
        : preferences(test::pathText(folder / "photolex.conf"))
    {
        opened = session.openLibrary(folder / "lib.photolex").has_value();
        window = std::make_unique<MainWindow>(&session, &preferences);
        window->resize(1100, 700);
        window->show();
    }
    ~Window()
    {
        window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }
    bool index(const std::filesystem::path &photos)
    {
        QSignalSpy ready(&session, &Session::modelsReady), finished(&session, &Session::jobFinished);
        session.openModels();
        if (!ready.wait(60'000))
            return false;
        window->openFolder(test::pathText(photos));
        return finished.wait(120'000);
    }
    // What a person does, until the answer stands there.
    bool search(const QString &words)
    {
        QSignalSpy answered(window->searchPlace(), &SearchPlace::answered);
        auto *edit = window->searchField()->lineEdit();
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, words);
        return QTest::qWaitFor([&] { return !answered.isEmpty() && !window->searchPlace()->isRunning(); }, 30'000);
    }
    PhotoGrid *grid() const { return window->searchPlace()->findChild<PhotoGrid *>(); }
    PhotoModel *model() const { return grid()->photoModel(); }
    QString label(const char *name) const { return window->searchPlace()->findChild<QLabel *>(name)->text(); }

    Preferences preferences;
    Session session;
    std::unique_ptr<MainWindow> window;
    bool opened = false;
};

} // namespace

class TestSearchByMeaning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyLanguage("en");
    }

    void everyPhotoIsRankedAndHasItsReason()
    {
        const test::ScratchFolder folder;
        for (int i = 0; i < 8; ++i)
            folder.write("photos/p" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i)));
        Window window(folder);
        QVERIFY(window.opened);
        QVERIFY(window.index(folder / "photos"));
        QVERIFY(window.search("dog"));
        QCOMPARE(window.window->place(), MainWindow::Place::Search);
        QCOMPARE(window.model()->rowCount(), 8);
        QVERIFY(window.model()->hasNotes());
        for (int row = 1; row < 8; ++row)
            QVERIFY(window.model()->note(row - 1)->score >= window.model()->note(row)->score);
        // Below the end line stands a title; above it, as many as the headline says.
        const int likely = window.window->searchPlace()->likelyCount();
        QVERIFY(likely < 8);
        const auto &less = window.model()->sections().back();
        QCOMPARE(less.firstRow, likely);
        QVERIFY(less.dimmed);
        QCOMPARE(less.title, "Less likely");
        QVERIFY(!window.label("headline").isEmpty());
        window.grid()->selectPhoto(window.model()->photoAt(0));
        QTRY_VERIFY2(window.label("why").startsWith("score "), qPrintable(window.label("why")));

        QVERIFY(window.search("dog zxqv"));
        QVERIFY2(window.window->searchPlace()->findChild<QLabel *>("notice")->isVisible(), "unknown words are named");
        QVERIFY(window.label("notice").contains("zxqv"));
        QCOMPARE(window.model()->rowCount(), 8);
    }

    void dogsComeFirst()
    {
        NEEDS_SHARED_DATA(shared);
        // Photos of which all five captions speak of a dog, or none does.
        std::map<std::string, int> dogs, captions;
        const auto text = readTextFile(shared / "flickr8k/captions.tsv");
        VERIFY_OK(text);
        for (const auto &line : QString::fromStdString(*text).split('\n', Qt::SkipEmptyParts)) {
            const auto parts = line.split('\t');
            if (parts.size() != 3 || parts[1] != "dev")
                continue;
            ++captions[parts[0].toStdString()];
            if (parts[2].contains(QRegularExpression("\\b(dog|dogs)\\b")))
                ++dogs[parts[0].toStdString()];
        }
        const test::ScratchFolder folder;
        std::filesystem::create_directories(folder / "photos");
        std::set<std::string> withDog;
        int others = 0, number = 0;
        for (const auto &[name, count] : captions) {
            const bool isDog = dogs[name] == count;
            if ((isDog ? withDog.size() >= 10 : others >= 30) || (!isDog && dogs[name] > 0))
                continue;
            // Another name, so that the words of the name find nothing.
            const std::string as = "p" + std::to_string(number++) + ".webp";
            std::filesystem::create_symlink(shared / "flickr8k/photos" / name, folder / "photos" / as);
            isDog ? void(withDog.insert(as)) : void(++others);
        }
        QCOMPARE(withDog.size(), 10U);
        QCOMPARE(others, 30);
        Window window(folder);
        QVERIFY(window.index(folder / "photos"));
        QVERIFY(window.search("dog"));
        QCOMPARE(window.model()->rowCount(), 40);
        const auto isDog = [&](int row) {
            const auto path = window.session.catalogue()->absolutePath(window.model()->photoAt(row)).value();
            return withDog.contains(std::filesystem::path(path).filename().string());
        };
        int first = 0, above = 0;
        for (int row = 0; row < 10; ++row)
            first += isDog(row) ? 1 : 0;
        QVERIFY2(first >= 8, qPrintable(QString("%1 dogs among the first ten").arg(first)));
        const int likely = window.window->searchPlace()->likelyCount();
        for (int row = 0; row < likely; ++row)
            above += isDog(row) ? 1 : 0;
        QVERIFY2(likely >= 1 && 2 * above >= likely,
                 qPrintable(QString("%1 of %2 above the line").arg(above).arg(likely)));
        window.grid()->selectPhoto(window.model()->photoAt(0));
        QTRY_VERIFY2(window.label("why").contains("dog"), qPrintable(window.label("why")));
        // What is taken away does not come back.
        QVERIFY(window.search("dog -dog"));
        QVERIFY(window.model()->rowCount() < 40);
    }

    void nearestWordsLeadToTheirPhotos()
    {
        const test::ScratchFolder folder;
        folder.write("photos/a.jpg", test::jpeg(test::scene(3)));
        Window window(folder);
        QVERIFY(window.index(folder / "photos"));
        QVERIFY(window.search("mountains"));
        QCOMPARE(window.model()->rowCount(), 1);
        QTest::keyClick(window.window->searchField()->lineEdit(), Qt::Key_Return); // to the results
        QTRY_COMPARE(window.grid()->currentPhoto(), window.model()->photoAt(0));
        QCOMPARE(window.session.catalogue()->recentSearches().value(), std::vector<std::string>{"mountains"});
    }
};

QTEST_MAIN(TestSearchByMeaning)
#include "tst_search_by_meaning.moc"
