// Checksums: SHA-256 where somebody might lie (bundles), XXH3 where only chance is the enemy (rows, photos).
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace photolex {

std::string sha256Hex(std::span<const std::byte> bytes); // 64 lower-case digits
Result<std::string> sha256HexOfFile(const std::filesystem::path &path);
std::string md5Hex(std::span<const std::byte> bytes); // only for names that the freedesktop specification prescribes

std::uint64_t xxh3(std::span<const std::byte> bytes);
Result<std::uint64_t> xxh3OfFile(const std::filesystem::path &path);

} // namespace photolex
