#include "core/base/bytes.h"
#include "core/catalogue/catalogue.h"
#include "core/catalogue/catalogue_p.h"
#include "tests/core/catalogue/photo_maker.h"
#include "tests/support/support.h"

#include <QProcess>
#include <QTest>
#include <algorithm>
#include <fmt/format.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace photolex;
using namespace photolex::catalogue;
using photolex::test::makePhoto;

namespace {

const int known = migrations().back().version;

// The schema of this version and one step more.
const auto next = [] {
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.push_back({steps.back().version + 1, "ALTER TABLE photo ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"});
    return steps;
}();

std::map<std::string, std::string> filesOf(const std::filesystem::path &folder)
{
    std::map<std::string, std::string> files;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[entry.path().native()] = readTextFile(entry.path()).value_or("unreadable");
    }
    return files;
}

} // namespace

class TestCatalogueOpen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readingMakesNothing()
    {
        const test::ScratchFolder scratch;
        const auto opened = Catalogue::open(scratch / "none.photolex", Access::Read);
        QVERIFY(!opened && opened.error().code == Errc::NotFound);
        QVERIFY(!std::filesystem::exists(scratch / "none.photolex"));
    }

    void newerLibraryIsLeftAlone()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        VERIFY_OK(Catalogue::open(library, Access::Write, {.migrations = next}));
        const auto before = filesOf(library);
        for (const auto access : {Access::Read, Access::Write}) {
            const auto opened = Catalogue::open(library, access);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, Errc::Unsupported);
            QCOMPARE(opened.error().detail,
                     fmt::format("the library has schema version {}, this program knows up to {}", known + 1, known));
        }
        QVERIFY(filesOf(library) == before);
    }

    void olderLibraryIsCopiedAndMigrated()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        PhotoId id;
        {
            const auto old = Catalogue::open(library, Access::Write);
            VERIFY_OK(old);
            auto photo = makePhoto(*(*old)->addRoot("/p"), "a.jpg");
            VERIFY_OK((*old)->save({&photo, 1}));
            id = photo.id;
        }
        // A reader may not change it.
        const auto reader = Catalogue::open(library, Access::Read, {.migrations = next});
        QVERIFY(!reader && reader.error().code == Errc::Unsupported);
        {
            const auto migrated = Catalogue::open(library, Access::Write, {.migrations = next});
            VERIFY_OK(migrated);
            QVERIFY((*migrated)->photo(id)->has_value());
            QVERIFY((*migrated)->integrityFaults()->empty());
        }
        QCOMPARE(*storedVersion(library / "catalogue.sqlite"), known + 1);
        const auto copy = library / fmt::format("catalogue-schema{}.sqlite", known);
        QCOMPARE(*storedVersion(copy), known);
    }

    void everyOlderSchemaIsMigrated()
    {
        for (int version = 1; version < known; ++version) {
            const test::ScratchFolder scratch;
            const auto library = scratch / "a.photolex";
            const std::span<const Migration> older(migrations().begin(), static_cast<std::size_t>(version));
            {
                const auto old = Catalogue::open(library, Access::Write, {.migrations = older});
                VERIFY_OK(old);
                VERIFY_OK((*old)->saveSearch("dog"));
            }
            const auto now = Catalogue::open(library, Access::Write);
            VERIFY_OK(now);
            QCOMPARE(*storedVersion(library / "catalogue.sqlite"), known);
            QCOMPARE((*now)->savedSearches()->size(), std::size_t{1});
            VERIFY_OK((*now)->saveExpression("a", "'dog'"));
            auto photo = makePhoto(*(*now)->addRoot("/p"), "a.jpg");
            VERIFY_OK((*now)->save({&photo, 1}));
            QVERIFY((*now)->integrityFaults()->empty());
        }
    }

    void failedMigrationChangesNothing()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        VERIFY_OK(Catalogue::open(library, Access::Write));
        auto broken = next;
        broken.push_back({known + 2, "CREATE TABLE half (x); SELECT * FROM nowhere"});
        QVERIFY(!Catalogue::open(library, Access::Write, {.migrations = broken}));
        QCOMPARE(*storedVersion(library / "catalogue.sqlite"), known);
        VERIFY_OK(Catalogue::open(library, Access::Write));
    }

    void foreignFilesAreNamed()
    {
        const test::ScratchFolder scratch;
        scratch.write("a.photolex/catalogue.sqlite", std::string(200, 'x'));
        const auto text = Catalogue::open(scratch / "a.photolex", Access::Write);
        QVERIFY(!text && text.error().code == Errc::Corrupt);
        std::string head = "SQLite format 3";
        head.resize(100);
        head[63] = 7; // a version, but not our application's number
        scratch.write("b.photolex/catalogue.sqlite", head);
        const auto foreign = Catalogue::open(scratch / "b.photolex", Access::Write);
        QVERIFY(!foreign && foreign.error().code == Errc::Corrupt);
    }

    void secondWriterIsToldWhoWrites()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        const auto first = Catalogue::open(library, Access::Write);
        VERIFY_OK(first);
        const auto second = Catalogue::open(library, Access::Write);
        QVERIFY(!second);
        QCOMPARE(second.error().code, Errc::Busy);
        QVERIFY(second.error().detail.find(std::to_string(getpid())) != std::string::npos);
        VERIFY_OK(Catalogue::open(library, Access::Read));
    }

    void lockGoesWithItsHolder()
    {
        const test::ScratchFolder scratch;
        {
            auto lock = WriterLock::take(scratch.path());
            VERIFY_OK(lock);
            auto moved = std::move(*lock);
            QVERIFY(!WriterLock::take(scratch.path()));
        }
        VERIFY_OK(WriterLock::take(scratch.path()));
    }

    void networkFileSystemGetsAPlainJournal()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        const auto opened =
            Catalogue::open(library, Access::Write, {.isNetworkFileSystem = [](const auto &) { return true; }});
        VERIFY_OK(opened);
        QVERIFY((*opened)->notice().find("network") != std::string::npos);
        auto photo = makePhoto(*(*opened)->addRoot("/p"), "a.jpg");
        VERIFY_OK((*opened)->save({&photo, 1}));
        QVERIFY((*opened)->findText(std::vector<std::string>{"a"}, 5)->size() == 1);
        QVERIFY(!std::filesystem::exists(library / "catalogue.sqlite-wal"));
        QVERIFY(!std::filesystem::exists(library / "catalogue.sqlite-shm"));
    }

    void journalFollowsTheFileSystem()
    {
        // A library that was made on a local disk and copied to a server, and back again.
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        for (const bool network : {false, true, false}) {
            const auto opened = Catalogue::open(library, Access::Write,
                                                {.isNetworkFileSystem = [network](const auto &) { return network; }});
            VERIFY_OK(opened);
            VERIFY_OK((*opened)->setSetting("x", "y"));
            QCOMPARE(std::filesystem::exists(library / "catalogue.sqlite-wal"), !network);
        }
    }

    void fullDiskStopsWritingOnly()
    {
        const test::ScratchFolder scratch;
        if (mount("none", scratch.path().c_str(), "tmpfs", 0, "size=4m") != 0)
            QSKIP("no file system may be mounted here: run the test as root for the full disk");
        const auto unmount = qScopeGuard([&] { umount2(scratch.path().c_str(), MNT_DETACH); });
        const auto opened = Catalogue::open(scratch / "a.photolex", Access::Write);
        VERIFY_OK(opened);
        auto &catalogue = **opened;
        const auto root = *catalogue.addRoot("/p");
        std::int64_t saved = 0;
        Result<> last;
        const auto batch = [&] {
            std::vector<Photo> photos;
            for (int number = 0; number < 200; ++number) {
                photos.push_back(makePhoto(root, std::to_string(saved + number) + ".jpg"));
                photos.back().title = std::string(500, 'x');
            }
            last = catalogue.save(photos);
            saved += last ? 200 : 0;
            return last.has_value();
        };
        scratch.write("filler", std::string(1 << 20, 'x'));
        while (saved < 100'000 && batch())
            ;
        QVERIFY(!last);
        QCOMPARE(last.error().code, Errc::DiskFull);
        QVERIFY(saved > 0);
        QCOMPARE(catalogue.counts()->photos, saved); // reads go on
        QVERIFY(!batch());
        std::filesystem::remove(scratch / "filler");
        QVERIFY(batch()); // space is back: it goes on, in the same process
        QCOMPARE(catalogue.counts()->photos, saved);
        QVERIFY(catalogue.integrityFaults()->empty());
    }

    void damageIsReported()
    {
        const test::ScratchFolder scratch;
        const auto library = scratch / "a.photolex";
        {
            const auto opened = Catalogue::open(library, Access::Write);
            VERIFY_OK(opened);
            std::vector<Photo> photos;
            const auto root = *(*opened)->addRoot("/p");
            for (int number = 0; number < 2000; ++number)
                photos.push_back(makePhoto(root, std::to_string(number)));
            VERIFY_OK((*opened)->save(photos));
        }
        auto bytes = *readTextFile(library / "catalogue.sqlite");
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2),
                  bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2) + 20'000, '\x5a');
        scratch.write("a.photolex/catalogue.sqlite", bytes);
        const auto opened = Catalogue::open(library, Access::Write);
        VERIFY_OK(opened);
        const auto faults = (*opened)->integrityFaults();
        QVERIFY(!faults || !faults->empty());
    }
};

QTEST_GUILESS_MAIN(TestCatalogueOpen)
#include "tst_catalogue_open.moc"
