// PNG through libpng, row by row: 1 to 16 bits, palette, grey, transparency, interlaced; with its colour profile, its
// EXIF orientation, and the rows that a damaged file still holds.
#include "core/image/decode_p.h"

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <fmt/format.h>
#include <png.h>
#include <string_view>

namespace photolex::image {

namespace {

// Plain data only: longjmp runs no destructors.
struct Reader {
    png_structp png;
    png_infop info;
    const std::uint8_t *next;
    std::size_t left;
    bool reachedEnd;
    bool damaged;
    char message[128];
};

void onRead(png_structp png, png_bytep out, std::size_t count)
{
    auto *reader = static_cast<Reader *>(png_get_io_ptr(png));
    if (count > reader->left) {
        reader->reachedEnd = true;
        png_error(png, "the file ends early");
    }
    std::memcpy(out, reader->next, count);
    reader->next += count;
    reader->left -= count;
}

void onError(png_structp png, png_const_charp message)
{
    auto *reader = static_cast<Reader *>(png_get_error_ptr(png));
    std::strncpy(reader->message, message, sizeof reader->message - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp png, png_const_charp message)
{
    // A wrong checksum of pixel data is a warning (see set_crc_action below); the others are about side matters.
    if (std::string_view(message).find("CRC") != std::string_view::npos)
        static_cast<Reader *>(png_get_error_ptr(png))->damaged = true;
}

struct Guard {
    Reader &reader;
    ~Guard() { png_destroy_read_struct(&reader.png, &reader.info, nullptr); }
};

bool open(Reader &reader, Bytes bytes)
{
    reader.next = octets(bytes);
    reader.left = bytes.size();
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, onError, onWarning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : nullptr;
    return reader.info != nullptr;
}

bool readHeader(Reader &reader)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_set_read_fn(reader.png, &reader, onRead);
    // The size is ours to limit, in pixels and before anything is allocated.
    png_set_user_limits(reader.png, 0x7fffffff, 0x7fffffff);
    png_set_crc_action(reader.png, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
    png_read_info(reader.png, reader.info);
    return true;
}

// Everything becomes 8 bits, RGB or RGBA.
bool prepareRows(Reader &reader, int *channels, int *passes)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_set_expand(reader.png);
    png_set_scale_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    *passes = png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    *channels = png_get_channels(reader.png, reader.info);
    return true;
}

bool readRow(Reader &reader, std::uint8_t *row)
{
    if (setjmp(png_jmpbuf(reader.png)))
        return false;
    png_read_row(reader.png, row, nullptr);
    return true;
}

int orientationOf(const Reader &reader)
{
    png_bytep exif = nullptr;
    png_uint_32 size = 0;
    if (!png_get_eXIf_1(reader.png, reader.info, &size, &exif) || !exif)
        return 1;
    return exifOrientation({reinterpret_cast<const std::byte *>(exif), size});
}

// eXIf may lie behind the pixels, where libpng has not looked yet; acTL says that it is animated. Walks the chunk
// heads.
void walkChunks(Bytes bytes, int &orientation, int &frames)
{
    const auto *data = octets(bytes);
    const auto u32 = [&](std::size_t at) {
        return std::uint32_t{data[at]} << 24 | std::uint32_t{data[at + 1]} << 16 | std::uint32_t{data[at + 2]} << 8 |
               std::uint32_t{data[at + 3]};
    };
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const std::size_t length = u32(at);
        if (length > bytes.size() - at - 12)
            return;
        const std::string_view type(reinterpret_cast<const char *>(data) + at + 4, 4);
        if (type == "eXIf" && orientation == 1)
            orientation = exifOrientation(bytes.subspan(at + 8, length));
        else if (type == "acTL" && length >= 8)
            frames = static_cast<int>(std::min<std::uint32_t>(u32(at + 8), 1'000'000));
        at += length + 12;
    }
}

tl::unexpected<Error> readerError(const Reader &reader)
{
    if (reader.reachedEnd)
        return fail(Errc::Corrupt, {}, "the file ends early");
    return fail(Errc::Corrupt, {}, fmt::format("damaged PNG: {}", reader.message));
}

void composeRow(const std::uint8_t *rgba, std::uint8_t *rgb, int width, std::uint8_t background)
{
    for (int x = 0; x < width; ++x, rgba += 4, rgb += 3) {
        for (int c = 0; c < 3; ++c)
            rgb[c] = overBackground(rgba[c], rgba[3], background);
    }
}

} // namespace

Result<Header> pngHeader(Bytes bytes)
{
    Reader reader{};
    const Guard guard{reader};
    if (!open(reader, bytes))
        return fail(Errc::Internal, {}, "libpng could not start");
    if (!readHeader(reader))
        return readerError(reader);
    Header header{.format = Format::Png,
                  .size = {static_cast<int>(png_get_image_width(reader.png, reader.info)),
                           static_cast<int>(png_get_image_height(reader.png, reader.info))},
                  .orientation = orientationOf(reader)};
    int frames = 1;
    walkChunks(bytes, header.orientation, frames);
    return header;
}

Result<Decoded> decodePng(Bytes bytes, const DecodeOptions &options)
{
    Reader reader{};
    const Guard guard{reader};
    if (!open(reader, bytes))
        return fail(Errc::Internal, {}, "libpng could not start");
    if (!readHeader(reader))
        return readerError(reader);

    Decoded decoded;
    decoded.fullSize = {static_cast<int>(png_get_image_width(reader.png, reader.info)),
                        static_cast<int>(png_get_image_height(reader.png, reader.info))};
    if (const auto checked = checkSize(decoded.fullSize, options.pixelLimit); !checked)
        return fail(checked.error());
    decoded.orientation = orientationOf(reader);
    walkChunks(bytes, decoded.orientation, decoded.pictureCount);
    decoded.animated = decoded.pictureCount > 1;

    std::vector<std::byte> profile;
    png_charp profileName = nullptr;
    png_bytep profileData = nullptr;
    png_uint_32 profileSize = 0;
    int compression = 0;
    if (png_get_iCCP(reader.png, reader.info, &profileName, &compression, &profileData, &profileSize)) {
        const auto *begin = reinterpret_cast<const std::byte *>(profileData);
        profile.assign(begin, begin + profileSize);
    }

    int channels = 0, passes = 1;
    if (!prepareRows(reader, &channels, &passes))
        return readerError(reader);
    if (channels != 3 && channels != 4)
        return fail(Errc::Unsupported, {}, fmt::format("PNG with {} channels", channels));

    const auto [width, height] = decoded.fullSize;
    const std::size_t stride = static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    // Interlaced pictures are refined over several passes, so all their rows are kept.
    const std::size_t rowsKept = passes > 1 ? static_cast<std::size_t>(height) : 1;
    std::vector<std::uint8_t> rows(stride * rowsKept), rgb(static_cast<std::size_t>(width) * 3);
    RowShrinker shrinker(decoded.fullSize, options);
    const auto deliver = [&](const std::uint8_t *row) {
        if (channels == 4) {
            composeRow(row, rgb.data(), width, options.background);
            row = rgb.data();
        }
        shrinker.addRow(row);
    };
    bool complete = true;
    int passesDone = 0;
    for (int pass = 0; pass < passes && complete; ++pass) {
        for (int y = 0; y < height && complete; ++y) {
            auto *row = rows.data() + (passes > 1 ? stride * static_cast<std::size_t>(y) : 0);
            complete = readRow(reader, row);
            if (complete && passes == 1)
                deliver(row);
        }
        passesDone += complete;
    }
    if (!complete && (passes > 1 ? passesDone == 0 : std::int64_t{shrinker.rowsAdded()} * 12 < height))
        return readerError(reader);
    for (int y = 0; passes > 1 && y < height; ++y)
        deliver(rows.data() + stride * static_cast<std::size_t>(y));

    decoded.damaged = reader.damaged || !complete;
    decoded.pixels = shrinker.finish();
    if (!profile.empty())
        decoded.warning = convertToSrgb(decoded.pixels, profile);
    return decoded;
}

} // namespace photolex::image
