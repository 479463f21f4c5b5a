#include "ui/map/dot_raster.h"

#include <QTest>
#include <random>

using namespace photolex;
using namespace photolex::ui;

class TestDotRaster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        std::mt19937 random(7);
        std::uniform_real_distribution<float> place(-1, 1);
        std::vector<PhotoId> photos;
        std::vector<projection::Position> positions;
        std::vector<std::int32_t> groups;
        for (int i = 0; i < 3000; ++i) {
            photos.push_back({i + 1});
            positions.push_back({place(random), place(random)});
            groups.push_back(i % 5);
        }
        m_scene.setPhotos(std::move(photos), std::move(positions), std::move(groups));
        m_style = {.background = qRgb(255, 255, 255), .accent = qRgb(200, 0, 0)};
        m_viewport = Viewport();
        m_viewport.resize({400, 300});
        m_viewport.fit({-1, -1, 2, 2});
    }

    void everyDotIsThere()
    {
        MapScene scene;
        scene.setPhotos({{1}, {2}}, {{-0.5F, 0}, {0.5F, 0.25F}}, {0, 1});
        DotRaster raster;
        const QImage image = raster.draw(scene, m_viewport, m_style, 1);
        QCOMPARE(raster.stamped(), 2);
        for (std::size_t i = 0; i < 2; ++i) {
            const QPointF at = m_viewport.toView(scene.positionOf(i));
            QCOMPARE(image.pixel(static_cast<int>(at.x()), static_cast<int>(at.y())),
                     kindColour(static_cast<int>(i), false).rgb());
        }
        QCOMPARE(image.pixel(2, 2), m_style.background);
    }

    // What is moved along and filled in is, to the pixel, what is drawn from nothing.
    void aMovedMapIsTheSameAsAFreshOne_data()
    {
        QTest::addColumn<QPointF>("step");
        QTest::addColumn<double>("ratio");
        QTest::newRow("right") << QPointF(17, 0) << 1.0;
        QTest::newRow("left and down") << QPointF(-3, 40) << 1.0;
        QTest::newRow("up") << QPointF(0, -299) << 1.0;
        QTest::newRow("everything anew") << QPointF(500, 10) << 1.0;
        QTest::newRow("not whole pixels") << QPointF(3.4, 1.7) << 1.0;
        QTest::newRow("twice the pixels") << QPointF(7, -5) << 2.0;
        QTest::newRow("one and a half") << QPointF(4, 6) << 1.5;
    }
    void aMovedMapIsTheSameAsAFreshOne()
    {
        QFETCH(QPointF, step);
        QFETCH(double, ratio);
        m_style.ratio = ratio;
        m_viewport.zoom(3, {200, 150});
        DotRaster moved, fresh;
        moved.draw(m_scene, m_viewport, m_style, 1);
        const auto all = moved.stamped();
        m_viewport.pan(step);
        const QImage a = moved.draw(m_scene, m_viewport, m_style, 1), b = fresh.draw(m_scene, m_viewport, m_style, 1);
        QCOMPARE(a.size(), QSize(400, 300) * ratio);
        // Dots on the edge of a strip may be stamped in another order where they overlap: few pixels, by little.
        int different = 0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x)
                different += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
        QVERIFY2(different < a.width() * a.height() / 200, qPrintable(QString::number(different)));
        const bool isWhole = step == QPointF(step.toPoint()) && std::abs(step.x()) < 400;
        if (isWhole)
            QVERIFY(moved.stamped() < all); // only the strips
    }

    void theRestIsFaintBesideASelection()
    {
        DotRaster raster;
        const QImage before = raster.draw(m_scene, m_viewport, m_style, 1);
        m_scene.setSelected({{1}}, {1});
        const QImage after = raster.draw(m_scene, m_viewport, m_style, 2);
        QVERIFY(before != after);
        const QPointF at = m_viewport.toView(m_scene.positionOf(0));
        QCOMPARE(after.pixel(static_cast<int>(at.x()), static_cast<int>(at.y())), m_style.accent);
        m_scene.setSelected({}, {});
        QCOMPARE(raster.draw(m_scene, m_viewport, m_style, 3), before);
    }

private:
    MapScene m_scene;
    Viewport m_viewport;
    DotRaster::Style m_style;
};

QTEST_MAIN(TestDotRaster)
#include "tst_dot_raster.moc"
