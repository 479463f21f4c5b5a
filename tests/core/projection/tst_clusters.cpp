#include "core/projection/clusters.h"
#include "tests/core/projection/groups.h"
#include "tests/support/support.h"

#include <map>
#include <set>

using namespace photolex;
using namespace photolex::projection;

namespace {

Neighbours neighboursOf(Points points)
{
    return nearestNeighbours(points, {.count = 15}, {}).value();
}

// The share of points whose cluster is mostly of their own group.
double purity(const test::Groups &groups, std::span<const std::int32_t> label)
{
    std::map<std::int32_t, std::map<int, int>> counts;
    for (std::size_t i = 0; i < label.size(); ++i)
        ++counts[label[i]][groups.group[i]];
    int right = 0;
    for (const auto &[cluster, members] : counts) {
        int most = 0;
        for (const auto &[group, count] : members)
            most = std::max(most, count);
        right += most;
    }
    return static_cast<double>(right) / static_cast<double>(label.size());
}

} // namespace

class TestClusters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsAreFound()
    {
        const test::Groups groups(1000, 8, 40, 0.5F);
        const auto found = clusters(neighboursOf(groups.points()), {});
        QCOMPARE(found.count, 8);
        QCOMPARE(purity(groups, found.label), 1.0);
        std::map<std::int32_t, int> sizes;
        for (const auto label : found.label)
            ++sizes[label];
        QVERIFY(sizes[0] >= sizes[7]); // the largest first
        QVERIFY(clusters(neighboursOf(groups.points()), {}).label == found.label);
    }

    void addedPointsLeaveTheRestAsItWas()
    {
        const test::Groups groups(1200, 8, 40, 0.8F);
        const std::size_t old = 1000;
        const auto before = clusters(neighboursOf({std::span(groups.values).first(old * 40), 40}), {});
        auto previous = before.label;
        previous.resize(groups.size(), -1);
        const auto after = clusters(neighboursOf(groups.points()), {.previous = previous});
        QCOMPARE(after.count, before.count);
        std::size_t same = 0;
        for (std::size_t i = 0; i < old; ++i)
            same += after.label[i] == before.label[i] ? 1 : 0;
        QVERIFY2(same >= old * 98 / 100, qPrintable(QString::number(same)));
        QVERIFY(purity(groups, after.label) >= purity(groups, before.label) - 0.02);
    }

    void fewOrEqualPointsAreOneCluster()
    {
        QCOMPARE(clusters({}, {}).count, 0);
        const test::Groups five(5, 2, 10);
        QCOMPARE(clusters(neighboursOf(five.points()), {}).count, 1);
        const std::vector<float> same(40 * 10, 1.0F);
        const auto found = clusters(neighboursOf({same, 10}), {});
        QCOMPARE(found.label.size(), 40U);
        for (const auto label : found.label)
            QVERIFY(label >= 0 && label < found.count);
    }

    void islandsStayApart()
    {
        const test::Groups groups(300, 30, 50, 0.01F); // ten points each: their neighbours are all of their own
        const auto found = clusters(nearestNeighbours(groups.points(), {.count = 6}, {}).value(), {.smallest = 50});
        QCOMPARE(found.count, 30);
    }

    void noClusterIsTooSmall()
    {
        const test::Groups groups(900, 30, 50, 1.1F);
        const auto found = clusters(neighboursOf(groups.points()), {.smallest = 50});
        std::map<std::int32_t, std::size_t> sizes;
        for (const auto label : found.label)
            ++sizes[label];
        QCOMPARE(static_cast<std::int32_t>(sizes.size()), found.count);
        QVERIFY(found.count > 1);
        for (const auto &[label, size] : sizes)
            QVERIFY(size >= 50);
    }
};

QTEST_GUILESS_MAIN(TestClusters)
#include "tst_clusters.moc"
