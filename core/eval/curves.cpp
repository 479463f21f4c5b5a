#include "core/eval/curves.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace photolex::eval {

namespace {

// Ranks [first, last] of a bin; shares in percent with their intervals, one a bin. `edges` rise.
std::vector<std::pair<double, Interval>>
shares(RankGroups groups, std::span<const std::pair<std::int64_t, std::int64_t>> bins, const BootstrapOptions &options)
{
    // Counted once a group, so that a draw adds numbers and sorts nothing.
    std::vector<std::vector<double>> counts;
    for (const auto &group : groups) {
        auto &own = counts.emplace_back();
        for (const auto &[first, last] : bins)
            own.push_back(static_cast<double>(
                std::ranges::count_if(group, [&](std::int64_t rank) { return rank >= first && rank <= last; })));
        own.push_back(static_cast<double>(group.size()));
    }
    const auto sharesOf = [&](auto indices) {
        std::vector<double> sums(bins.size() + 1);
        for (const auto i : indices)
            for (std::size_t k = 0; k < sums.size(); ++k)
                sums[k] += counts[i][k];
        std::vector<double> percent;
        for (std::size_t k = 0; k < bins.size(); ++k)
            percent.push_back(sums.back() > 0 ? 100 * sums[k] / sums.back() : 0);
        return percent;
    };
    std::vector<std::size_t> all(groups.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = i;
    const auto whole = sharesOf(std::span<const std::size_t>(all));
    const auto intervals = bootstrap(groups.size(), sharesOf, options);
    std::vector<std::pair<double, Interval>> result;
    for (std::size_t k = 0; k < bins.size(); ++k)
        result.emplace_back(whole[k], intervals.empty() ? Interval{whole[k], whole[k]} : intervals[k]);
    return result;
}

} // namespace

RankGroupsBothWays groups(const Ranks &ranks, std::span<const std::int32_t> imageOfText)
{
    RankGroupsBothWays groups;
    for (const auto rank : ranks.images)
        groups.imageToText.push_back({rank});
    groups.textToImage.resize(ranks.images.size());
    for (std::size_t t = 0; t < imageOfText.size(); ++t)
        groups.textToImage[static_cast<std::size_t>(imageOfText[t])].push_back(ranks.texts[t]);
    return groups;
}

std::vector<std::int64_t> curveSteps(std::int64_t most)
{
    std::vector<std::int64_t> steps;
    for (std::int64_t k = 1; k <= 5 && k <= most; ++k)
        steps.push_back(k);
    for (std::int64_t ten = 1; 7 * ten <= most; ten *= 10)
        for (const std::int64_t times : {7, 10, 15, 20, 30, 40, 50})
            if (times * ten <= most)
                steps.push_back(times * ten);
    if (!steps.empty() && steps.back() != most)
        steps.push_back(most);
    return steps;
}

std::vector<CurvePoint> recallCurve(RankGroups groups, std::span<const std::int64_t> steps,
                                    const BootstrapOptions &options)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> bins;
    for (const auto k : steps)
        bins.emplace_back(1, k);
    const auto found = shares(groups, bins, options);
    std::vector<CurvePoint> curve;
    for (std::size_t i = 0; i < bins.size(); ++i)
        curve.push_back({steps[i], found[i].first, found[i].second});
    return curve;
}

std::vector<RankBin> rankHistogram(RankGroups groups, std::int64_t most, const BootstrapOptions &options)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> bins;
    for (std::int64_t first = 1; first <= most; first *= 2)
        bins.emplace_back(first, 2 * first - 1);
    const auto found = shares(groups, bins, options);
    std::vector<RankBin> histogram;
    for (std::size_t i = 0; i < bins.size(); ++i)
        histogram.push_back({bins[i].first, bins[i].second, found[i].first, found[i].second});
    return histogram;
}

} // namespace photolex::eval
