#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace photolex::image {

// Seconds since 1970 of the time as written, whatever the zone. Takes EXIF's "2021:05:03 10:11:12" and XMP's ISO 8601
// down to a year alone. Nothing for impossible dates, for 0000:00:00, and for the zero of clocks that were never set.
std::optional<std::int64_t> parseDate(std::string_view text);

// "IMG_20181211_121333.jpg", "2019-03-21 15.16.46.png", "IMG-20200101-WA0001.jpg".
std::optional<std::int64_t> dateInName(std::string_view name);

} // namespace photolex::image
