#include "core/projection/points.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

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

std::vector<Position> normalised(std::span<const Position> positions)
{
    constexpr float far = std::numeric_limits<float>::max();
    Position low{far, far}, high{-far, -far};
    for (const auto &position : positions) {
        low = {std::min(low.x, position.x), std::min(low.y, position.y)};
        high = {std::max(high.x, position.x), std::max(high.y, position.y)};
    }
    const Position middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    const float side = std::max(high.x - low.x, high.y - low.y);
    const float scale = side > 0 ? 2 / side : 0;
    std::vector<Position> moved;
    moved.reserve(positions.size());
    for (const auto &position : positions)
        moved.push_back({(position.x - middle.x) * scale, (position.y - middle.y) * scale});
    return moved;
}

} // namespace photolex::projection
