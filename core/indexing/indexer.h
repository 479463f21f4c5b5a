// A folder of photos into the library: scan → decode → thumbnail → network → joint map → store.
//
// 1. The scan walks each root, skips junk, compares with the catalogue: unchanged, changed, moved (same inode, or same
//    partial hash while the old path is gone), new, missing. New photos are in the catalogue (state Found) before any
//    is decoded, so that they can be browsed at once.
// 2. One worker per core reads, decodes at reduced scale, writes the thumbnail, runs the network and the joint map.
// 3. One storing thread appends rows, syncs them, then marks the photos Ready in one transaction: what the catalogue
// calls
//    Ready has its rows, whatever kills the process.
// Queues are bounded, every stage ends within one item of a stop request, and a photo that fails is recorded with its
// path and reason and stops nothing.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/image/network.h"
#include "core/image/thumbnail_cache.h"
#include "core/joint/encoder.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::indexing {

struct ScanOptions {
    std::vector<std::string> excludePatterns; // shell patterns on names; defaultExcludes() when empty
    bool recursive = true;
};
std::vector<std::string> defaultExcludes(); // ._*, .DS_Store, @eaDir, .thumbnails, .Trash-*, #recycle, ...

// What a person can do about a photo that failed or is damaged, as a stable English key: "retry-when-changed",
// "update-libheif", "check-permissions", "raise-limit", "convert", "free-space", "import-bundle", "report".
std::string remedyFor(const Error &error);

struct IndexProblem {
    std::string path; // bytes, absolute
    Error error;
    std::string remedy; // see remedyFor
};

struct IndexReport {
    std::int64_t added = 0, updated = 0, unchanged = 0, moved = 0, removed = 0, failed = 0, skipped = 0, damaged = 0;
    double seconds = 0;
    std::int64_t embedded = 0; // photos that went through the network in this run
    std::vector<IndexProblem> problems;
    bool offline = false; // a root was missing or suddenly empty: nothing of it was touched
    // The models did not open: photos were scanned and got thumbnails and metadata, none was embedded.
    std::optional<Error> modelsError;
};

struct IndexOptions {
    ScanOptions scan;
    int workers = 0;    // 0: threads::count()
    bool quiet = false; // nice, ionice, one worker
    // While watching, a file younger than settleTime is left for the next scan: it may be half written.
    bool watching = false;
    std::chrono::milliseconds settleTime{2000};
    bool retryFailed = false; // photos that failed are tried again though they have not changed
    int commitPhotos = 64;    // photos stored in one transaction, at most; one is made every half second too
    ProgressSink progress;    // stages "scan" and "index"
    // Called from the storing thread after each transaction: these photos have changed.
    std::function<void(std::span<const PhotoId>)> stored;
    std::function<void()> scanned; // the scan of all roots is in the catalogue
    // Set to pause between items; cleared to go on.
    const std::atomic<bool> *paused = nullptr;
    // Raised by interactive queries: workers let them pass first.
    const std::atomic<int> *interactive = nullptr;
};

struct Models {
    std::shared_ptr<const image::Network> network;
    std::shared_ptr<const joint::Encoder> encoder; // the default one
    std::string networkHash;
    // The other encoders that take the feature of a tail. Only the network's own feature is stored, and it cannot give
    // their points later: they are made while the photo is at hand. Each tail costs a fifth of the network; its
    // features are not kept, since photos that were indexed before the tail existed must be read again in any case.
    std::vector<std::shared_ptr<const joint::Encoder>> tailed = {};

    // Those whose points indexing stores: the default one, then the tailed ones.
    std::vector<std::shared_ptr<const joint::Encoder>> indexed() const;
    // What the network is asked for: "", its own feature, which is stored; then the tails of those encoders, each once.
    std::vector<std::string> tails() const;
};
// Opens the bundle's network, its default encoder and those with a tail (and the neural module).
Result<Models> openModels(const std::shared_ptr<const model::Bundle> &bundle);

class Indexer {
public:
    // `models` is asked once, after the scan, in a worker: the window can index before the module is open.
    Indexer(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const image::ThumbnailCache> thumbnails,
            std::function<Result<Models>()> models);

    // Adds the folders as roots where needed, scans them (empty: every root) and indexes. Blocks. A folder below a root
    // is scanned as a part of that root, and a root below a folder stays a root: a photo lies in one root only.
    // Photos whose file cannot be read are part of a good report. NotFound, Invalid: a folder that is none (a known
    // root may be missing: offline). DiskFull pauses nothing by itself: it returns with what was stored, and says which
    // disk. Cancelled keeps what was stored.
    Result<IndexReport> run(std::span<const std::filesystem::path> folders, const IndexOptions &options,
                            const std::stop_token &stop);

private:
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const image::ThumbnailCache> m_thumbnails;
    std::function<Result<Models>()> m_models;
};

// Gives photos of the catalogue the points of another bundle's encoders, where they lack them: those that are in the
// catalogue are read and decoded again, none is looked for. Nothing else of a photo changes: no thumbnail, no metadata,
// no state; one whose file is not what the catalogue knows is passed over, as the next scan sees to it. Blocks. The
// report counts `embedded`, `unchanged` (nothing was lacking), `skipped` and `failed` (with its problem). Cancelled,
// DiskFull: keep what was stored, and the next call goes on there. Of the options `scan` and `watching` are not used.
Result<IndexReport> embedPhotos(const std::shared_ptr<catalogue::Catalogue> &catalogue, const Models &models,
                                const IndexOptions &options, const std::stop_token &stop);

// Ready-made rows (core/joint/ready_rows.h) put to the photos of the catalogue that they are of.
struct ReadyRowsReport {
    std::int64_t filled = 0;                           // photos that got their row now
    std::int64_t byPath = 0, byEnding = 0, byName = 0; // how rows found their photo, see joint::matchPaths
    std::vector<std::string> unmatched, ambiguous;     // paths as they were given
};
// Invalid: the encoder has no ready-made rows.
Result<ReadyRowsReport> fillReadyRows(catalogue::Catalogue &catalogue, const joint::Encoder &encoder,
                                      const std::stop_token &stop);

// Fills the point rows of an encoder from the stored features, or from the points of the encoder that it was trained
// further from, for photos that have none: seconds, no decoding. Returns how many were added. NotFound: neither is
// stored, or the encoder takes the feature of a tail, so that only indexing can give it points. Of an encoder with
// ready-made rows: as fillReadyRows.
Result<std::int64_t> fillPoints(catalogue::Catalogue &catalogue, const joint::Encoder &encoder,
                                std::string_view networkHash, const std::stop_token &stop);

// Watches the roots (inotify, one watch a folder, a reserve left for others) and calls `changed` with the folders
// concerned once they have been still for the settle time. Falls back to a rescan every ten minutes where watches run
// out or the file system sends no events. `changed` is called from the watcher's own thread.
class Watcher {
public:
    // `watchLimit`: folders watched at most; 0: half of what the system allows one user.
    Watcher(std::vector<std::filesystem::path> roots, std::vector<std::string> excludePatterns,
            std::function<void(std::vector<std::filesystem::path>)> changed,
            std::chrono::milliseconds settleTime = std::chrono::milliseconds(2000), std::size_t watchLimit = 0);
    ~Watcher();
    // Why it fell back, with the remedy, in English; empty: it did not. Waits for the first walk of the folders, half
    // a second at most.
    std::string notice() const;
    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::indexing
