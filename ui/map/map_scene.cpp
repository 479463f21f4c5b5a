#include "ui/map/map_scene.h"

#include <algorithm>
#include <utility>

namespace photolex::ui {

QRectF mapRect(const projection::Box &box)
{
    return {QPointF(box.low.x, box.low.y), QPointF(box.high.x, box.high.y)};
}

MapScene::MapScene(QObject *parent)
    : QObject(parent)
{
}

void MapScene::setPhotos(std::vector<PhotoId> photos, std::vector<projection::Position> positions,
                         std::vector<std::int32_t> groups)
{
    m_photos = std::move(photos);
    m_index.clear();
    m_index.reserve(m_photos.size());
    for (std::size_t i = 0; i < m_photos.size(); ++i)
        m_index.emplace(m_photos[i], static_cast<std::uint32_t>(i));
    m_groups = std::move(groups);
    m_colours = groupColours(m_groups);
    m_steps.clear();
    m_query.clear();
    select();
    setPositions(std::move(positions));
}

void MapScene::setPositions(std::vector<projection::Position> positions)
{
    m_positions = std::move(positions);
    m_grid.build(m_positions);
    m_tileSizes = ui::tileSizes(m_positions); // dots are as large as their distances allow
    m_tileScales.clear();
    m_labels.clear();
    Q_EMIT labelsChanged();
    Q_EMIT changed();
}

void MapScene::setGroups(std::vector<std::int32_t> groups)
{
    m_groups = std::move(groups);
    if (m_colours.by == ColourBy::Group)
        m_colours = groupColours(m_groups);
    Q_EMIT changed();
}

void MapScene::setColours(DotColours colours)
{
    m_colours = std::move(colours);
    Q_EMIT changed();
}

void MapScene::setTiles(const TileSizes &sizes, std::vector<float> scales)
{
    m_tileSizes = sizes;
    m_tileScales = std::move(scales);
    Q_EMIT changed();
}

void MapScene::setLabels(std::vector<MapLabel> labels)
{
    m_labels = std::move(labels);
    Q_EMIT labelsChanged();
    Q_EMIT changed();
}

void MapScene::setSteps(std::vector<MapStep> steps)
{
    m_steps = std::move(steps);
    Q_EMIT changed();
}

void MapScene::setQuery(std::vector<MapStep> query)
{
    m_query = std::move(query);
    Q_EMIT changed();
}

void MapScene::setSelected(const std::vector<PhotoId> &photos, PhotoId current)
{
    if (photos == m_selectedPhotos && current == m_currentPhoto)
        return;
    m_selectedPhotos = photos;
    m_currentPhoto = current;
    select();
    Q_EMIT changed();
}

void MapScene::select()
{
    m_isSelected.assign(m_photos.size(), false);
    m_selected.clear();
    for (const auto photo : m_selectedPhotos)
        if (const auto index = indexOf(photo); index >= 0 && !m_isSelected[static_cast<std::size_t>(index)]) {
            m_isSelected[static_cast<std::size_t>(index)] = true;
            m_selected.push_back(static_cast<std::uint32_t>(index));
        }
    m_current = indexOf(m_currentPhoto);
}

std::int64_t MapScene::indexOf(PhotoId photo) const
{
    const auto found = m_index.find(photo);
    return found == m_index.end() ? -1 : std::int64_t{found->second};
}

QRectF MapScene::boundsOf(const std::vector<std::uint32_t> &indices) const
{
    std::vector<projection::Position> positions;
    positions.reserve(indices.size());
    for (const auto index : indices)
        positions.push_back(m_positions[index]);
    return mapRect(projection::boundsOf(positions));
}

std::vector<std::uint32_t> MapScene::ofGroup(std::int32_t group) const
{
    std::vector<std::uint32_t> members;
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        if (m_groups[i] == group)
            members.push_back(static_cast<std::uint32_t>(i));
    return members;
}

} // namespace photolex::ui
