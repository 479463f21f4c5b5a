// Points for encoders that the library is not indexed with: another bundle's network over the photos that are there,
// and rows that came ready-made.
#include "core/joint/ready_rows.h"
#include "core/model/bundle.h"
#include "tests/core/indexing/test_library.h"
#include "tests/support/npy_files.h"

#include <stop_token>

using namespace photolex;
using catalogue::PhotoState;

class TestOtherPoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void photosGetTheOtherPointsAndStayAsTheyAre()
    {
        test::TestLibrary library;
        library.addMany(9);
        VERIFY_OK(library.index());
        const auto before = library.all();
        const auto thumbnails = std::filesystem::last_write_time(library.scratch / "thumbnails");
        const auto other = others();
        const auto report = indexing::embedPhotos(library.catalogue, other, {.workers = 2}, {});
        VERIFY_OK(report);
        QCOMPARE(report->embedded, 9);
        QCOMPARE(report->failed + report->skipped + report->unchanged, 0);
        QCOMPARE(points(library, other).size(), std::size_t{9});
        const auto after = library.all();
        for (const auto &[path, photo] : before) {
            QCOMPARE(after.at(path).state, photo.state);
            QCOMPARE(after.at(path).stamp, photo.stamp);
            QCOMPARE(after.at(path).width, photo.width);
            QVERIFY(library.rowsBelongTo(path)); // the library's own rows too
        }
        QCOMPARE(std::filesystem::last_write_time(library.scratch / "thumbnails"), thumbnails);
        // A second time there is nothing to do.
        const auto calls = network(other).calls.load();
        const auto again = indexing::embedPhotos(library.catalogue, other, {}, {});
        VERIFY_OK(again);
        QCOMPARE(again->unchanged, 9);
        QCOMPARE(again->embedded, 0);
        QCOMPARE(network(other).calls.load(), calls);
    }

    void whatIsCancelledGoesOnWhereItWas()
    {
        test::TestLibrary library;
        library.addMany(12);
        VERIFY_OK(library.index());
        const auto other = others();
        std::stop_source stop;
        network(other).onRun = [&](int call) {
            if (call == 5)
                stop.request_stop();
        };
        const auto cancelled =
            indexing::embedPhotos(library.catalogue, other, {.workers = 1, .commitPhotos = 2}, stop.get_token());
        QCOMPARE(cancelled.error().code, Errc::Cancelled);
        const auto kept = points(library, other).size();
        QVERIFY(kept >= 5 && kept < 12);
        const auto rest = indexing::embedPhotos(library.catalogue, other, {.workers = 2}, {});
        VERIFY_OK(rest);
        QCOMPARE(rest->embedded, static_cast<std::int64_t>(12 - kept));
        QCOMPARE(rest->unchanged, static_cast<std::int64_t>(kept));
        QCOMPARE(points(library, other).size(), std::size_t{12});
    }

    void whatCannotBeReadOrIsAnotherFileIsPassedOver()
    {
        test::TestLibrary library;
        library.addMany(4);
        VERIFY_OK(library.index());
        const auto changed = library.photos / "p100.jpg", gone = library.photos / "p101.jpg";
        library.scratch.write("photos/p100.jpg", test::photoBytes(50, {200, 100}));
        std::filesystem::remove(gone);
        const auto other = others();
        const auto report = indexing::embedPhotos(library.catalogue, other, {}, {});
        VERIFY_OK(report);
        QCOMPARE(report->embedded, 2);
        QCOMPARE(report->skipped, 2);
        // The catalogue is not told: that is what scans are for.
        QCOMPARE(library.stateOf(gone), PhotoState::Ready);
        QVERIFY(library.rowsBelongTo(library.photos / "p102.jpg"));
        VERIFY_OK(library.index());
        const auto later = indexing::embedPhotos(library.catalogue, other, {}, {});
        VERIFY_OK(later);
        QCOMPARE(later->embedded, 1); // the one that changed, as it is now
    }

    void aPhotoThatTheOtherNetworkCannotDigestIsListed()
    {
        test::TestLibrary library;
        library.addMany(2);
        VERIFY_OK(library.index());
        auto other = others();
        class Refusing : public test::GridNetwork {
        public:
            Result<std::vector<std::vector<float>>>
            featuresOf(const image::Pixels &pixels, std::span<const std::string> tails, bool mirrored) const override
            {
                auto all = GridNetwork::featuresOf(pixels, tails, mirrored);
                if (calls == 1)
                    (*all)[0][0] = std::numeric_limits<float>::infinity();
                return all;
            }
        };
        other.network = std::make_shared<Refusing>();
        const auto report = indexing::embedPhotos(library.catalogue, other, {.workers = 1}, {});
        VERIFY_OK(report);
        QCOMPARE(report->embedded, 1);
        QCOMPARE(report->failed, 1);
        QCOMPARE(report->problems.size(), std::size_t{1});
        QCOMPARE(library.stateOf(report->problems[0].path), PhotoState::Ready);
    }

    void readyMadeRowsFindTheirPhotos()
    {
        test::TestLibrary library;
        library.addMany(4);
        library.add("summer/p900.jpg", 30);
        VERIFY_OK(library.index());
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((library.scratch / "data").native()));
        const auto values = test::randomValues(std::size_t{5} * 8, 4);
        library.scratch.write("rows.npy", test::npyBytes(5, 8, values));
        library.scratch.write("paths.txt", (library.photos / "p100.jpg").native() +
                                               "\nsummer/p900.jpg\n/elsewhere/p102.jpg\nnobody.jpg\nlater.jpg\n");
        VERIFY_OK(joint::importRows({.rows = library.scratch / "rows.npy",
                                     .paths = library.scratch / "paths.txt",
                                     .texts = {},
                                     .sentences = {},
                                     .root = {},
                                     .id = "ready",
                                     .licence = {}},
                                    {}));
        const auto encoder = joint::Encoder::open(*model::openBundle("ready"));
        VERIFY_OK(encoder);
        const auto revision = library.catalogue->revision();
        const auto report = indexing::fillReadyRows(*library.catalogue, **encoder, {});
        VERIFY_OK(report);
        QCOMPARE(report->filled, 3);
        QCOMPARE(report->byPath, 1);
        QCOMPARE(report->byEnding, 1);
        QCOMPARE(report->byName, 1);
        QCOMPARE(report->unmatched, (std::vector<std::string>{"nobody.jpg", "later.jpg"}));
        QVERIFY(library.catalogue->revision() > revision); // engines read their rows again
        const auto rows = embedding::Rows::open(
            library.catalogue->rowFile(embedding::pointRowsName((*encoder)->hash())), (*encoder)->hash());
        VERIFY_OK(rows);
        const auto own = (*rows)->row(
            static_cast<std::size_t>((*rows)->indexOf(library.photoAt(library.photos / "summer/p900.jpg").id)));
        const auto given = (*encoder)->readyRows()->row(1);
        for (std::size_t k = 0; k < own.size(); ++k)
            QVERIFY(std::abs(own[k] - given[k]) < 1e-3F); // rows on disk are float16

        // A photo that comes later gets its row with the next filling, the others keep theirs.
        library.add("later.jpg", 60);
        VERIFY_OK(library.index());
        const auto filled = indexing::fillPoints(*library.catalogue, **encoder, {}, {});
        VERIFY_OK(filled);
        QCOMPARE(*filled, 1);
        QCOMPARE(indexing::fillReadyRows(*library.catalogue, *library.encoder, {}).error().code, Errc::Invalid);
    }

private:
    static indexing::Models others()
    {
        return {.network = std::make_shared<test::GridNetwork>(),
                .encoder = std::make_shared<test::GridEncoder>("0123012301230123"),
                .networkHash = "9876987698769876"};
    }
    static test::GridNetwork &network(const indexing::Models &models)
    {
        return const_cast<test::GridNetwork &>(dynamic_cast<const test::GridNetwork &>(*models.network));
    }
    static const embedding::Rows &points(const test::TestLibrary &library, const indexing::Models &models)
    {
        static std::shared_ptr<const embedding::Rows> rows;
        rows = embedding::Rows::open(library.catalogue->rowFile(embedding::pointRowsName(models.encoder->hash())))
                   .value_or(embedding::Rows::fromMemory({}, {}, test::kFeature));
        return *rows;
    }
};

QTEST_GUILESS_MAIN(TestOtherPoints)
#include "tst_other_points.moc"
