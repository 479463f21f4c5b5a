// BMP, by hand: OpenCV would bring its whole collection of formats, GDAL included, into every start of the program (140
// libraries, 60 ms, 38 MB), and nothing lighter reads BMP.
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <limits>

namespace photolex::image {

namespace {

enum Compression : std::uint32_t { Plain = 0, RunLength8 = 1, RunLength4 = 2, BitFields = 3, AlphaBitFields = 6 };

std::uint32_t u16(Bytes bytes, std::size_t at)
{
    const auto *p = octets(bytes) + at;
    return std::uint32_t{p[0]} | std::uint32_t{p[1]} << 8;
}

std::uint32_t u32(Bytes bytes, std::size_t at)
{
    return u16(bytes, at) | u16(bytes, at + 2) << 16;
}

struct Layout {
    Size size;
    bool topDown = false;
    std::uint32_t bits = 0; // a pixel
    std::uint32_t compression = Plain;
    std::size_t data = 0; // where the rows begin
    std::array<std::uint32_t, 3> masks = {};
    std::array<std::array<std::uint8_t, 3>, 256> palette = {}; // red first
};

Result<Layout> layoutOf(Bytes bytes)
{
    // A file header of 14 bytes; its picture header begins with its own length.
    if (bytes.size() < 26)
        return fail(Errc::Corrupt, {}, "the file ends early");
    Layout layout;
    layout.data = u32(bytes, 10);
    const std::size_t headSize = u32(bytes, 14);
    const bool oldest = headSize == 12;
    if (!oldest && (headSize < 40 || bytes.size() < 54))
        return fail(Errc::Corrupt, {}, "the file ends early");
    std::size_t colours = 0;
    if (oldest) {
        layout.size = {static_cast<int>(u16(bytes, 18)), static_cast<int>(u16(bytes, 20))};
        layout.bits = u16(bytes, 24);
    } else {
        const auto height = static_cast<std::int32_t>(u32(bytes, 22)); // negative: the first row is the top one
        layout.topDown = height < 0;
        layout.size = {static_cast<std::int32_t>(u32(bytes, 18)),
                       height == std::numeric_limits<std::int32_t>::min() ? 0 : std::abs(height)};
        layout.bits = u16(bytes, 28);
        layout.compression = u32(bytes, 30);
        colours = u32(bytes, 46);
    }
    if (layout.size.isEmpty())
        return fail(Errc::Corrupt, {}, "damaged BMP: no picture size");

    std::size_t after = 14 + headSize;
    const bool fields = layout.compression == BitFields || layout.compression == AlphaBitFields;
    layout.masks = layout.bits == 16 ? std::array<std::uint32_t, 3>{0x7C00, 0x03E0, 0x001F}
                                     : std::array<std::uint32_t, 3>{0xFF0000, 0x00FF00, 0x0000FF};
    if (fields && bytes.size() >= 66) {
        for (std::size_t i = 0; i < 3; ++i)
            layout.masks[i] = u32(bytes, 54 + 4 * i);
        if (headSize == 40)
            after += layout.compression == BitFields ? 12 : 16;
    }
    if (layout.bits <= 8) {
        const std::size_t most = std::size_t{1} << layout.bits, width = oldest ? 3 : 4;
        colours = colours == 0 || colours > most ? most : colours;
        for (std::size_t i = 0; i < colours && after + width * (i + 1) <= bytes.size(); ++i) {
            const auto *entry = octets(bytes) + after + width * i;
            layout.palette[i] = {entry[2], entry[1], entry[0]};
        }
    }
    return layout;
}

bool isKnownKind(const Layout &layout)
{
    const std::uint32_t bits = layout.bits;
    switch (layout.compression) {
    case Plain:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    case RunLength8:
        return bits == 8;
    case RunLength4:
        return bits == 4;
    case BitFields:
    case AlphaBitFields:
        return bits == 16 || bits == 32;
    default:
        return false;
    }
}

std::uint8_t field(std::uint32_t pixel, std::uint32_t mask)
{
    if (mask == 0)
        return 0;
    const std::uint32_t most = mask >> std::countr_zero(mask), value = (pixel & mask) >> std::countr_zero(mask);
    return static_cast<std::uint8_t>((std::uint64_t{value} * 255 + most / 2) / most);
}

void unpackRow(const Layout &layout, const std::uint8_t *from, std::uint8_t *rgb)
{
    for (int x = 0; x < layout.size.width; ++x, rgb += 3) {
        if (layout.bits <= 8) {
            const std::uint32_t perByte = 8 / layout.bits, place = static_cast<std::uint32_t>(x) % perByte;
            const std::uint32_t byte = from[static_cast<std::uint32_t>(x) / perByte];
            const auto &colour = layout.palette[byte >> (8 - layout.bits * (place + 1)) & ((1U << layout.bits) - 1)];
            std::copy(colour.begin(), colour.end(), rgb);
        } else if (layout.bits == 24) {
            rgb[0] = from[2], rgb[1] = from[1], rgb[2] = from[0];
            from += 3;
        } else {
            std::uint32_t pixel = 0;
            for (std::uint32_t i = 0; i < layout.bits / 8; ++i)
                pixel |= std::uint32_t{*from++} << 8 * i;
            for (std::size_t c = 0; c < 3; ++c)
                rgb[c] = field(pixel, layout.masks[c]);
        }
    }
}

// Run lengths into one palette index a pixel, rows in the order of the file; pixels that no run covers stay 0.
// Returns how many rows were reached.
int unpackRuns(const Layout &layout, Bytes data, std::vector<std::uint8_t> &indices)
{
    const bool four = layout.compression == RunLength4;
    const auto [width, height] = layout.size;
    const auto *p = octets(data);
    std::size_t at = 0;
    int x = 0, y = 0;
    const auto set = [&](std::uint8_t index) {
        if (x < width && y < height)
            indices[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] =
                index;
        x = std::min(x + 1, width);
    };
    const auto half = [&](std::uint8_t byte, int i) -> std::uint8_t { return i % 2 ? byte & 15 : byte >> 4; };
    while (at + 2 <= data.size() && y < height) {
        const int count = p[at], value = p[at + 1];
        at += 2;
        if (count > 0) { // a run of one colour, or of two in turn
            for (int i = 0; i < count; ++i)
                set(four ? half(static_cast<std::uint8_t>(value), i) : static_cast<std::uint8_t>(value));
        } else if (value == 0) { // end of the row
            x = 0, ++y;
        } else if (value == 1) { // end of the picture
            return height;
        } else if (value == 2) { // a step to the right and up
            if (at + 2 > data.size())
                break;
            x = std::min(x + p[at], width), y += p[at + 1];
            at += 2;
        } else { // that many pixels as they are, padded to two bytes
            const std::size_t bytes =
                four ? (static_cast<std::size_t>(value) + 1) / 2 : static_cast<std::size_t>(value);
            if (bytes > data.size() - at)
                break;
            for (int i = 0; i < value; ++i)
                set(four ? half(p[at + static_cast<std::size_t>(i) / 2], i) : p[at + static_cast<std::size_t>(i)]);
            at += bytes + bytes % 2;
        }
    }
    return std::min(y, height);
}

} // namespace

Result<Header> bmpHeader(Bytes bytes)
{
    const auto layout = layoutOf(bytes);
    if (!layout)
        return fail(layout.error());
    return Header{.format = Format::Bmp, .size = layout->size, .orientation = 1};
}

Result<Decoded> decodeBmp(Bytes bytes, const DecodeOptions &options)
{
    auto layout = layoutOf(bytes);
    if (!layout)
        return fail(layout.error());
    if (const auto checked = checkSize(layout->size, options.pixelLimit); !checked)
        return fail(checked.error());
    if (!isKnownKind(*layout))
        return fail(Errc::Unsupported, {},
                    fmt::format("BMP with {} bits a pixel and compression {}", layout->bits, layout->compression));
    const auto width = static_cast<std::size_t>(layout->size.width),
               height = static_cast<std::size_t>(layout->size.height);
    Bytes data = layout->data < bytes.size() ? bytes.subspan(layout->data) : Bytes();
    std::size_t rowsThere = 0, stride = (width * layout->bits + 31) / 32 * 4;
    std::vector<std::uint8_t> indices;
    if (layout->compression == RunLength8 || layout->compression == RunLength4) {
        if (data.size() < height / 256) // even rows that are skipped take some bytes
            return fail(Errc::Corrupt, {}, "the file ends early");
        indices.resize(width * height);
        rowsThere = static_cast<std::size_t>(unpackRuns(*layout, data, indices));
        data = std::as_bytes(std::span(indices));
        stride = width;
        layout->bits = 8;
    } else {
        rowsThere = std::min(height, data.size() / stride);
    }
    if (rowsThere * 12 < height || rowsThere == 0)
        return fail(Errc::Corrupt, {}, "the file ends early");

    Decoded decoded;
    decoded.fullSize = layout->size;
    decoded.damaged = rowsThere < height;
    RowShrinker shrinker(layout->size, options);
    std::vector<std::uint8_t> row(width * 3);
    for (std::size_t y = 0; y < height; ++y) {
        const std::size_t inFile = layout->topDown ? y : height - 1 - y;
        if (inFile < rowsThere)
            unpackRow(*layout, octets(data) + stride * inFile, row.data());
        else
            std::fill(row.begin(), row.end(), options.background);
        shrinker.addRow(row.data());
    }
    decoded.pixels = shrinker.finish();
    return decoded;
}

} // namespace photolex::image
