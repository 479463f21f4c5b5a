// From a spot of a picture back to a point of its space.
#include "core/projection/points.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace photolex::projection {

namespace {

constexpr double shortestSum = 0.01; // of what was added: the direction of less is rounding

} // namespace

std::vector<Share> sharesAt(std::span<const Position> positions, Position spot, std::size_t count)
{
    std::vector<std::pair<double, std::size_t>> near; // square of the distance, index
    near.reserve(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const double x = double{positions[i].x} - spot.x, y = double{positions[i].y} - spot.y;
        near.emplace_back(x * x + y * y, i);
    }
    const auto wanted = static_cast<std::ptrdiff_t>(std::min(count, near.size()));
    std::ranges::partial_sort(near, near.begin() + wanted);
    near.resize(static_cast<std::size_t>(wanted));
    if (!near.empty() && near.front().first == 0)
        std::erase_if(near, [](const auto &one) { return one.first > 0; });

    double sum = 0;
    std::vector<double> weights;
    for (const auto &[square, index] : near) {
        // Beside the nearest one, so that no distance is too small or too large for a number.
        weights.push_back(square > 0 ? near.front().first / square : 1);
        sum += weights.back();
    }
    std::vector<Share> shares;
    for (std::size_t i = 0; i < near.size(); ++i)
        shares.push_back({near[i].second, static_cast<float>(weights[i] / sum)});
    return shares;
}

Result<std::vector<float>> meanDirection(Points points, std::span<const float> shares)
{
    if (points.size() != shares.size() || shares.empty())
        return fail(Errc::Invalid, "shares", "one is needed for each point, and one point at least");
    std::vector<double> sum(points.dimension);
    double added = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        double square = 0;
        for (std::size_t j = 0; j < points.dimension; ++j) {
            const double value = points.row(i)[j];
            sum[j] += shares[i] * value;
            square += value * value;
        }
        added += std::abs(shares[i]) * std::sqrt(square);
    }
    double square = 0;
    for (const double value : sum)
        square += value * value;
    const double length = std::sqrt(square);
    if (!(length > shortestSum * added)) // not a number, too
        return fail(Errc::Invalid, "points", "they cancel out");
    std::vector<float> mean;
    mean.reserve(sum.size());
    for (const double value : sum)
        mean.push_back(static_cast<float>(value / length));
    return mean;
}

} // namespace photolex::projection
