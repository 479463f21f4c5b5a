// All sentence encoders and the image map against the equations, written out slowly.
#include "core/base/random.h"
#include "core/base/tensor_file.h"
#include "core/base/threads.h"
#include "core/joint/encoder.h"
#include "tests/support/bundles.h"
#include "tests/support/support.h"
#include "tests/support/unit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

using namespace photolex;
using test::unit;

namespace {

using Vector = std::vector<double>;

constexpr double tolerance = 2e-5; // float32 sums in another order

bool isNear(std::span<const float> a, const Vector &b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < tolerance; });
}

bool hasLengthOne(std::span<const float> point)
{
    double sum = 0;
    for (const float value : point)
        sum += static_cast<double>(value) * value;
    return std::abs(sum - 1) < 1e-5;
}

// The rows × columns of a stored tensor.
struct Matrix {
    std::vector<float> values;
    std::size_t columns;
    Matrix(const TensorFile &file, std::string_view name)
        : values(file.find(name)->toFloats())
        , columns(static_cast<std::size_t>(file.find(name)->shape.back()))
    {
    }
    double at(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
};

// Eq. of the LSTM, gate by gate; gates lie in the order input, forget, cell, output.
Vector slowLstm(const TensorFile &file, const std::vector<std::int32_t> &ids, std::size_t d)
{
    const Matrix words(file, "words");
    const Matrix input(file, "lstm.weight_ih");
    const Matrix recurrent(file, "lstm.weight_hh");
    const auto bias = file.find("lstm.bias")->toFloats();
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    Vector hidden(d);
    Vector cell(d);
    for (const auto id : ids) {
        Vector gates(4 * d);
        for (std::size_t row = 0; row < 4 * d; ++row) {
            gates[row] = bias[row];
            for (std::size_t i = 0; i < words.columns; ++i)
                gates[row] += input.at(row, i) * words.at(static_cast<std::size_t>(id), i);
            for (std::size_t i = 0; i < d; ++i)
                gates[row] += recurrent.at(row, i) * hidden[i];
        }
        for (std::size_t i = 0; i < d; ++i) {
            cell[i] = sigmoid(gates[d + i]) * cell[i] + sigmoid(gates[i]) * std::tanh(gates[2 * d + i]);
            hidden[i] = sigmoid(gates[3 * d + i]) * std::tanh(cell[i]);
        }
    }
    return unit(hidden);
}

// Gates lie in the order reset, update, new; the reset gate acts on what the hidden state gives, its bias included.
Vector slowGru(const TensorFile &file, const std::vector<std::int32_t> &ids, std::size_t d)
{
    const Matrix words(file, "words");
    const Matrix input(file, "gru.weight_ih");
    const Matrix recurrent(file, "gru.weight_hh");
    const auto inputBias = file.find("gru.bias_ih")->toFloats();
    const auto hiddenBias = file.find("gru.bias_hh")->toFloats();
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    Vector hidden(d);
    for (const auto id : ids) {
        Vector ofWord(3 * d);
        Vector ofHidden(3 * d);
        for (std::size_t row = 0; row < 3 * d; ++row) {
            ofWord[row] = inputBias[row];
            ofHidden[row] = hiddenBias[row];
            for (std::size_t i = 0; i < words.columns; ++i)
                ofWord[row] += input.at(row, i) * words.at(static_cast<std::size_t>(id), i);
            for (std::size_t i = 0; i < d; ++i)
                ofHidden[row] += recurrent.at(row, i) * hidden[i];
        }
        for (std::size_t i = 0; i < d; ++i) {
            const double reset = sigmoid(ofWord[i] + ofHidden[i]);
            const double update = sigmoid(ofWord[d + i] + ofHidden[d + i]);
            const double fresh = std::tanh(ofWord[2 * d + i] + reset * ofHidden[2 * d + i]);
            hidden[i] = (1 - update) * fresh + update * hidden[i];
        }
    }
    return unit(hidden);
}

// The sum of the rows, mapped where there is a map, and from bytes where they are bytes.
Vector slowSum(const TensorFile &file, const std::vector<std::int32_t> &ids, std::size_t d)
{
    const Matrix words(file, "words");
    const auto *scale = file.find("words.scale");
    Vector sum(words.columns);
    for (const auto id : ids) {
        const auto row = static_cast<std::size_t>(id);
        for (std::size_t i = 0; i < words.columns; ++i)
            sum[i] += scale ? (words.at(row, i) - 128) * scale->toFloats()[row] : words.at(row, i);
    }
    if (!file.find("text_map"))
        return unit(sum);
    const Matrix map(file, "text_map");
    Vector mapped(d);
    for (std::size_t i = 0; i < d; ++i)
        for (std::size_t k = 0; k < words.columns; ++k)
            mapped[i] += map.at(i, k) * sum[k];
    return unit(mapped);
}

Vector slowPoint(const joint::Encoder &encoder, const TensorFile &file, const std::vector<std::int32_t> &ids)
{
    const auto d = static_cast<std::size_t>(encoder.dimension());
    if (encoder.entry().kind == "lstm")
        return slowLstm(file, ids, d);
    return encoder.entry().kind == "gru" ? slowGru(file, ids, d) : slowSum(file, ids, d);
}

std::vector<std::int32_t> wrapped(std::vector<std::int32_t> ids)
{
    ids.insert(ids.begin(), text::Vocabulary::begin);
    ids.push_back(text::Vocabulary::end);
    return ids;
}

std::string randomSentence(Generator &random, const std::vector<std::string> &words)
{
    std::string sentence;
    for (auto length = 1 + random() % 12; length > 0; --length)
        sentence += words[random() % words.size()] + " ";
    return sentence;
}

} // namespace

class TestEncoder : public QObject {
    Q_OBJECT
    test::ScratchFolder m_scratch;
    test::BundleShape m_shape = {.everyKind = true};
    std::shared_ptr<const model::Bundle> m_bundle;

    std::shared_ptr<const joint::Encoder> open(std::string_view id) const
    {
        const auto encoder = joint::Encoder::open(m_bundle, id);
        return test::isOk(encoder) ? *encoder : nullptr;
    }
    static void everyKind()
    {
        QTest::addColumn<QString>("id");
        for (const auto *id : {"linear", "lstm", "gru", "skip-gram", "devise", "power"})
            QTest::newRow(id) << id;
    }

private Q_SLOTS:
    void initTestCase()
    {
        threads::prepareProcess(2);
        VERIFY_OK(test::writeBundle(m_scratch.path(), m_shape));
        const auto bundle = model::Bundle::open(m_scratch.path());
        VERIFY_OK(bundle);
        m_bundle = *bundle;
    }

    void equalsTheEquations_data() { everyKind(); }
    void equalsTheEquations()
    {
        QFETCH(QString, id);
        const auto encoder = open(id.toStdString());
        QVERIFY(encoder);
        const auto file = TensorFile::open(m_bundle->file(encoder->entry().file));
        VERIFY_OK(file);
        auto random = generator(1, "sentences");
        for (int i = 0; i < 50; ++i) {
            const auto point = encoder->sentencePoint(randomSentence(random, m_shape.words));
            VERIFY_OK(point);
            QVERIFY(hasLengthOne(point->point));
            const auto ids = wrapped(point->read.ids);
            QVERIFY(isNear(point->point, slowPoint(*encoder, *file, ids)));
        }
    }

    void imagePointsAreTheMapOfUnitFeatures()
    {
        const auto encoder = open("linear");
        QVERIFY(encoder);
        const auto file = TensorFile::open(m_bundle->file(encoder->entry().file));
        VERIFY_OK(file);
        const Matrix map(*file, "image_map");
        auto random = generator(2, "features");
        std::uniform_real_distribution<float> uniform(0, 3);
        constexpr std::size_t rows = 1030; // more than one block
        std::vector<float> features(rows * 1280);
        for (auto &value : features)
            value = uniform(random);
        const auto points = encoder->imagePoints(features);
        VERIFY_OK(points);
        QCOMPARE(points->size(), rows * 12);
        for (const std::size_t row : {std::size_t{0}, std::size_t{1023}, std::size_t{1024}, rows - 1}) {
            Vector expected(12);
            for (std::size_t i = 0; i < 12; ++i)
                for (std::size_t j = 0; j < 1280; ++j)
                    expected[i] += map.at(i, j) * features[row * 1280 + j];
            QVERIFY(isNear(std::span(*points).subspan(row * 12, 12), unit(expected)));
        }
        // A brighter or darker feature is the same photo.
        for (auto &value : features)
            value *= 100;
        const auto scaled = encoder->imagePoints(features);
        VERIFY_OK(scaled);
        QVERIFY(std::ranges::equal(*points, *scaled, [](float a, float b) { return std::abs(a - b) < 1e-5F; }));
    }

    void aFeaturePowerAddsThePoweredFeature()
    {
        const auto encoder = open("power");
        QVERIFY(encoder);
        const auto file = TensorFile::open(m_bundle->file(encoder->entry().file));
        VERIFY_OK(file);
        const Matrix map(*file, "image_map");
        const Matrix powerMap(*file, "power_map");
        auto random = generator(6, "features");
        std::uniform_real_distribution<float> uniform(-1, 3); // a classifier's rows have both signs
        std::vector<float> feature(1280);
        std::ranges::generate(feature, [&] { return uniform(random); });
        feature[7] = 0;
        const auto q = unit(Vector(feature.begin(), feature.end()));
        Vector roots(1280);
        std::ranges::transform(q, roots.begin(), [](double x) { return std::copysign(std::sqrt(std::abs(x)), x); });
        roots = unit(roots);
        Vector expected(12);
        for (std::size_t i = 0; i < 12; ++i)
            for (std::size_t j = 0; j < 1280; ++j)
                expected[i] += map.at(i, j) * q[j] + powerMap.at(i, j) * roots[j];
        const auto point = encoder->imagePoints(feature);
        VERIFY_OK(point);
        QVERIFY(isNear(*point, unit(expected)));
        std::ranges::fill(feature, 0.0F);
        QCOMPARE(encoder->imagePoints(feature).error().code, Errc::Invalid);
    }

    void featuresThatAreNoPhotoAreRefused()
    {
        const auto encoder = open("lstm");
        QVERIFY(encoder);
        std::vector<float> features(2560, 1);
        VERIFY_OK(encoder->imagePoints(features));
        features[1300] = std::numeric_limits<float>::infinity();
        QCOMPARE(encoder->imagePoints(features).error().code, Errc::Invalid);
        features[1300] = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(encoder->imagePoints(features).error().code, Errc::Invalid);
        std::ranges::fill(features, 0.0F);
        QCOMPARE(encoder->imagePoints(features).error().code, Errc::Invalid);
        QCOMPARE(encoder->imagePoints(std::vector<float>(1279, 1)).error().code, Errc::Invalid);
        const auto none = encoder->imagePoints({});
        VERIFY_OK(none);
        QVERIFY(none->empty());
    }

    void onlyRecurrentKindsReadTheOrder()
    {
        const std::vector<std::string> both = {"a dog runs on the beach", "the beach runs on a dog"};
        for (const auto *id : {"linear", "lstm", "gru", "skip-gram", "devise"}) {
            const auto encoder = open(id);
            QVERIFY(encoder);
            const auto points = encoder->sentencePoints(both);
            VERIFY_OK(points);
            double largest = 0;
            for (std::size_t i = 0; i < 12; ++i)
                largest = std::max(largest, std::abs(static_cast<double>((*points)[i]) - (*points)[12 + i]));
            QCOMPARE(largest < 1e-5, std::string_view(id) != "lstm" && std::string_view(id) != "gru");
        }
    }

    void aBatchIsItsSentences_data() { everyKind(); }
    void aBatchIsItsSentences()
    {
        QFETCH(QString, id);
        const auto encoder = open(id.toStdString());
        QVERIFY(encoder);
        auto random = generator(3, "sentences");
        std::vector<std::string> sentences;
        for (int i = 0; i < 300; ++i)
            sentences.push_back(randomSentence(random, m_shape.words));
        const auto points = encoder->sentencePoints(sentences);
        VERIFY_OK(points);
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const auto alone = encoder->sentencePoint(sentences[i]);
            VERIFY_OK(alone);
            QVERIFY(isNear(alone->point, Vector(points->begin() + static_cast<std::ptrdiff_t>(12 * i),
                                                points->begin() + static_cast<std::ptrdiff_t>(12 * (i + 1)))));
        }
    }

    void manyThreadsGiveTheSamePoints_data() { everyKind(); }
    void manyThreadsGiveTheSamePoints()
    {
        QFETCH(QString, id);
        const auto encoder = open(id.toStdString());
        QVERIFY(encoder);
        auto random = generator(4, "sentences");
        std::vector<std::string> sentences;
        for (int i = 0; i < 100; ++i)
            sentences.push_back(randomSentence(random, m_shape.words));
        const auto alone = encoder->sentencePoints(sentences);
        VERIFY_OK(alone);
        std::vector<std::vector<float>> points(6);
        std::vector<std::vector<float>> words(6);
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < points.size(); ++t)
                threads.emplace_back([&, t] {
                    points[t] = encoder->sentencePoints(sentences).value();
                    const auto all = encoder->wordPoints().value();
                    words[t].assign(all.begin(), all.end());
                });
        }
        for (std::size_t t = 0; t < points.size(); ++t) {
            QVERIFY(points[t] == *alone);
            QVERIFY(words[t] == words[0]);
        }
    }

    void wordPointsAreWordsSaidAlone_data() { everyKind(); }
    void wordPointsAreWordsSaidAlone()
    {
        QFETCH(QString, id);
        const auto encoder = open(id.toStdString());
        QVERIFY(encoder);
        const auto points = encoder->wordPoints();
        VERIFY_OK(points);
        QCOMPARE(points->size(), encoder->vocabulary().size() * 12);
        QCOMPARE(encoder->wordPoints()->data(), points->data()); // kept
        for (std::size_t word = 2; word < encoder->vocabulary().size(); ++word) {
            const auto alone = encoder->sentencePoint(encoder->vocabulary().words()[word]);
            VERIFY_OK(alone);
            QVERIFY(isNear(points->subspan(word * 12, 12), Vector(alone->point.begin(), alone->point.end())));
        }
    }

    // As skip-gram leaves <s> and </s>, and words that no sentence has.
    void aWordWithoutAVectorHasNoPoint()
    {
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path(), m_shape);
        VERIFY_OK(manifest);
        const auto file = TensorFile::open(scratch / "skip-gram.safetensors");
        VERIFY_OK(file);
        std::vector<TensorData> tensors;
        for (const auto &[name, view] : file->tensors()) {
            auto &tensor = tensors.emplace_back(TensorData{name, view.shape, view.toFloats(), TensorType::Float32});
            if (name != "words")
                continue;
            std::fill_n(tensor.values.begin(), 2 * m_shape.otherWordDimension, 0.0F);
            std::fill_n(tensor.values.rbegin(), m_shape.otherWordDimension, 0.0F); // "ball"
        }
        VERIFY_OK(writeTensorFile(scratch / "skip-gram.safetensors", tensors));
        VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
        const auto bundle = model::Bundle::open(scratch.path());
        VERIFY_OK(bundle);
        const auto encoder = joint::Encoder::open(*bundle, "skip-gram");
        VERIFY_OK(encoder);
        const auto points = (*encoder)->wordPoints();
        VERIFY_OK(points);
        for (std::size_t word = 0; word < (*encoder)->vocabulary().size(); ++word) {
            const auto point = points->subspan(12 * word, 12);
            if (word > 1 && (*encoder)->vocabulary().words()[word] != "ball")
                QVERIFY(hasLengthOne(point));
            else
                QVERIFY(std::ranges::all_of(point, [](float value) { return value == 0; }));
        }
        QCOMPARE((*encoder)->sentencePoint("ball").error().code, Errc::Invalid);
        const auto beside = (*encoder)->sentencePoint("red ball");
        VERIFY_OK(beside);
        const auto red = (*encoder)->sentencePoint("red")->point;
        QVERIFY(isNear(beside->point, Vector(red.begin(), red.end())));
    }

    void unknownWordsAreNamed()
    {
        const auto encoder = open("linear");
        QVERIFY(encoder);
        const auto some = encoder->sentencePoint("zxqv dog");
        VERIFY_OK(some);
        QCOMPARE(some->read.unknown, std::vector<std::string>{"zxqv"});
        QCOMPARE(some->point, encoder->sentencePoint("dog")->point);
        for (const std::string sentence : {"zxqv blorf", "", "   ", "-", "!!!", "\xF0\x9F\x90\xB6"}) {
            QCOMPARE(encoder->sentencePoint(sentence).error().code, Errc::Invalid);
            QCOMPARE(encoder->sentencePoints(std::vector{sentence}).error().subject, sentence);
        }
        std::string longText; // a hundred thousand words are cut, with a word about it
        for (int i = 0; i < 100'000; ++i)
            longText += "dog ";
        const auto cut = encoder->sentencePoint(longText);
        VERIFY_OK(cut);
        QVERIFY(cut->read.cut);
        QCOMPARE(joint::Encoder::open(m_bundle, "transformer").error().code, Errc::NotFound);
        QVERIFY(joint::Encoder::open(m_bundle, "transformer").error().detail.find("linear, lstm") != std::string::npos);
    }

    void explanationsAreWhatLeavingOutCosts_data() { everyKind(); }
    void explanationsAreWhatLeavingOutCosts()
    {
        QFETCH(QString, id);
        const auto encoder = open(id.toStdString());
        QVERIFY(encoder);
        const auto towards = encoder->sentencePoint("dog")->point;
        const auto shares = encoder->explain("a red car on the dog's dog", towards);
        VERIFY_OK(shares);
        QCOMPARE(shares->size(), std::size_t{7}); // each word once
        const auto stop = std::ranges::find_if(*shares, [](const auto &s) { return text::isStopWord(s.word); });
        QVERIFY(std::all_of(stop, shares->end(), [](const auto &s) { return text::isStopWord(s.word); }));
        QVERIFY(std::is_sorted(shares->begin(), stop, [](const auto &a, const auto &b) { return a.share > b.share; }));
        const auto score = [&](std::string_view sentence) {
            const auto point = encoder->sentencePoint(sentence)->point;
            return std::inner_product(point.begin(), point.end(), towards.begin(), 0.0);
        };
        const auto dog = std::ranges::find(*shares, "dog", &joint::WordShare::word);
        QVERIFY(dog != shares->end());
        const double expected = score("a red car on the dog's dog") - score("a red car on the 's");
        QVERIFY(std::abs(dog->share - expected) < tolerance);
        if (id == "linear" || id == "devise")
            QCOMPARE(shares->front().word, std::string("dog"));
        QVERIFY(encoder->explain("zxqv", towards)->empty());
        QCOMPARE(encoder->explain("dog", towards)->size(), std::size_t{1});
        QCOMPARE(encoder->explain("red dog", std::vector<float>(13)).error().code, Errc::Invalid);
    }

    void tensorsThatDoNotFitAreNamed()
    {
        const test::ScratchFolder scratch;
        const auto manifest = test::writeBundle(scratch.path());
        VERIFY_OK(manifest);
        const auto lstm = TensorFile::open(scratch / "lstm.safetensors");
        VERIFY_OK(lstm);
        std::vector<TensorData> tensors;
        for (const auto &[name, view] : lstm->tensors())
            if (name != "lstm.weight_hh")
                tensors.push_back({name, view.shape, view.toFloats(), TensorType::Float32});
        for (const bool misshapen : {false, true}) {
            if (misshapen)
                tensors.push_back({"lstm.weight_hh", {12, 48}, std::vector<float>(12 * 48), TensorType::Float32});
            VERIFY_OK(writeTensorFile(scratch / "lstm.safetensors", tensors));
            VERIFY_OK(model::writeManifest(scratch.path(), *manifest));
            const auto bundle = model::Bundle::open(scratch.path());
            VERIFY_OK(bundle);
            const auto encoder = joint::Encoder::open(*bundle, "lstm");
            QVERIFY(!encoder);
            QCOMPARE(encoder.error().code, Errc::Corrupt);
            QVERIFY(encoder.error().detail.find("lstm.weight_hh") != std::string::npos);
        }
    }

    void memoryStaysFlatWithAnyBatch()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("freed memory is kept in quarantine");
#endif
        const auto encoder = open("lstm");
        QVERIFY(encoder);
        auto random = generator(5, "batches");
        const auto turn = [&] {
            std::vector<std::string> sentences;
            for (auto n = 1 + random() % 30; n > 0; --n)
                sentences.push_back(randomSentence(random, m_shape.words));
            return encoder->sentencePoints(sentences);
        };
        for (int i = 0; i < 200; ++i)
            VERIFY_OK(turn());
        const auto before = test::residentPages();
        for (int i = 0; i < 400; ++i)
            VERIFY_OK(turn());
        QVERIFY(test::residentPages() < before + before / 20);
    }
};

QTEST_GUILESS_MAIN(TestEncoder)
#include "tst_encoder.moc"
