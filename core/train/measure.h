// An encoder asked about captioned photos: the points of the photos, on cached features, and the ranks of what belongs
// together.
#pragma once

#include "core/joint/encoder.h"
#include "core/train/train.h"

#include <optional>

namespace photolex::train {

struct PointsOptions {
    std::filesystem::path featureCache; // folder, as for photoFeatures
    ProgressSink progress = {};
};
// n × encoder.dimension(), one row a photo. `bundle` is the one that the encoder was opened from. Corrupt and the like:
// the first photo that cannot be read. NotFound: the encoder's rows came ready-made, and none is of the first that is
// named.
Result<std::vector<float>> photoPoints(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                                       const joint::Encoder &encoder, const PointsOptions &options,
                                       const std::stop_token &stop);

struct CaptionRanks {
    eval::Ranks ranks;
    // With scores lowered by crowding, measured with the encoder's typical sentences (core/joint/crowding.h), where
    // that was asked for and there are some.
    std::optional<eval::Ranks> lowered;
    std::vector<std::int32_t> imageOfText; // of the captions that were read
    std::int64_t cut = 0;                  // captions that were too long to be read whole
    std::int64_t unreadable = 0;           // captions without a known word, left out
};
struct RankOptions {
    int folds = 1;
    bool lowered = false; // these ranks too
};
// `points`: one row for each photo of the set. Invalid: sizes that do not fit, a photo without a caption that can be
// read.
Result<CaptionRanks> captionRanks(const dataset::Dataset &set, std::span<const float> points,
                                  const joint::Encoder &encoder, const RankOptions &options = {});

} // namespace photolex::train
