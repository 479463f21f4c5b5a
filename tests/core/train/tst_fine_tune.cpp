// A tail is the end of the network, and learns: with the real weights, on sixteen pictures.
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/image/decode.h"
#include "core/image/network.h"
#include "core/train/nn/fine_tune.h"
#include "tests/core/train/feature_of_tail.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace photolex;
using namespace photolex::train;

namespace {

constexpr int photoCount = 16;
constexpr int dimension = 12;

double cosine(std::span<const float> a, std::span<const float> b)
{
    const auto dot = [](std::span<const float> x, std::span<const float> y) {
        return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
    };
    return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
}

EncoderRecipe recipe()
{
    EncoderRecipe made{.id = "test", .name = {}, .kind = "linear", .fixedWordVectors = {}};
    made.dimension = made.wordDimension = dimension;
    made.mirrored = 0.5;
    made.paraphraseWeight = 0.5;
    made.paraphraseBatch = 4;
    made.fineTune = FineTune{};
    made.fineTune->batch = 8;
    made.fineTune->sentences = 2;
    made.fineTune->epochs = 4;
    made.fineTune->warmUpSteps = 1;
    made.fineTune->learningRate = 3e-4;
    made.fineTune->spaceLearningRate = 1e-2;
    return made;
}

} // namespace

class TestFineTune : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::filesystem::path m_weights = test::sourceFolder() / "resources/models/photolex-en/network.safetensors";
    std::vector<std::filesystem::path> m_photos;
    Options m_options;
    FrontOutputs m_fronts;
    Prepared m_prepared;
    std::vector<TensorData> m_space;

    Result<FineTuned> run(const EncoderRecipe &recipe, LoopOptions options, std::stop_token stop = {}) const
    {
        return nn::fineTune(recipe, m_prepared, {m_fronts, m_fronts, m_space, m_weights}, options, std::move(stop));
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(1);
        m_options.networkFile = m_weights;
        m_options.featureCache = m_scratch / "cache";
        for (int i = 0; i < photoCount; ++i)
            m_photos.push_back(
                m_scratch.write("photos/" + std::to_string(i) + ".jpg", test::jpeg(test::scene(i, {80, 60}))));
        VERIFY_OK(addFrontOutputs(m_fronts, m_photos, m_options, {}));
        QCOMPARE(m_fronts.size(), std::size_t(photoCount));

        m_prepared.featureDimension = 1280;
        m_prepared.vocabularySize = 2 + 2 * photoCount;
        for (int i = 0; i < photoCount; ++i) {
            auto &group = m_prepared.groups.emplace_back();
            for (int k = 0; k < 2; ++k) {
                group.push_back({text::Vocabulary::begin, 2 + 2 * i + k, text::Vocabulary::end});
                m_prepared.train.sentences.push_back(group.back());
                m_prepared.train.imageOf.push_back(i);
            }
        }
        m_prepared.dev = m_prepared.train;
        auto random = generator(20141110, "space");
        std::normal_distribution<float> normal(0, 0.1F);
        for (const auto &[name, rows, columns] :
             {std::tuple("image_map", dimension, 1280), std::tuple("words", 2 + 2 * photoCount, dimension)}) {
            std::vector<float> values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
            std::ranges::generate(values, [&] { return normal(random); });
            m_space.push_back({name, {rows, columns}, std::move(values), TensorType::Float16});
        }
    }

    void theTailGivesTheNetworksFeature()
    {
        const auto network = image::Network::openFile(m_weights);
        VERIFY_OK(network);
        for (int i = 0; i < 3; ++i) {
            const auto decoded = image::decode(m_photos[static_cast<std::size_t>(i)], {.wantedShortSide = 260});
            VERIFY_OK(decoded);
            const auto pixels = image::resized(decoded->pixels, {260, 260});
            const auto front = (*network)->frontOutput(pixels, false);
            VERIFY_OK(front);
            const auto feature = test::featureOfTail(m_weights, *front);
            VERIFY_OK(feature);
            QVERIFY(cosine(*feature, (*network)->run(pixels)->feature) > 0.99999);

            // What the cache holds is the same in half precision, and the mirror image beside it.
            for (const bool mirrored : {false, true}) {
                const TensorView stored{
                    TensorType::Float16, {208, 9, 9}, m_fronts.halves(static_cast<std::size_t>(i), mirrored)};
                QVERIFY(cosine(stored.toFloats(), *(*network)->frontOutput(pixels, mirrored)) > 0.99999);
            }
        }
    }

    void theCacheIsReadAndNotMadeAgain()
    {
        const auto files = [&] {
            std::map<std::filesystem::path, std::filesystem::file_time_type> found;
            for (const auto &entry : std::filesystem::directory_iterator(m_options.featureCache))
                found[entry.path()] = entry.last_write_time();
            return found;
        };
        const auto before = files();
        QCOMPARE(before.size(), std::size_t(1));
        FrontOutputs again;
        VERIFY_OK(addFrontOutputs(again, m_photos, m_options, {}));
        QVERIFY(before == files());
        // One that does not hold what it should is made again.
        const std::vector<TensorData> other = {{"plain", {1}, {1}, TensorType::Float16},
                                               {"mirrored", {1}, {1}, TensorType::Float16}};
        VERIFY_OK(writeTensorFile(before.begin()->first, other));
        FrontOutputs mended;
        VERIFY_OK(addFrontOutputs(mended, m_photos, m_options, {}));
        QVERIFY(std::ranges::equal(mended.halves(7, true), m_fronts.halves(7, true)));
        FrontOutputs broken;
        auto file = TensorFile::open(before.begin()->first);
        VERIFY_OK(file);
        QCOMPARE(broken.add(std::move(*file), "front", photoCount + 1).error().code, Errc::Corrupt);
    }

    void theLossFalls_data()
    {
        QTest::addColumn<double>("power");
        QTest::newRow("the feature alone") << 0.0;
        QTest::newRow("with its square root") << 0.5;
    }
    void theLossFalls()
    {
        QFETCH(double, power);
        auto settings = recipe();
        settings.featurePower = power;
        const auto before = m_space;
        if (power > 0) {
            m_space.push_back(
                {"power_map", {dimension, 1280}, std::vector<float>(dimension * 1280), TensorType::Float16});
            m_space.push_back({"feature_power", {1}, {static_cast<float>(power)}});
        }
        std::vector<EpochReport> reports;
        const auto tuned =
            run(settings, {.checkpoint = m_scratch / "c", .progress = {}, .report = [&](const auto &report) {
                               reports.push_back(report);
                           }});
        m_space = before;
        VERIFY_OK(tuned);
        QCOMPARE(reports.size(), std::size_t(4));
        QCOMPARE(tuned->space.size(), power > 0 ? std::size_t(4) : std::size_t(2));
        QVERIFY2(reports.back().loss < 0.7 * reports.front().loss,
                 qPrintable(QString("from %1 to %2").arg(reports.front().loss).arg(reports.back().loss)));
        QVERIFY(reports.back().dev->textToImage.meanRank < reports.front().dev->textToImage.meanRank);
    }

    void whatComesBeforeTheFirstBlockStays()
    {
        auto settings = recipe();
        settings.fineTune->fromBlock = 19;
        settings.fineTune->epochs = 1;
        const auto tuned = run(settings, {.checkpoint = m_scratch / "c", .progress = {}, .report = {}});
        VERIFY_OK(tuned);
        const auto network = TensorFile::open(m_weights);
        VERIFY_OK(network);
        QCOMPARE(tuned->tail.size(), std::size_t(5 * 6 + 2));
        for (const auto &tensor : tuned->tail) {
            const auto *before = network->find(tensor.name);
            QVERIFY(before);
            QVERIFY(before->shape == tensor.shape);
            const bool stays = tensor.name.starts_with("blocks.16.") || tensor.name.starts_with("blocks.17.") ||
                               tensor.name.starts_with("blocks.18.");
            QVERIFY2((before->toFloats() == tensor.values) == stays, tensor.name.c_str());
        }
    }

    void aBrokenOffRunGoesOnToTheSameResult()
    {
        const auto whole = run(recipe(), {.checkpoint = m_scratch / "whole", .progress = {}, .report = {}});
        VERIFY_OK(whole);
        std::stop_source stop;
        const auto broken = run(recipe(),
                                {.checkpoint = m_scratch / "broken",
                                 .progress = {},
                                 .report =
                                     [&](const auto &report) {
                                         if (report.epoch == 2)
                                             stop.request_stop();
                                     }},
                                stop.get_token());
        QVERIFY(!broken && broken.error().code == Errc::Cancelled);
        std::vector<int> epochs;
        const auto resumed =
            run(recipe(),
                {.checkpoint = m_scratch / "broken", .resume = true, .progress = {}, .report = [&](const auto &report) {
                     epochs.push_back(report.epoch);
                 }});
        VERIFY_OK(resumed);
        QCOMPARE(epochs, (std::vector<int>{3, 4}));
        const auto same = [](const auto &a, const auto &b) {
            return std::ranges::equal(a, b, [](const auto &x, const auto &y) {
                return x.name == y.name && x.shape == y.shape && cosine(x.values, y.values) > 0.99999;
            });
        };
        QVERIFY(same(whole->space, resumed->space));
        QVERIFY(same(whole->tail, resumed->tail));
    }

    void aSpaceOfAnotherShapeIsRefused()
    {
        const auto right = m_space;
        m_space[1].shape[0] -= 1;
        m_space[1].values.resize(m_space[1].values.size() - dimension);
        const auto tuned = run(recipe(), {.checkpoint = m_scratch / "c", .progress = {}, .report = {}});
        m_space = right;
        QVERIFY(!tuned);
        QCOMPARE(tuned.error().code, Errc::Invalid);
        QVERIFY2(tuned.error().detail.find("\"words\"") != std::string::npos, tuned.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFineTune)
#include "tst_fine_tune.moc"
