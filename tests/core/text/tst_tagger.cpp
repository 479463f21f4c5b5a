// The tagger learns from sentences written here, and is the same after it was written to a file and read again.
#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/text/tagger.h"
#include "core/train/tagger.h"
#include "tests/support/support.h"

using namespace photolex;
using Strings = std::vector<std::string>;

namespace {

// "jumps" is a verb behind a noun and a noun behind a number: only the neighbours tell.
std::vector<dataset::TaggedSentence> sentences()
{
    std::vector<dataset::TaggedSentence> all;
    const auto add = [&](Strings words, Strings tags) { all.push_back({std::move(words), std::move(tags)}); };
    for (const auto *animal : {"dog", "cat", "horse", "bird"}) {
        add({"A", animal, "jumps", "high", "."}, {"DT", "NN", "VBZ", "RB", "."});
        add({"The", animal, "runs", "fast", "."}, {"DT", "NN", "VBZ", "RB", "."});
        add({"The", animal, "needs", "two", "jumps", "."}, {"DT", "NN", "VBZ", "CD", "NNS", "."});
        add({"Three", "runs", "tire", "the", animal, "."}, {"CD", "NNS", "VBP", "DT", "NN", "."});
    }
    // Seen once, and so unknown while they are learned from: what a word never seen looks like.
    for (const auto *animal : {"fox", "hen", "cow", "pig", "mule"})
        add({"The", animal, "runs", "fast", "."}, {"DT", "NN", "VBZ", "RB", "."});
    return all;
}

Result<text::Tagger> trained(std::uint64_t seed = 1)
{
    return train::trainTagger({{.sentences = sentences()}},
                              {.epochs = 30, .minimumUses = 1, .smallest = 0, .seed = seed}, {});
}

} // namespace

class TestTagger : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textIsSplitAsTreebanksSplitIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("full stop") << "A dog jumps."
                                   << "A|dog|jumps|.";
        QTest::newRow("possessive and negation") << "The man's dog doesn't bark"
                                                 << "The|man|'s|dog|does|n't|bark";
        QTest::newRow("signs on both sides") << "\"Look!\" (here)"
                                             << "\"|Look|!|\"|(|here|)";
        QTest::newRow("hyphens and dots inside") << "a t-shirt at 7 a.m."
                                                 << "a|t-shirt|at|7|a.m.";
        QTest::newRow("numbers keep their comma") << "1,000 red/blue"
                                                  << "1,000|red|/|blue";
        QTest::newRow("split already") << "a man 's hat , is n't"
                                       << "a|man|'s|hat|,|is|n't";
        QTest::newRow("nothing") << "  "
                                 << "";
        QTest::newRow("not ASCII") << "ein Hündchen…"
                                   << "ein|Hündchen|…";
    }
    void textIsSplitAsTreebanksSplitIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QStringList got;
        for (const auto &word : text::split(text.toStdString()))
            got << QString::fromStdString(word);
        QCOMPARE(got.join('|'), words);
    }

    void neighboursDecide()
    {
        const auto tagger = trained();
        VERIFY_OK(tagger);
        QCOMPARE(tagger->tag(Strings{"A", "dog", "jumps"}), (Strings{"DT", "NN", "VBZ"}));
        QCOMPARE(tagger->tag(Strings{"The", "cat", "needs", "two", "jumps", "."}),
                 (Strings{"DT", "NN", "VBZ", "CD", "NNS", "."}));
        // A word never seen, between words that were.
        QCOMPARE(tagger->tag(Strings{"The", "zebra", "runs", "fast", "."}), (Strings{"DT", "NN", "VBZ", "RB", "."}));
        QVERIFY(tagger->tag(Strings{}).empty());
        QVERIFY(tagger->knows("DOG"));
        QVERIFY(!tagger->knows("zebra"));
        const auto figures = train::measureTagger(*tagger, sentences());
        QCOMPARE(figures.right, figures.words);
        QCOMPARE(figures.wholeRight, figures.sentences);
    }

    void theSameSeedGivesTheSameTagger()
    {
        const test::ScratchFolder scratch;
        const auto tagger = trained();
        VERIFY_OK(tagger);
        const auto again = trained();
        VERIFY_OK(again);
        VERIFY_OK(tagger->save(scratch / "one"));
        VERIFY_OK(again->save(scratch / "two"));
        QCOMPARE(readFile(scratch / "one").value(), readFile(scratch / "two").value());
    }

    void aFileHoldsAllOfIt()
    {
        const test::ScratchFolder scratch;
        const auto tagger = trained();
        VERIFY_OK(tagger);
        VERIFY_OK(tagger->save(scratch / "tagger"));
        const auto read = text::Tagger::load(scratch / "tagger");
        VERIFY_OK(read);
        QCOMPARE(read->tags(), tagger->tags());
        for (const auto &sentence : sentences())
            QCOMPARE(read->tag(sentence.words), tagger->tag(sentence.words));
        QVERIFY(read->knows("dog"));
    }

    void aDamagedFileIsRefused()
    {
        const test::ScratchFolder scratch;
        const std::vector<TensorData> wrong = {{"keys", {4}, {1, 2, 3, 4}, TensorType::UInt8},
                                               {"counts", {1}, {2}, TensorType::UInt8},
                                               {"tag", {1}, {0}, TensorType::UInt8},
                                               {"weight", {1}, {130}, TensorType::UInt8},
                                               {"lexicon", {0}, {}, TensorType::UInt8}};
        VERIFY_OK(writeTensorFile(scratch / "short", wrong, {{"tags", "NN"}, {"scale", "1"}}));
        QCOMPARE(text::Tagger::load(scratch / "short").error().code, Errc::Corrupt); // two weights, one is there
        auto other = wrong;
        other[1].values = {1};
        other[2].values = {1};
        VERIFY_OK(writeTensorFile(scratch / "tag", other, {{"tags", "NN"}, {"scale", "1"}}));
        QCOMPARE(text::Tagger::load(scratch / "tag").error().code, Errc::Corrupt); // of one tag, number 1
        VERIFY_OK(writeTensorFile(scratch / "scale", wrong, {{"tags", "NN"}, {"scale", "nan"}}));
        QCOMPARE(text::Tagger::load(scratch / "scale").error().code, Errc::Corrupt);
        VERIFY_OK(writeTensorFile(scratch / "empty", {}, {}));
        QCOMPARE(text::Tagger::load(scratch / "empty").error().code, Errc::Corrupt);
    }

    void nothingToLearnFromIsRefused() { QCOMPARE(train::trainTagger({}, {}, {}).error().code, Errc::Invalid); }

    void recipesNameTheirMistakes()
    {
        const test::ScratchFolder scratch;
        const auto read = [&](const char *text) {
            VERIFY_OK(writeFileAtomically(scratch / "r.json", std::string_view(text)));
        };
        read(R"({"tagger": {"epochs": 3, "sets": {"a": {"share": 0.5}}}})");
        QVERIFY(train::isTaggerRecipe(scratch / "r.json"));
        const auto recipe = train::readTaggerRecipe(scratch / "r.json");
        VERIFY_OK(recipe);
        QCOMPARE(recipe->options.epochs, 3);
        QCOMPARE(recipe->sets.at("a").share, 0.5);
        read(R"({"tagger": {"epoch": 3, "sets": {"a": {}}}})");
        QVERIFY(QString::fromStdString(train::readTaggerRecipe(scratch / "r.json").error().detail).contains("epoch"));
        read(R"({"bundle": "x"})");
        QVERIFY(!train::isTaggerRecipe(scratch / "r.json"));
    }
};

QTEST_GUILESS_MAIN(TestTagger)
#include "tst_tagger.moc"
