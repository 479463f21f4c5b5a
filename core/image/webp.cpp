// WebP through libwebp: scaled while it decodes, animated (first frame that shows something), with colour profile and
// EXIF orientation, and what a cut file still holds.
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <webp/decode.h>
#include <webp/demux.h>

namespace photolex::image {

namespace {

constexpr int kMostFramesLookedAt = 100;

struct DemuxerDeleter {
    void operator()(WebPDemuxer *demuxer) const { WebPDemuxDelete(demuxer); }
};
using Demuxer = std::unique_ptr<WebPDemuxer, DemuxerDeleter>;

Demuxer demux(Bytes bytes)
{
    const WebPData data{octets(bytes), bytes.size()};
    WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
    return Demuxer(WebPDemuxPartial(&data, &state)); // null when broken; cut files are let through
}

std::vector<std::byte> chunk(const WebPDemuxer *demuxer, const char *name)
{
    WebPChunkIterator iterator;
    if (!WebPDemuxGetChunk(demuxer, name, 1, &iterator))
        return {};
    const auto *begin = reinterpret_cast<const std::byte *>(iterator.chunk.bytes);
    std::vector<std::byte> result(begin, begin + iterator.chunk.size);
    WebPDemuxReleaseChunkIterator(&iterator);
    return result;
}

// One frame as RGBA at the size wanted. `rowsDone` says how many rows came: a cut frame gives its first ones.
bool decodeFrame(const std::uint8_t *data, std::size_t size, Size wanted, std::vector<std::uint8_t> &rgba,
                 int &rowsDone)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config) || WebPGetFeatures(data, size, &config.input) != VP8_STATUS_OK)
        return false;
    const std::size_t stride = static_cast<std::size_t>(wanted.width) * 4;
    rgba.assign(stride * static_cast<std::size_t>(wanted.height), 0);
    config.options.use_scaling = wanted.width != config.input.width || wanted.height != config.input.height;
    config.options.scaled_width = wanted.width;
    config.options.scaled_height = wanted.height;
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = rgba.data();
    config.output.u.RGBA.stride = static_cast<int>(stride);
    config.output.u.RGBA.size = rgba.size();
    WebPIDecoder *decoder = WebPIDecode(nullptr, 0, &config);
    if (!decoder)
        return false;
    const VP8StatusCode status = WebPIAppend(decoder, data, size);
    rowsDone = 0;
    WebPIDecGetRGB(decoder, &rowsDone, nullptr, nullptr, nullptr);
    if (status == VP8_STATUS_OK)
        rowsDone = wanted.height;
    WebPIDelete(decoder);
    WebPFreeDecBuffer(&config.output);
    return status == VP8_STATUS_OK;
}

bool showsSomething(const std::vector<std::uint8_t> &rgba)
{
    for (std::size_t i = 3; i < rgba.size(); i += 4) {
        if (rgba[i] >= 16)
            return true;
    }
    return false;
}

Size canvasOf(const WebPDemuxer *demuxer)
{
    return {static_cast<int>(WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH)),
            static_cast<int>(WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT))};
}

// libwebp scales by averaging; an exact share of the size keeps the proportions.
Size scaledSize(Size size, int wantedShortSide)
{
    const int shortSide = std::min(size.width, size.height);
    if (wantedShortSide <= 0 || shortSide <= wantedShortSide)
        return size;
    const auto scaled = [&](int side) {
        return std::max(1, static_cast<int>(std::int64_t{side} * wantedShortSide / shortSide));
    };
    return {scaled(size.width), scaled(size.height)};
}

} // namespace

Result<Header> webpHeader(Bytes bytes)
{
    const auto demuxer = demux(bytes);
    if (!demuxer || canvasOf(demuxer.get()).isEmpty())
        return fail(Errc::Corrupt, {}, "the file ends early");
    return Header{.format = Format::WebP,
                  .size = canvasOf(demuxer.get()),
                  .orientation = exifOrientation(chunk(demuxer.get(), "EXIF"))};
}

Result<Decoded> decodeWebP(Bytes bytes, const DecodeOptions &options)
{
    const auto demuxer = demux(bytes);
    if (!demuxer)
        return fail(Errc::Corrupt, {}, "damaged WebP: its parts do not fit together");
    Decoded decoded;
    decoded.fullSize = canvasOf(demuxer.get());
    if (decoded.fullSize.isEmpty())
        return fail(Errc::Corrupt, {}, "the file ends early");
    if (const auto checked = checkSize(decoded.fullSize, options.pixelLimit); !checked)
        return fail(checked.error());
    decoded.orientation = exifOrientation(chunk(demuxer.get(), "EXIF"));
    decoded.pictureCount = std::max(1, static_cast<int>(WebPDemuxGetI(demuxer.get(), WEBP_FF_FRAME_COUNT)));
    decoded.animated = decoded.pictureCount > 1;

    WebPIterator frame;
    if (!WebPDemuxGetFrame(demuxer.get(), 1, &frame))
        return fail(Errc::Corrupt, {}, "the file ends early");
    // A still picture fills its canvas. Frames of an animation are parts of it: their own place is looked up below.
    const bool whole = frame.width == decoded.fullSize.width && frame.height == decoded.fullSize.height;
    const Size wanted = whole ? scaledSize(decoded.fullSize, options.wantedShortSide) : decoded.fullSize;
    std::vector<std::uint8_t> rgba, part;
    bool complete = false;
    int rowsDone = 0;
    bool anything = false;
    std::int64_t pixelsLookedAt = 0;
    for (int looked = 0; looked < kMostFramesLookedAt; ++looked) {
        const Size frameSize = {frame.width, frame.height};
        if (whole && frameSize == decoded.fullSize) {
            complete = decodeFrame(frame.fragment.bytes, frame.fragment.size, wanted, rgba, rowsDone);
        } else if (!whole) {
            complete = decodeFrame(frame.fragment.bytes, frame.fragment.size, frameSize, part, rowsDone);
            rgba.assign(static_cast<std::size_t>(wanted.width) * static_cast<std::size_t>(wanted.height) * 4, 0);
            const int rows = std::min(frameSize.height, wanted.height - frame.y_offset);
            const int columns = std::min(frameSize.width, wanted.width - frame.x_offset);
            for (int y = 0; y < rows && columns > 0 && !part.empty(); ++y)
                std::copy_n(part.begin() + std::ptrdiff_t{4} * y * frameSize.width, std::ptrdiff_t{4} * columns,
                            rgba.begin() + std::ptrdiff_t{4} *
                                               ((std::ptrdiff_t{frame.y_offset} + y) * wanted.width + frame.x_offset));
            if (complete)
                rowsDone = wanted.height;
        }
        anything = showsSomething(rgba);
        // Looking goes on for so many frames, or so many pixels in all.
        pixelsLookedAt += std::int64_t{decoded.fullSize.width} * decoded.fullSize.height;
        if (anything || !decoded.animated || pixelsLookedAt > options.pixelLimit || !WebPDemuxNextFrame(&frame))
            break;
    }
    WebPDemuxReleaseIterator(&frame);
    if (rgba.empty() || (!complete && rowsDone * 12 < wanted.height))
        return fail(Errc::Corrupt, {}, "the file ends early");

    decoded.damaged = !complete;
    decoded.pixels.size = wanted;
    decoded.pixels.rgb.resize(rgba.size() / 4 * 3);
    for (std::size_t i = 0, o = 0; i < rgba.size(); i += 4, o += 3) {
        for (std::size_t c = 0; c < 3; ++c)
            decoded.pixels.rgb[o + c] = overBackground(rgba[i + c], rgba[i + 3], options.background);
    }
    if (const auto profile = chunk(demuxer.get(), "ICCP"); !profile.empty())
        decoded.warning = convertToSrgb(decoded.pixels, profile);
    return decoded;
}

} // namespace photolex::image
