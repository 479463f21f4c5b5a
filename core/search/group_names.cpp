#include "core/search/group_names.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace photolex::search {

namespace {

constexpr std::size_t wordsConsidered = 5000; // of the vocabulary, which is ordered by frequency
constexpr float ofAll = 0.5F, ofNext = 0.5F;  // shares taken off

// One of them says enough: "dog" and "dogs", "surf" and "surfer".
bool areForms(std::string_view a, std::string_view b)
{
    const auto shared = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    return shared >= 3 && shared + 1 >= std::min(a.size(), b.size());
}

// n × dimension of length 1: the mean point of each group, zeros for one without points.
std::vector<float> middles(std::span<const float> points, std::span<const std::int32_t> group, std::int32_t count,
                           std::size_t dimension)
{
    std::vector<double> sums(static_cast<std::size_t>(count) * dimension);
    for (std::size_t i = 0; i < group.size(); ++i)
        for (std::size_t k = 0; k < dimension; ++k)
            sums[static_cast<std::size_t>(group[i]) * dimension + k] += points[i * dimension + k];
    std::vector<float> result(sums.size());
    for (std::size_t c = 0; c < static_cast<std::size_t>(count); ++c) {
        const auto *sum = sums.data() + c * dimension;
        const double length = std::sqrt(std::inner_product(sum, sum + dimension, sum, 0.0));
        for (std::size_t k = 0; k < dimension && length > 0; ++k)
            result[c * dimension + k] = static_cast<float>(sum[k] / length);
    }
    return result;
}

} // namespace

Result<std::vector<std::vector<std::string>>> groupNames(const joint::Encoder &encoder, std::span<const float> points,
                                                         std::span<const std::int32_t> group, std::int32_t count,
                                                         std::size_t words)
{
    const auto dimension = static_cast<std::size_t>(encoder.dimension());
    if (points.size() != group.size() * dimension || count < 0)
        return fail(Errc::Invalid, "points", "one group is needed for each point of the encoder's dimension");
    if (std::ranges::any_of(group, [count](auto each) { return each < 0 || each >= count; }))
        return fail(Errc::Invalid, "group", "a number is out of range");
    const auto wordPoints = encoder.wordPoints();
    if (!wordPoints)
        return fail(wordPoints.error());
    const auto &vocabulary = encoder.vocabulary();
    const auto groups = static_cast<std::size_t>(count);
    std::vector<bool> hasPoints(groups);
    for (const auto each : group)
        hasPoints[static_cast<std::size_t>(each)] = true;
    const auto alive = static_cast<float>(std::ranges::count(hasPoints, true));
    const auto middle = middles(points, group, count, dimension);

    struct Candidate {
        float worth;
        std::size_t word;
    };
    std::vector<std::vector<Candidate>> candidates(groups);
    std::vector<float> scores(groups);
    for (std::size_t word = 2; word < std::min(vocabulary.size(), wordsConsidered); ++word) {
        const auto &text = vocabulary.words()[word];
        if (text.size() < 3 || text::isStopWord(text))
            continue;
        const float *point = wordPoints->data() + word * dimension;
        float mean = 0, best = -1, second = -1;
        for (std::size_t c = 0; c < groups; ++c) {
            if (!hasPoints[c])
                continue;
            scores[c] = std::inner_product(point, point + dimension, middle.data() + c * dimension, 0.0F);
            mean += scores[c] / alive;
            second = std::max(second, std::min(best, scores[c]));
            best = std::max(best, scores[c]);
        }
        for (std::size_t c = 0; c < groups; ++c) {
            const float next = alive < 2 ? 0 : scores[c] == best ? second : best;
            candidates[c].push_back({scores[c] - ofAll * (alive < 2 ? 0 : mean) - ofNext * next, word});
        }
    }
    std::vector<std::vector<std::string>> names(groups);
    for (std::size_t c = 0; c < groups; ++c) {
        if (!hasPoints[c])
            continue;
        std::ranges::sort(candidates[c], [](const auto &a, const auto &b) {
            return a.worth != b.worth ? a.worth > b.worth : a.word < b.word;
        });
        for (const auto &candidate : candidates[c]) {
            const auto &text = vocabulary.words()[candidate.word];
            if (names[c].size() == words)
                break;
            if (std::ranges::none_of(names[c], [&](const auto &other) { return areForms(text, other); }))
                names[c].push_back(text);
        }
    }
    return names;
}

} // namespace photolex::search
