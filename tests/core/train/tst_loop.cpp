// The training loop on made-up photos: twenty subjects, each with its direction among the features and its words.
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/train/nn/loop.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace photolex;
using namespace photolex::train;

namespace {

constexpr int featureDimension = 24;
constexpr std::int64_t subjects = 20;
constexpr std::int64_t firstWord = 2; // after <s> and </s>
constexpr std::int64_t fillers = 3;   // words that every subject uses

struct World {
    std::vector<std::vector<float>> directions;
    explicit World(Generator &random)
    {
        std::normal_distribution<float> value;
        for (std::int64_t s = 0; s < subjects; ++s)
            std::ranges::generate(directions.emplace_back(featureDimension), [&] { return value(random); });
    }
};

void addUnitRow(std::vector<float> &rows, std::vector<float> row)
{
    const auto length = std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0F));
    for (const float value : row)
        rows.push_back(value / length);
}

Ids sentenceOf(std::int64_t subject, Generator &random)
{
    std::uniform_int_distribution<std::int64_t> filler(0, fillers - 1);
    Ids ids = {text::Vocabulary::begin, firstWord + filler(random)};
    ids.push_back(firstWord + fillers + 2 * subject + static_cast<std::int64_t>(random() % 2)); // one of two names
    for (auto more = random() % 4; more > 0; --more)
        ids.push_back(firstWord + filler(random));
    ids.push_back(text::Vocabulary::end);
    return ids;
}

Pairs pairs(const World &world, int photos, int sentencesEach, Generator &random)
{
    Pairs made;
    std::normal_distribution<float> noise(0, 0.3F);
    for (int photo = 0; photo < photos; ++photo) {
        const auto subject = photo % subjects;
        auto row = world.directions[static_cast<std::size_t>(subject)];
        auto mirrored = row;
        for (auto *one : {&row, &mirrored})
            for (auto &value : *one)
                value += noise(random);
        addUnitRow(made.features, row);
        addUnitRow(made.mirrored, mirrored);
        for (int i = 0; i < sentencesEach; ++i) {
            made.sentences.push_back(sentenceOf(subject, random));
            made.imageOf.push_back(photo);
        }
    }
    return made;
}

Prepared prepared(int photos, int sentencesEach = 2)
{
    auto random = generator(20141110, "world");
    const World world(random);
    Prepared made;
    made.featureDimension = featureDimension;
    made.vocabularySize = static_cast<std::size_t>(firstWord + fillers + 2 * subjects);
    made.train = pairs(world, photos, sentencesEach, random);
    made.dev = pairs(world, static_cast<int>(subjects), 1, random);
    for (std::int64_t subject = 0; subject < subjects; ++subject) {
        addUnitRow(made.classes.rows, world.directions[static_cast<std::size_t>(subject)]);
        const auto name = firstWord + fillers + 2 * subject;
        made.classes.names.push_back({{name}, {name + 1}});
        made.groups.push_back({sentenceOf(subject, random), sentenceOf(subject, random), sentenceOf(subject, random)});
    }
    made.classes.templates = {{Ids{0, firstWord}, Ids{1}}, {Ids{0}, Ids{firstWord + 1, 1}}};
    return made;
}

// With word vectors made beforehand, as the kinds that learn none expect them: a subject's two names lie near each
// other.
Prepared prepared(int photos, int sentencesEach, const EncoderRecipe &settings)
{
    auto made = prepared(photos, sentencesEach);
    if (settings.kind != "skip-gram" && settings.kind != "devise")
        return made;
    auto random = generator(7, "vectors");
    std::normal_distribution<float> value;
    made.fixedDimension = settings.wordDimension;
    made.fixed.resize(made.vocabularySize * static_cast<std::size_t>(settings.wordDimension));
    for (auto &number : made.fixed)
        number = value(random);
    const auto width = static_cast<std::size_t>(settings.wordDimension);
    for (std::size_t subject = 0; subject < subjects; ++subject) {
        const auto name = static_cast<std::size_t>(firstWord + fillers) + 2 * subject;
        for (std::size_t k = 0; k < width; ++k)
            made.fixed[(name + 1) * width + k] = made.fixed[name * width + k] + 0.3F * value(random);
    }
    return made;
}

EncoderRecipe recipe(const QString &kind)
{
    EncoderRecipe made{.id = "test", .name = {}, .kind = kind.toStdString(), .fixedWordVectors = {}};
    made.dimension = 16;
    made.wordDimension = kind == "linear" || kind == "devise" ? 16 : 8;
    made.batch = 20;
    made.epochs = 2;
    made.learningRate = 0.02;
    made.warmUpSteps = 5;
    return made;
}

bool sameTensors(const std::vector<TensorData> &a, const std::vector<TensorData> &b)
{
    return std::ranges::equal(a, b, [](const auto &x, const auto &y) {
        return x.name == y.name && x.shape == y.shape && x.values == y.values;
    });
}

} // namespace

class TestLoop : public QObject {
    Q_OBJECT

    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("linear") << "linear";
        QTest::newRow("lstm") << "lstm";
        QTest::newRow("gru") << "gru";
        QTest::newRow("skip-gram") << "skip-gram";
        QTest::newRow("devise") << "devise";
    }

private Q_SLOTS:
    void initTestCase() { threads::prepareProcess(1); }

    void tenSamplesAreLearntByHeart_data() { kinds(); }
    void tenSamplesAreLearntByHeart()
    {
        QFETCH(QString, kind);
        const test::ScratchFolder scratch;
        auto settings = recipe(kind);
        auto data = prepared(10, 1, settings);
        data.dev = {};
        settings.batch = 10;
        settings.epochs = 120;
        std::vector<double> losses;
        const auto trained = nn::trainEncoder(
            settings, data,
            {.checkpoint = scratch / "c", .progress = {}, .report = [&](const auto &r) { losses.push_back(r.loss); }},
            {});
        VERIFY_OK(trained);
        QCOMPARE(losses.size(), std::size_t(120));
        QVERIFY2(losses.back() < 0.02 * losses.front(),
                 qPrintable(QString("from %1 to %2").arg(losses.front()).arg(losses.back())));
    }

    void twoEpochsOnTwoHundredPhotos_data() { kinds(); }
    void twoEpochsOnTwoHundredPhotos()
    {
        QFETCH(QString, kind);
        const test::ScratchFolder scratch;
        auto settings = recipe(kind);
        settings.mirrored = 0.5;
        settings.classWeight = 0.5;
        settings.classBatch = 10;
        settings.paraphraseWeight = 0.5;
        settings.paraphraseBatch = 10;
        settings.epochs = kind == "linear" ? 2 : 8;
        settings.featurePower = kind == "lstm" ? 0.5 : 0;
        std::vector<EpochReport> reports;
        const auto trained = nn::trainEncoder(
            settings, prepared(200, 2, settings),
            {.checkpoint = scratch / "c", .progress = {}, .report = [&](const auto &r) { reports.push_back(r); }}, {});
        VERIFY_OK(trained);
        QCOMPARE(reports.size(), static_cast<std::size_t>(settings.epochs));
        QCOMPARE(reports.back().epoch, settings.epochs);
        QVERIFY(reports.back().loss < reports.front().loss);
        QVERIFY(reports.back().dev.has_value());
        // Twenty subjects: chance finds one in twenty first.
        QVERIFY2(reports.back().dev->imageToText.recall1 >= 50,
                 qPrintable(QString::number(reports.back().dev->imageToText.recall1)));
        QVERIFY(reports.back().dev->textToImage.recall1 >= 50);

        std::map<std::string, std::vector<std::int64_t>> shapes;
        for (const auto &tensor : *trained) {
            shapes[tensor.name] = tensor.shape;
            QVERIFY(std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); }));
        }
        QCOMPARE(shapes.at("image_map"), (std::vector<std::int64_t>{16, featureDimension}));
        QCOMPARE(shapes.at("words"),
                 (std::vector<std::int64_t>{firstWord + fillers + 2 * subjects, settings.wordDimension}));
        const std::map<QString, std::size_t> tensors = {
            {"linear", 2}, {"lstm", 7}, {"gru", 6}, {"skip-gram", 3}, {"devise", 2}};
        QCOMPARE(shapes.size(), tensors.at(kind));
        if (kind == "skip-gram")
            QCOMPARE(shapes.at("text_map"), (std::vector<std::int64_t>{16, 8}));
        if (kind == "gru") {
            QCOMPARE(shapes.at("gru.weight_ih"), (std::vector<std::int64_t>{48, 8}));
            QCOMPARE(shapes.at("gru.weight_hh"), (std::vector<std::int64_t>{48, 16}));
            QCOMPARE(shapes.at("gru.bias_ih"), std::vector<std::int64_t>{48});
            QCOMPARE(shapes.at("gru.bias_hh"), std::vector<std::int64_t>{48});
        }
        if (kind == "lstm") {
            QCOMPARE(shapes.at("power_map"), (std::vector<std::int64_t>{16, featureDimension}));
            QCOMPARE(shapes.at("feature_power"), std::vector<std::int64_t>{1});
            QCOMPARE(shapes.at("lstm.weight_ih"), (std::vector<std::int64_t>{64, 8}));
            QCOMPARE(shapes.at("lstm.weight_hh"), (std::vector<std::int64_t>{64, 16}));
            QCOMPARE(shapes.at("lstm.bias"), std::vector<std::int64_t>{64});
        }
    }

    void wordsThatNothingReadsStayOutOfTheWay()
    {
        const test::ScratchFolder scratch;
        auto data = prepared(60);
        data.vocabularySize += 5; // words that no sentence and no name has
        auto settings = recipe("linear");
        settings.classWeight = settings.paraphraseWeight = 0.5;
        settings.classBatch = settings.paraphraseBatch = 10;
        const auto trained =
            nn::trainEncoder(settings, data, {.checkpoint = scratch / "c", .progress = {}, .report = {}}, {});
        VERIFY_OK(trained);
        const auto words = std::ranges::find(*trained, "words", &TensorData::name);
        QVERIFY(words != trained->end());
        for (std::size_t word = 0; word < data.vocabularySize; ++word) {
            const std::span row(words->values.data() + 16 * word, 16);
            const bool isZero = std::ranges::all_of(row, [](float value) { return value == 0; });
            QCOMPARE(isZero, word >= data.vocabularySize - 5);
        }
    }

    void aSeedRepeatsItself()
    {
        const test::ScratchFolder scratch;
        const auto data = prepared(60);
        const auto run = [&](std::uint64_t seed) {
            return nn::trainEncoder(recipe("linear"), data,
                                    {.checkpoint = scratch / "c", .seed = seed, .progress = {}, .report = {}}, {});
        };
        const auto once = run(5);
        const auto again = run(5);
        const auto other = run(6);
        VERIFY_OK(once);
        VERIFY_OK(again);
        VERIFY_OK(other);
        QVERIFY(sameTensors(*once, *again));
        QVERIFY(!sameTensors(*once, *other));
    }

    void aBrokenOffRunGoesOnToTheSameResult_data() { kinds(); }
    void aBrokenOffRunGoesOnToTheSameResult()
    {
        QFETCH(QString, kind);
        const test::ScratchFolder scratch;
        auto settings = recipe(kind);
        const auto data = prepared(60, 2, settings);
        settings.epochs = 4;
        settings.mirrored = 0.5;
        settings.featureDropout = 0.1;
        settings.wordDropout = 0.1;
        settings.weightDecay = 0.01;
        settings.averaging = 0.9;
        settings.equalLengths = kind == "gru";
        settings.featurePower = kind == "linear" ? 0.5 : 0;
        const auto whole =
            nn::trainEncoder(settings, data, {.checkpoint = scratch / "whole", .progress = {}, .report = {}}, {});
        VERIFY_OK(whole);

        std::stop_source stop;
        const auto broken = nn::trainEncoder(settings, data,
                                             {.checkpoint = scratch / "broken",
                                              .progress = {},
                                              .report =
                                                  [&](const auto &report) {
                                                      if (report.epoch == 2)
                                                          stop.request_stop();
                                                  }},
                                             stop.get_token());
        QVERIFY(!broken && broken.error().code == Errc::Cancelled);
        std::vector<int> epochs;
        const auto resumed = nn::trainEncoder(settings, data,
                                              {.checkpoint = scratch / "broken",
                                               .resume = true,
                                               .progress = {},
                                               .report = [&](const auto &report) { epochs.push_back(report.epoch); }},
                                              {});
        VERIFY_OK(resumed);
        QCOMPARE(epochs, (std::vector<int>{3, 4}));
        QVERIFY(sameTensors(*whole, *resumed));
    }

    void theFirstLossThatIsNotFiniteStopsTheRun()
    {
        const test::ScratchFolder scratch;
        auto data = prepared(60);
        auto settings = recipe("linear");
        settings.epochs = 3;
        std::stop_source stop;
        const LoopOptions options{.checkpoint = scratch / "c",
                                  .resume = true,
                                  .progress = {},
                                  .report = [&](const auto &) { stop.request_stop(); }};
        const auto first = nn::trainEncoder(settings, data, options, stop.get_token());
        QVERIFY(!first && first.error().code == Errc::Cancelled);
        const auto good = readFile(scratch / "c");
        VERIFY_OK(good);

        data.train.features[7 * featureDimension] = std::numeric_limits<float>::infinity();
        const auto poisoned = nn::trainEncoder(settings, data, options, {});
        QVERIFY(!poisoned);
        QCOMPARE(poisoned.error().code, Errc::Internal);
        QVERIFY2(poisoned.error().detail.find("epoch 2, batch") != std::string::npos, poisoned.error().detail.c_str());
        const auto after = readFile(scratch / "c");
        VERIFY_OK(after);
        QVERIFY(*good == *after); // the last good checkpoint stays
    }

    void fewerPairsThanABatchAreRefused()
    {
        const test::ScratchFolder scratch;
        const auto refused = nn::trainEncoder(recipe("linear"), prepared(5),
                                              {.checkpoint = scratch / "c", .progress = {}, .report = {}}, {});
        QVERIFY(!refused && refused.error().code == Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestLoop)
#include "tst_loop.moc"
