// RAW through LibRaw: the embedded preview where it is large enough, else a half-size development; the full one is 3 to
// 23 times slower and shows nothing more at these sizes.
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <libraw/libraw.h>
#include <memory>

namespace photolex::image {

namespace {

// LibRaw is some 100 KB of members: not for the stack.
using Raw = std::unique_ptr<LibRaw>;

tl::unexpected<Error> failure(int code)
{
    switch (code) {
    case LIBRAW_FILE_UNSUPPORTED:
        return fail(Errc::Unsupported, {}, fmt::format("LibRaw {} does not know this kind of RAW", LibRaw::version()));
    case LIBRAW_TOO_BIG:
    case LIBRAW_UNSUFFICIENT_MEMORY:
        return fail(Errc::TooLarge, {}, "this RAW needs more memory than allowed");
    case LIBRAW_IO_ERROR:
        return fail(Errc::Corrupt, {}, "the file ends early");
    default:
        return fail(Errc::Corrupt, {}, fmt::format("damaged RAW: {}", libraw_strerror(code)));
    }
}

Result<Raw> open(Bytes bytes)
{
    auto raw = std::make_unique<LibRaw>();
    raw->set_dataerror_handler(nullptr, nullptr); // the default one prints to stderr, without the file's name
    raw->imgdata.params.max_raw_memory_mb = 1024;
    raw->imgdata.params.half_size = 1;
    raw->imgdata.params.use_camera_wb = 1;
    raw->imgdata.params.output_bps = 8;
    raw->imgdata.params.output_color = 1; // sRGB
    raw->imgdata.params.user_flip = 0;    // turned by us, as everything else is
    const int code = raw->open_buffer(const_cast<std::byte *>(bytes.data()), bytes.size());
    constexpr std::size_t smallestRaw = 16 * 1024; // no camera writes less: this is the start of one
    if (code == LIBRAW_FILE_UNSUPPORTED && bytes.size() < smallestRaw)
        return fail(Errc::Corrupt, {}, "the file ends early");
    if (code != LIBRAW_SUCCESS)
        return failure(code);
    return raw;
}

Size sizeOf(const LibRaw &raw)
{
    return {raw.imgdata.sizes.width, raw.imgdata.sizes.height};
}

int orientationOf(const LibRaw &raw)
{
    switch (raw.imgdata.sizes.flip) {
    case 3:
        return 3;
    case 5:
        return 8;
    case 6:
        return 6;
    default:
        return 1;
    }
}

// The preview as stored; nothing when there is none that can be shown. `exact`: it is as large as wanted.
std::optional<Decoded> preview(LibRaw &raw, const DecodeOptions &options)
{
    if (raw.unpack_thumb() != LIBRAW_SUCCESS)
        return std::nullopt;
    const auto &thumbnail = raw.imgdata.thumbnail;
    if (!thumbnail.thumb || thumbnail.tlength == 0)
        return std::nullopt;
    const Bytes data(reinterpret_cast<const std::byte *>(thumbnail.thumb), thumbnail.tlength);
    if (thumbnail.tformat == LIBRAW_THUMBNAIL_JPEG) {
        auto decoded = decodeJpeg(data, options);
        return decoded ? std::optional(std::move(*decoded)) : std::nullopt;
    }
    if (thumbnail.tformat == LIBRAW_THUMBNAIL_BITMAP && thumbnail.tcolors == 3) {
        const Size size = {thumbnail.twidth, thumbnail.theight};
        const auto needed = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3;
        if (size.isEmpty() || needed > data.size())
            return std::nullopt;
        Decoded decoded;
        decoded.fullSize = size;
        decoded.pixels = {size, std::vector<std::uint8_t>(octets(data), octets(data) + needed)};
        return decoded;
    }
    return std::nullopt;
}

int shortSide(Size size)
{
    return std::min(size.width, size.height);
}

Result<Pixels> develop(LibRaw &raw)
{
    int code = raw.unpack();
    if (code == LIBRAW_SUCCESS)
        code = raw.dcraw_process();
    if (code != LIBRAW_SUCCESS)
        return failure(code);
    struct Freer {
        void operator()(libraw_processed_image_t *image) const { LibRaw::dcraw_clear_mem(image); }
    };
    const std::unique_ptr<libraw_processed_image_t, Freer> image(raw.dcraw_make_mem_image(&code));
    if (!image)
        return failure(code);
    const Size size = {image->width, image->height};
    const auto count = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    if (image->type != LIBRAW_IMAGE_BITMAP || image->bits != 8 || (image->colors != 3 && image->colors != 1) ||
        size.isEmpty() || image->data_size < count * image->colors)
        return fail(Errc::Unsupported, {}, "LibRaw developed no picture of a known kind");
    Pixels pixels{size, std::vector<std::uint8_t>(count * 3)};
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t c = 0; c < 3; ++c)
            pixels.rgb[i * 3 + c] = image->data[image->colors == 3 ? i * 3 + c : i];
    }
    return pixels;
}

} // namespace

Result<Header> rawHeader(Bytes bytes)
{
    const auto raw = open(bytes);
    if (!raw)
        return fail(raw.error());
    return Header{.format = Format::Raw, .size = sizeOf(**raw), .orientation = orientationOf(**raw)};
}

Result<Decoded> decodeRaw(Bytes bytes, const DecodeOptions &options)
{
    const auto opened = open(bytes);
    if (!opened)
        return fail(opened.error());
    LibRaw &raw = **opened;
    const Size full = sizeOf(raw);
    if (const auto checked = checkSize(full, options.pixelLimit); !checked)
        return fail(checked.error());

    // At full size wanted, a preview is good enough when nothing that it lacks would be developed at half size either.
    const int enough =
        options.wantedShortSide > 0 ? std::min(options.wantedShortSide, shortSide(full) / 2) : shortSide(full) / 2;
    auto decoded = preview(raw, options);
    const bool previewIsEnough = decoded && shortSide(decoded->fullSize) >= enough;
    if (!previewIsEnough) {
        if (auto developed = develop(raw)) {
            decoded.emplace();
            decoded->pixels = std::move(*developed);
        } else if (!decoded) {
            return fail(developed.error());
        } else {
            decoded->warning = "only the small preview inside could be read";
            decoded->fromPreview = true;
        }
    } else {
        decoded->fromPreview = true;
    }
    decoded->fullSize = full;
    decoded->orientation = orientationOf(raw);
    return std::move(*decoded);
}

} // namespace photolex::image
