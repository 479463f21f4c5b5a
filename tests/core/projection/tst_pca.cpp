#include "core/projection/pca.h"
#include "tests/core/projection/groups.h"
#include "tests/support/support.h"

#include <QElapsedTimer>

using namespace photolex;
using namespace photolex::projection;

namespace {

double dot(std::span<const float> a, std::span<const float> b)
{
    double sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k)
        sum += static_cast<double>(a[k]) * b[k];
    return sum;
}

// Wide along one known direction, narrower along a second, hardly anything elsewhere.
std::vector<float> ellipsoid(std::size_t count, std::size_t dimension, std::span<const float> wide,
                             std::span<const float> narrow)
{
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i) {
        const float a = 5 * normal(random), b = 2 * normal(random);
        for (std::size_t k = 0; k < dimension; ++k)
            values.push_back(7 + a * wide[k] + b * narrow[k] + 0.05F * normal(random));
    }
    return values;
}

} // namespace

class TestPca : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWidestDirectionsAreFound_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("dimension");
        QTest::newRow("few dimensions") << 500 << 3;
        QTest::newRow("dimensions that fill no panel") << 700 << 37;
        QTest::newRow("by Lanczos") << 900 << 301;
        QTest::newRow("fewer points than dimensions") << 40 << 200;
        QTest::newRow("a sample of many") << 30'000 << 16;
    }
    void theWidestDirectionsAreFound()
    {
        QFETCH(int, count);
        QFETCH(int, dimension);
        const auto d = static_cast<std::size_t>(dimension);
        std::vector<float> wide(d), narrow(d);
        wide[0] = 0.6F;
        wide[1] = 0.8F;
        narrow[d - 1] = 1;
        const auto values = ellipsoid(static_cast<std::size_t>(count), d, wide, narrow);
        const Points points{values, d};
        const auto axes = principalAxes(points, {.count = 2}, {});
        VERIFY_OK(axes);
        QCOMPARE(axes->count(), 2U);
        const std::span first(axes->axes.data(), d), second(axes->axes.data() + d, d);
        QVERIFY(std::abs(dot(first, wide)) > 0.99);
        QVERIFY(std::abs(dot(second, narrow)) > 0.97);
        QVERIFY(std::abs(dot(first, first) - 1) < 1e-4 && std::abs(dot(first, second)) < 1e-4);
        QVERIFY(axes->variance[0] > axes->variance[1]);
        QVERIFY(axes->variance[0] + axes->variance[1] <= axes->totalVariance * 1.0001);

        const auto positions = turned(points, *axes);
        double mean = 0, squares = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            mean += positions[2 * i] / count;
            squares += static_cast<double>(positions[2 * i]) * positions[2 * i] / count;
        }
        QVERIFY(std::abs(mean) < 0.3);
        QVERIFY(std::abs(squares / axes->variance[0] - 1) < 0.1);
    }

    void threadsDoNotChangeTheResult()
    {
        const test::Groups groups(3000, 5, 130);
        const auto one = principalAxes(groups.points(), {.count = 10, .threads = 1}, {});
        const auto two = principalAxes(groups.points(), {.count = 10, .threads = 2}, {});
        VERIFY_OK(one);
        VERIFY_OK(two);
        QVERIFY(one->axes == two->axes);
        QVERIFY(turned(groups.points(), *one, 1) == turned(groups.points(), *one, 3));
    }

    void whatCannotBeTurnedIsRefusedOrStaysEmpty()
    {
        QCOMPARE(principalAxes({}, {}, {}).value().count(), 0U);
        std::vector<float> values(40, 1.0F);
        const auto same = principalAxes({values, 8}, {}, {});
        VERIFY_OK(same); // all equal: any direction is as wide as another
        for (const float value : turned({values, 8}, *same))
            QCOMPARE(value, 0.0F);
        QCOMPARE(principalAxes({values, 1}, {}, {}).value().count(), 1U);
        values[13] = std::numeric_limits<float>::quiet_NaN();
        const auto refused = principalAxes({values, 8}, {}, {});
        QVERIFY(!refused && refused.error().code == Errc::Invalid);
        QVERIFY(refused.error().detail.find("row 1 ") != std::string::npos);
        QVERIFY(!check({std::span(values).first(7), 4}));
        std::stop_source stop;
        stop.request_stop();
        values[13] = 1;
        QCOMPARE(principalAxes({values, 8}, {}, stop.get_token()).error().code, Errc::Cancelled);
    }

    void picturesFitIntoTheMap()
    {
        const std::vector<Position> positions = {{3, 10}, {5, 10}, {4, 11}};
        const auto fitted = normalised(positions);
        QCOMPARE(fitted[0], (Position{-1, -0.5F}));
        QCOMPARE(fitted[1], (Position{1, -0.5F}));
        QCOMPARE(fitted[2], (Position{0, 0.5F}));
        QCOMPARE(normalised(std::vector<Position>(2, Position{7, 7})), std::vector<Position>(2));
        QVERIFY(normalised({}).empty());
    }
};

QTEST_GUILESS_MAIN(TestPca)
#include "tst_pca.moc"
