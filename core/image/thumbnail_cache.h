// Thumbnails on disk: JPEG files below the cache folder, named by content key and size, written atomically. The cache
// may be deleted at any time; a thumbnail of an older state of the photo is never returned.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/image/pixels.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace photolex::image {

// Names one state of one file.
struct ThumbnailKey {
    PhotoId photo;
    std::int64_t fileSize = 0; // bytes
    std::int64_t mtimeNs = 0;  // nanoseconds since 1970
    auto operator<=>(const ThumbnailKey &) const = default;
};

class ThumbnailCache {
public:
    // Makes the folder. Denied, DiskFull: as the system says.
    static Result<ThumbnailCache> open(const std::filesystem::path &folder);

    // Long sides kept on disk, in physical pixels: 256 and 512.
    static int storedSide(int wantedSide);

    // JPEG bytes; NotFound: not made yet.
    Result<std::vector<std::byte>> read(const ThumbnailKey &key, int side) const;
    Result<> write(const ThumbnailKey &key, int side, const Pixels &pixels) const; // fits `pixels` into side × side
    void forget(PhotoId photo) const;                                              // removes every state and size
    std::int64_t sizeBytes() const;
    Result<> clear() const;

private:
    std::filesystem::path m_folder;
};

} // namespace photolex::image
