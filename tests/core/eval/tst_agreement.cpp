// Agreement of two orders, against values worked out by hand from the definitions.
#include "core/eval/agreement.h"
#include "core/eval/curves.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <rapidcheck.h>

using namespace photolex;
using Ids = std::vector<std::int64_t>;

namespace {

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

// The definition, with sets made anew at every depth.
double slowRankBiasedOverlap(const Ids &a, const Ids &b, std::size_t depth, double p)
{
    const auto k = std::min({depth, a.size(), b.size()});
    const auto shared = [&](std::size_t d) {
        double count = 0;
        for (std::size_t i = 0; i < d; ++i)
            for (std::size_t j = 0; j < d; ++j)
                count += a[i] == b[j] ? 1 : 0;
        return count / static_cast<double>(d);
    };
    double sum = 0;
    for (std::size_t d = 1; d <= k; ++d)
        sum += std::pow(p, d) * shared(d);
    return k == 0 ? 0 : std::pow(p, k) * shared(k) + (1 - p) / p * sum;
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersAgreeAsWorkedOutByHand_data()
    {
        QTest::addColumn<Ids>("a");
        QTest::addColumn<Ids>("b");
        QTest::addColumn<int>("depth");
        QTest::addColumn<double>("overlap");
        QTest::addColumn<double>("spearman");
        QTest::addColumn<double>("kendall");
        QTest::addColumn<double>("rankBiased");
        QTest::newRow("equal") << Ids{4, 2, 9} << Ids{4, 2, 9} << 3 << 1.0 << 1.0 << 1.0 << 1.0;
        QTest::newRow("a single photo") << Ids{4} << Ids{4} << 3 << 1.0 << 1.0 << 1.0 << 1.0;
        QTest::newRow("turned round") << Ids{1, 2, 3} << Ids{3, 2, 1} << 3 << 1.0 << -1.0
                                      << -1.0
                                      // shared: 0, 1/2, 1
                                      << 0.729 + (0.81 * 0.5 + 0.729) / 9;
        // Union of the first three {1, 2, 3, 4}; ranks 1 2 3 4 and 1 4 2 3: Σd² = 6, ρ = 1 − 36/60; four pairs agree
        // and two do not. Shared down to 1, 2, 3: 1, 1, 2.
        QTest::newRow("known behind the depth") << Ids{1, 2, 3, 4} << Ids{1, 3, 4, 2} << 3 << 2.0 / 3 << 0.4 << 1.0 / 3
                                                << 0.729 * 2 / 3 + (0.9 + 0.81 * 0.5 + 0.729 * 2 / 3) / 9;
        // Ranks 1 2 3 3 and 3 3 1 2, with ties at their mean and less the middle: −1.5 −0.5 1 1 and 1 1 −1.5 −0.5.
        // Their products add up to −4, their squares to 4.5. One pair is tied on each side, the four others disagree.
        QTest::newRow("nothing shared") << Ids{1, 2} << Ids{3, 4} << 2 << 0.0 << -4.0 / 4.5 << -0.8 << 0.0;
        QTest::newRow("one is empty") << Ids{1, 2} << Ids{} << 2 << 0.0 << 0.0 << 0.0 << 0.0;
        QTest::newRow("both are empty") << Ids{} << Ids{} << 2 << 0.0 << 0.0 << 0.0 << 0.0;
    }
    void ordersAgreeAsWorkedOutByHand()
    {
        QFETCH(Ids, a);
        QFETCH(Ids, b);
        QFETCH(int, depth);
        QFETCH(double, overlap);
        QFETCH(double, spearman);
        QFETCH(double, kendall);
        QFETCH(double, rankBiased);
        for (const auto &found : {eval::agreement(a, b, static_cast<std::size_t>(depth)),
                                  eval::agreement(b, a, static_cast<std::size_t>(depth))}) {
            QVERIFY2(isNear(found.overlap, overlap), qPrintable(QString::number(found.overlap)));
            QVERIFY2(isNear(found.spearman, spearman), qPrintable(QString::number(found.spearman)));
            QVERIFY2(isNear(found.kendall, kendall), qPrintable(QString::number(found.kendall)));
            QVERIFY2(isNear(found.rankBiasedOverlap, rankBiased), qPrintable(QString::number(found.rankBiasedOverlap)));
        }
    }

    void rankBiasedOverlapEqualsItsDefinition()
    {
        const bool holds = rc::check("any two orders", [] {
            Ids a(static_cast<std::size_t>(*rc::gen::inRange(1, 30)));
            std::iota(a.begin(), a.end(), 0);
            auto b = a;
            std::ranges::rotate(b, b.begin() + *rc::gen::inRange(0, static_cast<int>(b.size())));
            std::swap(b.front(), b.back());
            b.resize(static_cast<std::size_t>(*rc::gen::inRange(1, static_cast<int>(b.size()) + 1)));
            const auto depth = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
            RC_ASSERT(isNear(eval::rankBiasedOverlap(a, b, depth, 0.8), slowRankBiasedOverlap(a, b, depth, 0.8)));
        });
        QVERIFY(holds);
    }

    void whatMovedFarthestComesFirst()
    {
        // 5: 1 → behind four = 5; 6: 2 → 1; 7: 3 → 2; 8: not held → 3.
        const auto moved = eval::moved(Ids{5, 6, 7}, Ids{6, 7, 8, 9}, 3);
        QCOMPARE(moved.size(), std::size_t{4});
        QCOMPARE(moved[0].item, 5);
        QCOMPARE(moved[0].rankA, 1);
        QCOMPARE(moved[0].rankB, 0);
        QVERIFY(isNear(moved[0].distance, std::log(5.0)));
        QCOMPARE(moved[1].item, 6);
        QVERIFY(isNear(moved[1].distance, std::log(2.0)));
        QCOMPARE(moved[2].item, 7);
        QVERIFY(isNear(moved[2].distance, std::log(1.5)));
        QCOMPARE(moved[3].item, 8);
        QCOMPARE(moved[3].rankA, 0);
        QCOMPARE(moved[3].rankB, 3);
        QVERIFY(isNear(moved[3].distance, std::log(4.0 / 3)));
    }

    void curvesAndBarsCountRanks()
    {
        const std::vector<std::vector<std::int64_t>> groups = {{1, 2}, {3}, {8, 9, 1}};
        QCOMPARE(eval::curveSteps(12), (Ids{1, 2, 3, 4, 5, 7, 10, 12}));
        QCOMPARE(eval::curveSteps(3), (Ids{1, 2, 3}));
        QCOMPARE(eval::curveSteps(200), (Ids{1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200}));
        const auto curve = eval::recallCurve(groups, Ids{1, 3, 10}, {.draws = 200});
        QVERIFY(isNear(curve[0].recall, 100.0 * 2 / 6));
        QVERIFY(isNear(curve[1].recall, 100.0 * 4 / 6));
        QVERIFY(isNear(curve[2].recall, 100));
        QCOMPARE(curve[2].interval.low, 100.0);
        QVERIFY(curve[0].interval.low < curve[0].recall && curve[0].interval.high > curve[0].recall);
        const auto bars = eval::rankHistogram(groups, 9, {.draws = 0});
        QCOMPARE(bars.size(), std::size_t{4}); // 1, 2–3, 4–7, 8–15
        QVERIFY(isNear(bars[1].share, 100.0 * 2 / 6));
        QCOMPARE(bars[2].share, 0.0);
        QCOMPARE(bars[3].last, 15);
        QCOMPARE(bars[3].interval.low, bars[3].share);
        double sum = 0;
        for (const auto &bar : bars)
            sum += bar.share;
        QVERIFY(isNear(sum, 100));
        QCOMPARE(eval::recallCurve({}, Ids{1}, {})[0].recall, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
