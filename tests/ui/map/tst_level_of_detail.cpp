#include "ui/map/level_of_detail.h"

#include <QRectF>
#include <QTest>
#include <cmath>
#include <random>

using namespace photolex;
using namespace photolex::ui;

namespace {

std::vector<projection::Position> scattered(int count, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> place(0, 0.3F);
    std::vector<projection::Position> positions;
    for (int i = 0; i < count; ++i)
        positions.push_back({place(random), place(random)});
    return positions;
}

QRectF around(const projection::Position &at, double scale, double width, double height)
{
    return {at.x * scale - width / 2, at.y * scale - height / 2, width, height};
}

} // namespace

class TestLevelOfDetail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void labelsThatAreSeenNeverOverlap()
    {
        const auto places = scattered(300, 5);
        std::vector<LabelBox> labels;
        for (std::size_t i = 0; i < places.size(); ++i)
            labels.push_back({.at = places[i],
                              .width = 30 + static_cast<double>(i % 7) * 20,
                              .height = 18,
                              .from = i % 3 == 0 ? 500.0 : 0.0});
        const auto scales = labelScales(labels);
        QCOMPARE(scales[1], 0.0); // the most important one that is wanted everywhere
        for (double scale = 50; scale < 1e6; scale *= 1.3)
            for (std::size_t i = 0; i < labels.size(); ++i)
                for (std::size_t j = 0; j < i; ++j) {
                    if (scales[i] > scale || scales[j] > scale)
                        continue;
                    const auto a = around(labels[i].at, scale, labels[i].width, labels[i].height),
                               b = around(labels[j].at, scale, labels[j].width, labels[j].height);
                    QVERIFY2(!a.adjusted(1e-6, 1e-6, -1e-6, -1e-6).intersects(b), qPrintable(QString::number(scale)));
                }
    }

    void aLabelThatIsSeenStaysWhileOneComesCloser()
    {
        const LabelBox first{.at = {0, 0}, .width = 100, .height = 20},
            second{.at = {0.1F, 0}, .width = 60, .height = 20};
        const auto scales = labelScales(std::vector{first, second, first});
        QCOMPARE(scales[0], 0.0);
        QVERIFY(std::abs(scales[1] - 800) < 1e-3); // (100 + 60) / 2 pixels are 0.1 map units
        QVERIFY(std::isinf(scales[2]));            // under the first for ever
    }

    void tilesThatAreSeenNeverOverlap()
    {
        const auto places = scattered(1500, 9);
        const auto sizes = tileSizes(places);
        const auto scales = tileScales(places, sizes);
        for (double scale = sizes.first * 1.001; scale < sizes.first * 200; scale *= 1.7) {
            const double side = sizes.side(scale);
            QVERIFY(side >= TileSizes::smallest && side <= TileSizes::largest);
            std::vector<std::size_t> seen;
            for (std::size_t i = 0; i < places.size(); ++i)
                if (scales[i] <= scale)
                    seen.push_back(i);
            QVERIFY(!seen.empty());
            for (std::size_t i = 0; i < seen.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY(!around(places[seen[i]], scale, side - 0.01, side - 0.01)
                                 .intersects(around(places[seen[j]], scale, side - 0.01, side - 0.01)));
        }
        QVERIFY(std::ranges::count_if(scales, [](float scale) { return std::isfinite(scale); }) > 1400);
    }

    void farOutThereAreDots()
    {
        const auto places = scattered(8000, 3);
        const auto sizes = tileSizes(places);
        QVERIFY(sizes.first > 500); // a view of 800 pixels that shows all of it has a scale of about 350
        QCOMPARE(sizes.side(sizes.first * 0.99), 0.0);
        QVERIFY(tileSizes(scattered(40, 3)).first < 350); // so few are seen as pictures at once
    }

    void copiesAndSinglePhotosAreFine_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 500})
            QTest::addRow("%d", count) << count;
    }
    void copiesAndSinglePhotosAreFine()
    {
        QFETCH(int, count);
        const std::vector<projection::Position> places(static_cast<std::size_t>(count), {0, 0});
        const auto sizes = tileSizes(places);
        const auto scales = tileScales(places, sizes);
        QVERIFY(sizes.side(300) == TileSizes::largest);
        QVERIFY(scales[0] <= 300);
        QCOMPARE(std::ranges::count_if(scales, [](float scale) { return std::isfinite(scale); }), 1);
    }
};

QTEST_APPLESS_MAIN(TestLevelOfDetail)
#include "tst_level_of_detail.moc"
