#include "ui/common/session.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "ui/common/captioners.h"
#include "ui/common/photo_text.h"
#include "ui/common/points_of_bundle.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <unordered_set>
#include <utility>

namespace photolex::ui {

namespace {

constexpr int fewestWorkers = 12; // threads of the global pool: more than there are kinds of long jobs at a time

// The models, opened once by whoever needs them first: the worker behind openModels(), or the running job.
class ModelsBox {
public:
    Result<indexing::Models> get()
    {
        const std::lock_guard lock(m_mutex);
        if (!m_models) {
            auto bundle = model::openBundle(m_wanted);
            if (!bundle && bundle.error().code == Errc::NotFound && !m_wanted.empty())
                bundle = model::openBundle({});
            m_models = bundle ? indexing::openModels(*bundle) : Result<indexing::Models>(fail(bundle.error()));
            m_bundle = bundle ? *bundle : nullptr;
        }
        auto models = *m_models;
        if (!models)
            m_models.reset(); // the next one to ask tries again
        return models;
    }

    std::shared_ptr<const model::Bundle> bundle() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bundle;
    }
    void want(const std::string &id)
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = id;
    }

private:
    mutable std::mutex m_mutex;
    std::string m_wanted; // id; empty: the program's own
    std::optional<Result<indexing::Models>> m_models;
    std::shared_ptr<const model::Bundle> m_bundle;
};

struct Job {
    enum class Kind { Index, IndexFor, RemoveRoot, Retry, MarkMissing } kind = Kind::Index;
    std::vector<std::filesystem::path> folders = {}; // Index; empty: every root
    RootId root = {};
    std::vector<PhotoId> photos = {};
    std::string bundle = {}; // IndexFor
    // Long, and stopped at any point without loss: small jobs need not wait for it.
    bool isIndexing() const { return kind == Kind::Index || kind == Kind::IndexFor; }
    bool operator==(const Job &) const = default;
};

// Does `first`, which interrupted `second`, come before it when that one goes on?
bool goesBefore(const Job &first, const Job &second)
{
    return !first.isIndexing() || (first.kind == Job::Kind::Index && second.kind == Job::Kind::IndexFor);
}

// Photos per second over the last seconds, so that a pause or a slow folder is soon forgotten.
class Rate {
public:
    void start()
    {
        m_clock.start();
        m_samples.clear();
    }
    void add(qint64 done)
    {
        const qint64 now = m_clock.elapsed();
        m_samples.push_back({now, done});
        while (m_samples.size() > 2 && now - m_samples.front().first > 8000)
            m_samples.pop_front();
    }
    double perSecond() const // 0: not known yet
    {
        if (m_samples.size() < 2)
            return 0;
        const auto milliseconds = m_samples.back().first - m_samples.front().first;
        const auto photos = m_samples.back().second - m_samples.front().second;
        return milliseconds < 1000 ? 0 : 1000.0 * static_cast<double>(photos) / static_cast<double>(milliseconds);
    }

private:
    QElapsedTimer m_clock;
    std::deque<std::pair<qint64, qint64>> m_samples; // milliseconds, photos done
};

} // namespace

struct Session::Impl {
    explicit Impl(Session *session)
        : q(session)
    {
    }

    Session *q;
    std::shared_ptr<ModelsBox> models = std::make_shared<ModelsBox>();
    std::atomic<bool> paused = false;
    std::atomic<int> interactive = 0;

    // Of the window's thread
    JobState state;
    Rate rate;
    QTimer gather; // photos that changed are announced a few times a second
    std::unordered_set<PhotoId> changed;
    bool anythingChanged = false;
    bool watching = false;
    std::unique_ptr<indexing::Watcher> watcher;
    std::vector<std::filesystem::path> watchedRoots;

    // Shared with the workers
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::optional<Job> current;
    std::stop_source currentStop;
    bool runAgain = false; // the running job was stopped only to go on in another mode
    bool quiet = false;
    indexing::ScanOptions scanOptions;
    int workers = 0;

    std::jthread runner, opener; // last: joined before anything above goes

    // From any thread: `work` runs on the window's, unless the session is gone by then.
    template <class Work>
    void post(Work work)
    {
        QMetaObject::invokeMethod(q, std::move(work), Qt::QueuedConnection);
    }
    void add(Job job);
    void run(const std::stop_token &stop);
    void runJob(const Job &job, const std::stop_token &stop);
    void runIndex(const Job &job, const std::stop_token &stop);
    void runIndexFor(const Job &job, const std::stop_token &stop);
    indexing::IndexOptions optionsNow();
    void begin(const QString &stage, const QString &bundle);
    void interruptFor(Job job);
    void photosChanged(std::span<const PhotoId> photos); // empty: anything
    void takeProgress(const Progress &progress);
    void finished();
    void watchRoots();
};

void Session::Impl::add(Job job)
{
    const std::lock_guard lock(mutex);
    if (std::find(jobs.begin(), jobs.end(), job) != jobs.end())
        return;
    // New photos do not wait until those of years have their points of another bundle.
    if (current && current->kind == Job::Kind::IndexFor && job.kind == Job::Kind::Index) {
        runAgain = true;
        currentStop.request_stop();
        jobs.push_front(std::move(job));
    } else {
        jobs.push_back(std::move(job));
    }
    wake.notify_all();
}

// Small changes do not wait until a long job is done: it stops, and goes on afterwards.
void Session::Impl::interruptFor(Job job)
{
    const std::lock_guard lock(mutex);
    jobs.push_front(std::move(job));
    if (current && current->isIndexing()) {
        runAgain = true;
        currentStop.request_stop();
    }
    wake.notify_all();
}

void Session::Impl::run(const std::stop_token &stop)
{
    std::unique_lock lock(mutex);
    while (wake.wait(lock, stop, [this] { return !jobs.empty(); })) {
        const Job job = std::move(jobs.front());
        jobs.pop_front();
        current = job;
        runAgain = false;
        currentStop = std::stop_source();
        const auto jobStop = currentStop.get_token();
        lock.unlock();
        runJob(job, jobStop);
        lock.lock();
        current.reset();
        // What interrupted the job stands in front of the queue already, and comes first.
        if (runAgain)
            jobs.insert(jobs.begin() + (jobs.empty() || !goesBefore(jobs.front(), job) ? 0 : 1), job);
        const bool idle = jobs.empty();
        if (idle) {
            lock.unlock();
            post([this] { finished(); });
            lock.lock();
        }
    }
}

void Session::Impl::runJob(const Job &job, const std::stop_token &stop)
{
    const auto &catalogue = q->m_catalogue;
    Result<> done;
    switch (job.kind) {
    case Job::Kind::Index:
        runIndex(job, stop);
        return;
    case Job::Kind::IndexFor:
        runIndexFor(job, stop);
        return;
    case Job::Kind::RemoveRoot:
        done = catalogue->removeRoot(job.root);
        break;
    case Job::Kind::Retry:
        done = catalogue->setState(job.photos, catalogue::PhotoState::Found);
        break;
    case Job::Kind::MarkMissing:
        done = catalogue->setState(job.photos, catalogue::PhotoState::Missing);
        break;
    }
    if (!done)
        post([this, error = done.error()] { Q_EMIT q->jobFailed(error); });
    post([this] {
        photosChanged({});
        Q_EMIT q->rootsChanged();
    });
}

indexing::IndexOptions Session::Impl::optionsNow()
{
    indexing::IndexOptions options;
    {
        const std::lock_guard lock(mutex);
        options.scan = scanOptions;
        options.workers = workers;
        options.quiet = quiet;
    }
    options.paused = &paused;
    options.interactive = &interactive;
    options.progress = [this](const Progress &progress) { post([this, progress] { takeProgress(progress); }); };
    options.stored = [this](std::span<const PhotoId> photos) {
        post([this, ids = std::vector<PhotoId>(photos.begin(), photos.end())] { photosChanged(ids); });
    };
    return options;
}

// From the runner's thread: a job comes into sight.
void Session::Impl::begin(const QString &stage, const QString &bundle)
{
    post([this, stage, bundle] {
        state.running = true;
        state.stage = stage;
        state.bundle = bundle;
        state.done = state.total = 0;
        state.perSecond = 0;
        state.secondsLeft = -1;
        rate.start();
        Q_EMIT q->jobChanged(state);
    });
}

void Session::Impl::runIndexFor(const Job &job, const std::stop_token &stop)
{
    const auto bundle = QString::fromStdString(job.bundle);
    begin(QStringLiteral("index"), bundle);
    const auto report = pointsOfBundle(q->m_catalogue, job.bundle, optionsNow(), stop);
    post([this, report, bundle] {
        photosChanged({});
        if (report)
            Q_EMIT q->indexedFor(bundle, *report);
        else if (report.error().code != Errc::Cancelled)
            Q_EMIT q->jobFailed(report.error());
    });
}

void Session::Impl::runIndex(const Job &job, const std::stop_token &stop)
{
    auto options = optionsNow();
    options.scanned = [this] {
        post([this] {
            photosChanged({});
            Q_EMIT q->rootsChanged();
        });
    };
    begin(QStringLiteral("scan"), {});

    indexing::Indexer indexer(q->m_catalogue, q->m_thumbnails, [box = models] { return box->get(); });
    const auto report = indexer.run(job.folders, options, stop);

    post([this, report] {
        photosChanged({});
        Q_EMIT q->rootsChanged();
        if (report)
            Q_EMIT q->jobFinished(*report);
        else if (report.error().code != Errc::Cancelled)
            Q_EMIT q->jobFailed(report.error());
        watchRoots();
    });
}

void Session::Impl::photosChanged(std::span<const PhotoId> photos)
{
    if (photos.empty())
        anythingChanged = true;
    else
        changed.insert(photos.begin(), photos.end());
    if (!gather.isActive())
        gather.start();
}

void Session::Impl::takeProgress(const Progress &progress)
{
    const auto stage = QString::fromStdString(progress.stage);
    if (stage != state.stage) {
        rate.start();
        state.stage = stage;
    }
    rate.add(progress.done);
    state.running = true;
    state.done = progress.done;
    state.total = progress.total;
    state.perSecond = rate.perSecond();
    state.secondsLeft =
        state.perSecond > 0 && state.total > 0 ? static_cast<double>(state.total - state.done) / state.perSecond : -1;
    Q_EMIT q->jobChanged(state);
    if (stage == QLatin1String("scan"))
        photosChanged({}); // what was found so far can be browsed
}

void Session::Impl::finished()
{
    state.running = false;
    state.stage.clear();
    state.bundle.clear();
    state.perSecond = 0;
    state.secondsLeft = -1;
    Q_EMIT q->jobChanged(state);
}

void Session::Impl::watchRoots()
{
    if (!watching || !q->m_catalogue)
        return;
    const auto roots = q->m_catalogue->roots();
    if (!roots)
        return;
    std::vector<std::filesystem::path> paths;
    for (const auto &root : *roots)
        if (root.state != catalogue::RootState::Offline)
            paths.push_back(root.path);
    if (paths == watchedRoots)
        return;
    watchedRoots = paths;
    watcher.reset();
    if (paths.empty())
        return;
    std::vector<std::string> excludes;
    {
        const std::lock_guard lock(mutex);
        excludes = scanOptions.excludePatterns;
    }
    // A change somewhere below a root scans that root: the scan is what knows moved files from new ones.
    watcher = std::make_unique<indexing::Watcher>(
        paths, std::move(excludes), [this, paths](const std::vector<std::filesystem::path> &folders) {
            for (const auto &root : paths) {
                const bool concerned = std::any_of(folders.begin(), folders.end(), [&](const auto &folder) {
                    return std::mismatch(root.begin(), root.end(), folder.begin(), folder.end()).first == root.end();
                });
                if (concerned)
                    add({.kind = Job::Kind::Index, .folders = {root}});
            }
        });
}

Session::Session(QObject *parent)
    : QObject(parent)
    , m_impl(std::make_unique<Impl>(this))
{
    // Qt (6.4) paints large areas on the global pool, too, and the window waits for it: with one thread a core, two
    // long jobs (an export, a count of words) would let it stand still till one of them ends.
    auto *workers = QThreadPool::globalInstance();
    workers->setMaxThreadCount(std::max(workers->maxThreadCount(), fewestWorkers));
    m_impl->gather.setSingleShot(true);
    m_impl->gather.setInterval(std::chrono::milliseconds(250));
    connect(&m_impl->gather, &QTimer::timeout, this, [this] {
        std::vector<PhotoId> photos;
        if (!m_impl->anythingChanged)
            photos.assign(m_impl->changed.begin(), m_impl->changed.end());
        m_impl->changed.clear();
        m_impl->anythingChanged = false;
        Q_EMIT photosChanged(photos);
    });
}

Session::~Session()
{
    m_impl->watcher.reset(); // it calls add()
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->jobs.clear();
        m_impl->runAgain = false;
        m_impl->currentStop.request_stop();
        m_impl->paused = false;
    }
    m_impl->runner = {}; // asks to stop and joins
    m_impl->opener = {};
}

Result<> Session::openLibrary(const std::filesystem::path &library)
{
    Q_ASSERT(!m_catalogue);
    auto opened = catalogue::Catalogue::open(library, catalogue::Access::Write);
    if (!opened)
        return fail(opened.error());
    auto thumbnails = image::ThumbnailCache::open((*opened)->library() / "thumbnails");
    if (!thumbnails)
        return fail(thumbnails.error());
    m_catalogue = std::move(*opened);
    m_thumbnails = std::make_shared<const image::ThumbnailCache>(std::move(*thumbnails));
    m_impl->runner = std::jthread([this](const std::stop_token &stop) { m_impl->run(stop); });
    return {};
}

void Session::setBundle(const std::string &id)
{
    m_impl->models->want(id);
}

void Session::openModels()
{
    if (!m_catalogue || m_engine)
        return;
    m_impl->opener = std::jthread([this, catalogue = m_catalogue, box = m_impl->models] {
        const auto models = box->get();
        auto engine = models ? search::Engine::create(catalogue, models->encoder)
                             : Result<std::shared_ptr<search::Engine>>(fail(models.error()));
        m_impl->post([this, models, bundle = box->bundle(), engine = std::move(engine)] {
            if (!engine) {
                log::error("models: {} ({})", engine.error().detail, engine.error().subject);
                Q_EMIT modelsFailed(engine.error());
                return;
            }
            m_models = *models;
            m_bundle = bundle;
            m_captioners = std::make_shared<Captioners>(bundle);
            m_engine = *engine;
            m_termReader = std::make_shared<search::TermReader>(m_catalogue, m_engine, [network = m_models.network] {
                return Result<std::shared_ptr<const image::Network>>(network);
            });
            Q_EMIT modelsReady();
        });
    });
    if (!m_impl->watching) {
        m_impl->watching = true;
        const auto roots = m_catalogue->roots();
        if (roots && !roots->empty())
            rescan();
    }
}

void Session::addFolder(const std::filesystem::path &folder)
{
    m_impl->add({.kind = Job::Kind::Index, .folders = {folder}});
}

void Session::rescan()
{
    m_impl->add({.kind = Job::Kind::Index});
}

void Session::rescanFolder(const std::filesystem::path &root)
{
    m_impl->add({.kind = Job::Kind::Index, .folders = {root}});
}

void Session::indexFor(const std::string &bundle)
{
    m_impl->add({.kind = Job::Kind::IndexFor, .bundle = bundle});
}

void Session::removeRoot(RootId root)
{
    m_impl->interruptFor({.kind = Job::Kind::RemoveRoot, .root = root});
}

void Session::retry(std::vector<PhotoId> photos)
{
    m_impl->interruptFor({.kind = Job::Kind::Retry, .photos = std::move(photos)});
    rescan();
}

void Session::markMissing(std::vector<PhotoId> photos)
{
    m_impl->interruptFor({.kind = Job::Kind::MarkMissing, .photos = std::move(photos)});
}

void Session::pause(bool paused)
{
    m_impl->paused = paused;
    m_impl->state.paused = paused;
    m_impl->rate.start();
    m_impl->state.perSecond = 0;
    m_impl->state.secondsLeft = -1;
    Q_EMIT jobChanged(m_impl->state);
}

void Session::setQuiet(bool quiet)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        if (m_impl->quiet == quiet)
            return;
        m_impl->quiet = quiet;
        if (m_impl->current && m_impl->current->isIndexing()) {
            m_impl->runAgain = true;
            m_impl->currentStop.request_stop();
        }
    }
    m_impl->state.quiet = quiet;
    Q_EMIT jobChanged(m_impl->state);
}

void Session::cancel()
{
    {
        const std::lock_guard lock(m_impl->mutex);
        std::erase_if(m_impl->jobs, [](const Job &job) { return job.isIndexing(); });
        m_impl->runAgain = false;
        if (m_impl->current && m_impl->current->isIndexing())
            m_impl->currentStop.request_stop();
    }
    if (m_impl->state.paused)
        pause(false);
}

JobState Session::job() const
{
    return m_impl->state;
}

void Session::setScanOptions(indexing::ScanOptions options, int workers)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->scanOptions = std::move(options);
    m_impl->workers = workers;
}

void Session::beginInteractive()
{
    ++m_impl->interactive;
}

void Session::endInteractive()
{
    --m_impl->interactive;
}

QString Session::watchNotice() const
{
    return m_impl->watcher ? displayPath(m_impl->watcher->notice()) : QString();
}

} // namespace photolex::ui
