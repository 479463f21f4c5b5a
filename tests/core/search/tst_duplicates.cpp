#include "core/search/search.h"

#include "tests/support/support.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <thread>

using namespace photolex;

namespace {

// `groups` pictures, each there `copies` times with a little noise, and `others` that are like nothing else.
std::shared_ptr<const embedding::Rows> copies(std::size_t groups, std::size_t copies, std::size_t others, float noise)
{
    constexpr std::size_t width = 64;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<PhotoId> ids;
    std::vector<float> values;
    const auto add = [&](const std::vector<float> &row, float amount) {
        ids.push_back({static_cast<std::int64_t>(ids.size() + 1)});
        for (const float value : row)
            values.push_back(value + amount * normal(random));
    };
    for (std::size_t g = 0; g < groups + others; ++g) {
        std::vector<float> row(width);
        for (float &value : row)
            value = normal(random);
        for (std::size_t i = 0; i < (g < groups ? copies : 1); ++i)
            add(row, noise);
    }
    return embedding::Rows::fromMemory(std::move(ids), values, width);
}

} // namespace

class TestDuplicates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAreGrouped();
    void sameFileManyTimes();
    void tinyLibraries();
    void theListIsBounded();
    void aStopRequestEndsTheSearch();
};

void TestDuplicates::copiesAreGrouped()
{
    const auto rows = copies(50, 3, 500, 0.02F);
    const auto found = search::duplicates(*rows, 0.97F, 1000, {});
    VERIFY_OK(found);
    QVERIFY(!found->more);
    QCOMPARE(found->groups.size(), std::size_t{50});
    std::set<std::int64_t> seen;
    for (const auto &group : found->groups) {
        QCOMPARE(group.size(), std::size_t{3});
        for (const auto photo : group) {
            QVERIFY(photo.value <= 150);
            QVERIFY(seen.insert(photo.value).second);
            QCOMPARE((photo.value - 1) / 3, (group.front().value - 1) / 3);
        }
    }
}

void TestDuplicates::sameFileManyTimes()
{
    const auto rows = copies(1, 500, 20, 0);
    const auto found = search::duplicates(*rows, 0.97F, 1000, {});
    VERIFY_OK(found);
    QCOMPARE(found->groups.size(), std::size_t{1});
    QCOMPARE(found->groups.front().size(), std::size_t{500});
}

void TestDuplicates::tinyLibraries()
{
    for (const std::size_t size : {0, 1, 2, 3}) {
        const auto found = search::duplicates(*copies(0, 0, size, 0), 0.97F, 10, {});
        VERIFY_OK(found);
        QVERIFY(found->groups.empty());
    }
    const auto pair = search::duplicates(*copies(1, 2, 0, 0), 0.97F, 10, {});
    VERIFY_OK(pair);
    QCOMPARE(pair->groups.size(), std::size_t{1});
}

void TestDuplicates::theListIsBounded()
{
    const auto found = search::duplicates(*copies(30, 2, 0, 0), 0.97F, 10, {});
    VERIFY_OK(found);
    QCOMPARE(found->groups.size(), std::size_t{10});
    QVERIFY(found->more);
    // A threshold that everything passes: one group, not every pair.
    const auto all = search::duplicates(*copies(0, 0, 300, 0), -1, 10, {});
    VERIFY_OK(all);
    QCOMPARE(all->groups.size(), std::size_t{1});
}

void TestDuplicates::aStopRequestEndsTheSearch()
{
    std::stop_source source;
    source.request_stop();
    const auto found = search::duplicates(*copies(0, 0, 2000, 0), 0.97F, 10, source.get_token());
    QVERIFY(!found);
    QCOMPARE(found.error().code, Errc::Cancelled);
}

QTEST_GUILESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
