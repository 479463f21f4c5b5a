#include "core/projection/points.h"

#include <cmath>
#include <fmt/format.h>

namespace photolex::projection {

Result<> check(Points points)
{
    if (points.dimension == 0 ? !points.values.empty() : points.values.size() % points.dimension != 0)
        return fail(Errc::Invalid, "points", "the values do not fill whole rows");
    for (std::size_t i = 0; i < points.values.size(); ++i)
        if (!std::isfinite(points.values[i]))
            return fail(Errc::Invalid, "points",
                        fmt::format("row {} holds a value that is not finite", i / points.dimension));
    return {};
}

Box boundsOf(std::span<const Position> positions)
{
    if (positions.empty())
        return {};
    Box box{positions.front(), positions.front()};
    for (const auto &position : positions) {
        box.low = {std::min(box.low.x, position.x), std::min(box.low.y, position.y)};
        box.high = {std::max(box.high.x, position.x), std::max(box.high.y, position.y)};
    }
    return box;
}

std::vector<Position> normalised(std::span<const Position> positions)
{
    const auto box = boundsOf(positions);
    const Position middle{(box.low.x + box.high.x) / 2, (box.low.y + box.high.y) / 2};
    const float side = box.side();
    const float scale = side > 0 ? 2 / side : 0;
    std::vector<Position> moved;
    moved.reserve(positions.size());
    for (const auto &position : positions)
        moved.push_back({(position.x - middle.x) * scale, (position.y - middle.y) * scale});
    return moved;
}

} // namespace photolex::projection
