#include "core/projection/projection.h"
#include "core/projection/quality.h"
#include "tests/core/projection/groups.h"
#include "tests/support/support.h"

#include <cmath>

using namespace photolex;
using namespace photolex::projection;

namespace {

bool isFinite(std::span<const Position> positions)
{
    return std::ranges::all_of(positions, [](auto each) { return std::isfinite(each.x) && std::isfinite(each.y); });
}

// The share of points whose nearest other point in the picture is of the same group.
double groupsKept(const test::Groups &groups, std::span<const Position> positions)
{
    int kept = 0;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        std::size_t nearest = i;
        float least = std::numeric_limits<float>::max();
        for (std::size_t j = 0; j < positions.size(); ++j) {
            const float x = positions[i].x - positions[j].x, y = positions[i].y - positions[j].y;
            if (j != i && x * x + y * y < least) {
                least = x * x + y * y;
                nearest = j;
            }
        }
        kept += groups.group[i] == groups.group[nearest] ? 1 : 0;
    }
    return static_cast<double>(kept) / static_cast<double>(positions.size());
}

const std::vector<std::pair<const char *, Method>> methods = {
    {"pca", Method::Pca}, {"umap", Method::Umap}, {"tsne", Method::Tsne}};

} // namespace

class TestLayout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsStayTogether_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("start");
        QTest::newRow("umap") << static_cast<int>(Method::Umap) << static_cast<int>(Start::Pca);
        QTest::newRow("umap, spectral start") << static_cast<int>(Method::Umap) << static_cast<int>(Start::Spectral);
        QTest::newRow("tsne") << static_cast<int>(Method::Tsne) << static_cast<int>(Start::Pca);
    }
    void groupsStayTogether()
    {
        QFETCH(int, method);
        QFETCH(int, start);
        const test::Groups groups(900, 30, 64, 0.7F);
        auto layout = Layout::create(groups.points(),
                                     {.method = static_cast<Method>(method), .start = static_cast<Start>(start)}, {});
        VERIFY_OK(layout);
        const auto before = quality(groups.points(), layout->positions(), 10);
        QVERIFY(groupsKept(groups, layout->positions()) < 0.8); // two of 64 dimensions do not tell 30 groups apart
        VERIFY_OK(layout->runTo(layout->epochs(), {}));
        QCOMPARE(layout->epoch(), layout->epochs());
        const auto positions = layout->positions();
        QVERIFY(isFinite(positions));
        const double kept = groupsKept(groups, positions);
        QVERIFY2(kept > 0.97, qPrintable(QString::number(kept)));
        const auto after = quality(groups.points(), positions, 10);
        QVERIFY(after->trustworthiness > before->trustworthiness && after->trustworthiness > 0.9);
    }

    void theSameSeedGivesTheSamePictureWithAnyThreads()
    {
        const test::Groups groups(1500, 6, 30);
        for (const auto &[name, method] : methods) {
            std::vector<std::vector<Position>> pictures;
            for (const int threads : {1, 2, 3}) {
                auto layout = Layout::create(groups.points(), {.method = method, .epochs = 30, .threads = threads}, {});
                VERIFY_OK(layout);
                VERIFY_OK(layout->runTo(13, {}));
                VERIFY_OK(layout->runTo(30, {})); // in two parts, as a window does
                pictures.push_back(layout->positions());
            }
            QVERIFY2(pictures[0] == pictures[1] && pictures[0] == pictures[2], name);
            auto other = Layout::create(groups.points(), {.method = method, .epochs = 30, .seed = 2}, {});
            VERIFY_OK(other);
            VERIFY_OK(other->runTo(30, {}));
            QVERIFY2(method == Method::Pca || other->positions() != pictures[0], name);
        }
    }

    void smallSetsHaveAPicture_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 3, 4, 5, 6, 9, 14, 15, 16, 17, 31, 90})
            QTest::addRow("%d", count) << count;
    }
    void smallSetsHaveAPicture()
    {
        QFETCH(int, count);
        const test::Groups groups(static_cast<std::size_t>(count), 3, 20);
        for (const auto &[name, method] : methods) {
            auto layout = Layout::create(groups.points(), {.method = method}, {});
            VERIFY_OK(layout);
            VERIFY_OK(layout->runTo(layout->epochs(), {}));
            const auto positions = normalised(layout->positions());
            QCOMPARE(positions.size(), static_cast<std::size_t>(count));
            QVERIFY(isFinite(positions));
            for (std::size_t i = 0; i < positions.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY2(positions[i] != positions[j], name);
        }
    }

    void copiesFallOnOnePlace_data()
    {
        QTest::addColumn<int>("copies");
        QTest::addColumn<int>("others");
        QTest::newRow("one photo 500 times, and 20 others") << 500 << 20;
        QTest::newRow("nothing but copies") << 40 << 0;
        QTest::newRow("two photos, many times one of them") << 30 << 1;
    }
    void copiesFallOnOnePlace()
    {
        QFETCH(int, copies);
        QFETCH(int, others);
        const test::Groups some(static_cast<std::size_t>(others) + 1, 3, 20);
        auto values = some.values;
        for (int i = 1; i < copies; ++i) // copies of the first, behind all
            values.insert(values.end(), some.values.begin(), some.values.begin() + 20);
        for (const auto &[name, method] : methods) {
            auto layout = Layout::create({values, 20}, {.method = method}, {});
            VERIFY_OK(layout);
            VERIFY_OK(layout->runTo(layout->epochs(), {}));
            const auto positions = layout->positions();
            QVERIFY(isFinite(positions));
            for (auto i = static_cast<std::size_t>(others) + 1; i < positions.size(); ++i)
                QVERIFY2(positions[i] == positions[0], name);
            for (int i = 1; i <= others; ++i)
                QVERIFY2(positions[static_cast<std::size_t>(i)] != positions[0], name);
            const auto &neighbours = layout->neighbours();
            for (std::size_t i = 0; i < neighbours.size(); ++i)
                for (std::size_t j = 0; j < neighbours.count; ++j)
                    QVERIFY(neighbours.index[i * neighbours.count + j] != i);
        }
    }

    void nearCopiesDoNotBreakIt()
    {
        const test::Groups base(300, 1, 16, 1e-6F);
        for (const auto &[name, method] : methods) {
            auto layout = Layout::create(base.points(), {.method = method, .epochs = 200}, {});
            VERIFY_OK(layout);
            VERIFY_OK(layout->runTo(200, {}));
            QVERIFY2(isFinite(layout->positions()), name);
        }
    }

    void whatIsNotFiniteIsRefused()
    {
        test::Groups groups(50, 2, 10);
        groups.values[123] = std::numeric_limits<float>::infinity();
        for (const auto &[name, method] : methods)
            QVERIFY(Layout::create(groups.points(), {.method = method}, {}).error().code == Errc::Invalid);
        groups.values[123] = 0;
        QVERIFY(!Layout::create(groups.points(), {.neighbours = 1}, {}));
        QVERIFY(!Layout::create(groups.points(), {.minimumDistance = std::nanf("")}, {}));
        QVERIFY(!Layout::create(groups.points(), {.perplexity = 0}, {}));
        QVERIFY(!Layout::create(groups.points(), {.epochs = -1}, {}));
    }

    void aStoppedRunGoesOn()
    {
        const test::Groups groups(300, 4, 20);
        auto whole = Layout::create(groups.points(), {.epochs = 40}, {}).value();
        VERIFY_OK(whole.runTo(40, {}));
        auto stopped = Layout::create(groups.points(), {.epochs = 40}, {}).value();
        VERIFY_OK(stopped.runTo(17, {}));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(stopped.runTo(40, stop.get_token()).error().code, Errc::Cancelled);
        QCOMPARE(stopped.epoch(), 17);
        VERIFY_OK(stopped.runTo(1000, {}));
        QVERIFY(stopped.positions() == whole.positions());
    }

    void newPointsGoToTheirGroup()
    {
        const test::Groups groups(660, 6, 40, 0.5F);
        const std::size_t old = 600;
        const Points points{std::span(groups.values).first(old * 40), 40};
        const Points added{std::span(groups.values).subspan(old * 40), 40};
        auto layout = Layout::create(points, {}, {}).value();
        VERIFY_OK(layout.runTo(layout.epochs(), {}));
        auto positions = normalised(layout.positions());
        const auto placed = place(points, positions, added, {}, {});
        VERIFY_OK(placed);
        QCOMPARE(placed->size(), 60U);
        const auto copy = place(points, positions, {points.row(7), 40}, {}, {});
        VERIFY_OK(copy);
        QCOMPARE(copy->front(), positions[7]);
        positions.insert(positions.end(), placed->begin(), placed->end());
        QVERIFY(groupsKept(groups, positions) > 0.97);
        QVERIFY(place(points, positions, added, {}, {}).error().code == Errc::Invalid); // one position too many
        QVERIFY(place(points, std::span(positions).first(old), {}, {}, {}).value().empty());
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
