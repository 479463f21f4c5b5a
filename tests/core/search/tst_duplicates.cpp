#include "core/search/search.h"

#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace photolex;

namespace {

// `groups` pictures, each there `copies` times with a little noise, and `others` that are like nothing else.
std::shared_ptr<const embedding::Rows> copies(std::size_t groups, std::size_t copies, std::size_t others, float noise)
{
    constexpr std::size_t width = 64;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<PhotoId> ids;
    std::vector<float> values;
    const auto add = [&](const std::vector<float> &row, float amount) {
        ids.push_back({static_cast<std::int64_t>(ids.size() + 1)});
        for (const float value : row)
            values.push_back(value + amount * normal(random));
    };
    for (std::size_t g = 0; g < groups + others; ++g) {
        std::vector<float> row(width);
        for (float &value : row)
            value = normal(random);
        for (std::size_t i = 0; i < (g < groups ? copies : 1); ++i)
            add(row, noise);
    }
    return embedding::Rows::fromMemory(std::move(ids), values, width);
}

} // namespace

class TestDuplicates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAreGrouped();
    void sameFileManyTimes();
    void tinyLibraries();
    void theListIsBounded();
    void aStopRequestEndsTheSearch();
    void whatAFullComparisonFinds();
    void theBestPictureComesFirst();
};

void TestDuplicates::copiesAreGrouped()
{
    const auto rows = copies(50, 3, 500, 0.02F);
    const auto found = search::duplicates(*rows, 0.97F, 1000, {});
    VERIFY_OK(found);
    QVERIFY(!found->more);
    QCOMPARE(found->groups.size(), std::size_t{50});
    std::set<std::int64_t> seen;
    for (const auto &group : found->groups) {
        QCOMPARE(group.size(), std::size_t{3});
        for (const auto photo : group) {
            QVERIFY(photo.value <= 150);
            QVERIFY(seen.insert(photo.value).second);
            QCOMPARE((photo.value - 1) / 3, (group.front().value - 1) / 3);
        }
    }
}

void TestDuplicates::sameFileManyTimes()
{
    const auto rows = copies(1, 500, 20, 0);
    const auto found = search::duplicates(*rows, 0.97F, 1000, {});
    VERIFY_OK(found);
    QCOMPARE(found->groups.size(), std::size_t{1});
    QCOMPARE(found->groups.front().size(), std::size_t{500});
}

void TestDuplicates::tinyLibraries()
{
    for (const std::size_t size : {0, 1, 2, 3}) {
        const auto found = search::duplicates(*copies(0, 0, size, 0), 0.97F, 10, {});
        VERIFY_OK(found);
        QVERIFY(found->groups.empty());
    }
    const auto pair = search::duplicates(*copies(1, 2, 0, 0), 0.97F, 10, {});
    VERIFY_OK(pair);
    QCOMPARE(pair->groups.size(), std::size_t{1});
}

void TestDuplicates::theListIsBounded()
{
    const auto found = search::duplicates(*copies(30, 2, 0, 0), 0.97F, 10, {});
    VERIFY_OK(found);
    QCOMPARE(found->groups.size(), std::size_t{10});
    QVERIFY(found->more);
    // A threshold that everything passes: one group, not every pair.
    const auto all = search::duplicates(*copies(0, 0, 300, 0), -1, 10, {});
    VERIFY_OK(all);
    QCOMPARE(all->groups.size(), std::size_t{1});
}

void TestDuplicates::aStopRequestEndsTheSearch()
{
    std::stop_source source;
    source.request_stop();
    const auto found = search::duplicates(*copies(0, 0, 2000, 0), 0.97F, 10, source.get_token());
    QVERIFY(!found);
    QCOMPARE(found.error().code, Errc::Cancelled);
}

void TestDuplicates::whatAFullComparisonFinds()
{
    // Pairs at many distances around the threshold, compared one by one beside the search.
    constexpr std::size_t width = 64;
    constexpr float threshold = 0.9F;
    std::vector<PhotoId> ids;
    std::vector<float> values;
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    for (std::size_t pair = 0; pair < 300; ++pair) {
        const float noise = 0.1F + 0.5F * static_cast<float>(pair) / 300;
        std::vector<float> row(width);
        for (float &value : row)
            value = normal(random) + 1; // a mean that all share
        for (int copy = 0; copy < 2; ++copy) {
            ids.push_back({static_cast<std::int64_t>(ids.size() + 1)});
            for (const float value : row)
                values.push_back(value + (copy == 1 ? noise * normal(random) : 0));
        }
    }
    std::vector<double> mean(width);
    for (std::size_t i = 0; i < values.size(); ++i)
        mean[i % width] += 0.9 * values[i] / static_cast<double>(ids.size());
    std::set<std::int64_t> close, far;
    for (std::size_t pair = 0; pair < 300; ++pair) {
        double product = 0, squaresA = 0, squaresB = 0;
        for (std::size_t k = 0; k < width; ++k) {
            const double a = values[2 * pair * width + k] - mean[k], b = values[(2 * pair + 1) * width + k] - mean[k];
            product += a * b;
            squaresA += a * a;
            squaresB += b * b;
        }
        const double cosine = product / std::sqrt(squaresA * squaresB);
        if (std::abs(cosine - threshold) > 0.002) // float16 may decide otherwise
            (cosine > threshold ? close : far).insert(ids[2 * pair].value);
    }
    QVERIFY(close.size() > 50 && far.size() > 50);
    const auto found = search::duplicates(*embedding::Rows::fromMemory(ids, values, width), threshold, 1000, {});
    VERIFY_OK(found);
    std::set<std::int64_t> grouped;
    for (const auto &group : found->groups)
        grouped.insert(group.front().value);
    std::size_t missed = 0;
    for (const auto id : close)
        missed += grouped.contains(id) ? 0 : 1;
    QVERIFY2(missed * 20 <= close.size(),
             qPrintable(QString::number(missed))); // neighbours in some table: most, not all
    for (const auto id : far)
        QVERIFY(!grouped.contains(id));
}

void TestDuplicates::theBestPictureComesFirst()
{
    const test::ScratchFolder scratch;
    const auto opened = catalogue::Catalogue::open(scratch / "a.photolex", catalogue::Access::Write);
    VERIFY_OK(opened);
    const auto root = (*opened)->addRoot("/p");
    VERIFY_OK(root);
    std::vector<catalogue::Photo> photos;
    const auto add = [&](const char *name, int width, std::int64_t bytes,
                         catalogue::PhotoState state = catalogue::PhotoState::Ready) {
        auto photo = test::makePhoto(*root, name);
        photo.width = width;
        photo.height = 100;
        photo.stamp.size = bytes;
        photo.state = state;
        photos.push_back(photo);
    };
    add("small.jpg", 100, 9000);
    add("soft.jpg", 400, 1000);
    add("cut.jpg", 800, 9000, catalogue::PhotoState::Damaged);
    add("sharp.jpg", 400, 2000);
    add("gone.jpg", 900, 9000, catalogue::PhotoState::Missing);
    add("copy.jpg", 400, 2000);
    add("left.jpg", 400, 2000);
    VERIFY_OK((*opened)->save(photos));
    search::Duplicates duplicates;
    duplicates.groups.resize(1);
    for (const auto &photo : photos)
        if (photo.relativePath != "left.jpg")
            duplicates.groups[0].push_back(photo.id);
    duplicates.groups.push_back({photos[6].id, photos[4].id, {12345}});
    VERIFY_OK(search::bestFirst(duplicates, **opened));
    QCOMPARE(duplicates.groups.size(), std::size_t{1}); // of the second one photo was left
    QVERIFY(
        (duplicates.groups[0] == std::vector{photos[3].id, photos[5].id, photos[1].id, photos[0].id, photos[2].id}));
}

QTEST_GUILESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
