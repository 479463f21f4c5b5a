// Where the tiles of a grid lie: arithmetic over equal tiles, in sections that each begin on a new line. Nothing is
// stored for a tile, so a million of them cost what one costs.
//
// Coordinates are device-independent pixels of the whole content; y grows downwards from the top of the first section.
#pragma once

#include <QRect>
#include <utility>
#include <vector>

namespace photolex::ui {

class GridLayout {
public:
    struct Metrics {
        int width = 0;      // of the viewport
        int tileSide = 160; // of the square that holds the picture, about: tiles fill their lines exactly
        int textHeight = 0; // below the square, for a name; 0: none
        int gap = 8;        // between tiles
        int margin = 16;    // around all
        bool rightToLeft = false;
        bool operator==(const Metrics &) const = default;
    };
    struct Section {
        int firstRow = 0;
        int headerHeight = 0;
    };

    // Sections in order of firstRow; none is the same as one without header.
    void update(const Metrics &metrics, int count, std::vector<Section> sections);

    int count() const { return m_count; }
    int columns() const { return m_columns; }
    int side() const { return m_side; } // of every square
    int lineHeight() const { return m_side + m_metrics.textHeight + m_metrics.gap; }
    int contentHeight() const { return m_height; }

    QRect tileRect(int row) const;       // square and text
    QRect headerRect(int section) const; // over the whole width
    int rowAt(QPoint point) const;       // −1: between tiles
    int nearestRow(QPoint point) const;  // of the tile nearest to it; −1: there is none
    std::pair<int, int> rowsBetween(int top,
                                    int bottom) const; // first and last row of the lines touched; first > last: none
    std::vector<std::pair<int, int>> rowsTouching(const QRect &rect) const; // ranges of rows, in order
    int rowAbove(int row) const; // same column, one line up, across sections; `row` itself on the first line
    int rowBelow(int row) const;

private:
    struct Placed {
        int firstRow = 0, count = 0;
        int top = 0, tilesTop = 0, bottom = 0;
    };
    const Placed &sectionOf(int row) const;
    int columnLeft(int column) const;
    int lines(const Placed &section) const { return (section.count + m_columns - 1) / m_columns; }
    int rowIn(const Placed &section, int line, int column) const; // clamped to the last row of the line

    Metrics m_metrics;
    std::vector<Placed> m_sections;
    int m_count = 0, m_columns = 1, m_side = 160, m_height = 0;
};

} // namespace photolex::ui
