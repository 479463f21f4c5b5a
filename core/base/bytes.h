// Paths are bytes. What people and --json see is UTF-8 with every invalid byte escaped as \xNN.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex {

// Valid UTF-8 stays as it is; each byte that belongs to no valid sequence becomes the four characters \xNN.
std::string displayText(std::string_view bytes);
inline std::string displayText(const std::string &bytes)
{
    return displayText(std::string_view(bytes));
}
inline std::string displayText(const char *bytes)
{
    return displayText(std::string_view(bytes));
}
inline std::string displayText(const std::filesystem::path &path)
{
    return displayText(std::string_view(path.native()));
}

bool isValidUtf8(std::string_view bytes);

// The whole file. TooLarge: longer than `limitBytes`. NotFound, Denied: as the system says.
Result<std::vector<std::byte>> readFile(const std::filesystem::path &path,
                                        std::size_t limitBytes = std::size_t{1} << 31);
Result<std::string> readTextFile(const std::filesystem::path &path, std::size_t limitBytes = std::size_t{1} << 28);

// Writes to a temporary in the same folder, syncs, then renames: a reader sees the old bytes or the new ones.
Result<> writeFileAtomically(const std::filesystem::path &path, std::span<const std::byte> bytes);
Result<> writeFileAtomically(const std::filesystem::path &path, std::string_view text);

} // namespace photolex
