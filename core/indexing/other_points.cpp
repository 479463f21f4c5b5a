// Points of encoders that the library is not indexed with: by another bundle's network, or as rows that came from
// elsewhere.
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/indexing/pipeline_p.h"
#include "core/indexing/rows_p.h"
#include "core/joint/ready_rows.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace photolex::indexing {

using catalogue::PhotoState;

Result<IndexReport> embedPhotos(const std::shared_ptr<catalogue::Catalogue> &catalogue, const Models &models,
                                const IndexOptions &options, const std::stop_token &stop)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto filled = fillPoints(*catalogue, *models.encoder, models.networkHash, stop);
    if (!filled && filled.error().code != Errc::NotFound)
        return fail(filled.error());
    const auto present = embeddedPhotos(*catalogue, models);
    if (!present)
        return fail(present.error());
    catalogue::PhotoFilter wanted;
    wanted.includeFailed = false;
    auto ids = catalogue->photoIds(wanted, catalogue::SortKey::Path, false);
    if (!ids)
        return fail(ids.error());
    IndexReport report;
    report.unchanged = static_cast<std::int64_t>(
        std::erase_if(*ids, [&](PhotoId id) { return std::ranges::binary_search(*present, id); }));
    auto photos = catalogue->photos(*ids);
    if (!photos)
        return fail(photos.error());
    std::vector<Work> work;
    work.reserve(photos->size());
    for (auto &photo : *photos)
        work.push_back({std::move(photo), Counting::Counted, Task::Points});
    const PipelineContext context{
        .catalogue = catalogue.get(), .thumbnails = nullptr, .models = &models, .options = &options};
    if (auto done = runPipeline(std::move(work), context, report, stop); !done)
        return fail(done.error());
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

Result<ReadyRowsReport> fillReadyRows(catalogue::Catalogue &catalogue, const joint::Encoder &encoder,
                                      const std::stop_token &stop)
{
    const auto *rows = encoder.readyRows();
    if (!rows)
        return fail(Errc::Invalid, encoder.entry().id, "it has no ready-made rows");
    const auto roots = catalogue.roots();
    if (!roots)
        return fail(roots.error());
    std::vector<std::string> paths;
    std::vector<PhotoId> ids;
    for (const auto &root : *roots) {
        const auto photos = catalogue.photosOfRoot(root.id);
        if (!photos)
            return fail(photos.error());
        for (const auto &photo : *photos)
            if (photo.state != PhotoState::Missing) {
                paths.push_back((root.path / photo.relativePath).native());
                ids.push_back(photo.id);
            }
    }
    const auto match = joint::matchPaths(rows->paths(), paths);
    ReadyRowsReport report{.filled = 0,
                           .byPath = static_cast<std::int64_t>(match.byPath),
                           .byEnding = static_cast<std::int64_t>(match.byEnding),
                           .byName = static_cast<std::int64_t>(match.byName),
                           .unmatched = {},
                           .ambiguous = {}};
    for (const auto row : match.unmatched)
        report.unmatched.push_back(rows->paths()[row]);
    for (const auto row : match.ambiguous)
        report.ambiguous.push_back(rows->paths()[row]);

    const auto file = catalogue.rowFile(embedding::pointRowsName(encoder.hash()));
    const auto present = embedding::rowIds(file, encoder.hash()).value_or(std::vector<PhotoId>());
    const auto lacks = [&](std::size_t i) {
        return match.rowOf[i] >= 0 && !std::ranges::binary_search(present, ids[i]);
    };
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (lacks(i))
            wanted.push_back(i);
    if (wanted.empty())
        return report;
    auto writer = embedding::RowWriter::open(file, encoder.dimension(), encoder.hash());
    if (!writer)
        return fail(writer.error());
    for (const auto i : wanted) {
        if (stop.stop_requested())
            break;
        if (auto appended = writer->append(ids[i], rows->row(static_cast<std::size_t>(match.rowOf[i]))); !appended)
            return fail(appended.error());
        ++report.filled;
    }
    if (auto flushed = writer->flush(); !flushed)
        return fail(flushed.error());
    // Engines keep their rows for as long as the catalogue stays as it is: saving nothing tells them that it does not.
    if (auto told = catalogue.save({}); !told)
        return fail(told.error());
    if (stop.stop_requested())
        return fail(Errc::Cancelled, displayText(file), fmt::format("{} rows are stored", report.filled));
    return report;
}

} // namespace photolex::indexing
