// UMAP's graph: how strongly two points are each other's neighbours, in [0, 1].
#pragma once

#include "core/projection/neighbours.h"

#include <cstdint>

namespace photolex::projection {

// Compressed rows; `target` ascends within a row.
struct Graph {
    std::vector<std::uint32_t> first; // n + 1
    std::vector<std::uint32_t> target;
    std::vector<float> weight;
    std::size_t size() const { return first.empty() ? 0 : first.size() - 1; }
};

// n × neighbours.count: exp(−max(0, d_ij − ρ_i) / σ_i), where ρ_i is the distance of the nearest neighbour that is no
// copy, and σ_i is such that a row's strengths add up to log2 of their count.
std::vector<float> memberships(const Neighbours &neighbours);

// Symmetric: a + b − a b of both directions' strengths.
Graph fuzzyGraph(const Neighbours &neighbours);
// Symmetric: a + b. `strength`: n × neighbours.count.
Graph symmetricSum(const Neighbours &neighbours, std::span<const float> strength);
// Not symmetric: each row only names its own neighbours. Any number of rows may name the same n points.
Graph directedGraph(const Neighbours &neighbours, std::span<const float> strength);

} // namespace photolex::projection
