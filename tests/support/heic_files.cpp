#include "tests/support/pictures.h"
#include "tests/support/pictures_p.h"

#include <algorithm>
#include <libheif/heif.h>
#include <memory>
#include <stdexcept>

namespace photolex::test {

namespace {

void check(bool good, const char *what)
{
    if (!good)
        throw std::runtime_error(what);
}

} // namespace

namespace {

void check(const heif_error &error)
{
    check(error.code == heif_error_Ok, error.message);
}

std::shared_ptr<heif_image> heifImage(const Pixels &pixels, bool alpha)
{
    heif_image *image = nullptr;
    const auto [width, height] = pixels.size;
    check(heif_image_create(width, height, heif_colorspace_RGB,
                            alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &image));
    std::shared_ptr<heif_image> owner(image, heif_image_release);
    check(heif_image_add_plane(image, heif_channel_interleaved, width, height, 8));
    int stride = 0;
    std::uint8_t *plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < height; ++y) {
        const auto *from = pixels.rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3;
        std::uint8_t *to = plane + static_cast<std::ptrdiff_t>(y) * stride;
        for (int x = 0; x < width; ++x, from += 3) {
            to = std::copy_n(from, 3, to);
            if (alpha)
                *to++ = static_cast<std::uint8_t>(x % 2 ? 255 : 250); // not constant: it must not be left out
        }
    }
    return owner;
}

heif_error appendHeif(heif_context *, const void *data, std::size_t size, void *out)
{
    static_cast<std::string *>(out)->append(static_cast<const char *>(data), size);
    return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

} // namespace

bool canMakeHeic(bool avif)
{
    return heif_have_encoder_for_format(avif ? heif_compression_AV1 : heif_compression_HEVC);
}

std::string heic(const Pixels &pixels, const HeicOptions &options)
{
    const std::shared_ptr<heif_context> context(heif_context_alloc(), heif_context_free);
    heif_encoder *encoder = nullptr;
    check(heif_context_get_encoder_for_format(context.get(),
                                              options.avif ? heif_compression_AV1 : heif_compression_HEVC, &encoder));
    const std::shared_ptr<heif_encoder> encoderOwner(encoder, heif_encoder_release);
    heif_encoder_set_lossy_quality(encoder, 90);
    if (options.avif)
        heif_encoder_set_parameter_integer(encoder, "speed", 9);
    else
        heif_encoder_set_parameter_string(encoder, "preset", "ultrafast");
    const std::shared_ptr<heif_encoding_options> encoding(heif_encoding_options_alloc(), heif_encoding_options_free);
    encoding->save_alpha_channel = options.alpha;

    if (options.second) {
        heif_image_handle *handle = nullptr;
        check(heif_context_encode_image(context.get(), heifImage(*options.second, false).get(), encoder, encoding.get(),
                                        &handle));
        heif_image_handle_release(handle);
    }
    encoding->image_orientation = static_cast<heif_orientation>(options.irotOrientation);
    const auto image = heifImage(pixels, options.alpha);
    heif_image_handle *handle = nullptr;
    check(heif_context_encode_image(context.get(), image.get(), encoder, encoding.get(), &handle));
    const std::shared_ptr<heif_image_handle> handleOwner(handle, heif_image_handle_release);
    check(heif_context_set_primary_image(context.get(), handle));
    if (options.exifOrientation > 0) {
        const std::string exif = exifBlock(options.exifOrientation);
        check(heif_context_add_exif_metadata(context.get(), handle, exif.data(), static_cast<int>(exif.size())));
    }
    if (options.thumbnailSide > 0) {
        heif_image_handle *thumbnail = nullptr;
        check(heif_context_encode_thumbnail(context.get(), image.get(), handle, encoder, encoding.get(),
                                            options.thumbnailSide, &thumbnail));
        heif_image_handle_release(thumbnail);
    }
    std::string out;
    heif_writer writer{1, appendHeif};
    check(heif_context_write(context.get(), &writer, &out));
    return out;
}

std::string heicWithManyAuxiliaries(const Pixels &pixels, bool avif)
{
    // The references of the alpha picture and of the EXIF block lie side by side, 14 bytes each. They become one of 28,
    // from the alpha picture to eight others, so that nothing in the file moves.
    std::string file = heic(pixels, {.exifOrientation = 1, .alpha = true, .avif = avif});
    const std::size_t auxl = file.find("auxl"), cdsc = file.find("cdsc");
    check(auxl != std::string::npos && cdsc != std::string::npos, "no references in our HEIC");
    const std::size_t first = std::min(auxl, cdsc) - 4;
    check(std::max(auxl, cdsc) - 4 == first + 14, "the references do not lie side by side");
    const std::string alphaItem = file.substr(auxl + 4, 2), target = file.substr(auxl + 8, 2);
    std::string merged;
    put(merged, 28, 4, true);
    merged += "auxl" + alphaItem;
    put(merged, 8, 2, true);
    for (int i = 0; i < 8; ++i)
        merged += target;
    file.replace(first, 28, merged);
    return file;
}

namespace {

std::string box(std::string_view type, std::string_view body)
{
    std::string out;
    put(out, static_cast<std::uint32_t>(body.size() + 8), 4, true);
    return out + std::string(type) + std::string(body);
}

std::string fullBox(std::string_view type, int version, std::uint32_t flags, std::string_view body)
{
    std::string head;
    put(head, static_cast<std::uint32_t>(version), 1, true);
    put(head, flags, 3, true);
    return box(type, head + std::string(body));
}

std::uint32_t bigEndian32(std::string_view text, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(text[at + i]);
    return value;
}

struct CodedTile {
    std::string configuration; // the whole hvcC box
    std::string data;
};

CodedTile codedTile(const Pixels &pixels)
{
    const std::string file = heic(pixels);
    CodedTile tile;
    const std::size_t at = file.find("hvcC") - 4;
    tile.configuration = file.substr(at, bigEndian32(file, at));
    for (std::size_t box = 0; box + 8 <= file.size(); box += bigEndian32(file, box)) {
        if (file.compare(box + 4, 4, "mdat") == 0)
            tile.data = file.substr(box + 8, bigEndian32(file, box) - 8);
    }
    check(!tile.data.empty(), "no data in our HEIC");
    return tile;
}

Pixels cutOut(const Pixels &pixels, int left, int top, Size size)
{
    Pixels out{size, {}};
    for (int y = top; y < top + size.height; ++y) {
        const auto begin = pixels.rgb.begin() + (std::ptrdiff_t{y} * pixels.size.width + left) * 3;
        out.rgb.insert(out.rgb.end(), begin, begin + std::ptrdiff_t{size.width} * 3);
    }
    return out;
}

} // namespace

std::string heicGrid(const Pixels &pixels, int columns, int rows, int orientation)
{
    using namespace std::string_literals;
    const Size tileSize = {pixels.size.width / columns, pixels.size.height / rows};
    const auto u = [](std::uint32_t value, int bytes) {
        std::string out;
        put(out, value, bytes, true);
        return out;
    };
    const auto size = [&](Size of) {
        return fullBox("ispe", 0, 0,
                       u(static_cast<std::uint32_t>(of.width), 4) + u(static_cast<std::uint32_t>(of.height), 4));
    };
    std::vector<CodedTile> tiles;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x)
            tiles.push_back(codedTile(cutOut(pixels, x * tileSize.width, y * tileSize.height, tileSize)));
    }
    const auto count = static_cast<std::uint32_t>(tiles.size()), gridItem = count + 1;
    std::vector<std::string> data;
    std::string items, references, properties, associations;
    for (std::uint32_t i = 1; i <= count; ++i) {
        items += fullBox("infe", 2, 1, u(i, 2) + u(0, 2) + "hvc1\0"s);
        references += u(i, 2);
        properties += tiles[i - 1].configuration;
        associations += u(i, 2) + u(2, 1) + u(0x80 | i, 1) + u(count + 1, 1);
        data.push_back(tiles[i - 1].data);
    }
    items += fullBox("infe", 2, 0, u(gridItem, 2) + u(0, 2) + "grid\0"s);
    properties += size(tileSize) + size(pixels.size);
    // Quarter turns against the clock.
    const std::uint32_t angle = orientation == 6 ? 3 : orientation == 3 ? 2 : orientation == 8 ? 1 : 0;
    properties += box("irot", u(angle, 1));
    associations += u(gridItem, 2) + u(2, 1) + u(count + 2, 1) + u(0x80 | (count + 3), 1);
    data.push_back(u(0, 2) + u(static_cast<std::uint32_t>(rows - 1), 1) +
                   u(static_cast<std::uint32_t>(columns - 1), 1) + u(static_cast<std::uint32_t>(pixels.size.width), 2) +
                   u(static_cast<std::uint32_t>(pixels.size.height), 2));

    const std::string start = box("ftyp", "heic" + u(0, 4) + "mif1heic");
    const auto meta = [&](std::uint32_t dataAt) {
        std::string places = u(0x44, 1) + u(0, 1) + u(gridItem, 2);
        for (std::uint32_t i = 1; i <= gridItem; ++i) {
            const auto length = static_cast<std::uint32_t>(data[i - 1].size());
            places += u(i, 2) + u(0, 2) + u(1, 2) + u(dataAt, 4) + u(length, 4);
            dataAt += length;
        }
        return fullBox("meta", 0, 0,
                       fullBox("hdlr", 0, 0, u(0, 4) + "pict" + std::string(12, '\0') + "\0"s) +
                           fullBox("pitm", 0, 0, u(gridItem, 2)) + fullBox("iloc", 0, 0, places) +
                           fullBox("iinf", 0, 0, u(gridItem, 2) + items) +
                           fullBox("iref", 0, 0, box("dimg", u(gridItem, 2) + u(count, 2) + references)) +
                           box("iprp", box("ipco", properties) + fullBox("ipma", 0, 0, u(gridItem, 4) + associations)));
    };
    const auto dataAt = static_cast<std::uint32_t>(start.size() + meta(0).size() + 8);
    std::string payload;
    for (const auto &part : data)
        payload += part;
    return start + meta(dataAt) + box("mdat", payload);
}

std::string film(std::int64_t greenwich, int seconds, int version)
{
    constexpr std::int64_t from1904 = 2'082'844'800;
    const auto made = static_cast<std::uint64_t>(greenwich + from1904);
    std::string head;
    const auto add = [&head](std::uint64_t value, bool isWide) {
        if (isWide)
            put(head, static_cast<std::uint32_t>(value >> 32), 4, true);
        put(head, static_cast<std::uint32_t>(value), 4, true);
    };
    const bool isWide = version == 1;
    add(made, isWide);
    add(made, isWide);
    add(600, false); // ticks a second
    add(static_cast<std::uint64_t>(seconds) * 600, isWide);
    return box("ftyp", "qt      ") + box("mdat", std::string(5000, 'x')) +
           box("moov", fullBox("mvhd", version, 0, head));
}

} // namespace photolex::test
