// Analogies in a space drawn by hand, and classes against figures worked out by hand.
#include "core/eval/words.h"
#include "tests/support/support.h"

#include <cmath>

using namespace photolex;
using Labels = std::vector<std::vector<std::int32_t>>;

class TestWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnalogyIsRightWhenNothingElseIsNearer()
    {
        // man, woman, king, queen as sums of (male, female, royal), and a word apart. What all share is taken away.
        const std::vector<float> words = {1, 0, 0, 5, 0, 1, 0, 5, 1, 0, 1, 5, 0, 1, 1, 5, -2, -2, -2, 5};
        const std::vector<eval::Analogy> questions = {
            {.section = 0, .words = {0, 1, 2, 3}},  // man : woman = king : queen
            {.section = 0, .words = {0, 1, 2, 4}},  // the word apart is wrong
            {.section = 0, .words = {0, 1, 2, -1}}, // not known: not covered
            {.section = 1, .words = {0, 1, 0, 1}},  // words of one question must differ
        };
        const auto result = eval::analogies({words, 4}, questions, 3);
        VERIFY_OK(result);
        QCOMPARE(result->size(), 3U);
        QCOMPARE((*result)[0].asked, 3);
        QCOMPARE((*result)[0].covered, 2);
        QCOMPARE((*result)[0].right, 1);
        QCOMPARE((*result)[1].asked, 1);
        QCOMPARE((*result)[1].covered, 0);
        QCOMPARE((*result)[2].asked, 0);
    }

    void aTieIsNoRightAnswer()
    {
        // Two words lie on one point: neither is nearer.
        const std::vector<float> words = {1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1};
        const auto result =
            eval::analogies({words, 3}, std::vector<eval::Analogy>{{.section = 0, .words = {0, 1, 2, 3}}}, 1);
        VERIFY_OK(result);
        QCOMPARE(result->front().right, 0);
    }

    void classesWorkedOutByHand()
    {
        // Scores of images 0, 1, 2 with classes 0, 1, 2:
        const std::vector<float> images = {0.9F, 0.5F, 0.1F, 0.2F, 0.8F, 0.3F, 0.7F, 0.6F, 0.4F};
        const std::vector<float> classes = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        const Labels labels = {{0}, {2}, {0, 1}};
        const auto result = eval::classify({images, 3}, {classes, 3}, labels, {.draws = 50});
        VERIFY_OK(result);
        QCOMPARE(result->images, 3);
        QCOMPARE(result->classes, 3);
        QVERIFY(std::abs(result->hit1 - 200.0 / 3) < 1e-9); // images 0 and 2
        QCOMPARE(result->hit5, 100.0);
        // Class 0: images by score 0, 2, 1; right are 0 and 2: (1/1 + 2/2) / 2 = 1.
        // Class 1: 1, 2, 0; right is 2: 1/2. Class 2: 2, 1, 0; right is 1: 1/2.
        QVERIFY(std::abs(result->meanAveragePrecision - 100 * (1 + 0.5 + 0.5) / 3) < 1e-9);
        QVERIFY(result->hit1Interval.low <= result->hit1 && result->hit1 <= result->hit1Interval.high);
    }

    void tiesAndImagesWithoutLabels()
    {
        const std::vector<float> images = {1, 0, 1, 0};
        const std::vector<float> classes = {1, 0, 1, 0};
        const auto result = eval::classify({images, 2}, {classes, 2}, Labels{{}, {1}}, {.draws = 0});
        VERIFY_OK(result);
        QCOMPARE(result->images, 1);
        QCOMPARE(result->classes, 1);
        QCOMPARE(result->hit1, 0.0);                  // the wrong class has the same score
        QCOMPARE(result->meanAveragePrecision, 50.0); // and so has the image without the label
    }

    void whatDoesNotFitIsRefused()
    {
        const std::vector<float> two = {1, 0, 0, 1};
        const std::vector<float> nan = {1, NAN, 0, 1};
        const auto refused = [](const auto &result) { return !result && result.error().code == Errc::Invalid; };
        QVERIFY(refused(eval::classify({two, 2}, {two, 2}, Labels{{0}})));
        QVERIFY(refused(eval::classify({two, 2}, {two, 2}, Labels{{0}, {2}})));
        QVERIFY(refused(eval::classify({two, 2}, {two, 2}, Labels{{}, {}})));
        QVERIFY(refused(eval::classify({two, 2}, {two, 4}, Labels{{0}, {1}})));
        QVERIFY(refused(eval::classify({nan, 2}, {two, 2}, Labels{{0}, {1}})));
        const auto asking = [&](std::span<const float> words, eval::Analogy question) {
            return eval::analogies({words, 2}, std::vector{question}, 1);
        };
        QVERIFY(refused(asking(two, {.section = 1, .words = {0, 1, 0, 1}})));
        QVERIFY(refused(asking(two, {.section = 0, .words = {0, 1, 0, 2}})));
        QVERIFY(refused(asking(nan, {.section = 0, .words = {0, 1, 0, 1}})));
        QVERIFY(refused(asking({}, {.section = 0, .words = {0, 1, 0, 1}})));
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
