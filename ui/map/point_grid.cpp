#include "ui/map/point_grid.h"

#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr double pointsInCell = 4;
constexpr int mostColumns = 1024;

} // namespace

void PointGrid::build(std::span<const projection::Position> positions)
{
    m_positions = positions;
    const auto box = projection::boundsOf(positions);
    m_corner = {box.low.x, box.low.y};
    const double width = box.high.x - box.low.x, height = box.high.y - box.low.y;
    const double wanted = std::sqrt(std::max(width * height, 1e-12) * pointsInCell /
                                    static_cast<double>(std::max<std::size_t>(positions.size(), 1)));
    m_cellSide = std::max({wanted, std::max(width, height) / (mostColumns - 1), 1e-9});
    m_columns = static_cast<int>(width / m_cellSide) + 1;
    m_rows = static_cast<int>(height / m_cellSide) + 1;

    std::vector<std::uint32_t> cells(positions.size());
    m_starts.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows) + 1, 0);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        cells[i] = static_cast<std::uint32_t>(indexOf(cellOf({positions[i].x, positions[i].y})));
        ++m_starts[cells[i] + 1];
    }
    for (std::size_t cell = 1; cell < m_starts.size(); ++cell)
        m_starts[cell] += m_starts[cell - 1];
    auto next = m_starts;
    m_order.resize(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        m_order[next[cells[i]]++] = static_cast<std::uint32_t>(i);
}

PointGrid::Cell PointGrid::cellOf(QPointF map) const
{
    const auto clamped = [this](double value, int count) {
        return static_cast<int>(std::clamp(value / m_cellSide, 0.0, count - 1.0));
    };
    return {clamped(map.x() - m_corner.x(), m_columns), clamped(map.y() - m_corner.y(), m_rows)};
}

std::int64_t PointGrid::nearest(QPointF map, double radius) const
{
    std::int64_t best = -1;
    double least = radius * radius;
    visit(QRectF(map.x() - radius, map.y() - radius, 2 * radius, 2 * radius), [&](std::uint32_t index) {
        const double x = m_positions[index].x - map.x(), y = m_positions[index].y - map.y();
        const double distance = x * x + y * y;
        if (distance < least || (distance == least && (best < 0 || index < best))) {
            least = distance;
            best = index;
        }
    });
    return best;
}

} // namespace photolex::ui
