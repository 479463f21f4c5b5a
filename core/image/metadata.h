// What a file says about itself: EXIF, IPTC, XMP (embedded and in a sidecar). Originals are opened read-only.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace photolex::image {

// Call once in main, before any thread begins: the XMP toolkit has process-global state. One lock is held around every
// XMP call afterwards, inside this room.
void initialiseMetadata();

enum class DateSource : std::uint8_t { None, Exif, Xmp, Name, FileTime };

struct Metadata {
    // Local time of the camera, as seconds since 1970 read without a zone. Falls back EXIF → XMP → file name → mtime;
    // 0000:00:00 and other impossible dates are skipped. Future dates are kept and flagged.
    std::optional<std::int64_t> takenAt;
    DateSource takenAtSource = DateSource::None;
    bool takenInFuture = false;

    int orientation = 1;      // EXIF 1..8
    std::string camera, lens; // "Canon EOS D60"
    std::optional<double> exposureSeconds, aperture, focalLengthMm;
    std::optional<int> iso;
    std::optional<double> latitude, longitude; // degrees, north and east positive

    // First non-empty of: sidecar dc:description (x-default first), embedded XMP dc:description, IPTC Caption-Abstract,
    // EXIF ImageDescription, EXIF UserComment, acdsee:caption. Line breaks are kept. What cameras write into every
    // photo
    // ("OLYMPUS DIGITAL CAMERA") is no caption.
    std::string caption;
    std::string captionField;          // "xmp-sidecar", "xmp", "iptc", "exif", ...
    std::string title;                 // dc:title, IPTC ObjectName
    std::vector<std::string> keywords; // dc:subject, IPTC Keywords; no duplicates
    std::optional<int> rating;         // xmp:Rating −1..5

    std::vector<std::pair<std::string, std::string>> fields; // other EXIF fields for display: name, value
    std::vector<std::string> warnings;                       // English
};

// Any exception of the metadata library is a warning, and what was read before it stays. Both sidecar names are read:
// photo.jpg.xmp first, then photo.xmp. Errors only when the file itself cannot be opened.
Result<Metadata> readMetadata(const std::filesystem::path &path);
// The same for a file that is in memory already; `path` names it, its sidecar and its time of change.
Result<Metadata> readMetadata(std::span<const std::byte> bytes, const std::filesystem::path &path);

// The sidecar that readMetadata would use; empty: none.
std::filesystem::path sidecarOf(const std::filesystem::path &photo);

} // namespace photolex::image
