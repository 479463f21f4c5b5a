// Smaller pictures: while rows arrive, or from a whole one.
#include "core/image/decode_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace photolex::image {

RowShrinker::RowShrinker(Size stored, const DecodeOptions &options)
    : m_stored(stored)
{
    if (options.wantedShortSide > 0)
        m_factor = std::max(1, std::min(stored.width, stored.height) / options.wantedShortSide);
    m_out.size = {(stored.width + m_factor - 1) / m_factor, (stored.height + m_factor - 1) / m_factor};
    m_out.rgb.assign(static_cast<std::size_t>(m_out.size.width) * static_cast<std::size_t>(m_out.size.height) * 3,
                     options.background);
    if (m_factor > 1)
        m_sums.assign(static_cast<std::size_t>(m_out.size.width) * 3, 0);
}

void RowShrinker::addRow(const std::uint8_t *rgb)
{
    if (m_rowsAdded >= m_stored.height)
        return;
    ++m_rowsAdded;
    if (m_factor == 1) {
        const auto stride = static_cast<std::size_t>(m_stored.width) * 3;
        std::memcpy(m_out.rgb.data() + stride * static_cast<std::size_t>(m_outRow++), rgb, stride);
        return;
    }
    std::uint32_t *sum = m_sums.data();
    for (int left = m_stored.width; left > 0; left -= m_factor, sum += 3) {
        std::uint32_t red = 0, green = 0, blue = 0;
        for (int i = std::min(left, m_factor); i > 0; --i, rgb += 3) {
            red += rgb[0];
            green += rgb[1];
            blue += rgb[2];
        }
        sum[0] += red;
        sum[1] += green;
        sum[2] += blue;
    }
    if (++m_rowsInBlock == m_factor)
        flush();
}

void RowShrinker::flush()
{
    std::uint8_t *out = m_out.rgb.data() + static_cast<std::size_t>(m_outRow++) * m_sums.size();
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        // The block at the right edge may be narrower.
        const int columns = std::min(m_factor, m_stored.width - static_cast<int>(i / 3) * m_factor);
        const auto count = static_cast<std::uint32_t>(columns) * static_cast<std::uint32_t>(m_rowsInBlock);
        out[i] = static_cast<std::uint8_t>((m_sums[i] + count / 2) / count);
    }
    std::fill(m_sums.begin(), m_sums.end(), 0);
    m_rowsInBlock = 0;
}

Pixels RowShrinker::finish()
{
    if (m_rowsInBlock > 0)
        flush();
    return std::move(m_out);
}

namespace {

// Our workers are the parallel part: OpenCV's own pool would fight them.
void prepareOpenCv()
{
    static const bool once = (cv::setNumThreads(1), true);
    static_cast<void>(once);
}

} // namespace

Pixels resized(const Pixels &pixels, Size size)
{
    if (pixels.isEmpty() || size.isEmpty())
        return {};
    if (pixels.size == size)
        return pixels;
    prepareOpenCv();
    const cv::Mat in(pixels.size.height, pixels.size.width, CV_8UC3, const_cast<std::uint8_t *>(pixels.rgb.data()));
    Pixels out{size, {}};
    out.rgb.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3);
    cv::Mat target(size.height, size.width, CV_8UC3, out.rgb.data());
    // Averaging is right only where it shrinks, so each direction gets its own treatment. What grows grows by cubic
    // curves, as the network's own training had it: straight lines between the pixels blur what it looks for.
    const cv::Size smaller(std::min(size.width, in.cols), std::min(size.height, in.rows));
    if (smaller == target.size()) {
        cv::resize(in, target, smaller, 0, 0, cv::INTER_AREA);
    } else if (smaller == in.size()) {
        cv::resize(in, target, target.size(), 0, 0, cv::INTER_CUBIC);
    } else {
        cv::Mat between;
        cv::resize(in, between, smaller, 0, 0, cv::INTER_AREA);
        cv::resize(between, target, target.size(), 0, 0, cv::INTER_CUBIC);
    }
    return out;
}

Pixels fitted(const Pixels &pixels, Size box)
{
    if (pixels.isEmpty() || box.isEmpty())
        return {};
    const double scale = std::min({1.0, static_cast<double>(box.width) / pixels.size.width,
                                   static_cast<double>(box.height) / pixels.size.height});
    const auto side = [scale](int length, int limit) {
        return std::clamp(static_cast<int>(std::lround(length * scale)), 1, limit);
    };
    return resized(pixels, {side(pixels.size.width, box.width), side(pixels.size.height, box.height)});
}

} // namespace photolex::image
