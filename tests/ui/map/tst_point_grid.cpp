// The grid over the map's points finds what an exhaustive search finds.
#include "ui/map/point_grid.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace photolex;
using namespace photolex::ui;

class TestPointGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGridFindsWhatIsThere_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 17, 5000})
            QTest::addRow("%d points", count) << count;
    }
    void theGridFindsWhatIsThere()
    {
        QFETCH(int, count);
        std::mt19937 random(1);
        std::uniform_real_distribution<float> place(-1, 1);
        std::vector<projection::Position> positions;
        for (int i = 0; i < count; ++i) // a tenth of them on one spot
            positions.push_back(i % 10 == 3 ? projection::Position{0.25F, 0.25F}
                                            : projection::Position{place(random), place(random) / 3});
        PointGrid grid;
        grid.build(positions);
        const QRectF part(-0.2, -0.1, 0.5, 0.4);
        std::vector<std::uint32_t> found, expected;
        grid.visit(part, [&](std::uint32_t index) { found.push_back(index); });
        std::ranges::sort(found);
        for (std::size_t i = 0; i < positions.size(); ++i)
            if (part.contains(positions[i].x, positions[i].y))
                expected.push_back(static_cast<std::uint32_t>(i));
        QCOMPARE(found, expected);
        for (int i = 0; i < 40; ++i) {
            const QPointF at(place(random), place(random));
            std::int64_t nearest = -1;
            double least = 0.1;
            for (std::size_t k = 0; k < positions.size(); ++k) {
                const double distance = std::hypot(positions[k].x - at.x(), positions[k].y - at.y());
                if (distance < least) {
                    least = distance;
                    nearest = static_cast<std::int64_t>(k);
                }
            }
            QCOMPARE(grid.nearest(at, 0.1), nearest);
        }
    }
};

QTEST_APPLESS_MAIN(TestPointGrid)
#include "tst_point_grid.moc"
