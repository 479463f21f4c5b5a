#include "ui/widgets/viewport.h"

#include <QTest>
#include <cmath>

using namespace photolex;
using namespace photolex::ui;

class TestViewport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatLiesUnderThePointerStaysThere()
    {
        Viewport viewport;
        viewport.resize({800, 600});
        viewport.fit({-1, -1, 2, 2});
        const QPointF pointer(123, 456), before = viewport.toMap(pointer);
        viewport.zoom(7, pointer);
        QVERIFY(near(viewport.toMap(pointer), before));
        viewport.pan({-40, 25});
        QVERIFY(near(viewport.toView(before), pointer + QPointF(-40, 25)));
    }

    void whatIsFittedIsSeenWhole_data()
    {
        QTest::addColumn<QRectF>("map");
        QTest::newRow("all") << QRectF(-1, -1, 2, 2);
        QTest::newRow("flat") << QRectF(-1, -0.1, 2, 0.2);
        QTest::newRow("small") << QRectF(0.4, 0.3, 0.01, 0.02);
        QTest::newRow("one point") << QRectF(0.4, 0.3, 0, 0);
    }
    void whatIsFittedIsSeenWhole()
    {
        QFETCH(QRectF, map);
        Viewport viewport;
        viewport.resize({800, 600});
        viewport.fit(map);
        QVERIFY(viewport.visible().contains(map.center()));
        QVERIFY(viewport.visible().left() <= map.left() && viewport.visible().right() >= map.right());
        QVERIFY(viewport.visible().top() <= map.top() && viewport.visible().bottom() >= map.bottom());
    }

    void theMapNeverGetsLost()
    {
        Viewport viewport;
        viewport.resize({800, 600});
        viewport.fit({-1, -1, 2, 2});
        viewport.pan({1e6, -1e6});
        QVERIFY(QRectF(-1, -1, 2.001, 2.001).contains(viewport.centre()));
        viewport.zoom(1e-9, {0, 0});
        QCOMPARE(viewport.scale(), viewport.wholeScale() * Viewport::farthest);
        viewport.zoom(1e12, {0, 0});
        QCOMPARE(viewport.scale(), viewport.wholeScale() * Viewport::nearest);
        viewport.resize({0, 0});
        QVERIFY(viewport.scale() > 0);
    }

    // The grid answers as a look at every point does.

private:
    static bool near(QPointF a, QPointF b) { return std::hypot(a.x() - b.x(), a.y() - b.y()) < 1e-6; }
};

QTEST_APPLESS_MAIN(TestViewport)
#include "tst_viewport.moc"
