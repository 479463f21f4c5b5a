#include "core/projection/neighbours.h"
#include "core/projection/quality.h"
#include "tests/core/projection/groups.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;
using namespace photolex::projection;

namespace {

// The slow obvious version: every pair, sorted.
std::vector<std::uint32_t> trueNeighbours(Points points, std::size_t self, std::size_t count)
{
    std::vector<std::pair<double, std::uint32_t>> all;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < points.dimension; ++k) {
            const double rest = static_cast<double>(points.row(self)[k]) - points.row(i)[k];
            sum += rest * rest;
        }
        if (i != self)
            all.emplace_back(sum, static_cast<std::uint32_t>(i));
    }
    std::ranges::sort(all);
    std::vector<std::uint32_t> nearest;
    for (std::size_t i = 0; i < count; ++i)
        nearest.push_back(all[i].second);
    return nearest;
}

double recall(Points points, const Neighbours &found)
{
    double sum = 0;
    int rows = 0;
    for (std::size_t i = 0; i < points.size(); i += 37, ++rows) {
        const auto truth = trueNeighbours(points, i, found.count);
        for (std::size_t j = 0; j < found.count; ++j)
            sum += std::ranges::count(truth, found.index[i * found.count + j]);
    }
    return sum / static_cast<double>(found.count) / rows;
}

} // namespace

class TestNeighbours : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Whole numbers: sums are exact, so order and ties are too.
    void everyPairIsCompared_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("dimension");
        QTest::addColumn<int>("wanted");
        QTest::newRow("two points") << 2 << 3 << 5;
        QTest::newRow("fewer points than wanted") << 7 << 4 << 15;
        QTest::newRow("dimension that fills no lane") << 300 << 19 << 10;
        QTest::newRow("more than one tile") << 1500 << 8 << 15;
    }
    void everyPairIsCompared()
    {
        QFETCH(int, count);
        QFETCH(int, dimension);
        QFETCH(int, wanted);
        std::mt19937 random(5);
        std::vector<float> values(static_cast<std::size_t>(count * dimension));
        for (auto &value : values)
            value = static_cast<float>(random() % 9);
        const Points points{values, static_cast<std::size_t>(dimension)};
        const auto found = nearestNeighbours(points, {.count = static_cast<std::size_t>(wanted)}, {});
        VERIFY_OK(found);
        QCOMPARE(found->count, static_cast<std::size_t>(std::min(wanted, count - 1)));
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto truth = trueNeighbours(points, i, found->count);
            QVERIFY(std::equal(truth.begin(), truth.end(),
                               found->index.begin() + static_cast<std::ptrdiff_t>(i * found->count)));
            QVERIFY(std::is_sorted(found->distance.begin() + static_cast<std::ptrdiff_t>(i * found->count),
                                   found->distance.begin() + static_cast<std::ptrdiff_t>((i + 1) * found->count)));
        }
    }

    void fewDimensionsFindNearlyAll()
    {
        const test::Groups groups(5000, 40, 200);
        const auto found = nearestNeighbours(groups.points(), {.count = 15}, {});
        VERIFY_OK(found);
        const double share = recall(groups.points(), *found);
        // The hardest case: within a group all directions are equally wide, so what is left out matters most.
        QVERIFY2(share >= 0.5, qPrintable(QString::number(share)));
        const auto exact = nearestNeighbours(groups.points(), {.count = 15, .exactLimit = 10'000}, {});
        QCOMPARE(recall(groups.points(), *exact), 1.0);
    }

    void theGraphFindsNearlyAll()
    {
        const test::Groups groups(5000, 40, 12);
        const auto found = nearestNeighbours(groups.points(), {.count = 15, .exactLimit = 0, .scanLimit = 0}, {});
        VERIFY_OK(found);
        const double share = recall(groups.points(), *found);
        QVERIFY2(share >= 0.95, qPrintable(QString::number(share)));
    }

    void threadsDoNotChangeTheResult()
    {
        const test::Groups groups(4500, 10, 128);
        for (const std::size_t scanLimit : {std::size_t{0}, std::size_t{80'000}}) {
            const auto one =
                nearestNeighbours(groups.points(), {.exactLimit = 0, .scanLimit = scanLimit, .threads = 1}, {});
            const auto two =
                nearestNeighbours(groups.points(), {.exactLimit = 0, .scanLimit = scanLimit, .threads = 2}, {});
            VERIFY_OK(one);
            VERIFY_OK(two);
            QVERIFY(one->index == two->index);
            QVERIFY(one->distance == two->distance);
        }
    }

    void othersFindTheirPlace()
    {
        const test::Groups groups(500, 5, 33);
        const auto asked = groups.points().values.subspan(33 * 100, 33 * 3);
        const auto found = nearestAmong(groups.points(), {asked, 33}, 4, 2, {});
        VERIFY_OK(found);
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(found->index[i * 4], static_cast<std::uint32_t>(100 + i));
            QCOMPARE(found->distance[i * 4], 0.0F);
        }
        QCOMPARE(nearestAmong(groups.points(), {asked.first(30), 30}, 4, 1, {}).error().code, Errc::Invalid);
    }

    void qualityTellsGoodFromBad()
    {
        // Two dimensions shown as they are lose nothing; at random places, everything.
        const test::Groups groups(400, 4, 2);
        std::vector<Position> same, random;
        std::mt19937 numbers(2);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            same.push_back({groups.values[2 * i], groups.values[2 * i + 1]});
            random.push_back({static_cast<float>(numbers() % 1000), static_cast<float>(numbers() % 1000)});
        }
        const auto best = quality(groups.points(), same, 10);
        VERIFY_OK(best);
        QCOMPARE(best->trustworthiness, 1.0);
        QCOMPARE(best->neighbourRecall, 1.0);
        const auto worst = quality(groups.points(), random, 10);
        VERIFY_OK(worst);
        QVERIFY(worst->trustworthiness < 0.6 && worst->neighbourRecall < 0.1);
        QVERIFY(!quality(groups.points(), std::span(same).first(3), 10));
    }

    void aStopEndsIt()
    {
        const test::Groups groups(3000, 4, 40);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(nearestNeighbours(groups.points(), {}, stop.get_token()).error().code, Errc::Cancelled);
        QCOMPARE(nearestNeighbours(groups.points(), {.exactLimit = 0, .scanLimit = 0}, stop.get_token()).error().code,
                 Errc::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestNeighbours)
#include "tst_neighbours.moc"
