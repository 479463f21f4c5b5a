// What of a sentence is known, in which spelling, and what is said about the rest.
#include "core/base/bytes.h"
#include "core/text/text.h"
#include "tests/support/support.h"

#include <algorithm>

using namespace photolex;
using namespace std::string_literals;

namespace {

using Words = std::vector<std::string>;

text::Vocabulary vocabularyOf(Words words)
{
    auto made = text::Vocabulary::create(std::move(words));
    return made ? std::move(*made) : *text::Vocabulary::create({});
}

} // namespace

class TestVocabulary : public QObject {
    Q_OBJECT
    test::ScratchFolder m_scratch;
    const text::Vocabulary m_words = vocabularyOf(
        {"a",    "dog",   "dogs", "on",    "the",   "beach", "red",   "car",   "man",    "pony",     "boxes",
         "leaf", "plane", "plan", "light", "house", "pets",  "glass", "brush", "cities", "children", "b\u00e4r"});

    text::ReadText reading(std::string_view sentence, std::size_t limit = 80) const
    {
        auto read = text::read(sentence, m_words, limit);
        if (!test::isOk(read))
            return {};
        return *read;
    }
    Errc codeOf(std::string_view fileContent) const
    {
        const auto loaded = text::Vocabulary::load(m_scratch.write("words.txt", fileContent));
        return loaded ? Errc::Internal : loaded.error().code;
    }

private Q_SLOTS:
    void idsAreThePlacesInTheFile()
    {
        const auto loaded = text::Vocabulary::load(m_scratch.write("good.txt", "<s>\n</s>\ndog\n's\nb\u00e4r\n"));
        VERIFY_OK(loaded);
        QCOMPARE(loaded->size(), 5U);
        QCOMPARE(loaded->id("<s>"), text::Vocabulary::begin);
        QCOMPARE(loaded->id("</s>"), text::Vocabulary::end);
        QCOMPARE(loaded->id("dog"), 2);
        QCOMPARE(loaded->word(4), "b\u00e4r"s);
        QCOMPARE(loaded->id("cat"), text::Vocabulary::unknown);
        QCOMPARE(loaded->id(""), text::Vocabulary::unknown);
    }

    void filesThatAreNoVocabularyAreRefused()
    {
        QCOMPARE(codeOf(""), Errc::Corrupt);
        QCOMPARE(codeOf("dog\ncat\n"), Errc::Corrupt);            // without <s> and </s> every row would be another's
        QCOMPARE(codeOf("<s>\n</s>\ndog\ndog\n"), Errc::Corrupt); // twice
        QCOMPARE(codeOf("<s>\n</s>\n\ndog\n"), Errc::Corrupt);    // an empty line
        QCOMPARE(codeOf("<s>\n</s>\nb\xe4r\n"), Errc::Corrupt);   // Latin-1
        const auto missing = text::Vocabulary::load(m_scratch / "nothing.txt");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Errc::NotFound);
    }

    void theMarksAreAddedWhenTheyAreMissing()
    {
        const auto made = text::Vocabulary::create({"dog"});
        VERIFY_OK(made);
        QCOMPARE(made->words(), (Words{"<s>", "</s>", "dog"}));
    }

    void aSentenceIsReadInOrder()
    {
        const auto read = reading("The DOG on the beach");
        QCOMPARE(read.words, (Words{"the", "dog", "on", "the", "beach"}));
        QCOMPARE(read.ids.size(), 5U);
        QCOMPARE(read.ids[0], read.ids[3]);
        QVERIFY(read.unknown.empty());
        QVERIFY(!read.cut);
    }

    void unknownWordsAreNamedOnceAndLeftOut()
    {
        const auto some = reading("zxqv dog blorf, zxqv");
        QCOMPARE(some.words, Words{"dog"});
        QCOMPARE(some.unknown, (Words{"zxqv", "blorf"}));
        const auto none = reading("zxqv blorf");
        QVERIFY(none.ids.empty());
        QCOMPARE(none.unknown, (Words{"zxqv", "blorf"}));
    }

    void theMarksCannotBeTyped()
    {
        const auto read = reading("<s> dog </s>");
        QCOMPARE(read.words, Words{"dog"});
    }

    void nothingIsNothing_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blank") << QByteArray("   \t\n");
        QTest::newRow("a minus sign") << QByteArray("-");
        QTest::newRow("punctuation") << QByteArray("!!! ...");
        QTest::newRow("a zero byte") << QByteArray("\0", 1);
    }
    void nothingIsNothing()
    {
        QFETCH(QByteArray, query);
        const auto read = reading(query.toStdString());
        QVERIFY(read.ids.empty());
        QVERIFY(read.unknown.empty());
        QVERIFY(!read.cut);
    }

    void emojiAreUnknownWords()
    {
        const auto read = reading("\U0001F436 dog \U0001F469\u200d\U0001F469\u200d\U0001F467");
        QCOMPARE(read.words, Words{"dog"});
        QVERIFY(!read.unknown.empty());
        QCOMPARE(read.unknown.front(), "\U0001F436"s);
    }

    void bytesOutsideUtf8AreRefused()
    {
        const auto read = text::read("dog \xff", m_words);
        QVERIFY(!read);
        QCOMPARE(read.error().code, Errc::Invalid);
        QVERIFY(isValidUtf8(read.error().subject));
    }

    void otherNumbersAreFound_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("known");
        const auto row = [](const char *typed, const char *known) {
            QTest::newRow(typed) << QByteArray(typed) << QByteArray(known);
        };
        row("dogs", "dogs"); // itself first
        row("cars", "car");
        row("ponies", "pony");
        row("beaches", "beach");
        row("brushes", "brush");
        row("glasses", "glass");
        row("leaves", "leaf");
        row("planes", "plane"); // and not plan
        row("men", "man");
        row("pet", "pets");
        row("box", "boxes");
        row("city", "cities");
        row("child", "children");
    }
    void otherNumbersAreFound()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, known);
        const auto read = reading(typed.toStdString());
        QCOMPARE(read.words, Words{known.toStdString()});
        QVERIFY(read.unknown.empty());
    }

    void otherCountriesSpellOtherwise_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("known");
        for (const auto &[one, other] : {std::pair("colour", "color"),
                                         {"neighbourhood", "neighborhood"},
                                         {"theatre", "theater"},
                                         {"grey", "gray"},
                                         {"tyre", "tire"},
                                         {"traveller", "traveler"},
                                         {"pyjamas", "pajamas"},
                                         {"organised", "organized"},
                                         {"catalogue", "catalog"},
                                         {"aeroplane", "airplane"}}) {
            QTest::newRow(one) << QByteArray(one) << QByteArray(other);
            QTest::newRow(other) << QByteArray(other) << QByteArray(one);
        }
        QTest::newRow("of several") << QByteArray("tyres") << QByteArray("tire");
        QTest::newRow("of one") << QByteArray("moustache") << QByteArray("mustaches");
        QTest::newRow("of several, both") << QByteArray("moustaches") << QByteArray("mustaches");
    }
    void otherCountriesSpellOtherwise()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, known);
        const auto words = vocabularyOf({"dog", known.toStdString()});
        const auto read = text::read(typed.toStdString(), words);
        VERIFY_OK(read);
        QCOMPARE(read->words, Words{known.toStdString()});
        QVERIFY(read->unknown.empty());
    }

    void variantsAreOtherWordsEachOnce()
    {
        for (const auto *word : {"dog", "dogs", "colour", "buses", "men", "a", "", "tyres", "moor", "city"}) {
            auto found = text::variants(word);
            QVERIFY(std::ranges::find(found, word) == found.end());
            QVERIFY(std::ranges::none_of(found, &std::string::empty));
            std::ranges::sort(found);
            QVERIFY(std::ranges::adjacent_find(found) == found.end());
        }
        QCOMPARE(text::variants("dogs").front(), "dog"s);
        QCOMPARE(text::variants("women").front(), "woman"s);
    }

    void aTShirtIsOneHoweverItIsWritten()
    {
        const auto words = vocabularyOf({"a", "t", "shirt", "x", "ray"});
        for (const auto *written : {"a T-shirt", "a t shirt", "a tshirt", "a Tshirt", "a teeshirt"}) {
            const auto read = text::read(written, words);
            VERIFY_OK(read);
            QCOMPARE(read->words, (Words{"a", "t", "shirt"}));
        }
        QCOMPARE(text::read("xrays", words)->words, (Words{"x", "ray"}));
    }

    void oneWordWrittenAsTwoIsRead()
    {
        const auto words = vocabularyOf({"a", "wheelbarrow", "wheel", "sun", "flower", "sunflower", "the"});
        QCOMPARE(text::read("a wheel barrow", words)->words, (Words{"a", "wheelbarrow"}));
        QCOMPARE(text::read("wheel-barrows a", words)->words, (Words{"wheelbarrow", "a"}));
        // Two known words stay two, and so does what makes no word.
        QCOMPARE(text::read("sun flower", words)->words, (Words{"sun", "flower"}));
        const auto read = text::read("barrow the wheel", words);
        QCOMPARE(read->words, (Words{"the", "wheel"}));
        QCOMPARE(read->unknown, Words{"barrow"});
    }

    void twoWordsWrittenAsOneAreRead()
    {
        const auto read = reading("red lighthouses");
        QCOMPARE(read.words, (Words{"red", "light", "house"}));
        QCOMPARE(read.ids.size(), 3U);
        QCOMPARE(reading("cared").unknown, Words{"cared"}); // too short to be taken apart
    }

    void aPossessiveThatIsNotKnownIsNoNews()
    {
        const auto read = reading("the dog's beach");
        QCOMPARE(read.words, (Words{"the", "dog", "beach"}));
        QVERIFY(read.unknown.empty());
    }

    void longTextIsCutAndSaysSo()
    {
        std::string hundred;
        for (int i = 0; i < 100; ++i)
            hundred += "dog ";
        QCOMPARE(reading(hundred).ids.size(), 80U);
        QVERIFY(reading(hundred).cut);
        QCOMPARE(reading(hundred, 100).ids.size(), 100U);
        QVERIFY(!reading(hundred, 100).cut);
    }

    void pastedTextOfAnyKindIsCut_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::newRow("words") << QByteArray("a dog on the beach. ");
        QTest::newRow("unknown words") << QByteArray("zxqv blorf ");
        QTest::newRow("one word") << QByteArray("aaaaaaaaaa");
        QTest::newRow("one word, Japanese") << QByteArray("\u72ac\u304c\u8d70\u308b");
        QTest::newRow("possessives") << QByteArray("'s");
        QTest::newRow("emoji") << QByteArray("\U0001F469\u200d");
        QTest::newRow("white space") << QByteArray("     ");
    }
    void pastedTextOfAnyKindIsCut()
    {
        QFETCH(QByteArray, piece);
        const auto read = reading(piece.repeated(20'000 / piece.size()).toStdString());
        QVERIFY(read.cut);
        QVERIFY(read.ids.size() <= 80);
        QVERIFY(read.unknown.size() <= 80);
        for (const auto &word : read.unknown)
            QVERIFY(isValidUtf8(word)); // not cut inside a sign
    }

    void theLastWordBeforeACutIsWhole()
    {
        // The byte where pasted text ends lies inside a word: half of it, "dog", must not be read.
        std::string text(64 * 80 + 1024 - 3, ' ');
        text += "dogged ";
        text += std::string(100, ' ');
        const auto read = reading(text);
        QVERIFY(read.cut);
        QVERIFY(read.ids.empty());
    }

    void everythingIsReadWithoutALimit()
    {
        const auto read = reading("a dog", std::numeric_limits<std::size_t>::max());
        QCOMPARE(read.words, (Words{"a", "dog"}));
        QVERIFY(!read.cut);
    }

    void spellingNeighboursAreOneOrTwoEditsAway_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("best"); // empty: none
        QTest::newRow("a letter too many") << QByteArray("beeach") << QByteArray("beach");
        QTest::newRow("a letter missing") << QByteArray("beac") << QByteArray("beach");
        QTest::newRow("another letter") << QByteArray("beacj") << QByteArray("beach");
        QTest::newRow("neighbours swapped") << QByteArray("baech") << QByteArray("beach");
        QTest::newRow("two edits") << QByteArray("chidlrn") << QByteArray("children");
        QTest::newRow("two edits in a short word are another word") << QByteArray("dxx") << QByteArray();
        QTest::newRow("a letter beyond ASCII is one edit") << QByteArray("r\u00e4d") << QByteArray("red");
        QTest::newRow("nothing is near") << QByteArray("zxqvw") << QByteArray();
        QTest::newRow("far too long") << QByteArray(20'000, 'a') << QByteArray();
    }
    void spellingNeighboursAreOneOrTwoEditsAway()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, best);
        const auto found = m_words.spellingNeighbours(typed.toStdString());
        QCOMPARE(QByteArray::fromStdString(found.empty() ? std::string() : found.front()), best);
    }

    void spellingNeighboursAreSortedByEditsAndFrequency()
    {
        const auto words = vocabularyOf({"horses", "house", "horse", "mouse", "hose", "louse"});
        QCOMPARE(words.spellingNeighbours("hourse", 10), (Words{"house", "horse", "horses", "hose", "mouse", "louse"}));
        QCOMPARE(words.spellingNeighbours("hourse", 2), (Words{"house", "horse"}));
        QVERIFY(words.spellingNeighbours("hourse", 0).empty());
        QVERIFY(words.spellingNeighbours("", 10).empty());
        // One edit away stands a word that hardly anybody writes; two away, one that everybody does.
        Words many = {"kitchen"};
        for (int i = 0; i < 30'000; ++i)
            many.push_back("filler" + std::to_string(i));
        many.emplace_back("kitche");
        QCOMPARE(vocabularyOf(many).spellingNeighbours("kitcehe", 2), (Words{"kitchen", "kitche"}));
        // And a first letter is rarely missed.
        QCOMPARE(vocabularyOf({"tell", "ball"}).spellingNeighbours("bell", 1), Words{"ball"});
        const auto own = words.spellingNeighbours("horse", 10);
        QVERIFY(std::ranges::find(own, "horse") == own.end()); // a known word is no neighbour of itself
        QVERIFY(std::ranges::find(own, "<s>") == own.end());
    }

    void wordsWithoutContentAreStopWords()
    {
        for (const auto *word : {"a", "the", "of", "in", "'s"})
            QVERIFY2(text::isStopWord(word), word);
        for (const auto *word : {"dog", "beach", "red", "running", ""})
            QVERIFY2(!text::isStopWord(word), word);
    }
};

QTEST_GUILESS_MAIN(TestVocabulary)
#include "tst_vocabulary.moc"
