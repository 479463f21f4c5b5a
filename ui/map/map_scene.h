// What is on the map: photos and where they lie, labels, the way of an expression, and what is selected. Views paint
// it; the place fills it. It belongs to the window's thread.
#pragma once

#include "core/base/ids.h"
#include "core/projection/points.h"
#include "ui/map/level_of_detail.h"
#include "ui/map/map_colours.h"
#include "ui/map/point_grid.h"

#include <QObject>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace photolex::ui {

struct MapLabel {
    enum class Kind : std::uint8_t { Group, Word, Caption } kind = Kind::Word;
    QString text;
    projection::Position at;
    std::int32_t group = -1; // of a Group
    PhotoId photo;           // of a Caption
};

struct MapStep {
    projection::Position at;
    QString text;
};

QRectF mapRect(const projection::Box &box);

class MapScene : public QObject {
    Q_OBJECT
public:
    explicit MapScene(QObject *parent = nullptr);

    // One position and one group for each photo. What was known of other photos goes: labels, tiles, steps.
    void setPhotos(std::vector<PhotoId> photos, std::vector<projection::Position> positions,
                   std::vector<std::int32_t> groups);
    // The same photos while the picture settles: there are no tiles and labels meanwhile.
    void setPositions(std::vector<projection::Position> positions);
    void setGroups(std::vector<std::int32_t> groups); // and colours, when they are those of groups
    void setColours(DotColours colours);
    void setTiles(const TileSizes &sizes, std::vector<float> scales); // as tileScales() gives them
    void setLabels(std::vector<MapLabel> labels);                     // most important first
    void setSteps(std::vector<MapStep> steps);                        // of the expression
    void setQuery(std::vector<MapStep> query);                        // none or one
    void setSelected(const std::vector<PhotoId> &photos, PhotoId current);

    const std::vector<PhotoId> &photos() const { return m_photos; }
    const std::vector<projection::Position> &positions() const { return m_positions; }
    const std::vector<std::int32_t> &groups() const { return m_groups; }
    const DotColours &colours() const { return m_colours; }
    const PointGrid &grid() const { return m_grid; }
    const TileSizes &tileSizes() const { return m_tileSizes; }
    const std::vector<float> &tileScales() const { return m_tileScales; } // empty: dots only
    const std::vector<MapLabel> &labels() const { return m_labels; }
    const std::vector<MapStep> &steps() const { return m_steps; }
    const std::vector<MapStep> &query() const { return m_query; }
    std::int64_t indexOf(PhotoId photo) const; // −1: not on the map
    QPointF positionOf(std::size_t index) const { return {m_positions[index].x, m_positions[index].y}; }
    bool isSelected(std::size_t index) const { return m_isSelected[index]; }
    const std::vector<std::uint32_t> &selected() const { return m_selected; } // indices
    std::int64_t current() const { return m_current; }                        // −1: none
    QRectF boundsOf(const std::vector<std::uint32_t> &indices) const;
    std::vector<std::uint32_t> ofGroup(std::int32_t group) const;

Q_SIGNALS:
    void changed();       // anything
    void labelsChanged(); // sizes are to be measured

private:
    void select();
    std::vector<PhotoId> m_photos;
    std::unordered_map<PhotoId, std::uint32_t> m_index;
    std::vector<projection::Position> m_positions;
    std::vector<std::int32_t> m_groups;
    DotColours m_colours;
    PointGrid m_grid;
    TileSizes m_tileSizes;
    std::vector<float> m_tileScales;
    std::vector<MapLabel> m_labels;
    std::vector<MapStep> m_steps, m_query;
    std::vector<PhotoId> m_selectedPhotos; // also those that are not on the map (yet)
    PhotoId m_currentPhoto;
    std::vector<bool> m_isSelected;
    std::vector<std::uint32_t> m_selected;
    std::int64_t m_current = -1;
};

} // namespace photolex::ui
