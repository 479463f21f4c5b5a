// Errors that another version of a library may not make.
#include "core/image/decode.h"
#include "core/image/heif_p.h"

#include <libheif/heif.h>
#include <libraw/libraw.h>

namespace photolex::image {

namespace {

constexpr std::string_view missing = "no decoder for ";

} // namespace

std::string missingHeifDecoders()
{
    std::string names;
    if (!heif_have_decoder_for_format(heif_compression_HEVC))
        names += std::string(missing) + "HEVC ";
    if (!heif_have_decoder_for_format(heif_compression_AV1))
        names += std::string(missing) + "AV1 ";
    return names;
}

bool isWorthRetry(const Error &error)
{
    if (error.code != Errc::Unsupported)
        return false;
    const std::string_view detail = error.detail;
    const auto holds = [&](std::string_view text) { return detail.find(text) != std::string_view::npos; };
    if (holds("libheif")) {
        for (const auto &[name, format] :
             {std::pair("HEVC", heif_compression_HEVC), std::pair("AV1", heif_compression_AV1)})
            if (holds(std::string(missing) + name) && heif_have_decoder_for_format(format))
                return true;
        return !holds(heif_get_version());
    }
    return holds("LibRaw") && !holds(LibRaw::version());
}

} // namespace photolex::image
