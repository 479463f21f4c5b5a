#include "tests/support/support.h"
#include "ui/widgets/grid_layout.h"

using namespace photolex::ui;

class TestGridLayout : public QObject {
    Q_OBJECT
private:
    static void addShapes()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("sections");
        QTest::addColumn<bool>("rightToLeft");
        QTest::newRow("one photo") << 800 << 1 << false << false;
        QTest::newRow("one line not full") << 800 << 3 << false << false;
        QTest::newRow("many") << 801 << 123 << false << false;
        QTest::newRow("narrower than a tile") << 90 << 7 << false << false;
        QTest::newRow("sections") << 700 << 100 << true << false;
        QTest::newRow("sections, right to left") << 640 << 57 << true << true;
    }
    static GridLayout make()
    {
        QFETCH(int, width);
        QFETCH(int, count);
        QFETCH(bool, sections);
        QFETCH(bool, rightToLeft);
        GridLayout layout;
        std::vector<GridLayout::Section> parts;
        if (sections)
            parts = {{0, 40}, {5, 0}, {5, 40}, {23, 40}}; // one of them empty
        layout.update({.width = width, .tileSide = 100, .rightToLeft = rightToLeft}, count, parts);
        return layout;
    }

private Q_SLOTS:
    void everyTileIsFoundWhereItLies_data() { addShapes(); }
    void everyTileIsFoundWhereItLies()
    {
        const auto layout = make();
        for (int row = 0; row < layout.count(); ++row) {
            const QRect tile = layout.tileRect(row);
            QCOMPARE(layout.rowAt(tile.topLeft()), row);
            QCOMPARE(layout.rowAt(tile.bottomRight()), row);
            QVERIFY(tile.bottom() < layout.contentHeight());
            if (row > 0)
                QVERIFY(!tile.intersects(layout.tileRect(row - 1)));
        }
        QCOMPARE(layout.rowAt({layout.tileRect(0).left(), -5}), -1);
    }

    void tilesFillTheLineAndStayNearTheSideThatWasAskedFor()
    {
        for (int width = 300; width < 1500; ++width) {
            GridLayout layout;
            layout.update({.width = width, .tileSide = 160}, 100, {});
            QVERIFY2(layout.side() > 160 * 3 / 4 && layout.side() < 160 * 4 / 3, qPrintable(QString::number(width)));
            const int end = layout.tileRect(layout.columns() - 1).right();
            QVERIFY(end < width - 16 && end >= width - 16 - layout.columns());
        }
    }

    void visibleRowsAreExactlyThoseOfTheLinesTouched_data() { addShapes(); }
    void visibleRowsAreExactlyThoseOfTheLinesTouched()
    {
        const auto layout = make();
        for (int top = 0; top < layout.contentHeight(); top += 37) {
            const auto [first, last] = layout.rowsBetween(top, top + 150);
            for (int row = 0; row < layout.count(); ++row) {
                const QRect tile = layout.tileRect(row);
                if (tile.top() <= top + 150 && tile.bottom() >= top)
                    QVERIFY2(row >= first && row <= last, qPrintable(QString::number(row)));
            }
            QVERIFY(first > last || last - first < 6 * layout.columns());
        }
    }

    void aRubberBandTakesWhatItTouches_data() { addShapes(); }
    void aRubberBandTakesWhatItTouches()
    {
        const auto layout = make();
        for (const QRect band :
             {QRect(0, 0, 150, 150), QRect(120, 60, 300, 400), QRect(5, 5, 2, 2), QRect(0, 0, 5000, 90'000)}) {
            std::vector<int> expected, found;
            for (int row = 0; row < layout.count(); ++row)
                if (layout.tileRect(row).intersects(band))
                    expected.push_back(row);
            for (const auto &[first, last] : layout.rowsTouching(band))
                for (int row = first; row <= last; ++row)
                    found.push_back(row);
            QCOMPARE(found, expected);
        }
    }

    void upUndoesDown_data() { addShapes(); }
    void upUndoesDown()
    {
        const auto layout = make();
        for (int row = 0; row < layout.count(); ++row) {
            const int below = layout.rowBelow(row);
            QVERIFY(below >= row);
            // Where the line below is as long, the same column; from the last line, nowhere.
            if (below != row && layout.tileRect(below).left() == layout.tileRect(row).left())
                QCOMPARE(layout.rowAbove(below), row);
        }
    }

    void aMillionTilesCostNothing()
    {
        GridLayout layout;
        layout.update({.width = 1000, .tileSide = 80}, 1'000'000, {});
        QCOMPARE(layout.rowAt(layout.tileRect(999'999).center()), 999'999);
        QCOMPARE(layout.rowsTouching({0, 0, 1000, layout.contentHeight()}).size(), 1U); // whole lines are one range
    }
};

QTEST_MAIN(TestGridLayout)
#include "tst_grid_layout.moc"
