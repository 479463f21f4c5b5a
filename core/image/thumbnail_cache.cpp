#include "core/image/thumbnail_cache.h"

#include "core/base/bytes.h"
#include "core/image/decode.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace photolex::image {

namespace fs = std::filesystem;

namespace {

// Files of a photo share a prefix, so that its older states are found by looking through one small folder.
std::string prefixOf(PhotoId photo)
{
    return fmt::format("{:x}_", static_cast<std::uint64_t>(photo.value));
}

std::string statePrefixOf(const ThumbnailKey &key)
{
    return fmt::format("{}{:x}_{:x}_", prefixOf(key.photo), static_cast<std::uint64_t>(key.fileSize),
                       static_cast<std::uint64_t>(key.mtimeNs));
}

fs::path folderOf(const fs::path &folder, PhotoId photo)
{
    return folder / fmt::format("{:03x}", static_cast<std::uint64_t>(photo.value) & 0xfff);
}

fs::path fileOf(const fs::path &folder, const ThumbnailKey &key, int side)
{
    return folderOf(folder, key.photo) / fmt::format("{}{}.jpg", statePrefixOf(key), ThumbnailCache::storedSide(side));
}

// Files are not synced: after a power cut one may be empty or short, and counts as not made.
bool isWholeJpeg(const std::vector<std::byte> &bytes)
{
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
    return bytes.size() > 4 && at(0) == 0xFF && at(1) == 0xD8 && at(bytes.size() - 2) == 0xFF &&
           at(bytes.size() - 1) == 0xD9;
}

template <class Keep>
void removeFiles(const fs::path &folder, const std::string &prefix, Keep keep)
{
    std::error_code ignored;
    for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
        const std::string name = at->path().filename().native();
        if (name.starts_with(prefix) && !keep(name)) {
            std::error_code alsoIgnored;
            fs::remove(at->path(), alsoIgnored);
        }
        if (ignored)
            return;
    }
}

Result<> writeQuickly(const fs::path &file, const std::vector<std::byte> &bytes)
{
    static std::atomic<std::uint64_t> counter = 0;
    const fs::path temporary = file.parent_path() / fmt::format("new_{}_{}", ::getpid(), ++counter);
    const auto failure = [&](int code) {
        ::unlink(temporary.c_str());
        return fail(systemError(code, displayText(file)));
    };
    const int handle = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (handle < 0)
        return failure(errno);
    for (std::size_t done = 0; done < bytes.size();) {
        const auto count = ::write(handle, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const int code = errno;
            ::close(handle);
            return failure(code);
        }
        done += static_cast<std::size_t>(count);
    }
    if (::close(handle) != 0 || ::rename(temporary.c_str(), file.c_str()) != 0)
        return failure(errno);
    return {};
}

} // namespace

Result<ThumbnailCache> ThumbnailCache::open(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    ThumbnailCache cache;
    cache.m_folder = folder;
    return cache;
}

int ThumbnailCache::storedSide(int wantedSide)
{
    return wantedSide <= 256 ? 256 : 512;
}

Result<std::vector<std::byte>> ThumbnailCache::read(const ThumbnailKey &key, int side) const
{
    const auto file = fileOf(m_folder, key, side);
    auto bytes = readFile(file);
    if (bytes && !isWholeJpeg(*bytes))
        return fail(Errc::NotFound, displayText(file), "the thumbnail was written only in part");
    return bytes;
}

Result<> ThumbnailCache::write(const ThumbnailKey &key, int side, const Pixels &pixels) const
{
    const int stored = storedSide(side);
    const auto bytes = encodeJpeg(fitted(pixels, {stored, stored}));
    if (!bytes)
        return fail(bytes.error());
    const auto folder = folderOf(m_folder, key.photo);
    std::error_code error;
    fs::create_directories(folder, error); // also after somebody deleted the cache while it was in use
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    if (auto written = writeQuickly(fileOf(m_folder, key, side), *bytes); !written)
        return written;
    const auto state = statePrefixOf(key);
    removeFiles(folder, prefixOf(key.photo), [&](const std::string &name) { return name.starts_with(state); });
    return {};
}

void ThumbnailCache::forget(PhotoId photo) const
{
    removeFiles(folderOf(m_folder, photo), prefixOf(photo), [](const std::string &) { return false; });
}

std::int64_t ThumbnailCache::sizeBytes() const
{
    std::int64_t total = 0;
    std::error_code ignored;
    for (fs::recursive_directory_iterator at(m_folder, ignored), end; at != end && !ignored; at.increment(ignored)) {
        std::error_code alsoIgnored;
        const auto size = at->is_regular_file(alsoIgnored) ? at->file_size(alsoIgnored) : 0;
        if (!alsoIgnored)
            total += static_cast<std::int64_t>(size);
    }
    return total;
}

Result<> ThumbnailCache::clear() const
{
    // Only what this class made: the folder may have been named by a person.
    std::error_code error;
    for (fs::directory_iterator at(m_folder, error), end; at != end && !error; at.increment(error)) {
        const std::string name = at->path().filename().native();
        if (name.size() == 3 && name.find_first_not_of("0123456789abcdef") == std::string::npos) {
            std::error_code removal;
            fs::remove_all(at->path(), removal);
            if (removal)
                return fail(systemError(removal.value(), displayText(at->path())));
        }
    }
    if (error)
        return fail(systemError(error.value(), displayText(m_folder)));
    return {};
}

} // namespace photolex::image
