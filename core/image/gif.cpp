// GIF through giflib: the first frame that shows something stands for the picture. Frames after it are only counted.
#include "core/image/decode_p.h"

#include <fmt/format.h>
#include <gif_lib.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace photolex::image {

namespace {

constexpr int kMostFramesLookedAt = 100;
constexpr int kMostFramesCounted = 100'000;

struct Source {
    Bytes bytes;
    std::size_t at = 0;
};

int readSource(GifFileType *gif, GifByteType *out, int count)
{
    auto *source = static_cast<Source *>(gif->UserData);
    const auto taken =
        std::min<std::size_t>(static_cast<std::size_t>(std::max(count, 0)), source->bytes.size() - source->at);
    std::memcpy(out, source->bytes.data() + source->at, taken);
    source->at += taken;
    return static_cast<int>(taken);
}

struct GifCloser {
    void operator()(GifFileType *gif) const { DGifCloseFile(gif, nullptr); }
};
using Gif = std::unique_ptr<GifFileType, GifCloser>;

Gif open(Source &source)
{
    int error = 0;
    return Gif(DGifOpen(&source, readSource, &error));
}

Size sizeOf(const GifFileType *gif)
{
    return {gif->SWidth, gif->SHeight};
}

struct Canvas {
    Size size;
    std::vector<std::uint8_t> rgba; // alpha 0 or 255
};

// One frame onto the canvas; false when its data end early. `shown`: any pixel was opaque.
bool drawFrame(GifFileType *gif, int transparent, Canvas &canvas, bool &shown, int &rowsDone)
{
    const auto &frame = gif->Image;
    const ColorMapObject *colours = frame.ColorMap ? frame.ColorMap : gif->SColorMap;
    std::vector<GifPixelType> row(static_cast<std::size_t>(std::max(frame.Width, 0)));
    static constexpr int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    const int passes = frame.Interlace ? 4 : 1;
    for (int pass = 0; pass < passes; ++pass) {
        const int step = frame.Interlace ? steps[pass] : 1;
        for (int y = frame.Interlace ? starts[pass] : 0; y < frame.Height; y += step) {
            if (DGifGetLine(gif, row.data(), frame.Width) == GIF_ERROR)
                return false;
            ++rowsDone;
            const int canvasY = y + frame.Top;
            if (canvasY < 0 || canvasY >= canvas.size.height || !colours)
                continue;
            for (int x = 0; x < frame.Width; ++x) {
                const int canvasX = x + frame.Left, index = row[static_cast<std::size_t>(x)];
                if (index == transparent || index >= colours->ColorCount || canvasX < 0 || canvasX >= canvas.size.width)
                    continue;
                const auto &colour = colours->Colors[index];
                auto *to = canvas.rgba.data() +
                           (static_cast<std::size_t>(canvasY) * static_cast<std::size_t>(canvas.size.width) +
                            static_cast<std::size_t>(canvasX)) *
                               4;
                to[0] = colour.Red, to[1] = colour.Green, to[2] = colour.Blue, to[3] = 255;
                shown = true;
            }
        }
    }
    return true;
}

bool skipFrame(GifFileType *gif)
{
    int codeSize = 0;
    GifByteType *block = nullptr;
    if (DGifGetCode(gif, &codeSize, &block) == GIF_ERROR)
        return false;
    while (block) {
        if (DGifGetCodeNext(gif, &block) == GIF_ERROR)
            return false;
    }
    return true;
}

} // namespace

Result<Header> gifHeader(Bytes bytes)
{
    Source source{bytes};
    const auto gif = open(source);
    if (!gif)
        return fail(Errc::Corrupt, {}, "the file ends early");
    return Header{.format = Format::Gif, .size = sizeOf(gif.get()), .orientation = 1};
}

Result<Decoded> decodeGif(Bytes bytes, const DecodeOptions &options)
{
    Source source{bytes};
    const auto gif = open(source);
    if (!gif)
        return fail(Errc::Corrupt, {}, "the file ends early");
    Decoded decoded;
    Canvas canvas{sizeOf(gif.get()), {}};
    int frames = 0, rowsDone = 0, transparent = NO_TRANSPARENT_COLOR;
    bool shown = false, complete = true, broken = false;
    std::int64_t pixelsLookedAt = 0;
    for (bool going = true; going && frames < kMostFramesCounted;) {
        GifRecordType type = UNDEFINED_RECORD_TYPE;
        if (DGifGetRecordType(gif.get(), &type) == GIF_ERROR) {
            broken = true;
            break;
        }
        switch (type) {
        case IMAGE_DESC_RECORD_TYPE:
            if (DGifGetImageDesc(gif.get()) == GIF_ERROR) {
                going = false, broken = true;
                break;
            }
            ++frames;
            if (frames == 1) {
                // Some writers leave the canvas empty and mean the first frame.
                if (canvas.size.isEmpty())
                    canvas.size = {gif->Image.Left + gif->Image.Width, gif->Image.Top + gif->Image.Height};
                if (const auto checked = checkSize(canvas.size, options.pixelLimit); !checked)
                    return fail(checked.error());
                canvas.rgba.assign(
                    static_cast<std::size_t>(canvas.size.width) * static_cast<std::size_t>(canvas.size.height) * 4, 0);
            }
            // The search for a frame that shows something ends after so many frames, or so many pixels in all.
            pixelsLookedAt += std::int64_t{gif->Image.Width} * gif->Image.Height;
            if (shown || frames > kMostFramesLookedAt || (frames > 1 && pixelsLookedAt > options.pixelLimit)) {
                going = skipFrame(gif.get());
                broken = !going;
                break;
            }
            rowsDone = 0;
            if (std::int64_t{gif->Image.Width} * gif->Image.Height > options.pixelLimit)
                return fail(Errc::TooLarge, {},
                            fmt::format("a frame of {} × {} pixels", gif->Image.Width, gif->Image.Height));
            complete = drawFrame(gif.get(), transparent, canvas, shown, rowsDone);
            going = complete;
            transparent = NO_TRANSPARENT_COLOR;
            break;
        case EXTENSION_RECORD_TYPE: {
            int code = 0;
            GifByteType *block = nullptr;
            going = DGifGetExtension(gif.get(), &code, &block) != GIF_ERROR;
            if (going && block && code == GRAPHICS_EXT_FUNC_CODE && block[0] >= 4 && (block[1] & 1))
                transparent = block[4];
            while (going && block)
                going = DGifGetExtensionNext(gif.get(), &block) != GIF_ERROR;
            broken = broken || !going;
            break;
        }
        case TERMINATE_RECORD_TYPE:
            going = false;
            break;
        default:
            going = false, broken = true;
            break;
        }
    }
    if (frames == 0 || (!complete && rowsDone * 12 < gif->Image.Height))
        return fail(Errc::Corrupt, {}, source.at >= bytes.size() ? "the file ends early" : "damaged GIF");
    decoded.fullSize = canvas.size;
    decoded.pictureCount = frames;
    decoded.animated = frames > 1;
    decoded.damaged = !complete;
    if (broken && complete)
        decoded.warning = "the file ends early, later frames are missing";

    RowShrinker shrinker(canvas.size, options);
    const auto width = static_cast<std::size_t>(canvas.size.width);
    std::vector<std::uint8_t> row(width * 3);
    for (std::size_t y = 0; y < static_cast<std::size_t>(canvas.size.height); ++y) {
        const auto *from = canvas.rgba.data() + y * width * 4;
        for (std::size_t x = 0; x < width; ++x) {
            for (std::size_t c = 0; c < 3; ++c)
                row[x * 3 + c] = overBackground(from[x * 4 + c], from[x * 4 + 3], options.background);
        }
        shrinker.addRow(row.data());
    }
    decoded.pixels = shrinker.finish();
    return decoded;
}

} // namespace photolex::image
