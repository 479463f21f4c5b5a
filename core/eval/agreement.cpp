#include "core/eval/agreement.h"

#include "core/eval/statistics.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace photolex::eval {

namespace {

Order first(Order order, std::size_t depth)
{
    return order.first(std::min(depth, order.size()));
}

std::size_t sharedCount(Order a, Order b)
{
    const std::unordered_set<std::int64_t> own(a.begin(), a.end());
    return static_cast<std::size_t>(std::ranges::count_if(b, [&](std::int64_t item) { return own.contains(item); }));
}

} // namespace

double overlap(Order a, Order b, std::size_t depth)
{
    const auto ownA = first(a, depth);
    const auto ownB = first(b, depth);
    const auto longer = std::max(ownA.size(), ownB.size());
    return longer == 0 ? 0 : static_cast<double>(sharedCount(ownA, ownB)) / static_cast<double>(longer);
}

double rankBiasedOverlap(Order a, Order b, std::size_t depth, double p)
{
    const auto k = std::min({depth, a.size(), b.size()});
    if (k == 0)
        return 0;
    std::unordered_set<std::int64_t> seenA;
    std::unordered_set<std::int64_t> seenB;
    double shared = 0;
    double sum = 0;
    double weight = 1; // p^d
    for (std::size_t i = 0; i < k; ++i) {
        seenA.insert(a[i]);
        seenB.insert(b[i]);
        shared += seenB.contains(a[i]) ? 1 : 0;
        shared += a[i] != b[i] && seenA.contains(b[i]) ? 1 : 0;
        weight *= p;
        sum += weight * shared / static_cast<double>(i + 1);
    }
    return weight * shared / static_cast<double>(k) + (1 - p) / p * sum;
}

std::vector<Moved> moved(Order a, Order b, std::size_t depth)
{
    const auto ranksOf = [](Order order) {
        std::unordered_map<std::int64_t, std::int64_t> ranks;
        for (std::size_t i = 0; i < order.size(); ++i)
            ranks.emplace(order[i], static_cast<std::int64_t>(i) + 1);
        return ranks;
    };
    const auto ranksA = ranksOf(a);
    const auto ranksB = ranksOf(b);
    const auto rank = [](const auto &ranks, std::int64_t item) {
        const auto found = ranks.find(item);
        return found == ranks.end() ? std::int64_t{0} : found->second;
    };
    const auto place = [](std::int64_t own, Order order) {
        return static_cast<double>(own > 0 ? own : static_cast<std::int64_t>(order.size()) + 1);
    };
    std::unordered_set<std::int64_t> known;
    std::vector<Moved> result;
    for (const auto order : {first(a, depth), first(b, depth)})
        for (const auto item : order) {
            if (!known.insert(item).second)
                continue;
            const auto rankA = rank(ranksA, item);
            const auto rankB = rank(ranksB, item);
            result.push_back({item, rankA, rankB, std::abs(std::log(place(rankA, a) / place(rankB, b)))});
        }
    std::ranges::sort(result, [](const Moved &x, const Moved &y) {
        return x.distance != y.distance ? x.distance > y.distance : x.item < y.item;
    });
    return result;
}

Agreement agreement(Order a, Order b, std::size_t depth)
{
    Agreement result{.overlap = overlap(a, b, depth), .rankBiasedOverlap = rankBiasedOverlap(a, b, depth)};
    std::vector<double> ranksA;
    std::vector<double> ranksB;
    for (const auto &item : moved(a, b, depth)) {
        ranksA.push_back(static_cast<double>(item.rankA > 0 ? item.rankA : static_cast<std::int64_t>(a.size()) + 1));
        ranksB.push_back(static_cast<double>(item.rankB > 0 ? item.rankB : static_cast<std::int64_t>(b.size()) + 1));
    }
    if (ranksA.empty())
        return result;
    const bool isEqual = ranksA == ranksB; // also where a correlation is not defined
    result.spearman = isEqual ? 1 : spearman(ranksA, ranksB);
    result.kendall = isEqual ? 1 : kendall(ranksA, ranksB).tauB;
    return result;
}

Agreement mean(std::span<const Agreement> agreements)
{
    Agreement sum;
    const auto share = agreements.empty() ? 0 : 1 / static_cast<double>(agreements.size());
    for (const auto &one : agreements) {
        sum.overlap += share * one.overlap;
        sum.spearman += share * one.spearman;
        sum.kendall += share * one.kendall;
        sum.rankBiasedOverlap += share * one.rankBiasedOverlap;
    }
    return sum;
}

} // namespace photolex::eval
