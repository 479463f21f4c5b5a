#include "core/projection/neighbours.h"

#include "core/projection/parallel_p.h"
#include "core/projection/pca.h"
#include "core/projection/products_p.h"

#include <array>
#include <cmath>
// hnswlib 0.6 fetches ahead from behind the end of a full list of links. Its prefetching goes, and with it only its own
// distances, which are not used.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>
#include <limits>
#include <numeric>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace photolex::projection {

namespace {

constexpr std::size_t manyDimensions = 96; // from here on, candidates are looked for in fewer
constexpr std::size_t fewDimensions = 64;
constexpr std::size_t rowsAtOnce = 96;   // of one piece of work; a multiple of the product's tile of six
constexpr std::size_t panelsAtOnce = 64; // 1,024 columns: their products with 96 rows stay in the second-level cache

struct Candidate {
    float score; // larger is nearer: a · b − |b|² / 2
    std::uint32_t index;
};

bool isNearer(const Candidate &a, const Candidate &b)
{
    return a.score != b.score ? a.score > b.score : a.index < b.index;
}

// The best few of a long stream: twice as many are gathered before the worse half is thrown away.
class Best {
public:
    explicit Best(std::size_t wanted)
        : m_wanted(wanted)
    {
        m_kept.reserve(2 * wanted);
    }
    float threshold() const { return m_threshold; }
    void offer(float score, std::uint32_t index)
    {
        m_kept.push_back({score, index});
        if (m_kept.size() == 2 * m_wanted)
            shrink();
    }
    const std::vector<Candidate> &kept()
    {
        if (m_kept.size() > m_wanted)
            shrink();
        return m_kept;
    }
    void clear()
    {
        m_kept.clear();
        m_threshold = -std::numeric_limits<float>::infinity();
    }

private:
    void shrink()
    {
        std::ranges::nth_element(m_kept, m_kept.begin() + static_cast<std::ptrdiff_t>(m_wanted) - 1, isNearer);
        m_kept.resize(m_wanted);
        m_threshold = m_kept.back().score; // later ones of equal score have a higher index: they lose
    }

    std::size_t m_wanted;
    std::vector<Candidate> m_kept;
    float m_threshold = -std::numeric_limits<float>::infinity();
};

void plainOffer(const float *scores, const float *halves, std::size_t count, std::size_t base, std::size_t self,
                Best &best)
{
    for (std::size_t c = 0; c < count; ++c)
        if (const float score = scores[c] - halves[c]; score > best.threshold() && base + c != self)
            best.offer(score, static_cast<std::uint32_t>(base + c));
}

#if defined(__x86_64__)
const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");

// Nearly all are too far, so eight are refused at once. `count` is a multiple of 16.
__attribute__((target("avx2,fma"))) void fastOffer(const float *scores, const float *halves, std::size_t count,
                                                   std::size_t base, std::size_t self, Best &best)
{
    __m256 threshold = _mm256_set1_ps(best.threshold());
    for (std::size_t c = 0; c < count; c += 8) {
        const __m256 score = _mm256_sub_ps(_mm256_loadu_ps(scores + c), _mm256_loadu_ps(halves + c));
        auto passing = static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(score, threshold, _CMP_GT_OQ)));
        if (!passing)
            continue;
        alignas(32) std::array<float, 8> lanes;
        _mm256_store_ps(lanes.data(), score);
        for (; passing; passing &= passing - 1) {
            const auto lane = static_cast<std::size_t>(__builtin_ctz(passing));
            if (lanes[lane] > best.threshold() && base + c + lane != self)
                best.offer(lanes[lane], static_cast<std::uint32_t>(base + c + lane));
        }
        threshold = _mm256_set1_ps(best.threshold());
    }
}
#endif

void offer(const float *scores, const float *halves, std::size_t count, std::size_t base, std::size_t self, Best &best)
{
#if defined(__x86_64__)
    if (hasAvx2) {
        fastOffer(scores, halves, count, base, self, best);
        return;
    }
#endif
    plainOffer(scores, halves, count, base, self, best);
}

// Measured again in all dimensions; the nearest `count` go into the result's row.
template <class Indices>
void keepNearest(Points points, std::size_t row, const Indices &candidates, Neighbours &result,
                 std::vector<std::pair<float, std::uint32_t>> &scratch)
{
    scratch.clear();
    const float *self = points.row(row).data();
    for (const std::uint32_t index : candidates)
        scratch.emplace_back(squaredDistance(self, points.row(index).data(), points.dimension), index);
    std::ranges::sort(scratch);
    for (std::size_t i = 0; i < result.count; ++i) {
        result.distance[row * result.count + i] = std::sqrt(scratch[i].first);
        result.index[row * result.count + i] = scratch[i].second;
    }
}

void comparePairs(Points points, Points reduced, std::size_t candidates, int threadCount, Neighbours &result,
                  const std::stop_token &stop)
{
    const std::size_t n = points.size();
    const Panels panels(reduced.values, reduced.dimension);
    std::vector<float> halves(panels.count() * Panels::width, std::numeric_limits<float>::infinity());
    for (std::size_t i = 0; i < n; ++i)
        halves[i] = squaredLength(reduced.row(i).data(), reduced.dimension) / 2;
    parallelFor(n, rowsAtOnce, threadCount, [&](std::size_t begin, std::size_t end) {
        constexpr std::size_t stride = panelsAtOnce * Panels::width;
        std::vector<float> block((end - begin) * stride);
        std::vector<Best> best(end - begin, Best(candidates));
        for (std::size_t first = 0; first < panels.count() && !stop.stop_requested(); first += panelsAtOnce) {
            const std::size_t last = std::min(panels.count(), first + panelsAtOnce);
            products(reduced.row(begin).data(), end - begin, panels, first, last, block.data(), stride);
            for (std::size_t row = begin; row < end; ++row)
                offer(block.data() + (row - begin) * stride, halves.data() + first * Panels::width,
                      (last - first) * Panels::width, first * Panels::width, row, best[row - begin]);
        }
        if (stop.stop_requested())
            return;
        std::vector<std::pair<float, std::uint32_t>> scratch;
        std::vector<std::uint32_t> indices;
        for (std::size_t row = begin; row < end; ++row) {
            indices.clear();
            for (const auto &candidate : best[row - begin].kept())
                indices.push_back(candidate.index);
            keepNearest(points, row, indices, result, scratch);
        }
    });
}

// hnswlib's own distances are picked when it is compiled; ours when the program starts.
class OwnSpace : public hnswlib::SpaceInterface<float> {
public:
    explicit OwnSpace(std::size_t dimension)
        : m_dimension(dimension)
    {
    }
    size_t get_data_size() override { return m_dimension * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override
    {
        return [](const void *a, const void *b, const void *dimension) {
            return squaredDistance(static_cast<const float *>(a), static_cast<const float *>(b),
                                   *static_cast<const std::size_t *>(dimension));
        };
    }
    void *get_dist_func_param() override { return &m_dimension; }

private:
    std::size_t m_dimension;
};

void walkGraph(Points points, Points reduced, std::size_t candidates, int threadCount, Neighbours &result,
               const std::stop_token &stop)
{
    constexpr std::size_t links = 12, breadthWhenBuilding = 80, seed = 100;
    const std::size_t n = points.size();
    OwnSpace space(reduced.dimension);
    hnswlib::HierarchicalNSW<float> graph(&space, n, links, breadthWhenBuilding, seed);
    for (std::size_t i = 0; i < n; ++i) {
        if (i % 256 == 0 && stop.stop_requested())
            return;
        graph.addPoint(reduced.row(i).data(), i);
    }
    graph.setEf(std::max<std::size_t>(2 * candidates, 80));
    parallelFor(n, 512, threadCount, [&](std::size_t begin, std::size_t end) {
        std::vector<std::pair<float, std::uint32_t>> scratch;
        std::vector<std::uint32_t> indices;
        for (std::size_t row = begin; row < end && !stop.stop_requested(); ++row) {
            indices.clear();
            for (auto found = graph.searchKnn(reduced.row(row).data(), candidates + 1); !found.empty(); found.pop())
                if (found.top().second != row)
                    indices.push_back(static_cast<std::uint32_t>(found.top().second));
            // A walk may end in a small corner of the graph: what is missing is taken in order.
            for (std::uint32_t next = 0; indices.size() < result.count; ++next)
                if (next != row && std::ranges::find(indices, next) == indices.end())
                    indices.push_back(next);
            keepNearest(points, row, indices, result, scratch);
        }
    });
}

} // namespace

Result<Neighbours> nearestNeighbours(Points points, const NeighbourOptions &options, const std::stop_token &stop)
{
    if (auto checked = check(points); !checked)
        return fail(checked.error());
    const std::size_t n = points.size();
    Neighbours result{.count = std::min(options.count, n > 0 ? n - 1 : 0)};
    if (result.count == 0)
        return result;
    result.index.resize(n * result.count);
    result.distance.resize(n * result.count);
    Points reduced = points;
    std::vector<float> values;
    if (n > options.exactLimit && points.dimension > manyDimensions) {
        // Four thousand points are enough to tell the wide directions: nothing but the choice of candidates hangs on
        // it.
        const auto axes =
            principalAxes(points, {.count = fewDimensions, .sample = 4096, .threads = options.threads}, stop);
        if (!axes)
            return fail(axes.error());
        values = turned(points, *axes, options.threads);
        reduced = {values, axes->count()};
    }
    const std::size_t candidates = std::min(n - 1, 3 * result.count + 8);
    const int threadCount = threadsOf(options.threads);
    try {
        if (n <= std::max(options.scanLimit, options.exactLimit))
            comparePairs(points, reduced, candidates, threadCount, result, stop);
        else
            walkGraph(points, reduced, candidates, threadCount, result, stop);
    } catch (const std::exception &error) {
        return fail(Errc::Internal, "neighbours", error.what());
    }
    if (stop.stop_requested())
        return fail(Errc::Cancelled, "neighbours");
    return result;
}

Result<Neighbours> nearestAmong(Points points, Points asked, std::size_t count, int threads,
                                const std::stop_token &stop)
{
    for (const auto &each : {points, asked})
        if (auto checked = check(each); !checked)
            return fail(checked.error());
    if (asked.dimension != points.dimension && asked.size() > 0)
        return fail(Errc::Invalid, "points", "both sets need the same dimension");
    Neighbours result{.count = std::min(count, points.size())};
    if (result.count == 0)
        return result;
    const std::size_t m = asked.size();
    result.index.resize(m * result.count);
    result.distance.resize(m * result.count);
    parallelFor(m, 4, threadsOf(threads), [&](std::size_t begin, std::size_t end) {
        std::vector<std::pair<float, std::uint32_t>> all(points.size());
        for (std::size_t row = begin; row < end && !stop.stop_requested(); ++row) {
            for (std::size_t i = 0; i < all.size(); ++i)
                all[i] = {squaredDistance(asked.row(row).data(), points.row(i).data(), points.dimension),
                          static_cast<std::uint32_t>(i)};
            std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(result.count));
            for (std::size_t i = 0; i < result.count; ++i) {
                result.distance[row * result.count + i] = std::sqrt(all[i].first);
                result.index[row * result.count + i] = all[i].second;
            }
        }
    });
    if (stop.stop_requested())
        return fail(Errc::Cancelled, "neighbours");
    return result;
}

Neighbours nearestOf(const Neighbours &neighbours, std::size_t count)
{
    if (count >= neighbours.count)
        return neighbours;
    Neighbours few;
    few.count = count;
    for (std::size_t row = 0; row < neighbours.size(); ++row) {
        const auto begin = static_cast<std::ptrdiff_t>(row * neighbours.count);
        const auto end = begin + static_cast<std::ptrdiff_t>(count);
        few.index.insert(few.index.end(), neighbours.index.begin() + begin, neighbours.index.begin() + end);
        few.distance.insert(few.distance.end(), neighbours.distance.begin() + begin, neighbours.distance.begin() + end);
    }
    return few;
}

} // namespace photolex::projection
