// The film that a phone takes with a photo (Live Photo): IMG_1.MOV beside IMG_1.HEIC.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace photolex::image {

// The film that belongs to the photo; empty: none. It has the photo's folder and stem, lasts at most ten seconds, and
// was made in the same moment: numbers start again, so the name alone would join strangers. `takenAt` as in Metadata,
// local time; a film says the time of Greenwich, so they may differ by whole quarters of an hour.
std::filesystem::path motionBeside(const std::filesystem::path &photo, std::optional<std::int64_t> takenAt);

} // namespace photolex::image
