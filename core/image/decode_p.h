// What decode.cpp and the files of the single formats share. Each format hands over the picture as it lies in the file;
// decode.cpp turns it upright.
#pragma once

#include "core/image/decode.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace photolex::image {

using Bytes = std::span<const std::byte>;

inline const std::uint8_t *octets(Bytes bytes)
{
    return reinterpret_cast<const std::uint8_t *>(bytes.data());
}

// In the results of these, `fullSize` and `pixels` are as stored, and `orientation` is still to be applied.
// The subject of an error is empty: decode.cpp fills it.
Result<Decoded> decodeJpeg(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodePng(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeWebP(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeTiff(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeBmp(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeGif(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeHeif(Bytes bytes, const DecodeOptions &options);
Result<Decoded> decodeRaw(Bytes bytes, const DecodeOptions &options);

// The same for the header alone; `size` as stored.
Result<Header> jpegHeader(Bytes bytes);
Result<Header> pngHeader(Bytes bytes);
Result<Header> webpHeader(Bytes bytes);
Result<Header> tiffHeader(Bytes bytes);
Result<Header> bmpHeader(Bytes bytes);
Result<Header> gifHeader(Bytes bytes);
Result<Header> heifHeader(Bytes bytes);
Result<Header> rawHeader(Bytes bytes);

// TooLarge, with the numbers in the detail, when the picture has more pixels than allowed; Corrupt when it has none.
Result<> checkSize(Size size, std::int64_t pixelLimit);

// Swaps width and height for the orientations that lie on their side.
Size turnedSize(Size size, int orientation);
void turnUpright(Pixels &pixels, int orientation); // EXIF 1..8; anything else counts as 1

// The first value of a tag in the first directory of a TIFF structure, which is also what EXIF is. Every offset is
// checked; nothing comes back for what lies outside the bytes.
std::optional<std::uint32_t> tiffValue(Bytes tiff, std::uint16_t tag);
// Text of an ASCII tag there, without the closing zero.
std::string tiffText(Bytes tiff, std::uint16_t tag);
// 1..8 from an EXIF block, with or without "Exif\0\0" before it; 1 when it says nothing usable.
int exifOrientation(Bytes exif);

// Makes a picture smaller while its rows arrive, so that a large one never lies in memory whole: averages over
// factor × factor blocks, with the largest factor that keeps the short side at `wantedShortSide` or above.
class RowShrinker {
public:
    RowShrinker(Size stored, const DecodeOptions &options);

    void addRow(const std::uint8_t *rgb); // stored width × 3
    int rowsAdded() const { return m_rowsAdded; }
    // Rows that never came are grey.
    Pixels finish();

private:
    void flush();

    Size m_stored;
    int m_factor = 1;
    int m_rowsAdded = 0;
    int m_rowsInBlock = 0;
    int m_outRow = 0;
    std::vector<std::uint32_t> m_sums;
    Pixels m_out;
};

// Lays `rgba` (straight alpha) over a grey background.
inline std::uint8_t overBackground(unsigned value, unsigned alpha, unsigned background)
{
    return static_cast<std::uint8_t>((value * alpha + background * (255 - alpha) + 127) / 255);
}

// --- colour ---

// Converts in place from the profile to sRGB. Returns what was wrong (then the numbers are left as they are: sRGB is
// assumed), or nothing. Profiles for grey read the first channel.
std::string convertToSrgb(Pixels &pixels, Bytes profile);
// From primaries and white point (CIE xy) with sRGB's own tone curve, as HEIC and AVIF state them.
struct Primaries {
    double redX, redY, greenX, greenY, blueX, blueY, whiteX, whiteY;
};
std::string convertToSrgb(Pixels &pixels, const Primaries &primaries);
// 255 is full ink; without a usable profile the naive product of ink and black.
Pixels cmykToSrgb(std::vector<std::uint8_t> cmyk, Size size, Bytes profile, std::string &warning);

} // namespace photolex::image
