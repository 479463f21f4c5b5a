// Captions from a small world (tests/support/captions.h).
#include "core/base/bytes.h"
#include "core/caption/captioner.h"
#include "core/train/captions.h"
#include "tests/support/bundles.h"
#include "tests/support/captions.h"
#include "tests/support/support.h"

#include <cmath>
#include <set>

using namespace photolex;
using Strings = std::vector<std::string>;

namespace {

bool contains(const Strings &words, const std::string &word)
{
    return std::ranges::find(words, word) != words.end();
}

} // namespace

class TestCaptioner : public QObject {
    Q_OBJECT

    test::ScratchFolder m_scratch;
    std::shared_ptr<const model::Bundle> m_bundle;
    std::shared_ptr<const caption::Captioner> m_captioner;

    std::vector<float> pointOf(const char *sentence) const
    {
        return m_captioner->encoder()->sentencePoint(sentence).value().point;
    }

private Q_SLOTS:
    void initTestCase()
    {
        VERIFY_OK(test::writeCaptionBundle(m_scratch / "bundle"));
        const auto bundle = model::Bundle::open(m_scratch / "bundle");
        VERIFY_OK(bundle);
        m_bundle = *bundle;
        const auto captioner = caption::Captioner::open(m_bundle);
        VERIFY_OK(captioner);
        m_captioner = *captioner;
    }

    void contentAndStructureMakeASentenceLikelier()
    {
        const auto figures = train::perplexities(m_bundle, test::smallWorld(), {});
        VERIFY_OK(figures);
        QVERIFY(figures->at("sc-nlm") < figures->at("mlbl"));
        QVERIFY(figures->at("mlbl") < figures->at("lbl"));
        QVERIFY(figures->at("lbl") < 12); // fewer than there are words: it learned something too
    }

    void captionsKeepToTheirStructure()
    {
        const auto captions =
            m_captioner->captions(pointOf("red dog runs"), {.structures = {"DT JJ NN VBZ", "DT NN VBZ"}}, {});
        VERIFY_OK(captions);
        QCOMPARE(captions->size(), 2U);
        for (const auto &one : *captions) {
            QCOMPARE(one.readTags, one.tags);
            QCOMPARE(one.words.size(), one.tags.size());
            QVERIFY(contains(one.words, "dog"));
        }
        QVERIFY((*captions)[0].score >= (*captions)[1].score);
    }

    void structuresAreDrawnWithoutReplacement()
    {
        auto random = generator(1, "test");
        const auto drawn = m_captioner->structures().sample(10, 1, 20, random);
        QCOMPARE(drawn.size(), 3U); // there are three
        std::set<caption::Tags> different;
        for (const auto &one : drawn)
            different.insert(one.tags);
        QCOMPARE(different.size(), 3U);
        QCOMPARE(m_captioner->structures().sample(10, 4, 4, random).size(), 1U);
        const auto captions = m_captioner->captions(pointOf("car"), {.samples = 3, .shortest = 1}, {});
        VERIFY_OK(captions);
        QCOMPARE(captions->size(), 3U);
        const auto again = m_captioner->captions(pointOf("car"), {.samples = 3, .shortest = 1}, {});
        VERIFY_OK(again);
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE((*again)[i].text, (*captions)[i].text);
    }

    void wordsAreRequiredBannedAndFixed()
    {
        const auto point = pointOf("red dog runs");
        const Strings structure = {"DT JJ NN VBZ IN DT NN"};
        const auto required = m_captioner->captions(point, {.structures = structure, .required = {"car"}}, {});
        VERIFY_OK(required);
        QVERIFY(contains(required->front().words, "car"));
        const auto banned = m_captioner->captions(point, {.structures = structure, .banned = {"dog"}}, {});
        VERIFY_OK(banned);
        QVERIFY(!contains(banned->front().words, "dog"));
        const auto fixed = m_captioner->captions(point, {.structures = structure, .fixed = {{1, "small"}}}, {});
        VERIFY_OK(fixed);
        QCOMPARE(fixed->front().words[1], std::string("small"));
        QCOMPARE(m_captioner->captions(point, {.structures = structure, .required = {"zebra"}}, {}).error().code,
                 Errc::Invalid);
        QCOMPARE(m_captioner->captions(point, {.structures = {"DT XX"}}, {}).error().subject, std::string("XX"));
        QCOMPARE(m_captioner->captions(point, {.structures = {"DT"}, .required = {"dog"}}, {}).error().code,
                 Errc::Invalid); // no place for it
        QCOMPARE(m_captioner->captions(std::vector<float>(3), {}, {}).error().code, Errc::Invalid);
    }

    void chanceFollowsTheSeed()
    {
        const auto point = pointOf("dog");
        const auto said = [&](double temperature, std::uint64_t seed) {
            std::set<std::string> texts;
            const auto captions = m_captioner->captions(point,
                                                        {.structures = {"DT JJ NN VBZ IN DT NN"},
                                                         .beam = 2,
                                                         .perStructure = 2,
                                                         .temperature = temperature,
                                                         .seed = seed},
                                                        {});
            for (const auto &one : *captions)
                texts.insert(one.text);
            return texts;
        };
        QCOMPARE(said(0, 1).size(), 2U);
        QCOMPARE(said(0, 1), said(0, 2)); // nothing is left to chance
        QCOMPARE(said(3, 1), said(3, 1));
        std::set<std::string> different;
        for (std::uint64_t seed = 1; seed <= 8; ++seed)
            different.merge(said(3, seed));
        QVERIFY(different.size() > 4);
    }

    void noWordWithAMeaningComesTwice()
    {
        const auto captions =
            m_captioner->captions(pointOf("beach"), {.structures = {"DT NN VBZ IN DT NN"}, .beam = 10}, {});
        VERIFY_OK(captions);
        QVERIFY(captions->front().words[1] != captions->front().words[5]);
    }

    void alternativesAreProbabilitiesOfOnePlace()
    {
        const auto captions =
            m_captioner->captions(pointOf("red dog runs"), {.structures = {"DT NN VBZ"}, .alternatives = 4}, {});
        VERIFY_OK(captions);
        const auto &places = captions->front().alternatives;
        QCOMPARE(places.size(), 3U);
        QCOMPARE(places[1].size(), 4U); // the four nouns, and nothing else takes the place
        float sum = 0;
        for (const auto &one : places[1]) {
            QVERIFY(contains(test::smallWorldNouns(), one.word));
            sum += one.probability;
        }
        QVERIFY(std::abs(sum - 1) < 1e-3F);
        QVERIFY(places[1][0].probability >= places[1][3].probability);
    }

    void probabilitiesOfTheNextWordSumToOne()
    {
        const auto &lexicon = m_captioner->lexicon();
        const auto model = caption::LanguageModel::open(
            m_bundle->file(caption::modelFile(caption::Kind::StructureContent)), caption::Kind::StructureContent,
            {.words = std::ssize(lexicon.vocabulary().words()), .tags = std::ssize(lexicon.tags()), .contents = 24});
        VERIFY_OK(model);
        caption::Rows rows;
        for (int i = 0; i < 2; ++i)
            rows.add({}, 0, {}, lexicon.beyond());
        const auto logs = (*model)->logProbabilities(rows, pointOf("dog"));
        VERIFY_OK(logs);
        const auto half = logs->size() / 2;
        double sum = 0;
        for (std::size_t i = 0; i < half; ++i)
            sum += std::exp((*logs)[i]);
        QVERIFY(std::abs(sum - 1) < 1e-4);
        auto outside = rows;
        outside.contexts.front() = 9999;
        QCOMPARE((*model)->logProbabilities(outside, pointOf("dog")).error().code, Errc::Invalid);
        auto short_ = rows;
        short_.windows.pop_back();
        QCOMPARE((*model)->logProbabilities(short_, pointOf("dog")).error().code, Errc::Invalid);
    }

    void nearestSentencesGiveTheirStructures()
    {
        const auto captions =
            m_captioner->captions(pointOf("red dog runs"), {.samples = 1, .nearest = 1, .shortest = 1}, {});
        VERIFY_OK(captions);
        QVERIFY(std::ranges::any_of(*captions, [](const caption::Caption &one) {
            return one.tags == Strings{"DT", "JJ", "NN", "VBZ"}; // of "a red dog runs"
        }));
    }

    void captionsOfOthersAreRankedByHowTheyFit()
    {
        const Strings texts = {"the car jumps", "nothing that is known", "a red dog runs"};
        const auto ranked = m_captioner->ranked(pointOf("red dog runs"), texts, {});
        VERIFY_OK(ranked);
        QCOMPARE(ranked->front().text, std::string("a red dog runs"));
        QCOMPARE(ranked->size(), 2U); // no word of the other is known
        QVERIFY(ranked->front().cosine > ranked->back().cosine);
        QVERIFY(ranked->front().language > ranked->back().language);
        const caption::Options plain{.cosineWeight = 1, .languageWeight = 0, .structureWeight = 0};
        const auto byCosine = m_captioner->ranked(pointOf("red dog runs"), texts, plain);
        VERIFY_OK(byCosine);
        QCOMPARE(byCosine->front().score, byCosine->front().cosine);
    }

    void sentencesOfAnotherFileAreRetrieved()
    {
        const auto own = caption::Sentences::create(m_captioner->encoder(), {"xyz", "the ball runs", "the ball runs"});
        VERIFY_OK(own);
        const auto captions = m_captioner->retrieved(pointOf("ball runs"), 3, *own);
        VERIFY_OK(captions);
        QCOMPARE(captions->size(), 1U); // the same sentence once, and none without a known word
        QCOMPARE(captions->front().text, std::string("the ball runs"));
        QCOMPARE(caption::Sentences::create(m_captioner->encoder(), {"xyz"}).error().code, Errc::NotFound);
    }

    void theNearestSentenceIsRetrieved()
    {
        const auto captions = m_captioner->retrieved(pointOf("car jumps"), 1);
        VERIFY_OK(captions);
        QCOMPARE(captions->front().text, std::string("the car jumps"));
        QVERIFY(captions->front().isRetrieved);
    }

    void modelsOfOtherPointsAreRefused()
    {
        auto parts = caption::readParts(*m_bundle);
        VERIFY_OK(parts);
        parts->encoderHash = "another";
        test::ScratchFolder other;
        std::filesystem::copy(m_scratch / "bundle", other / "bundle");
        VERIFY_OK(caption::writeParts(other / "bundle", *parts));
        const auto bundle = model::Bundle::open(other / "bundle");
        VERIFY_OK(bundle);
        QCOMPARE(caption::Captioner::open(*bundle).error().code, Errc::Unsupported);
        const auto plain = test::writeBundle(other / "plain");
        VERIFY_OK(plain);
        const auto without = model::Bundle::open(other / "plain");
        VERIFY_OK(without);
        QCOMPARE(caption::Captioner::open(*without).error().code, Errc::NotFound);
    }

    void heldOutSentencesAreRefused()
    {
        train::CaptionRecipe recipe;
        recipe.models.emplace_back();
        train::CaptionData data;
        data.texts = {test::smallWorld()};
        data.heldOut.add(test::smallWorld());
        QCOMPARE(train::trainCaptions(recipe, data, {.bundle = m_scratch / "bundle"}, {}).error().code, Errc::Invalid);
    }

    void recipesNameTheirMistakes()
    {
        VERIFY_OK(writeFileAtomically(
            m_scratch / "r.json", std::string_view(R"({"captions": {"models": [{"kind": "sc-nlm", "factor": 3}]}})")));
        QVERIFY(train::isCaptionRecipe(m_scratch / "r.json"));
        QVERIFY(
            QString::fromStdString(train::readCaptionRecipe(m_scratch / "r.json").error().detail).contains("factor"));
    }
};

QTEST_GUILESS_MAIN(TestCaptioner)
#include "tst_captioner.moc"
