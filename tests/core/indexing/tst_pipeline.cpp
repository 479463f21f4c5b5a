// From the files to the rows: nothing shifts, nothing stops, nothing is lost. The network is a stand-in.
#include "tests/core/indexing/test_library.h"

#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/mount.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace photolex;
using catalogue::PhotoState;
namespace fs = std::filesystem;

class TestPipeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneCutFileBetweenFiftyGoodOnes()
    {
        test::TestLibrary library;
        library.addMany(50);
        const auto whole = test::photoBytes(99, {640, 480});
        const auto cut = library.scratch.write("photos/p120_cut.jpg", whole.substr(0, whole.size() * 6 / 10));
        const auto head = library.scratch.write("photos/p121_head.jpg", whole.substr(0, 40));
        const auto empty = library.scratch.write("photos/p122_empty.jpg", "");
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 51, 0, 0, 0, 0, 2, 0);
        QCOMPARE(report->damaged, 1);
        QCOMPARE(report->embedded, 51);
        std::set<std::string> listed;
        for (const auto &problem : report->problems) {
            listed.insert(problem.path);
            QVERIFY(!problem.error.detail.empty());
            QVERIFY(!problem.remedy.empty());
        }
        QCOMPARE(listed, (std::set<std::string>{cut.native(), head.native(), empty.native()}));
        QCOMPARE(library.stateOf(cut), PhotoState::Damaged);
        QCOMPARE(library.stateOf(empty), PhotoState::Failed);
        QVERIFY(library.photoAt(empty).error->detail.find("empty") != std::string::npos);
        QCOMPARE(library.features()->size(), 51U);
        const auto again = library.index();
        VERIFY_OK(again);
        COMPARE_COUNTS(*again, 0, 0, 51, 0, 0, 2, 0);
        QCOMPARE(again->embedded, 0);
    }

    void rowsBelongToTheirPhotos()
    {
        test::TestLibrary library;
        for (int i = 0; i < 8; ++i) {
            if (i == 2)
                library.scratch.write("photos/2.jpg", "\xff\xd8\xff\xe0 but no picture");
            else
                library.add(std::to_string(i) + ".jpg", 40 + i);
        }
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 7, 0, 0, 0, 0, 1, 0);
        for (int i = 0; i < 8; ++i) {
            const auto file = library.photos / (std::to_string(i) + ".jpg");
            QCOMPARE(library.rowsBelongTo(file), i != 2);
            const auto photo = library.photoAt(file);
            const auto thumbnails = image::ThumbnailCache::open(library.scratch / "thumbnails");
            QCOMPARE(thumbnails->read({photo.id, photo.stamp.size, photo.stamp.mtimeNs}, 256).has_value(), i != 2);
        }
    }

    void notFiniteIsRefused()
    {
        test::TestLibrary library;
        library.addMany(3);
        const auto poison = library.scratch.write("photos/nan.png", test::png(test::plain({40, 30}, 255, 0, 255)));
        library.scratch.write("photos/black.png", test::png(test::plain({40, 30}, 0, 0, 0)));
        library.scratch.write("photos/white.png", test::png(test::plain({40, 30}, 255, 255, 255)));
        library.scratch.write("photos/dot.png", test::png(test::plain({1, 1}, 9, 9, 9)));
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 6, 0, 0, 0, 0, 1, 0);
        QCOMPARE(library.stateOf(poison), PhotoState::Failed);
        QVERIFY(library.photoAt(poison).error->detail.find("finite") != std::string::npos);
        QCOMPARE(library.points()->size(), 6U);
        for (std::size_t row = 0; row < 6; ++row)
            for (const auto value : library.points()->row(row))
                QVERIFY(std::isfinite(value));
        indexing::IndexOptions options{.retryFailed = true};
        QCOMPARE(library.index({library.photos}, options)->failed, 1);
        QCOMPARE(library.network->calls.load(), 8); // it was tried again, and it alone
    }

    void withoutModelsPhotosCanBeBrowsed()
    {
        test::TestLibrary library;
        library.addMany(4);
        const auto good = library.models;
        library.models = []() -> Result<indexing::Models> { return fail(Errc::Corrupt, "photolex-en", "checksum"); };
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 4, 0, 0, 0, 0, 0, 0);
        QCOMPARE(report->embedded, 0);
        QVERIFY(report->modelsError.has_value());
        QCOMPARE(report->problems.back().remedy, std::string("import-bundle"));
        const auto photo = library.photoAt(library.photos / "p101.jpg");
        QCOMPARE(photo.state, PhotoState::Found);
        QCOMPARE(photo.width, 120);
        QVERIFY(photo.takenAt.has_value());
        const auto thumbnails = image::ThumbnailCache::open(library.scratch / "thumbnails");
        QVERIFY(thumbnails->read({photo.id, photo.stamp.size, photo.stamp.mtimeNs}, 256).has_value());
        const auto still = library.index();
        COMPARE_COUNTS(*still, 0, 0, 4, 0, 0, 0, 0);
        library.models = good;
        const auto later = library.index();
        VERIFY_OK(later);
        QCOMPARE(later->embedded, 4);
        QCOMPARE(library.stateOf(library.photos / "p101.jpg"), PhotoState::Ready);
    }

    void otherNetworkOrLostRowsEmbedAgain()
    {
        test::TestLibrary library;
        library.addMany(4);
        VERIFY_OK(library.index());
        library.networkHash = "1234123412341234aaaa";
        library.encoder = std::make_shared<test::GridEncoder>("5678567856785678bbbb");
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 0, 4, 0, 0, 0, 0);
        QCOMPARE(report->embedded, 4);
        fs::remove(library.catalogue->rowFile(embedding::featureRowsName(library.networkHash)));
        QCOMPARE(library.index()->embedded, 4);
        // Points alone come from the features: no picture is decoded.
        fs::remove(library.catalogue->rowFile(embedding::pointRowsName(library.encoder->hash())));
        const auto filled = library.index();
        VERIFY_OK(filled);
        QCOMPARE(filled->embedded, 0);
        QCOMPARE(library.points()->size(), 4U);
        QVERIFY(library.rowsBelongTo(library.photos / "p102.jpg"));
    }

    void anotherEncoderIsFilledFromFeatures()
    {
        test::TestLibrary library;
        library.addMany(5);
        VERIFY_OK(library.index());
        const test::GridEncoder other("99887766554433221100");
        const auto filled = indexing::fillPoints(*library.catalogue, other, library.networkHash, {});
        VERIFY_OK(filled);
        QCOMPARE(*filled, 5);
        QCOMPARE(*indexing::fillPoints(*library.catalogue, other, library.networkHash, {}), 0);
        const auto rows = embedding::Rows::open(library.catalogue->rowFile(embedding::pointRowsName(other.hash())));
        VERIFY_OK(rows);
        QCOMPARE((*rows)->size(), 5U);
        // A photo with another content has no point of the old one left.
        const auto file = library.add("p102.jpg", 77);
        VERIFY_OK(library.index());
        const auto after = embedding::Rows::open(library.catalogue->rowFile(embedding::pointRowsName(other.hash())));
        QCOMPARE((*after)->indexOf(library.photoAt(file).id), -1);
        QCOMPARE(*indexing::fillPoints(*library.catalogue, other, library.networkHash, {}), 1);
        const auto none = indexing::fillPoints(*library.catalogue, other, "ffffffff", {});
        QVERIFY(!none);
        QCOMPARE(none.error().code, Errc::NotFound);
    }

    void encodersOnATailGetTheirPointsWhileIndexing()
    {
        test::TestLibrary library;
        library.addMany(5);
        const auto rowsOf = [&](const joint::Encoder &encoder) {
            return embedding::Rows::open(library.catalogue->rowFile(embedding::pointRowsName(encoder.hash())));
        };
        VERIFY_OK(library.index());
        const auto features = library.features();
        const auto sizeOfFeatures =
            fs::file_size(library.catalogue->rowFile(embedding::featureRowsName(library.networkHash)));

        // A library that was indexed before the tail was there: stored features cannot give its points.
        const auto tailed = std::make_shared<test::GridEncoder>("99887766554433221100", "negative");
        const auto filled = indexing::fillPoints(*library.catalogue, *tailed, library.networkHash, {});
        QVERIFY(!filled);
        QCOMPARE(filled.error().code, Errc::NotFound);
        const auto own = library.encoder;
        library.models = [&]() -> Result<indexing::Models> {
            return indexing::Models{library.network, own, library.networkHash, {tailed}};
        };
        const int calls = library.network->calls;
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 0, 0, 5, 0, 0, 0, 0);
        QCOMPARE(report->embedded, 5);
        QCOMPARE(library.network->calls - calls, 5); // once a photo, whatever is asked of it
        const auto rows = rowsOf(*tailed);
        VERIFY_OK(rows);
        QCOMPARE((*rows)->size(), 5U);
        for (std::size_t i = 0; i < 5; ++i) {
            const auto point = library.points()->row(i);
            const auto other = (*rows)->row(i);
            for (std::size_t k = 0; k < point.size(); ++k)
                QVERIFY(std::abs(point[k] + other[k]) < 1e-6F);
        }
        // The features were there, and are not stored twice.
        QCOMPARE(fs::file_size(library.catalogue->rowFile(embedding::featureRowsName(library.networkHash))),
                 sizeOfFeatures);
        QVERIFY(std::ranges::equal(library.features()->halves(), features->halves()));
        QCOMPARE(library.index()->embedded, 0);

        // As the default encoder, too; and a photo with another content gets other points of both.
        library.encoder = tailed;
        library.models = [&]() -> Result<indexing::Models> {
            return indexing::Models{library.network, tailed, library.networkHash};
        };
        QCOMPARE(library.index()->embedded, 0);
        const auto file = library.add("p102.jpg", 77);
        QCOMPARE(library.index()->embedded, 1);
        const auto after = rowsOf(*tailed);
        VERIFY_OK(after);
        QCOMPARE((*after)->size(), 5U);
        QVERIFY((*after)->indexOf(library.photoAt(file).id) >= 0);
        QCOMPARE(library.features()->size(), 5U);
    }

    void cancelKeepsWhatIsStored()
    {
        test::TestLibrary library;
        library.addMany(30);
        std::stop_source stop;
        indexing::IndexOptions options{.commitPhotos = 5};
        std::mutex mutex;
        std::set<std::int64_t> stored;
        options.stored = [&](std::span<const PhotoId> ids) {
            const std::lock_guard lock(mutex);
            for (const auto id : ids)
                stored.insert(id.value);
            stop.request_stop();
        };
        const auto report = library.index({library.photos}, options, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code, Errc::Cancelled);
        const auto before = library.network->calls.load();
        QVERIFY(before < 30);
        QCOMPARE(library.catalogue->counts()->ready, static_cast<std::int64_t>(stored.size()));
        for (const auto &[path, photo] : library.all())
            QCOMPARE(photo.state == PhotoState::Ready, stored.contains(photo.id.value));
        const auto rest = library.index();
        VERIFY_OK(rest);
        QCOMPARE(rest->added + rest->unchanged, 30);
        QCOMPARE(static_cast<std::size_t>(rest->embedded), 30 - stored.size());
    }

    void pauseAndQueriesHoldTheWorkersBack_data()
    {
        QTest::addColumn<bool>("byQuery");
        QTest::newRow("pause") << false;
        QTest::newRow("query") << true;
    }
    void pauseAndQueriesHoldTheWorkersBack()
    {
        QFETCH(bool, byQuery);
        test::TestLibrary library;
        library.addMany(12);
        std::atomic<bool> paused = false;
        std::atomic<int> interactive = 0;
        // The fourth photo raises the flag; what was begun by then ends, nothing else begins.
        library.network->onRun = [&](int call) {
            if (call == 4)
                byQuery ? void(++interactive) : paused.store(true);
        };
        std::atomic<std::int64_t> done = 0;
        indexing::IndexOptions options{.progress = [&](const Progress &progress) { done = progress.done; },
                                       .paused = &paused,
                                       .interactive = &interactive};
        VERIFY_OK(Result<>(library.open() ? Result<>() : Result<>(fail(Errc::Internal, "open"))));
        Result<indexing::IndexReport> report;
        std::jthread run([&] { report = library.index({library.photos}, options); });
        // Waits until the commit after the pause: by then the workers have come to rest.
        QTRY_VERIFY(library.catalogue->counts()->ready >= 4);
        const auto calls = library.network->calls.load();
        QVERIFY(calls >= 4 && calls <= 6);
        paused = false;
        interactive = 0;
        run.join();
        VERIFY_OK(report);
        QCOMPARE(report->added, 12);
    }

    void progressAndNoticesArriveInOrder()
    {
        test::TestLibrary library;
        library.addMany(10);
        std::vector<std::string> stages;
        Progress last;
        bool scannedFirst = false;
        std::size_t storedPhotos = 0;
        indexing::IndexOptions options{.quiet = true,
                                       .progress =
                                           [&](const Progress &progress) {
                                               if (stages.empty() || stages.back() != progress.stage)
                                                   stages.push_back(progress.stage);
                                               last = progress;
                                           },
                                       .stored = [&](std::span<const PhotoId> ids) { storedPhotos += ids.size(); },
                                       .scanned = [&] { scannedFirst = storedPhotos == 0; }};
        const auto report = library.index({library.photos}, options);
        VERIFY_OK(report);
        QCOMPARE(stages, (std::vector<std::string>{"scan", "index"}));
        QCOMPARE(last.done, 10);
        QCOMPARE(last.total, 10);
        QVERIFY(scannedFirst);
        QCOMPARE(storedPhotos, 10U);
        QVERIFY(report->seconds > 0);
    }

    void originalsStayAsTheyAre()
    {
        test::TestLibrary library;
        library.addMany(6);
        std::map<std::string, std::pair<std::string, fs::file_time_type>> before;
        for (const auto &entry : fs::directory_iterator(library.photos)) {
            before[entry.path().native()] = {test::readAll(entry.path()), entry.last_write_time()};
            fs::permissions(entry.path(), fs::perms::owner_read);
        }
        fs::permissions(library.photos, fs::perms::owner_read | fs::perms::owner_exec);
        const auto report = library.index();
        fs::permissions(library.photos, fs::perms::owner_all);
        VERIFY_OK(report);
        QCOMPARE(report->added, 6);
        std::size_t files = 0;
        for (const auto &entry : fs::directory_iterator(library.photos)) {
            const auto &[bytes, time] = before.at(entry.path().native());
            QVERIFY(test::readAll(entry.path()) == bytes);
            QVERIFY(entry.last_write_time() == time);
            ++files;
        }
        QCOMPARE(files, before.size()); // and nothing lies beside them
    }

    void fileThatChangesWhileItIsReadWaits()
    {
        test::TestLibrary library;
        const auto file = library.add("a.jpg", 1);
        const auto whole = test::photoBytes(2, {200, 150});
        bool once = false;
        library.network->onRun = [&](int) {
            if (!std::exchange(once, true))
                library.scratch.write("photos/a.jpg", whole); // another program saves it in this moment
        };
        VERIFY_OK(library.index());
        QCOMPARE(library.stateOf(file), PhotoState::Found);
        VERIFY_OK(library.index());
        QCOMPARE(library.stateOf(file), PhotoState::Ready);
        QVERIFY(library.rowsBelongTo(file));
    }

    void fullDiskIsNamedAndLosesNothing()
    {
        test::TestLibrary library;
        library.addMany(40);
        const auto disk = library.scratch / "test.photolex";
        fs::create_directories(disk);
        if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=3m") != 0)
            QSKIP("needs the right to mount a small disk");
        const struct Unmount {
            test::TestLibrary &library;
            fs::path disk;
            ~Unmount()
            {
                library.close();
                ::umount2(disk.c_str(), MNT_DETACH);
            }
        } unmount{library, disk};

        // Another program takes what is left, after the scan is in the catalogue.
        const auto filler = disk / "filler";
        indexing::IndexOptions options{.commitPhotos = 8};
        int commits = 0;
        options.stored = [&](std::span<const PhotoId>) {
            if (++commits > 1)
                return;
            const int file = ::open(filler.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
            const std::string block(4096, 'x');
            while (::write(file, block.data(), block.size()) > 0) {
            }
            ::close(file);
        };
        const auto report = library.index({library.photos}, options);
        QVERIFY(!report);
        QCOMPARE(report.error().code, Errc::DiskFull);
        QCOMPARE(report.error().subject, disk.native());
        QVERIFY(report.error().detail.find("of 40 photos") != std::string::npos);
        QVERIFY(library.catalogue->photo(PhotoId{1}).has_value()); // reading goes on

        fs::remove(filler);
        const auto ready = library.catalogue->counts()->ready;
        QVERIFY(ready >= 8 && ready < 40);
        const auto after = library.index();
        VERIFY_OK(after);
        QCOMPARE(after->embedded, 40 - ready);
        QCOMPARE(library.catalogue->counts()->ready, 40);
        QVERIFY(library.catalogue->integrityFaults()->empty());
    }
};

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
