// HEIC and AVIF through libheif: the primary picture, turned by libheif; its thumbnail item where that is enough.
#include "core/image/heif_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <libheif/heif.h>
#include <memory>

namespace photolex::image {

namespace {

template <auto function>
struct Deleter {
    template <class T>
    void operator()(T *pointer) const
    {
        function(pointer);
    }
};
using Context = std::unique_ptr<heif_context, Deleter<heif_context_free>>;
using Handle = std::unique_ptr<heif_image_handle, Deleter<heif_image_handle_release>>;
using Image = std::unique_ptr<heif_image, Deleter<heif_image_release>>;
using Options = std::unique_ptr<heif_decoding_options, Deleter<heif_decoding_options_free>>;

tl::unexpected<Error> failure(const heif_error &error)
{
    if (error.subcode == heif_suberror_End_of_data)
        return fail(Errc::Corrupt, {}, "the file ends early");
    const bool unsupported =
        error.code == heif_error_Unsupported_feature || error.code == heif_error_Unsupported_filetype;
    return fail(heifError(unsupported, error.message ? error.message : ""));
}

struct Opened {
    Context context;
    Handle primary;
};

Result<Opened> open(Bytes bytes)
{
    Opened opened{Context(heif_context_alloc()), nullptr};
    heif_error error =
        heif_context_read_from_memory_without_copy(opened.context.get(), bytes.data(), bytes.size(), nullptr);
    // libheif misses the box that was cut ("no meta box") and does not say that it was cut.
    if (error.code == heif_error_Invalid_input && endsWithinABox(bytes))
        return fail(Errc::Corrupt, {}, "the file ends early");
    if (error.code != heif_error_Ok)
        return failure(error);
    heif_image_handle *handle = nullptr;
    error = heif_context_get_primary_image_handle(opened.context.get(), &handle);
    if (error.code != heif_error_Ok)
        return failure(error);
    opened.primary.reset(handle);
    return opened;
}

Size sizeOf(const heif_image_handle *handle)
{
    return {heif_image_handle_get_width(handle), heif_image_handle_get_height(handle)};
}

int exifOrientationOf(const heif_image_handle *handle)
{
    heif_item_id id = 0;
    if (heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &id, 1) < 1)
        return 1;
    const std::size_t size = heif_image_handle_get_metadata_size(handle, id);
    if (size < 4 || size > (std::size_t{1} << 26))
        return 1;
    std::vector<std::byte> block(size);
    if (heif_image_handle_get_metadata(handle, id, block.data()).code != heif_error_Ok)
        return 1;
    // The block opens with how far behind these four bytes the TIFF structure begins.
    const auto *p = octets(block);
    const std::size_t offset = std::size_t{p[0]} << 24 | std::size_t{p[1]} << 16 | std::size_t{p[2]} << 8 | p[3];
    return offset < size - 4 ? exifOrientation(Bytes(block).subspan(4 + offset)) : 1;
}

// The orientation that is left to do after libheif has done its part.
int orientationLeft(Bytes bytes, const heif_image_handle *primary)
{
    const int fromExif = exifOrientationOf(primary);
    return fromExif == 1 || hasOwnTransformation(bytes) ? 1 : fromExif;
}

// A thumbnail item with the same proportions and a short side that is enough, the smallest of them.
Handle thumbnailFor(const heif_image_handle *primary, int wantedShortSide)
{
    constexpr int most = 8;
    heif_item_id ids[most];
    const int count = heif_image_handle_get_list_of_thumbnail_IDs(primary, ids, most);
    const Size full = sizeOf(primary);
    Handle best;
    for (int i = 0; i < count; ++i) {
        heif_image_handle *candidate = nullptr;
        if (heif_image_handle_get_thumbnail(primary, ids[i], &candidate).code != heif_error_Ok)
            continue;
        Handle handle(candidate);
        const Size size = sizeOf(candidate);
        if (size.isEmpty() || (wantedShortSide > 0 && std::min(size.width, size.height) < wantedShortSide))
            continue;
        // One that was not turned with the picture, or is letterboxed, has other proportions.
        const double ratio =
            (static_cast<double>(size.width) / size.height) / (static_cast<double>(full.width) / full.height);
        if (ratio < 0.97 || ratio > 1.03)
            continue;
        if (!best || size.width < sizeOf(best.get()).width)
            best = std::move(handle);
    }
    return best;
}

Result<Image> decodeHandle(const heif_image_handle *handle, bool alpha)
{
    const Options options(heif_decoding_options_alloc());
    options->convert_hdr_to_8bit = 1;
    heif_image *image = nullptr;
    const heif_error error =
        heif_decode_image(handle, &image, heif_colorspace_RGB,
                          alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options.get());
    if (error.code != heif_error_Ok)
        return failure(error);
    return Image(image);
}

std::string toSrgb(Pixels &pixels, const heif_image_handle *handle)
{
    if (const std::size_t size = heif_image_handle_get_raw_color_profile_size(handle); size > 0) {
        std::vector<std::byte> profile(size);
        if (heif_image_handle_get_raw_color_profile(handle, profile.data()).code == heif_error_Ok)
            return convertToSrgb(pixels, profile);
    }
    heif_color_profile_nclx *nclx = nullptr;
    if (heif_image_handle_get_nclx_color_profile(handle, &nclx).code != heif_error_Ok || !nclx)
        return {};
    const std::unique_ptr<heif_color_profile_nclx, Deleter<heif_nclx_color_profile_free>> owner(nclx);
    std::string warning;
    if (nclx->transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_PQ ||
        nclx->transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_HLG)
        warning = "high dynamic range shown as standard range";
    if (nclx->color_primaries == heif_color_primaries_ITU_R_BT_709_5 ||
        nclx->color_primaries == heif_color_primaries_unspecified)
        return warning;
    const Primaries primaries{nclx->color_primary_red_x,   nclx->color_primary_red_y,  nclx->color_primary_green_x,
                              nclx->color_primary_green_y, nclx->color_primary_blue_x, nclx->color_primary_blue_y,
                              nclx->color_primary_white_x, nclx->color_primary_white_y};
    if (!(primaries.whiteY > 0 && primaries.redY > 0 && primaries.greenY > 0 && primaries.blueY > 0))
        return warning;
    const auto problem = convertToSrgb(pixels, primaries);
    return problem.empty() ? warning : problem;
}

Result<Pixels> pixelsOf(const heif_image_handle *handle, const DecodeOptions &options)
{
    const bool alpha = heif_image_handle_has_alpha_channel(handle);
    const auto image = decodeHandle(handle, alpha);
    if (!image)
        return fail(image.error());
    int stride = 0;
    const std::uint8_t *plane = heif_image_get_plane_readonly(image->get(), heif_channel_interleaved, &stride);
    const Size size = {heif_image_get_width(image->get(), heif_channel_interleaved),
                       heif_image_get_height(image->get(), heif_channel_interleaved)};
    if (!plane || size.isEmpty() || stride < size.width * (alpha ? 4 : 3))
        return fail(Errc::Corrupt, {}, "libheif gave no pixels");
    if (const auto checked = checkSize(size, options.pixelLimit); !checked)
        return fail(checked.error());
    const bool premultiplied = alpha && heif_image_handle_is_premultiplied_alpha(handle);
    RowShrinker shrinker(size, options);
    std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width) * 3);
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t *from = plane + static_cast<std::ptrdiff_t>(stride) * y;
        for (std::size_t x = 0; alpha && x < static_cast<std::size_t>(size.width); ++x) {
            const auto *pixel = from + x * 4;
            for (std::size_t c = 0; c < 3; ++c) {
                const unsigned under = (options.background * (255U - pixel[3]) + 127) / 255;
                row[x * 3 + c] = premultiplied ? static_cast<std::uint8_t>(std::min(255U, pixel[c] + under))
                                               : overBackground(pixel[c], pixel[3], options.background);
            }
        }
        shrinker.addRow(alpha ? row.data() : from);
    }
    return shrinker.finish();
}

} // namespace

Error heifError(bool isUnsupported, std::string_view message)
{
    message = message.substr(0, message.find('\n'));
    // Fixed in libheif 1.19; files of newer iPhones carry more auxiliary pictures than older versions allow.
    if (message.find("auxiliary image references") != std::string_view::npos)
        return {Errc::Unsupported,
                {},
                fmt::format("needs libheif 1.19 or newer, this is {}: install it from your distribution's backports",
                            heif_get_version())};
    if (isUnsupported) {
        auto detail = fmt::format("libheif {} cannot read this: {}", heif_get_version(), message);
        if (const auto missing = missingHeifDecoders(); !missing.empty())
            detail += "; " + missing.substr(0, missing.size() - 1);
        return {Errc::Unsupported, {}, std::move(detail)};
    }
    return {Errc::Corrupt, {}, fmt::format("damaged HEIC or AVIF: {}", message)};
}

Result<Header> heifHeader(Bytes bytes)
{
    const auto opened = open(bytes);
    if (!opened)
        return fail(opened.error());
    const auto *primary = opened->primary.get();
    return Header{.format = Format::Heif, .size = sizeOf(primary), .orientation = orientationLeft(bytes, primary)};
}

Result<Decoded> decodeHeif(Bytes bytes, const DecodeOptions &options)
{
    const auto opened = open(bytes);
    if (!opened)
        return fail(opened.error());
    const auto *primary = opened->primary.get();
    Decoded decoded;
    decoded.fullSize = sizeOf(primary);
    if (const auto checked = checkSize(decoded.fullSize, options.pixelLimit); !checked)
        return fail(checked.error());
    decoded.orientation = orientationLeft(bytes, primary);
    decoded.pictureCount = std::max(1, heif_context_get_number_of_top_level_images(opened->context.get()));

    Handle thumbnail;
    if (options.wantedShortSide > 0)
        thumbnail = thumbnailFor(primary, options.wantedShortSide);
    auto pixels = pixelsOf(thumbnail ? thumbnail.get() : primary, options);
    decoded.fromPreview = thumbnail != nullptr;
    if (!pixels && thumbnail) {
        thumbnail.reset();
        decoded.fromPreview = false;
        pixels = pixelsOf(primary, options);
    } else if (!pixels && pixels.error().code == Errc::Corrupt) {
        // The picture is gone; a thumbnail of any size still shows what it was.
        if (auto rescue = thumbnailFor(primary, 0)) {
            if (auto small = pixelsOf(rescue.get(), options)) {
                thumbnail = std::move(rescue);
                pixels = std::move(small);
                decoded.fromPreview = decoded.damaged = true;
            }
        }
    }
    if (!pixels)
        return fail(pixels.error());
    decoded.pixels = std::move(*pixels);
    // A thumbnail item without a profile of its own has the colours of its picture.
    const bool ownProfile =
        thumbnail && heif_image_handle_get_color_profile_type(thumbnail.get()) != heif_color_profile_type_not_present;
    decoded.warning = toSrgb(decoded.pixels, ownProfile ? thumbnail.get() : primary);
    return decoded;
}

} // namespace photolex::image
