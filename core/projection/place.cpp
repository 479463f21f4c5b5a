#include "core/projection/fuzzy_graph_p.h"
#include "core/projection/projection.h"
#include "core/projection/umap_p.h"

#include <cmath>
#include <unordered_map>

namespace photolex::projection {

namespace {

constexpr int settleEpochs = 30;
constexpr double unitsAcross = 20; // UMAP's pictures are about this wide: its forces are made for such distances

} // namespace

Result<std::vector<Position>> place(Points points, std::span<const Position> positions, Points added,
                                    const Options &options, const std::stop_token &stop)
{
    if (positions.size() != points.size())
        return fail(Errc::Invalid, "positions", "one is needed for each point");
    const std::size_t m = added.size();
    if (m == 0)
        return std::vector<Position>();
    if (points.size() == 0)
        return fail(Errc::Invalid, "points", "there is no picture to place anything in");
    const auto found = nearestAmong(points, added, options.neighbours, options.threads, stop);
    if (!found)
        return fail(found.error());

    // In UMAP's units, around the middle of the picture.
    const auto box = boundsOf(positions);
    const auto low = box.low;
    const float side = box.side();
    const float unit = side > 0 ? side / static_cast<float>(unitsAcross) : 1;
    const auto strength = memberships(*found);
    std::vector<Position> all;
    all.reserve(points.size() + m);
    for (const auto &position : positions)
        all.push_back({(position.x - low.x) / unit, (position.y - low.y) / unit});
    for (std::size_t row = 0; row < m; ++row) {
        double x = 0, y = 0, sum = 0;
        for (std::size_t j = 0; j < found->count; ++j) {
            const auto &neighbour = all[found->index[row * found->count + j]];
            // To the fourth: a point between two groups goes to one of them, not to the empty space in the middle.
            const double weight = std::pow(strength[row * found->count + j], 4.0);
            x += weight * neighbour.x;
            y += weight * neighbour.y;
            sum += weight;
        }
        all.push_back({static_cast<float>(x / sum), static_cast<float>(y / sum)});
    }
    UmapSteps steps(directedGraph(*found, strength), std::move(all), options, settleEpochs);
    for (int epoch = settleEpochs * 3 / 4; epoch < settleEpochs; ++epoch) { // only the last, gentle quarter
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "place");
        steps.step(epoch);
    }
    std::vector<Position> placed(m);
    for (std::size_t row = 0; row < m; ++row) {
        const auto nearest = found->index[row * found->count];
        const auto &settled = steps.positions()[points.size() + row];
        placed[row] = found->distance[row * found->count] == 0
                          ? positions[nearest]
                          : Position{settled.x * unit + low.x, settled.y * unit + low.y};
    }
    return placed;
}

} // namespace photolex::projection
