#include "core/search/search.h"

#include <algorithm>

namespace photolex::search {

std::vector<Hit> nearest(const embedding::Rows &rows, std::span<const float> point, std::size_t count,
                         std::span<const std::uint8_t> allowed)
{
    std::vector<float> scores(rows.size());
    embedding::scoreAll(rows, point, scores);
    std::vector<Hit> hits;
    hits.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (allowed.empty() || allowed[i])
            hits.push_back({rows.ids()[i], scores[i]});
    const auto better = [](const Hit &a, const Hit &b) {
        return a.score != b.score ? a.score > b.score : a.photo < b.photo;
    };
    if (count < hits.size()) {
        std::ranges::nth_element(hits, hits.begin() + static_cast<std::ptrdiff_t>(count), better);
        hits.resize(count);
    }
    std::ranges::sort(hits, better);
    return hits;
}

} // namespace photolex::search
