#include "ui/widgets/grid_layout.h"

#include <algorithm>

namespace photolex::ui {

void GridLayout::update(const Metrics &metrics, int count, std::vector<Section> sections)
{
    m_metrics = metrics;
    m_count = count;
    const int usable = std::max(metrics.width - 2 * metrics.margin + metrics.gap, 1);
    // As many columns as bring the tiles nearest to the side that was asked for: a pixel less must not make two large
    // tiles of three.
    const int pitch = metrics.tileSide + metrics.gap;
    m_columns = std::max((usable + pitch / 2) / pitch, 1);
    m_side = std::max(usable / m_columns - metrics.gap, metrics.tileSide / 2);
    if (sections.empty() || sections.front().firstRow != 0)
        sections.insert(sections.begin(), Section{});
    m_sections.clear();
    int y = sections.front().headerHeight > 0 ? metrics.margin / 4 : metrics.margin; // a header brings air of its own
    for (std::size_t i = 0; i < sections.size(); ++i) {
        Placed placed;
        placed.firstRow = std::clamp(sections[i].firstRow, 0, count);
        placed.count =
            (i + 1 < sections.size() ? std::clamp(sections[i + 1].firstRow, 0, count) : count) - placed.firstRow;
        placed.top = y;
        placed.tilesTop = y + sections[i].headerHeight;
        placed.bottom = placed.tilesTop + lines(placed) * lineHeight();
        y = placed.bottom;
        m_sections.push_back(placed);
    }
    m_height = count == 0 ? 0 : y - metrics.gap + metrics.margin;
}

const GridLayout::Placed &GridLayout::sectionOf(int row) const
{
    const auto after = std::upper_bound(m_sections.begin(), m_sections.end(), row,
                                        [](int r, const Placed &section) { return r < section.firstRow; });
    // Empty sections share their firstRow with the next one: the last of them holds the row.
    return *std::prev(after);
}

int GridLayout::columnLeft(int column) const
{
    const int x = m_metrics.margin + column * (m_side + m_metrics.gap);
    return m_metrics.rightToLeft ? m_metrics.width - x - m_side : x;
}

QRect GridLayout::tileRect(int row) const
{
    if (row < 0 || row >= m_count)
        return {};
    const Placed &section = sectionOf(row);
    const int inside = row - section.firstRow;
    return {columnLeft(inside % m_columns), section.tilesTop + inside / m_columns * lineHeight(), m_side,
            m_side + m_metrics.textHeight};
}

QRect GridLayout::headerRect(int section) const
{
    const auto &placed = m_sections.at(static_cast<std::size_t>(section));
    return {m_metrics.margin, placed.top, std::max(m_metrics.width - 2 * m_metrics.margin, 0),
            placed.tilesTop - placed.top};
}

int GridLayout::rowIn(const Placed &section, int line, int column) const
{
    return section.firstRow + std::min(line * m_columns + column, section.count - 1);
}

int GridLayout::rowAt(QPoint point) const
{
    const int row = nearestRow(point);
    return row >= 0 && tileRect(row).contains(point) ? row : -1;
}

int GridLayout::nearestRow(QPoint point) const
{
    if (m_count == 0)
        return -1;
    const Placed *nearest = nullptr;
    for (const auto &section : m_sections)
        if (section.count > 0 && (!nearest || section.tilesTop <= point.y()))
            nearest = &section;
    const int line = std::clamp((point.y() - nearest->tilesTop) / lineHeight(), 0, lines(*nearest) - 1);
    int column = 0;
    for (int other = 1; other < m_columns; ++other) {
        const auto distance = [&](int c) { return std::abs(columnLeft(c) + m_side / 2 - point.x()); };
        if (distance(other) < distance(column))
            column = other;
    }
    return rowIn(*nearest, line, column);
}

std::pair<int, int> GridLayout::rowsBetween(int top, int bottom) const
{
    int first = m_count, last = -1;
    for (const auto &section : m_sections) {
        if (section.count == 0 || section.bottom <= top || section.tilesTop > bottom)
            continue;
        const int firstLine = std::clamp((top - section.tilesTop) / lineHeight(), 0, lines(section) - 1);
        const int lastLine = std::clamp((bottom - section.tilesTop) / lineHeight(), 0, lines(section) - 1);
        first = std::min(first, section.firstRow + firstLine * m_columns);
        last = std::max(last, rowIn(section, lastLine, m_columns - 1));
    }
    return {first, last};
}

std::vector<std::pair<int, int>> GridLayout::rowsTouching(const QRect &rect) const
{
    std::vector<std::pair<int, int>> ranges;
    int firstColumn = m_columns, lastColumn = -1;
    for (int column = 0; column < m_columns; ++column) {
        const int left = columnLeft(column);
        if (left <= rect.right() && left + m_side > rect.left()) {
            firstColumn = std::min(firstColumn, column);
            lastColumn = std::max(lastColumn, column);
        }
    }
    if (lastColumn < 0)
        return ranges;
    const auto [first, last] = rowsBetween(rect.top(), rect.bottom());
    for (const auto &section : m_sections) {
        if (section.count == 0 || section.firstRow > last || section.firstRow + section.count <= first)
            continue;
        const int firstLine = std::max(first - section.firstRow, 0) / m_columns;
        const int lastLine = (std::min(last, section.firstRow + section.count - 1) - section.firstRow) / m_columns;
        for (int line = firstLine; line <= lastLine; ++line) {
            const int top = section.tilesTop + line * lineHeight();
            if (top + m_side + m_metrics.textHeight <= rect.top() || top > rect.bottom() ||
                line * m_columns + firstColumn >= section.count)
                continue; // the rectangle ends in a gap
            const int from = rowIn(section, line, firstColumn), to = rowIn(section, line, lastColumn);
            if (!ranges.empty() && ranges.back().second + 1 == from)
                ranges.back().second = to;
            else
                ranges.emplace_back(from, to);
        }
    }
    return ranges;
}

int GridLayout::rowAbove(int row) const
{
    const Placed &section = sectionOf(row);
    const int inside = row - section.firstRow;
    if (inside >= m_columns)
        return row - m_columns;
    for (const auto *other = &section; other-- != m_sections.data();)
        if (other->count > 0)
            return rowIn(*other, lines(*other) - 1, inside % m_columns);
    return row;
}

int GridLayout::rowBelow(int row) const
{
    const Placed &section = sectionOf(row);
    const int inside = row - section.firstRow;
    if (inside / m_columns + 1 < lines(section))
        return rowIn(section, inside / m_columns + 1, inside % m_columns);
    for (const auto *other = &section + 1; other != m_sections.data() + m_sections.size(); ++other)
        if (other->count > 0)
            return rowIn(*other, 0, inside % m_columns);
    return row;
}

} // namespace photolex::ui
