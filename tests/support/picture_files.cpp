#include "tests/support/pictures.h"
#include "tests/support/pictures_p.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gif_lib.h>
#include <jpeglib.h>
#include <memory>
#include <stdexcept>
#include <webp/encode.h>
#include <zlib.h>

namespace photolex::test {

namespace {

void check(bool good, const char *what)
{
    if (!good)
        throw std::runtime_error(what);
}

std::string jpegSegment(int marker, std::string_view body)
{
    std::string out = {static_cast<char>(0xFF), static_cast<char>(marker)};
    put(out, static_cast<std::uint32_t>(body.size() + 2), 2, true);
    out += body;
    return out;
}

std::string exifSegment(const JpegOptions &options)
{
    using namespace std::string_literals;
    const int orientation = std::max(options.orientation, 1);
    if (options.exifThumbnail.empty())
        return jpegSegment(0xE1, "Exif\0\0"s + exifBlock(orientation));
    // A second directory holds the thumbnail; the first one's last four bytes say where it is.
    std::string block = tiffStart(false);
    Directory first, second;
    first.add(0x0112, 3, {static_cast<std::uint32_t>(orientation)});
    const auto firstAt = first.append(block, false);
    const std::size_t link = block.size() - 4;
    const auto thumbnailAt = static_cast<std::uint32_t>(block.size());
    block += options.exifThumbnail;
    second.add(0x0103, 3, {6});
    second.add(0x0201, 4, {thumbnailAt});
    second.add(0x0202, 4, {static_cast<std::uint32_t>(options.exifThumbnail.size())});
    std::string place;
    put(place, second.append(block, false), 4, false);
    block.replace(link, 4, place);
    return jpegSegment(0xE1, "Exif\0\0"s + finishTiff(std::move(block), firstAt, false));
}

} // namespace

std::string jpeg(const Pixels &pixels, const JpegOptions &options)
{
    using namespace std::string_literals;
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char *data = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &data, &size);
    info.image_width = static_cast<JDIMENSION>(pixels.size.width);
    info.image_height = static_cast<JDIMENSION>(pixels.size.height);
    const bool inks = options.inks != Inks::None;
    info.input_components = inks ? 4 : options.grey ? 1 : 3;
    info.in_color_space = inks ? JCS_CMYK : options.grey ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    if (inks)
        jpeg_set_colorspace(&info, options.inks == Inks::YcckAdobe ? JCS_YCCK : JCS_CMYK);
    const bool adobe = options.inks == Inks::CmykAdobe || options.inks == Inks::YcckAdobe;
    info.write_Adobe_marker = adobe;
    jpeg_set_quality(&info, options.quality, TRUE);
    if (options.progressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    const auto width = static_cast<std::size_t>(pixels.size.width);
    std::vector<std::uint8_t> row(width * static_cast<std::size_t>(info.input_components));
    for (std::size_t y = 0; y < static_cast<std::size_t>(pixels.size.height); ++y) {
        const auto *from = pixels.rgb.data() + y * width * 3;
        for (std::size_t x = 0; x < width; ++x, from += 3) {
            if (inks) {
                const int light = std::max({from[0], from[1], from[2]}); // all black ink that the pixel can take
                for (std::size_t c = 0; c < 4; ++c) {
                    const int ink = c == 3 ? 255 - light : light == 0 ? 0 : 255 - from[c] * 255 / light;
                    row[x * 4 + c] = static_cast<std::uint8_t>(adobe ? 255 - ink : ink);
                }
            } else if (options.grey) {
                row[x] = from[1];
            } else {
                std::copy_n(from, 3, row.begin() + static_cast<std::ptrdiff_t>(x * 3));
            }
        }
        JSAMPROW pointer = row.data();
        jpeg_write_scanlines(&info, &pointer, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string out(reinterpret_cast<const char *>(data), size);
    std::free(data);

    std::string segments;
    if (options.orientation > 0 || !options.exifThumbnail.empty())
        segments += exifSegment(options);
    constexpr std::size_t most = 65000;
    const std::size_t parts = (options.profile.size() + most - 1) / most;
    for (std::size_t part = 0; part < parts; ++part)
        segments += jpegSegment(0xE2, "ICC_PROFILE\0"s + static_cast<char>(part + 1) + static_cast<char>(parts) +
                                          options.profile.substr(part * most, most));
    out.insert(2, segments);
    return out;
}

std::string jpegHeaderOnly(int width, int height)
{
    std::string whole = jpeg(plain({16, 16}, 128, 128, 128));
    const std::size_t frame = whole.find("\xFF\xC0");
    check(frame != std::string::npos, "no frame header in our JPEG");
    std::string sides;
    put(sides, static_cast<std::uint32_t>(height), 2, true);
    put(sides, static_cast<std::uint32_t>(width), 2, true);
    whole.replace(frame + 5, 4, sides);
    const std::size_t scan = whole.find("\xFF\xDA");
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(whole[scan + 3]));
    return whole.substr(0, scan + 2 + length);
}

std::string hugeJpeg(int width, int height)
{
    // One band of 16 rows between restart markers; every other band is a copy of it, since each begins anew.
    std::string band = jpeg(plain({width, 16}, 200, 60, 40));
    const std::size_t frame = band.find("\xFF\xC0"), scan = band.find("\xFF\xDA");
    check(frame != std::string::npos && scan != std::string::npos, "no frame or scan in our JPEG");
    const std::size_t data = scan + 2 + static_cast<std::size_t>(static_cast<unsigned char>(band[scan + 3]));
    const std::string coded = band.substr(data, band.size() - data - 2); // without the end marker
    std::string side, interval;
    put(side, static_cast<std::uint32_t>(height), 2, true);
    put(interval, static_cast<std::uint32_t>((width + 15) / 16), 2, true); // blocks of 16 × 16 in a band
    std::string out = band.substr(0, data);
    out.replace(frame + 5, 2, side);
    const std::string restarts = jpegSegment(0xDD, interval);
    out.insert(scan, restarts);
    for (int i = 0; i < (height + 15) / 16; ++i) {
        if (i > 0)
            out += {static_cast<char>(0xFF), static_cast<char>(0xD0 + (i - 1) % 8)};
        out += coded;
    }
    return out + "\xFF\xD9";
}

namespace {

std::string pngChunk(std::string_view type, std::string_view body)
{
    std::string out;
    put(out, static_cast<std::uint32_t>(body.size()), 4, true);
    std::string checked(type);
    checked += body;
    out += checked;
    put(out,
        static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<const Bytef *>(checked.data()), static_cast<uInt>(checked.size()))),
        4, true);
    return out;
}

std::string deflated(std::string_view data)
{
    uLongf size = compressBound(data.size());
    std::string out(size, '\0');
    check(compress2(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(data.data()),
                    data.size(), 6) == Z_OK,
          "zlib failed");
    out.resize(size);
    return out;
}

std::string pngHead(int width, int height, int bits, int colourType)
{
    std::string body;
    put(body, static_cast<std::uint32_t>(width), 4, true);
    put(body, static_cast<std::uint32_t>(height), 4, true);
    put(body, static_cast<std::uint32_t>(bits), 1, true);
    put(body, static_cast<std::uint32_t>(colourType), 1, true);
    put(body, 0, 3, true);
    return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", body);
}

std::uint32_t packedColour(const std::uint8_t *rgb)
{
    return std::uint32_t{rgb[0]} << 16 | std::uint32_t{rgb[1]} << 8 | rgb[2];
}

} // namespace

std::string png(const Pixels &pixels, const PngOptions &options)
{
    const auto width = static_cast<std::size_t>(pixels.size.width);
    std::vector<std::uint32_t> palette;
    for (std::size_t i = 0; options.palette && i < pixels.rgb.size(); i += 3)
        palette.push_back(packedColour(&pixels.rgb[i]));
    std::sort(palette.begin(), palette.end());
    palette.erase(std::unique(palette.begin(), palette.end()), palette.end());
    check(palette.size() <= 256, "too many colours for a palette");

    std::string rows;
    for (std::size_t y = 0; y < static_cast<std::size_t>(pixels.size.height); ++y) {
        rows += '\0'; // no filter
        const std::uint8_t *from = pixels.rgb.data() + y * width * 3;
        unsigned bits = 0;
        for (std::size_t x = 0; x < width; ++x, from += 3) {
            if (options.palette) {
                const auto found = std::lower_bound(palette.begin(), palette.end(), packedColour(from));
                rows += static_cast<char>(found - palette.begin());
            } else if (options.bits == 1) {
                bits = bits << 1 | (from[1] >= 128);
                if (x % 8 == 7 || x + 1 == width) {
                    rows += static_cast<char>(bits << (7 - x % 8));
                    bits = 0;
                }
            } else {
                for (int c = 0; c < (options.grey ? 1 : 3); ++c)
                    put(rows, from[c] * (options.bits == 16 ? 257U : 1U), options.bits / 8, true);
                if (options.alpha >= 0)
                    put(rows, static_cast<unsigned>(options.alpha) * (options.bits == 16 ? 257U : 1U), options.bits / 8,
                        true);
            }
        }
    }
    const bool grey = options.grey || options.bits == 1;
    const int colourType = options.palette ? 3 : (grey ? 0 : 2) + (options.alpha >= 0 ? 4 : 0);
    std::string out = pngHead(pixels.size.width, pixels.size.height, options.bits, colourType);
    if (!options.profile.empty()) {
        using namespace std::string_literals;
        out += pngChunk("iCCP", "profile\0\0"s + deflated(options.profile));
    }
    if (options.palette) {
        std::string colours;
        for (const auto colour : palette)
            put(colours, colour, 3, true);
        out += pngChunk("PLTE", colours);
        if (options.alpha >= 0)
            out += pngChunk("tRNS", std::string(palette.size(), static_cast<char>(options.alpha)));
    }
    if (options.orientation > 0 && !options.orientationLast)
        out += pngChunk("eXIf", exifBlock(options.orientation));
    const std::string data = deflated(rows);
    for (std::size_t at = 0; at < data.size(); at += 8192) // several chunks, as real writers do
        out += pngChunk("IDAT", std::string_view(data).substr(at, 8192));
    if (options.orientation > 0 && options.orientationLast)
        out += pngChunk("eXIf", exifBlock(options.orientation));
    return out + pngChunk("IEND", {});
}

std::string pngBomb(int width, int height)
{
    // Deflated in steps: the rows themselves must not lie in memory here either.
    std::string out = pngHead(width, height, 1, 0);
    z_stream stream{};
    check(deflateInit(&stream, 9) == Z_OK, "zlib failed");
    std::vector<Bytef> row((static_cast<std::size_t>(width) + 7) / 8 + 1, 0), packed(1 << 16);
    std::string data;
    for (int y = 0; y < height; ++y) {
        stream.next_in = row.data();
        stream.avail_in = static_cast<uInt>(row.size());
        const int flush = y + 1 == height ? Z_FINISH : Z_NO_FLUSH;
        do {
            stream.next_out = packed.data();
            stream.avail_out = static_cast<uInt>(packed.size());
            deflate(&stream, flush);
            data.append(reinterpret_cast<const char *>(packed.data()), packed.size() - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return out + pngChunk("IDAT", data) + pngChunk("IEND", {});
}

namespace {

std::string riffChunk(std::string_view type, std::string_view body)
{
    std::string out(type);
    put(out, static_cast<std::uint32_t>(body.size()), 4, false);
    out += body;
    if (body.size() % 2)
        out += '\0';
    return out;
}

// The picture chunks (VP8, VP8L, ALPH) of a simple WebP.
std::string webpPicture(const Pixels &pixels, const WebpOptions &options)
{
    const auto [width, height] = pixels.size;
    std::vector<std::uint8_t> rgba;
    for (std::size_t i = 0; i < pixels.rgb.size(); i += 3) {
        rgba.insert(rgba.end(), {pixels.rgb[i], pixels.rgb[i + 1], pixels.rgb[i + 2]});
        rgba.push_back(static_cast<std::uint8_t>(options.alpha < 0 ? 255 : options.alpha));
    }
    std::uint8_t *data = nullptr;
    const std::size_t size = options.lossless ? WebPEncodeLosslessRGBA(rgba.data(), width, height, width * 4, &data)
                                              : WebPEncodeRGBA(rgba.data(), width, height, width * 4, 95, &data);
    check(size > 12, "libwebp failed");
    std::string whole(reinterpret_cast<const char *>(data), size);
    WebPFree(data);
    std::string chunks = whole.substr(12);
    if (chunks.starts_with("VP8X")) // the head of an extended file: ours is written instead
        chunks.erase(0, 18);
    return chunks;
}

std::string riff(std::string_view chunks)
{
    std::string out = "RIFF";
    put(out, static_cast<std::uint32_t>(chunks.size() + 4), 4, false);
    return out + "WEBP" + std::string(chunks);
}

std::string extendedHead(Size canvas, unsigned flags)
{
    std::string body;
    put(body, flags, 4, false);
    put(body, static_cast<std::uint32_t>(canvas.width - 1), 3, false);
    put(body, static_cast<std::uint32_t>(canvas.height - 1), 3, false);
    return riffChunk("VP8X", body);
}

} // namespace

std::string webp(const Pixels &pixels, const WebpOptions &options)
{
    const unsigned flags = (options.profile.empty() ? 0U : 0x20U) | (options.alpha < 0 ? 0U : 0x10U) |
                           (options.orientation > 0 ? 0x08U : 0U);
    std::string chunks;
    if (flags)
        chunks += extendedHead(pixels.size, flags);
    if (!options.profile.empty())
        chunks += riffChunk("ICCP", options.profile);
    chunks += webpPicture(pixels, options);
    if (options.orientation > 0)
        chunks += riffChunk("EXIF", exifBlock(options.orientation));
    return riff(chunks);
}

std::string animatedWebp(const std::vector<Pixels> &frames, bool firstIsEmpty)
{
    const Size canvas = frames.at(0).size;
    std::string animation;
    put(animation, 0, 4, false); // background
    put(animation, 0, 2, false); // loops
    std::string chunks = extendedHead(canvas, 0x02 | 0x10) + riffChunk("ANIM", animation);
    const auto addFrame = [&](const std::string &picture) {
        std::string frame;
        put(frame, 0, 3, false);
        put(frame, 0, 3, false);
        put(frame, static_cast<std::uint32_t>(canvas.width - 1), 3, false);
        put(frame, static_cast<std::uint32_t>(canvas.height - 1), 3, false);
        put(frame, 100, 3, false); // milliseconds
        put(frame, 0, 1, false);
        chunks += riffChunk("ANMF", frame + picture);
    };
    if (firstIsEmpty)
        addFrame(webpPicture(frames[0], {.lossless = true, .alpha = 0}));
    for (const auto &frame : frames)
        addFrame(webpPicture(frame, {.lossless = true}));
    return riff(chunks);
}

namespace {

int appendGif(GifFileType *gif, const GifByteType *data, int size)
{
    static_cast<std::string *>(gif->UserData)
        ->append(reinterpret_cast<const char *>(data), static_cast<std::size_t>(size));
    return size;
}

} // namespace

std::string gif(const std::vector<Pixels> &frames, int emptyFirst)
{
    // A cube of 6 × 6 × 6 colours; index 255 is transparent.
    std::string out;
    int error = 0;
    GifFileType *file = EGifOpen(&out, appendGif, &error);
    check(file, "giflib failed");
    std::vector<GifColorType> colours(256);
    for (int i = 0; i < 216; ++i)
        colours[static_cast<std::size_t>(i)] = {static_cast<GifByteType>(i / 36 * 51),
                                                static_cast<GifByteType>(i / 6 % 6 * 51),
                                                static_cast<GifByteType>(i % 6 * 51)};
    ColorMapObject *map = GifMakeMapObject(256, colours.data());
    const Size size = frames.at(0).size;
    EGifSetGifVersion(file, true);
    check(EGifPutScreenDesc(file, size.width, size.height, 8, 0, map) == GIF_OK, "giflib failed");
    std::vector<GifPixelType> row(static_cast<std::size_t>(size.width));
    for (int f = -emptyFirst; f < static_cast<int>(frames.size()); ++f) {
        GraphicsControlBlock control{};
        control.DisposalMode = DISPOSE_DO_NOT;
        control.DelayTime = 10;
        control.TransparentColor = 255;
        GifByteType extension[4];
        EGifGCBToExtension(&control, extension);
        EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, extension);
        EGifPutImageDesc(file, 0, 0, size.width, size.height, false, nullptr);
        for (int y = 0; y < size.height; ++y) {
            for (std::size_t x = 0; x < row.size(); ++x) {
                row[x] = 255;
                if (f < 0)
                    continue;
                const auto *rgb =
                    frames[static_cast<std::size_t>(f)].rgb.data() + (static_cast<std::size_t>(y) * row.size() + x) * 3;
                row[x] =
                    static_cast<GifPixelType>((rgb[0] + 25) / 51 * 36 + (rgb[1] + 25) / 51 * 6 + (rgb[2] + 25) / 51);
            }
            check(EGifPutLine(file, row.data(), size.width) == GIF_OK, "giflib failed");
        }
    }
    EGifCloseFile(file, &error);
    GifFreeMapObject(map);
    return out;
}

std::string bmp(const Pixels &pixels, bool oldest)
{
    const auto width = static_cast<std::size_t>(pixels.size.width);
    const std::size_t stride = (width * 3 + 3) / 4 * 4;
    std::string rows;
    for (int y = pixels.size.height - 1; y >= 0; --y) { // bottom first
        const auto *from = pixels.rgb.data() + static_cast<std::size_t>(y) * width * 3;
        std::string row;
        for (std::size_t x = 0; x < width; ++x, from += 3)
            row += {static_cast<char>(from[2]), static_cast<char>(from[1]), static_cast<char>(from[0])};
        row.resize(stride);
        rows += row;
    }
    const std::uint32_t head = oldest ? 12 : 40;
    const int side = oldest ? 2 : 4; // bytes
    std::string out = "BM";
    put(out, static_cast<std::uint32_t>(14 + head + rows.size()), 4, false);
    put(out, 0, 4, false);
    put(out, 14 + head, 4, false);
    put(out, head, 4, false);
    put(out, static_cast<std::uint32_t>(pixels.size.width), side, false);
    put(out, static_cast<std::uint32_t>(pixels.size.height), side, false);
    put(out, 1, 2, false);
    put(out, 24, 2, false);
    for (int i = 0; i < 6 && !oldest; ++i)
        put(out, 0, 4, false);
    return out + rows;
}

} // namespace photolex::test
