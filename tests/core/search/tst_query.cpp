#include "core/search/search.h"

#include "tests/support/support.h"

#include <algorithm>
#include <random>
#include <rapidcheck.h>

using namespace photolex;

namespace {

// Whole numbers, so that sums are exact and many scores are equal.
std::shared_ptr<const embedding::Rows> wholeNumberRows(std::size_t count, int dimension)
{
    std::mt19937 random(20141110);
    std::uniform_int_distribution<int> numbers(-2, 2);
    std::vector<PhotoId> ids;
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        ids.push_back({static_cast<std::int64_t>(3 * i + 1)});
    for (std::size_t i = 0; i < count * static_cast<std::size_t>(dimension); ++i)
        values.push_back(static_cast<float>(numbers(random)));
    return embedding::Rows::fromMemory(std::move(ids), values, dimension);
}

std::vector<std::pair<std::int64_t, float>> fullSort(const embedding::Rows &rows, std::span<const float> point,
                                                     std::size_t count, std::span<const std::uint8_t> allowed)
{
    std::vector<std::pair<std::int64_t, float>> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!allowed.empty() && !allowed[i])
            continue;
        float score = 0;
        const auto row = rows.row(i);
        for (std::size_t k = 0; k < row.size(); ++k)
            score += row[k] * point[k];
        all.emplace_back(rows.ids()[i].value, score);
    }
    std::sort(all.begin(), all.end(),
              [](const auto &a, const auto &b) { return a.second != b.second ? a.second > b.second : a < b; });
    all.resize(std::min(all.size(), count));
    return all;
}

} // namespace

class TestQuery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nearestEqualsFullSort_data();
    void nearestEqualsFullSort();
    void queriesAreRead_data();
    void queriesAreRead();
    void blankAndPunctuation_data();
    void blankAndPunctuation();
    void longQueriesAreCut();
    void invalidUtf8IsRefused();
    void anyTextIsRead();
};

void TestQuery::nearestEqualsFullSort_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dimension");
    QTest::newRow("no photo") << 0 << 300;
    QTest::newRow("one photo") << 1 << 300;
    QTest::newRow("fewer photos than wanted") << 7 << 300;
    QTest::newRow("as many as wanted") << 20 << 300;
    QTest::newRow("dimension that fills no vector") << 1000 << 301;
    QTest::newRow("many equal scores") << 3000 << 2;
}

void TestQuery::nearestEqualsFullSort()
{
    QFETCH(int, rows);
    QFETCH(int, dimension);
    const auto all = wholeNumberRows(static_cast<std::size_t>(rows), dimension);
    const std::vector<float> point(static_cast<std::size_t>(dimension), 1.0F);
    std::vector<std::uint8_t> third(all->size());
    for (std::size_t i = 0; i < third.size(); i += 3)
        third[i] = 1;
    for (const std::span<const std::uint8_t> allowed :
         {std::span<const std::uint8_t>(), std::span<const std::uint8_t>(third)}) {
        if (allowed.empty() && rows == 0)
            continue;
        for (const std::size_t count : {0, 1, 20}) {
            std::vector<std::pair<std::int64_t, float>> hits;
            for (const auto &hit : search::nearest(*all, point, count, allowed))
                hits.emplace_back(hit.photo.value, hit.score);
            QVERIFY(hits == fullSort(*all, point, count, allowed));
        }
    }
    QVERIFY(search::nearest(*wholeNumberRows(0, 4), std::vector<float>(4), 5).empty());
}

void TestQuery::queriesAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("positive");
    QTest::addColumn<QByteArray>("negative"); // joined with |
    const auto row = [](const char *name, const char *text, const char *positive, const char *negative = "") {
        QTest::newRow(name) << QByteArray(text) << QByteArray(positive) << QByteArray(negative);
    };
    row("words", "A red Car", "a red car");
    row("a negative word", "beach -people", "beach", "people");
    row("negative first", "-people beach", "beach", "people");
    row("only negative", "-people", "", "people");
    row("two of them", "beach -people -dog", "beach", "people|dog");
    row("a phrase", "\"red car\" street", "red car street");
    row("a negative phrase", "street -\"red car\"", "street", "red car");
    row("typographic quotes and minus", "street −“red car”", "street", "red car");
    row("a quote that does not close", "street -\"red car", "street", "red car");
    row("a hyphen is no minus", "t-shirt", "t shirt");
    row("a dash between words", "beach - people", "beach people");
    row("an emoji", "🐶 -🐱", "🐶", "🐱");
    row("quotes with nothing inside", "dog \"\" -\"\"", "dog");
}

void TestQuery::queriesAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, positive);
    QFETCH(QByteArray, negative);
    const auto query = search::parseQuery(text.toStdString());
    VERIFY_OK(query);
    QByteArrayList negatives;
    for (const auto &each : query->negative)
        negatives.push_back(QByteArray::fromStdString(each));
    QCOMPARE(QByteArray::fromStdString(query->positive), positive);
    QCOMPARE(negatives.join('|'), negative);
    QVERIFY(!query->isBlank && !query->hasNoWords && !query->cut);
}

void TestQuery::blankAndPunctuation_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isBlank");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("blanks") << QByteArray("   \t\n") << true;
    QTest::newRow("zero bytes") << QByteArray("\0\0", 2) << true;
    QTest::newRow("minus") << QByteArray("-") << false;
    QTest::newRow("two minuses") << QByteArray("- -") << false;
    QTest::newRow("punctuation") << QByteArray("!!!") << false;
    QTest::newRow("a quote") << QByteArray("\"") << false;
}

void TestQuery::blankAndPunctuation()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isBlank);
    const auto query = search::parseQuery(text.toStdString());
    VERIFY_OK(query);
    QCOMPARE(query->isBlank, isBlank);
    QCOMPARE(query->hasNoWords, !isBlank);
    QVERIFY(query->words.empty() && query->negative.empty() && query->positive.empty());
}

void TestQuery::longQueriesAreCut()
{
    for (int shift = 0; shift < 4; ++shift) {
        std::string text(static_cast<std::size_t>(shift), 'a');
        for (int i = 0; i < 5000; ++i)
            text += " 🐶";
        const auto query = search::parseQuery(text);
        VERIFY_OK(query);
        QVERIFY(query->cut);
        QCOMPARE(query->words.back(), std::string("🐶"));
    }
    const auto hundred = search::parseQuery(std::string(400, 'a') + " dog");
    VERIFY_OK(hundred);
    QVERIFY(!hundred->cut);
}

void TestQuery::invalidUtf8IsRefused()
{
    const auto query = search::parseQuery("dog \xED\xA0\x80");
    QVERIFY(!query);
    QCOMPARE(query.error().code, Errc::Invalid);
}

void TestQuery::anyTextIsRead()
{
    QVERIFY(rc::check("quotes, minus signs and words in any order", [] {
        const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab-\" '!\t")));
        const auto query = search::parseQuery(text);
        RC_ASSERT(query.has_value());
        for (const auto &negative : query->negative)
            RC_ASSERT(!negative.empty());
        RC_ASSERT(query->positive.empty() == query->words.empty());
    }));
}

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
