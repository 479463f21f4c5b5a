#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/paths.h"
#include "core/base/random.h"
#include "tests/support/support.h"

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace photolex;

class TestBytes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void displayTextEscapesOnlyInvalidBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("a b/c.jpg") << QByteArray("a b/c.jpg");
        QTest::newRow("umlaut, Hangul, emoji") << QByteArray("\xc3\xbc \xec\x82\xac \xf0\x9f\x8f\x96")
                                               << QByteArray("\xc3\xbc \xec\x82\xac \xf0\x9f\x8f\x96");
        QTest::newRow("Latin-1") << QByteArray("\xfc.jpg") << QByteArray("\\xfc.jpg");
        QTest::newRow("cut sequence at the end") << QByteArray("a\xf0\x9f\x8f") << QByteArray("a\\xf0\\x9f\\x8f");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xed\\xa0\\x80");
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << QByteArray("\\xc0\\xaf");
    }
    void displayTextEscapesOnlyInvalidBytes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(displayText(bytes.toStdString())), shown);
        QCOMPARE(isValidUtf8(bytes.toStdString()), bytes == shown);
    }

    void atomicWriteReplacesAndLeavesNothingBehind()
    {
        const test::ScratchFolder folder;
        const auto file = folder / "settings.json";
        VERIFY_OK(writeFileAtomically(file, "old"));
        VERIFY_OK(writeFileAtomically(file, "new text"));
        const auto text = readTextFile(file);
        VERIFY_OK(text);
        QCOMPARE(*text, std::string("new text"));
        const auto entries =
            std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator());
        QCOMPARE(entries, 1);
    }

    void atomicWriteToAMissingFolderNamesTheFile()
    {
        const test::ScratchFolder folder;
        const auto written = writeFileAtomically(folder / "no/such/file", "text");
        QVERIFY(!written);
        QCOMPARE(written.error().code, Errc::NotFound);
        QVERIFY(written.error().subject.ends_with("no/such/file"));
    }

    void aFailedWriteKeepsTheOldFile()
    {
        if (::geteuid() != 0 && !std::filesystem::exists("/dev/full"))
            QSKIP("no full device here");
        const test::ScratchFolder folder;
        const auto file = folder.write("place/kept.txt", "kept");
        // A folder that refuses new files stands for every way in which a write can fail before the rename.
        QVERIFY(::chmod((folder / "place").c_str(), 0555) == 0);
        const auto written = writeFileAtomically(file, "lost");
        ::chmod((folder / "place").c_str(), 0755);
        if (::geteuid() == 0) {
            VERIFY_OK(written); // root writes everywhere
            return;
        }
        QVERIFY(!written);
        QCOMPARE(written.error().code, Errc::Denied);
        QCOMPARE(*readTextFile(file), std::string("kept"));
    }

    void readingSaysWhatIsWrong()
    {
        const test::ScratchFolder folder;
        folder.write("big", std::string(1000, 'x'));
        QCOMPARE(readFile(folder / "none").error().code, Errc::NotFound);
        QCOMPARE(readFile(folder.path()).error().code, Errc::Invalid);
        QCOMPARE(readFile(folder / "big", 999).error().code, Errc::TooLarge);
        QCOMPARE(readFile(folder / "big", 1000)->size(), std::size_t{1000});
    }

    void hashesAreThePublishedOnes()
    {
        const auto bytes = std::as_bytes(std::span("abc", 3));
        QCOMPARE(sha256Hex(bytes), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(md5Hex(bytes), std::string("900150983cd24fb0d6963f7d28e17f72"));
        QCOMPARE(xxh3({}), std::uint64_t{0x2d06800538d394c2});
    }

    void streamsOfOneSeedRepeatAndDiffer()
    {
        auto first = generator(7, "shuffle");
        auto again = generator(7, "shuffle");
        auto other = generator(7, "sampling");
        const auto value = first();
        QCOMPARE(again(), value);
        QVERIFY(other() != value);
    }

    void resourcesLieBesideTheLibrary() { QVERIFY(std::filesystem::is_directory(paths::resources())); }
};

QTEST_GUILESS_MAIN(TestBytes)
#include "tst_bytes.moc"
