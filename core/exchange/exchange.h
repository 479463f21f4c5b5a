// Captions in and out of the library: sidecars, text files, tables, an HTML gallery, copies with the caption inside,
// and the points of an encoder as a NumPy array.
//
//     const auto photos = catalogue.photoIds({.folder = folder}, SortKey::Path, false);
//     auto report = exchange::writeSidecars(catalogue, *photos, {.kind = Sidecar::Xmp}, stop, progress);
//
// A photo's caption here is the user's text, else its file's. Originals are only read; every file is written to a
// temporary and renamed. One bad file is a problem in the report and stops nothing else. Nobody's text is lost: where
// two texts meet and neither is known to come from the other, both stay as they are and the report names a conflict.
// Paths are bytes. Cancelled: what was finished stays.
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/embedding/rows.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::exchange {

struct Conflict {
    std::string path; // of the photo
    std::string ours; // the library's text
    std::string theirs;
};

struct Problem {
    std::string path; // what could not be read or written
    Error error;
};

struct Report {
    std::int64_t written = 0;        // photos whose caption went out, or came in
    std::int64_t unchanged = 0;      // both sides said the same already
    std::int64_t withoutCaption = 0; // nothing to hand over
    std::vector<Conflict> conflicts;
    std::vector<Problem> problems;
    std::vector<std::string> unmatched; // came in, but the library knows no such photo
};

// What to do where texts differ: leave both and report, or take the newcomer. A replaced text stays in the history.
enum class Differing : std::uint8_t { Report, Replace };

// --- out ---

// Nothing can be written into it; true also where permissions say so but do not bind this user. A folder that is not
// there is none.
bool isReadOnlyFolder(const std::filesystem::path &folder);

enum class Sidecar : std::uint8_t {
    Xmp,  // photo.jpg.xmp with dc:description; begins as a copy of the sidecar that is there, in either naming
    Text, // photo.txt, the text and a line end
};

struct SidecarOptions {
    Sidecar kind = Sidecar::Xmp;
    std::filesystem::path place; // empty: beside each photo; else below this folder
    std::filesystem::path from;  // photos keep their path relative to this folder; empty: to their root
    Differing differing = Differing::Report;
};

// Before anything is written, Denied: every folder to write to is read-only, NotFound: the photos' folders are away;
// where that is so of some only, each of their photos is a problem.
// A sidecar whose text the library does not know is a conflict; one that the user has seen and edited is replaced.
Result<Report> writeSidecars(catalogue::Catalogue &catalogue, std::span<const PhotoId> photos,
                             const SidecarOptions &options, const std::stop_token &stop, const ProgressSink &progress);

enum class Table : std::uint8_t {
    Csv, // RFC 4180, columns path,caption, both verbatim
    Json // {"photos": [{path, caption, origin, field, changed_at}]}
};
// One file. Invalid: it is a photo of the library. Denied: read-only.
Result<Report> writeTable(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos, Table table,
                          const std::filesystem::path &file, const std::stop_token &stop, const ProgressSink &progress);

// index.html, further pages and thumbnails in `folder`, with what a model wrote and its structure below the caption;
// relative links only, so that it may be carried away.
Result<Report> writeGallery(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos,
                            const std::filesystem::path &folder, const std::stop_token &stop,
                            const ProgressSink &progress);

enum class Transfer : std::uint8_t {
    CopyWithCaptions, // XMP, IPTC and EXIF hold the caption; formats that cannot get a sidecar
    Copy,             // byte for byte
    Link,             // symbolic links
};
// The photos in one folder; a name that is taken gets a number. Nothing there is replaced.
Result<Report> writePhotos(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos,
                           const std::filesystem::path &folder, Transfer transfer, const std::stop_token &stop,
                           const ProgressSink &progress);

// rows.npy (n × dimension float32, row-major) and rows.csv (path of each row, same order) in `folder`.
Result<Report> writeRows(const catalogue::Catalogue &catalogue, const embedding::Rows &rows,
                         const std::filesystem::path &folder, const std::stop_token &stop);

// --- in ---

// What comes in becomes the user's text. Empty texts are passed over. Photos are found by absolute path, else relative
// to the file's folder or a root, else by the longest end of the path that only one photo has.
// CSV: the first line names its columns; path (or image, file, filename) and caption (or description, text) are used.
// Corrupt: a quote that is not closed. Invalid: no such columns.
Result<Report> readCsv(catalogue::Catalogue &catalogue, const std::filesystem::path &file, Differing differing,
                       const std::stop_token &stop, const ProgressSink &progress);

// All files of a kind below a folder.
enum class FolderOf : std::uint8_t {
    Xmp,     // photo.jpg.xmp or photo.xmp
    Text,    // photo.jpg.txt or photo.txt
    Takeout, // photo.jpg.json or photo.jpg.supplemental-metadata.json, as Google Takeout cuts and numbers them
};
Result<Report> readFolder(catalogue::Catalogue &catalogue, const std::filesystem::path &folder, FolderOf kind,
                          Differing differing, const std::stop_token &stop, const ProgressSink &progress);

} // namespace photolex::exchange
