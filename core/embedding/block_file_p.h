// The row file as bytes.
//
//   head   "PHLXROWS", version u32, dimension u32, length of the hash u32, zero u32, the hash padded with zeros to 8
//          bytes, XXH3 of all that
//   block  "ROWS", row count u32, XXH3 of count, ids and values; then count × id i64, count × dimension × float16
//
// Little-endian. Only the last block can be torn: each is synced before the next one begins.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace photolex::embedding {

constexpr int maximumDimension = 65'536;
constexpr std::size_t maximumHash = 256;      // bytes
constexpr std::uint32_t maximumRows = 16'384; // of one block
constexpr std::size_t blockHeadBytes = 16;

// The calls that change a file, so that a test can let the n-th one fail. As the system's: −1 and errno on failure.
class FileCalls {
public:
    virtual ~FileCalls() = default;
    virtual std::ptrdiff_t write(int descriptor, std::span<const std::byte> bytes, std::int64_t offset);
    virtual int sync(int descriptor);
    virtual int truncate(int descriptor, std::int64_t size);
    virtual int rename(const char *from, const char *to);
};
FileCalls &fileCalls();
void setFileCalls(FileCalls *calls); // null: the system's; not while a writer is at work

class Descriptor {
public:
    explicit Descriptor(int value = -1)
        : m_value(value)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_value(std::exchange(other.m_value, -1))
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_value, other.m_value);
        return *this;
    }
    ~Descriptor();
    int get() const { return m_value; }

private:
    int m_value;
};

struct Head {
    int dimension = 0;
    std::string hash;
    std::int64_t end = 0; // where the blocks begin
};
std::vector<std::byte> headBytes(int dimension, std::string_view hash);
// Corrupt, Unsupported (newer version).
Result<Head> readHead(int descriptor, const std::filesystem::path &file);

std::vector<std::byte> blockBytes(std::span<const std::int64_t> ids, std::span<const std::uint16_t> values);

struct Walk {
    std::int64_t goodEnd = 0; // after the last good block that follows only good ones
    std::int64_t size = 0;    // of the file; more than goodEnd: a torn tail, or damage
    std::int64_t damaged = 0; // places inside the file where no good block was found, though one follows
    std::string firstDamage;  // "block at byte 1234: checksum ..., expected ..."
};
// Calls `block` for every good block, in order; damaged places are stepped over.
Result<Walk>
walkBlocks(int descriptor, const Head &head, const std::filesystem::path &file,
           const std::function<void(std::span<const std::int64_t> ids, std::span<const std::uint16_t> values)> &block);

Result<> writeWhole(int descriptor, std::span<const std::byte> bytes, std::int64_t offset,
                    const std::filesystem::path &file);
Result<> syncFolderOf(const std::filesystem::path &file);

} // namespace photolex::embedding
