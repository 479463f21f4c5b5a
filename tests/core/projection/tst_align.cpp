// What is left between two pictures once the best similarity is taken out.
#include "core/projection/align.h"
#include "core/projection/projection.h"
#include "tests/core/projection/groups.h"
#include "tests/support/support.h"

#include <cmath>
#include <numbers>
#include <random>

using namespace photolex;
using namespace photolex::projection;

namespace {

std::vector<Position> scattered(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> place(-1, 1);
    std::vector<Position> positions(count);
    for (auto &position : positions)
        position = {place(random), place(random)};
    return positions;
}

Similarity similarity(double degrees, bool flip, double scale, double x, double y)
{
    const double angle = degrees * std::numbers::pi / 180, side = flip ? -1 : 1;
    return {.scale = scale,
            .xx = std::cos(angle),
            .xy = -side * std::sin(angle),
            .yx = std::sin(angle),
            .yy = side * std::cos(angle),
            .shiftX = x,
            .shiftY = y};
}

double squares(std::span<const Position> a, std::span<const Position> b)
{
    double sum = 0;
    for (const float distance : distances(a, b))
        sum += static_cast<double>(distance) * distance;
    return sum;
}

} // namespace

class TestAlign : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSimilarityIsTakenOut_data()
    {
        QTest::addColumn<double>("degrees");
        QTest::addColumn<bool>("flip");
        QTest::addColumn<double>("scale");
        QTest::newRow("nothing") << 0.0 << false << 1.0;
        QTest::newRow("a turn") << 137.0 << false << 1.0;
        QTest::newRow("half a turn, larger") << 180.0 << false << 7.5;
        QTest::newRow("the other side, smaller") << 25.0 << true << 0.02;
    }
    void aSimilarityIsTakenOut()
    {
        QFETCH(double, degrees);
        QFETCH(bool, flip);
        QFETCH(double, scale);
        const auto fixed = scattered(200, 1);
        const auto moving = similarity(degrees, flip, scale, 3, -2).apply(fixed);
        const auto found = alignment(fixed, moving);
        VERIFY_OK(found);
        for (const float distance : distances(fixed, found->apply(moving)))
            QVERIFY(distance < 1e-4F);
        QVERIFY(std::abs(found->scale * scale - 1) < 1e-4);
    }

    void noSimilarityNearbyIsBetter()
    {
        const auto fixed = scattered(60, 2);
        auto moving = similarity(40, true, 2, 1, 1).apply(fixed);
        const auto noise = scattered(60, 3);
        for (std::size_t i = 0; i < moving.size(); ++i)
            moving[i] = {moving[i].x + 0.5F * noise[i].x, moving[i].y + 0.5F * noise[i].y};
        const auto found = alignment(fixed, moving);
        VERIFY_OK(found);
        const double least = squares(fixed, found->apply(moving));
        const double degrees = std::atan2(found->yx, found->xx) * 180 / std::numbers::pi;
        const bool flip = found->xx * found->yy - found->xy * found->yx < 0;
        QVERIFY(flip);
        for (const double turn : {-2.0, 0.0, 2.0})
            for (const double times : {0.97, 1.0, 1.03})
                for (const double shift : {-0.02, 0.0, 0.02}) {
                    const auto other = similarity(degrees + turn, flip, found->scale * times, found->shiftX + shift,
                                                  found->shiftY - shift);
                    QVERIFY(squares(fixed, other.apply(moving)) >= least - 1e-6);
                }
    }

    void whatCannotBeTurnedIsShifted()
    {
        const std::vector<Position> fixed = {{0, 0}, {2, 0}}, moving = {{5, 5}, {5, 5}};
        const auto found = alignment(fixed, moving);
        VERIFY_OK(found);
        QCOMPARE(found->apply(moving[0]), (Position{1, 0}));
        VERIFY_OK(alignment({}, {}));
        QVERIFY(!alignment(fixed, {}));
        QVERIFY(!alignment(fixed, std::vector<Position>{{0, NAN}, {1, 1}}));
    }

    void oneStartMakesPicturesAlike()
    {
        // The same points seen with other axes: two pictures that settle from one start differ less than two that do
        // not, whatever similarity is taken out.
        const test::Groups groups(600, 12, 40);
        const auto start = Layout::create(groups.points(), {.method = Method::Pca}, {});
        VERIFY_OK(start);
        const auto settle = [&](std::uint64_t seed, std::span<const Position> from) {
            auto layout = Layout::create(groups.points(), {.method = Method::Umap, .seed = seed}, {}, {}, from);
            if (!layout || !layout->runTo(layout->epochs(), {}))
                return std::vector<Position>();
            return normalised(layout->positions());
        };
        const auto first = settle(1, start->positions());
        const auto second = settle(2, start->positions());
        const auto other = settle(2, scattered(600, 9));
        QCOMPARE(first.size(), std::size_t{600});
        const auto near = alignment(first, second), far = alignment(first, other);
        VERIFY_OK(near);
        VERIFY_OK(far);
        const double close = squares(first, near->apply(second)), apart = squares(first, far->apply(other));
        QVERIFY2(close < 0.5 * apart, qPrintable(QString("%1 %2").arg(close).arg(apart)));
        QVERIFY(!Layout::create(groups.points(), {}, {}, {}, scattered(599, 1)));
    }
};

QTEST_GUILESS_MAIN(TestAlign)
#include "tst_align.moc"
