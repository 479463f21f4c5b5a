// Rank correlations, spreads over seeds, and intervals by the bootstrap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace photolex::eval {

// Spearman's ρ: Pearson's correlation of ranks, equal values sharing the mean of theirs. 0 when one side is constant.
// Both sides are of one length.
double spearman(std::span<const double> a, std::span<const double> b);

// Kendall's τ. With C concordant and D discordant pairs among n items:
//     τ_b = (C − D) / √((P − T_a)(P − T_b))   P = n (n − 1) / 2, T: pairs that are equal on one side
//     τ_c = 2 m (C − D) / (n² (m − 1))        m: the smaller number of different values on either side
// τ_c is what papers report for scores without ties against ratings of four steps. 0 when one side is constant. Takes
// time n².
struct Kendall {
    double tauB = 0, tauC = 0;
};
Kendall kendall(std::span<const double> a, std::span<const double> b);

struct Spread {
    double mean = 0, deviation = 0; // sample standard deviation; 0 for a single value
};
Spread spread(std::span<const double> values);

struct Interval {
    double low = 0, high = 0;
};

// Efron's percentile bootstrap: `count` items are drawn with replacement, `draws` times, and the interval holds the
// middle `confidence` of what the statistic then was (linear between neighbours in the sorted values).
struct BootstrapOptions {
    int draws = 1000;
    double confidence = 0.95; // in (0, 1)
    std::uint64_t seed = 1;
};
// `statistics` gets the indices of one draw and gives several numbers, as many each time; one interval each comes back.
// None for no items or no draws.
std::vector<Interval> bootstrap(std::size_t count,
                                const std::function<std::vector<double>(std::span<const std::size_t>)> &statistics,
                                const BootstrapOptions &options = {});
// Of Spearman's ρ, over pairs of values. None without pairs or draws.
std::optional<Interval> bootstrapSpearman(std::span<const double> a, std::span<const double> b,
                                          const BootstrapOptions &options = {});

} // namespace photolex::eval
