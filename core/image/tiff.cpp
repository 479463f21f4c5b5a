// TIFF through libtiff, in bands of rows: every bit depth, palette, CMYK, YCbCr and compression that libtiff turns into
// 8-bit RGBA; floating point row by row.
#include "core/image/decode_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <tiffio.h>

namespace photolex::image {

namespace {

struct Memory {
    Bytes bytes;
    toff_t at = 0;
};

tsize_t readMemory(thandle_t handle, tdata_t out, tsize_t count)
{
    auto *memory = static_cast<Memory *>(handle);
    const auto size = static_cast<toff_t>(memory->bytes.size());
    if (count <= 0 || memory->at >= size)
        return 0;
    const auto taken = std::min<toff_t>(static_cast<toff_t>(count), size - memory->at);
    std::memcpy(out, memory->bytes.data() + memory->at, taken);
    memory->at += taken;
    return static_cast<tsize_t>(taken);
}

tsize_t writeNothing(thandle_t, tdata_t, tsize_t)
{
    return 0;
}

toff_t seekMemory(thandle_t handle, toff_t offset, int whence)
{
    auto *memory = static_cast<Memory *>(handle);
    if (whence == SEEK_CUR)
        memory->at += offset;
    else
        memory->at = whence == SEEK_END ? static_cast<toff_t>(memory->bytes.size()) + offset : offset;
    return memory->at;
}

int closeMemory(thandle_t)
{
    return 0;
}

toff_t sizeOfMemory(thandle_t handle)
{
    return static_cast<toff_t>(static_cast<Memory *>(handle)->bytes.size());
}

int mapMemory(thandle_t handle, tdata_t *base, toff_t *size)
{
    auto *memory = static_cast<Memory *>(handle);
    *base = const_cast<std::byte *>(memory->bytes.data()); // libtiff only reads it ("r")
    *size = static_cast<toff_t>(memory->bytes.size());
    return 1;
}

void unmapMemory(thandle_t, tdata_t, toff_t) {}

struct TiffCloser {
    void operator()(TIFF *tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, TiffCloser>;

Tiff open(Memory &memory)
{
    static const bool quiet = [] {
        TIFFSetErrorHandler(nullptr);
        TIFFSetWarningHandler(nullptr);
        return true;
    }();
    static_cast<void>(quiet);
    return Tiff(TIFFClientOpen("memory", "r", &memory, readMemory, writeNothing, seekMemory, closeMemory, sizeOfMemory,
                               mapMemory, unmapMemory));
}

Result<Header> headerOf(TIFF *tiff)
{
    std::uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    if (width == 0 || height == 0 || width > 0x7fffffff || height > 0x7fffffff)
        return fail(Errc::Corrupt, {}, "damaged TIFF: no picture size");
    std::uint16_t orientation = 1;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    return Header{.format = Format::Tiff,
                  .size = {static_cast<int>(width), static_cast<int>(height)},
                  .orientation = orientation >= 1 && orientation <= 8 ? orientation : 1};
}

int countDirectories(TIFF *tiff)
{
    constexpr int most = 10'000;
    int count = 1;
    while (count < most && TIFFReadDirectory(tiff))
        ++count;
    return count;
}

enum class Numbers : std::uint8_t { UpTo16Bits, Float32, Others };

Numbers numbersOf(TIFF *tiff)
{
    std::uint16_t format = SAMPLEFORMAT_UINT, bits = 8;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    if (format == SAMPLEFORMAT_IEEEFP)
        return bits == 32 ? Numbers::Float32 : Numbers::Others;
    return bits > 16 ? Numbers::Others : Numbers::UpTo16Bits;
}

// libtiff's RGBA is premultiplied and packed in an integer, red lowest; without transparency its alpha is 255.
void composeRow(const std::uint32_t *packed, std::uint8_t *rgb, int width, unsigned background)
{
    for (int x = 0; x < width; ++x, rgb += 3) {
        const unsigned under = (background * (255 - TIFFGetA(packed[x])) + 127) / 255;
        rgb[0] = static_cast<std::uint8_t>(std::min<unsigned>(255, TIFFGetR(packed[x]) + under));
        rgb[1] = static_cast<std::uint8_t>(std::min<unsigned>(255, TIFFGetG(packed[x]) + under));
        rgb[2] = static_cast<std::uint8_t>(std::min<unsigned>(255, TIFFGetB(packed[x]) + under));
    }
}

struct RgbaImage {
    TIFFRGBAImage image{};
    bool begun = false;
    ~RgbaImage()
    {
        if (begun)
            TIFFRGBAImageEnd(&image);
    }
};

Result<> readRows(TIFF *tiff, RowShrinker &shrinker, Size size, const DecodeOptions &options, bool &complete)
{
    char message[1024] = "";
    if (!TIFFRGBAImageOK(tiff, message))
        return fail(Errc::Unsupported, {}, fmt::format("this kind of TIFF: {}", message));
    RgbaImage rgba;
    if (!TIFFRGBAImageBegin(&rgba.image, tiff, 0, message))
        return fail(Errc::Corrupt, {}, fmt::format("damaged TIFF: {}", message));
    rgba.begun = true;
    // As stored: this asks for no turning, which would only cover half of the orientations anyway.
    rgba.image.req_orientation = rgba.image.orientation;

    std::uint32_t unit = 0; // rows that are unpacked together
    if (TIFFIsTiled(tiff))
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &unit);
    else
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &unit);
    unit = std::clamp<std::uint32_t>(unit, 1, static_cast<std::uint32_t>(size.height));
    const std::uint32_t wholeUnits = std::max<std::uint32_t>(1, 256 / unit) * unit;
    const int band = static_cast<int>(std::min<std::uint32_t>(wholeUnits, static_cast<std::uint32_t>(size.height)));
    const auto width = static_cast<std::size_t>(size.width);
    std::vector<std::uint32_t> packed(width * static_cast<std::size_t>(band));
    std::vector<std::uint8_t> rgb(width * 3);
    complete = true;
    for (int top = 0; top < size.height && complete; top += band) {
        const int rows = std::min(band, size.height - top);
        // Opaque grey where libtiff leaves a gap.
        std::fill(packed.begin(), packed.end(), 0xff000000U | 0x010101U * options.background);
        rgba.image.row_offset = top;
        complete = TIFFRGBAImageGet(&rgba.image, packed.data(), static_cast<std::uint32_t>(size.width),
                                    static_cast<std::uint32_t>(rows));
        for (int y = 0; y < rows; ++y) {
            composeRow(packed.data() + width * static_cast<std::size_t>(y), rgb.data(), size.width, options.background);
            shrinker.addRow(rgb.data());
        }
    }
    return {};
}

// Floating point: 0 to 1 as it is; beyond that the brightest becomes white.
Result<> readFloatRows(TIFF *tiff, RowShrinker &shrinker, Size size, bool &complete)
{
    std::uint16_t samples = 1, arrangement = PLANARCONFIG_CONTIG;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &arrangement);
    const auto width = static_cast<std::size_t>(size.width);
    if (TIFFIsTiled(tiff) || arrangement != PLANARCONFIG_CONTIG || samples < 1 || samples > 8 ||
        TIFFScanlineSize64(tiff) != width * samples * sizeof(float))
        return fail(Errc::Unsupported, {}, "TIFF with floating point in this arrangement");
    std::vector<float> row(width * samples);
    const std::size_t colours = samples >= 3 ? 3 : 1; // what is more is transparency
    float most = 1;
    int rowsThere = 0;
    for (; rowsThere < size.height; ++rowsThere) {
        if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(rowsThere)) < 0)
            break;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i % samples < colours && std::isfinite(row[i]))
                most = std::max(most, row[i]);
        }
    }
    complete = rowsThere == size.height;
    std::vector<std::uint8_t> rgb(width * 3);
    for (int y = 0; y < rowsThere; ++y) {
        if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y)) < 0)
            return {};
        for (std::size_t x = 0; x < width; ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                const float value = row[x * samples + (colours == 3 ? c : 0)] / most;
                rgb[x * 3 + c] = static_cast<std::uint8_t>(value > 0 ? std::min(value, 1.0F) * 255 + 0.5F : 0);
            }
        }
        shrinker.addRow(rgb.data());
    }
    return {};
}

} // namespace

Result<Header> tiffHeader(Bytes bytes)
{
    Memory memory{bytes};
    const auto tiff = open(memory);
    if (!tiff)
        return fail(Errc::Corrupt, {}, "damaged TIFF: its directory cannot be read");
    return headerOf(tiff.get());
}

Result<Decoded> decodeTiff(Bytes bytes, const DecodeOptions &options)
{
    Memory memory{bytes};
    const auto tiff = open(memory);
    if (!tiff)
        return fail(Errc::Corrupt, {}, "damaged TIFF: its directory cannot be read");
    const auto header = headerOf(tiff.get());
    if (!header)
        return fail(header.error());
    Decoded decoded;
    decoded.fullSize = header->size;
    decoded.orientation = header->orientation;
    if (const auto checked = checkSize(decoded.fullSize, options.pixelLimit); !checked)
        return fail(checked.error());
    // The profile is for the numbers in the file; libtiff has turned inks and Lab into RGB of its own.
    std::uint16_t photometric = PHOTOMETRIC_RGB;
    TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_PHOTOMETRIC, &photometric);
    std::vector<std::byte> profile;
    std::uint32_t profileSize = 0;
    void *profileData = nullptr;
    if (photometric != PHOTOMETRIC_SEPARATED && photometric != PHOTOMETRIC_CIELAB &&
        TIFFGetField(tiff.get(), TIFFTAG_ICCPROFILE, &profileSize, &profileData) && profileData) {
        const auto *begin = static_cast<const std::byte *>(profileData);
        profile.assign(begin, begin + profileSize);
    }

    const Numbers numbers = numbersOf(tiff.get());
    if (numbers == Numbers::Others)
        return fail(Errc::Unsupported, {}, "TIFF with numbers of a kind that no camera writes");
    RowShrinker shrinker(decoded.fullSize, options);
    bool complete = true;
    const auto read = numbers == Numbers::Float32 ? readFloatRows(tiff.get(), shrinker, decoded.fullSize, complete)
                                                  : readRows(tiff.get(), shrinker, decoded.fullSize, options, complete);
    if (!read)
        return fail(read.error());
    if (!complete && std::int64_t{shrinker.rowsAdded()} * 2 < decoded.fullSize.height && shrinker.rowsAdded() < 512)
        return fail(Errc::Corrupt, {}, "damaged TIFF: its rows cannot be read");
    decoded.damaged = !complete;
    decoded.pixels = shrinker.finish();
    if (!profile.empty())
        decoded.warning = convertToSrgb(decoded.pixels, profile);
    decoded.pictureCount = countDirectories(tiff.get());
    return decoded;
}

} // namespace photolex::image
