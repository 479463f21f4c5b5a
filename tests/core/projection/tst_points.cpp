#include "core/projection/neighbours.h"
#include "core/projection/points.h"
#include "tests/support/support.h"

#include <cmath>
#include <random>

using namespace photolex;
using namespace photolex::projection;

namespace {

std::vector<Position> scattered(int count)
{
    std::mt19937 random(4);
    std::uniform_real_distribution<float> place(-1, 1);
    std::vector<Position> positions;
    for (int i = 0; i < count; ++i)
        positions.push_back({place(random), place(random)});
    return positions;
}

double leastDistance(const std::vector<Position> &positions)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < positions.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            least =
                std::min<double>(least, std::hypot(positions[i].x - positions[j].x, positions[i].y - positions[j].y));
    return least;
}

} // namespace

class TestPoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTypicalDistanceIsThatOfTheCrowd()
    {
        std::vector<Position> grid;
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 40; ++x)
                grid.push_back({static_cast<float>(x) / 20, static_cast<float>(y) / 20});
        QVERIFY(std::abs(typicalDistance(grid) - 0.05) < 0.005);
        grid.push_back({20, 20}); // far outside
        QVERIFY(typicalDistance(grid) < 0.1);
        QCOMPARE(typicalDistance({}), 0.0);
        QCOMPARE(typicalDistance(std::vector<Position>(5)), 0.0);
    }

    void aSpotIsMadeOfThePointsDrawnNearestToIt()
    {
        const std::vector<Position> positions = {{0, 0}, {1, 0}, {0, 2}, {50, 50}, {-4, 0}};
        const auto shares = sharesAt(positions, {0, 0}, 8);
        QCOMPARE(shares.size(), 1U); // on the spot of a point there is nothing else
        QCOMPARE(shares[0].index, 0U);
        QCOMPARE(shares[0].share, 1.0F);
        // Squares of the distances 1, 4 and 16: shares as 16 : 4 : 1.
        const std::vector<Position> around = {{50, 50}, {0, 2}, {1, 0}, {-4, 0}};
        const auto between = sharesAt(around, {0, 0}, 3);
        QCOMPARE(between.size(), 3U);
        QCOMPARE(between[0].index, 2U);
        QCOMPARE(between[1].index, 1U);
        QCOMPARE(between[2].index, 3U);
        QVERIFY(std::abs(between[0].share - 16.0F / 21) < 1e-6F);
        QVERIFY(std::abs(between[1].share - 4.0F / 21) < 1e-6F);
        QVERIFY(std::abs(between[2].share - 1.0F / 21) < 1e-6F);
        QCOMPARE(sharesAt(around, {0, 0}, 100).size(), 4U);
        QVERIFY(sharesAt({}, {0, 0}).empty());
        // Two on one spot share it; distances that underflow when squared are still told apart.
        const std::vector<Position> twins = {{1, 1}, {2, 2}, {1, 1}};
        const auto halves = sharesAt(twins, {1, 1});
        QCOMPARE(halves.size(), 2U);
        QCOMPARE(halves[1].share, 0.5F);
        const std::vector<Position> tiny = {{1e-30F, 0}, {2e-30F, 0}};
        QVERIFY(std::abs(sharesAt(tiny, {0, 0})[0].share - 0.8F) < 1e-5F);
    }

    void theMeanOfPointsHasLengthOne()
    {
        const std::vector<float> values = {1, 0, 0, 1};
        const auto mean = meanDirection({values, 2}, std::vector<float>{0.8F, 0.6F});
        VERIFY_OK(mean);
        QVERIFY(std::abs((*mean)[0] - 0.8F) < 1e-6F && std::abs((*mean)[1] - 0.6F) < 1e-6F);
        const auto even = meanDirection({values, 2}, std::vector<float>{0.5F, 0.5F});
        VERIFY_OK(even);
        QVERIFY(std::abs((*even)[0] - std::sqrt(0.5F)) < 1e-6F);
        const std::vector<float> opposite = {1, 0, -1, 0};
        QCOMPARE(meanDirection({opposite, 2}, std::vector<float>{0.5F, 0.5F}).error().code, Errc::Invalid);
        QCOMPARE(meanDirection({values, 2}, std::vector<float>{1}).error().code, Errc::Invalid);
        QCOMPARE(meanDirection({}, {}).error().code, Errc::Invalid);
    }

    void copiesAreLaidAroundTheirSpot()
    {
        const auto apart = scattered(500);
        QVERIFY(withoutCovering(apart) == apart); // nothing covers anything
        auto positions = apart;
        for (int i = 0; i < 30; ++i)
            positions.push_back(apart[7]);
        for (int i = 0; i < 3; ++i)
            positions.push_back(apart[8]);
        const auto moved = withoutCovering(positions);
        QVERIFY(std::equal(apart.begin(), apart.end(), moved.begin()));
        const double typical = typicalDistance(positions);
        QVERIFY(leastDistance(moved) >= 0.005 * typical);
        for (std::size_t i = 500; i < 530; ++i)
            QVERIFY(std::hypot(moved[i].x - apart[7].x, moved[i].y - apart[7].y) < 2 * typical);
        QVERIFY(withoutCovering(moved) == moved);
    }

    void whatLiesThereAlreadyStays()
    {
        auto positions = scattered(50);
        positions.push_back(positions[3]); // kept like this, from before
        const auto there = positions.size();
        for (int i = 0; i < 4; ++i)
            positions.push_back(positions[3]);
        const auto moved = withoutCovering(positions, there);
        QVERIFY(std::equal(positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(there), moved.begin()));
        for (std::size_t i = there; i < moved.size(); ++i)
            QVERIFY(std::ranges::count(moved, moved[i]) == 1);
    }

    void manyInOnePlaceFillTheMap_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 300})
            QTest::addRow("%d", count) << count;
    }
    void manyInOnePlaceFillTheMap()
    {
        QFETCH(int, count);
        const auto moved = withoutCovering(std::vector<Position>(static_cast<std::size_t>(count)));
        QCOMPARE(static_cast<int>(moved.size()), count);
        const auto box = boundsOf(moved);
        QVERIFY(box.side() <= 2.5F);
        if (count > 1)
            QVERIFY(leastDistance(moved) > 0.02);
        if (count == 300)
            QVERIFY(box.side() > 0.5F);
    }

    void fewerNeighboursAreTheFirstOfMany()
    {
        std::vector<float> values;
        for (const auto &[x, y] : scattered(200))
            values.insert(values.end(), {x, y, x * y});
        const auto many = nearestNeighbours({values, 3}, {.count = 40}, {}),
                   few = nearestNeighbours({values, 3}, {.count = 9}, {});
        VERIFY_OK(many);
        VERIFY_OK(few);
        const auto cut = nearestOf(*many, 9);
        QCOMPARE(cut.count, std::size_t{9});
        QVERIFY(cut.index == few->index);
        QVERIFY(cut.distance == few->distance);
        QVERIFY(nearestOf(*few, 40).index == few->index);
    }
};

QTEST_GUILESS_MAIN(TestPoints)
#include "tst_points.moc"
