// The whole way with the network and encoder that ship.
#include "tests/core/indexing/test_library.h"

#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/image/metadata.h"

using namespace photolex;

namespace {

// The bundle that ships; while it has no encoder yet, its network with a map made of noise, which still tells photos
// apart.
Result<std::shared_ptr<const model::Bundle>> bundleFor(const test::ScratchFolder &scratch)
{
    auto bundle = model::openBundle("");
    const auto weights = test::sourceFolder() / "resources/models/photolex-en/network.safetensors";
    if (bundle || bundle.error().code != Errc::NotFound || !std::filesystem::exists(weights))
        return bundle;
    const auto folder = scratch / "noise";
    scratch.write("noise/words.txt", "<s>\n</s>\ndog\n");
    std::filesystem::copy_file(weights, folder / "network.safetensors");
    constexpr int dimension = 64;
    auto random = generator(1, "map");
    std::normal_distribution<float> normal;
    std::vector<float> map(dimension * 1280), words(3 * dimension);
    for (auto *values : {&map, &words})
        for (auto &value : *values)
            value = normal(random);
    const std::vector<TensorData> encoder = {{"image_map", {dimension, 1280}, map, TensorType::Float16},
                                             {"words", {3, dimension}, words, TensorType::Float16}};
    if (auto written = writeTensorFile(folder / "encoder.safetensors", encoder); !written)
        return fail(written.error());
    model::Manifest manifest;
    manifest.id = "noise";
    manifest.network.kind = "photolex";
    manifest.network.file = "network.safetensors";
    manifest.encoders.push_back(
        {"linear", "linear", "", dimension, dimension, "encoder.safetensors", {}, "words.txt", {}});
    if (auto written = model::writeManifest(folder, manifest); !written)
        return fail(written.error());
    return model::Bundle::open(folder);
}

} // namespace

class TestRealBundle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void photosFindThemselves()
    {
        test::TestLibrary library;
        const auto bundle = bundleFor(library.scratch);
        VERIFY_OK(bundle);
        for (int i = 0; i < 8; ++i)
            library.scratch.write("photos/" + std::to_string(i) + ".jpg",
                                  i == 2 ? std::string("not a picture") : test::photoBytes(i * 7, {320, 240}));
        const auto models = indexing::openModels(*bundle);
        VERIFY_OK(models);
        library.models = [&]() -> Result<indexing::Models> { return *models; };
        const auto report = library.index();
        VERIFY_OK(report);
        COMPARE_COUNTS(*report, 7, 0, 0, 0, 0, 1, 0);

        const auto rows =
            embedding::Rows::open(library.catalogue->rowFile(embedding::pointRowsName(models->encoder->hash())));
        VERIFY_OK(rows);
        QCOMPARE((*rows)->size(), 7U);
        QCOMPARE((*rows)->dimension(), models->encoder->dimension());
        for (int i = 0; i < 8; ++i) {
            if (i == 2)
                continue;
            const auto file = library.photos / (std::to_string(i) + ".jpg");
            const auto decoded = image::decode(file, {.wantedShortSide = models->network->inputSide()});
            VERIFY_OK(decoded);
            const auto feature = models->network->feature(decoded->pixels, models->encoder->entry().tail);
            VERIFY_OK(feature);
            const auto point = models->encoder->imagePoints(*feature);
            VERIFY_OK(point);
            std::vector<float> scores(7);
            embedding::scoreAll(**rows, *point, scores);
            const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
            QCOMPARE((*rows)->ids()[best], library.photoAt(file).id);
            QVERIFY(scores[best] > 0.999F);
        }
        // Nothing is embedded twice.
        QCOMPARE(library.index()->embedded, 0);
    }

    void memoryStaysFlatHoweverManyComeAtOnce()
    {
        // A library of compiled kernels keeps one for every shape that it has seen: shapes must not vary without end.
        const test::ScratchFolder scratch;
        const auto bundle = bundleFor(scratch);
        VERIFY_OK(bundle);
        const auto models = indexing::openModels(*bundle);
        VERIFY_OK(models);
        std::mt19937 random(3);
        const auto between = [&](unsigned low, unsigned high) { return low + random() % (high - low + 1); };
        const auto photo = models->network->run(test::scene(1, {300, 200}));
        VERIFY_OK(photo);
        const auto round = [&] {
            const image::Size size = {static_cast<int>(between(20, 900)), static_cast<int>(between(20, 900))};
            VERIFY_OK(models->network->run(test::plain(size, 90, 120, 60)));
            std::vector<float> features;
            for (auto rows = between(1, 30); rows > 0; --rows)
                features.insert(features.end(), photo->feature.begin(), photo->feature.end());
            VERIFY_OK(models->encoder->imagePoints(features));
            std::string sentence = "dog";
            for (auto words = between(1, 30); words > 0; --words)
                sentence += " dog";
            VERIFY_OK(models->encoder->sentencePoints(std::vector<std::string>(between(1, 30), sentence)));
        };
        for (int i = 0; i < 60; ++i)
            round();
        const auto warm = test::residentPages();
        for (int i = 0; i < 120; ++i)
            round();
        const auto after = test::residentPages();
        QVERIFY2(after * 100 <= warm * 105, qPrintable(QString("%1 pages, then %2").arg(warm).arg(after)));
    }
};

int main(int argc, char **argv)
{
    threads::prepareProcess(2);
    image::initialiseMetadata();
    TestRealBundle test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_real_bundle.moc"
