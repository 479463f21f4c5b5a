// What a query works on, and how it is kept up to date without making queries wait.
//
// 1. A snapshot holds the rows of one encoder, the background of their scores, and their mean.
// 2. When the catalogue has changed, a small row file is read again at once. A large one is read by a worker, at most
// once in a
//    while, and queries go on with the snapshot that is there: while photos are indexed, hits may be some seconds old.
#pragma once

#include "core/search/search.h"

#include <chrono>
#include <mutex>
#include <thread>

namespace photolex::search {

struct Snapshot {
    std::shared_ptr<const embedding::Rows> rows; // never null; empty when nothing is embedded yet
    Background background;                       // of words
    Background photoBackground;                  // of photos with each other
    std::vector<float> mean;                     // of the points of a sample of photos; not of length 1
    std::uint64_t revision = 0;
};

class Snapshots {
public:
    Snapshots(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const joint::Encoder> encoder);
    ~Snapshots();
    Result<std::shared_ptr<const Snapshot>> current();

private:
    Result<std::shared_ptr<const Snapshot>> load(std::uint64_t revision) const;

    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const joint::Encoder> m_encoder;
    std::filesystem::path m_file;
    std::mutex m_mutex;
    std::shared_ptr<const Snapshot> m_snapshot;
    bool m_isLoading = false;
    std::chrono::steady_clock::time_point m_nextLoad;
    std::jthread m_loader;
};

} // namespace photolex::search
