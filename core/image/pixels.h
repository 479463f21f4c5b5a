// A picture in memory: upright, sRGB, 8 bits a channel, red first, no padding between rows.
#pragma once

#include <cstdint>
#include <vector>

namespace photolex::image {

struct Size {
    int width = 0;  // pixels
    int height = 0; // pixels
    auto operator<=>(const Size &) const = default;
    bool isEmpty() const { return width <= 0 || height <= 0; }
};

struct Pixels {
    Size size;
    std::vector<std::uint8_t> rgb; // height × width × 3
    bool isEmpty() const { return size.isEmpty(); }
};

} // namespace photolex::image
