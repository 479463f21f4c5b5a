#include "core/indexing/indexer.h"

#include "core/base/bytes.h"
#include "core/indexing/pipeline_p.h"
#include "core/indexing/rows_p.h"
#include "core/indexing/scan_p.h"

#include <algorithm>
#include <chrono>

namespace photolex::indexing {

using catalogue::PhotoState;

namespace {

// Photos the catalogue calls Ready whose rows this network or encoder does not have: another bundle, or a lost file.
Result<> addThoseWithoutRows(catalogue::Catalogue &catalogue, std::span<const PhotoId> settled,
                             const std::vector<PhotoId> &embedded, std::vector<Work> &work)
{
    std::vector<PhotoId> lacking;
    for (const auto id : settled)
        if (!std::binary_search(embedded.begin(), embedded.end(), id))
            lacking.push_back(id);
    if (lacking.empty())
        return {};
    auto photos = catalogue.photos(lacking);
    if (!photos)
        return fail(photos.error());
    for (auto &photo : *photos)
        if (photo.state != PhotoState::Missing)
            work.push_back({std::move(photo), Counting::Counted, Task::Embed});
    return {};
}

// Files that were away and are back as they were need no network when their rows are still there.
Result<> restore(catalogue::Catalogue &catalogue, const std::vector<PhotoId> &embedded, std::vector<Work> &work,
                 IndexReport &report)
{
    std::vector<catalogue::Photo> restored;
    std::erase_if(work, [&](Work &item) {
        if (item.task != Task::Restore || !std::binary_search(embedded.begin(), embedded.end(), item.photo.id))
            return false;
        item.photo.state = item.photo.error ? PhotoState::Damaged : PhotoState::Ready;
        ++(item.counting == Counting::Moved ? report.moved : report.unchanged);
        restored.push_back(std::move(item.photo));
        return true;
    });
    for (auto &item : work)
        if (item.task == Task::Restore)
            item.task = Task::Embed;
    return restored.empty() ? Result<>() : catalogue.save(restored);
}

// Without models a photo that has its thumbnail already is left as it is.
void dropDecoded(std::vector<Work> &work, IndexReport &report)
{
    std::erase_if(work, [&](const Work &item) {
        if (item.task == Task::Metadata || item.photo.format.empty() || item.counting == Counting::Updated)
            return false;
        ++(item.counting == Counting::Moved ? report.moved : report.unchanged);
        return true;
    });
    for (auto &item : work)
        if (item.task == Task::Restore)
            item.task = Task::Embed;
}

} // namespace

std::string remedyFor(const Error &error)
{
    switch (error.code) {
    case Errc::Denied:
        return "check-permissions";
    case Errc::DiskFull:
        return "free-space";
    case Errc::TooLarge:
        return "raise-limit";
    case Errc::Unsupported:
        return error.detail.find("libheif") != std::string::npos ? "update-libheif" : "convert";
    case Errc::Internal:
        return "report";
    default:
        return "retry-when-changed";
    }
}

Indexer::Indexer(std::shared_ptr<catalogue::Catalogue> catalogue,
                 std::shared_ptr<const image::ThumbnailCache> thumbnails, std::function<Result<Models>()> models)
    : m_catalogue(std::move(catalogue))
    , m_thumbnails(std::move(thumbnails))
    , m_models(std::move(models))
{
}

Result<IndexReport> Indexer::run(std::span<const std::filesystem::path> folders, const IndexOptions &options,
                                 const std::stop_token &stop)
{
    const auto begin = std::chrono::steady_clock::now();
    auto scanned = scan(*m_catalogue, folders, options, stop);
    if (!scanned)
        return fail(scanned.error().code == Errc::DiskFull ? diskFull(scanned.error(), 0, 0) : scanned.error());
    if (options.scanned)
        options.scanned();
    auto &report = scanned->report;
    auto &work = scanned->work;
    if (auto forgotten = forgetOtherPoints(*m_catalogue, scanned->changed); !forgotten)
        return fail(forgotten.error());

    std::optional<Models> models;
    if ((!work.empty() || !scanned->settled.empty()) && m_models && !stop.stop_requested()) {
        auto opened = m_models();
        if (opened)
            models = std::move(*opened);
        else
            report.modelsError = opened.error();
    }
    if (models) {
        // Points that only lack in this encoder come from the features; what has no feature goes through the network.
        if (const auto filled = fillPoints(*m_catalogue, *models->encoder, models->networkHash, stop);
            !filled && filled.error().code == Errc::DiskFull)
            return fail(diskFull(filled.error(), 0, static_cast<std::int64_t>(work.size())));
        const auto embedded = embeddedPhotos(*m_catalogue, *models);
        if (!embedded)
            return fail(embedded.error());
        if (auto restored = restore(*m_catalogue, *embedded, work, report); !restored)
            return fail(restored.error());
        if (auto added = addThoseWithoutRows(*m_catalogue, scanned->settled, *embedded, work); !added)
            return fail(added.error());
    } else {
        dropDecoded(work, report);
        if (report.modelsError)
            report.problems.push_back({report.modelsError->subject, *report.modelsError, "import-bundle"});
    }
    const PipelineContext context{.catalogue = m_catalogue.get(),
                                  .thumbnails = m_thumbnails.get(),
                                  .models = models ? &*models : nullptr,
                                  .options = &options};
    if (auto done = runPipeline(std::move(work), context, report, stop); !done)
        return fail(done.error());
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::move(report);
}

} // namespace photolex::indexing
