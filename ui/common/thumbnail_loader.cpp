#include "ui/common/thumbnail_loader.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/image/decode.h"
#include "ui/common/session.h"

#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace photolex::ui {

namespace {

constexpr auto gatherTime = std::chrono::milliseconds(50);

struct Job {
    ThumbnailRequest request;
    int side = 0;
    std::uint64_t generation = 0;
    bool operator==(const Job &) const = default;
};

struct Answer {
    Job job;
    Result<QImage> image;
};

struct Entry {
    ThumbnailRequest request;
    int side = 0; // of `pixmap`
    QPixmap pixmap;
    std::optional<Error> error;
};

// Both share the file that is looked at and the picture's state; only whether it may be opened differs.
bool sameFile(const ThumbnailRequest &a, const ThumbnailRequest &b)
{
    return a.photo == b.photo && a.path == b.path && a.fileSize == b.fileSize && a.mtimeNs == b.mtimeNs;
}

image::ThumbnailKey keyOf(const ThumbnailRequest &request)
{
    return {.photo = request.photo, .fileSize = request.fileSize, .mtimeNs = request.mtimeNs};
}

Result<image::Pixels> fromCache(const image::ThumbnailCache &cache, const ThumbnailRequest &request, int stored)
{
    const auto bytes = cache.read(keyOf(request), stored);
    if (!bytes)
        return fail(bytes.error());
    auto decoded = image::decode(*bytes, "thumbnail.jpg", {});
    if (!decoded)
        return fail(decoded.error());
    return std::move(decoded->pixels);
}

} // namespace

ThumbnailRequest thumbnailRequest(const PhotoInfo &info)
{
    return {.photo = info.photo,
            .path = info.path,
            .fileSize = info.stamp.size,
            .mtimeNs = info.stamp.mtimeNs,
            .mayDecode = info.isReadable() && info.state != catalogue::PhotoState::Failed};
}

QImage toImage(const image::Pixels &pixels)
{
    if (pixels.isEmpty())
        return {};
    const QImage borrowed(pixels.rgb.data(), pixels.size.width, pixels.size.height,
                          static_cast<qsizetype>(pixels.size.width) * 3, QImage::Format_RGB888);
    return borrowed.convertToFormat(QImage::Format_RGB32); // a copy, in the format that is painted fastest
}

Result<QImage> loadThumbnail(const image::ThumbnailCache *cache, const ThumbnailRequest &request, int side)
{
    const int stored = image::ThumbnailCache::storedSide(side);
    if (cache) {
        if (const auto pixels = fromCache(*cache, request, stored))
            return toImage(image::fitted(*pixels, {side, side}));
        if (!request.mayDecode) {
            // The file is away: a picture of another size is better than none.
            for (const int other : {512, 256})
                if (const auto pixels = fromCache(*cache, request, other))
                    return toImage(image::fitted(*pixels, {side, side}));
        }
    }
    if (!request.mayDecode)
        return fail(Errc::NotFound, request.path, "no thumbnail was made before the file went away");
    auto decoded = image::decode(request.path, {.wantedShortSide = std::max(stored, std::min(side, 512))});
    if (!decoded)
        return fail(decoded.error());
    if (cache)
        if (const auto written = cache->write(keyOf(request), stored, decoded->pixels); !written)
            log::debug("thumbnail of {}: {}", request.path, written.error().detail);
    return toImage(image::fitted(decoded->pixels, {side, side}));
}

struct ThumbnailLoader::Impl {
    ThumbnailLoader *q;
    Load load;
    int side = 256;

    // Of the window's thread
    std::unordered_map<PhotoId, ThumbnailRequest> wanted;
    std::unordered_map<PhotoId, Entry> entries;
    QTimer gather;

    // Shared with the workers
    std::mutex mutex;
    std::deque<Job> queue;
    std::vector<Job> working;
    std::vector<Answer> answers;
    std::uint64_t generation = 0;
    int workers = 0;
    bool stopping = false;
    QThreadPool pool;

    void work();
    void startWorkers(); // mutex held
    void takeAnswers();
    bool isFresh(const Entry &entry, const ThumbnailRequest &request) const;
};

void ThumbnailLoader::Impl::work()
{
    std::unique_lock lock(mutex);
    while (!stopping && !queue.empty()) {
        const Job job = std::move(queue.front());
        queue.pop_front();
        working.push_back(job);
        lock.unlock();
        auto image = load(job.request, job.side);
        lock.lock();
        std::erase(working, job);
        if (answers.empty() && !stopping)
            QMetaObject::invokeMethod(
                q, [this] { gather.isActive() ? void() : gather.start(gatherTime); }, Qt::QueuedConnection);
        answers.push_back({job, std::move(image)});
    }
    --workers;
}

void ThumbnailLoader::Impl::startWorkers()
{
    while (workers < pool.maxThreadCount() && static_cast<std::size_t>(workers) < queue.size()) {
        ++workers;
        pool.start([this] { work(); });
    }
}

bool ThumbnailLoader::Impl::isFresh(const Entry &entry, const ThumbnailRequest &request) const
{
    if (!sameFile(entry.request, request))
        return false;
    if (entry.error) // opened once; again only when it changed, or came back
        return entry.request.mayDecode || !request.mayDecode;
    return entry.side == side;
}

void ThumbnailLoader::Impl::takeAnswers()
{
    std::vector<Answer> come;
    {
        const std::lock_guard lock(mutex);
        come.swap(answers);
    }
    std::vector<PhotoId> photos;
    for (auto &answer : come) {
        const auto &request = answer.job.request;
        const auto want = wanted.find(request.photo);
        if (answer.job.generation != generation || want == wanted.end() || !(want->second == request) ||
            answer.job.side != side)
            continue; // nobody waits for it any more
        Entry &entry = entries[request.photo];
        entry.request = request;
        entry.side = answer.job.side;
        entry.pixmap = answer.image ? QPixmap::fromImage(std::move(*answer.image)) : QPixmap();
        entry.error = answer.image ? std::optional<Error>() : answer.image.error();
        photos.push_back(request.photo);
    }
    if (!photos.empty())
        Q_EMIT q->loaded(photos);
}

ThumbnailLoader::ThumbnailLoader(Session *session, QObject *parent)
    : ThumbnailLoader(
          [session](const ThumbnailRequest &request, int side) {
              // The session outlives its loaders, and the cache is set before the first photo is known.
              return loadThumbnail(session ? session->thumbnails().get() : nullptr, request, side);
          },
          parent)
{
}

ThumbnailLoader::ThumbnailLoader(Load load, QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->load = std::move(load);
    m_impl->pool.setMaxThreadCount(std::clamp(threads::count(), 1, 4));
    m_impl->gather.setSingleShot(true);
    connect(&m_impl->gather, &QTimer::timeout, this, [this] { m_impl->takeAnswers(); });
}

ThumbnailLoader::~ThumbnailLoader()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stopping = true;
        m_impl->queue.clear();
    }
    m_impl->pool.waitForDone();
}

void ThumbnailLoader::setSide(int physicalPixels)
{
    m_impl->side = std::max(physicalPixels, 1);
}

int ThumbnailLoader::side() const
{
    return m_impl->side;
}

void ThumbnailLoader::want(std::vector<ThumbnailRequest> requests)
{
    auto &d = *m_impl;
    d.wanted.clear();
    for (const auto &request : requests)
        d.wanted.emplace(request.photo, request);
    std::erase_if(d.entries, [&](const auto &entry) {
        const auto want = d.wanted.find(entry.first);
        // A picture of an older state of the file is never shown.
        return want == d.wanted.end() || !sameFile(want->second, entry.second.request);
    });

    const std::lock_guard lock(d.mutex);
    d.queue.clear();
    std::unordered_set<PhotoId> onTheWay;
    const auto isCurrent = [&](const Job &job) {
        const auto want = d.wanted.find(job.request.photo);
        return job.generation == d.generation && job.side == d.side && want != d.wanted.end() &&
               want->second == job.request;
    };
    for (const auto &job : d.working)
        if (isCurrent(job))
            onTheWay.insert(job.request.photo);
    for (const auto &answer : d.answers)
        if (isCurrent(answer.job))
            onTheWay.insert(answer.job.request.photo);
    for (auto &request : requests) {
        const auto entry = d.entries.find(request.photo);
        if (entry != d.entries.end() && d.isFresh(entry->second, request))
            continue;
        if (onTheWay.insert(request.photo).second)
            d.queue.push_back({std::move(request), d.side, d.generation});
    }
    d.startWorkers();
}

void ThumbnailLoader::clear()
{
    auto &d = *m_impl;
    d.wanted.clear();
    d.entries.clear();
    const std::lock_guard lock(d.mutex);
    d.queue.clear();
    ++d.generation;
}

QPixmap ThumbnailLoader::pixmap(PhotoId photo) const
{
    const auto entry = m_impl->entries.find(photo);
    return entry == m_impl->entries.end() ? QPixmap() : entry->second.pixmap;
}

int ThumbnailLoader::pixmapSide(PhotoId photo) const
{
    const auto entry = m_impl->entries.find(photo);
    return entry == m_impl->entries.end() ? 0 : entry->second.side;
}

const Error *ThumbnailLoader::failure(PhotoId photo) const
{
    const auto entry = m_impl->entries.find(photo);
    return entry == m_impl->entries.end() || !entry->second.error ? nullptr : &*entry->second.error;
}

bool ThumbnailLoader::isIdle() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->queue.empty() && m_impl->working.empty() && m_impl->answers.empty();
}

} // namespace photolex::ui
