#include "core/image/decode.h"
#include "tests/support/pictures.h"
#include "tests/support/support.h"
#include "ui/common/thumbnail_loader.h"

#include <QSignalSpy>
#include <condition_variable>
#include <mutex>

using namespace photolex;
using namespace photolex::ui;

namespace {

ThumbnailRequest requestFor(int id, std::int64_t mtime = 1)
{
    return {.photo = {id}, .path = "/p/" + std::to_string(id), .fileSize = 10, .mtimeNs = mtime};
}

// Stands in for disk and decoder: says what was asked, and answers only when the gate is open.
class Gate {
public:
    Result<QImage> load(const ThumbnailRequest &request, int side)
    {
        std::unique_lock lock(m_mutex);
        m_asked.push_back(request);
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(QColor::fromRgb(static_cast<QRgb>(request.photo.value + 1000 * request.mtimeNs)));
        return image;
    }
    void open(bool isOpen = true)
    {
        const std::lock_guard lock(m_mutex);
        m_open = isOpen;
        m_changed.notify_all();
    }
    std::vector<std::int64_t> asked() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<std::int64_t> ids;
        for (const auto &request : m_asked)
            ids.push_back(request.photo.value);
        return ids;
    }
    std::size_t count() const { return asked().size(); }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<ThumbnailRequest> m_asked;
    bool m_open = false;
};

} // namespace

class TestThumbnailLoader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatScrolledAwayIsNotDecoded()
    {
        Gate gate;
        ThumbnailLoader loader([&](const auto &request, int side) { return gate.load(request, side); });
        loader.setSide(64);
        std::vector<ThumbnailRequest> passed;
        for (int id = 1; id <= 1000; ++id)
            passed.push_back(requestFor(id));
        loader.want(passed);
        QTRY_VERIFY(gate.count() > 0);
        loader.want({requestFor(5001), requestFor(5002)});
        gate.open();
        QTRY_VERIFY(!loader.pixmap({5001}).isNull() && !loader.pixmap({5002}).isNull());
        QVERIFY2(gate.count() <= 4 + 2,
                 qPrintable(QString::number(gate.count()))); // at most one a worker was under way
        QVERIFY(loader.pixmap({1}).isNull());                // late, and dropped
        QVERIFY(loader.isIdle());
    }

    void lateAnswersOfAnOlderStateAreDropped()
    {
        Gate gate;
        ThumbnailLoader loader([&](const auto &request, int side) { return gate.load(request, side); });
        loader.setSide(16);
        loader.want({requestFor(1, 1)});
        QTRY_COMPARE(gate.count(), 1U);
        loader.want({requestFor(1, 2)}); // the file changed while its picture was made
        gate.open();
        QTRY_VERIFY(!loader.pixmap({1}).isNull());
        QTRY_VERIFY(loader.isIdle());
        QCOMPARE(loader.pixmap({1}).toImage().pixel(0, 0) & 0xffffffU, 2001U);
    }

    void anotherSizeKeepsTheOldPictureUntilTheNewOneComes()
    {
        Gate gate;
        gate.open();
        ThumbnailLoader loader([&](const auto &request, int side) { return gate.load(request, side); });
        loader.setSide(16);
        loader.want({requestFor(1)});
        QTRY_COMPARE(loader.pixmap({1}).width(), 16);
        gate.open(false);
        loader.setSide(32);
        loader.want({requestFor(1)});
        QCOMPARE(loader.pixmap({1}).width(), 16);
        QCOMPARE(loader.pixmapSide({1}), 16);
        gate.open();
        QTRY_COMPARE(loader.pixmap({1}).width(), 32);
    }

    void equalRequestsShareOneDecode()
    {
        Gate gate;
        ThumbnailLoader loader([&](const auto &request, int side) { return gate.load(request, side); });
        for (int times = 0; times < 5; ++times)
            loader.want({requestFor(1)});
        QTRY_COMPARE(gate.count(), 1U);
        loader.want({requestFor(1)});
        gate.open();
        QTRY_VERIFY(!loader.pixmap({1}).isNull());
        loader.want({requestFor(1)});
        QVERIFY(loader.isIdle());
        QCOMPARE(gate.count(), 1U);
    }

    void aVanishedFileIsOpenedOnce()
    {
        std::atomic<int> opened = 0;
        ThumbnailLoader loader([&](const ThumbnailRequest &request, int side) {
            ++opened;
            return loadThumbnail(nullptr, request, side);
        });
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        for (int times = 0; times < 10; ++times) {
            loader.want({requestFor(1)});
            if (times == 0)
                QVERIFY(loaded.wait());
        }
        QTRY_VERIFY(loader.isIdle());
        QCOMPARE(opened.load(), 1);
        QVERIFY(loader.failure({1}));
        QCOMPARE(loader.failure({1})->code, Errc::NotFound);
        loader.want({requestFor(1, 2)}); // it changed: tried again
        QTRY_COMPARE(opened.load(), 2);
    }

    void thePhotoIsShownBeforeItIsIndexedAndThenComesFromTheCache()
    {
        const test::ScratchFolder folder;
        auto cache = image::ThumbnailCache::open(folder / "cache");
        VERIFY_OK(cache);
        const auto file = folder.write("a.jpg", test::jpeg(test::card({640, 480})));
        ThumbnailRequest request{.photo = {7}, .path = file.native(), .fileSize = 1, .mtimeNs = 1};
        const auto first = loadThumbnail(&*cache, request, 200);
        VERIFY_OK(first);
        QCOMPARE(first->size(), QSize(200, 150));
        std::filesystem::remove(file);
        request.mayDecode = false;
        const auto again = loadThumbnail(&*cache, request, 100);
        VERIFY_OK(again);
        QCOMPARE(again->size(), QSize(100, 75));
        request.mtimeNs = 2; // another state of the file: the old picture is not shown for it
        QVERIFY(!loadThumbnail(&*cache, request, 100));
    }

    void oneThatIsAwayMaySendAPictureOfAnotherSize()
    {
        const test::ScratchFolder folder;
        auto cache = image::ThumbnailCache::open(folder / "cache");
        VERIFY_OK(cache);
        const image::ThumbnailKey key{.photo = {3}, .fileSize = 1, .mtimeNs = 1};
        VERIFY_OK(cache->write(key, 256, test::card({300, 200})));
        const auto image = loadThumbnail(
            &*cache, {.photo = {3}, .path = "/gone", .fileSize = 1, .mtimeNs = 1, .mayDecode = false}, 500);
        VERIFY_OK(image);
        QCOMPARE(image->width(), 256);
    }
};

QTEST_MAIN(TestThumbnailLoader)
#include "tst_thumbnail_loader.moc"
