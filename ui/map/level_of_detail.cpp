#include "ui/map/level_of_detail.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>

namespace photolex::ui {

namespace {

constexpr double wantedSpacing = 16; // pixels between neighbours, from which on tiles replace dots
constexpr int levels = 26;           // 13 octaves closer than the first tiles
const double levelStep = std::sqrt(2.0);

} // namespace

std::vector<double> labelScales(std::span<const LabelBox> labels)
{
    std::vector<double> scales(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        double scale = labels[i].from;
        for (std::size_t j = 0; j < i; ++j) {
            // Free of each other where they are apart in one direction: scale · |distance| ≥ half of both sizes.
            const double x = std::abs(double{labels[i].at.x} - labels[j].at.x),
                         y = std::abs(double{labels[i].at.y} - labels[j].at.y);
            const double width = (labels[i].width + labels[j].width) / 2,
                         height = (labels[i].height + labels[j].height) / 2;
            const double apart = std::min(x > 0 ? width / x : std::numeric_limits<double>::infinity(),
                                          y > 0 ? height / y : std::numeric_limits<double>::infinity());
            if (apart > scales[j]) // farther out than `apart`, and seen itself there
                scale = std::max(scale, apart);
        }
        scales[i] = scale;
    }
    return scales;
}

double TileSizes::side(double scale) const
{
    if (!(scale >= first))
        return 0;
    double side = largest;
    for (const double wanted = smallest * std::sqrt(scale / first); side > wanted && side > smallest;)
        side = std::max(std::floor(side / levelStep), smallest);
    return side;
}

TileSizes tileSizes(std::span<const projection::Position> positions)
{
    const double typical = projection::typicalDistance(positions);
    return {.first = typical > 0 ? wantedSpacing / typical : 1}; // one place: nothing else is near
}

std::vector<float> tileScales(std::span<const projection::Position> positions, const TileSizes &sizes)
{
    std::vector<float> scales(positions.size(), std::numeric_limits<float>::infinity());
    std::vector<std::uint32_t> seen, waiting(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        waiting[i] = static_cast<std::uint32_t>(i);
    double scale = sizes.first;
    for (int level = 0; level < levels && !waiting.empty(); ++level, scale *= levelStep) {
        const double apart = (sizes.side(scale) + TileSizes::gap) / scale; // map units
        const auto cellOf = [apart](float value) { return static_cast<std::int64_t>(std::floor(value / apart)); };
        const auto keyOf = [](std::int64_t x, std::int64_t y) { return (x << 32) ^ (y & 0xffffffff); };
        // At most one tile begins in a cell, whose side is that of a tile.
        std::unordered_map<std::int64_t, std::uint32_t> cells;
        cells.reserve(seen.size() * 2);
        for (const auto index : seen)
            cells[keyOf(cellOf(positions[index].x), cellOf(positions[index].y))] = index;
        std::vector<std::uint32_t> later;
        for (const auto index : waiting) {
            const auto &at = positions[index];
            const auto x = cellOf(at.x), y = cellOf(at.y);
            bool isFree = true;
            for (std::int64_t dy = -1; dy <= 1 && isFree; ++dy)
                for (std::int64_t dx = -1; dx <= 1 && isFree; ++dx) {
                    const auto other = cells.find(keyOf(x + dx, y + dy));
                    isFree = other == cells.end() || std::abs(positions[other->second].x - at.x) >= apart ||
                             std::abs(positions[other->second].y - at.y) >= apart;
                }
            if (!isFree) {
                later.push_back(index);
                continue;
            }
            scales[index] = static_cast<float>(scale);
            cells[keyOf(x, y)] = index;
            seen.push_back(index);
        }
        waiting = std::move(later);
    }
    return scales;
}

} // namespace photolex::ui
