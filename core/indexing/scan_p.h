// The disk compared with the catalogue: what is unchanged, changed, moved, new or missing, and what is to be done.
#pragma once

#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"
#include "core/indexing/indexer.h"
#include "core/indexing/walk_p.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::indexing {

// How the report counts a photo once its work is done; Counted: it was counted by the scan already.
enum class Counting : std::uint8_t { Counted, Added, Updated, Unchanged, Moved };

enum class Task : std::uint8_t {
    Embed,    // read, decode, thumbnail, network
    Restore,  // the file is back as it was: if its rows are still there, nothing is decoded
    Metadata, // only what the file and its sidecar say is read again
    Points,   // network alone, for another bundle: nothing of the photo changes
};

struct Work {
    catalogue::Photo photo;
    Counting counting = Counting::Counted;
    Task task = Task::Embed;
};

struct ScanOutcome {
    IndexReport report; // what needs no work is counted
    std::vector<Work> work;
    std::vector<PhotoId> settled; // Ready and Damaged, without work: their rows are checked once the models are open
    std::vector<PhotoId> changed; // rows of other encoders that were made from an older content
};

Result<ScanOutcome> scan(catalogue::Catalogue &catalogue, std::span<const std::filesystem::path> folders,
                         const IndexOptions &options, const std::stop_token &stop);

// XXH3 of the size and the first and last 64 KiB: enough to know a photo again that moved, cheap on a slow disk. It
// cannot see a change in the middle that keeps the size.
std::uint64_t partialHash(std::span<const std::byte> wholeFile);
Result<std::uint64_t> partialHashOfFile(const std::filesystem::path &path, std::int64_t sizeBytes);
std::uint64_t contentHash(std::span<const std::byte> wholeFile); // XXH3 of all; never 0

// Has the file at `path` still the content that the catalogue knows? Both have one size, and `now` is its stamp. Where
// inode and device alone differ (a drive mounted again), or the time by whole quarters of an hour (a change of zone on
// a FAT disk), both ends of the file are proof enough; else the whole file is read.
bool hasKnownContent(const catalogue::Photo &known, const catalogue::FileStamp &now, const std::filesystem::path &path);

// Photos of the catalogue whose file is not where it was, as places where a new file may come from.
class Vanished {
public:
    void add(catalogue::Photo photo);
    // The photo that this file was, if it is one: same device, inode, size and mtime; else the same partial hash.
    // Equal candidates: same file name first, then in order of path. It is taken out.
    std::optional<catalogue::Photo> take(const FoundFile &file, const std::filesystem::path &absolute);
    std::vector<catalogue::Photo> rest() &&;
    bool isEmpty() const { return m_left == 0; }

private:
    struct Candidate {
        catalogue::Photo photo;
        bool taken = false;
    };
    std::vector<Candidate> m_photos;
    std::size_t m_left = 0;
    std::multimap<std::int64_t, std::size_t> m_bySize; // size → index into m_photos
};

struct ScanTarget {
    catalogue::Root root;
    std::string below; // relative; empty: the whole root
};
// Roots are added where needed. One target never lies in another of the same root.
Result<std::vector<ScanTarget>> targetsOf(catalogue::Catalogue &catalogue,
                                          std::span<const std::filesystem::path> folders);

} // namespace photolex::indexing
