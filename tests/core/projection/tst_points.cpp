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
