// What a query works on, and how it is kept up to date without making queries wait.
//
// 1. A snapshot holds the rows of one encoder, the background of their scores, and their mean.
// 2. When the catalogue has changed, a small row file is read again at once. A large one is read by a worker, at most
// once in a
//    while, and queries go on with the snapshot that is there: while photos are indexed, hits may be some seconds old.
#pragma once

#include "core/search/crowd_p.h"

#include <chrono>
#include <mutex>
#include <thread>

namespace photolex::search {

struct Names {
    std::shared_ptr<const embedding::Rows> points; // one row a word
    std::vector<std::string> words;
};

struct Snapshot {
    std::shared_ptr<const embedding::Rows> rows; // never null; empty when nothing is embedded yet
    Background background;                       // of words
    Background photoBackground;                  // of photos with each other
    std::vector<float> mean;                     // of the points of a sample of photos; not of length 1
    // Words spread over the vocabulary: what else a photo could be called. The same for every snapshot of an encoder.
    std::shared_ptr<const Names> names;
    // What is asked for in a word or two, and in whole sentences; null when nothing is embedded yet.
    std::shared_ptr<const Crowd> ofWords, ofSentences;
    std::uint64_t revision = 0;
};

// The end line of a query in words: `hits` best first, at least `hitsForLine` of them where there are so many. `crowd`:
// what lowered their scores; null: nothing did.
constexpr std::size_t hitsForLine = 40;
// `own`: the query's words, which are no other names.
float endLine(const Snapshot &snapshot, const Crowd *crowd, std::span<const Candidate> hits,
              std::span<const std::string> own);

class Snapshots {
public:
    Snapshots(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const joint::Encoder> encoder);
    ~Snapshots();
    Result<std::shared_ptr<const Snapshot>> current();

private:
    Result<std::shared_ptr<const Snapshot>> load(std::uint64_t revision) const;
    std::shared_ptr<const Names> names(std::span<const float> points) const;
    Result<std::shared_ptr<const embedding::Rows>> typical() const;

    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const joint::Encoder> m_encoder;
    std::filesystem::path m_file;
    std::mutex m_mutex;
    std::shared_ptr<const Snapshot> m_snapshot;
    mutable std::mutex m_namesMutex;
    mutable std::shared_ptr<const Names> m_names;
    mutable std::shared_ptr<const embedding::Rows> m_typical;
    bool m_isLoading = false;
    std::chrono::steady_clock::time_point m_nextLoad;
    std::jthread m_loader;
};

// The photos that pass a filter, kept from query to query.
//
// A list is true for one revision of the catalogue. In a library of some thousand photos it is read again whenever
// the revision has moved; in a larger one, while photos are indexed, at most a twentieth of the time goes into that,
// and a list may be some hundred milliseconds old, as the rows of the snapshot are.
class PassingPhotos {
public:
    explicit PassingPhotos(std::shared_ptr<catalogue::Catalogue> catalogue)
        : m_catalogue(std::move(catalogue))
    {
    }
    // In order of id. Thread-safe.
    using List = std::shared_ptr<const std::vector<PhotoId>>;
    Result<List> photos(const catalogue::PhotoFilter &filter);

private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        catalogue::PhotoFilter filter;
        List photos;
        std::uint64_t revision = 0;
        Clock::time_point goodUntil; // for later revisions
    };
    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::mutex m_mutex;
    std::vector<Entry> m_entries; // the newest last
};

} // namespace photolex::search
