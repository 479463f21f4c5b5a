#include "core/projection/clusters.h"

#include "core/projection/fuzzy_graph_p.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace photolex::projection {

namespace {

using Labels = std::vector<std::uint32_t>;
constexpr int mostPasses = 30, mostLevels = 12;
constexpr double clearGain = 0.15; // of a point's connections: what a labelled point must win to change its cluster

// A graph whose points may be communities of another; `self` is what lies within each.
struct Network {
    Graph graph;
    std::vector<double> self;
    std::vector<double> degree; // with twice `self`
    double total = 0;

    Network(Graph ofPoints, std::vector<double> within)
        : graph(std::move(ofPoints))
        , self(std::move(within))
        , degree(graph.size())
    {
        self.resize(graph.size());
        for (std::size_t i = 0; i < graph.size(); ++i) {
            degree[i] = 2 * self[i];
            for (auto edge = graph.first[i]; edge < graph.first[i + 1]; ++edge)
                degree[i] += graph.weight[edge];
            total += degree[i];
        }
    }
};

// Weight between a point and the communities around it, without a map: one slot for each community, cleared by what
// was touched.
class Around {
public:
    explicit Around(std::size_t communities)
        : m_weight(communities)
    {
    }
    void gather(const Network &network, std::size_t point, const Labels &label)
    {
        for (const auto community : m_touched)
            m_weight[community] = 0;
        m_touched.clear();
        for (auto edge = network.graph.first[point]; edge < network.graph.first[point + 1]; ++edge) {
            const auto community = label[network.graph.target[edge]];
            if (m_weight[community] == 0)
                m_touched.push_back(community);
            m_weight[community] += network.graph.weight[edge];
        }
        std::ranges::sort(m_touched); // ties go to the lowest number
    }
    std::span<const std::uint32_t> communities() const { return m_touched; }
    double weight(std::uint32_t community) const { return m_weight[community]; }

private:
    std::vector<double> m_weight;
    std::vector<std::uint32_t> m_touched;
};

// Moves points while modularity grows; margin[i] is the share of its degree that point i must win. True: any moved.
bool moveAll(const Network &network, Labels &label, std::size_t communities, double resolution,
             std::span<const double> margin)
{
    const std::size_t n = network.graph.size();
    std::vector<double> sizes(communities);
    for (std::size_t i = 0; i < n; ++i)
        sizes[label[i]] += network.degree[i];
    Around around(communities);
    bool moved = false;
    for (int pass = 0; pass < mostPasses; ++pass) {
        std::size_t moves = 0;
        for (std::size_t i = 0; i < n; ++i) {
            around.gather(network, i, label);
            const auto own = label[i];
            const double expected = resolution * network.degree[i] / network.total;
            const auto gain = [&](std::uint32_t community) {
                const double others = sizes[community] - (community == own ? network.degree[i] : 0);
                return around.weight(community) - expected * others;
            };
            auto best = own;
            double bestGain = gain(own) + 1e-12 + (margin.empty() ? 0 : margin[i] * network.degree[i]);
            for (const auto community : around.communities()) {
                if (const double value = gain(community); community != own && value > bestGain) {
                    best = community;
                    bestGain = value;
                }
            }
            if (best == own)
                continue;
            sizes[own] -= network.degree[i];
            sizes[best] += network.degree[i];
            label[i] = best;
            ++moves;
        }
        moved = moved || moves > 0;
        if (moves * 1000 <= n)
            break;
    }
    return moved;
}

// Numbers without gaps, in order of first appearance; how many there are.
std::uint32_t close(Labels &label)
{
    std::map<std::uint32_t, std::uint32_t> numbers;
    for (auto &each : label)
        each = numbers.emplace(each, static_cast<std::uint32_t>(numbers.size())).first->second;
    return static_cast<std::uint32_t>(numbers.size());
}

Network joined(const Network &network, const Labels &label, std::uint32_t communities)
{
    std::vector<std::vector<std::uint32_t>> members(communities);
    for (std::uint32_t i = 0; i < label.size(); ++i)
        members[label[i]].push_back(i);
    Graph graph;
    graph.first.push_back(0);
    std::vector<double> self(communities);
    for (std::uint32_t community = 0; community < communities; ++community) {
        std::map<std::uint32_t, double> out;
        for (const auto i : members[community]) {
            self[community] += network.self[i];
            for (auto edge = network.graph.first[i]; edge < network.graph.first[i + 1]; ++edge)
                out[label[network.graph.target[edge]]] += network.graph.weight[edge];
        }
        self[community] += out[community] / 2;
        out.erase(community);
        for (const auto &[target, weight] : out) {
            graph.target.push_back(target);
            graph.weight.push_back(static_cast<float>(weight));
        }
        graph.first.push_back(static_cast<std::uint32_t>(graph.target.size()));
    }
    return {std::move(graph), std::move(self)};
}

Labels louvain(const Network &points, double resolution)
{
    Labels result(points.graph.size());
    std::iota(result.begin(), result.end(), 0U);
    std::optional<Network> higher;
    for (int level = 0; level < mostLevels; ++level) {
        const Network &network = higher ? *higher : points;
        Labels label(network.graph.size());
        std::iota(label.begin(), label.end(), 0U);
        if (!moveAll(network, label, label.size(), resolution, {}))
            break;
        const auto communities = close(label);
        for (auto &each : result)
            each = label[each];
        higher = joined(network, label, communities);
    }
    // What was joined early may fit better elsewhere by now.
    moveAll(points, result, points.graph.size(), resolution, {});
    return result;
}

// An island without any bridge stays what it is, however small.
void joinSmall(const Network &network, Labels &label, std::size_t smallest)
{
    for (bool joined = true; joined;) {
        joined = false;
        const auto communities = close(label);
        std::vector<std::vector<std::uint32_t>> members(communities);
        for (std::uint32_t i = 0; i < label.size(); ++i)
            members[label[i]].push_back(i);
        std::vector<std::uint32_t> order(communities);
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::stable_sort(order, {}, [&](auto community) { return members[community].size(); });
        for (const auto community : order) {
            if (members[community].size() >= smallest)
                break;
            std::vector<double> weight(communities);
            for (const auto i : members[community])
                for (auto edge = network.graph.first[i]; edge < network.graph.first[i + 1]; ++edge)
                    weight[label[network.graph.target[edge]]] += network.graph.weight[edge];
            weight[community] = 0;
            const auto into = std::ranges::max_element(weight);
            if (*into <= 0)
                continue;
            for (const auto i : members[community])
                label[i] = static_cast<std::uint32_t>(into - weight.begin());
            joined = true;
            break;
        }
    }
}

Clusters numberedBySize(const Labels &label)
{
    std::map<std::uint32_t, std::size_t> sizes;
    for (const auto each : label)
        ++sizes[each];
    std::vector<std::pair<std::size_t, std::uint32_t>> order;
    for (const auto &[each, size] : sizes)
        order.emplace_back(label.size() - size, each);
    std::ranges::sort(order);
    std::map<std::uint32_t, std::int32_t> numbers;
    for (const auto &[rest, each] : order)
        numbers.emplace(each, static_cast<std::int32_t>(numbers.size()));
    Clusters result{.label = {}, .count = static_cast<std::int32_t>(order.size())};
    for (const auto each : label)
        result.label.push_back(numbers.at(each));
    return result;
}

// New points begin where most of their labelled neighbours are.
Clusters continued(const Network &network, std::span<const std::int32_t> previous, double resolution)
{
    const std::size_t n = network.graph.size();
    const std::int32_t known = std::max(*std::ranges::max_element(previous), 0) + 1;
    constexpr std::uint32_t none = 0; // the slot of what has no label yet; labels are one higher in here
    Labels label(n, none);
    std::vector<double> margin(n);
    for (std::size_t i = 0; i < n; ++i)
        if (previous[i] >= 0) {
            label[i] = static_cast<std::uint32_t>(previous[i]) + 1;
            margin[i] = clearGain;
        }
    const std::size_t slots = static_cast<std::size_t>(known) + 1;
    Around around(slots);
    for (int round = 0; round < mostPasses; ++round) {
        bool any = false;
        for (std::size_t i = 0; i < n; ++i) {
            if (label[i] != none)
                continue;
            around.gather(network, i, label);
            double best = 0;
            for (const auto community : around.communities())
                if (community != none && around.weight(community) > best) {
                    best = around.weight(community);
                    label[i] = community;
                }
            any = any || label[i] != none;
        }
        if (!any)
            break;
    }
    moveAll(network, label, slots, resolution, margin);
    Clusters result{.label = {}, .count = known};
    for (const auto each : label)
        result.label.push_back(each == none ? 0 : static_cast<std::int32_t>(each) - 1);
    return result;
}

} // namespace

Clusters clusters(const Neighbours &neighbours, const ClusterOptions &options)
{
    constexpr std::size_t few = 8;
    const std::size_t n = neighbours.size();
    const bool hasPrevious =
        options.previous.size() == n && std::ranges::any_of(options.previous, [](auto label) { return label >= 0; });
    const Network network(fuzzyGraph(neighbours), {});
    if (n < few || network.total <= 0)
        return {.label = std::vector<std::int32_t>(n), .count = n > 0 ? 1 : 0};
    if (hasPrevious)
        return continued(network, options.previous, options.resolution);
    auto label = louvain(network, options.resolution);
    joinSmall(network, label, options.smallest ? options.smallest : std::clamp<std::size_t>(n / 200, 4, 60));
    return numberedBySize(label);
}

} // namespace photolex::projection
