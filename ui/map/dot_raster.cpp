#include "ui/map/dot_raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace photolex::ui {

namespace {

constexpr int whole = 256;            // share of a colour: all of it
constexpr int faint = 90;             // of the photos that are not selected while others are
constexpr double radiusOfFirst = 3.4; // where thumbnails begin: a fifth of the distance to the next dot
constexpr double thinnest = 1.35, thickest = 4.5;

// Two channels at once: `share` of 256 of `colour` over `under`.
inline QRgb over(QRgb under, QRgb colour, int share)
{
    const auto part = static_cast<std::uint32_t>(share), rest = static_cast<std::uint32_t>(whole - share);
    const std::uint32_t pair = (((colour & 0xff00ffU) * part + (under & 0xff00ffU) * rest) >> 8U) & 0xff00ffU;
    const std::uint32_t green = (((colour & 0x00ff00U) * part + (under & 0x00ff00U) * rest) >> 8U) & 0x00ff00U;
    return 0xff000000U | pair | green;
}

} // namespace

double DotRaster::radius(const MapScene &scene, double scale)
{
    const double first = scene.tileSizes().first > 0 ? scene.tileSizes().first : scale;
    return std::clamp(radiusOfFirst * scale / first, thinnest, thickest);
}

void DotRaster::makeMask(double radius)
{
    if (radius == m_maskRadius)
        return;
    m_maskRadius = radius;
    const int half = static_cast<int>(std::ceil(radius));
    m_maskSide = 2 * half + 1;
    m_mask.assign(static_cast<std::size_t>(m_maskSide) * static_cast<std::size_t>(m_maskSide), 0);
    constexpr int samples = 4;
    for (int y = 0; y < m_maskSide; ++y)
        for (int x = 0; x < m_maskSide; ++x) {
            int inside = 0;
            for (int sy = 0; sy < samples; ++sy)
                for (int sx = 0; sx < samples; ++sx) {
                    const double dx = x - half + (sx + 0.5) / samples - 0.5, dy = y - half + (sy + 0.5) / samples - 0.5;
                    inside += dx * dx + dy * dy <= radius * radius ? 1 : 0;
                }
            m_mask[static_cast<std::size_t>(y * m_maskSide + x)] =
                static_cast<std::uint8_t>(inside * 255 / (samples * samples));
        }
}

void DotRaster::stamp(int x, int y, QRgb colour, int share, const QRect &clip)
{
    const int half = m_maskSide / 2;
    const int left = std::max(x - half, clip.left()), right = std::min(x + half, clip.right());
    const int top = std::max(y - half, clip.top()), bottom = std::min(y + half, clip.bottom());
    for (int row = top; row <= bottom; ++row) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(row));
        const auto *mask = m_mask.data() + (row - y + half) * m_maskSide - x + half;
        for (int column = left; column <= right; ++column)
            if (const int coverage = mask[column])
                line[column] = over(line[column], colour, ((coverage + 1) * share) >> 8);
    }
    ++m_stamped;
}

void DotRaster::fill(const MapScene &scene, const Viewport &viewport, const QRect &where)
{
    for (int y = where.top(); y <= where.bottom(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(y));
        std::fill(line + where.left(), line + where.right() + 1, m_style.background);
    }
    const double ratio = m_style.ratio, scale = viewport.scale();
    const int reach = m_maskSide / 2 + 1;
    const QRectF seen(viewport.toMap(QPointF(where.left() - reach, where.top() - reach) / ratio),
                      viewport.toMap(QPointF(where.right() + 1 + reach, where.bottom() + 1 + reach) / ratio));
    // Every colour is looked up once, not for every dot.
    const auto &colours = scene.colours();
    std::vector<QRgb> table(colours.isRamp() ? DotColours::steps + 1 : kindColours);
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = colourOf(colours, static_cast<std::uint16_t>(i), m_style.dark);
    const auto &tiles = scene.tileScales();
    const bool anySelected = !scene.selected().empty();
    // The place on the screen is taken once for all, so that dots keep their distances while the map is moved.
    const QPointF origin = viewport.toView({0, 0}) * ratio;
    const double pixels = scale * ratio;
    const auto put = [&](std::uint32_t index, QRgb colour, int share) {
        const auto &at = scene.positions()[index];
        stamp(static_cast<int>(std::floor(at.x * pixels + origin.x())),
              static_cast<int>(std::floor(at.y * pixels + origin.y())), colour, share, where);
    };
    scene.grid().visit(seen, [&](std::uint32_t index) {
        if ((!tiles.empty() && tiles[index] <= scale) || (anySelected && scene.isSelected(index)))
            return;
        const auto value = index < colours.value.size() ? colours.value[index] : std::uint16_t{0};
        put(index, table[value % table.size()], anySelected ? faint : whole);
    });
    if (!anySelected)
        return;
    for (const auto index : scene.selected())
        if (seen.contains(scene.positionOf(index)))
            put(index, m_style.accent, whole);
}

const QImage &DotRaster::draw(const MapScene &scene, const Viewport &viewport, const Style &style,
                              std::uint64_t revision)
{
    m_stamped = 0;
    const QSize size = (viewport.size() * style.ratio).toSize();
    const bool same =
        m_image.size() == size && m_style == style && m_revision == revision && m_viewport.scale() == viewport.scale();
    if (same && m_viewport == viewport)
        return m_image;
    // Both origins rounded down differ by whole pixels when the map was moved by whole pixels.
    const QPointF moved = (viewport.toView({0, 0}) - m_viewport.toView({0, 0})) * style.ratio;
    const QPoint step = moved.toPoint();
    const bool isShift = same && std::abs(moved.x() - step.x()) < 1e-6 && std::abs(moved.y() - step.y()) < 1e-6 &&
                         std::abs(step.x()) < size.width() && std::abs(step.y()) < size.height();
    m_style = style;
    m_revision = revision;
    m_viewport = viewport;
    const QRect all(QPoint(0, 0), size);
    if (!isShift) {
        if (m_image.size() != size)
            m_image = QImage(size, QImage::Format_RGB32);
        makeMask(radius(scene, viewport.scale()) * style.ratio);
        fill(scene, viewport, all);
        return m_image;
    }
    const auto length = static_cast<std::size_t>(size.width() - std::abs(step.x())) * sizeof(QRgb);
    const int from = std::max(-step.x(), 0), to = std::max(step.x(), 0);
    const int lines = size.height() - std::abs(step.y());
    for (int i = 0; i < lines; ++i) {
        const int target = step.y() > 0 ? size.height() - 1 - i : i;
        std::memmove(m_image.scanLine(target) + static_cast<std::size_t>(to) * sizeof(QRgb),
                     m_image.constScanLine(target - step.y()) + static_cast<std::size_t>(from) * sizeof(QRgb), length);
    }
    if (step.y() != 0)
        fill(scene, viewport, QRect(0, step.y() > 0 ? 0 : size.height() + step.y(), size.width(), std::abs(step.y())));
    if (step.x() != 0)
        fill(scene, viewport, QRect(step.x() > 0 ? 0 : size.width() + step.x(), 0, std::abs(step.x()), size.height()));
    return m_image;
}

} // namespace photolex::ui
