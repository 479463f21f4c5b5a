// Groups of points that are closer to each other than to the rest: communities of the neighbour graph.
//
// 1. Neighbours are joined by UMAP's membership strengths.
// 2. Points move to the community whose joining raises modularity most (Louvain), in a fixed order; communities are
//    then taken as points, until nothing moves.
// 3. Communities of fewer than `smallest` points join the one they are most connected with, if any.
// 4. Numbers go by size, largest first.
//
// With previous labels, step 2 starts from them and moves a point only for a clear gain, so that photos which were
// added take their place in the clusters that are there, numbers included. No randomness, no threads.
#pragma once

#include "core/projection/neighbours.h"

#include <cstdint>

namespace photolex::projection {

struct ClusterOptions {
    double resolution = 1;                       // more: smaller clusters
    std::size_t smallest = 0;                    // 0: a two-hundredth of the points, between 4 and 60
    std::span<const std::int32_t> previous = {}; // one for each point, −1: new; empty: from scratch
};

struct Clusters {
    std::vector<std::int32_t> label; // one for each point, from 0
    std::int32_t count = 0;          // labels are below it; with previous labels some may have no points any more
};

// Fewer than 8 points are one cluster.
Clusters clusters(const Neighbours &neighbours, const ClusterOptions &options);

} // namespace photolex::projection
