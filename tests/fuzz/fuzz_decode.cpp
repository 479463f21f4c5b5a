// Any bytes as a picture: an answer within the limits, never a crash.
#include "core/image/decode.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace photolex::image;
    const std::span bytes(reinterpret_cast<const std::byte *>(data), size);
    const auto decoded = decode(bytes, "a.dng", {.wantedShortSide = 32, .pixelLimit = 1 << 20});
    if (decoded && decoded->pixels.rgb.size() != std::size_t{3} * static_cast<std::size_t>(decoded->pixels.size.width) *
                                                     static_cast<std::size_t>(decoded->pixels.size.height))
        std::abort();
    return 0;
}
