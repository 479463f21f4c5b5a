// The image network against the stored outputs of the original, in float32 and as it ships (float16).
#include "core/base/tensor_file.h"
#include "core/base/threads.h"
#include "core/image/network.h"
#include "core/model/bundle.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"

#include <cmath>
#include <cstring>
#include <map>
#include <numeric>
#include <thread>

using namespace photolex;

namespace {

double cosine(std::span<const float> a, std::span<const float> b)
{
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += double(a[i]) * b[i];
        aa += double(a[i]) * a[i];
        bb += double(b[i]) * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

// The stored inputs are planes (6 × 3 × 260 × 260); pixels lie beside each other.
image::Pixels picture(const TensorView &input, std::size_t index)
{
    constexpr std::size_t side = 260;
    image::Pixels pixels{{side, side}, std::vector<std::uint8_t>(side * side * 3)};
    const auto *planes = reinterpret_cast<const std::uint8_t *>(input.bytes.data()) + index * 3 * side * side;
    for (std::size_t channel = 0; channel < 3; ++channel)
        for (std::size_t i = 0; i < side * side; ++i)
            pixels.rgb[3 * i + channel] = planes[channel * side * side + i];
    return pixels;
}

// A bundle that holds nothing but the network: enough for Network::open.
std::shared_ptr<const image::Network> openNetwork(const std::filesystem::path &weights,
                                                  const test::ScratchFolder &scratch)
{
    std::filesystem::copy_file(weights, scratch / "network.safetensors");
    scratch.write("words.txt", "<s>\n</s>\n");
    const std::vector<TensorData> encoder = {{"image_map", {1, 1280}, std::vector<float>(1280, 1), TensorType::Float16},
                                             {"words", {2, 1}, {1, 1}, TensorType::Float16}};
    if (!writeTensorFile(scratch / "encoder.safetensors", encoder))
        return nullptr;
    model::Manifest manifest;
    manifest.id = "network-only";
    manifest.network.kind = "photolex";
    manifest.network.file = "network.safetensors";
    manifest.encoders.push_back({"linear", "linear", "", 1, 1, "encoder.safetensors", {}, "words.txt", {}});
    if (!test::isOk(model::writeManifest(scratch.path(), manifest)))
        return nullptr;
    const auto bundle = model::Bundle::open(scratch.path());
    if (!test::isOk(bundle))
        return nullptr;
    const auto network = image::Network::open(**bundle);
    return test::isOk(network) ? *network : nullptr;
}

} // namespace

class TestNetwork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { threads::prepareProcess(2); }

    void featuresAreThoseOfTheOriginal_data()
    {
        QTest::addColumn<bool>("shipped");
        QTest::addColumn<double>("least");
        QTest::newRow("float32") << false << 0.9999;
        QTest::newRow("as shipped, float16") << true << 0.999;
    }
    void featuresAreThoseOfTheOriginal()
    {
        NEEDS_SHARED_DATA(shared);
        QFETCH(bool, shipped);
        QFETCH(double, least);
        const test::ScratchFolder scratch;
        const auto network =
            openNetwork(shipped ? test::sourceFolder() / "resources/models/photolex-en/network.safetensors"
                                : shared / "models/efficientnet_lite2.safetensors",
                        scratch);
        QVERIFY(network);
        const auto reference = TensorFile::open(shared / "models/reference.safetensors");
        VERIFY_OK(reference);
        const auto features = reference->find("feature")->toFloats();
        const auto logits = reference->find("logits")->toFloats();
        for (std::size_t i = 0; i < 6; ++i) {
            const auto output = network->run(picture(*reference->find("input"), i), true);
            VERIFY_OK(output);
            QCOMPARE(output->feature.size(), std::size_t{1280});
            const double close = cosine(output->feature, std::span(features).subspan(i * 1280, 1280));
            QVERIFY2(close >= least, qPrintable(QString::number(close, 'f', 6)));
            const auto expected = std::span(logits).subspan(i * 1000, 1000);
            QVERIFY(cosine(output->logits, expected) >= least);
            QCOMPARE(std::max_element(output->logits.begin(), output->logits.end()) - output->logits.begin(),
                     std::max_element(expected.begin(), expected.end()) - expected.begin());
        }
    }

    void manyThreadsGiveTheSameFeature()
    {
        const test::ScratchFolder scratch;
        const auto network =
            openNetwork(test::sourceFolder() / "resources/models/photolex-en/network.safetensors", scratch);
        QVERIFY(network);
        image::Pixels pixels{{260, 260}, std::vector<std::uint8_t>(260 * 260 * 3)};
        std::iota(pixels.rgb.begin(), pixels.rgb.end(), std::uint8_t{0});
        const auto alone = network->run(pixels);
        VERIFY_OK(alone);
        std::vector<std::vector<float>> features(8);
        {
            std::vector<std::jthread> threads;
            for (auto &feature : features)
                threads.emplace_back([&] { feature = network->run(pixels).value().feature; });
        }
        for (const auto &feature : features)
            QVERIFY(cosine(feature, alone->feature) > 0.999999);
        const auto mirrored = network->feature(pixels, {}, true);
        VERIFY_OK(mirrored);
        QVERIFY(cosine(*mirrored, alone->feature) < 0.999999);
    }

    void aTailOfTheSameWeightsGivesTheSameFeature()
    {
        const test::ScratchFolder scratch;
        const auto weights = test::sourceFolder() / "resources/models/photolex-en/network.safetensors";
        VERIFY_OK(test::writeTail(weights, scratch / "same.safetensors", 1));
        VERIFY_OK(test::writeTail(weights, scratch / "other.safetensors", 0.9F));
        const std::vector<image::Tail> tails = {{"same", scratch / "same.safetensors"},
                                                {"other", scratch / "other.safetensors"}};
        const auto network = image::Network::openFile(weights, tails);
        VERIFY_OK(network);
        image::Pixels pixels{{260, 260}, std::vector<std::uint8_t>(260 * 260 * 3)};
        std::iota(pixels.rgb.begin(), pixels.rgb.end(), std::uint8_t{0});
        const std::vector<std::string> ids = {"other", "", "same"};
        const auto features = (*network)->features(pixels, ids);
        VERIFY_OK(features);
        QCOMPARE(features->size(), std::size_t{3});
        const auto own = (*network)->run(pixels);
        VERIFY_OK(own);
        QVERIFY((*features)[1] == own->feature);
        QVERIFY(cosine((*features)[2], own->feature) > 0.999999);
        QVERIFY(cosine((*features)[0], own->feature) < 0.999);
        QVERIFY(*(*network)->feature(pixels, "same") == (*features)[2]);
        QCOMPARE((*network)->feature(pixels, "none").error().code, Errc::NotFound);

        const auto front = (*network)->frontOutput(pixels, false);
        VERIFY_OK(front);
        QCOMPARE(front->size(), std::size_t{208 * 9 * 9});
        QVERIFY(*(*network)->frontOutput(pixels, true) != *front);
    }

    void aMisshapenTailIsRefused()
    {
        const test::ScratchFolder scratch;
        const auto weights = test::sourceFolder() / "resources/models/photolex-en/network.safetensors";
        const std::vector<TensorData> wrong = {{"head.bias", {3}, {1, 2, 3}, TensorType::Float16}};
        VERIFY_OK(writeTensorFile(scratch / "tail.safetensors", wrong));
        const std::vector<image::Tail> tails = {{"own", scratch / "tail.safetensors"}};
        const auto network = image::Network::openFile(weights, tails);
        QVERIFY(!network);
        QCOMPARE(network.error().code, Errc::Corrupt);
        QCOMPARE(network.error().subject, (scratch / "tail.safetensors").string());
        QVERIFY2(network.error().detail.find("blocks.16") != std::string::npos, network.error().detail.c_str());
    }

    void anEmptyPictureIsRefused()
    {
        const test::ScratchFolder scratch;
        const auto network =
            openNetwork(test::sourceFolder() / "resources/models/photolex-en/network.safetensors", scratch);
        QVERIFY(network);
        QCOMPARE(network->run({}).error().code, Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestNetwork)
#include "tst_network.moc"
