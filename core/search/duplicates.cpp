// Near-duplicates in nearly linear time. Points that are close fall on the same side of most random planes.
//
// 1. Every row becomes a few codes, one a table: its sides of some planes through the mean of all rows.
// 2. Each table sorts the rows by their code; only neighbours in that order are compared.
// 3. Rows whose codes differ in too many places for the threshold are not compared at all; the others by their cosine.
//
// Rows stay float16 where they are: the mean is taken out of the products, not out of a copy of the rows.
#include "core/base/random.h"
#include "core/search/search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <tuple>
#include <unordered_map>

namespace photolex::search {

namespace {

constexpr std::size_t tables = 6;
constexpr std::size_t planes = 24;
constexpr std::size_t window = 24; // neighbours compared in the order of one table
constexpr std::size_t block = 256; // rows that are coded at once: they stay in the cache for all planes
constexpr std::uint64_t seed = 1;
// Of the mean: features share a large common part that would hide their differences. Not all of it: the little that
// stays keeps rows near the mean from pointing anywhere.
constexpr double shareOfMean = 0.9;

using Codes = std::array<std::uint32_t, tables>;

class Groups {
public:
    explicit Groups(std::size_t size)
        : m_parents(size)
    {
        std::iota(m_parents.begin(), m_parents.end(), std::size_t{0});
    }

    std::size_t rootOf(std::size_t item)
    {
        while (m_parents[item] != item)
            item = m_parents[item] = m_parents[m_parents[item]];
        return item;
    }
    void join(std::size_t a, std::size_t b)
    {
        m_parents[std::max(rootOf(a), rootOf(b))] = std::min(rootOf(a), rootOf(b));
    }

private:
    std::vector<std::size_t> m_parents;
};

// The rows seen from their mean.
class Centred {
public:
    // False: stopped.
    bool measure(const embedding::Rows &rows, const std::stop_token &stop)
    {
        m_rows = &rows;
        const auto count = rows.size();
        m_mean.assign(static_cast<std::size_t>(rows.dimension()), 0);
        // Two photos, or copies of one, have nothing but their mean: then it stays.
        std::vector<double> sums(m_mean.size());
        m_lengths.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            if (stop.stop_requested())
                return false;
            const auto row = rows.row(i);
            double squares = 0;
            for (std::size_t k = 0; k < row.size(); ++k) {
                sums[k] += row[k];
                squares += static_cast<double>(row[k]) * row[k];
            }
            m_lengths[i] = static_cast<float>(squares);
        }
        if (count > 2)
            for (std::size_t k = 0; k < sums.size(); ++k)
                m_mean[k] = static_cast<float>(shareOfMean * sums[k] / static_cast<double>(count));
        m_ofMean.resize(count);
        embedding::scoreAll(rows, m_mean, m_ofMean);
        m_meanSquared = std::inner_product(m_mean.begin(), m_mean.end(), m_mean.begin(), 0.0F);
        for (std::size_t i = 0; i < count; ++i)
            m_lengths[i] = std::sqrt(std::max(m_lengths[i] - 2 * m_ofMean[i] + m_meanSquared, 1e-20F));
        return true;
    }

    const std::vector<float> &mean() const { return m_mean; }

    // (a − m) · (b − m) over both lengths; `a` is widened already.
    float cosine(std::size_t a, std::span<const float> rowA, std::size_t b) const
    {
        float product = 0;
        embedding::scoreSome(*m_rows, b, rowA, {&product, 1});
        return (product - m_ofMean[a] - m_ofMean[b] + m_meanSquared) / (m_lengths[a] * m_lengths[b]);
    }

private:
    const embedding::Rows *m_rows = nullptr;
    std::vector<float> m_mean;
    std::vector<float> m_ofMean;  // row · mean
    std::vector<float> m_lengths; // |row − mean|
    float m_meanSquared = 0;
};

// One code a row and table; fewer rows than asked when stopped.
std::vector<Codes> codesOf(const embedding::Rows &rows, const Centred &centred, const std::stop_token &stop)
{
    auto random = generator(seed, "planes");
    std::normal_distribution<float> normal;
    const auto width = static_cast<std::size_t>(rows.dimension());
    std::vector<float> directions(tables * planes * width);
    std::ranges::generate(directions, [&] { return normal(random); });
    std::vector<float> ofMean(tables * planes);
    for (std::size_t plane = 0; plane < ofMean.size(); ++plane)
        ofMean[plane] = std::inner_product(centred.mean().begin(), centred.mean().end(),
                                           directions.begin() + static_cast<std::ptrdiff_t>(plane * width), 0.0F);
    std::vector<Codes> codes(rows.size());
    std::array<float, block> scores{};
    for (std::size_t first = 0; first < rows.size() && !stop.stop_requested(); first += block) {
        const auto count = std::min(block, rows.size() - first);
        for (std::size_t plane = 0; plane < ofMean.size(); ++plane) {
            embedding::scoreSome(rows, first, std::span(directions).subspan(plane * width, width),
                                 std::span(scores).first(count));
            for (std::size_t i = 0; i < count; ++i) {
                auto &code = codes[first + i][plane / planes];
                code = code << 1U | (scores[i] > ofMean[plane] ? 1U : 0U);
            }
        }
    }
    return codes;
}

// How many of all planes may part two rows of this cosine: the angle says how many are expected; five standard
// deviations more lose one pair in some million.
std::size_t mostParted(float threshold)
{
    constexpr double all = tables * planes;
    const double share = std::acos(std::clamp(static_cast<double>(threshold), -1.0, 1.0)) / std::numbers::pi;
    return static_cast<std::size_t>(all * share + 5 * std::sqrt(all * share * (1 - share)) + 2);
}

std::size_t parted(const Codes &a, const Codes &b)
{
    std::size_t count = 0;
    for (std::size_t table = 0; table < tables; ++table)
        count += static_cast<std::size_t>(std::popcount(a[table] ^ b[table]));
    return count;
}

} // namespace

Result<Duplicates> duplicates(const embedding::Rows &features, float threshold, std::size_t limit,
                              const std::stop_token &stop)
{
    const auto cancelled = [] { return fail(Errc::Cancelled, "duplicates", "nothing was changed"); };
    const auto count = features.size();
    Centred centred;
    if (!centred.measure(features, stop))
        return cancelled();
    const auto codes = codesOf(features, centred, stop);
    Groups groups(count);
    const auto farthest = mostParted(threshold);
    std::vector<std::size_t> order(count);
    for (std::size_t table = 0; table < tables; ++table) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(codes[i][table], i); });
        for (std::size_t i = 0; i < count; ++i) {
            if (stop.stop_requested())
                return cancelled();
            const auto a = order[i];
            std::vector<float> row; // widened when the first neighbour is near enough
            for (std::size_t j = i + 1; j < std::min(count, i + 1 + window); ++j) {
                const auto b = order[j];
                if (parted(codes[a], codes[b]) > farthest || groups.rootOf(a) == groups.rootOf(b))
                    continue;
                if (row.empty())
                    row = features.row(a);
                if (centred.cosine(a, row, b) >= threshold)
                    groups.join(a, b);
            }
        }
    }
    std::vector<std::uint32_t> sizes(count);
    for (std::size_t i = 0; i < count; ++i)
        ++sizes[groups.rootOf(i)];
    Duplicates result;
    std::unordered_map<std::size_t, std::size_t> places; // root → index of its group
    for (std::size_t i = 0; i < count; ++i) {
        const auto root = groups.rootOf(i);
        if (sizes[root] < 2)
            continue;
        // A root is the first of its group, so groups come in order of it.
        if (root == i) {
            if (result.groups.size() == limit) {
                result.more = true;
                continue;
            }
            places.emplace(root, result.groups.size());
            result.groups.emplace_back();
        }
        if (const auto place = places.find(root); place != places.end())
            result.groups[place->second].push_back(features.ids()[i]);
    }
    return result;
}

Result<> bestFirst(Duplicates &duplicates, const catalogue::Catalogue &catalogue)
{
    for (auto &group : duplicates.groups) {
        auto photos = catalogue.photos(group);
        if (!photos)
            return fail(photos.error());
        const auto rank = [](const catalogue::Photo &photo) {
            return std::tuple(photo.state == catalogue::PhotoState::Damaged,
                              -static_cast<std::int64_t>(photo.width) * photo.height, -photo.stamp.size, photo.id);
        };
        std::ranges::sort(*photos, {}, rank);
        group.clear();
        for (const auto &photo : *photos)
            if (photo.state != catalogue::PhotoState::Missing)
                group.push_back(photo.id);
    }
    std::erase_if(duplicates.groups, [](const auto &group) { return group.size() < 2; });
    return {};
}

} // namespace photolex::search
