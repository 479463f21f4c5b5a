// A picture that is kept: what the map looked like, so that it looks the same the next time.
#pragma once

#include "core/projection/projection.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace photolex::projection {

struct Picture {
    Method method = Method::Pca;
    std::string space;                  // hash of the encoder whose points are shown
    std::vector<std::int64_t> ids;      // of photos
    std::vector<Position> positions;    // one for each id, in map units
    std::vector<std::int32_t> clusters; // one for each id
    // Smaller ones, whose words stand on the map; one for each id, or none where nobody looked for them.
    std::vector<std::int32_t> parts;
};

// Written atomically; makes the folder. Invalid: lists of different lengths, an id outside 0 to 2^48, or a position
// that is not finite.
Result<> savePicture(const std::filesystem::path &file, const Picture &picture);
// NotFound; Corrupt: lists of different lengths, a position that is not finite, a cluster below 0 or above the count.
Result<Picture> loadPicture(const std::filesystem::path &file);

} // namespace photolex::projection
