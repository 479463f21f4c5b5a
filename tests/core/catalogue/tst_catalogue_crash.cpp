#include "core/catalogue/catalogue.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <QFileInfo>
#include <QTest>
#include <new>
#include <sqlite3.h>

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

namespace {

// SQLite's file layer with a switch: the n-th write, sync or truncation fails, and all that follow, as on a full disk;
// or that one alone.
struct Switch {
    int failAt = 0; // 0: never
    bool once = false;
    int calls = 0;

    bool fails()
    {
        ++calls;
        return failAt > 0 && (once ? calls == failAt : calls >= failAt);
    }
} failures;

struct WrappedFile {
    sqlite3_file base;
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

sqlite3_file *realOf(sqlite3_file *file)
{
    return reinterpret_cast<WrappedFile *>(file)->real();
}

// What is passed on unchanged.
template <auto member, class... Args>
int pass(sqlite3_file *file, Args... args)
{
    return (realOf(file)->pMethods->*member)(realOf(file), args...);
}

const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = pass<&sqlite3_io_methods::xClose>,
    .xRead = pass<&sqlite3_io_methods::xRead, void *, int, sqlite3_int64>,
    .xWrite =
        [](sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
            if (failures.fails()) {
                // Half of it arrives: what a full disk does.
                realOf(file)->pMethods->xWrite(realOf(file), bytes, count / 2, offset);
                return failures.once ? SQLITE_IOERR_WRITE : SQLITE_FULL;
            }
            return realOf(file)->pMethods->xWrite(realOf(file), bytes, count, offset);
        },
    .xTruncate =
        [](sqlite3_file *file, sqlite3_int64 size) {
            return failures.fails() ? SQLITE_IOERR_TRUNCATE : realOf(file)->pMethods->xTruncate(realOf(file), size);
        },
    // The kernel keeps what a dead process wrote: no real sync is needed to test what is called when.
    .xSync = [](sqlite3_file *, int) { return failures.fails() ? SQLITE_IOERR_FSYNC : SQLITE_OK; },
    .xFileSize = pass<&sqlite3_io_methods::xFileSize, sqlite3_int64 *>,
    .xLock = pass<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass<&sqlite3_io_methods::xCheckReservedLock, int *>,
    .xFileControl = pass<&sqlite3_io_methods::xFileControl, int, void *>,
    .xSectorSize = pass<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = pass<&sqlite3_io_methods::xShmMap, int, int, int, void volatile **>,
    .xShmLock = pass<&sqlite3_io_methods::xShmLock, int, int, int>,
    .xShmBarrier = [](sqlite3_file *file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); },
    .xShmUnmap = pass<&sqlite3_io_methods::xShmUnmap, int>,
};

sqlite3_vfs *systemVfs = nullptr;

int openWrapped(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *wrapped = new (file) WrappedFile{{nullptr}};
    const int result = systemVfs->xOpen(systemVfs, name, wrapped->real(), flags, outFlags);
    if (result == SQLITE_OK)
        wrapped->base.pMethods = &methods;
    return result;
}

} // namespace

class TestCatalogueCrash : public QObject {
    Q_OBJECT

    // What a program does with a library: opens it, saves two batches, writes a caption. Returns the photos reported
    // done.
    static int work(const std::filesystem::path &library, int generation)
    {
        const auto opened = Catalogue::open(library, Access::Write);
        if (!opened)
            return 0;
        const auto root = (*opened)->addRoot("/p");
        if (!root)
            return 0;
        int done = 0;
        for (int batch = 0; batch < 2; ++batch) {
            std::vector<Photo> photos;
            for (int number = 0; number < 3; ++number)
                photos.push_back(
                    makePhoto(*root, std::to_string(generation) + "/" + std::to_string(batch * 3 + number)));
            if ((*opened)->save(photos)) {
                done += 3;
                (void)(*opened)->setUserCaption(photos.back().id, "caption");
            }
        }
        return done;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QFileInfo("/dev/shm").isWritable())
            qputenv("TMPDIR", "/dev/shm"); // thousands of small files: a disk would be what the test waits for
        systemVfs = sqlite3_vfs_find(nullptr);
        static sqlite3_vfs wrapped = *systemVfs;
        wrapped.zName = "failing";
        wrapped.szOsFile = static_cast<int>(sizeof(WrappedFile)) + systemVfs->szOsFile;
        wrapped.xOpen = openWrapped;
        wrapped.pNext = nullptr;
        QCOMPARE(sqlite3_vfs_register(&wrapped, 1), SQLITE_OK);
    }

    void nothingReportedIsLost_data()
    {
        QTest::addColumn<bool>("once");
        QTest::addColumn<bool>("fresh");
        QTest::newRow("disk fills up, new library") << false << true;
        QTest::newRow("disk fills up, old library") << false << false;
        QTest::newRow("one call fails, new library") << true << true;
        QTest::newRow("one call fails, old library") << true << false;
    }

    void nothingReportedIsLost()
    {
        QFETCH(bool, once);
        QFETCH(bool, fresh);
        const test::ScratchFolder scratch;
        std::int64_t saved = 0;
        int generation = 0;
        if (!fresh)
            saved = work(scratch / "a", generation++);
        for (int n = 1;; ++n) {
            QVERIFY2(n < 2000, "the run never completes");
            const auto library = scratch / (fresh ? std::to_string(n) : std::string("a"));
            failures = {.failAt = n, .once = once};
            const int done = work(library, generation++);
            const bool untouched = failures.calls < n;
            failures = {};
            saved = fresh ? done : saved + done;
            const auto opened = Catalogue::open(library, Access::Write);
            VERIFY_OK(opened);
            // More than reported is right: the commit may have arrived before the failure did.
            const auto counts = (*opened)->counts();
            VERIFY_OK(counts);
            QVERIFY2(counts->photos >= saved,
                     qPrintable(QString("call %1: %2 of %3").arg(n).arg(counts->photos).arg(saved)));
            saved = counts->photos;
            const auto faults = (*opened)->integrityFaults();
            VERIFY_OK(faults);
            QVERIFY2(faults->empty(), faults->empty() ? "" : faults->front().c_str());
            QCOMPARE(saved % 3, 0); // batches are whole
            if (untouched)
                break;
        }
    }
};

QTEST_GUILESS_MAIN(TestCatalogueCrash)
#include "tst_catalogue_crash.moc"
