#include "core/image/decode.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>

using namespace photolex;
using image::Size;

class TestResize : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shrinkingAverages()
    {
        // A fine chessboard becomes even grey; picking pixels would leave black or white.
        image::Pixels board = test::plain({400, 400}, 0, 0, 0);
        for (std::size_t i = 0; i < board.rgb.size(); ++i)
            board.rgb[i] = (i / 3 % 400 + i / 3 / 400) % 2 ? 255 : 0;
        for (const Size size : {Size{200, 200}, Size{130, 100}, Size{37, 41}}) {
            const auto small = image::resized(board, size);
            QVERIFY(small.size == size);
            for (const auto value : small.rgb)
                QVERIFY2(value > 100 && value < 156, qPrintable(QString::number(value)));
        }
    }
    void exactSize_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("squashed") << 260 << 260;
        QTest::newRow("one pixel") << 1 << 1;
        QTest::newRow("larger") << 900 << 700;
        QTest::newRow("wider, lower") << 900 << 100;
        QTest::newRow("same") << 320 << 240;
    }
    void exactSize()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        const auto scene = test::scene(1);
        const auto out = image::resized(scene, {width, height});
        QVERIFY((out.size == Size{width, height}));
        QCOMPARE(out.rgb.size(), static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
        double before = 0, after = 0;
        for (const auto value : scene.rgb)
            before += value;
        for (const auto value : out.rgb)
            after += value;
        before /= static_cast<double>(scene.rgb.size());
        after /= static_cast<double>(out.rgb.size());
        QVERIFY(std::abs(before - after) < 4);
    }
    void fittedKeepsProportionsAndNeverEnlarges()
    {
        QVERIFY((image::fitted(test::scene(1, {800, 400}), {256, 256}).size == Size{256, 128}));
        QVERIFY((image::fitted(test::scene(1, {300, 900}), {256, 256}).size == Size{85, 256}));
        QVERIFY((image::fitted(test::scene(1, {100, 50}), {256, 256}).size == Size{100, 50}));
        QVERIFY((image::fitted(test::plain({5000, 3}, 1, 2, 3), {256, 256}).size == Size{256, 1}));
    }
    void emptyStaysEmpty()
    {
        QVERIFY(image::resized({}, {10, 10}).isEmpty());
        QVERIFY(image::fitted({}, {10, 10}).isEmpty());
        QVERIFY(!image::encodeJpeg({}));
        QVERIFY(!image::encodeJpeg({{10, 10}, {}}));
    }
    void encodedJpegDecodes()
    {
        const auto scene = test::scene(2);
        const auto bytes = image::encodeJpeg(scene, 95);
        VERIFY_OK(bytes);
        const auto decoded = image::decode(*bytes, "a");
        VERIFY_OK(decoded);
        QVERIFY(test::meanDifference(decoded->pixels, scene) < 3);
        const auto smaller = image::encodeJpeg(scene, 30);
        QVERIFY(smaller && smaller->size() < bytes->size());
    }
};

QTEST_GUILESS_MAIN(TestResize)
#include "tst_resize.moc"
