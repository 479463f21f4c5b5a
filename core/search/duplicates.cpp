// Near-duplicates in nearly linear time: points that are close fall on the same side of most random planes. Each of a
// few tables sorts the photos by their sides of some planes; only neighbours in that order are compared.
#include "core/base/random.h"
#include "core/search/search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace photolex::search {

namespace {

constexpr int tables = 6;
constexpr int planes = 24;
constexpr std::size_t window = 24; // neighbours compared in the order of one table
constexpr std::uint64_t seed = 1;

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

// Rows less their mean, of length 1: features share a large common part that would hide their differences.
std::vector<float> centred(const embedding::Rows &rows, const std::stop_token &stop)
{
    const auto width = static_cast<std::size_t>(rows.dimension());
    std::vector<float> values;
    values.reserve(rows.size() * width);
    std::vector<double> mean(width);
    for (std::size_t i = 0; i < rows.size() && !stop.stop_requested(); ++i) {
        const auto row = rows.row(i);
        for (std::size_t k = 0; k < width; ++k)
            mean[k] += row[k] / static_cast<double>(rows.size());
        values.insert(values.end(), row.begin(), row.end());
    }
    for (std::size_t i = 0; i * width < values.size() && !stop.stop_requested(); ++i) {
        const std::span row(values.data() + i * width, width);
        double squares = 0;
        for (std::size_t k = 0; k < width; ++k) {
            // Two photos, or copies of one, have nothing but their mean: then it stays.
            row[k] -= rows.size() > 2 ? static_cast<float>(mean[k]) * 0.9F : 0.0F;
            squares += static_cast<double>(row[k]) * row[k];
        }
        for (auto &value : row)
            value = static_cast<float>(value / std::sqrt(std::max(squares, 1e-20)));
    }
    return values;
}

} // namespace

Result<Duplicates> duplicates(const embedding::Rows &features, float threshold, std::size_t limit, std::stop_token stop)
{
    const auto width = static_cast<std::size_t>(features.dimension());
    const auto count = features.size();
    const auto values = centred(features, stop);
    Groups groups(count);
    auto random = generator(seed, "planes");
    std::normal_distribution<float> normal;
    std::vector<std::uint32_t> codes(count);
    std::vector<std::size_t> order(count);
    for (int table = 0; table < tables; ++table) {
        std::vector<float> directions(planes * width);
        std::ranges::generate(directions, [&] { return normal(random); });
        for (std::size_t i = 0; i < count; ++i) {
            if (stop.stop_requested())
                return fail(Errc::Cancelled, "duplicates", "nothing was changed");
            codes[i] = 0;
            const auto *row = values.data() + i * width;
            for (std::size_t plane = 0; plane < planes; ++plane)
                codes[i] =
                    codes[i] << 1U |
                    (std::inner_product(row, row + width, directions.data() + plane * width, 0.0F) > 0 ? 1U : 0U);
        }
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return codes[i]; });
        for (std::size_t i = 0; i < count; ++i) {
            if (stop.stop_requested())
                return fail(Errc::Cancelled, "duplicates", "nothing was changed");
            const auto *a = values.data() + order[i] * width;
            for (std::size_t j = i + 1; j < std::min(count, i + 1 + window); ++j) {
                const auto *b = values.data() + order[j] * width;
                if (std::inner_product(a, a + width, b, 0.0F) >= threshold)
                    groups.join(order[i], order[j]);
            }
        }
    }
    std::map<std::size_t, std::vector<PhotoId>> members;
    for (std::size_t i = 0; i < count; ++i)
        members[groups.rootOf(i)].push_back(features.ids()[i]);
    Duplicates result;
    for (auto &[root, photos] : members) {
        if (photos.size() < 2)
            continue;
        if (result.groups.size() == limit) {
            result.more = true;
            break;
        }
        result.groups.push_back(std::move(photos));
    }
    return result;
}

} // namespace photolex::search
