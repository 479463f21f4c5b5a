// Sentences to words, as people type and paste them.
#include "core/base/bytes.h"
#include "core/text/text.h"
#include "tests/support/support.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidcheck.h>

using namespace photolex;
using namespace std::string_literals;

namespace {

using Words = std::vector<std::string>;

std::string joined(const Words &words)
{
    return fmt::format("{}", fmt::join(words, " "));
}

// Words, marks, emoji, invisible signs and spaces in any order: what no list of examples would hold.
rc::Gen<std::string> anyText()
{
    const Words pieces = {"dog",
                          "Dogs",
                          "tshirt",
                          "'s",
                          "'",
                          "\u2019",
                          "s",
                          " ",
                          "  ",
                          "-",
                          "_",
                          ".",
                          ",",
                          "7",
                          "3.5",
                          "\t",
                          "`",
                          "\"",
                          "e\u0301",
                          "\u00e9",
                          "\u00df",
                          "\u0130",
                          "\u0301",
                          "\u200d",
                          "\u00ad",
                          "\ufe0f",
                          "\u05db\u05dc\u05d1",
                          "\u72ac\u304c\u8d70\u308b",
                          "\U0001F436",
                          "\U0001F469\u200d\U0001F467",
                          "\u0e2b\u0e21\u0e32",
                          "\u0345",
                          "\u1fb3",
                          "\u00b7",
                          ":",
                          "@",
                          "\u2028",
                          "\u00a0",
                          "\x01",
                          "I",
                          "\u0131",
                          "\ufb01",
                          "\u00bd",
                          "\u2167",
                          "\u1100\u1161",
                          "\uac00"};
    return rc::gen::map(rc::gen::container<Words>(rc::gen::elementOf(pieces)),
                        [](const Words &chosen) { return fmt::format("{}", fmt::join(chosen, "")); });
}

rc::Gen<std::string> anyAscii()
{
    return rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::inRange<char>(1, 127), rc::gen::elementOf("aAsz0'' -._`"s)));
}

} // namespace

class TestNormalize : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void normalizes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("normal");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("case") << QByteArray("A DOG") << QByteArray("a dog");
        QTest::newRow("white space") << QByteArray("  a \t\r\n dog\v ") << QByteArray("a dog");
        QTest::newRow("white space that is not ASCII") << QByteArray("\u00a0a\u2003dog\u3000") << QByteArray("a dog");
        QTest::newRow("control characters") << QByteArray("do\x01g\x7f", 5) << QByteArray("dog");
        QTest::newRow("a zero byte") << QByteArray("do\0g", 4) << QByteArray("dog");
        QTest::newRow("quotes") << QByteArray("\u2018a\u2019 \u201cb\u201d \u00abc\u00bb")
                                << QByteArray("'a' \"b\" \"c\"");
        QTest::newRow("dashes") << QByteArray("a\u2010b\u2013c\u2014d\u2212e") << QByteArray("a-b-c-d-e");
        QTest::newRow("soft hyphen") << QByteArray("hund\u00adchen") << QByteArray("hundchen");
        QTest::newRow("German case") << QByteArray("STRA\u00dfE \u00c4") << QByteArray("strasse \u00e4");
        QTest::newRow("ligature") << QByteArray("\ufb01re") << QByteArray("fire");
        QTest::newRow("letter and mark") << QByteArray("Cafe\u0301") << QByteArray("caf\u00e9");
        QTest::newRow("letter and mark with a joiner between")
            << QByteArray("cafe\u200d\u0301") << QByteArray("caf\u00e9");
        QTest::newRow("emoji style") << QByteArray("\u2764\ufe0f") << QByteArray("\u2764");
        QTest::newRow("Hebrew stays") << QByteArray("\u05db\u05dc\u05d1") << QByteArray("\u05db\u05dc\u05d1");
    }
    void normalizes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, normal);
        const auto result = text::normalize(text.toStdString());
        VERIFY_OK(result);
        QCOMPARE(QByteArray::fromStdString(*result), normal);
    }

    void bytesOutsideUtf8AreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("Latin-1") << QByteArray("caf\xe9");
        QTest::newRow("cut short") << QByteArray("a \xe2\x82");
        QTest::newRow("unpaired surrogate") << QByteArray("a \xed\xa0\xbd b");
        QTest::newRow("spelt too long") << QByteArray("\xc0\xaf");
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80");
    }
    void bytesOutsideUtf8AreRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto result = text::normalize(bytes.toStdString());
        QVERIFY(!result);
        QCOMPARE(result.error().code, Errc::Invalid);
        QVERIFY(isValidUtf8(result.error().subject)); // it is shown to people
        (void)text::tokenize(bytes.toStdString());    // has no way to refuse, and must not fall over
    }

    void tokenizes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words"); // with bars between
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("only a minus sign") << QByteArray("-") << QByteArray();
        QTest::newRow("only punctuation") << QByteArray("!!! ... \u2026") << QByteArray();
        QTest::newRow("sentence") << QByteArray("Two dogs, running!") << QByteArray("two|dogs|running");
        QTest::newRow("hyphen") << QByteArray("a well-known T-shirt") << QByteArray("a|well|known|t|shirt");
        QTest::newRow("one letter in front, without hyphen")
            << QByteArray("a TSHIRT, two tshirts' xrays") << QByteArray("a|t|shirt|two|t|shirts|x|rays");
        QTest::newRow("its possessive") << QByteArray("the tshirt's print") << QByteArray("the|t|shirt|'s|print");
        QTest::newRow("hyphen, not ASCII")
            << QByteArray("ein sch\u00f6n-bunter Ball") << QByteArray("ein|sch\u00f6n|bunter|ball");
        QTest::newRow("underscore") << QByteArray("my_dog") << QByteArray("my|dog");
        QTest::newRow("underscore, not ASCII") << QByteArray("mein_b\u00e4r") << QByteArray("mein|b\u00e4r");
        QTest::newRow("full stop without space")
            << QByteArray("the dog.a b\u00e4r.a man") << QByteArray("the|dog|a|b\u00e4r|a|man");
        QTest::newRow("possessive") << QByteArray("the dog's ball") << QByteArray("the|dog|'s|ball");
        QTest::newRow("possessive at the end") << QByteArray("it is the dog's.") << QByteArray("it|is|the|dog|'s");
        QTest::newRow("possessive, typographic") << QByteArray("the dog\u2019s ball") << QByteArray("the|dog|'s|ball");
        QTest::newRow("possessive, split already") << QByteArray("the dog 's ball") << QByteArray("the|dog|'s|ball");
        QTest::newRow("possessive, split, before a comma")
            << QByteArray("the dog 's , red") << QByteArray("the|dog|'s|red");
        QTest::newRow("possessive, split, without space")
            << QByteArray("is it the dog 's?") << QByteArray("is|it|the|dog|'s");
        QTest::newRow("possessive of a word that is not ASCII")
            << QByteArray("J\u00fcrgen's Hut") << QByteArray("j\u00fcrgen|'s|hut");
        QTest::newRow("possessive of a year")
            << QByteArray("a 1960's car, a 1960\u2019s b\u00e4r") << QByteArray("a|1960|'s|car|a|1960|'s|b\u00e4r");
        QTest::newRow("twice possessive") << QByteArray("dog's's") << QByteArray("dog|'s|'s");
        QTest::newRow("plural possessive") << QByteArray("the dogs' ball") << QByteArray("the|dogs|ball");
        QTest::newRow("inner apostrophe") << QByteArray("don't rock'n'roll") << QByteArray("don't|rock'n'roll");
        QTest::newRow("quoted words") << QByteArray("a 'stop' sign, \"go\"") << QByteArray("a|stop|sign|go");
        QTest::newRow("umlauts") << QByteArray("\u00d6de M\u00c4DCHEN") << QByteArray("\u00f6de|m\u00e4dchen");
        QTest::newRow("Hebrew") << QByteArray("\u05db\u05dc\u05d1, \u05e8\u05e5")
                                << QByteArray("\u05db\u05dc\u05d1|\u05e8\u05e5");
        QTest::newRow("emoji") << QByteArray("dog \U0001F436!") << QByteArray("dog|\U0001F436");
        QTest::newRow("emoji with its style") << QByteArray("\u2764\ufe0f dog\ufe0f") << QByteArray("\u2764|dog");
        QTest::newRow("a mark without a letter") << QByteArray("a \u0301 dog") << QByteArray("a|dog");
        QTest::newRow("a zero byte") << QByteArray("a\0 dog", 6) << QByteArray("a|dog");
    }
    void tokenizes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        QCOMPARE(QByteArray::fromStdString(fmt::format("{}", fmt::join(text::tokenize(text.toStdString()), "|"))),
                 words);
    }

    void textWithoutSpacesBecomesSeveralWords()
    {
        // "a dog runs" in Japanese; where exactly it is cut is ICU's dictionary, that it is cut and complete is ours.
        const auto words = text::tokenize("\u72ac\u304c\u8d70\u308b");
        QVERIFY(words.size() > 1);
        std::string whole;
        for (const auto &word : words)
            whole += word;
        QCOMPARE(whole, "\u72ac\u304c\u8d70\u308b"s);
    }

    void emojiFamiliesAreNamedAndLeaveTheWordsAlone()
    {
        const auto words = text::tokenize("a \U0001F469\u200d\U0001F469\u200d\U0001F467 family");
        QVERIFY(words.size() >= 3);
        QCOMPARE(words.front(), "a"s);
        QCOMPARE(words.back(), "family"s);
    }

    void wordsOfWordsAreTheSameWords()
    {
        QVERIFY(rc::check("tokenize(join(tokenize(x))) == tokenize(x)", [] {
            const auto words = text::tokenize(*anyText());
            RC_ASSERT(text::tokenize(joined(words)) == words);
        }));
        QVERIFY(rc::check("the same for any ASCII", [] {
            const auto words = text::tokenize(*anyAscii());
            RC_ASSERT(text::tokenize(joined(words)) == words);
        }));
    }

    void normalTextIsNormal()
    {
        QVERIFY(rc::check("normalize(normalize(x)) == normalize(x)", [] {
            const auto once = text::normalize(*anyText());
            RC_ASSERT(once.has_value());
            const auto twice = text::normalize(*once);
            RC_ASSERT(twice.has_value());
            RC_ASSERT(*twice == *once);
        }));
    }

    void spellingsThatUnicodeCallsEqualAreEqual()
    {
        QVERIFY(rc::check("normalize(NFC(x)) == normalize(NFD(x))", [] {
            const auto text = QString::fromStdString(*anyText());
            const auto composed = text::normalize(text.normalized(QString::NormalizationForm_C).toStdString());
            const auto apart = text::normalize(text.normalized(QString::NormalizationForm_D).toStdString());
            RC_ASSERT(composed.has_value() && apart.has_value());
            RC_ASSERT(*composed == *apart);
        }));
    }

    // Half a million captions take the short way through ASCII. It must not be told from the long one, which any
    // letter beyond ASCII in the sentence leads to.
    void theShortWayThroughAsciiEqualsTheLongOne()
    {
        QVERIFY(rc::check("words(x) + [é] == words(x + é)", [] {
            const auto text = *anyAscii();
            auto words = text::tokenize(text);
            words.emplace_back("\u00e9");
            RC_ASSERT(text::tokenize(text + " \u00e9") == words);
        }));
    }

    void bytesWithoutMeaningDoNoHarm()
    {
        QVERIFY(rc::check("any bytes", [] {
            const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            const auto result = text::normalize(bytes);
            RC_ASSERT(result.has_value() == isValidUtf8(bytes));
            for (const auto &word : text::tokenize(bytes))
                RC_ASSERT(!word.empty() && isValidUtf8(word));
        }));
    }
};

QTEST_GUILESS_MAIN(TestNormalize)
#include "tst_normalize.moc"
