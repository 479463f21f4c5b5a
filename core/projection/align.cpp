#include "core/projection/align.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace photolex::projection {

namespace {

struct Middle {
    double x = 0, y = 0;
};

Middle middleOf(std::span<const Position> positions)
{
    Middle middle;
    for (const auto &position : positions) {
        middle.x += position.x;
        middle.y += position.y;
    }
    const auto n = static_cast<double>(std::max<std::size_t>(positions.size(), 1));
    return {middle.x / n, middle.y / n};
}

} // namespace

Position Similarity::apply(Position position) const
{
    const double x = position.x, y = position.y;
    return {static_cast<float>(scale * (xx * x + xy * y) + shiftX),
            static_cast<float>(scale * (yx * x + yy * y) + shiftY)};
}

std::vector<Position> Similarity::apply(std::span<const Position> positions) const
{
    std::vector<Position> moved;
    moved.reserve(positions.size());
    for (const auto &position : positions)
        moved.push_back(apply(position));
    return moved;
}

Result<Similarity> alignment(std::span<const Position> fixed, std::span<const Position> moving)
{
    if (fixed.size() != moving.size())
        return fail(Errc::Invalid, "pictures", fmt::format("{} and {} positions", fixed.size(), moving.size()));
    for (const auto &positions : {fixed, moving})
        for (const auto &position : positions)
            if (!std::isfinite(position.x) || !std::isfinite(position.y))
                return fail(Errc::Invalid, "pictures", "a position is not finite");
    const Middle to = middleOf(fixed), from = middleOf(moving);
    // C = Σ f mᵀ of the centred positions, and Σ |m|².
    double cxx = 0, cxy = 0, cyx = 0, cyy = 0, size = 0;
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        const double fx = fixed[i].x - to.x, fy = fixed[i].y - to.y;
        const double mx = moving[i].x - from.x, my = moving[i].y - from.y;
        cxx += fx * mx;
        cxy += fx * my;
        cyx += fy * mx;
        cyy += fy * my;
        size += mx * mx + my * my;
    }
    // In two dimensions trace(Rᵀ C) is largest in closed form, for the rotations and for the reflections alike.
    const double turnedCos = cxx + cyy, turnedSin = cyx - cxy, turned = std::hypot(turnedCos, turnedSin);
    const double flippedCos = cxx - cyy, flippedSin = cyx + cxy, flipped = std::hypot(flippedCos, flippedSin);
    Similarity found;
    if (size > 0 && std::max(turned, flipped) > 0) {
        found.scale = std::max(turned, flipped) / size;
        if (turned >= flipped) {
            found.xx = found.yy = turnedCos / turned;
            found.yx = turnedSin / turned;
            found.xy = -found.yx;
        } else {
            found.xx = flippedCos / flipped;
            found.yy = -found.xx;
            found.xy = found.yx = flippedSin / flipped;
        }
    }
    found.shiftX = to.x - found.scale * (found.xx * from.x + found.xy * from.y);
    found.shiftY = to.y - found.scale * (found.yx * from.x + found.yy * from.y);
    return found;
}

std::vector<float> distances(std::span<const Position> first, std::span<const Position> second)
{
    assert(first.size() == second.size());
    std::vector<float> all;
    all.reserve(first.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        all.push_back(std::hypot(first[i].x - second[i].x, first[i].y - second[i].y));
    return all;
}

} // namespace photolex::projection
