#include "core/embedding/block_file_p.h"
#include "core/embedding/rows.h"
#include "tests/support/support.h"

#include <QTest>
#include <cerrno>
#include <sys/mount.h>
#include <unistd.h>

using namespace photolex;
using namespace photolex::embedding;

namespace {

// The n-th call fails, and unless `once` all that follow, as if the disk had filled up or the process had died there. A
// write that fails has brought half of its bytes to the disk.
class FailingCalls : public FileCalls {
public:
    FailingCalls(int failAt, bool once)
        : m_failAt(failAt)
        , m_once(once)
    {
        setFileCalls(this);
    }
    ~FailingCalls() override { setFileCalls(nullptr); }

    bool reached() const { return m_calls >= m_failAt; }

    std::ptrdiff_t write(int descriptor, std::span<const std::byte> bytes, std::int64_t offset) override
    {
        if (!fails())
            return FileCalls::write(descriptor, bytes, offset);
        FileCalls::write(descriptor, bytes.first(bytes.size() / 2), offset);
        errno = ENOSPC;
        return -1;
    }
    int sync(int) override { return fails() ? refuse(EIO) : 0; }
    int truncate(int descriptor, std::int64_t size) override
    {
        return fails() ? refuse(EIO) : FileCalls::truncate(descriptor, size);
    }
    int rename(const char *from, const char *to) override
    {
        return fails() ? refuse(EIO) : FileCalls::rename(from, to);
    }

private:
    static int refuse(int reason)
    {
        errno = reason;
        return -1;
    }
    bool fails()
    {
        ++m_calls;
        return m_once ? m_calls == m_failAt : m_calls >= m_failAt;
    }
    int m_failAt;
    bool m_once;
    int m_calls = 0;
};

} // namespace

class TestRowsCrash : public QObject {
    Q_OBJECT

    std::vector<PhotoId> m_flushed; // whose flush was reported done

    // Two blocks of two rows; a failed flush is tried once more, as after freeing space.
    void work(const std::filesystem::path &file, std::string_view hash, std::int64_t firstPhoto)
    {
        auto writer = RowWriter::open(file, 2, hash);
        if (!writer)
            return;
        for (int block = 0; block < 2; ++block) {
            for (int number = 0; number < 2; ++number) {
                const PhotoId photo{firstPhoto + 2 * block + number};
                QVERIFY(writer->append(photo, std::vector<float>{static_cast<float>(photo.value), 1}));
            }
            if (writer->flush() || writer->flush()) {
                for (auto photo = m_flushed.empty() || m_flushed.back().value < firstPhoto ? firstPhoto
                                                                                           : m_flushed.back().value + 1;
                     photo < firstPhoto + 2 * block + 2; ++photo)
                    m_flushed.push_back({photo});
            }
        }
    }

private Q_SLOTS:
    void whatWasFlushedIsThere_data()
    {
        QTest::addColumn<bool>("once");
        QTest::addColumn<bool>("another");
        QTest::newRow("all calls fail from the n-th on") << false << false;
        QTest::newRow("one call fails") << true << false;
        QTest::newRow("all calls fail while another file is set aside") << false << true;
        QTest::newRow("one call fails while another file is set aside") << true << true;
    }

    void whatWasFlushedIsThere()
    {
        QFETCH(bool, once);
        QFETCH(bool, another);
        for (int n = 1;; ++n) {
            QVERIFY2(n < 100, "the run never completes");
            const test::ScratchFolder scratch;
            const auto file = scratch / "a.rows";
            m_flushed.clear();
            work(file, "hash", 1);
            const auto before = m_flushed;
            QCOMPARE(before.size(), 4U);
            if (another)
                m_flushed.clear();
            bool reached = false;
            {
                const FailingCalls calls(n, once);
                work(file, another ? "another" : "hash", 5);
                reached = calls.reached();
            }
            // The old rows are where they were, or in the file set aside.
            if (another) {
                const auto aside = scratch / "a.rows.aside1";
                const auto old = Rows::open(std::filesystem::exists(aside) ? aside : file, "hash");
                VERIFY_OK(old);
                QVERIFY(std::ranges::equal((*old)->ids(), before));
            }
            if (!m_flushed.empty()) {
                const auto rows = Rows::open(file, another ? "another" : "hash");
                VERIFY_OK(rows);
                for (const auto photo : m_flushed) {
                    const auto place = (*rows)->indexOf(photo);
                    QVERIFY2(place >= 0, qPrintable(QString("call %1, photo %2").arg(n).arg(photo.value)));
                    QCOMPARE((*rows)->row(static_cast<std::size_t>(place))[0], static_cast<float>(photo.value));
                }
            }
            // And the next run goes on.
            m_flushed.clear();
            work(file, another ? "another" : "hash", 9);
            QCOMPARE(m_flushed.size(), 4U);
            if (!reached)
                break;
        }
    }

    void fullDiskLeavesTheFileWhole()
    {
        const test::ScratchFolder scratch;
        if (mount("none", scratch.path().c_str(), "tmpfs", 0, "size=1m") != 0)
            QSKIP("no file system may be mounted here: run the test as root for the full disk");
        const auto unmount = qScopeGuard([&] { umount2(scratch.path().c_str(), MNT_DETACH); });
        const auto file = scratch / "a.rows";
        scratch.write("filler", std::string(300'000, 'x'));
        auto writer = RowWriter::open(file, 512, "hash");
        VERIFY_OK(writer);
        std::int64_t flushed = 0, photo = 0;
        Result<> last;
        while (last && photo < 100'000) {
            for (int number = 0; number < 50; ++number)
                VERIFY_OK(writer->append({++photo}, std::vector<float>(512, 0.5F)));
            last = writer->flush();
            if (last)
                flushed = photo;
        }
        QVERIFY(!last);
        QCOMPARE(last.error().code, Errc::DiskFull);
        QCOMPARE((*Rows::open(file))->size(), static_cast<std::size_t>(flushed));
        QCOMPARE(writer->pending(), 50U);
        std::filesystem::remove(scratch / "filler");
        VERIFY_OK(writer->flush()); // the rows were kept
        QCOMPARE((*Rows::open(file))->size(), static_cast<std::size_t>(photo));
    }
};

QTEST_GUILESS_MAIN(TestRowsCrash)
#include "tst_rows_crash.moc"
