// Where points lie, for questions about a small part of them: a grid of equal cells, built by counting in one pass.
#pragma once

#include "core/projection/points.h"

#include <QPointF>
#include <QRectF>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace photolex::ui {

class PointGrid {
public:
    // Keeps a view: the positions stay where they are until the next build.
    void build(std::span<const projection::Position> positions);

    // Calls `visit` with the index of each point in `map`, in an order that depends on the points alone.
    template <class Visit>
    void visit(const QRectF &map, Visit visit) const
    {
        if (m_positions.empty())
            return;
        const auto [left, top] = cellOf(map.topLeft());
        const auto [right, bottom] = cellOf(map.bottomRight());
        for (int y = top; y <= bottom; ++y) {
            // The cells of a line lie one after the other.
            const auto begin = m_starts[indexOf({left, y})];
            const auto end = m_starts[indexOf({right, y}) + 1];
            for (auto at = begin; at < end; ++at) {
                const auto index = m_order[at];
                const auto &position = m_positions[index];
                if (position.x >= map.left() && position.x <= map.right() && position.y >= map.top() &&
                    position.y <= map.bottom())
                    visit(index);
            }
        }
    }
    // The point nearest to `map` within `radius`, the first of several at one place; −1: none.
    std::int64_t nearest(QPointF map, double radius) const;

private:
    struct Cell {
        int x = 0, y = 0;
    };
    Cell cellOf(QPointF map) const; // the nearest one there is
    std::size_t indexOf(Cell cell) const
    {
        return static_cast<std::size_t>(cell.y) * static_cast<std::size_t>(m_columns) +
               static_cast<std::size_t>(cell.x);
    }

    std::span<const projection::Position> m_positions;
    std::vector<std::uint32_t> m_starts; // columns × rows + 1: where each cell's points begin in m_order
    std::vector<std::uint32_t> m_order;
    int m_columns = 0, m_rows = 0;
    QPointF m_corner;
    double m_cellSide = 1;
};

} // namespace photolex::ui
