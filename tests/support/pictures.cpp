#include "tests/support/pictures.h"

#include "tests/support/pictures_p.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <lcms2.h>
#include <random>
#include <stdexcept>

namespace photolex::test {

namespace {

std::uint8_t *at(Pixels &pixels, int x, int y)
{
    return pixels.rgb.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.size.width) + static_cast<std::size_t>(x)) *
               3;
}

void fill(Pixels &pixels, int x, int y, int width, int height, std::array<std::uint8_t, 3> colour)
{
    for (int row = y; row < y + height; ++row) {
        for (int column = x; column < x + width; ++column)
            std::copy(colour.begin(), colour.end(), at(pixels, column, row));
    }
}

Pixels empty(Size size)
{
    return {size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) *
                                            static_cast<std::size_t>(size.height) * 3)};
}

} // namespace

Pixels card(Size size)
{
    Pixels pixels = empty(size);
    const auto [w, h] = size;
    fill(pixels, 0, 0, w, h, {40, 44, 60});
    fill(pixels, w / 4, h / 8, w / 8, h * 3 / 4, {240, 236, 220});    // the stem of the L
    fill(pixels, w / 4, h * 3 / 4, w / 2, h / 8, {240, 236, 220});    // its foot
    fill(pixels, 0, 0, w / 6, h / 6, {220, 40, 40});                  // upper left
    fill(pixels, w - w / 6, 0, w / 6, h / 6, {40, 190, 60});          // upper right
    fill(pixels, 0, h - h / 6, w / 6, h / 6, {50, 80, 230});          // lower left
    fill(pixels, w - w / 6, h - h / 6, w / 6, h / 6, {235, 205, 40}); // lower right
    return pixels;
}

Pixels gradient(Size size)
{
    Pixels pixels = empty(size);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const auto value = static_cast<std::uint8_t>(x * 255 / std::max(1, size.width - 1));
            fill(pixels, x, y, 1, 1, {value, value, value});
        }
    }
    return pixels;
}

Pixels plain(Size size, std::uint8_t red, std::uint8_t green, std::uint8_t blue)
{
    Pixels pixels = empty(size);
    fill(pixels, 0, 0, size.width, size.height, {red, green, blue});
    return pixels;
}

Pixels scene(int seed, Size size)
{
    std::mt19937 random(static_cast<unsigned>(seed) * 2654435761U + 1);
    const auto number = [&random](double low, double high) {
        return low + (high - low) * static_cast<double>(random()) / 4294967296.0;
    };
    struct Blob {
        double x, y, radius;
        std::array<double, 3> colour;
    };
    std::vector<Blob> blobs(12);
    for (auto &blob : blobs)
        blob = {number(0, 1), number(0, 1), number(0.05, 0.35), {number(0, 255), number(0, 255), number(0, 255)}};
    Pixels pixels = empty(size);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            std::array<double, 3> colour = {90, 110, 130};
            for (const auto &blob : blobs) {
                const double dx = static_cast<double>(x) / size.width - blob.x,
                             dy = static_cast<double>(y) / size.height - blob.y;
                const double weight = std::exp(-(dx * dx + dy * dy) / (blob.radius * blob.radius));
                for (std::size_t c = 0; c < 3; ++c)
                    colour[c] += (blob.colour[c] - colour[c]) * weight;
            }
            for (std::size_t c = 0; c < 3; ++c)
                at(pixels, x, y)[c] = static_cast<std::uint8_t>(std::clamp(colour[c], 0.0, 255.0));
        }
    }
    return pixels;
}

Pixels storedFor(const Pixels &upright, int orientation)
{
    // EXIF says where the first stored row and column belong, e.g. 6: row 0 is the right side, column 0 the top.
    const auto [w, h] = upright.size;
    const bool swaps = orientation >= 5;
    Pixels stored = empty(swaps ? Size{h, w} : upright.size);
    for (int y = 0; y < stored.size.height; ++y) {
        for (int x = 0; x < stored.size.width; ++x) {
            int ux = x, uy = y;
            switch (orientation) {
            case 2:
                ux = w - 1 - x;
                break;
            case 3:
                ux = w - 1 - x, uy = h - 1 - y;
                break;
            case 4:
                uy = h - 1 - y;
                break;
            case 5:
                ux = y, uy = x;
                break;
            case 6:
                ux = w - 1 - y, uy = x;
                break;
            case 7:
                ux = w - 1 - y, uy = h - 1 - x;
                break;
            case 8:
                ux = y, uy = h - 1 - x;
                break;
            default:
                break;
            }
            const auto *from = at(const_cast<Pixels &>(upright), ux, uy);
            std::copy_n(from, 3, at(stored, x, y));
        }
    }
    return stored;
}

double meanDifference(const Pixels &a, const Pixels &b)
{
    if (a.size != b.size || a.rgb.size() != b.rgb.size() || a.rgb.empty())
        return 255;
    double sum = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i)
        sum += std::abs(int{a.rgb[i]} - int{b.rgb[i]});
    return sum / static_cast<double>(a.rgb.size());
}

void savePng(const Pixels &pixels, const std::filesystem::path &file)
{
    const auto bytes = png(pixels);
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

namespace {

cmsHPROFILE makeProfile(Space space)
{
    const cmsCIExyY d65{0.3127, 0.3290, 1}, d50{0.3457, 0.3585, 1};
    const auto build = [](const cmsCIExyY &white, const cmsCIExyYTRIPLE &primaries, cmsToneCurve *curve) {
        cmsToneCurve *curves[] = {curve, curve, curve};
        cmsHPROFILE made = cmsCreateRGBProfile(&white, &primaries, curves);
        cmsFreeToneCurve(curve);
        return made;
    };
    const cmsFloat64Number srgbCurve[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    switch (space) {
    case Space::Srgb:
        return cmsCreate_sRGBProfile();
    case Space::DisplayP3:
        return build(d65, {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}},
                     cmsBuildParametricToneCurve(nullptr, 4, srgbCurve));
    case Space::AdobeRgb:
        return build(d65, {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}}, cmsBuildGamma(nullptr, 2.19921875));
    case Space::ProPhoto:
        return build(d50, {{0.7347, 0.2653, 1}, {0.1596, 0.8404, 1}, {0.0366, 0.0001, 1}}, cmsBuildGamma(nullptr, 1.8));
    }
    return nullptr;
}

} // namespace

std::string profile(Space space)
{
    cmsHPROFILE made = makeProfile(space);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(made, nullptr, &size);
    std::string bytes(size, '\0');
    cmsSaveProfileToMem(made, bytes.data(), &size);
    cmsCloseProfile(made);
    return bytes;
}

Pixels inSpace(const Pixels &srgb, Space space)
{
    cmsHPROFILE from = cmsCreate_sRGBProfile(), to = makeProfile(space);
    cmsHTRANSFORM transform =
        cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE);
    Pixels out = srgb;
    cmsDoTransform(transform, srgb.rgb.data(), out.rgb.data(), static_cast<cmsUInt32Number>(srgb.rgb.size() / 3));
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    return out;
}

// --- TIFF structures: EXIF blocks, TIFF, DNG ---

void Directory::add(std::uint16_t tag, std::uint16_t type, std::vector<std::uint32_t> values)
{
    m_entries[tag] = {type, std::move(values), {}};
}

void Directory::addText(std::uint16_t tag, std::string_view text)
{
    m_entries[tag] = {2, {}, std::string(text) + '\0'};
}

void Directory::addBytes(std::uint16_t tag, std::uint16_t type, std::string bytes)
{
    m_entries[tag] = {type, {}, std::move(bytes)};
}

void put(std::string &out, std::uint32_t value, int bytes, bool bigEndian)
{
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(value >> 8 * (bigEndian ? bytes - 1 - i : i)));
}

std::uint32_t Directory::append(std::string &out, bool bigEndian) const
{
    std::string body;
    put(body, static_cast<std::uint32_t>(m_entries.size()), 2, bigEndian);
    for (const auto &[tag, entry] : m_entries) {
        const int width = entry.type == 3 ? 2 : entry.type == 4 ? 4 : entry.type == 5 || entry.type == 10 ? 4 : 1;
        std::string data = entry.bytes;
        for (const auto value : entry.values)
            put(data, value, width, bigEndian);
        const std::size_t unit = entry.type == 5 || entry.type == 10 ? 8 : static_cast<std::size_t>(width);
        put(body, tag, 2, bigEndian);
        put(body, entry.type, 2, bigEndian);
        put(body, static_cast<std::uint32_t>(data.size() / unit), 4, bigEndian);
        if (data.size() <= 4) {
            data.resize(4);
            body += data;
        } else {
            out.resize(out.size() + out.size() % 2);
            put(body, static_cast<std::uint32_t>(out.size()), 4, bigEndian);
            out += data;
        }
    }
    put(body, 0, 4, bigEndian);
    out.resize(out.size() + out.size() % 2);
    const auto offset = static_cast<std::uint32_t>(out.size());
    out += body;
    return offset;
}

std::string tiffStart(bool bigEndian)
{
    std::string out = bigEndian ? "MM" : "II";
    put(out, 42, 2, bigEndian);
    put(out, 0, 4, bigEndian); // where the first directory is: set by finishTiff
    return out;
}

std::string finishTiff(std::string out, std::uint32_t directory, bool bigEndian)
{
    std::string place;
    put(place, directory, 4, bigEndian);
    out.replace(4, 4, place);
    return out;
}

std::string exifBlock(int orientation, std::string_view description, bool bigEndian)
{
    Directory directory;
    directory.add(0x0112, 3, {static_cast<std::uint32_t>(orientation)});
    if (!description.empty())
        directory.addText(0x010E, description);
    std::string out = tiffStart(bigEndian);
    const auto place = directory.append(out, bigEndian);
    return finishTiff(std::move(out), place, bigEndian);
}

std::string tiff(const Pixels &pixels, const TiffOptions &options)
{
    std::string samples;
    for (std::size_t i = 0; i < pixels.rgb.size(); i += options.grey ? 3 : 1) {
        put(samples, pixels.rgb[i] * (options.bits == 16 ? 257U : 1U), options.bits / 8, false);
    }
    std::string out = tiffStart(false);
    const auto strip = static_cast<std::uint32_t>(out.size());
    out += samples;
    const std::uint32_t channels = options.grey ? 1 : 3, bits = static_cast<std::uint32_t>(options.bits);
    Directory directory;
    directory.add(0x0100, 4, {static_cast<std::uint32_t>(pixels.size.width)});
    directory.add(0x0101, 4, {static_cast<std::uint32_t>(pixels.size.height)});
    directory.add(0x0102, 3, std::vector<std::uint32_t>(channels, bits));
    directory.add(0x0103, 3, {1});
    directory.add(0x0106, 3, {options.grey ? 1U : 2U});
    directory.add(0x0111, 4, {strip});
    if (options.orientation > 0)
        directory.add(0x0112, 3, {static_cast<std::uint32_t>(options.orientation)});
    directory.add(0x0115, 3, {channels});
    directory.add(0x0116, 4, {static_cast<std::uint32_t>(pixels.size.height)});
    directory.add(0x0117, 4, {static_cast<std::uint32_t>(samples.size())});
    if (!options.profile.empty())
        directory.addBytes(0x8773, 7, options.profile);
    const auto place = directory.append(out, false);
    return finishTiff(std::move(out), place, false);
}

std::string dng(const Pixels &pixels, const DngOptions &options)
{
    const auto width = static_cast<std::uint32_t>(pixels.size.width);
    const auto height = static_cast<std::uint32_t>(pixels.size.height);
    std::string out = tiffStart(false);
    // The sensor: red, green / green, blue. The file's numbers are linear light.
    std::string sensor;
    for (int y = 0; y < pixels.size.height; ++y) {
        for (int x = 0; x < pixels.size.width; ++x) {
            const double value = at(const_cast<Pixels &>(pixels), x, y)[(y & 1) + (x & 1)] / 255.0;
            const double linear = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
            put(sensor, static_cast<std::uint32_t>(std::lround(linear * 65535)), 2, false);
        }
    }
    const auto sensorAt = static_cast<std::uint32_t>(out.size());
    out += sensor;
    const auto fillSensor = [&](Directory &directory) {
        directory.add(0x00FE, 4, {0});
        directory.add(0x0100, 4, {width});
        directory.add(0x0101, 4, {height});
        directory.add(0x0102, 3, {16});
        directory.add(0x0103, 3, {1});
        directory.add(0x0106, 3, {32803});
        directory.add(0x0111, 4, {sensorAt});
        directory.add(0x0115, 3, {1});
        directory.add(0x0116, 4, {height});
        directory.add(0x0117, 4, {static_cast<std::uint32_t>(sensor.size())});
        directory.add(0x828D, 3, {2, 2});
        directory.addBytes(0x828E, 1, std::string("\0\1\1\2", 4));
        directory.add(0xC61D, 4, {65535});
    };
    Directory first;
    if (options.preview) {
        const std::string preview = jpeg(*options.preview);
        const auto previewAt = static_cast<std::uint32_t>(out.size());
        out += preview;
        Directory sensorDirectory;
        fillSensor(sensorDirectory);
        const auto sensorDirectoryAt = sensorDirectory.append(out, false);
        first.add(0x00FE, 4, {1});
        first.add(0x0100, 4, {static_cast<std::uint32_t>(options.preview->size.width)});
        first.add(0x0101, 4, {static_cast<std::uint32_t>(options.preview->size.height)});
        first.add(0x0102, 3, {8, 8, 8});
        first.add(0x0103, 3, {7});
        first.add(0x0106, 3, {6});
        first.add(0x0111, 4, {previewAt});
        first.add(0x0115, 3, {3});
        first.add(0x0116, 4, {static_cast<std::uint32_t>(options.preview->size.height)});
        first.add(0x0117, 4, {static_cast<std::uint32_t>(preview.size())});
        first.add(0x014A, 4, {sensorDirectoryAt});
    } else {
        fillSensor(first);
    }
    first.addText(0x010F, "Photolex");
    first.addText(0x0110, "Test Camera");
    first.add(0x0112, 3, {static_cast<std::uint32_t>(options.orientation)});
    if (options.withVersionTag)
        first.addBytes(0xC612, 1, std::string("\1\4\0\0", 4));
    first.addText(0xC614, "Photolex Test Camera");
    // XYZ to camera: the camera sees sRGB's primaries.
    const std::array<std::int32_t, 9> matrix = {32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570};
    std::string rationals;
    for (const auto value : matrix) {
        put(rationals, static_cast<std::uint32_t>(value), 4, false);
        put(rationals, 10000, 4, false);
    }
    first.addBytes(0xC621, 10, rationals);
    first.add(0xC628, 5, {1, 1, 1, 1, 1, 1}); // neutral
    first.add(0xC65A, 3, {21});               // D65
    const auto place = first.append(out, false);
    return finishTiff(std::move(out), place, false);
}

} // namespace photolex::test
