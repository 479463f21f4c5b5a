// Pictures made on the spot, as files of every kind that the program must read: nothing here is a photo of anybody.
//
//     scratch.write("a.jpg", test::jpeg(test::card({96, 64})));
//
// Every maker returns the bytes of a whole file.
#pragma once

#include "core/image/pixels.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::test {

using image::Pixels;
using image::Size;

inline std::span<const std::byte> bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::byte *>(text.data()), text.size()};
}

// --- pixels ---

// An L of light on dark, with another colour in each corner: no turn or mirror image of it looks like itself.
Pixels card(Size size = {96, 64});
// Black at the left to white at the right.
Pixels gradient(Size size = {256, 64});
Pixels plain(Size size, std::uint8_t red, std::uint8_t green, std::uint8_t blue);
// Blobs of colour, different for every seed, with the detail of a photo.
Pixels scene(int seed, Size size = {320, 240});

// How `upright` lies in a file with that EXIF orientation.
Pixels storedFor(const Pixels &upright, int orientation);
// Mean of the absolute difference of all values, 0..255; 255 when the sizes differ.
double meanDifference(const Pixels &a, const Pixels &b);
// A PNG for a person to look at.
void savePng(const Pixels &pixels, const std::filesystem::path &file);

// --- colour profiles ---

enum class Space : std::uint8_t { Srgb, DisplayP3, AdobeRgb, ProPhoto };
std::string profile(Space space); // the bytes of an ICC profile
// The numbers that look in `space` as `srgb` looks in sRGB.
Pixels inSpace(const Pixels &srgb, Space space);

// --- files ---

// A TIFF structure with the orientation (and a description, unless empty), as it stands in EXIF blocks.
std::string exifBlock(int orientation, std::string_view description = {}, bool bigEndian = false);

enum class Inks : std::uint8_t { None, Cmyk, CmykAdobe, YcckAdobe }; // with Adobe's mark inks are inverted
struct JpegOptions {
    int quality = 92;
    int orientation = 0; // 0: no EXIF at all; the pixels are written as given
    std::string profile;
    bool progressive = false;
    bool grey = false;
    Inks inks = Inks::None;
    std::string exifThumbnail; // a JPEG, embedded as the thumbnail of the EXIF block
};
std::string jpeg(const Pixels &pixels, const JpegOptions &options = {});
// Start of a JPEG that claims this size and holds no pixel data.
std::string jpegHeaderOnly(int width, int height);
// A complete JPEG of one colour (200, 60, 40), as large as the format allows, made in no time.
std::string hugeJpeg(int width, int height);

struct PngOptions {
    int bits = 8; // 1 (black and white by brightness), 8, 16
    bool grey = false;
    bool palette = false; // as few colours as `pixels` has, at most 256
    int alpha = -1;       // -1: opaque without alpha; else one alpha for all pixels, 0..255
    int orientation = 0;
    bool orientationLast = false; // eXIf after the pixels
    std::string profile;
};
std::string png(const Pixels &pixels, const PngOptions &options = {});
// A well-formed 1-bit PNG of one colour: a few KB that unpack to width × height pixels.
std::string pngBomb(int width, int height);

struct WebpOptions {
    int orientation = 0;
    std::string profile;
    bool lossless = false;
    int alpha = -1;
};
std::string webp(const Pixels &pixels, const WebpOptions &options = {});
std::string animatedWebp(const std::vector<Pixels> &frames, bool firstIsEmpty);

struct TiffOptions {
    int orientation = 0;
    std::string profile;
    int bits = 8; // or 16
    bool grey = false;
};
std::string tiff(const Pixels &pixels, const TiffOptions &options = {});

// `emptyFirst`: that many wholly transparent frames come before.
std::string gif(const std::vector<Pixels> &frames, int emptyFirst = 0);
std::string bmp(const Pixels &pixels, bool oldest = false); // oldest: as OS/2 wrote them

struct HeicOptions {
    int irotOrientation = 1; // 1: none; written as irot/imir
    int exifOrientation = 0; // 0: no EXIF
    int thumbnailSide = 0;   // 0: none
    bool alpha = false;      // opaque, but as an auxiliary picture of its own
    bool avif = false;
    const Pixels *second = nullptr; // another top-level picture, before the primary one
};
bool canMakeHeic(bool avif = false); // this libheif has an encoder
std::string heic(const Pixels &pixels, const HeicOptions &options = {});
// Tiles under one grid, as phones write them; turned by the grid's irot (orientation 1, 3, 6 or 8). Sides of tiles:
// even and at least 64.
std::string heicGrid(const Pixels &pixels, int columns, int rows, int orientation = 1);
// As newer iPhones write them: more auxiliary references than libheif below 1.19 accepts.
std::string heicWithManyAuxiliaries(const Pixels &pixels, bool avif = false);

// A film without pictures whose head says when it was made (seconds since 1970, Greenwich) and how long it is; version
// 1 has wider numbers.
std::string film(std::int64_t greenwich, int seconds, int version = 0);

struct DngOptions {
    int orientation = 1;
    const Pixels *preview = nullptr; // embedded as JPEG; null: none
    bool withVersionTag = true;      // false: like other makers' RAW, which only its name tells from a TIFF
};
std::string dng(const Pixels &pixels, const DngOptions &options = {});

} // namespace photolex::test
