#include "core/image/decode.h"
#include "core/search/search.h"

namespace photolex::search {

Result<std::vector<float>> pointOfFile(const std::filesystem::path &file, const image::Network &network,
                                       const joint::Encoder &encoder)
{
    const auto decoded = image::decode(file, {.wantedShortSide = network.inputSide()});
    if (!decoded)
        return fail(decoded.error());
    return pointOfPixels(decoded->pixels, network, encoder);
}

Result<std::vector<float>> pointOfPixels(const image::Pixels &pixels, const image::Network &network,
                                         const joint::Encoder &encoder)
{
    const auto feature = network.feature(pixels, encoder.entry().tail);
    if (!feature)
        return fail(feature.error());
    return encoder.imagePoints(*feature);
}

} // namespace photolex::search
