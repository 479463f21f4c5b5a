#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/indexing/scan_p.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace photolex::indexing {

namespace {

constexpr std::size_t kEnd = 64 * 1024; // bytes at each end that are hashed

std::uint64_t hashOf(std::uint64_t size, std::span<const std::byte> head, std::span<const std::byte> tail)
{
    std::vector<std::byte> bytes(sizeof size + head.size() + tail.size());
    for (std::size_t i = 0; i < sizeof size; ++i) // little-endian everywhere: a library may travel
        bytes[i] = static_cast<std::byte>(size >> (8 * i));
    std::copy(head.begin(), head.end(), bytes.begin() + sizeof size);
    std::copy(tail.begin(), tail.end(), bytes.begin() + sizeof size + static_cast<std::ptrdiff_t>(head.size()));
    const auto hash = xxh3(bytes);
    return hash != 0 ? hash : 1; // 0 stands for "not known"
}

// Bytes [at, at + count) of the file; fewer where it ends earlier.
Result<std::vector<std::byte>> readAt(int file, std::uint64_t at, std::size_t count, const std::filesystem::path &path)
{
    std::vector<std::byte> bytes(count);
    std::size_t done = 0;
    while (done < count) {
        const auto got = ::pread(file, bytes.data() + done, count - done, static_cast<off_t>(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(systemError(errno, displayText(path)));
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

std::string_view nameOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

} // namespace

std::uint64_t partialHash(std::span<const std::byte> wholeFile)
{
    const auto size = wholeFile.size();
    if (size <= 2 * kEnd)
        return hashOf(size, wholeFile, {});
    return hashOf(size, wholeFile.first(kEnd), wholeFile.last(kEnd));
}

Result<std::uint64_t> partialHashOfFile(const std::filesystem::path &path, std::int64_t sizeBytes)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(systemError(errno, displayText(path)));
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(sizeBytes, 0));
    const bool small = size <= 2 * kEnd;
    auto head = readAt(file, 0, small ? static_cast<std::size_t>(size) : kEnd, path);
    auto tail = small || !head ? Result<std::vector<std::byte>>(std::vector<std::byte>())
                               : readAt(file, size - kEnd, kEnd, path);
    ::close(file);
    if (!head)
        return fail(head.error());
    if (!tail)
        return fail(tail.error());
    return hashOf(size, *head, *tail);
}

std::uint64_t contentHash(std::span<const std::byte> wholeFile)
{
    const auto hash = xxh3(wholeFile);
    return hash != 0 ? hash : 1;
}

bool hasKnownContent(const catalogue::Photo &known, const catalogue::FileStamp &now, const std::filesystem::path &path)
{
    if (known.partialHash == 0)
        return false;
    const auto partial = partialHashOfFile(path, now.size);
    if (!partial || *partial != known.partialHash)
        return false;
    constexpr std::int64_t quarterHour = 900'000'000'000; // nanoseconds
    const bool zoneMoved = now.mtimeNs != known.stamp.mtimeNs && (now.mtimeNs - known.stamp.mtimeNs) % quarterHour == 0;
    const bool sameTimes = now.mtimeNs == known.stamp.mtimeNs && now.ctimeNs == known.stamp.ctimeNs;
    if (now.size <= static_cast<std::int64_t>(2 * kEnd) || zoneMoved || sameTimes || known.contentHash == 0)
        return true;
    const auto bytes = readFile(path);
    return bytes && contentHash(*bytes) == known.contentHash;
}

void Vanished::add(catalogue::Photo photo)
{
    m_bySize.emplace(photo.stamp.size, m_photos.size());
    m_photos.push_back({.photo = std::move(photo)});
    ++m_left;
}

std::optional<catalogue::Photo> Vanished::take(const FoundFile &file, const std::filesystem::path &absolute)
{
    const auto [begin, end] = m_bySize.equal_range(file.stamp.size);
    std::vector<std::size_t> sameInode, hashed;
    for (auto at = begin; at != end; ++at) {
        const auto &[photo, taken] = m_photos[at->second];
        if (taken)
            continue;
        if (photo.stamp.inode == file.stamp.inode && photo.stamp.device == file.stamp.device &&
            photo.stamp.mtimeNs == file.stamp.mtimeNs)
            sameInode.push_back(at->second);
        else if (photo.partialHash != 0 && file.stamp.size > 0) // all empty files are alike
            hashed.push_back(at->second);
    }
    auto &fitting = sameInode;
    if (fitting.empty() && !hashed.empty()) {
        const auto hash = partialHashOfFile(absolute, file.stamp.size);
        if (!hash)
            return std::nullopt;
        std::copy_if(hashed.begin(), hashed.end(), std::back_inserter(fitting),
                     [&](std::size_t index) { return m_photos[index].photo.partialHash == *hash; });
    }
    if (fitting.empty())
        return std::nullopt;
    const auto best = *std::min_element(fitting.begin(), fitting.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t index) {
            const auto &path = m_photos[index].photo.relativePath;
            return std::make_pair(nameOf(path) != nameOf(file.relativePath), std::string_view(path));
        };
        return key(a) < key(b);
    });
    m_photos[best].taken = true;
    --m_left;
    return m_photos[best].photo;
}

std::vector<catalogue::Photo> Vanished::rest() &&
{
    std::vector<catalogue::Photo> photos;
    for (auto &[photo, taken] : m_photos)
        if (!taken)
            photos.push_back(std::move(photo));
    return photos;
}

} // namespace photolex::indexing
