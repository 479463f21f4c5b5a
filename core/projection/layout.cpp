#include "core/projection/projection.h"

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/projection/fuzzy_graph_p.h"
#include "core/projection/parallel_p.h"
#include "core/projection/pca.h"
#include "core/projection/tsne_p.h"
#include "core/projection/umap_p.h"

#include <Eigen/Core>
#include <Spectra/SymEigsSolver.h>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <random>

namespace photolex::projection {

namespace {

constexpr std::size_t tiny = 4;         // up to here PCA alone
constexpr float startSide = 10;         // of UMAP's start, in its units
constexpr float startDeviation = 1e-4F; // of t-SNE's

// Points that are equal in all dimensions, found once: the layout sees only the first of each.
struct Copies {
    std::vector<std::uint32_t> firsts; // index of the first of each, ascending
    std::vector<std::uint32_t> member; // of each point: where in `firsts` it is
    bool any() const { return firsts.size() != member.size(); }
};

Copies copiesOf(Points points)
{
    const std::size_t n = points.size();
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes(n);
    for (std::uint32_t i = 0; i < n; ++i)
        hashes[i] = {xxh3(std::as_bytes(points.row(i))), i};
    std::ranges::sort(hashes);
    std::vector<std::uint32_t> firstOf(n);
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
        for (end = begin + 1; end < n && hashes[end].first == hashes[begin].first;)
            ++end;
        // Equal hashes: nearly always one row many times, but only its bytes tell.
        for (std::size_t i = begin; i < end; ++i) {
            const auto self = hashes[i].second;
            firstOf[self] = self;
            for (std::size_t j = begin; j < i; ++j) {
                const auto other = hashes[j].second;
                if (firstOf[other] != other ||
                    std::memcmp(points.row(self).data(), points.row(other).data(), points.row(self).size_bytes()) != 0)
                    continue;
                firstOf[self] = other;
                break;
            }
        }
    }
    Copies copies{.firsts = {}, .member = std::vector<std::uint32_t>(n)};
    for (std::uint32_t i = 0; i < n; ++i) {
        if (firstOf[i] == i) {
            copies.member[i] = static_cast<std::uint32_t>(copies.firsts.size());
            copies.firsts.push_back(i);
        } else {
            copies.member[i] = copies.member[firstOf[i]]; // the first has the lower index
        }
    }
    return copies;
}

// Neighbours of all points from those of the firsts: a point's copies come first.
Neighbours withCopies(const Neighbours &ofFirsts, const Copies &copies, std::size_t wanted)
{
    if (!copies.any())
        return ofFirsts;
    const std::size_t n = copies.member.size();
    std::vector<std::vector<std::uint32_t>> members(copies.firsts.size());
    for (std::uint32_t i = 0; i < n; ++i)
        members[copies.member[i]].push_back(i);
    Neighbours all{.count = std::min(wanted, n - 1)};
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::size_t end = all.index.size() + all.count;
        const auto add = [&](std::uint32_t first, float distance) {
            for (const auto member : members[first]) {
                if (member == i || all.index.size() == end)
                    continue;
                all.index.push_back(member);
                all.distance.push_back(distance);
            }
        };
        const auto first = copies.member[i];
        add(first, 0);
        for (std::size_t j = 0; j < ofFirsts.count && all.index.size() < end; ++j)
            add(ofFirsts.index[first * ofFirsts.count + j], ofFirsts.distance[first * ofFirsts.count + j]);
        if (all.index.size() < end) // cannot happen while the firsts have `wanted` neighbours or know each other all
            return ofFirsts;
    }
    return all;
}

std::vector<Position> pcaPositions(Points points, const Axes &axes, int threads)
{
    const auto values = turned(points, axes, threads);
    const std::size_t count = axes.count();
    std::vector<Position> positions(points.size());
    for (std::size_t i = 0; i < positions.size() && count > 0; ++i)
        positions[i] = {values[i * count], count > 1 ? values[i * count + 1] : 0};
    return positions;
}

// D^−½ W D^−½, whose largest eigenvectors are the smoothest functions on the graph.
class NormalisedGraph {
public:
    using Scalar = double;
    NormalisedGraph(const Graph &graph, int threads)
        : m_graph(graph)
        , m_threads(threads)
        , m_scale(graph.size())
    {
        for (std::size_t i = 0; i < graph.size(); ++i) {
            double degree = 0;
            for (auto edge = graph.first[i]; edge < graph.first[i + 1]; ++edge)
                degree += graph.weight[edge];
            m_scale[i] = degree > 0 ? 1 / std::sqrt(degree) : 0;
        }
    }
    Eigen::Index rows() const { return static_cast<Eigen::Index>(m_graph.size()); }
    Eigen::Index cols() const { return rows(); }
    void perform_op(const double *in, double *out) const
    {
        parallelFor(m_graph.size(), 4096, m_threads, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                double sum = 0;
                for (auto edge = m_graph.first[i]; edge < m_graph.first[i + 1]; ++edge) {
                    const auto target = m_graph.target[edge];
                    sum += m_graph.weight[edge] * m_scale[target] * in[target];
                }
                out[i] = m_scale[i] * sum;
            }
        });
    }

private:
    const Graph &m_graph;
    int m_threads;
    std::vector<double> m_scale;
};

// Nothing where it does not converge, or where the graph is in pieces (then the eigenvectors tell only those apart).
std::optional<std::vector<Position>> spectralPositions(const Graph &graph, int threads)
{
    const std::size_t n = graph.size();
    if (n < 40)
        return std::nullopt;
    try {
        NormalisedGraph product(graph, threads);
        Spectra::SymEigsSolver<NormalisedGraph> solver(product, 3, 30);
        solver.init();
        solver.compute(Spectra::SortRule::LargestAlge, 60, 1e-4);
        if (solver.info() != Spectra::CompInfo::Successful || solver.eigenvalues()(1) > 1 - 1e-6)
            return std::nullopt;
        const auto vectors = solver.eigenvectors();
        std::vector<Position> positions(n);
        for (std::size_t i = 0; i < n; ++i)
            positions[i] = {static_cast<float>(vectors(static_cast<Eigen::Index>(i), 1)),
                            static_cast<float>(vectors(static_cast<Eigen::Index>(i), 2))};
        return positions;
    } catch (const std::exception &) {
        return std::nullopt;
    }
}

// Around the middle, with a touch of noise: points on one line must be able to leave it.
std::vector<Position> scaledStart(std::span<const Position> positions, float factor, std::uint64_t seed)
{
    auto random = generator(seed, "start");
    std::normal_distribution<float> noise(0, 1e-4F);
    auto start = normalised(positions);
    for (auto &position : start) {
        const float x = noise(random), y = noise(random);
        position = {factor * (position.x + x), factor * (position.y + y)};
    }
    return start;
}

float deviationOf(std::span<const Position> positions)
{
    double sum = 0, squares = 0;
    for (const auto &position : positions) {
        sum += position.x;
        squares += static_cast<double>(position.x) * position.x;
    }
    const auto n = static_cast<double>(std::max<std::size_t>(positions.size(), 1));
    return static_cast<float>(std::sqrt(std::max(squares / n - sum / n * sum / n, 1e-20)));
}

Result<> checkOptions(const Options &options)
{
    if (options.neighbours < 2 || options.neighbours > 1000)
        return fail(Errc::Invalid, "neighbours", "2 to 1000");
    if (!(options.minimumDistance >= 0 && options.minimumDistance <= 1))
        return fail(Errc::Invalid, "minimum distance", "0 to 1");
    if (!(options.perplexity >= 1 && options.perplexity <= 300))
        return fail(Errc::Invalid, "perplexity", "1 to 300");
    if (options.epochs < 0 || options.epochs > 100'000)
        return fail(Errc::Invalid, "epochs", "0 to 100,000");
    if (options.negativeSamples < 1 || options.negativeSamples > 100)
        return fail(Errc::Invalid, "negative samples", "1 to 100");
    return {};
}

int epochsFor(const Options &options, std::size_t points)
{
    if (options.epochs > 0)
        return options.epochs;
    if (options.method == Method::Tsne)
        return 750;
    return points <= 10'000 ? 500 : 200;
}

} // namespace

struct Layout::Impl {
    Copies copies;
    Neighbours neighbours;
    std::vector<Position> still; // PCA, or a tiny set
    std::optional<UmapSteps> umap;
    std::optional<TsneSteps> tsne;
    int epoch = 0, epochs = 0;
};

Layout::Layout()
    : m_impl(std::make_unique<Impl>())
{
}
Layout::Layout(Layout &&) noexcept = default;
Layout &Layout::operator=(Layout &&) noexcept = default;
Layout::~Layout() = default;

Result<Layout> Layout::create(Points points, const Options &options, const std::stop_token &stop,
                              const ProgressSink &progress, std::span<const Position> startAt)
{
    if (auto checked = check(points); !checked)
        return fail(checked.error());
    if (auto checked = checkOptions(options); !checked)
        return fail(checked.error());
    if (!startAt.empty() && startAt.size() != points.size())
        return fail(Errc::Invalid, "start", fmt::format("{} positions for {} points", startAt.size(), points.size()));
    if (std::ranges::any_of(startAt, [](auto at) { return !std::isfinite(at.x) || !std::isfinite(at.y); }))
        return fail(Errc::Invalid, "start", "a position is not finite");
    Layout layout;
    auto &d = *layout.m_impl;
    d.copies = copiesOf(points);
    std::vector<float> firsts;
    Points unique = points;
    if (d.copies.any()) {
        for (const auto index : d.copies.firsts)
            firsts.insert(firsts.end(), points.row(index).begin(), points.row(index).end());
        unique.values = firsts;
    }
    const auto report = [&](const char *stage, std::int64_t done) {
        if (progress)
            progress({stage, done, 1});
    };
    report("axes", 0);
    const auto axes = principalAxes(unique, {.count = 2, .threads = options.threads}, stop);
    if (!axes)
        return fail(axes.error());
    d.still = pcaPositions(unique, *axes, options.threads);
    report("axes", 1);
    if (options.method == Method::Pca || unique.size() <= tiny)
        return layout;
    for (std::size_t i = 0; !startAt.empty() && i < d.still.size(); ++i)
        d.still[i] = startAt[d.copies.firsts[i]];

    report("neighbours", 0);
    const bool isUmap = options.method == Method::Umap;
    const double perplexity = std::min(options.perplexity, static_cast<double>(unique.size() - 1) / 3);
    const std::size_t wanted = isUmap ? options.neighbours : static_cast<std::size_t>(3 * perplexity);
    auto found =
        nearestNeighbours(unique, {.count = std::max<std::size_t>(wanted, 2), .threads = options.threads}, stop);
    if (!found)
        return fail(found.error());
    report("neighbours", 1);
    d.epochs = epochsFor(options, unique.size());
    if (isUmap) {
        const auto graph = fuzzyGraph(*found);
        std::optional<std::vector<Position>> spectral;
        if (options.start == Start::Spectral && startAt.empty())
            spectral = spectralPositions(graph, threadsOf(options.threads));
        d.umap.emplace(graph, scaledStart(spectral ? *spectral : d.still, startSide / 2, options.seed), options,
                       d.epochs);
    } else {
        auto start = scaledStart(d.still, 1, options.seed);
        const float scale = startDeviation / deviationOf(start);
        for (auto &position : start)
            position = {position.x * scale, position.y * scale};
        Options clamped = options;
        clamped.perplexity = std::max(perplexity, 1.0);
        d.tsne.emplace(*found, std::move(start), clamped, d.epochs);
    }
    d.neighbours = withCopies(*found, d.copies, found->count);
    return layout;
}

int Layout::epoch() const
{
    return m_impl->epoch;
}

int Layout::epochs() const
{
    return m_impl->epochs;
}

Result<> Layout::runTo(int epoch, const std::stop_token &stop)
{
    auto &d = *m_impl;
    for (; d.epoch < std::min(epoch, d.epochs); ++d.epoch) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "layout", "it stands at a whole epoch and may go on");
        if (d.umap)
            d.umap->step(d.epoch);
        else
            d.tsne->step(d.epoch);
    }
    return {};
}

std::vector<Position> Layout::positions() const
{
    const auto &d = *m_impl;
    const auto &ofFirsts = d.umap ? d.umap->positions() : d.tsne ? d.tsne->positions() : d.still;
    std::vector<Position> all(d.copies.member.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = ofFirsts[d.copies.member[i]];
    return all;
}

const Neighbours &Layout::neighbours() const
{
    return m_impl->neighbours;
}

} // namespace photolex::projection
