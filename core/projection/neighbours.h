// The nearest neighbours of every point by Euclidean distance: what UMAP, t-SNE, clusters and new photos start from.
//
// 1. Points of more than 96 dimensions are turned to their 64 principal axes, where most of their distances live.
// 2. Up to `scanLimit` points, every pair is compared there, blocked for the cache; above, hnswlib's graph is walked,
//    which is built by one thread, because its shape depends on the order of insertion.
// 3. The best 3 · count + 8 candidates are measured again in all dimensions, and the best `count` kept.
//
// Below 4,000 points step 1 is left out: the result is exact. Above, of the 15 true neighbours of 8,000 photos
// (Flickr8k, 512 dimensions) 0.995 are found by comparing pairs and 0.993 by the graph, in 0.4 and 0.9 s of processor
// time; an exact comparison takes 1.0 s. Where all directions are equally wide, as in noise, many more are missed.
#pragma once

#include "core/projection/points.h"

#include <cstdint>
#include <stop_token>

namespace photolex::projection {

struct Neighbours {
    std::size_t count = 0;            // of each point; fewer than asked when there are fewer points
    std::vector<std::uint32_t> index; // n × count, nearest first, never the point itself; ties in order of index
    std::vector<float> distance;      // n × count
    std::size_t size() const { return count ? index.size() / count : 0; }
};

struct NeighbourOptions {
    std::size_t count = 15;
    std::size_t exactLimit = 4'000; // up to here in all dimensions
    std::size_t scanLimit = 80'000; // up to here every pair, above a graph; estimated from their costs at 8,000
    int threads = 0;                // 0: threads::count(). The result does not depend on it.
};

// The first `count` of each: what a search for so few would have found. All, when there are no more.
Neighbours nearestOf(const Neighbours &neighbours, std::size_t count);

// Invalid: see check(). Cancelled.
Result<Neighbours> nearestNeighbours(Points points, const NeighbourOptions &options, const std::stop_token &stop);

// The neighbours of other points (`asked`, m × the same dimension) among `points`; nothing is left out, so a point that
// is among them is its own nearest. Always exact.
Result<Neighbours> nearestAmong(Points points, Points asked, std::size_t count, int threads,
                                const std::stop_token &stop);

} // namespace photolex::projection
