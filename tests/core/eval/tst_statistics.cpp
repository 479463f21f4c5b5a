// Correlations against examples worked out by hand, and intervals against what they promise.
#include "core/base/random.h"
#include "core/eval/statistics.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace photolex;

namespace {

using Numbers = std::vector<double>;

constexpr double epsilon = 1e-9;

bool isNear(double a, double b)
{
    return std::abs(a - b) < epsilon;
}

double meanOf(std::span<const double> values, std::span<const std::size_t> drawn)
{
    double sum = 0;
    for (const auto i : drawn)
        sum += values[i];
    return sum / static_cast<double>(drawn.size());
}

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spearmanAveragesTies()
    {
        const Numbers a = {1, 2, 3, 4};
        const Numbers twice = {2, 4, 6, 80};
        const Numbers back = {4, 3, 2, 1};
        const Numbers tied = {1, 1, 2, 3}; // ranks 0.5, 0.5, 2, 3
        const Numbers same = {5, 5, 5, 5};
        QVERIFY(isNear(eval::spearman(a, twice), 1));
        QVERIFY(isNear(eval::spearman(a, back), -1));
        QVERIFY(isNear(eval::spearman(a, tied), 4.5 / std::sqrt(5 * 4.5)));
        QVERIFY(isNear(eval::spearman(a, same), 0));
    }

    void spearmanOfTiesOnBothSides()
    {
        // Ranks of a: 1, 2.5, 2.5, 4, 5; of b: 2, 2, 2, 5, 4. Less 3: −2, −½, −½, 1, 2 and −1, −1, −1, 2, 1.
        // xy = 2 + ½ + ½ + 2 + 2 = 7, xx = 4 + ¼ + ¼ + 1 + 4 = 9½, yy = 3 + 4 + 1 = 8.
        const Numbers a = {10, 20, 20, 30, 40};
        const Numbers b = {1, 1, 1, 3, 2};
        QVERIFY(isNear(eval::spearman(a, b), 7 / std::sqrt(9.5 * 8)));
        QVERIFY(isNear(eval::spearman(b, a), eval::spearman(a, b)));
    }

    void kendallCountsPairs()
    {
        // Pairs of (1,1) (2,3) (3,2) (4,4): five agree, one does not.
        const Numbers a = {1, 2, 3, 4};
        const Numbers b = {1, 3, 2, 4};
        QVERIFY(isNear(eval::kendall(a, b).tauB, 4.0 / 6));
        QVERIFY(isNear(eval::kendall(a, b).tauC, 2 * 4 * 4 / (16.0 * 3)));
        QVERIFY(isNear(eval::kendall(a, Numbers{5, 5, 5, 5}).tauB, 0));
        QVERIFY(isNear(eval::kendall(Numbers{}, Numbers{}).tauB, 0));
    }

    void kendallCorrectsForTies()
    {
        // Six pairs; (1,2) is a tie of a, (3,4) one of b. Of the other four all agree.
        const Numbers a = {1, 1, 2, 3};
        const Numbers b = {1, 2, 3, 3};
        const auto found = eval::kendall(a, b);
        QVERIFY(isNear(found.tauB, 4 / std::sqrt(5.0 * 5)));
        QVERIFY(isNear(found.tauC, 2 * 3 * 4 / (16.0 * 2)));
    }

    void spreadIsThatOfASample()
    {
        const auto result = eval::spread(Numbers{25, 26, 30});
        QVERIFY(isNear(result.mean, 27));
        QVERIFY(isNear(result.deviation, std::sqrt(7)));
        QVERIFY(isNear(eval::spread(Numbers{4}).deviation, 0));
        QVERIFY(isNear(eval::spread(Numbers{}).mean, 0));
    }

    void aBootstrapDrawsWithReplacement()
    {
        std::set<std::size_t> seen;
        int different = 0;
        eval::bootstrap(5,
                        [&](std::span<const std::size_t> drawn) {
                            seen.insert(drawn.begin(), drawn.end());
                            different +=
                                std::set<std::size_t>(drawn.begin(), drawn.end()).size() < drawn.size() ? 1 : 0;
                            return Numbers{static_cast<double>(drawn.size())};
                        },
                        {.draws = 50});
        QCOMPARE(seen, (std::set<std::size_t>{0, 1, 2, 3, 4}));
        QVERIFY(different > 25);
        QVERIFY(eval::bootstrap(0, [](auto) { return Numbers{1}; }).empty());
        QVERIFY(eval::bootstrap(5, [](auto) { return Numbers{1}; }, {.draws = 0}).empty());
    }

    void anIntervalHoldsTheMiddle()
    {
        // The statistic counts 0 ... 100 one draw after the other: the middle 90 % are 5 to 95.
        double next = 0;
        const auto found = eval::bootstrap(3,
                                           [&](auto) {
                                               return Numbers{next++, 7};
                                           },
                                           {.draws = 101, .confidence = 0.9});
        QCOMPARE(found.size(), 2U);
        QVERIFY(isNear(found[0].low, 5));
        QVERIFY(isNear(found[0].high, 95));
        QVERIFY(isNear(found[1].low, 7) && isNear(found[1].high, 7));
    }

    // What 95 % means: of 200 samples, the interval of the mean holds the true one in some 190. With 50 values each the
    // percentile bootstrap holds it a little less often; far from both ends would be a mistake.
    void intervalsCoverTheTruth()
    {
        auto random = generator(42, "samples");
        std::exponential_distribution<double> value(1); // mean 1, skewed as ranks are
        int covered = 0;
        for (std::uint64_t sample = 0; sample < 200; ++sample) {
            Numbers values(50);
            std::ranges::generate(values, [&] { return value(random); });
            const auto found =
                eval::bootstrap(values.size(), [&](auto drawn) { return Numbers{meanOf(values, drawn)}; },
                                {.draws = 300, .seed = sample});
            covered += found[0].low <= 1 && 1 <= found[0].high ? 1 : 0;
        }
        QVERIFY2(covered >= 176 && covered <= 198, std::to_string(covered).c_str());
    }

    void theSeedDecides()
    {
        const Numbers values = {1, 5, 2, 9, 4, 4, 7};
        const auto of = [&](std::uint64_t seed) {
            return eval::bootstrap(values.size(), [&](auto drawn) { return Numbers{meanOf(values, drawn)}; },
                                   {.draws = 200, .seed = seed})[0];
        };
        QCOMPARE(of(1).low, of(1).low);
        QVERIFY(of(1).low != of(2).low || of(1).high != of(2).high);
    }

    void correlationsHaveIntervals()
    {
        Numbers a(100);
        std::iota(a.begin(), a.end(), 0.0);
        auto b = a;
        std::swap(b[3], b[80]);
        const auto found = eval::bootstrapSpearman(a, b, {.draws = 200});
        QVERIFY(found.has_value());
        const auto rho = eval::spearman(a, b);
        QVERIFY(found->low <= rho && rho <= found->high && found->high <= 1);
        QVERIFY(!eval::bootstrapSpearman(Numbers{}, Numbers{}));
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
