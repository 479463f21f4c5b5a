#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "tests/support/support.h"

#include <QTest>
#include <fstream>
#include <limits>

using namespace photolex;
using namespace photolex::embedding;

namespace {

std::vector<float> rowOf(float first)
{
    return {first, 1, 2};
}

// Photos 1 to `blocks` × 2, two a block, each row beginning with its photo's number.
void writeBlocks(const std::filesystem::path &file, int blocks)
{
    auto writer = RowWriter::open(file, 3, "hash");
    VERIFY_OK(writer);
    for (int block = 0; block < blocks; ++block) {
        for (int number = 1; number <= 2; ++number) {
            const int photo = block * 2 + number;
            VERIFY_OK(writer->append({photo}, rowOf(static_cast<float>(photo))));
        }
        VERIFY_OK(writer->flush());
    }
}

std::vector<std::int64_t> idsOf(const Rows &rows)
{
    std::vector<std::int64_t> ids;
    for (const auto id : rows.ids())
        ids.push_back(id.value);
    return ids;
}

void overwrite(const std::filesystem::path &file, std::int64_t offset, std::string_view bytes)
{
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(offset);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

constexpr std::int64_t blockBytes = 16 + 2 * (8 + 3 * 2);
using Ids = std::vector<std::int64_t>;

} // namespace

class TestRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void laterRowsReplaceAndForget()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch / "sub/a.rows";
        {
            auto writer = RowWriter::open(file, 3, "hash");
            VERIFY_OK(writer);
            VERIFY_OK(writer->append({5}, rowOf(5)));
            VERIFY_OK(writer->append({2}, rowOf(2)));
            VERIFY_OK(writer->append({7}, rowOf(7)));
            QCOMPARE(writer->pending(), 3U);
            VERIFY_OK(writer->flush());
            QCOMPARE(writer->pending(), 0U);
            VERIFY_OK(writer->append({5}, rowOf(50)));
            VERIFY_OK(writer->forget({7}));
            VERIFY_OK(writer->forget({99}));
        } // flushes
        const auto rows = Rows::open(file, "hash");
        VERIFY_OK(rows);
        QCOMPARE(idsOf(**rows), (Ids{2, 5}));
        QCOMPARE((*rows)->dimension(), 3);
        QCOMPARE((*rows)->hash(), "hash");
        QVERIFY((*rows)->row(1) == rowOf(50));
        QCOMPARE((*rows)->indexOf({5}), 1);
        QCOMPARE((*rows)->indexOf({7}), -1);
        // Forgotten and written again is there again.
        auto writer = RowWriter::open(file, 3, "hash");
        VERIFY_OK(writer);
        VERIFY_OK(writer->append({7}, rowOf(70)));
        VERIFY_OK(writer->flush());
        QCOMPARE(idsOf(**Rows::open(file)), (Ids{2, 5, 7}));
    }

    void refusesWhatNoSearchCanUse()
    {
        const test::ScratchFolder scratch;
        auto writer = RowWriter::open(scratch / "a.rows", 3, "hash");
        VERIFY_OK(writer);
        const float infinity = std::numeric_limits<float>::infinity();
        for (const auto &row : std::vector<std::vector<float>>{{1, std::nanf(""), 2},
                                                               {1, infinity, 2},
                                                               {1e6F, 0, 0}, // infinite as float16
                                                               {0, 0, 0},
                                                               {1e-12F, 0, 0}, // zero as float16
                                                               {1, 2},
                                                               {1, 2, 3, 4}}) {
            const auto appended = writer->append({1}, row);
            QVERIFY(!appended && appended.error().code == Errc::Invalid);
        }
        QVERIFY(!writer->append({0}, rowOf(1)));
        QCOMPARE(writer->pending(), 0U);
    }

    void tornTailIsIgnoredAndCutOff()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch / "a.rows";
        writeBlocks(file, 3);
        const auto whole = std::filesystem::file_size(file);
        // Every length that a kill can leave the last block at.
        for (std::int64_t lost = 1; lost <= blockBytes; ++lost) {
            writeBlocks(scratch / "b.rows", 3);
            std::filesystem::resize_file(scratch / "b.rows", whole - static_cast<std::uintmax_t>(lost));
            const auto rows = Rows::open(scratch / "b.rows");
            VERIFY_OK(rows);
            QCOMPARE(idsOf(**rows), (Ids{1, 2, 3, 4}));
            auto writer = RowWriter::open(scratch / "b.rows", 3, "hash");
            VERIFY_OK(writer);
            VERIFY_OK(writer->append({9}, rowOf(9)));
            VERIFY_OK(writer->flush());
            QCOMPARE(idsOf(**Rows::open(scratch / "b.rows")), (Ids{1, 2, 3, 4, 9}));
            std::filesystem::remove(scratch / "b.rows");
        }
        // A tail whose bytes never reached the disk.
        overwrite(file, static_cast<std::int64_t>(whole) - 10, std::string(10, '\0'));
        QCOMPARE(idsOf(**Rows::open(file)), (Ids{1, 2, 3, 4}));
    }

    void damageInsideIsNamedAndRepaired()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch / "a.rows";
        writeBlocks(file, 3);
        const auto start = static_cast<std::int64_t>(std::filesystem::file_size(file)) - 3 * blockBytes;
        overwrite(file, start + blockBytes + 20, "x"); // an id in the second block
        const auto rows = Rows::open(file);
        QVERIFY(!rows && rows.error().code == Errc::Corrupt);
        QVERIFY2(rows.error().detail.find("4 rows in good blocks") != std::string::npos, rows.error().detail.c_str());
        QCOMPARE(idsOf(**Rows::recover(file)), (Ids{1, 2, 5, 6}));
        {
            auto writer = RowWriter::open(file, 3, "hash"); // carries the good blocks over
            VERIFY_OK(writer);
            VERIFY_OK(writer->append({3}, rowOf(3)));
        }
        QCOMPARE(idsOf(**Rows::open(file)), (Ids{1, 2, 3, 5, 6}));
        QCOMPARE(idsOf(**Rows::recover(scratch / "a.rows.aside1")), (Ids{1, 2, 5, 6}));
        // The head of a block is no safer than its rows.
        overwrite(file, start, "????");
        QVERIFY(!Rows::open(file));
        QCOMPARE(idsOf(**Rows::recover(file)), (Ids{3, 5, 6}));
    }

    void everyDamagedByteIsNoticed()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch / "a.rows";
        writeBlocks(file, 2);
        const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
        const auto bytes = *readTextFile(file);
        for (std::int64_t at = 0; at < size - blockBytes; ++at) {
            overwrite(file, at, std::string(1, static_cast<char>(bytes[static_cast<std::size_t>(at)] ^ 0x10)));
            QVERIFY2(!Rows::open(file), std::to_string(at).c_str());
            overwrite(file, at, std::string(1, bytes[static_cast<std::size_t>(at)]));
        }
        VERIFY_OK(Rows::open(file));
    }

    void anotherEncoderMeansAnotherFile()
    {
        const test::ScratchFolder scratch;
        const auto file = scratch / "a.rows";
        writeBlocks(file, 1);
        const auto other = Rows::open(file, "other");
        QVERIFY(!other && other.error().code == Errc::Invalid);
        {
            const auto writer = RowWriter::open(file, 3, "other");
            VERIFY_OK(writer);
            QCOMPARE((*Rows::open(file, "other"))->size(), 0U);
            const auto second = RowWriter::open(file, 3, "other");
            QVERIFY(!second && second.error().code == Errc::Busy);
        }
        VERIFY_OK(RowWriter::open(file, 4, "other"));
        QCOMPARE(idsOf(**Rows::open(scratch / "a.rows.aside1", "hash")), (Ids{1, 2}));
        QVERIFY(std::filesystem::exists(scratch / "a.rows.aside2"));
    }

    void namesWhatIsNoRowFile()
    {
        const test::ScratchFolder scratch;
        const auto missing = Rows::open(scratch / "none.rows");
        QVERIFY(!missing && missing.error().code == Errc::NotFound);
        for (const auto *text : {"", "PHLXROWS", "<html></html>", "PHLXROWS\x01\0\0\0"}) {
            const auto rows = Rows::open(scratch.write("a.rows", text));
            QVERIFY(!rows && rows.error().code == Errc::Corrupt);
        }
        writeBlocks(scratch / "b.rows", 1);
        overwrite(scratch / "b.rows", 8, "\x02");
        const auto newer = Rows::open(scratch / "b.rows");
        QVERIFY(!newer && newer.error().code == Errc::Unsupported);
        const auto writer = RowWriter::open(scratch / "b.rows", 3, "hash");
        QVERIFY(!writer && writer.error().code == Errc::Unsupported);
        QVERIFY(!Rows::open(scratch.path()));
    }

    void rowsFromMemoryAreInOrderOfId()
    {
        const auto rows = Rows::fromMemory({{3}, {1}, {3}}, std::vector<float>{1, 2, 3, 4, 5, 6}, 2);
        QCOMPARE(idsOf(*rows), (Ids{1, 3}));
        QVERIFY(rows->row(0) == (std::vector<float>{3, 4}));
        QVERIFY(rows->row(1) == (std::vector<float>{5, 6}));
        // Rows of an older program that held no number.
        const auto broken = Rows::fromMemory({{1}, {2}}, std::vector<float>{std::nanf(""), 2, 3, 4}, 2);
        QCOMPARE(idsOf(*broken), (Ids{2}));
        QCOMPARE(broken->unusable().size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
