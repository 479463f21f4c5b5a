// What a scan takes, what it leaves, and how it counts.
#include "tests/core/indexing/test_library.h"

#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace photolex;
using catalogue::PhotoState;
namespace fs = std::filesystem;

class TestScan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreBytes()
    {
        const std::vector<std::string> names = {"א.jpg",
                                                "Öffentlich/ü.jpg",
                                                "한국/사진.jpg",
                                                "🏖️.jpg",
                                                "\xc3\xa9.jpg",
                                                "e\xcc\x81.jpg", // the same name in its other spelling
                                                "a\nb.jpg",
                                                "t\tb.jpg",
                                                "-rf.jpg",
                                                "100%.jpg",
                                                "a#b.jpg",
                                                "\"q\".jpg",
                                                " lead and trail .jpg",
                                                "bad\xff\xfe.jpg",
                                                ".hidden.jpg",
                                                "A.JPG",
                                                "a.jfif",
                                                "b.jpe",
                                                "photo",
                                                "dots.2010.",
                                                "'quote' $HOME;.jpg",
                                                "back\\slash.jpg"};
        test::TestLibrary library;
        std::set<std::string> paths;
        int seed = 0;
        for (const auto &name : names)
            paths.insert(library.add(name, ++seed).native());
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, static_cast<std::int64_t>(names.size()), 0, 0, 0, 0, 0, 0);
        std::set<std::string> found;
        for (const auto &[path, photo] : library.all())
            found.insert(path);
        QVERIFY(found == paths); // the very bytes
        for (const auto &path : paths)
            QVERIFY2(library.rowsBelongTo(path), path.c_str());
    }

    void contentDecidesWithoutExtension()
    {
        test::TestLibrary library;
        library.add("photo", 1);
        library.scratch.write("photos/README", "no picture at all, only words");
        library.scratch.write("photos/empty", "");
        library.scratch.write("photos/a.png", test::photoBytes(2)); // a JPEG
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 2, 0, 0, 0, 0, 0, 2);
        QCOMPARE(library.photoAt(library.photos / "a.png").format, std::string("JPEG"));
    }

    void everyRegularFileIsCountedOnce()
    {
        test::TestLibrary library;
        library.addMany(3);
        fs::copy_file(library.photos / "p100.jpg", library.photos / "copy.jpg"); // a copy is a photo of its own
        library.scratch.write("photos/notes.txt", "x");
        library.scratch.write("photos/p100.jpg.xmp", "x");
        library.scratch.write("photos/zero.jpg", "");
        for (const char *junk :
             {"._p100.jpg", ".DS_Store", "@eaDir/p100.jpg/SYNOPHOTO_THUMB_XL.jpg", ".thumbnails/a.jpg",
              ".Trash-1000/files/b.jpg", "#recycle/c.jpg", "x.photolex/thumbnails/d.jpg"})
            library.scratch.write(std::string("photos/") + junk, test::photoBytes(7));
        fs::create_symlink("p100.jpg", library.photos / "link.jpg");  // the same file again
        fs::create_symlink("nowhere", library.photos / "broken.jpg"); // nothing
        QCOMPARE(::mkfifo((library.photos / "pipe.jpg").c_str(), 0600), 0);

        std::int64_t files = 0;
        for (const auto &entry : fs::recursive_directory_iterator(library.photos))
            files += !entry.is_symlink() && entry.is_regular_file();
        const auto first = library.index();
        VERIFY_OK(first);
        QCOMPARE(test::filesCounted(*first), files);
        COMPARE_COUNTS(*first, 4, 0, 0, 0, 0, 1, 9);
        const auto second = library.index();
        VERIFY_OK(second);
        COMPARE_COUNTS(*second, 0, 0, 4, 0, 0, 1, 9);
        QCOMPARE(library.network->calls.load(), 4);
        // A list of one's own replaces ours.
        indexing::IndexOptions options;
        options.scan.excludePatterns = {"p10?.jpg", "@eaDir"};
        const auto third = library.index({library.photos}, options);
        VERIFY_OK(third);
        QCOMPARE(third->removed, 3);
        QCOMPARE(test::filesCounted(*third), files);
    }

    void eachRealFolderIsEnteredOnce()
    {
        test::TestLibrary library;
        library.add("deep/real/a.jpg", 1);
        library.scratch.write("outside/b.jpg", test::photoBytes(2));
        fs::create_directory_symlink(".", library.photos / "loop");
        fs::create_directory_symlink("..", library.photos / "deep" / "up");
        fs::create_directory_symlink("real", library.photos / "deep" / "another");
        fs::create_directory_symlink("b2", library.photos / "b1");
        fs::create_directory_symlink("b1", library.photos / "b2");
        fs::create_directory_symlink(library.scratch / "outside", library.photos / "first");
        fs::create_directory_symlink(library.scratch / "outside", library.photos / "second");
        library.add("z.jpg", 3);
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 3, 0, 0, 0, 0, 0, 0);
        QVERIFY(library.all().contains((library.photos / "deep/real/a.jpg").native()));
        QVERIFY(library.all().contains((library.photos / "first/b.jpg").native()));
    }

    void aPhotoLiesInOneRoot()
    {
        test::TestLibrary library;
        const auto inner = library.add("B/inner.jpg", 1);
        library.add("outer.jpg", 2);
        const auto whole = library.index();
        VERIFY_OK(whole);
        QCOMPARE(whole->added, 2);
        const auto part = library.index({library.photos / "B"});
        VERIFY_OK(part);
        COMPARE_COUNTS(*part, 0, 0, 1, 0, 0, 0, 0); // nothing outside is concerned
        QCOMPARE(library.catalogue->roots()->size(), 1U);
        // By another way to the same place.
        fs::create_directory_symlink(library.photos, library.scratch / "alias");
        const auto alias = library.index({library.scratch / "alias" / "B"});
        VERIFY_OK(alias);
        COMPARE_COUNTS(*alias, 0, 0, 1, 0, 0, 0, 0);
        QCOMPARE(library.all().size(), 2U);
        QCOMPARE(library.stateOf(inner), PhotoState::Ready);
    }

    void rootBelowANewRootKeepsItsPhotos()
    {
        test::TestLibrary library;
        library.add("B/inner.jpg", 1);
        library.add("outer.jpg", 2);
        VERIFY_OK(library.index({library.photos / "B"}));
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 1, 0, 1, 0, 0, 0, 0);
        QCOMPARE(library.catalogue->roots()->size(), 2U);
        QCOMPARE(library.all().size(), 2U);
        const auto every = library.index({});
        COMPARE_COUNTS(*every, 0, 0, 2, 0, 0, 0, 0);
    }

    void missingRootIsOffline_data()
    {
        QTest::addColumn<bool>("mountPointStays");
        QTest::newRow("the folder is gone") << false;
        QTest::newRow("an empty mount point is left") << true;
    }
    void missingRootIsOffline()
    {
        QFETCH(bool, mountPointStays);
        test::TestLibrary library;
        library.addMany(4);
        VERIFY_OK(library.index());
        fs::rename(library.photos, library.scratch / "away");
        if (mountPointStays)
            fs::create_directory(library.photos);
        const auto away = library.index();
        VERIFY_OK(away);
        QVERIFY(away->offline);
        COMPARE_COUNTS(*away, 0, 0, 0, 0, 0, 0, 0);
        QCOMPARE(library.catalogue->roots()->front().state, catalogue::RootState::Offline);
        QCOMPARE(library.stateOf(library.photos / "p100.jpg"), PhotoState::Ready);
        fs::remove(library.photos);
        fs::rename(library.scratch / "away", library.photos);
        const auto back = library.index({});
        VERIFY_OK(back);
        QVERIFY(!back->offline);
        COMPARE_COUNTS(*back, 0, 0, 4, 0, 0, 0, 0);
        QCOMPARE(library.network->calls.load(), 4); // nothing was embedded again
        QCOMPARE(library.catalogue->roots()->front().state, catalogue::RootState::Online);
    }

    void deletedPhotoKeepsItsCaptionAndComesBack()
    {
        test::TestLibrary library;
        library.addMany(3);
        VERIFY_OK(library.index());
        const auto file = library.photos / "p101.jpg";
        const auto id = library.photoAt(file).id;
        VERIFY_OK(library.catalogue->setUserCaption(id, "grandmother's garden"));
        fs::rename(file, library.scratch / "kept.jpg");
        const auto gone = library.index();
        VERIFY_OK(gone);
        COMPARE_COUNTS(*gone, 0, 0, 2, 0, 1, 0, 0);
        QCOMPARE(library.stateOf(file), PhotoState::Missing);
        const auto again = library.index();
        QCOMPARE(again->removed, 0); // once is enough
        fs::rename(library.scratch / "kept.jpg", file);
        const auto back = library.index();
        VERIFY_OK(back);
        COMPARE_COUNTS(*back, 0, 0, 3, 0, 0, 0, 0);
        QCOMPARE(library.photoAt(file).id, id);
        QCOMPARE(library.stateOf(file), PhotoState::Ready);
        QCOMPARE(library.catalogue->captions(id)->front().text, std::string("grandmother's garden"));
        QCOMPARE(library.network->calls.load(), 3);
    }

    void unreadableFolderLosesNothing()
    {
        if (::geteuid() == 0)
            QSKIP("root may read every folder");
        test::TestLibrary library;
        library.add("closed/a.jpg", 1);
        library.add("b.jpg", 2);
        VERIFY_OK(library.index());
        fs::permissions(library.photos / "closed", fs::perms::none);
        const auto report = library.index();
        fs::permissions(library.photos / "closed", fs::perms::owner_all);
        VERIFY_OK(report);
        QCOMPARE(report->removed, 0);
        QCOMPARE(report->problems.size(), 1U);
        QCOMPARE(report->problems[0].remedy, std::string("check-permissions"));
    }

    void wrongFoldersChangeNothing()
    {
        test::TestLibrary library;
        const auto file = library.add("a.jpg", 1);
        const auto missing = library.index({library.photos, library.scratch / "nowhere"});
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Errc::NotFound);
        const auto noFolder = library.index({library.photos, file});
        QVERIFY(!noFolder);
        QCOMPARE(noFolder.error().code, Errc::Invalid);
        QVERIFY(library.catalogue->roots()->empty());
    }

    void youngFilesWaitWhileWatching()
    {
        test::TestLibrary library;
        library.add("old.jpg", 1);
        VERIFY_OK(library.index());
        const auto young = library.add("young.jpg", 2);
        indexing::IndexOptions options{.watching = true, .settleTime = std::chrono::hours(1)};
        auto report = library.index({library.photos}, options);
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 0, 1, 0, 0, 0, 1);
        options.settleTime = std::chrono::milliseconds(0);
        report = library.index({library.photos}, options);
        COMPARE_COUNTS(*report, 1, 0, 1, 0, 0, 0, 0);
    }

    void manyFilesInOneFolder()
    {
        constexpr int count = 3000;
        test::TestLibrary library;
        const auto first = library.add("000000.jpg", 1);
        for (int i = 1; i < count; ++i)
            fs::create_hard_link(first, library.photos / (std::to_string(100000 + i) + ".jpg"));
        library.models = []() -> Result<indexing::Models> { return fail(Errc::NotFound, "bundle"); };
        std::int64_t seenByScan = 0;
        indexing::IndexOptions options;
        std::stop_source stop;
        options.scanned = [&] {
            seenByScan = library.catalogue->counts()->photos; // all can be browsed before one is decoded
            stop.request_stop();
        };
        const auto report = library.index({library.photos}, options, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code, Errc::Cancelled);
        QCOMPARE(seenByScan, count);
    }

    void cancelledScanRemovesNothing()
    {
        test::TestLibrary library;
        library.addMany(3);
        VERIFY_OK(library.index());
        fs::remove(library.photos / "p101.jpg");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!library.index({library.photos}, {}, stop.get_token()));
        QCOMPARE(library.stateOf(library.photos / "p101.jpg"), PhotoState::Ready);
    }
};

QTEST_GUILESS_MAIN(TestScan)
#include "tst_scan.moc"
