// Scores of captions against values worked out by hand from the definitions in the header.
#include "core/eval/captions.h"
#include "tests/support/support.h"

#include <cmath>

using namespace photolex;

namespace {

eval::Words words(const char *text)
{
    eval::Words all;
    for (const auto &word : QString(text).split(' ', Qt::SkipEmptyParts))
        all.push_back(word.toStdString());
    return all;
}

eval::CaptionItem item(const char *candidate, std::initializer_list<const char *> references)
{
    eval::CaptionItem one{.candidate = words(candidate), .references = {}};
    for (const auto *reference : references)
        one.references.push_back(words(reference));
    return one;
}

void compare(double value, double expected)
{
    QVERIFY2(std::abs(value - expected) < 1e-9, qPrintable(QString("%1, expected %2").arg(value).arg(expected)));
}

} // namespace

class TestCaptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bleuCountsAWordAsOftenAsAReferenceHasIt()
    {
        // Seven times "the", of which one reference has two: 2/7. Nearest length 6: no penalty.
        const auto figures = eval::captionFigures(
            std::vector{item("the the the the the the the", {"the cat is on the mat", "there is a cat on the mat"})});
        VERIFY_OK(figures);
        compare(figures->bleu[0], 2.0 / 7);
        compare(figures->bleu[1], 0); // no pair in common, and then nothing longer
        compare(figures->bleu[3], 0);
    }

    void bleuIsOfTheWholeSet()
    {
        // Words 4 + 2 of 4 + 3, pairs 3 + 1 of 3 + 2; lengths 7 against 4 + 5.
        const auto figures =
            eval::captionFigures(std::vector{item("a b c d", {"a b c d"}), item("a b x", {"a b c d e"})});
        VERIFY_OK(figures);
        const double brevity = std::exp(1 - 9.0 / 7);
        compare(figures->bleu[0], brevity * 6 / 7);
        compare(figures->bleu[1], brevity * std::sqrt(6.0 / 7 * 4 / 5));
    }

    void theShorterOfTwoReferencesAsNearIsTheMeasure()
    {
        // Three words, references of two and four: the shorter one, so no penalty.
        const auto figures = eval::captionFigures(std::vector{item("a b c", {"a b c d", "a b"})});
        VERIFY_OK(figures);
        compare(figures->bleu[0], 1);
    }

    void rougeWeighsRecallMore()
    {
        // lcs(a b c d, a x c d e) = 3: P = 3/4, R = 3/5.
        const auto figures = eval::captionFigures(std::vector{item("a b c d", {"a x c d e"})});
        VERIFY_OK(figures);
        compare(figures->rougeL, 2.44 * 0.75 * 0.6 / (0.6 + 1.44 * 0.75));
    }

    void ciderOfTheReferenceItselfIsTen()
    {
        const auto figures =
            eval::captionFigures(std::vector{item("a b c d e", {"a b c d e"}), item("f g h i j", {"f g h i j"})});
        VERIFY_OK(figures);
        compare(figures->cider, 10);
        compare(figures->ciderD, 10);
    }

    void ciderWeighsRareWordsAndDClipsAndKeepsLength()
    {
        // Two photos; "a" is in both, so it weighs log(2/2) = 0, every other gram here weighs w = log 2.
        // First: candidate "a b b", reference "a b c". Words: b twice against b, c: (2, 0)·(1, 1) / (2 √2) = 1/√2,
        // clipped min(2, 1)·1 / (2 √2). Pairs: {ab, bb} against {ab, bc}: 1/2. Threes: nothing in common; fours: none.
        // Both are two pairs long: no penalty. Second: nothing in common at all.
        const auto figures = eval::captionFigures(std::vector{item("a b b", {"a b c"}), item("z", {"a y"})});
        VERIFY_OK(figures);
        compare(figures->cider, 10 * (1 / std::sqrt(2.0) + 0.5) / 4 / 2);
        compare(figures->ciderD, 10 * (1 / (2 * std::sqrt(2.0)) + 0.5) / 4 / 2);
        // A longer candidate loses by the difference alone: here one word more that is nowhere else.
        const auto longer = eval::captionFigures(std::vector{item("b q", {"b"}), item("z", {"y"})});
        VERIFY_OK(longer);
        compare(longer->cider, 10 * (1 / std::sqrt(2.0)) / 4 / 2);
        compare(longer->ciderD, 10 * (1 / std::sqrt(2.0)) * std::exp(-1.0 / 72) / 4 / 2);
    }

    void meteorMatchesStemsAndCountsChunks()
    {
        // "dogs" and "dog", "running" and "runs" have one stem. Three matches of three, one chunk.
        const auto whole = eval::captionFigures(std::vector{item("dogs are running", {"dog are runs"})});
        VERIFY_OK(whole);
        compare(whole->meteor, 1 - 0.5 / 27);
        // The other way round: two chunks of two words each alone.
        const auto turned = eval::captionFigures(std::vector{item("b a", {"a b"})});
        VERIFY_OK(turned);
        compare(turned->meteor, 0.5);
        // P = 1/2, R = 1/4, one chunk of one match.
        const auto part = eval::captionFigures(std::vector{item("a x", {"a b c d"})});
        VERIFY_OK(part);
        compare(part->meteor, 0.125 / (0.45 + 0.025) * 0.5);
    }

    void captionsAmongThemselves()
    {
        const std::vector captions = {words("a dog runs"), words("a cat sits"), words("a dog runs"),
                                      words("a dog and a dog")};
        compare(eval::distinctShare(captions), 0.75);
        compare(eval::novelShare(captions, std::vector<eval::Words>{words("a cat sits")}), 0.75);
        const std::vector<std::string> allowed = {"a"};
        compare(eval::repeatedShare(captions, allowed), 0.25);
        const std::vector<eval::Words> onlyPairs = {words("a a a")};
        compare(eval::repeatedShare(onlyPairs, allowed), 1);
        compare(eval::distinctShare({}), 0);
    }

    void adherenceIsPerPlaceAndPerCaption()
    {
        const std::vector wanted = {words("DT NN VBZ"), words("DT NN"), words("NN")};
        const auto got = eval::adherence(wanted, std::vector{words("DT NN NNS"), words("DT NN"), words("NN NN")});
        VERIFY_OK(got);
        compare(got->words, 4.0 / 6);
        compare(got->captions, 1.0 / 3);
        QCOMPARE(eval::adherence(wanted, {}).error().code, Errc::Invalid);
    }

    void nothingToCompareIsRefused()
    {
        QCOMPARE(eval::captionFigures({}).error().code, Errc::Invalid);
        QCOMPARE(eval::captionFigures(std::vector{eval::CaptionItem{.candidate = words("a"), .references = {}}})
                     .error()
                     .code,
                 Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestCaptions)
#include "tst_captions.moc"
