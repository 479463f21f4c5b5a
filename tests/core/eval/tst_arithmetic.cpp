// Which photos are asked for and which are right, by captions written for it; and ranks in a space drawn by hand.
#include "core/eval/arithmetic.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace photolex;
using eval::CaptionWords;
using eval::Exchange;

namespace {

CaptionWords captions(const char *first, const char *second = nullptr)
{
    CaptionWords words;
    for (const auto *caption : {first, second}) {
        if (!caption)
            continue;
        auto &own = words.emplace_back();
        for (const auto &word : QString::fromUtf8(caption).split(' '))
            own.push_back(word == "a" ? std::string() : word.toStdString()); // the only stop word here
    }
    return words;
}

// "photo from to relevant ..." of each
QStringList described(const std::vector<Exchange> &all)
{
    QStringList found;
    for (const auto &one : all) {
        auto text = QString("%1 %2 %3").arg(one.photo).arg(std::string(one.from).c_str(), std::string(one.to).c_str());
        for (const auto photo : one.relevant)
            text += " " + QString::number(photo);
        found << text;
    }
    return found;
}

std::vector<float> concatenated(const std::vector<std::vector<float>> &rows)
{
    std::vector<float> all;
    for (const auto &row : rows)
        all.insert(all.end(), row.begin(), row.end());
    return all;
}

} // namespace

class TestArithmetic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAttributeKeepsItsThing()
    {
        const std::vector<CaptionWords> photos = {
            captions("a red car", "a red car on a street"),   // 0
            captions("a blue car", "the blue car"),           // 1: right for 0, and the other way round
            captions("a blue house", "a blue house"),         // 2: blue, but another thing
            captions("a blue car", "a red and blue car"),     // 3: mentions red: neither asked nor right
            captions("a car that is blue", "blue and a car"), // 4: blue, but not right before the car
        };
        QCOMPARE(described(eval::exchanges(photos)), (QStringList{"0 red blue 1", "1 blue red 0"}));
    }

    void aThingKeepsHalfOfTheRest()
    {
        const std::vector<CaptionWords> photos = {
            captions("a dog runs grass fence", "dog runs grass fence"), // 0: the rest is runs, grass, fence
            captions("a cat runs grass", "a cat runs grass wall"),      // 1: two of three
            captions("a cat sits fence", "a cat fence sofa"),           // 2: one of three
            captions("a dog cat runs grass", "a cat runs grass fence"), // 3: mentions dog
        };
        // From 1, whose rest is runs and grass, 0 holds both; from 2, whose rest is the fence, 0 holds it too.
        QCOMPARE(described(eval::exchanges(photos)), (QStringList{"0 dog cat 1", "1 cat dog 0", "2 cat dog 0"}));
    }

    void whatOnlyOneOfSeveralCaptionsSaysIsNotSaid()
    {
        const std::vector<CaptionWords> once = {
            captions("a dog runs grass", "something runs grass"),
            captions("a cat runs grass", "a cat runs grass"),
        };
        QVERIFY(eval::exchanges(once).empty()); // one says dog: no query, and no right answer either
        const std::vector<CaptionWords> single = {captions("a dog runs grass"), captions("a cat runs grass")};
        QCOMPARE(described(eval::exchanges(single)), (QStringList{"0 dog cat 1", "1 cat dog 0"}));
        const std::vector<CaptionWords> bare = {captions("a dog"), captions("a cat")}; // no rest
        QVERIFY(eval::exchanges(bare).empty());
    }

    void everyPairOfAGroupIsAskedBothWays()
    {
        for (const auto &group : eval::wordGroups()) {
            std::set<std::string_view> once(group.words.begin(), group.words.end());
            QCOMPARE(once.size(), group.words.size());
            std::vector<CaptionWords> photos;
            for (const auto word : group.words)
                photos.push_back(captions((std::string(word) + " thing place").c_str()));
            std::set<std::pair<std::string_view, std::string_view>> asked;
            for (const auto &one : eval::exchanges(photos))
                asked.emplace(one.from, one.to);
            QCOMPARE(asked.size(), group.words.size() * (group.words.size() - 1));
        }
    }

    void ranksWorkedOutByHand()
    {
        // Axes: red, blue, car, house. Photos: red car, blue car, blue house, red house.
        const auto images = concatenated({{1, 0, 1, 0}, {0, 1, 1, 0}, {0, 1.5F, 0, 1}, {1, 0, 0, 1}});
        const std::map<std::string_view, std::vector<float>> words = {{"red", {1, 0, 0, 0}}, {"blue", {0, 1, 0, 0}}};
        const auto point = [&](std::string_view word) {
            const auto found = words.find(word);
            return found == words.end() ? std::vector<float>() : found->second;
        };
        const std::vector<Exchange> asked = {
            {.photo = 0, .from = "red", .to = "blue", .group = 0, .relevant = {1}},
            {.photo = 0, .from = "red", .to = "green", .group = 0, .relevant = {1}}, // green is not known: not asked
        };
        const auto report = eval::arithmetic({images, 4}, asked, point, {.draws = 20});
        VERIFY_OK(report);
        QCOMPARE(report->all.queries, 1);
        QCOMPARE(report->all.relevant, 1.0);
        // Scores of photos 1, 2, 3 (0 is left out): exchange (0,1,1,0): 2, 1.5, 0, so rank 1.
        QCOMPARE(report->all.exchange.meanRank, 1.0);
        // Photo and word (1,1,1,0): 2, 1.5, 1, rank 1. Word only (0,1,0,0): 1, 1.5, 0, rank 2. Photo only (1,0,1,0):
        // 1, 0, 1: a tie with 3, which counts against us.
        QCOMPARE(report->all.photoAndWord.meanRank, 1.0);
        QCOMPARE(report->all.wordOnly.meanRank, 2.0);
        QCOMPARE(report->all.photoOnly.meanRank, 2.0);
        QCOMPARE(report->groups.size(), eval::wordGroups().size());
        QCOMPARE(report->groups[0].queries, 1);
        QCOMPARE(report->groups[1].queries, 0);
        QCOMPARE(report->interval.meanRank.high, 1.0);
    }

    void theFirstOfSeveralRightOnesCounts()
    {
        const auto images = concatenated({{1, 0}, {0, 1}, {0.5F, 0.5F}, {0, 1}});
        const auto point = [](std::string_view word) {
            return word == "red" ? std::vector<float>{1, 0} : std::vector<float>{0, 1};
        };
        const std::vector<Exchange> asked = {
            {.photo = 0, .from = "red", .to = "blue", .group = 0, .relevant = {1, 2, 3}}};
        const auto report = eval::arithmetic({images, 2}, asked, point);
        VERIFY_OK(report);
        QCOMPARE(report->all.wordOnly.meanRank, 1.0); // 1 and 3 tie, and both are right
        QCOMPARE(report->all.relevant, 3.0);
    }

    void whatDoesNotFitIsRefused()
    {
        const std::vector<float> two = {1, 0, 0, 1};
        const auto none = [](std::string_view) { return std::vector<float>(); };
        const auto some = [](std::string_view) { return std::vector<float>{1, 0}; };
        const auto refused = [&](std::span<const float> values, Exchange exchange, const auto &point) {
            const auto result = eval::arithmetic({values, 2}, std::vector{exchange}, point);
            return !result && result.error().code == Errc::Invalid;
        };
        const Exchange good{.photo = 0, .from = "red", .to = "blue", .group = 0, .relevant = {1}};
        QVERIFY(!refused(two, good, some));
        QVERIFY(refused(two, good, none)); // nothing to ask
        QVERIFY(refused(std::span(two).first(3), good, some));
        auto wrong = good;
        wrong.relevant = {2};
        QVERIFY(refused(two, wrong, some));
        wrong = good;
        wrong.photo = -1;
        QVERIFY(refused(two, wrong, some));
        wrong = good;
        wrong.relevant.clear();
        QVERIFY(refused(two, wrong, some));
        const std::vector<float> nan = {1, NAN, 0, 1};
        QVERIFY(refused(nan, good, some));
    }
};

QTEST_GUILESS_MAIN(TestArithmetic)
#include "tst_arithmetic.moc"
