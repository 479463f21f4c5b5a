// Charts as pictures, tables and files: the same numbers in each.
#include "core/base/bytes.h"
#include "tests/support/support.h"
#include "ui/style/theme.h"
#include "ui/widgets/chart.h"

#include <QApplication>
#include <QImage>
#include <QSvgRenderer>
#include <QTableWidget>

using namespace photolex;
using namespace photolex::ui;

namespace {

ChartData curves()
{
    return {.title = "Recall",
            .xTitle = "k",
            .yTitle = "Recall, %",
            .logarithmic = true,
            .categories = {},
            .highest = 100,
            .series = {{"linear, sum", {{1, 20, 18, 23}, {5, 50, 47, 52}, {10, 70, 70, 70}}},
                       {"lstm", {{1, 10, 8, 12}, {5, 40, 37, 44}, {10, 60, 58, 61}}}}};
}

ChartData bars()
{
    return {.kind = ChartData::Kind::Bars,
            .title = "Ranks",
            .xTitle = "Rank",
            .yTitle = "Share, %",
            .categories = {"1", "2–3"},
            .series = {{"linear", {{1, 20, 20, 20}, {2, 80, 75, 85}}}}};
}

// Pixels that differ from the ground.
int drawn(const QImage &image)
{
    int count = 0;
    const QRgb ground = image.pixel(image.width() - 2, image.height() - 2);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) != ground ? 1 : 0;
    return count;
}

} // namespace

class TestChart : public QObject {
    Q_OBJECT

    test::ScratchFolder m_folder;
    QString file(const char *name) const { return QString::fromStdString((m_folder / name).native()); }

private Q_SLOTS:
    void theTableHoldsTheNumbers()
    {
        Chart chart;
        chart.setData(curves());
        const auto *table = chart.findChild<QTableWidget *>();
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->columnCount(), 3);
        QCOMPARE(table->horizontalHeaderItem(1)->text(), QString("linear, sum"));
        QCOMPARE(table->item(1, 0)->text(), QString("5"));
        QCOMPARE(table->item(1, 2)->text(), QString("40.0 (37.0 to 44.0)"));
        QCOMPARE(table->item(2, 1)->text(), QString("70.0")); // no band there
        QCOMPARE(table->accessibleName(), QString("Recall"));
        QVERIFY(!chart.isTableShown());
        chart.setTableShown(true);
        QVERIFY(chart.isTableShown());
        chart.setData(bars());
        QCOMPARE(table->item(1, 0)->text(), QString("2–3"));
        QCOMPARE(table->rowCount(), 2);
    }

    void smallNumbersKeepTheDecimalsThatTellThemApart()
    {
        Chart chart;
        chart.setData({.title = "Loss",
                       .xTitle = "Passes",
                       .yTitle = "Loss",
                       .categories = {},
                       .farthest = 15,
                       .series = {{"loss", {{0.5, 0.412, 0.412, 0.412}, {1, 0.408, 0.408, 0.408}}}}});
        const auto *table = chart.findChild<QTableWidget *>();
        QCOMPARE(table->item(0, 0)->text(), QString("0.5"));
        QCOMPARE(table->item(0, 1)->text(), QString("0.412"));
        QCOMPARE(table->item(1, 1)->text(), QString("0.408"));
    }

    void itIsDrawnInLightAndDark()
    {
        for (const auto theme : {Theme::Light, Theme::Dark}) {
            applyTheme(theme);
            for (const auto &data : {curves(), bars()}) {
                Chart chart;
                chart.resize(600, 400);
                chart.setData(data);
                chart.show();
                QVERIFY(QTest::qWaitForWindowExposed(&chart));
                const QImage image = chart.grab().toImage();
                QVERIFY(drawn(image) > 2000);
                const int ground = qGray(image.pixel(4, 4));
                QVERIFY2(theme == Theme::Dark ? ground < 80 : ground > 200, qPrintable(QString::number(ground)));
            }
        }
        // What is open follows a change.
        Chart chart;
        chart.resize(600, 400);
        chart.setData(curves());
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        applyTheme(Theme::Light);
        QTRY_VERIFY(qGray(chart.grab().toImage().pixel(4, 4)) > 200);
    }

    void filesHoldPictureOrNumbers()
    {
        Chart chart;
        chart.resize(600, 400);
        chart.setData(curves());
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        VERIFY_OK(chart.save(file("a.png")));
        const QImage image(file("a.png"));
        QVERIFY(image.width() > 1000 && drawn(image) > 4000);
        VERIFY_OK(chart.save(file("a.svg")));
        QVERIFY(QSvgRenderer(file("a.svg")).isValid());
        VERIFY_OK(chart.save(file("a.csv")));
        const auto text = readTextFile(m_folder / "a.csv");
        VERIFY_OK(text);
        const auto lines = QString::fromStdString(*text).split('\n');
        QCOMPARE(lines[0], QString("k,\"linear, sum\",\"linear, sum, low\",\"linear, sum, high\",lstm,\"lstm, low\","
                                   "\"lstm, high\""));
        QCOMPARE(lines[2], QString("5,50,47,52,40,37,44"));
        QCOMPARE(lines.size(), 5); // the last is empty
        QVERIFY(!chart.save(file("no such folder/a.svg")));
    }

    void nothingToDrawIsNoFault()
    {
        Chart chart;
        chart.resize(300, 200);
        chart.setData(
            {.title = "Empty", .xTitle = "k", .yTitle = "y", .logarithmic = true, .categories = {}, .series = {}});
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QCOMPARE(chart.findChild<QTableWidget *>()->rowCount(), 0);
        VERIFY_OK(chart.save(file("empty.csv")));
        // Curves that are to come.
        chart.setData({.title = "Loss",
                       .xTitle = "Passes",
                       .yTitle = "Loss",
                       .categories = {},
                       .farthest = 15,
                       .series = {{"loss", {}}}});
        QCOMPARE(chart.findChild<QTableWidget *>()->rowCount(), 0);
        QVERIFY(!chart.grab().isNull());
    }
};

QTEST_MAIN(TestChart)
#include "tst_chart.moc"
