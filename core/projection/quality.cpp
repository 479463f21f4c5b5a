#include "core/projection/quality.h"

#include "core/projection/parallel_p.h"
#include "core/projection/products_p.h"

#include <numeric>

namespace photolex::projection {

namespace {

// The k nearest of `self` by these squared distances.
std::vector<std::uint32_t> nearestOf(std::span<const float> squared, std::size_t self, std::size_t k)
{
    std::vector<std::uint32_t> order(squared.size());
    std::iota(order.begin(), order.end(), 0U);
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(self));
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(k), [&](auto a, auto b) {
        return squared[a] != squared[b] ? squared[a] < squared[b] : a < b;
    });
    order.resize(k);
    return order;
}

} // namespace

Result<Quality> quality(Points points, std::span<const Position> positions, std::size_t k, std::size_t sample,
                        int threads, const std::stop_token &stop)
{
    const std::size_t n = points.size();
    if (positions.size() != n || k == 0 || n < 2 * k + 2)
        return fail(Errc::Invalid, "positions", "one for each of at least 2 k + 2 points");
    const std::size_t rows = std::min(std::max<std::size_t>(sample, 1), n);
    std::vector<double> penalties(rows), shares(rows);
    parallelFor(rows, 4, threadsOf(threads), [&](std::size_t begin, std::size_t end) {
        std::vector<float> truth(n), picture(n);
        for (std::size_t row = begin; row < end && !stop.stop_requested(); ++row) {
            const std::size_t self = row * n / rows;
            for (std::size_t i = 0; i < n; ++i) {
                truth[i] = squaredDistance(points.row(self).data(), points.row(i).data(), points.dimension);
                const float x = positions[self].x - positions[i].x, y = positions[self].y - positions[i].y;
                picture[i] = x * x + y * y;
            }
            auto near = nearestOf(truth, self, k);
            std::ranges::sort(near);
            std::size_t kept = 0;
            for (const auto shown : nearestOf(picture, self, k)) {
                if (std::ranges::binary_search(near, shown)) {
                    ++kept;
                    continue;
                }
                std::size_t rank = 1;
                for (std::size_t i = 0; i < n; ++i)
                    rank += i != self && truth[i] < truth[shown] ? 1 : 0;
                penalties[row] += rank > k ? static_cast<double>(rank - k) : 0;
            }
            shares[row] = static_cast<double>(kept) / static_cast<double>(k);
        }
    });
    if (stop.stop_requested())
        return fail(Errc::Cancelled, "quality");
    const auto mean = [rows](const std::vector<double> &values) {
        return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(rows);
    };
    const auto count = static_cast<double>(n), near = static_cast<double>(k);
    return Quality{1 - 2 / (near * (2 * count - 3 * near - 1)) * mean(penalties), mean(shares)};
}

} // namespace photolex::projection
