#include "core/eval/statistics.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace photolex::eval {

double spearman(std::span<const double> a, std::span<const double> b)
{
    const auto ranks = [](std::span<const double> values) {
        std::vector<std::size_t> order(values.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
        std::vector<double> rank(values.size());
        for (std::size_t from = 0; from < order.size();) {
            std::size_t to = from;
            while (to < order.size() && values[order[to]] == values[order[from]])
                ++to;
            for (std::size_t i = from; i < to; ++i)
                rank[order[i]] = (static_cast<double>(from) + static_cast<double>(to) - 1) / 2;
            from = to;
        }
        return rank;
    };
    const auto x = ranks(a);
    const auto y = ranks(b);
    const double middle = (static_cast<double>(x.size()) - 1) / 2;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - middle) * (y[i] - middle);
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

Kendall kendall(std::span<const double> a, std::span<const double> b)
{
    std::int64_t difference = 0; // concordant − discordant
    std::int64_t tiedA = 0;
    std::int64_t tiedB = 0;
    const auto sign = [](double x) { return (x > 0 ? 1 : 0) - (x < 0 ? 1 : 0); };
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const int x = sign(a[i] - a[j]);
            const int y = sign(b[i] - b[j]);
            difference += x * y;
            tiedA += x == 0 ? 1 : 0;
            tiedB += y == 0 ? 1 : 0;
        }
    const auto n = static_cast<double>(a.size());
    const double pairs = n * (n - 1) / 2;
    const double free = (pairs - static_cast<double>(tiedA)) * (pairs - static_cast<double>(tiedB));
    const auto m = static_cast<double>(
        std::min(std::set<double>(a.begin(), a.end()).size(), std::set<double>(b.begin(), b.end()).size()));
    if (!(free > 0) || m < 2)
        return {};
    const auto signedDifference = static_cast<double>(difference);
    return {signedDifference / std::sqrt(free), 2 * m * signedDifference / (n * n * (m - 1))};
}

Spread spread(std::span<const double> values)
{
    Spread result;
    if (values.empty())
        return result;
    const auto n = static_cast<double>(values.size());
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.deviation = values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
    return result;
}

std::vector<Interval> bootstrap(std::size_t count,
                                const std::function<std::vector<double>(std::span<const std::size_t>)> &statistics,
                                const BootstrapOptions &options)
{
    if (count == 0 || options.draws < 1)
        return {};
    auto random = generator(options.seed, "bootstrap");
    std::uniform_int_distribution<std::size_t> any(0, count - 1);
    std::vector<std::size_t> drawn(count);
    std::vector<std::vector<double>> values; // per statistic, one a draw
    for (int draw = 0; draw < options.draws; ++draw) {
        std::ranges::generate(drawn, [&] { return any(random); });
        const auto found = statistics(drawn);
        values.resize(std::max(values.size(), found.size()));
        for (std::size_t k = 0; k < found.size(); ++k)
            values[k].push_back(found[k]);
    }
    std::vector<Interval> intervals;
    for (auto &own : values) {
        std::ranges::sort(own);
        const auto at = [&](double share) {
            const double place = share * static_cast<double>(own.size() - 1);
            const auto below = static_cast<std::size_t>(place);
            const auto above = std::min(below + 1, own.size() - 1);
            return own[below] + (place - static_cast<double>(below)) * (own[above] - own[below]);
        };
        const double outside = (1 - options.confidence) / 2;
        intervals.push_back({at(outside), at(1 - outside)});
    }
    return intervals;
}

std::optional<Interval> bootstrapSpearman(std::span<const double> a, std::span<const double> b,
                                          const BootstrapOptions &options)
{
    std::vector<double> x(a.size());
    std::vector<double> y(a.size());
    const auto found = bootstrap(
        a.size(),
        [&](std::span<const std::size_t> drawn) {
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                x[i] = a[drawn[i]];
                y[i] = b[drawn[i]];
            }
            return std::vector<double>{spearman(x, y)};
        },
        options);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

} // namespace photolex::eval
