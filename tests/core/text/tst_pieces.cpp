// Sentences as an outside encoder reads them; the ids are worked out by hand from the lists.
#include "core/text/pieces.h"
#include "tests/support/support.h"

using namespace photolex;
using text::Pieces;

using Ids = std::vector<std::int64_t>;

class TestPieces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsAreTheirLines()
    {
        const test::ScratchFolder scratch;
        const auto pieces = Pieces::load("words", scratch.write("w.txt", "<pad>\na\ndog\nruns\r\nÜber\n"));
        VERIFY_OK(pieces);
        bool cut = true;
        QCOMPARE(pieces->ids("A dog, that RUNS!", 5, &cut).value(), (Ids{1, 2, 3, 0, 0}));
        QVERIFY(!cut);
        QCOMPARE(pieces->ids("a dog runs", 2, &cut).value(), (Ids{1, 2}));
        QVERIFY(cut);
        QCOMPARE(pieces->ids("zxqv", 5).error().code, Errc::Invalid);
        QCOMPARE(pieces->wholeWords(), (std::vector<std::string>{"a", "dog", "runs", "über"}));
        QVERIFY(pieces->knows("dog") && !pieces->knows("zxqv") && !pieces->knows("\xff"));
    }

    void wordPieceTakesTheLongestFirst()
    {
        const test::ScratchFolder scratch;
        //                                            0      1      2      3      4  5    6      7  8   9  10    11
        const auto file =
            scratch.write("v.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\ndog\n##gy\n##s\n,\ncafe\n犬\nun\n##do\n");
        const auto pieces = Pieces::load("wordpiece", file);
        VERIFY_OK(pieces);
        QCOMPARE(pieces->ids("A doggys, CAFÉ", 10).value(), (Ids{2, 4, 5, 6, 7, 8, 9, 3, 0, 0}));
        QCOMPARE(pieces->ids("undogs xyz", 6).value(),
                 (Ids{2, 1, 1, 3, 0, 0})); // no piece for "gs": the word is unknown
        QCOMPARE(pieces->ids("undo犬犬", 6).value(), (Ids{2, 11, 12, 10, 10, 3}));
        bool cut = false;
        QCOMPARE(pieces->ids("a a a a", 4, &cut).value(), (Ids{2, 4, 4, 3})); // the end mark stays
        QVERIFY(cut);
        QCOMPARE(pieces->ids("", 3).value(), (Ids{2, 3, 0}));
        QCOMPARE(pieces->wholeWords(), (std::vector<std::string>{"a", "dog", "cafe", "犬", "un"}));
        QVERIFY(pieces->knows("undo") && !pieces->knows("undogs") && !pieces->knows(""));
        QCOMPARE(Pieces::load("wordpiece", scratch.write("x.txt", "[PAD]\na\n")).error().code, Errc::Corrupt);
    }

    void capitalsInTheListAreKept()
    {
        const test::ScratchFolder scratch;
        const auto pieces = Pieces::load("wordpiece", scratch.write("v.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nA\na\n"));
        VERIFY_OK(pieces);
        QCOMPARE(pieces->ids("A a", 4).value(), (Ids{2, 4, 5, 3}));
    }

    void bytePairsAreMergedInTheirOrder()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch.write("m.txt", "#version: 0.2\nd o\ndo g</w>\ni n\nin g</w>\n");
        const auto pieces = Pieces::load("bpe", file);
        VERIFY_OK(pieces);
        // '!' is 0, 'a' is 64, 'x' 87; at the end of a word 256 more. Merges from 512 on, the marks after them.
        const std::int64_t start = 512 + 4, end = start + 1;
        QCOMPARE(pieces->ids("Dog", 5).value(), (Ids{start, 513, end, 0, 0}));
        QCOMPARE(pieces->ids("a dog!!", 7).value(), (Ids{start, 256 + 64, 513, 0, 256, end, 0}));
        QCOMPARE(pieces->ids("doing x's", 8).value(), (Ids{start, 512, 515, 256 + 87, 6, 256 + 82, end, 0}));
        QCOMPARE(pieces->ids("42", 4).value(), (Ids{start, 256 + 19, 256 + 17, end})); // digits stand alone
        bool cut = false;
        QCOMPARE(pieces->ids("dog dog dog dog", 4, &cut).value(), (Ids{start, 513, 513, end}));
        QVERIFY(cut);
        // Bytes beyond ASCII have names of their own: "é" is C3 A9.
        QCOMPARE(pieces->ids("é", 4).value(), (Ids{start, 127, 256 + 102, end}));
        QVERIFY(std::ranges::count(pieces->wholeWords(), "dog") == 1);
        QVERIFY(pieces->knows("zebra") && pieces->knows("é")); // bytes make up every word
    }

    void whatIsNoListIsRefused()
    {
        const test::ScratchFolder scratch;
        QCOMPARE(Pieces::load("words", scratch / "none").error().code, Errc::NotFound);
        QCOMPARE(Pieces::load("syllables", scratch.write("a", "a\n")).error().code, Errc::Invalid);
        QCOMPARE(Pieces::load("bpe", scratch.write("b", "a b c\n")).error().code, Errc::Corrupt);
        QCOMPARE(Pieces::load("bpe", scratch.write("c", "alone\n")).error().code, Errc::Corrupt);
        QCOMPARE(Pieces::load("words", scratch.write("d", "\xff\xfe\n")).error().code, Errc::Corrupt);
        QCOMPARE(Pieces::load("words", scratch.write("e", "")).error().code, Errc::Corrupt);
        const auto pieces = Pieces::load("bpe", scratch.write("f", "a b\n"));
        VERIFY_OK(pieces);
        QCOMPARE(pieces->ids("\xff", 4).error().code, Errc::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestPieces)
#include "tst_pieces.moc"
