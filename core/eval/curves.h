// Ranks as curves and bars, with bands by the bootstrap.
#pragma once

#include "core/eval/retrieval.h"

#include <cstdint>
#include <span>
#include <vector>

namespace photolex::eval {

// Ranks in groups: a group that is drawn brings all its ranks (of a photo, its captions').
using RankGroups = std::span<const std::vector<std::int64_t>>;

// Each photo's rank alone, and each photo with the ranks of its sentences.
struct RankGroupsBothWays {
    std::vector<std::vector<std::int64_t>> imageToText, textToImage;
};
RankGroupsBothWays groups(const Ranks &ranks, std::span<const std::int32_t> imageOfText);

struct CurvePoint {
    std::int64_t k = 0;
    double recall = 0; // percent of ranks of at most k
    Interval interval;
};
// 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, ... up to `most`, which ends it.
std::vector<std::int64_t> curveSteps(std::int64_t most);
// One point a step. All zero without ranks; no interval (both ends are the recall) without draws.
std::vector<CurvePoint> recallCurve(RankGroups groups, std::span<const std::int64_t> steps,
                                    const BootstrapOptions &options = {});

struct RankBin {
    std::int64_t first = 1, last = 1; // ranks of the bin
    double share = 0;                 // percent of all ranks
    Interval interval;
};
// Bins that double: 1, 2–3, 4–7, 8–15, ... until `most` is held.
std::vector<RankBin> rankHistogram(RankGroups groups, std::int64_t most, const BootstrapOptions &options = {});

} // namespace photolex::eval
