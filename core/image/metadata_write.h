// A caption into XMP, and into the bytes of a copy. Nothing here writes a file: callers decide what is replaced, by
// writeFileAtomically, and originals never are.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::image {

// dc:description of an XMP packet (the text of a sidecar): x-default, else the first language that says something;
// empty: none. Corrupt: not XMP.
Result<std::string> descriptionOf(std::string_view packet);

// The packet with `caption` as its x-default description. Every other field, and the description in other languages,
// keeps its value; an empty packet begins a new one. Corrupt: not XMP. Unsupported: the packet holds what would be lost
// (general qualifiers), or the caption holds what XML cannot say (most control characters).
Result<std::string> withDescription(std::string_view packet, std::string_view caption);

// A copy of the photo that carries the caption where other programs look for it: XMP dc:description, IPTC
// Caption-Abstract and EXIF ImageDescription, as far as the format has them. The pixels stay as they are. Unsupported:
// the format cannot be written to (HEIC, AVIF, most RAW); a sidecar serves there.
Result<std::vector<std::byte>> withCaption(std::span<const std::byte> photo, const std::filesystem::path &name,
                                           std::string_view caption);

} // namespace photolex::image
