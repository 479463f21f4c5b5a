#include "core/projection/points.h"

#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <numbers>
#include <unordered_map>
#include <unordered_set>

namespace photolex::projection {

namespace {

constexpr double cellsAcross = 64;                                  // at most, for the area that points take up
constexpr double seedDistance = 0.25, sameSpot = 0.005;             // of the typical distance
const double goldenAngle = std::numbers::pi * (3 - std::sqrt(5.0)); // between seeds: no two lie in one direction

// Which spots are taken: by cells as wide as a spot, so that a spot is looked for in nine of them.
class Spots {
public:
    explicit Spots(double side)
        : m_side(side)
    {
    }
    bool isFree(Position at) const
    {
        for (std::int64_t dy = -1; dy <= 1; ++dy)
            for (std::int64_t dx = -1; dx <= 1; ++dx)
                if (const auto found = m_taken.find(keyOf(at, dx, dy));
                    found != m_taken.end() && std::hypot(found->second.x - at.x, found->second.y - at.y) < m_side)
                    return false;
        return true;
    }
    void take(Position at) { m_taken.try_emplace(keyOf(at, 0, 0), at); }
    int &seed(Position spot) { return m_seeds[keyOf(spot, 0, 0)]; } // the last that was tried around it

private:
    std::int64_t keyOf(Position at, std::int64_t dx, std::int64_t dy) const
    {
        const auto cell = [this](float value) { return static_cast<std::int64_t>(std::floor(value / m_side)); };
        return ((cell(at.x) + dx) << 32) ^ ((cell(at.y) + dy) & 0xffffffff);
    }
    double m_side;
    std::unordered_map<std::int64_t, Position> m_taken;
    std::unordered_map<std::int64_t, int> m_seeds;
};

} // namespace

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

double typicalDistance(std::span<const Position> positions)
{
    // The area is counted in cells: a few points far outside must not make the rest look sparse.
    const auto box = boundsOf(positions);
    if (!(box.side() > 0))
        return 0;
    const auto count = static_cast<double>(positions.size());
    const double side = box.side() / std::clamp(std::sqrt(count), 1.0, cellsAcross);
    std::unordered_set<std::uint32_t> taken;
    for (const auto &position : positions)
        taken.insert(static_cast<std::uint32_t>((position.y - box.low.y) / side) * 1024U +
                     static_cast<std::uint32_t>((position.x - box.low.x) / side));
    return side * std::sqrt(static_cast<double>(taken.size()) / count);
}

std::vector<Position> withoutCovering(std::span<const Position> positions, std::size_t first)
{
    std::vector<Position> moved(positions.begin(), positions.end());
    const double typical = typicalDistance(positions);
    // All in one place: so that they fill the map.
    const double unit =
        typical > 0 ? typical : 2 / std::sqrt(static_cast<double>(std::max<std::size_t>(moved.size(), 1)));
    Spots spots(sameSpot * unit);
    for (std::size_t i = 0; i < moved.size(); ++i) {
        const auto spot = moved[i];
        while (i >= first && !spots.isFree(moved[i])) {
            const int seed = ++spots.seed(spot);
            const double away = seedDistance * unit * std::sqrt(seed), angle = seed * goldenAngle;
            moved[i] = {static_cast<float>(spot.x + away * std::cos(angle)),
                        static_cast<float>(spot.y + away * std::sin(angle))};
        }
        spots.take(moved[i]);
    }
    return moved;
}

} // namespace photolex::projection
