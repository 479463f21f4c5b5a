// How far encoders agree about one query, from the orders in which they put the same photos.
//
// An order holds ids, best first, each once; it is as long as the encoder can tell, so that a photo that one encoder
// shows first has a known rank with the other, however far behind. A rank is 1 for the best and 0 for what an order
// does not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace photolex::eval {

using Order = std::span<const std::int64_t>;

// |A_k ∩ B_k| / k, where A_k holds the first k of A. With orders that are both shorter than k, k is the longer one's
// length. 0 when nothing is in them.
double overlap(Order a, Order b, std::size_t depth);

// Rank-biased overlap (Webber, Moffat, Zobel 2010, eq. 30), extrapolated from the first k:
//
//     RBO = p^k |A_k ∩ B_k| / k + (1 − p) / p · Σ_{d = 1..k} p^d |A_d ∩ B_d| / d
//
// In [0, 1]: 1 for equal beginnings, and the first places weigh most: with p = 0.9 the first ten hold 86 % of it. k is
// cut to the shorter order.
inline constexpr double persistence = 0.9;
double rankBiasedOverlap(Order a, Order b, std::size_t depth, double p = persistence);

struct Agreement {
    double overlap = 0;
    // Of the ranks of all that either has among its first k, in [−1, 1]. What one order does not hold shares the place
    // behind its end. Equal ranks are 1, be it of a single photo.
    double spearman = 0, kendall = 0; // ρ, τ_b
    double rankBiasedOverlap = 0;
};
Agreement agreement(Order a, Order b, std::size_t depth);
// All zero for none.
Agreement mean(std::span<const Agreement> agreements);

// A photo that one of two orders has among its first k, and where it stands in each.
struct Moved {
    std::int64_t item = 0;
    std::int64_t rankA = 0, rankB = 0;
    // |ln(rank_A / rank_B)|: from 1 to 100 is as far as from 10 to 1,000, and farther than from 900 to 1,000. What an
    // order does not hold stands behind its end.
    double distance = 0;
};
// Farthest first; equal ones in order of id.
std::vector<Moved> moved(Order a, Order b, std::size_t depth);

} // namespace photolex::eval
