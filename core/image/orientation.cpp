// EXIF's eight ways of lying.
#include "core/image/decode_p.h"

#include <algorithm>
#include <utility>

namespace photolex::image {

Size turnedSize(Size size, int orientation)
{
    if (orientation >= 5 && orientation <= 8)
        std::swap(size.width, size.height);
    return size;
}

void turnUpright(Pixels &pixels, int orientation)
{
    if (orientation < 2 || orientation > 8 || pixels.isEmpty())
        return;
    const std::ptrdiff_t width = pixels.size.width, height = pixels.size.height;
    const std::uint8_t *in = pixels.rgb.data();
    if (orientation == 2) { // mirrored left to right
        for (std::ptrdiff_t y = 0; y < height; ++y) {
            std::uint8_t *left = pixels.rgb.data() + y * width * 3, *right = left + (width - 1) * 3;
            for (; left < right; left += 3, right -= 3)
                std::swap_ranges(left, left + 3, right);
        }
        return;
    }
    const Size outSize = turnedSize(pixels.size, orientation);
    std::vector<std::uint8_t> out(pixels.rgb.size());
    // Where the pixel at the upper left of the upright picture is stored, and how far, in pixels, the stored place
    // moves for one step to the right and one step down.
    const std::ptrdiff_t last = width * height - 1, bottomLeft = (height - 1) * width, topRight = width - 1;
    std::ptrdiff_t start = 0, right = 1, down = width;
    switch (orientation) {
    case 3:
        start = last, right = -1, down = -width;
        break; // turned by 180°
    case 4:
        start = bottomLeft, right = 1, down = -width;
        break; // mirrored top to bottom
    case 5:
        start = 0, right = width, down = 1;
        break; // transposed
    case 6:
        start = bottomLeft, right = -width, down = 1;
        break; // needs a quarter turn clockwise
    case 7:
        start = last, right = -width, down = -1;
        break; // transposed along the other diagonal
    case 8:
        start = topRight, right = width, down = -1;
        break; // needs a quarter turn counter-clockwise
    default:
        break;
    }
    // In tiles: a walk down a column of a large picture would miss the cache at every step.
    constexpr int tile = 32;
    for (int tileY = 0; tileY < outSize.height; tileY += tile) {
        for (int tileX = 0; tileX < outSize.width; tileX += tile) {
            const int endY = std::min(tileY + tile, outSize.height), endX = std::min(tileX + tile, outSize.width);
            for (int y = tileY; y < endY; ++y) {
                std::uint8_t *to = out.data() + (std::ptrdiff_t{y} * outSize.width + tileX) * 3;
                const std::uint8_t *from = in + (start + right * tileX + down * y) * 3;
                for (int x = tileX; x < endX; ++x, to += 3, from += right * 3) {
                    to[0] = from[0];
                    to[1] = from[1];
                    to[2] = from[2];
                }
            }
        }
    }
    pixels.size = outSize;
    pixels.rgb = std::move(out);
}

} // namespace photolex::image
