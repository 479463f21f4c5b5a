#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/image/thumbnail_cache.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"

#include <QObject>
#include <thread>

using namespace photolex;
using image::Size;
using image::ThumbnailCache;
using image::ThumbnailKey;

class TestThumbnailCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writtenIsRead()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        const ThumbnailKey key{PhotoId{7}, 1000, 2000};
        QCOMPARE(cache->read(key, 256).error().code, Errc::NotFound);
        VERIFY_OK(cache->write(key, 256, test::scene(1, {800, 600})));
        const auto bytes = cache->read(key, 200); // any side up to 256 is the same file
        VERIFY_OK(bytes);
        const auto decoded = image::decode(*bytes, "a");
        VERIFY_OK(decoded);
        QVERIFY((decoded->pixels.size == Size{256, 192}));
        QCOMPARE(cache->read(key, 512).error().code, Errc::NotFound);
        QVERIFY(cache->sizeBytes() == static_cast<std::int64_t>(bytes->size()));
    }
    void olderStatesAreNeverReturned()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        const ThumbnailKey old{PhotoId{7}, 1000, 2000};
        ThumbnailKey changed = old;
        changed.mtimeNs = 1999; // an older time of change is a change too
        VERIFY_OK(cache->write(old, 256, test::card()));
        VERIFY_OK(cache->write(old, 512, test::card()));
        QCOMPARE(cache->read(changed, 256).error().code, Errc::NotFound);
        // The first thumbnail of the new state sweeps the old ones away, its own others stay.
        VERIFY_OK(cache->write(changed, 256, test::card()));
        QCOMPARE(cache->read(old, 256).error().code, Errc::NotFound);
        QCOMPARE(cache->read(old, 512).error().code, Errc::NotFound);
        VERIFY_OK(cache->write(changed, 512, test::card()));
        VERIFY_OK(cache->read(changed, 256));
    }
    void forgetsOnePhoto()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        // Ids that share a folder, and one that begins with the other's digits.
        const ThumbnailKey one{PhotoId{0x1}, 1, 1}, other{PhotoId{0x1001}, 1, 1}, third{PhotoId{0x10}, 1, 1};
        for (const auto &key : {one, other, third})
            VERIFY_OK(cache->write(key, 256, test::card()));
        cache->forget(PhotoId{0x1});
        QVERIFY(!cache->read(one, 256));
        VERIFY_OK(cache->read(other, 256));
        VERIFY_OK(cache->read(third, 256));
        cache->forget(PhotoId{99}); // never there
    }
    void shortFilesCountAsMissing()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        const ThumbnailKey key{PhotoId{7}, 1000, 2000};
        VERIFY_OK(cache->write(key, 256, test::card()));
        for (const auto &entry : std::filesystem::recursive_directory_iterator(scratch / "cache")) {
            if (entry.is_regular_file())
                std::filesystem::resize_file(entry.path(), entry.file_size() / 2);
        }
        QCOMPARE(cache->read(key, 256).error().code, Errc::NotFound);
        VERIFY_OK(cache->write(key, 256, test::card()));
        VERIFY_OK(cache->read(key, 256));
    }
    void deletedWhileInUse()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        std::filesystem::remove_all(scratch / "cache");
        const ThumbnailKey key{PhotoId{7}, 1000, 2000};
        QCOMPARE(cache->read(key, 256).error().code, Errc::NotFound);
        QCOMPARE(cache->sizeBytes(), 0);
        VERIFY_OK(cache->write(key, 256, test::card()));
        VERIFY_OK(cache->read(key, 256));
    }
    void clearsOnlyItsOwn()
    {
        test::ScratchFolder scratch;
        const auto foreign = scratch.write("cache/somebody's notes.txt", "keep me");
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        VERIFY_OK(cache->write({PhotoId{7}, 1, 1}, 256, test::card()));
        VERIFY_OK(cache->clear());
        QVERIFY(!cache->read({PhotoId{7}, 1, 1}, 256));
        QVERIFY(std::filesystem::exists(foreign));
    }
    void threadsWriteSideBySide()
    {
        test::ScratchFolder scratch;
        const auto cache = ThumbnailCache::open(scratch / "cache");
        VERIFY_OK(cache);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i)
                    (void)cache->write({PhotoId{i}, 1, 1}, t % 2 ? 256 : 512, test::card());
            });
        }
        for (auto &thread : threads)
            thread.join();
        for (int i = 0; i < 20; ++i) {
            VERIFY_OK(cache->read({PhotoId{i}, 1, 1}, 256));
            VERIFY_OK(cache->read({PhotoId{i}, 1, 1}, 512));
        }
        for (const auto &entry : std::filesystem::recursive_directory_iterator(scratch / "cache"))
            QVERIFY2(!entry.path().filename().string().starts_with("new_"), entry.path().c_str());
    }
};

QTEST_GUILESS_MAIN(TestThumbnailCache)
#include "tst_thumbnail_cache.moc"
