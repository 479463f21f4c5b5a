// The bytes of a row file, little-endian as the machines that it runs on.
//
//     head    "PLXROWS1", dimension, length of the hash, the hash, zeros up to a multiple of 8
//     block   "BLCK", rows, XXH3 of what follows, then rows × (photo id: 8 bytes), then rows × dimension × float16
//
// A block is written in one piece and synced; one that ends early was torn by a crash and was never reported done.
#pragma once

#include <cstdint>
#include <string_view>

namespace photolex::embedding {

constexpr std::string_view fileMagic = "PLXROWS1";
constexpr std::uint32_t blockMagic = 0x4B434C42; // "BLCK"
constexpr std::uint32_t longestHash = 256;
constexpr std::uint32_t largestDimension = 4096;
constexpr std::uint32_t mostRowsInBlock = 1U << 20;

struct FileHead {
    char magic[8];
    std::uint32_t dimension;
    std::uint32_t hashLength;
};

struct BlockHead {
    std::uint32_t magic;
    std::uint32_t rows;
    std::uint64_t checksum;
};

} // namespace photolex::embedding
