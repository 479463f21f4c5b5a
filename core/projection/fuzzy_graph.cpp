#include "core/projection/fuzzy_graph_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace photolex::projection {

std::vector<float> memberships(const Neighbours &neighbours)
{
    constexpr int steps = 48;
    constexpr float smallestShare =
        1e-3F; // σ is at least this share of the mean distance: else copies cut all else off
    const std::size_t count = neighbours.count, n = neighbours.size();
    std::vector<float> strength(neighbours.index.size());
    if (n == 0)
        return strength;
    const float meanOfAll = std::accumulate(neighbours.distance.begin(), neighbours.distance.end(), 0.0F) /
                            static_cast<float>(neighbours.distance.size());
    const float wanted = std::log2(static_cast<float>(std::max<std::size_t>(count, 2)));
    for (std::size_t i = 0; i < n; ++i) {
        const std::span distance(neighbours.distance.data() + i * count, count);
        const auto nearest = std::ranges::find_if(distance, [](float value) { return value > 0; });
        const float rho = nearest == distance.end() ? 0 : *nearest;
        float low = 0, high = std::numeric_limits<float>::infinity(), sigma = 1;
        for (int step = 0; step < steps; ++step) {
            float sum = 0;
            for (const float value : distance)
                sum += value > rho ? std::exp(-(value - rho) / sigma) : 1;
            if (std::abs(sum - wanted) < 1e-4F)
                break;
            if (sum > wanted)
                high = sigma;
            else
                low = sigma;
            sigma = std::isinf(high) ? 2 * sigma : (low + high) / 2;
        }
        const float mean = std::accumulate(distance.begin(), distance.end(), 0.0F) /
                           static_cast<float>(std::max<std::size_t>(count, 1));
        sigma = std::max(sigma, smallestShare * (rho > 0 ? mean : meanOfAll));
        for (std::size_t j = 0; j < count; ++j)
            strength[i * count + j] = distance[j] > rho && sigma > 0 ? std::exp(-(distance[j] - rho) / sigma) : 1;
    }
    return strength;
}

namespace {

struct Edge {
    std::uint32_t target;
    float weight;
};

// `both` joins the strengths of two directions.
template <class Both>
Graph symmetric(const Neighbours &neighbours, std::span<const float> strength, Both both)
{
    const std::size_t count = neighbours.count, n = neighbours.size();
    // Who names whom, the other way round. Sources come in order, so each list is sorted.
    std::vector<std::uint32_t> begin(n + 1);
    for (const auto target : neighbours.index)
        ++begin[target + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<Edge> incoming(neighbours.index.size());
    auto next = begin;
    for (std::size_t i = 0; i < neighbours.index.size(); ++i)
        incoming[next[neighbours.index[i]]++] = {static_cast<std::uint32_t>(i / count), strength[i]};

    Graph graph;
    graph.first.reserve(n + 1);
    graph.first.push_back(0);
    graph.target.reserve(2 * neighbours.index.size());
    graph.weight.reserve(2 * neighbours.index.size());
    std::vector<Edge> outgoing(count);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < count; ++j)
            outgoing[j] = {neighbours.index[i * count + j], strength[i * count + j]};
        std::ranges::sort(outgoing, {}, &Edge::target);
        const auto add = [&](std::uint32_t target, float weight) {
            graph.target.push_back(target);
            graph.weight.push_back(weight);
        };
        auto out = outgoing.cbegin();
        auto in = incoming.cbegin() + begin[i];
        const auto inEnd = incoming.cbegin() + begin[i + 1];
        while (out != outgoing.cend() || in != inEnd) {
            if (in == inEnd || (out != outgoing.cend() && out->target < in->target)) {
                add(out->target, out->weight);
                ++out;
            } else if (out == outgoing.cend() || in->target < out->target) {
                add(in->target, in->weight);
                ++in;
            } else {
                add(out->target, both(out->weight, in->weight));
                ++out;
                ++in;
            }
        }
        graph.first.push_back(static_cast<std::uint32_t>(graph.target.size()));
    }
    return graph;
}

} // namespace

Graph fuzzyGraph(const Neighbours &neighbours)
{
    return symmetric(neighbours, memberships(neighbours), [](float a, float b) { return a + b - a * b; });
}

Graph symmetricSum(const Neighbours &neighbours, std::span<const float> strength)
{
    return symmetric(neighbours, strength, [](float a, float b) { return a + b; });
}

Graph directedGraph(const Neighbours &neighbours, std::span<const float> strength)
{
    Graph graph;
    for (std::size_t row = 0; row <= neighbours.size(); ++row)
        graph.first.push_back(static_cast<std::uint32_t>(row * neighbours.count));
    graph.target = neighbours.index;
    graph.weight.assign(strength.begin(), strength.end());
    return graph;
}

} // namespace photolex::projection
