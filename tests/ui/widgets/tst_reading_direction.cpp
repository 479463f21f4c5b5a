// What is painted by hand lies where one expects it who reads from right to left: a mirror image of what others see.
#include "tests/support/support.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/widgets/tile_painter.h"

#include <QApplication>
#include <QPushButton>
#include <algorithm>

using namespace photolex::ui;

namespace {

struct Ink { // first and last column, within `rect`, that holds another colour than its first pixel
    int first = -1, last = -1;
    int width() const { return last - first + 1; }
};

Ink inkOf(const QImage &image, const QRect &rect)
{
    Ink ink;
    for (int x = rect.left(); x <= rect.right(); ++x)
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            if (image.pixel(x, y) != image.pixel(rect.topLeft())) {
                ink.first = ink.first < 0 ? x : ink.first;
                ink.last = x;
            }
    return ink;
}

} // namespace

class TestReadingDirection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(Theme::Light); }

    static void directions()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::newRow("left to right") << Qt::LeftToRight;
        QTest::newRow("right to left") << Qt::RightToLeft;
    }

    void textAndIconOfAButtonStandInTheMiddle_data() { directions(); }
    void textAndIconOfAButtonStandInTheMiddle()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QPixmap red(16, 16);
        red.fill(Qt::red);
        QPushButton button(red, QStringLiteral("Add folder"));
        button.setLayoutDirection(direction);
        button.resize(240, 32);
        const QImage image = button.grab().toImage();
        const QRect inside = image.rect().adjusted(12, 6, -12, -6);
        const Ink all = inkOf(image, inside);
        QVERIFY(all.width() > 60 && all.width() < 200);
        QVERIFY2(std::abs((all.first - inside.left()) - (inside.right() - all.last)) <= 8,
                 qPrintable(QStringLiteral("%1 %2").arg(all.first).arg(all.last)));
        const auto isRed = [&](int x) { return image.pixelColor(x, image.height() / 2) == QColor(Qt::red); };
        QCOMPARE(isRed(all.first + 2), direction == Qt::LeftToRight);
        QCOMPARE(isRed(all.last - 2), direction == Qt::RightToLeft);
    }

    void aHeadingStandsBeforeItsLine_data() { directions(); }
    void aHeadingStandsBeforeItsLine()
    {
        QFETCH(Qt::LayoutDirection, direction);
        QImage image(400, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        {
            QPainter painter(&image);
            painter.setLayoutDirection(direction); // as that of a widget has it
            TilePainter(&painter, QApplication::palette(), 1, QApplication::font())
                .paintHeader(image.rect(), QStringLiteral("2026"), direction);
        }
        if (direction == Qt::RightToLeft)
            image = image.mirrored(true, false);
        // Letters are higher than the line: the upper half of the row holds letters alone.
        const Ink letters = inkOf(image, QRect(0, 0, 400, 20)), all = inkOf(image, image.rect());
        QVERIFY2(letters.first >= 0 && letters.last < 80, qPrintable(QString::number(letters.last)));
        QVERIFY(all.last > 390);
    }

    void marginsAreMirrored()
    {
        const QMargins margins(1, 2, 3, 4);
        QCOMPARE(inReadingOrder(margins), margins);
        QApplication::setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(inReadingOrder(margins), QMargins(3, 2, 1, 4));
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }
};

QTEST_MAIN(TestReadingDirection)
#include "tst_reading_direction.moc"
