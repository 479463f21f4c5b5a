#include "core/base/tensor_file.h"
#include "core/projection/picture.h"
#include "tests/support/support.h"

#include <array>

using namespace photolex;
using namespace photolex::projection;

class TestPicture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsKeptComesBack()
    {
        const test::ScratchFolder folder;
        const Picture picture{.method = Method::Tsne,
                              .space = "abc",
                              .ids = {1, 7, (std::int64_t{1} << 40) + 5},
                              .positions = {{-1, 0.25F}, {1, 0}, {0.1F, -0.3F}},
                              .clusters = {0, 1, 0},
                              .parts = {0, 2, 1}};
        VERIFY_OK(savePicture(folder / "maps/a.map", picture));
        const auto read = loadPicture(folder / "maps/a.map");
        VERIFY_OK(read);
        QVERIFY(read->method == picture.method);
        QCOMPARE(read->space, picture.space);
        QVERIFY(read->ids == picture.ids);
        QVERIFY(read->positions == picture.positions);
        QVERIFY(read->clusters == picture.clusters);
        QVERIFY(read->parts == picture.parts);
        auto without = picture;
        without.parts.clear();
        VERIFY_OK(savePicture(folder / "maps/a.map", without));
        QVERIFY(loadPicture(folder / "maps/a.map").value().parts.empty());
        VERIFY_OK(savePicture(folder / "maps/a.map", {}));
        QVERIFY(loadPicture(folder / "maps/a.map").value().ids.empty());
    }

    void whatIsNoPictureIsRefused()
    {
        const test::ScratchFolder folder;
        QVERIFY(loadPicture(folder / "none").error().code == Errc::NotFound);
        QVERIFY(!savePicture(folder / "a", {.ids = {1}, .positions = {}, .clusters = {0}, .parts = {}}));
        QVERIFY(!savePicture(folder / "a", {.ids = {1}, .positions = {{0, 0}}, .clusters = {0}, .parts = {0, 0}}));
        QVERIFY(!savePicture(folder / "a", {.ids = {-1}, .positions = {{0, 0}}, .clusters = {0}, .parts = {}}));
        folder.write("b", "not a picture");
        QVERIFY(loadPicture(folder / "b").error().code == Errc::Corrupt);
        const auto refused = [&](std::vector<float> ids, std::vector<float> places, std::vector<float> clusters,
                                 std::vector<float> parts = {}) {
            const auto n = static_cast<std::int64_t>(clusters.size());
            const std::array tensors = {
                TensorData{.name = "ids", .shape = {static_cast<std::int64_t>(ids.size())}, .values = ids},
                TensorData{.name = "positions", .shape = {static_cast<std::int64_t>(places.size())}, .values = places},
                TensorData{.name = "clusters", .shape = {n}, .values = clusters},
                TensorData{.name = "parts", .shape = {static_cast<std::int64_t>(parts.size())}, .values = parts}};
            if (!writeTensorFile(folder / "c", tensors, {{"method", "pca"}, {"space", ""}}))
                return false;
            const auto read = loadPicture(folder / "c");
            return !read && read.error().code == Errc::Corrupt;
        };
        QVERIFY(!refused({0, 1}, {0, 0}, {0}));
        QVERIFY(refused({0, 1, 2}, {0, 0}, {0}));
        QVERIFY(refused({0, 1}, {0, std::numeric_limits<float>::quiet_NaN()}, {0}));
        QVERIFY(refused({0, 1.5F}, {0, 0}, {0}));
        QVERIFY(refused({0, 1}, {0, 0}, {-1}));
        QVERIFY(refused({0, 1}, {0, 0}, {1}));
        QVERIFY(!refused({0, 1}, {0, 0}, {0}, {0}));
        QVERIFY(refused({0, 1}, {0, 0}, {0}, {1}));
        QVERIFY(refused({0, 1}, {0, 0}, {0}, {0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestPicture)
#include "tst_picture.moc"
