// Words that are used alike come to lie near each other: on a small language of five topics.
#include "core/base/random.h"
#include "core/train/skip_gram_p.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace photolex;
using namespace photolex::train;

namespace {

constexpr int dimension = 16;
constexpr std::int64_t topics = 5;
constexpr std::int64_t wordsPerTopic = 6;
constexpr std::int64_t firstWord = 2;                               // after <s> and </s>
constexpr std::int64_t filler = firstWord + topics * wordsPerTopic; // a word of every sentence
constexpr std::int64_t neverSaid = filler + 1;
constexpr std::size_t vocabularySize = neverSaid + 1;

std::vector<Ids> sentences()
{
    auto random = generator(20141110, "language");
    std::uniform_int_distribution<std::int64_t> word(0, wordsPerTopic - 1);
    std::vector<Ids> made;
    for (std::int64_t i = 0; i < 1500; ++i) {
        Ids ids = {text::Vocabulary::begin, filler};
        for (int k = 0; k < 6; ++k)
            ids.push_back(firstWord + (i % topics) * wordsPerTopic + word(random));
        ids.push_back(filler);
        ids.push_back(text::Vocabulary::end);
        made.push_back(std::move(ids));
    }
    return made;
}

Result<std::vector<float>> vectors(const std::vector<Ids> &text, std::uint64_t seed, SkipGram settings = {},
                                   const std::stop_token &stop = {})
{
    return skipGramVectors(text, vocabularySize, dimension, settings, seed, {}, stop);
}

double cosine(const std::vector<float> &rows, std::int64_t a, std::int64_t b)
{
    const auto *x = rows.data() + a * dimension;
    return std::inner_product(x, x + dimension, rows.data() + b * dimension, 0.0);
}

} // namespace

class TestSkipGram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsUsedAlikeComeNear_data()
    {
        QTest::addColumn<double>("subsampling");
        QTest::newRow("all occurrences") << 0.0;
        QTest::newRow("frequent words thinned out") << 0.02;
    }
    void wordsUsedAlikeComeNear()
    {
        QFETCH(double, subsampling);
        const auto rows = vectors(sentences(), 1, {.epochs = 20, .subsampling = subsampling});
        VERIFY_OK(rows);
        QCOMPARE(rows->size(), vocabularySize * dimension);
        double leastWithin = 1;
        double mostBetween = -1;
        for (std::int64_t a = firstWord; a < filler; ++a)
            for (std::int64_t b = a + 1; b < filler; ++b) {
                const bool isSameTopic = (a - firstWord) / wordsPerTopic == (b - firstWord) / wordsPerTopic;
                if (isSameTopic)
                    leastWithin = std::min(leastWithin, cosine(*rows, a, b));
                else
                    mostBetween = std::max(mostBetween, cosine(*rows, a, b));
            }
        QVERIFY2(leastWithin > mostBetween + 0.2, qPrintable(QString("%1, %2").arg(leastWithin).arg(mostBetween)));
    }

    void rowsHaveLengthOneOrAreZero()
    {
        const auto rows = vectors(sentences(), 1, {.epochs = 1});
        VERIFY_OK(rows);
        for (std::int64_t word = 0; word <= neverSaid; ++word) {
            const bool isSaid = word >= firstWord && word != neverSaid;
            QVERIFY(std::abs(cosine(*rows, word, word) - (isSaid ? 1 : 0)) < 1e-5);
        }
    }

    void aSeedRepeatsItself()
    {
        const auto text = sentences();
        const auto once = vectors(text, 5, {.epochs = 2});
        const auto again = vectors(text, 5, {.epochs = 2});
        const auto other = vectors(text, 6, {.epochs = 2});
        VERIFY_OK(once);
        VERIFY_OK(again);
        VERIFY_OK(other);
        QVERIFY(*once == *again);
        QVERIFY(*once != *other);
    }

    void textWithoutWordsGivesZeros()
    {
        for (const auto &text :
             {std::vector<Ids>{}, std::vector<Ids>{{text::Vocabulary::begin, text::Vocabulary::end}}}) {
            const auto rows = vectors(text, 1);
            VERIFY_OK(rows);
            QVERIFY(std::ranges::all_of(*rows, [](float value) { return value == 0; }));
        }
    }

    void aStopIsObeyed()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto rows = vectors(sentences(), 1, {}, stop.get_token());
        QVERIFY(!rows && rows.error().code == Errc::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSkipGram)
#include "tst_skip_gram.moc"
