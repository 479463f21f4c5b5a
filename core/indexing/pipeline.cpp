// The workers take photos from one list, one after another; what they made goes through a bounded queue to the calling
// thread, which alone writes. A full queue holds the workers back, so memory stays flat however slow the disk is.
#include "core/indexing/pipeline_p.h"

#include "core/base/bytes.h"
#include "core/base/threads.h"
#include "core/embedding/rows.h"
#include "core/indexing/queue_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <thread>

namespace photolex::indexing {

namespace fs = std::filesystem;

using catalogue::Photo;
using catalogue::PhotoState;

namespace {

constexpr std::chrono::milliseconds kCommitInterval{500};

// Appends rows, syncs them, then saves the photos: in that order, so that what is Ready has its rows.
class Store {
public:
    Store(const PipelineContext &context, IndexReport &report, std::map<std::int64_t, fs::path> roots,
          std::int64_t total)
        : m_context(context)
        , m_report(report)
        , m_roots(std::move(roots))
        , m_total(total)
    {
    }

    Result<> open()
    {
        if (!m_context.models)
            return {};
        const auto &models = *m_context.models;
        auto features =
            embedding::RowWriter::open(featureFile(), models.network->featureDimension(), models.networkHash);
        if (!features)
            return failure(features.error());
        m_rows.push_back(std::move(*features));
        for (const auto &encoder : models.indexed()) {
            auto points =
                embedding::RowWriter::open(m_context.catalogue->rowFile(embedding::pointRowsName(encoder->hash())),
                                           encoder->dimension(), encoder->hash());
            if (!points)
                return failure(points.error());
            m_rows.push_back(std::move(*points));
        }
        return {};
    }

    Result<> take(Finished finished)
    {
        if (finished.fatal)
            return failure(*finished.fatal);
        if (!finished.feature.empty()) {
            const auto appended = append(finished);
            if (!appended && appended.error().code != Errc::Invalid)
                return failure(appended.error());
            if (!appended) { // a row that the store refuses is the photo's fault, and no other's
                auto &photo = finished.work.photo;
                photo.state = PhotoState::Failed;
                photo.error = Error{Errc::Internal, displayText(pathOf(photo)), appended.error().detail};
                finished.feature.clear();
            }
        }
        m_waiting.push_back(std::move(finished));
        return {};
    }

    Result<> commit()
    {
        if (m_waiting.empty())
            return {};
        if (!m_rows.empty()) {
            // A photo that fails now may have rows of what it was before.
            for (const auto &finished : m_waiting) {
                if (finished.work.photo.state == PhotoState::Failed && finished.work.task != Task::Points)
                    for (auto &rows : m_rows)
                        (void)rows.forget(finished.work.photo.id);
            }
            for (auto &rows : m_rows)
                if (auto flushed = rows.flush(); !flushed)
                    return failure(flushed.error());
        }
        std::vector<Photo> photos;
        std::vector<PhotoId> ids;
        for (auto &finished : m_waiting) {
            auto &photo = finished.work.photo;
            ids.push_back(photo.id);
            if (finished.work.task == Task::Points)
                continue; // the photo stays as it is
            if (finished.gone)
                photo.state = PhotoState::Missing;
            // Before the photo is saved: what is Ready has its caption, too.
            if (auto captioned = saveCaption(finished); !captioned)
                return failure(captioned.error());
            photos.push_back(photo);
        }
        if (auto saved = m_context.catalogue->save(photos); !saved)
            return failure(saved.error());
        for (const auto &finished : m_waiting)
            count(finished);
        m_stored += static_cast<std::int64_t>(m_waiting.size());
        m_waiting.clear();
        if (m_context.options->stored)
            m_context.options->stored(ids);
        return {};
    }

    std::size_t waiting() const { return m_waiting.size(); }
    std::int64_t stored() const { return m_stored; }

    fs::path pathOf(const Photo &photo) const
    {
        const auto root = m_roots.find(photo.root.value);
        return root == m_roots.end() ? fs::path() : root->second / fs::path(photo.relativePath);
    }

private:
    Result<> failure(Error error) const
    {
        return fail(error.code == Errc::DiskFull ? diskFull(error, m_stored, m_total) : std::move(error));
    }

    fs::path featureFile() const
    {
        return m_context.catalogue->rowFile(embedding::featureRowsName(m_context.models->networkHash));
    }

    // The whole file is read for its ids, so only when a photo asks: most runs have none that was there before.
    bool hasFeature(PhotoId id)
    {
        if (!m_known)
            m_known = embedding::rowIds(featureFile(), m_context.models->networkHash).value_or(std::vector<PhotoId>());
        return std::ranges::binary_search(*m_known, id);
    }

    Result<> append(const Finished &finished)
    {
        const auto id = finished.work.photo.id;
        // A photo that only lacked points has its feature already, and need not have it twice.
        Result<> appended =
            finished.isAsBefore && hasFeature(id) ? Result<>() : m_rows.front().append(id, finished.feature);
        for (std::size_t i = 0; appended && i < finished.points.size(); ++i)
            appended = m_rows[i + 1].append(id, finished.points[i]);
        return appended;
    }

    Result<> saveCaption(const Finished &finished) const
    {
        if (!finished.metadata)
            return {};
        // Most photos have none: nothing is written for a new one.
        if (finished.metadata->caption.empty() && finished.work.counting == Counting::Added)
            return {};
        return m_context.catalogue->setFileCaption(finished.work.photo.id, finished.metadata->caption,
                                                   finished.metadata->captionField);
    }

    void count(const Finished &finished)
    {
        const auto &[photo, counting, task] = finished.work;
        if (!finished.feature.empty())
            ++m_report.embedded;
        if (task == Task::Points) {
            if (finished.gone)
                ++m_report.skipped;
            else if (finished.feature.empty()) {
                ++m_report.failed;
                m_report.problems.push_back({pathOf(photo).native(), *photo.error, remedyFor(*photo.error)});
            }
            return;
        }
        // What was damaged before is in the list already.
        const bool listed = counting == Counting::Counted && photo.state == PhotoState::Damaged;
        if (photo.error && !finished.gone && !listed && photo.state != PhotoState::Found)
            m_report.problems.push_back({pathOf(photo).native(), *photo.error, remedyFor(*photo.error)});
        if (finished.gone) {
            ++m_report.removed;
            return;
        }
        if (photo.state == PhotoState::Damaged && task == Task::Embed && counting != Counting::Counted)
            ++m_report.damaged;
        if (photo.state == PhotoState::Failed) {
            ++m_report.failed;
            if (counting == Counting::Counted)
                --m_report.unchanged; // the scan had taken it for settled
            return;
        }
        switch (counting) {
        case Counting::Counted:
            break;
        case Counting::Added:
            ++m_report.added;
            break;
        case Counting::Updated:
            ++m_report.updated;
            break;
        case Counting::Unchanged:
            ++m_report.unchanged;
            break;
        case Counting::Moved:
            ++m_report.moved;
            break;
        }
    }

    const PipelineContext &m_context;
    IndexReport &m_report;
    std::map<std::int64_t, fs::path> m_roots;
    std::int64_t m_total = 0;
    std::vector<embedding::RowWriter> m_rows;    // features, then the points of each encoder that is indexed
    std::optional<std::vector<PhotoId>> m_known; // photos that had a feature when the first one was asked for
    std::vector<Finished> m_waiting;             // finished, not in the catalogue yet
    std::int64_t m_stored = 0;
};

fs::path mountPointOf(fs::path path)
{
    struct stat status {};
    while (::stat(path.c_str(), &status) != 0 && path.has_relative_path())
        path = path.parent_path();
    const auto device = status.st_dev;
    while (path.has_relative_path() && ::stat(path.parent_path().c_str(), &status) == 0 && status.st_dev == device)
        path = path.parent_path();
    return path;
}

} // namespace

Error diskFull(const Error &error, std::int64_t stored, std::int64_t total)
{
    const fs::path file = error.subject;
    const auto disk = mountPointOf(file);
    struct statvfs status {};
    std::uint64_t left = 0;
    if (::statvfs(disk.c_str(), &status) == 0)
        left = std::uint64_t{status.f_bavail} * status.f_frsize;
    return {Errc::DiskFull, displayText(disk),
            fmt::format("no space left for {} ({} KB free); {} of {} photos are stored, the others follow in the next "
                        "run",
                        displayText(file), left / 1024, stored, total)};
}

Result<> runPipeline(std::vector<Work> work, const PipelineContext &context, IndexReport &report,
                     const std::stop_token &stop)
{
    if (work.empty())
        return {};
    const auto &options = *context.options;
    const auto roots = context.catalogue->roots();
    if (!roots)
        return fail(roots.error());
    std::map<std::int64_t, fs::path> rootPaths;
    for (const auto &root : *roots)
        rootPaths.emplace(root.id.value, root.path);
    const auto total = static_cast<std::int64_t>(work.size());
    Store store(context, report, std::move(rootPaths), total);
    if (auto opened = store.open(); !opened)
        return opened;

    const int wanted = options.quiet ? 1 : options.workers > 0 ? options.workers : threads::count();
    const auto workers = std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, work.size());
    BoundedQueue<Finished> queue(2 * workers + 8);
    std::stop_source abandon; // the store cannot go on: what is still under way is dropped
    std::stop_source halt;    // no new photo is begun
    const std::stop_callback forward(stop, [&] { halt.request_stop(); });
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> running = workers;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers; ++i) {
        threads.emplace_back([&] {
            if (options.quiet)
                threads::makeThisThreadQuiet(true);
            for (;;) {
                giveWay(options, halt.get_token());
                const auto index = next++;
                if (index >= work.size() || halt.stop_requested())
                    break;
                const auto path = store.pathOf(work[index].photo);
                if (!queue.push(process(std::move(work[index]), path, context), abandon.get_token()))
                    break;
            }
            if (--running == 0)
                queue.close();
        });
    }

    ProgressThrottle progress(options.progress);
    const auto limit = static_cast<std::size_t>(std::max(1, options.commitPhotos));
    auto deadline = std::chrono::steady_clock::now() + kCommitInterval;
    std::int64_t done = 0;
    Result<> result;
    while (result && !queue.isDone()) {
        if (auto finished = queue.popUntil(deadline)) {
            result = store.take(std::move(*finished));
            progress.report({.stage = "index", .done = ++done, .total = total});
        }
        const auto now = std::chrono::steady_clock::now();
        if (result && (store.waiting() >= limit || now >= deadline)) {
            result = store.commit();
            deadline = std::chrono::steady_clock::now() + kCommitInterval;
        }
    }
    if (!result) {
        halt.request_stop();
        abandon.request_stop();
    }
    threads.clear(); // joins
    if (result)
        result = store.commit();
    if (result && stop.stop_requested() && store.stored() < total)
        return fail(Errc::Cancelled, "index", fmt::format("{} of {} photos are stored", store.stored(), total));
    return result;
}

} // namespace photolex::indexing
