// Two maps of the same photos, one for each of two encoders, laid over each other: what an encoder places elsewhere has
// moved. Blocks: for workers.
//
// Both pictures settle from one start, the mean of the two PCA pictures once the second is laid over the first, so that
// neither encoder is favoured. What is left of turn, size and side is then taken out of the second
// (projection/align.h).
#pragma once

#include "core/projection/projection.h"
#include "ui/compare/compare_run.h"

#include <atomic>
#include <cstdint>
#include <vector>

namespace photolex::ui {

struct PairedMaps {
    std::vector<PhotoId> photos;                     // that both encoders have a point of, in order of id
    std::vector<projection::Position> first, second; // map units: the first spans [−1, 1] on its longer side
    std::vector<float> moved;                        // of each photo, as a share of the longer side of the first map
    std::vector<std::uint32_t> farthest;             // indices, farthest first; at most mostListed
    std::vector<PhotoInfo> infos;                    // of those
    double median = 0;                               // of `moved`
    bool isSettled = false;                          // false: PCA pictures, to look at meanwhile
    static constexpr std::size_t mostListed = 200;
};

// Read by the window's thread while a worker settles.
struct MapsProgress {
    std::atomic<int> done = 0, total = 0; // epochs of both pictures
};

// `settle`: false gives the PCA pictures, in a tenth of a second for 10,000 photos. Fewer than two photos: empty lists.
// Errors as EncoderShelf::engine; Cancelled.
Result<PairedMaps> pairMaps(EncoderShelf &shelf, const std::string &first, const std::string &second, bool settle,
                            MapsProgress &progress, const std::stop_token &stop);

} // namespace photolex::ui
