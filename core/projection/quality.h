// How much of the neighbourhoods a picture keeps. Both in [0, 1]; larger is better.
#pragma once

#include "core/projection/points.h"

#include <cstdint>
#include <stop_token>

namespace photolex::projection {

struct Quality {
    // Venna and Kaski: 1 − 2 / (n k (2n − 3k − 1)) Σ_i Σ_{j ∈ U_k(i)} (r(i, j) − k), where U_k(i) are the k nearest in
    // the picture that are not among the k nearest in truth, and r(i, j) is the true rank.
    double trustworthiness = 0;
    double neighbourRecall = 0; // the mean share of the k true neighbours that are among the k nearest in the picture
};

// Over `sample` points, taken evenly (all when there are fewer); ranks are among all points. Invalid: fewer than
// 2 k + 2 points, or another number of positions than of points.
Result<Quality> quality(Points points, std::span<const Position> positions, std::size_t k, std::size_t sample = 1000,
                        int threads = 0, const std::stop_token &stop = {});

} // namespace photolex::projection
