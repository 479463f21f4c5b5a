#include "core/embedding/block_file_p.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace photolex::embedding {

static_assert(std::endian::native == std::endian::little, "row files are little-endian and are read as they lie");

namespace {

constexpr std::array<char, 8> magic{'P', 'H', 'L', 'X', 'R', 'O', 'W', 'S'};
constexpr std::array<char, 4> blockMagic{'R', 'O', 'W', 'S'};
constexpr std::uint32_t version = 1;
constexpr std::size_t fixedHead = 24;

FileCalls systemCalls;
FileCalls *current = &systemCalls;

template <class T>
void put(std::vector<std::byte> &bytes, const T &value)
{
    const auto *begin = reinterpret_cast<const std::byte *>(&value);
    bytes.insert(bytes.end(), begin, begin + sizeof value);
}

template <class T>
T get(std::span<const std::byte> bytes, std::size_t offset)
{
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

// As many bytes as there are, up to the size asked for. −1: errno.
std::ptrdiff_t readAt(int descriptor, std::span<std::byte> bytes, std::int64_t offset)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count =
            pread(descriptor, bytes.data() + done, bytes.size() - done, offset + static_cast<std::int64_t>(done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return static_cast<std::ptrdiff_t>(done);
}

std::uint64_t checksum(std::uint32_t count, std::span<const std::byte> payload)
{
    // The count is mixed in, so that a block does not pass for one of another length.
    return xxh3(payload) ^ (std::uint64_t{count} * 0x9e3779b97f4a7c15ULL);
}

std::size_t rowBytes(int dimension)
{
    return sizeof(std::int64_t) + static_cast<std::size_t>(dimension) * sizeof(std::uint16_t);
}

} // namespace

std::ptrdiff_t FileCalls::write(int descriptor, std::span<const std::byte> bytes, std::int64_t offset)
{
    return pwrite(descriptor, bytes.data(), bytes.size(), offset);
}

int FileCalls::sync(int descriptor)
{
    return fsync(descriptor);
}

int FileCalls::truncate(int descriptor, std::int64_t size)
{
    return ftruncate(descriptor, size);
}

int FileCalls::rename(const char *from, const char *to)
{
    return std::rename(from, to);
}

FileCalls &fileCalls()
{
    return *current;
}

void setFileCalls(FileCalls *calls)
{
    current = calls ? calls : &systemCalls;
}

Descriptor::~Descriptor()
{
    if (m_value >= 0)
        close(m_value);
}

std::vector<std::byte> headBytes(int dimension, std::string_view hash)
{
    std::vector<std::byte> bytes;
    put(bytes, magic);
    put(bytes, version);
    put(bytes, static_cast<std::uint32_t>(dimension));
    put(bytes, static_cast<std::uint32_t>(hash.size()));
    put(bytes, std::uint32_t{0});
    for (const char character : hash)
        bytes.push_back(static_cast<std::byte>(character));
    bytes.resize((bytes.size() + 7) / 8 * 8);
    put(bytes, xxh3(bytes));
    return bytes;
}

Result<Head> readHead(int descriptor, const std::filesystem::path &file)
{
    const auto damaged = [&](std::string detail) { return fail(Errc::Corrupt, displayText(file), std::move(detail)); };
    std::array<std::byte, fixedHead + maximumHash + 8> buffer{};
    const auto count = readAt(descriptor, buffer, 0);
    if (count < 0)
        return fail(systemError(errno, displayText(file)));
    const std::span<const std::byte> bytes(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() < fixedHead || get<std::array<char, 8>>(bytes, 0) != magic)
        return damaged("this is not a file of rows");
    if (const auto found = get<std::uint32_t>(bytes, 8); found > version)
        return fail(Errc::Unsupported, displayText(file),
                    fmt::format("rows of version {}, this program knows up to {}", found, version));
    const auto dimension = get<std::uint32_t>(bytes, 12);
    const auto length = get<std::uint32_t>(bytes, 16);
    if (dimension == 0 || dimension > maximumDimension || length > maximumHash)
        return damaged("the head holds impossible sizes");
    const auto end = (fixedHead + length + 7) / 8 * 8;
    if (bytes.size() < end + 8 || get<std::uint64_t>(bytes, end) != xxh3(bytes.first(end)))
        return damaged("the head does not match its checksum");
    Head head{.dimension = static_cast<int>(dimension), .hash = {}, .end = static_cast<std::int64_t>(end) + 8};
    head.hash.assign(reinterpret_cast<const char *>(bytes.data()) + fixedHead, length);
    return head;
}

std::vector<std::byte> blockBytes(std::span<const std::int64_t> ids, std::span<const std::uint16_t> values)
{
    std::vector<std::byte> bytes(blockHeadBytes + ids.size_bytes() + values.size_bytes());
    const auto count = static_cast<std::uint32_t>(ids.size());
    std::memcpy(bytes.data(), blockMagic.data(), 4);
    std::memcpy(bytes.data() + 4, &count, 4);
    const auto payload = std::span(bytes).subspan(blockHeadBytes);
    std::memcpy(payload.data(), ids.data(), ids.size_bytes());
    std::memcpy(payload.data() + ids.size_bytes(), values.data(), values.size_bytes());
    const auto sum = checksum(count, payload);
    std::memcpy(bytes.data() + 8, &sum, 8);
    return bytes;
}

namespace {

// Reads blocks one after the other; buffers are kept between blocks.
class BlockReader {
public:
    BlockReader(int descriptor, int dimension, std::int64_t size)
        : m_descriptor(descriptor)
        , m_dimension(static_cast<std::size_t>(dimension))
        , m_rowBytes(rowBytes(dimension))
        , m_size(size)
    {
    }

    // The bytes of a good block at `offset`; 0: none there, and `fault` says why. −1: errno.
    std::int64_t read(std::int64_t offset)
    {
        std::array<std::byte, blockHeadBytes> head{};
        const auto got = readAt(m_descriptor, head, offset);
        if (got < 0)
            return -1;
        const std::span<const std::byte> bytes(head);
        const auto count = get<std::uint32_t>(bytes, 4);
        if (got < static_cast<std::ptrdiff_t>(blockHeadBytes) || get<std::array<char, 4>>(bytes, 0) != blockMagic ||
            count == 0 || count > maximumRows) {
            m_fault = fmt::format("byte {}: no block begins here", offset);
            return 0;
        }
        const auto length = count * m_rowBytes;
        if (static_cast<std::int64_t>(blockHeadBytes + length) > m_size - offset) {
            m_fault = fmt::format("byte {}: the block ends early", offset);
            return 0;
        }
        m_payload.resize(length);
        const auto read = readAt(m_descriptor, m_payload, offset + static_cast<std::int64_t>(blockHeadBytes));
        if (read < 0)
            return -1;
        const auto expected = get<std::uint64_t>(bytes, 8);
        const auto sum = checksum(count, m_payload);
        if (static_cast<std::size_t>(read) != length || sum != expected) {
            m_fault = fmt::format("byte {}: checksum {:016x}, expected {:016x}", offset, sum, expected);
            return 0;
        }
        m_ids.resize(count);
        m_values.resize(count * m_dimension);
        std::memcpy(m_ids.data(), m_payload.data(), count * sizeof(std::int64_t));
        std::memcpy(m_values.data(), m_payload.data() + count * sizeof(std::int64_t), m_values.size() * 2);
        return static_cast<std::int64_t>(blockHeadBytes + length);
    }

    // The next offset after `from` where a good block begins; −1: none. It decides between a torn tail and damage.
    std::int64_t find(std::int64_t from)
    {
        constexpr std::size_t window = 1 << 20;
        constexpr int attemptLimit = 10'000; // a file made to hold nothing but beginnings of blocks ends here
        int attempts = 0;
        std::vector<std::byte> bytes(window);
        for (std::int64_t at = from; at < m_size; at += static_cast<std::int64_t>(window - 3)) {
            const auto got = readAt(m_descriptor, bytes, at);
            if (got < 4)
                return -1;
            const auto *begin = reinterpret_cast<const char *>(bytes.data());
            const auto *end = begin + got;
            for (auto hit = std::search(begin, end, blockMagic.begin(), blockMagic.end()); hit != end;
                 hit = std::search(hit + 1, end, blockMagic.begin(), blockMagic.end())) {
                if (++attempts > attemptLimit)
                    return -1;
                if (read(at + (hit - begin)) > 0)
                    return at + (hit - begin);
            }
        }
        return -1;
    }

    const std::string &fault() const { return m_fault; }
    std::span<const std::int64_t> ids() const { return m_ids; }
    std::span<const std::uint16_t> values() const { return m_values; }

private:
    int m_descriptor;
    std::size_t m_dimension, m_rowBytes;
    std::int64_t m_size;
    std::vector<std::byte> m_payload;
    std::vector<std::int64_t> m_ids;
    std::vector<std::uint16_t> m_values;
    std::string m_fault;
};

} // namespace

Result<Walk>
walkBlocks(int descriptor, const Head &head, const std::filesystem::path &file,
           const std::function<void(std::span<const std::int64_t> ids, std::span<const std::uint16_t> values)> &block)
{
    struct stat about = {};
    if (fstat(descriptor, &about) != 0)
        return fail(systemError(errno, displayText(file)));
    Walk walk{.goodEnd = head.end, .size = about.st_size, .damaged = 0, .firstDamage = {}};
    // Read, not mapped: a map would end the process when another one cuts off a torn block behind its back.
    BlockReader reader(descriptor, head.dimension, walk.size);
    for (std::int64_t at = head.end; at < walk.size;) {
        const auto length = reader.read(at);
        if (length < 0)
            return fail(systemError(errno, displayText(file)));
        if (length > 0) {
            block(reader.ids(), reader.values());
            at += length;
            if (walk.damaged == 0)
                walk.goodEnd = at;
            continue;
        }
        const auto fault = reader.fault();
        const auto next = reader.find(at + 1);
        if (next < 0)
            break; // nothing good follows: the tail was torn
        if (walk.damaged++ == 0)
            walk.firstDamage = fault;
        at = next;
    }
    return walk;
}

Result<> writeWhole(int descriptor, std::span<const std::byte> bytes, std::int64_t offset,
                    const std::filesystem::path &file)
{
    while (!bytes.empty()) {
        const auto count = fileCalls().write(descriptor, bytes, offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return fail(systemError(count < 0 ? errno : ENOSPC, displayText(file)));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += count;
    }
    return {};
}

Result<> syncFolderOf(const std::filesystem::path &file)
{
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.get() < 0 || fileCalls().sync(descriptor.get()) != 0)
        return fail(systemError(errno, displayText(folder)));
    return {};
}

} // namespace photolex::embedding
