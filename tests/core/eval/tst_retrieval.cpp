// Recall and ranks against an example worked out by hand, and against the slow obvious count.
#include "core/base/random.h"
#include "core/eval/retrieval.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <rapidcheck.h>

using namespace photolex;
using Owners = std::vector<std::int32_t>;

namespace {

constexpr double epsilon = 1e-9;

bool isNear(double a, double b)
{
    return std::abs(a - b) < epsilon;
}

struct Example {
    std::vector<float> images, texts;
    Owners owners;
    int dimension;
    eval::Points imagePoints() const { return {images, dimension}; }
    eval::Points textPoints() const { return {texts, dimension}; }
};

// Small whole numbers: sums are exact and ties are many.
Example wholeNumbers(int imageCount, int textsPerImage, int dimension, std::uint64_t seed)
{
    auto random = generator(seed, "points");
    std::uniform_int_distribution<int> value(-2, 2);
    Example example{.images = {}, .texts = {}, .owners = {}, .dimension = dimension};
    for (int i = 0; i < imageCount * dimension; ++i)
        example.images.push_back(static_cast<float>(value(random)));
    for (int t = 0; t < imageCount * textsPerImage; ++t) {
        example.owners.push_back(t % imageCount);
        for (int k = 0; k < dimension; ++k)
            example.texts.push_back(static_cast<float>(value(random)));
    }
    return example;
}

double score(const Example &example, std::size_t image, std::size_t text)
{
    double sum = 0;
    const auto d = static_cast<std::size_t>(example.dimension);
    for (std::size_t k = 0; k < d; ++k)
        sum += static_cast<double>(example.images[image * d + k]) * example.texts[text * d + k];
    return sum;
}

// Every item is compared with every other, as the header defines it.
std::pair<std::vector<int>, std::vector<int>> slowRanks(const Example &example)
{
    const auto images = example.imagePoints().rows();
    const auto texts = example.textPoints().rows();
    std::pair<std::vector<int>, std::vector<int>> ranks;
    for (std::size_t i = 0; i < images; ++i) {
        double best = -std::numeric_limits<double>::infinity();
        for (std::size_t t = 0; t < texts; ++t)
            if (example.owners[t] == static_cast<std::int32_t>(i))
                best = std::max(best, score(example, i, t));
        int rank = 1;
        for (std::size_t t = 0; t < texts; ++t)
            if (example.owners[t] != static_cast<std::int32_t>(i) && score(example, i, t) >= best)
                ++rank;
        ranks.first.push_back(rank);
    }
    for (std::size_t t = 0; t < texts; ++t) {
        const auto own = static_cast<std::size_t>(example.owners[t]);
        int rank = 1;
        for (std::size_t i = 0; i < images; ++i)
            if (i != own && score(example, i, t) >= score(example, own, t))
                ++rank;
        ranks.second.push_back(rank);
    }
    return ranks;
}

bool agree(const eval::Ranking &ranking, std::vector<int> ranks)
{
    std::ranges::sort(ranks);
    const auto n = static_cast<double>(ranks.size());
    const auto within = [&](int k) {
        return 100.0 * static_cast<double>(std::ranges::count_if(ranks, [k](int rank) { return rank <= k; })) / n;
    };
    return isNear(ranking.recall1, within(1)) && isNear(ranking.recall5, within(5)) &&
           isNear(ranking.recall10, within(10)) && isNear(ranking.medianRank, ranks[(ranks.size() - 1) / 2]) &&
           isNear(ranking.meanRank, std::accumulate(ranks.begin(), ranks.end(), 0.0) / n);
}

} // namespace

class TestRetrieval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anExampleWorkedOutByHand()
    {
        // Photos lie along the axes. Scores of photo 0, 1, 2 with each sentence:
        const std::vector<float> images = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        const std::vector<float> texts = {
            0.9F, 0.3F, 0.1F, // of photo 0: first there; sentence ranks its photo 1st
            0.2F, 0.8F, 0.1F, // of photo 0: its photo is 2nd
            0.7F, 0.5F, 0.4F, // of photo 1: its photo is 2nd
            0.1F, 0.6F, 0.5F, // of photo 1: its photo is 1st
            0.6F, 0.2F, 0.4F, // of photo 2: its photo is 2nd
        };
        const Owners owners = {0, 0, 1, 1, 2};
        const auto result = eval::retrieval({images, 3}, {texts, 3}, owners);
        VERIFY_OK(result);
        QCOMPARE(result->images, 3);
        QCOMPARE(result->texts, 5);
        // Photo 0: own best 0.9 is the largest, rank 1. Photo 1: own best 0.6, above it 0.8, rank 2.
        // Photo 2: own best 0.4, at or above it 0.4 (a tie, against us) and 0.5, rank 3.
        QVERIFY(isNear(result->imageToText.recall1, 100.0 / 3));
        QVERIFY(isNear(result->imageToText.recall5, 100));
        QVERIFY(isNear(result->imageToText.medianRank, 2));
        QVERIFY(isNear(result->imageToText.meanRank, 2));
        // Sentences: 1, 2, 2, 1, 2.
        QVERIFY(isNear(result->textToImage.recall1, 40));
        QVERIFY(isNear(result->textToImage.medianRank, 2));
        QVERIFY(isNear(result->textToImage.meanRank, 8.0 / 5));
    }

    void equalsTheSlowCount_data()
    {
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("textsPerImage");
        QTest::addColumn<int>("dimension");
        QTest::newRow("one photo") << 1 << 1 << 3;
        QTest::newRow("one photo, five sentences") << 1 << 5 << 4;
        QTest::newRow("many ties") << 40 << 5 << 2;
        QTest::newRow("even counts") << 30 << 1 << 7;
        QTest::newRow("few ties") << 61 << 3 << 33;
    }
    void equalsTheSlowCount()
    {
        QFETCH(int, images);
        QFETCH(int, textsPerImage);
        QFETCH(int, dimension);
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const auto example = wholeNumbers(images, textsPerImage, dimension, seed);
            const auto result = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners);
            VERIFY_OK(result);
            const auto [imageRanks, textRanks] = slowRanks(example);
            QVERIFY(agree(result->imageToText, imageRanks));
            QVERIFY(agree(result->textToImage, textRanks));
        }
    }

    void equalPointsTieWhereverTheyStand()
    {
        // A space that puts everything on one point knows nothing, and must not look as if it did. The numbers are not
        // whole: two sums of one row in different order would differ in the last digit.
        auto random = generator(7, "point");
        std::uniform_real_distribution<float> value(-1, 1);
        constexpr int dimension = 301;
        std::vector<float> point(dimension);
        std::ranges::generate(point, [&] { return value(random); });
        for (const int images : {2, 7, 33}) {
            Example example{.images = {}, .texts = {}, .owners = {}, .dimension = dimension};
            for (int i = 0; i < images; ++i) {
                example.images.insert(example.images.end(), point.begin(), point.end());
                example.texts.insert(example.texts.end(), point.begin(), point.end());
                example.owners.push_back(i);
            }
            const auto result = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners);
            VERIFY_OK(result);
            QVERIFY(isNear(result->imageToText.meanRank, images));
            QVERIFY(isNear(result->textToImage.meanRank, images));
        }
    }

    void orderOfSentencesChangesNothing()
    {
        auto example = wholeNumbers(25, 3, 5, 99);
        const auto before = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners);
        VERIFY_OK(before);
        const auto d = static_cast<std::ptrdiff_t>(example.dimension);
        std::ranges::reverse(example.owners);
        std::vector<float> reversed;
        for (auto at = example.texts.end(); at != example.texts.begin(); at -= d)
            reversed.insert(reversed.end(), at - d, at);
        example.texts = reversed;
        const auto after = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners);
        VERIFY_OK(after);
        QVERIFY(isNear(before->imageToText.meanRank, after->imageToText.meanRank));
        QVERIFY(isNear(before->textToImage.meanRank, after->textToImage.meanRank));
        QVERIFY(isNear(before->textToImage.medianRank, after->textToImage.medianRank));
    }

    void orderOfRowsChangesNothing()
    {
        QVERIFY(rc::check("retrieval(shuffled) == retrieval", [] {
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            const auto example = wholeNumbers(*rc::gen::inRange(1, 20), *rc::gen::inRange(1, 5), 4, seed);
            std::vector<std::size_t> images(example.imagePoints().rows());
            std::vector<std::size_t> texts(example.textPoints().rows());
            std::iota(images.begin(), images.end(), std::size_t{0});
            std::iota(texts.begin(), texts.end(), std::size_t{0});
            auto random = generator(seed, "order");
            std::ranges::shuffle(images, random);
            std::ranges::shuffle(texts, random);
            Example shuffled{.images = {}, .texts = {}, .owners = {}, .dimension = example.dimension};
            const auto append = [&](std::vector<float> &to, const std::vector<float> &from, std::size_t row) {
                const auto begin = from.begin() + static_cast<std::ptrdiff_t>(row) * example.dimension;
                to.insert(to.end(), begin, begin + example.dimension);
            };
            Owners place(images.size());
            for (const auto image : images) {
                place[image] = static_cast<std::int32_t>(shuffled.imagePoints().rows());
                append(shuffled.images, example.images, image);
            }
            for (const auto text : texts) {
                append(shuffled.texts, example.texts, text);
                shuffled.owners.push_back(place[static_cast<std::size_t>(example.owners[text])]);
            }
            const auto before = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners);
            const auto after = eval::retrieval(shuffled.imagePoints(), shuffled.textPoints(), shuffled.owners);
            RC_ASSERT(before.has_value() && after.has_value());
            for (const auto way : {&eval::Retrieval::imageToText, &eval::Retrieval::textToImage}) {
                const auto &one = (*before).*way;
                const auto &other = (*after).*way;
                RC_ASSERT(one.recall1 == other.recall1 && one.recall5 == other.recall5 &&
                          one.recall10 == other.recall10 && one.medianRank == other.medianRank &&
                          one.meanRank == other.meanRank);
            }
        }));
    }

    void foldsAreRankedAmongTheirOwn()
    {
        const auto example = wholeNumbers(20, 2, 6, 3);
        const auto folded = eval::retrieval(example.imagePoints(), example.textPoints(), example.owners, 2);
        VERIFY_OK(folded);
        double mean = 0;
        for (int half = 0; half < 2; ++half) {
            Example part{.images = {}, .texts = {}, .owners = {}, .dimension = 6};
            part.images.assign(example.images.begin() + half * 60, example.images.begin() + (half + 1) * 60);
            for (std::size_t t = 0; t < example.owners.size(); ++t) {
                if (example.owners[t] / 10 != half)
                    continue;
                part.owners.push_back(example.owners[t] - half * 10);
                part.texts.insert(part.texts.end(), example.texts.begin() + static_cast<std::ptrdiff_t>(t * 6),
                                  example.texts.begin() + static_cast<std::ptrdiff_t>(t * 6 + 6));
            }
            const auto result = eval::retrieval(part.imagePoints(), part.textPoints(), part.owners);
            VERIFY_OK(result);
            mean += result->textToImage.meanRank / 2;
        }
        QVERIFY(isNear(folded->textToImage.meanRank, mean));
        QCOMPARE(folded->images, 20);
        QCOMPARE(folded->texts, 40);
    }

    void whatDoesNotFitIsRefused()
    {
        const std::vector<float> two = {1, 0, 0, 1};
        const std::vector<float> nan = {1, std::numeric_limits<float>::quiet_NaN(), 0, 1};
        const auto refused = [](const auto &result) { return !result && result.error().code == Errc::Invalid; };
        const std::vector<float> half = {1, 0, 0, 1, 1};
        QVERIFY(refused(eval::retrieval({half, 2}, {two, 2}, Owners{0, 1}))); // half a row is left over
        QVERIFY(refused(eval::retrieval({two, 2}, {half, 2}, Owners{0, 1})));
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{0})));    // an owner is missing
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 4}, Owners{0})));    // another dimension
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{0, 0}))); // photo 1 has no sentence
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{0, 2}))); // there is no photo 2
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{-1, 1})));
        QVERIFY(refused(eval::retrieval({nan, 2}, {two, 2}, Owners{0, 1})));
        QVERIFY(refused(eval::retrieval({two, 2}, {nan, 2}, Owners{0, 1})));
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{0, 1}, 3))); // more folds than photos
        QVERIFY(refused(eval::retrieval({two, 2}, {two, 2}, Owners{0, 1}, 0)));
        QVERIFY(refused(eval::retrieval({{}, 2}, {{}, 2}, Owners{})));
    }

    void intervalsHoldWhatWasMeasured()
    {
        const auto example = wholeNumbers(60, 3, 6, 5);
        const auto ranks = eval::ranks(example.imagePoints(), example.textPoints(), example.owners);
        VERIFY_OK(ranks);
        const auto result = eval::retrieval(*ranks, example.owners);
        const auto intervals = eval::intervals(*ranks, example.owners, {.draws = 500, .seed = 3});
        for (const auto &[figure, interval] :
             {std::pair(result.imageToText.recall5, intervals.imageToText.recall5),
              std::pair(result.textToImage.recall5, intervals.textToImage.recall5),
              std::pair(result.textToImage.meanRank, intervals.textToImage.meanRank)}) {
            QVERIFY(interval.low <= figure && figure <= interval.high);
            QVERIFY(interval.low < interval.high);
        }
        const auto again = eval::intervals(*ranks, example.owners, {.draws = 500, .seed = 3});
        QCOMPARE(again.imageToText.meanRank.low, intervals.imageToText.meanRank.low);
    }

    void aPhotoIsDrawnWithItsSentences()
    {
        // Photo 0's sentences rank 1 both, photo 1's rank 2 both: every draw of whole photos gives recall 0, 50 or 100.
        const eval::Ranks ranks{.images = {1, 2}, .texts = {1, 1, 2, 2}};
        const auto none = eval::intervals(ranks, Owners{0, 0, 1, 1}, {.draws = 0});
        QCOMPARE(none.imageToText.recall1.high, 0.0);
        const auto intervals = eval::intervals(ranks, Owners{0, 0, 1, 1}, {.draws = 400, .confidence = 0.98});
        QCOMPARE(intervals.textToImage.recall1.low, 0.0);
        QCOMPARE(intervals.textToImage.recall1.high, 100.0);
        QCOMPARE(intervals.textToImage.meanRank.low, 1.0);
        QCOMPARE(intervals.textToImage.meanRank.high, 2.0);
    }
};

QTEST_GUILESS_MAIN(TestRetrieval)
#include "tst_retrieval.moc"
