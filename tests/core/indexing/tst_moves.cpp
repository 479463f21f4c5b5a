// Files that moved, changed, or only look as if they had.
#include "tests/core/indexing/test_library.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace photolex;
using catalogue::PhotoState;
namespace fs = std::filesystem;

namespace {

void setTime(const fs::path &file, std::int64_t seconds)
{
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
}

} // namespace

class TestMoves : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void movedPhotosKeepWhatTheyHave_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("file renamed") << 0;
        QTest::newRow("folder renamed") << 1;
        QTest::newRow("copied, then deleted") << 2;
        QTest::newRow("into another root") << 3;
        QTest::newRow("gone in one scan, back elsewhere in the next") << 4;
    }
    void movedPhotosKeepWhatTheyHave()
    {
        QFETCH(int, how);
        test::TestLibrary library;
        const auto from = library.add("old/a.jpg", 1);
        library.add("b.jpg", 2);
        fs::create_directories(library.scratch / "other");
        VERIFY_OK(library.index({library.photos, library.scratch / "other"}));
        const auto id = library.photoAt(from).id;
        VERIFY_OK(library.catalogue->setUserCaption(id, "mine"));
        auto to = library.photos / "old" / "renamed.jpg";
        switch (how) {
        case 0:
            fs::rename(from, to);
            break;
        case 1:
            to = library.photos / "new" / "a.jpg";
            fs::rename(library.photos / "old", library.photos / "new");
            break;
        case 2:
            fs::copy_file(from, to);
            setTime(to, 1'000'000);
            fs::remove(from);
            break;
        case 3:
            to = library.scratch / "other" / "a.jpg";
            fs::copy_file(from, to);
            fs::remove(from);
            break;
        case 4:
            to = library.photos / "back.jpg";
            fs::copy_file(from, library.scratch / "kept.jpg");
            fs::remove(from);
            VERIFY_OK(library.index());
            QCOMPARE(library.stateOf(from), PhotoState::Missing);
            fs::copy_file(library.scratch / "kept.jpg", to);
            break;
        }
        // Only the place where it is now is scanned in the case of two roots.
        const auto report = library.index({how == 3 ? library.scratch / "other" : library.photos});
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 0, how == 3 ? 0 : 1, 1, 0, 0, 0);
        QCOMPARE(library.photoAt(to).id, id);
        QCOMPARE(library.stateOf(to), PhotoState::Ready);
        QCOMPARE(library.catalogue->captions(id)->front().text, std::string("mine"));
        QVERIFY(library.points()->indexOf(id) >= 0);
        QCOMPARE(library.network->calls.load(), 2);
        QCOMPARE(library.all().size(), 2U);
        // And nothing is left to do.
        const auto again = library.index({});
        COMPARE_COUNTS(*again, 0, 0, 2, 0, 0, 0, 0);
    }

    void copyIsNotAMove()
    {
        test::TestLibrary library;
        const auto from = library.add("a.jpg", 1);
        VERIFY_OK(library.index());
        fs::copy_file(from, library.photos / "copy.jpg");
        fs::create_hard_link(from, library.photos / "link.jpg");
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 2, 0, 1, 0, 0, 0, 0);
        QCOMPARE(library.all().size(), 3U);
    }

    void twoEqualFilesMoveTogether()
    {
        test::TestLibrary library;
        const auto a = library.add("old/a.jpg", 1);
        const auto b = library.add("old/b.jpg", 1);
        VERIFY_OK(library.index());
        const auto idA = library.photoAt(a).id, idB = library.photoAt(b).id;
        fs::create_directory(library.photos / "new");
        for (const char *name : {"a.jpg", "b.jpg"})
            fs::copy_file(library.photos / "old" / name, library.photos / "new" / name);
        fs::remove_all(library.photos / "old");
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 0, 0, 2, 0, 0, 0);
        QCOMPARE(library.photoAt(library.photos / "new/a.jpg").id, idA);
        QCOMPARE(library.photoAt(library.photos / "new/b.jpg").id, idB);
    }

    void overwrittenFileIsReadAgain()
    {
        test::TestLibrary library;
        const auto file = library.add("a.jpg", 1);
        setTime(file, 2'000'000);
        VERIFY_OK(library.index());
        // Same size, older time: only the content tells. Garbage at the end of a JPEG is no part of the picture.
        auto other = test::photoBytes(2);
        const auto size = std::max<std::size_t>(test::photoBytes(1).size(), other.size());
        other.resize(size, '\0');
        library.scratch.write("photos/a.jpg", other);
        setTime(file, 1'000'000);
        const auto id = library.photoAt(file).id;
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 1, 0, 0, 0, 0, 0);
        QCOMPARE(library.photoAt(file).id, id);
        QVERIFY(library.rowsBelongTo(file));
        // Then with garbage: it fails, and nothing of what it was before answers for it.
        library.scratch.write("photos/a.jpg", std::string(size, 'x'));
        const auto failed = library.index();
        VERIFY_OK(failed);
        COMPARE_COUNTS(*failed, 0, 0, 0, 0, 0, 1, 0);
        QCOMPARE(library.stateOf(file), PhotoState::Failed);
        QVERIFY(library.points()->indexOf(id) < 0);
        const auto photo = library.photoAt(file);
        const auto thumbnails = image::ThumbnailCache::open(library.scratch / "thumbnails");
        QVERIFY(!thumbnails->read({photo.id, photo.stamp.size, photo.stamp.mtimeNs}, 256));
    }

    void sameSizeOtherContent()
    {
        test::TestLibrary library;
        const auto file = library.scratch.write("photos/a.bmp", test::bmp(test::scene(1, {64, 48})));
        setTime(file, 2'000'000);
        VERIFY_OK(library.index());
        library.scratch.write("photos/a.bmp", test::bmp(test::scene(2, {64, 48})));
        setTime(file, 2'000'000); // only the time of change of the inode tells
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 1, 0, 0, 0, 0, 0);
        QVERIFY(library.rowsBelongTo(file));
    }

    void anEditInTheMiddleIsSeen()
    {
        // Larger than both ends that are compared first, and every byte of it a pixel.
        test::TestLibrary library;
        auto bytes = test::bmp(test::scene(1, {640, 480}));
        const auto file = library.scratch.write("photos/a.bmp", bytes);
        setTime(file, 2'000'000);
        VERIFY_OK(library.index());
        std::fill(bytes.begin() + 300'000, bytes.begin() + 600'000, '\xff');
        library.scratch.write("photos/a.bmp", bytes);
        setTime(file, 2'000'001);
        auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 1, 0, 0, 0, 0, 0);
        QVERIFY(library.rowsBelongTo(file));
        std::fill(bytes.begin() + 300'000, bytes.begin() + 600'000, '\x20');
        library.scratch.write("photos/a.bmp", bytes);
        setTime(file, 2'000'001); // set back: the inode's own time tells
        report = library.index();
        COMPARE_COUNTS(*report, 0, 1, 0, 0, 0, 0, 0);
        QVERIFY(library.rowsBelongTo(file));
        // Touched, and copied over with the same bytes: nothing to do.
        setTime(file, 3'333'333);
        report = library.index();
        COMPARE_COUNTS(*report, 0, 0, 1, 0, 0, 0, 0);
        QCOMPARE(report->embedded, 0);
        library.scratch.write("photos/a.bmp", bytes);
        report = library.index();
        COMPARE_COUNTS(*report, 0, 0, 1, 0, 0, 0, 0);
        QCOMPARE(report->embedded, 0);
    }

    void timesAloneChangeNothing()
    {
        test::TestLibrary library;
        library.addMany(3);
        VERIFY_OK(library.index());
        setTime(library.photos / "p100.jpg", 4'070'908'800); // 2099
        setTime(library.photos / "p101.jpg", 3600);
        for (int run = 0; run < 2; ++run) {
            const auto report = library.index();
            VERIFY_OK(report);
            COMPARE_COUNTS(*report, 0, 0, 3, 0, 0, 0, 0);
        }
        QCOMPARE(library.network->calls.load(), 3);
    }

    void failedPhotoIsTriedAgainWhenItChanges()
    {
        test::TestLibrary library;
        library.add("good.jpg", 1);
        const auto file = library.scratch.write("photos/bad.jpg", "not a picture");
        for (int run = 0; run < 2; ++run) {
            const auto report = library.index();
            VERIFY_OK(report);
            QCOMPARE(report->failed, 1);
            QCOMPARE(report->problems.size(), 1U); // it is named every time
            QCOMPARE(report->problems[0].path, file.native());
        }
        library.scratch.write("photos/bad.jpg", test::photoBytes(3));
        const auto mended = library.index();
        VERIFY_OK(mended);
        COMPARE_COUNTS(*mended, 0, 1, 1, 0, 0, 0, 0);
        QVERIFY(library.rowsBelongTo(file));
    }

    // Never counted as indexed, and named with what helps.
    void whatThisLibheifIsTooOldForIsAProblemWithARemedy_data()
    {
        QTest::addColumn<bool>("avif");
        QTest::newRow("HEIC") << false;
        QTest::newRow("AVIF") << true;
    }
    void whatThisLibheifIsTooOldForIsAProblemWithARemedy()
    {
        QFETCH(bool, avif);
        if (!test::canMakeHeic(avif))
            QSKIP("this libheif has no encoder");
        test::TestLibrary library;
        library.add("good.jpg", 1);
        const auto file = library.scratch.write("photos/new", test::heicWithManyAuxiliaries(test::card(), avif));
        if (image::decode(file))
            QSKIP("this libheif reads it");
        for (int run = 0; run < 2; ++run) {
            const auto report = library.index();
            VERIFY_OK(report);
            COMPARE_COUNTS(*report, run == 0, 0, run, 0, 0, 1, 0);
            QCOMPARE(report->problems.size(), 1U);
            QCOMPARE(report->problems[0].path, file.native());
            QCOMPARE(report->problems[0].error.code, Errc::Unsupported);
            QCOMPARE(report->problems[0].remedy, std::string("update-libheif"));
            QCOMPARE(library.stateOf(file), PhotoState::Failed);
        }
    }

    void failedPhotoIsTriedAgainWithAnotherDecoder_data()
    {
        QTest::addColumn<QString>("detail");
        QTest::addColumn<bool>("again");
        QTest::newRow("older libheif") << "libheif 0.9.9 cannot read this: nothing" << true;
        QTest::newRow("remedy") << "needs libheif 1.19 or newer, this is 0.9.9: install it" << true;
        QTest::newRow("older LibRaw") << "LibRaw 0.1 does not know this kind of RAW" << true;
        QTest::newRow("nobody's") << "unknown format" << false;
    }
    void failedPhotoIsTriedAgainWithAnotherDecoder()
    {
        QFETCH(QString, detail);
        QFETCH(bool, again);
        test::TestLibrary library;
        const auto file = library.add("a.jpg", 1);
        VERIFY_OK(library.index());
        auto photo = library.photoAt(file);
        photo.state = PhotoState::Failed;
        photo.error = Error{Errc::Unsupported, file.native(), detail.toStdString()};
        VERIFY_OK(library.catalogue->save({&photo, 1}));
        const auto report = library.index();
        VERIFY_OK(report);
        QCOMPARE(report->failed, again ? 0 : 1);
        QCOMPARE(library.stateOf(file), again ? PhotoState::Ready : PhotoState::Failed);
    }

    void sidecarIsReadAgainWithoutTheNetwork()
    {
        test::TestLibrary library;
        const auto file = library.add("a.jpg", 1);
        const auto sidecar = [&](const std::string &text) {
            library.scratch.write("photos/a.jpg.xmp",
                                  R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF )"
                                  R"(xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description )"
                                  R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>)"
                                  R"(<rdf:li xml:lang="x-default">)" +
                                      text +
                                      "</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>");
        };
        VERIFY_OK(library.index());
        const auto id = library.photoAt(file).id;
        QVERIFY(library.catalogue->captions(id)->empty());
        VERIFY_OK(library.catalogue->setUserCaption(id, "my own words"));
        sidecar("two swans");
        auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 1, 0, 0, 0, 0, 1);
        const auto fileCaption = [&] {
            const auto captions = library.catalogue->captions(id);
            for (const auto &caption : *captions)
                if (caption.origin == catalogue::CaptionOrigin::File)
                    return caption.text;
            return std::string();
        };
        QCOMPARE(fileCaption(), std::string("two swans"));
        setTime(library.photos / "a.jpg.xmp", 1'000'000);
        VERIFY_OK(library.index());
        sidecar("three swans");
        report = library.index();
        QCOMPARE(fileCaption(), std::string("three swans"));
        fs::remove(library.photos / "a.jpg.xmp");
        report = library.index();
        QCOMPARE(fileCaption(), std::string());
        const auto captions = library.catalogue->captions(id);
        QCOMPARE(captions->size(), 1U); // the person's text is nobody's but theirs
        QCOMPARE(captions->front().text, std::string("my own words"));
        QCOMPARE(library.network->calls.load(), 1);
        report = library.index();
        COMPARE_COUNTS(*report, 0, 0, 1, 0, 0, 0, 0);
    }
};

QTEST_GUILESS_MAIN(TestMoves)
#include "tst_moves.moc"
