// The files below a folder, as the disk has them: no catalogue yet.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/indexing/indexer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace photolex::indexing {

struct FoundFile {
    std::string relativePath; // bytes, below the root
    catalogue::FileStamp stamp;
    std::int64_t sidecarMtimeNs = 0; // of the XMP file beside it; 0: none
    bool nameTellsNothing = false;   // no extension: only its content can say whether it is a picture
};

struct Walk {
    bool rootIsThere = false;
    bool cancelled = false;              // then nothing may be concluded from what was not found
    std::vector<FoundFile> pictures;     // by their names
    std::int64_t skipped = 0;            // other regular files, and all files in folders that are skipped
    std::int64_t visible = 0;            // of those, files that are neither hidden nor junk
    std::vector<std::string> unreadable; // relative folders that could not be read: nothing is known about their photos
    std::vector<IndexProblem> problems;
};

using FolderKey = std::pair<std::uint64_t, std::uint64_t>; // device, inode
using FolderSet = std::set<FolderKey>;

struct WalkRequest {
    std::filesystem::path root;
    std::string below; // relative; empty: the whole root
    const ScanOptions *options = nullptr;
    // Roots of the library other than this one are not entered: their photos are theirs.
    FolderSet otherRoots;
    // Real paths of all roots. What a symbolic link finds inside them has been found there already.
    std::vector<std::string> realRoots;
    FolderSet *visited = nullptr;                     // folders already walked in this run
    std::function<void(std::int64_t files)> progress; // called now and then
};

// Each real folder is entered once, however many links lead to it. Symbolic links come last, so that a photo has the
// path of its real folder. Order: files of a folder by name, then its folders by name.
Walk walk(const WalkRequest &request, const std::stop_token &stop);

bool isExcluded(std::string_view name, const std::vector<std::string> &patterns);
catalogue::FileStamp stampOf(const struct stat &status);
bool liesIn(std::string_view path, std::string_view folder); // by components; a folder lies in itself

} // namespace photolex::indexing
