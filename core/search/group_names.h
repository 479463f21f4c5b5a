// Names for groups of photos: the words that lie near a group's photos and farther from the other groups'.
#pragma once

#include "core/joint/encoder.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace photolex::search {

// `points`: n × dimension of the encoder; `group`: one number below `count` for each point. For each group, its `words`
// best words, best first; a group without points has none. A word's worth for a group is its mean score with the
// group's photos, less half of its mean over all groups and half of its best with another group: what is near to every
// photo names none, and of two groups of dogs neither is called only "dog". Stop words, single letters, the rare end of
// the vocabulary, and forms of a better word (dogs beside dog) are left out.
// Invalid: sizes that do not fit, or a group's number that is out of range.
Result<std::vector<std::vector<std::string>>> groupNames(const joint::Encoder &encoder, std::span<const float> points,
                                                         std::span<const std::int32_t> group, std::int32_t count,
                                                         std::size_t words);

} // namespace photolex::search
