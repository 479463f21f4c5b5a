#include "ui/map/map_run.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "ui/common/session.h"

#include <QtConcurrent>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace photolex::ui {

namespace {

constexpr std::size_t tooFew = 16; // photos: a picture of so few shows no neighbourhoods that are worth keeping
constexpr auto shortest = std::chrono::milliseconds(30), longest = std::chrono::milliseconds(80); // between pictures
constexpr int fewestPictures = 40; // few photos settle before one's eyes, too

} // namespace

struct MapRun::Job {
    Session *session = nullptr;
    std::shared_ptr<Shared> shared;
    std::stop_source stop;
    Stage stage = Stage::Idle;
    projection::Method method = projection::Method::Umap;
    MapPicture picture;
};

// What one run and the window's thread have in common. It lives as long as either.
struct MapRun::Shared {
    std::mutex mutex;
    MapRun *receiver = nullptr; // null once nobody wants to hear of this run
    std::condition_variable_any wake;
    bool paused = false;
    std::atomic<bool> enough = false;
    std::vector<projection::Position> moved; // newest; an older one that nobody took is dropped

    std::shared_ptr<catalogue::Catalogue> catalogue;
    std::shared_ptr<search::Engine> engine;
    bool anew = false;
    projection::Method method = projection::Method::Umap;

    // On the window's thread, unless another run began by then.
    template <class Work>
    void post(const std::shared_ptr<Shared> &self, Work work)
    {
        const std::lock_guard lock(mutex);
        if (receiver)
            QMetaObject::invokeMethod(
                receiver,
                [self, to = receiver, work = std::move(work)] {
                    if (to->m_job->shared == self)
                        work(*to);
                },
                Qt::QueuedConnection);
    }
    Result<> work(const std::shared_ptr<Shared> &self, const std::stop_token &stop);
    Result<MapPicture> settle(const std::shared_ptr<Shared> &self, const MapSpace &space, const std::stop_token &stop);
    void show(const std::shared_ptr<Shared> &self, const MapPicture &picture);
    void showTiles(const std::shared_ptr<Shared> &self, const MapPicture &picture);
    void stage(const std::shared_ptr<Shared> &self, Stage stage, int done = 0, int total = 0);
};

void MapRun::Shared::show(const std::shared_ptr<Shared> &self, const MapPicture &picture)
{
    post(self, [picture](MapRun &run) {
        run.m_job->picture = picture;
        Q_EMIT run.pictureCame();
    });
}

void MapRun::Shared::showTiles(const std::shared_ptr<Shared> &self, const MapPicture &picture)
{
    const auto sizes = ui::tileSizes(picture.positions);
    auto scales = tileScales(picture.positions, sizes);
    post(self, [sizes, scales = std::move(scales)](MapRun &run) { Q_EMIT run.tilesCame(sizes, scales); });
}

void MapRun::Shared::stage(const std::shared_ptr<Shared> &self, Stage stage, int done, int total)
{
    post(self, [stage, done, total](MapRun &run) {
        run.m_job->stage = stage;
        Q_EMIT run.progressed(stage, done, total);
    });
}

Result<MapPicture> MapRun::Shared::settle(const std::shared_ptr<Shared> &self, const MapSpace &space,
                                          const std::stop_token &stop)
{
    MapPicture picture;
    picture.method = method;
    picture.photos = space.photos;
    picture.groups.resize(space.photos.size());
    auto first = projection::Layout::create(space.points(), {.method = projection::Method::Pca}, stop);
    if (!first)
        return fail(first.error());
    picture.positions = projection::normalised(first->positions());
    show(self, picture);
    stage(self, Stage::Neighbours);

    // One core is left to the window and to the thumbnails.
    const int workers = std::max(threads::count() - 1, 1);
    auto layout = projection::Layout::create(
        space.points(), {.method = method, .threads = workers}, stop, [&](const Progress &progress) {
            if (progress.stage == "neighbours")
                stage(self, Stage::Neighbours, static_cast<int>(progress.done), static_cast<int>(progress.total));
        });
    if (!layout)
        return fail(layout.error());
    auto near = layout->neighbours();
    if (near.size() != space.photos.size()) {
        auto found = projection::nearestNeighbours(space.points(), {.threads = workers}, stop);
        if (!found)
            return fail(found.error());
        near = std::move(*found);
    }
    findGroups(picture, near);
    post(self, [groups = picture.groups](MapRun &run) {
        run.m_job->picture.groups = groups;
        Q_EMIT run.groupsCame();
    });

    int epochs = 1; // between two pictures
    while (layout->epoch() < layout->epochs() && !enough) {
        {
            std::unique_lock lock(mutex);
            wake.wait(lock, stop, [this] { return !paused || enough; });
        }
        const auto begin = std::chrono::steady_clock::now();
        if (auto ran = layout->runTo(std::min(layout->epoch() + epochs, layout->epochs()), stop); !ran)
            return fail(ran.error());
        const auto took = std::chrono::steady_clock::now() - begin;
        epochs = took < shortest  ? std::min(epochs * 2, std::max(layout->epochs() / fewestPictures, 1))
                 : took > longest ? std::max(epochs / 2, 1)
                                  : epochs;
        picture.positions = projection::normalised(layout->positions());
        bool isFirst = false;
        {
            const std::lock_guard lock(mutex);
            isFirst = moved.empty();
            moved = picture.positions;
        }
        if (isFirst)
            post(self, [](MapRun &run) {
                std::vector<projection::Position> positions;
                {
                    const std::lock_guard lock(run.m_job->shared->mutex);
                    positions.swap(run.m_job->shared->moved);
                }
                run.m_job->picture.positions = positions;
                Q_EMIT run.positionsMoved(positions);
            });
        stage(self, Stage::Settling, layout->epoch(), layout->epochs());
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, shortest - took, [this] { return enough.load(); });
    }
    picture.positions = projection::withoutCovering(picture.positions);
    return picture;
}

Result<> MapRun::Shared::work(const std::shared_ptr<Shared> &self, const std::stop_token &stop)
{
    stage(self, Stage::Reading);
    if (!engine) {
        const auto there = catalogue->photoIds({}, catalogue::SortKey::Path, false);
        if (!there)
            return fail(there.error());
        const auto kept = loadKeptPicture(*catalogue, {}, *there);
        if (kept) {
            show(self, *kept);
            showTiles(self, *kept);
        }
        return {};
    }
    const auto space = readMapSpace(*engine, *catalogue);
    if (!space)
        return fail(space.error());
    auto kept = anew ? Result<MapPicture>(fail(Errc::NotFound, "map"))
                     : loadKeptPicture(*catalogue, space->hash, space->photos);
    const bool isWhole = kept && !kept->parts.empty();
    const bool isSame = isWhole && kept->photos == space->photos;
    Result<MapPicture> picture;
    if (!kept || (!isSame && kept->photos.size() < tooFew)) {
        picture = settle(self, *space, stop);
    } else if (isSame) {
        picture = std::move(kept);
    } else {
        show(self, *kept);
        showTiles(self, *kept);
        picture = isWhole && kept->photos.size() == space->photos.size() ? std::move(kept)
                                                                         : withNewPhotos(*space, *kept, stop);
    }
    if (!picture)
        return fail(picture.error());
    if (!isSame && !picture->photos.empty())
        if (auto saved = keepPicture(*catalogue, space->hash, *picture); !saved)
            log::warn("map: {} ({})", saved.error().detail, saved.error().subject);
    stage(self, Stage::Naming);
    show(self, *picture);
    showTiles(self, *picture);
    post(self, [](MapRun &run) { Q_EMIT run.settled(); });
    if (picture->photos.empty())
        return {};
    auto names = nameMap(*engine, *catalogue, *space, *picture, stop);
    if (!names)
        return fail(names.error());
    post(self, [names = std::move(*names)](MapRun &run) { Q_EMIT run.namesCame(names); });
    return {};
}

MapRun::MapRun(Session *session, QObject *parent)
    : QObject(parent)
    , m_job(std::make_unique<Job>())
{
    m_job->session = session;
}

MapRun::~MapRun()
{
    cancel();
}

void MapRun::cancel()
{
    m_job->stop.request_stop();
    if (const auto shared = std::move(m_job->shared)) {
        const std::lock_guard lock(shared->mutex);
        shared->receiver = nullptr;
    }
    m_job->shared.reset();
    m_job->stage = Stage::Idle;
}

void MapRun::start(bool anew, projection::Method method)
{
    cancel();
    if (!m_job->session->catalogue())
        return;
    m_job->method = method;
    m_job->stage = Stage::Reading;
    m_job->stop = std::stop_source();
    auto shared = std::make_shared<Shared>();
    shared->receiver = this;
    shared->catalogue = m_job->session->catalogue();
    shared->engine = m_job->session->engine();
    shared->anew = anew;
    shared->method = method;
    m_job->shared = shared;
    // Nobody holds the future: the run is given up by its token, and ends by itself.
    (void)QtConcurrent::run([shared, stop = m_job->stop.get_token()] {
        const auto done = shared->work(shared, stop);
        shared->post(shared, [done](MapRun &run) {
            run.m_job->stage = Stage::Idle;
            Q_EMIT run.progressed(Stage::Idle, 0, 0);
            if (!done)
                Q_EMIT run.failed(done.error());
            Q_EMIT run.finished();
        });
    });
}

void MapRun::open()
{
    start(false, m_job->method);
}

void MapRun::layOut(projection::Method method)
{
    start(true, method);
}

void MapRun::setMethod(projection::Method method)
{
    m_job->method = method;
}

projection::Method MapRun::method() const
{
    return m_job->method;
}

void MapRun::setPaused(bool paused)
{
    if (const auto &shared = m_job->shared) {
        const std::lock_guard lock(shared->mutex);
        shared->paused = paused;
        shared->wake.notify_all();
    }
}

bool MapRun::isPaused() const
{
    if (const auto &shared = m_job->shared) {
        const std::lock_guard lock(shared->mutex);
        return shared->paused;
    }
    return false;
}

void MapRun::settleHere()
{
    if (const auto &shared = m_job->shared) {
        const std::lock_guard lock(shared->mutex);
        shared->enough = true;
        shared->wake.notify_all();
    }
}

MapRun::Stage MapRun::stage() const
{
    return m_job->stage;
}

const MapPicture &MapRun::picture() const
{
    return m_job->picture;
}

} // namespace photolex::ui
