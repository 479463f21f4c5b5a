// Any picture file to upright sRGB pixels.
//
//     auto decoded = image::decode(path, {.wantedShortSide = 260});
//
// Content decides the format, never the name. The header is checked before anything is allocated. Orientation (EXIF, or
// HEIC's own) is applied exactly once, ICC profiles are converted to sRGB, CMYK to RGB, transparency is laid over a
// neutral background. A damaged file gives what could be decoded, with `damaged` set.
#pragma once

#include "core/base/result.h"
#include "core/image/pixels.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace photolex::image {

enum class Format : std::uint8_t { Unknown, Jpeg, Png, WebP, Tiff, Gif, Heif, Avif, Raw, Bmp };
std::string_view formatName(Format format); // "JPEG", "PNG", ...

// From the first bytes (64 are enough for all but RAW, which needs the start of the TIFF directory: give 64 KiB).
// `name` only tells a RAW file from the TIFF that it resembles.
Format recognise(std::span<const std::byte> head, const std::filesystem::path &name);

// Could this name be a picture? Pre-filter of a scan: true for known extensions in any case and for names without one.
bool mayBePicture(const std::filesystem::path &name);

struct DecodeOptions {
    int wantedShortSide = 0; // decode at the smallest scale whose short side is at least this; 0: full size
    // Pixels of the picture in the file, before scaling. JPEG scales while it decodes, so its own limit is larger.
    std::int64_t pixelLimit = std::int64_t{1} << 28;
    std::uint8_t background = 128; // grey under transparency
};

struct Decoded {
    Pixels pixels; // upright
    Size fullSize; // upright size of the picture in the file
    Format format = Format::Unknown;
    int orientation = 1;      // EXIF 1..8, already applied
    bool damaged = false;     // part of the picture is missing
    bool animated = false;    // the first non-empty frame is shown
    bool fromPreview = false; // an embedded preview or thumbnail item stood in (RAW, HEIC)
    int pictureCount = 1;     // frames or top-level pictures in the file
    std::string warning;      // English, e.g. "broken colour profile, sRGB assumed"; empty: none
};

// Corrupt: nothing can be shown ("empty file", "the file ends early", ...). TooLarge: the header names more pixels than
// allowed; the detail says how many. Unsupported: unknown format, or one that this libheif cannot read (the detail
// names the version needed). NotFound, Denied: as the system says.
Result<Decoded> decode(const std::filesystem::path &path, const DecodeOptions &options = {});
Result<Decoded> decode(std::span<const std::byte> bytes, const std::filesystem::path &name,
                       const DecodeOptions &options = {});

// True for an error of `decode` that a library in another version gave, or that told of a decoder which was missing
// then and is there now: the photo is worth another try though it has not changed.
bool isWorthRetry(const Error &error);

// Size, format and orientation from the header alone: nothing is decoded.
struct Header {
    Format format = Format::Unknown;
    Size size; // upright
    int orientation = 1;
};
Result<Header> readHeader(const std::filesystem::path &path);

// The whole picture squeezed (not cropped) to exactly this size; area averaging when it shrinks.
Pixels resized(const Pixels &pixels, Size size);
// Fits inside the box and keeps the aspect ratio; never enlarges.
Pixels fitted(const Pixels &pixels, Size box);

Result<std::vector<std::byte>> encodeJpeg(const Pixels &pixels, int quality = 85);

} // namespace photolex::image
