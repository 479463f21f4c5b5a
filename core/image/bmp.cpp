// BMP, and whatever else OpenCV decodes for us.
#include "core/image/opencv_p.h"

#include <fmt/format.h>

#include <cstdlib>
#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace photolex::image {

namespace {

std::uint32_t u32(Bytes bytes, std::size_t at)
{
    const auto *p = octets(bytes) + at;
    return std::uint32_t{p[0]} | std::uint32_t{p[1]} << 8 | std::uint32_t{p[2]} << 16 | std::uint32_t{p[3]} << 24;
}

// Rows of an uncompressed BMP are padded to four bytes; 0 for the compressed kinds.
std::size_t expectedBytes(Bytes bytes, Size size)
{
    if (u32(bytes, 14) < 40 || bytes.size() < 34)
        return 0;
    const std::uint32_t bits = u32(bytes, 26) >> 16, compression = u32(bytes, 30);
    if ((compression != 0 && compression != 3) || bits == 0 || bits > 32)
        return 0;
    const auto stride = (static_cast<std::size_t>(size.width) * bits + 31) / 32 * 4;
    return u32(bytes, 10) + stride * static_cast<std::size_t>(size.height);
}

} // namespace

void prepareOpenCv()
{
    static const bool once = (cv::setNumThreads(1), true);
    static_cast<void>(once);
}

Result<Pixels> decodeWithOpenCv(Bytes bytes, Samples samples)
{
    prepareOpenCv();
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return fail(Errc::TooLarge, {}, fmt::format("{} bytes in a file of this kind", bytes.size()));
    try {
        const cv::Mat in(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte *>(bytes.data()));
        // "Unchanged" would make a BMP of the oldest kind grey.
        const int depth = samples == Samples::Floats ? cv::IMREAD_UNCHANGED : cv::IMREAD_COLOR;
        cv::Mat out = cv::imdecode(in, depth | cv::IMREAD_IGNORE_ORIENTATION);
        if (out.empty())
            return fail(Errc::Corrupt, {}, "the picture data cannot be read");
        if (out.depth() == CV_32F || out.depth() == CV_64F) {
            // Numbers of an unknown range: the brightest becomes white, unless they fit 0 to 1 as they are.
            double low = 0, high = 1;
            cv::minMaxLoc(out.reshape(1), &low, &high);
            const double scale = 255 / (high > 1 ? high : 1);
            out.convertTo(out, CV_8U, scale);
        } else if (out.depth() == CV_16U) {
            out.convertTo(out, CV_8U, 1.0 / 257);
        } else if (out.depth() != CV_8U) {
            return fail(Errc::Unsupported, {}, "signed numbers as pixels");
        }
        const int code = out.channels() == 1   ? cv::COLOR_GRAY2RGB
                         : out.channels() == 3 ? cv::COLOR_BGR2RGB
                         : out.channels() == 4 ? cv::COLOR_BGRA2RGB
                                               : -1;
        if (code < 0)
            return fail(Errc::Unsupported, {}, fmt::format("{} channels", out.channels()));
        Pixels pixels{{out.cols, out.rows}, {}};
        pixels.rgb.resize(out.total() * 3);
        cv::Mat target(out.rows, out.cols, CV_8UC3, pixels.rgb.data());
        cv::cvtColor(out, target, code);
        return pixels;
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, {}, error.what());
    }
}

Result<Header> bmpHeader(Bytes bytes)
{
    if (bytes.size() < 26)
        return fail(Errc::Corrupt, {}, "the file ends early");
    Header header{.format = Format::Bmp, .size = {}, .orientation = 1};
    if (u32(bytes, 14) == 12) {
        const std::uint32_t both = u32(bytes, 18);
        header.size = {static_cast<int>(both & 0xffff), static_cast<int>(both >> 16)};
    } else {
        const auto width = static_cast<std::int32_t>(u32(bytes, 18));
        const auto height = static_cast<std::int32_t>(u32(bytes, 22)); // negative: the first row is the top one
        header.size = {width, height == std::numeric_limits<std::int32_t>::min() ? 0 : std::abs(height)};
    }
    if (header.size.isEmpty())
        return fail(Errc::Corrupt, {}, "damaged BMP: no picture size");
    return header;
}

Result<Decoded> decodeBmp(Bytes bytes, const DecodeOptions &options)
{
    const auto header = bmpHeader(bytes);
    if (!header)
        return fail(header.error());
    if (const auto checked = checkSize(header->size, options.pixelLimit); !checked)
        return fail(checked.error());
    // OpenCV would say so on stderr, without the file's name.
    constexpr std::uint32_t mostCompression = 3; // none, two run lengths, bit fields
    if (u32(bytes, 14) >= 40 && bytes.size() >= 34 && u32(bytes, 30) > mostCompression)
        return fail(Errc::Unsupported, {}, fmt::format("BMP with compression {}", u32(bytes, 30)));
    Decoded decoded;
    decoded.fullSize = header->size;
    // OpenCV gives nothing of a cut file: what is missing is filled up with grey, when there is enough to show.
    const std::size_t expected = expectedBytes(bytes, header->size);
    std::vector<std::byte> filled;
    if (expected > bytes.size()) {
        if (bytes.size() < expected / 12)
            return fail(Errc::Corrupt, {}, "the file ends early");
        filled.assign(bytes.begin(), bytes.end());
        filled.resize(expected, std::byte{options.background});
        bytes = filled;
        decoded.damaged = true;
    }
    auto pixels = decodeWithOpenCv(bytes, Samples::Octets);
    if (!pixels)
        return fail(pixels.error());
    decoded.pixels = std::move(*pixels);
    return decoded;
}

} // namespace photolex::image
