// How much room files take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

namespace photolex::ui {

// Bytes of the file, or of all files in the folder and below; what may not be read counts as nothing. Blocks.
std::int64_t bytesBelow(const std::filesystem::path &path, const std::stop_token &stop);

} // namespace photolex::ui
