// Photos that need work, through decode, thumbnail, network and joint map, into the store.
#pragma once

#include "core/image/metadata.h"
#include "core/indexing/scan_p.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace photolex::indexing {

// What a worker made of one photo.
struct Finished {
    Work work;                               // its photo as it is to be saved
    std::optional<image::Metadata> metadata; // captions go into the catalogue with the photo
    std::vector<float> feature;              // the network's own; empty: not embedded
    std::vector<std::vector<float>> points;  // one for each of Models::indexed()
    bool gone = false;                       // the file was away when its turn came (Points: or another one)
    bool isAsBefore = false;                 // the file is the one that the catalogue knew: stored rows are true
    std::optional<Error> fatal;              // the disk is full: the run ends
};

struct PipelineContext {
    catalogue::Catalogue *catalogue = nullptr;
    const image::ThumbnailCache *thumbnails = nullptr;
    const Models *models = nullptr; // null: thumbnails and metadata only
    const IndexOptions *options = nullptr;
};

// One photo, on one thread. Never throws: what a decoder throws becomes the photo's error.
Finished process(Work work, const std::filesystem::path &path, const PipelineContext &context);

// Waits while the run is paused or a query is running. Called between items.
void giveWay(const IndexOptions &options, const std::stop_token &stop);

// Blocks until all work is stored. The report counts every photo of `work` once.
Result<> runPipeline(std::vector<Work> work, const PipelineContext &context, IndexReport &report,
                     const std::stop_token &stop);

// "no space left on the disk mounted at /media/usb, which holds ...": names the disk and what was stored.
Error diskFull(const Error &error, std::int64_t stored, std::int64_t total);

} // namespace photolex::indexing
