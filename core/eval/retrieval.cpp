#include "core/eval/retrieval.h"

#include "core/eval/curves.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <utility>

namespace photolex::eval {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

void add(Ranking &sum, const Ranking &part, double share)
{
    sum.recall1 += share * part.recall1;
    sum.recall5 += share * part.recall5;
    sum.recall10 += share * part.recall10;
    sum.medianRank += share * part.medianRank;
    sum.meanRank += share * part.meanRank;
}

// Images [first, last) with the texts that belong to them, each ranked among its own.
void rankFold(Points images, Points texts, std::span<const std::int32_t> imageOfText, std::int32_t first,
              std::int32_t last, Ranks &ranks)
{
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < imageOfText.size(); ++i)
        if (imageOfText[i] >= first && imageOfText[i] < last)
            rows.push_back(static_cast<Eigen::Index>(i));
    const Eigen::Map<const Matrix> allTexts(texts.values.data(), static_cast<Eigen::Index>(texts.rows()),
                                            texts.dimension);
    const Eigen::Map<const Matrix> allImages(images.values.data(), static_cast<Eigen::Index>(images.rows()),
                                             images.dimension);
    const Matrix ownTexts = allTexts(rows, Eigen::all);
    // images × texts
    const Matrix scores = allImages.middleRows(first, last - first) * ownTexts.transpose();

    std::vector<float> best(static_cast<std::size_t>(last - first), -std::numeric_limits<float>::infinity());
    for (std::size_t t = 0; t < rows.size(); ++t) {
        const auto own = imageOfText[static_cast<std::size_t>(rows[t])] - first;
        const auto column = scores.col(static_cast<Eigen::Index>(t));
        const float score = column[own];
        best[static_cast<std::size_t>(own)] = std::max(best[static_cast<std::size_t>(own)], score);
        // Its own photo counts as the one that makes rank 1.
        ranks.texts[static_cast<std::size_t>(rows[t])] = (column.array() >= score).count();
    }
    for (std::size_t i = 0; i < best.size(); ++i) {
        std::int64_t before = 0;
        for (std::size_t t = 0; t < rows.size(); ++t)
            if (imageOfText[static_cast<std::size_t>(rows[t])] - first != static_cast<std::int32_t>(i) &&
                scores(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(t)) >= best[i])
                ++before;
        ranks.images[static_cast<std::size_t>(first) + i] = before + 1;
    }
}

// Images of one fold: [first, last)
std::pair<std::int32_t, std::int32_t> foldOf(std::size_t images, int fold, int folds)
{
    const auto edge = [&](int i) { return static_cast<std::int32_t>(static_cast<std::int64_t>(images) * i / folds); };
    return {edge(fold), edge(fold + 1)};
}

} // namespace

Ranking ranking(std::span<const std::int64_t> ranks)
{
    Ranking result;
    if (ranks.empty())
        return result;
    const auto n = static_cast<double>(ranks.size());
    const auto within = [&](std::int64_t k) {
        return 100.0 * static_cast<double>(std::ranges::count_if(ranks, [k](auto rank) { return rank <= k; })) / n;
    };
    result.recall1 = within(1);
    result.recall5 = within(5);
    result.recall10 = within(10);
    result.meanRank = static_cast<double>(std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0})) / n;
    std::vector<std::int64_t> sorted(ranks.begin(), ranks.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) / 2);
    std::ranges::nth_element(sorted, middle);
    result.medianRank = static_cast<double>(*middle);
    return result;
}

Result<Ranks> ranks(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds)
{
    const auto imageCount = static_cast<std::int32_t>(images.rows());
    if (images.dimension < 1 || images.dimension != texts.dimension || texts.rows() != imageOfText.size() ||
        images.values.size() != images.rows() * static_cast<std::size_t>(images.dimension) ||
        texts.values.size() != texts.rows() * static_cast<std::size_t>(texts.dimension))
        return fail(Errc::Invalid, "points", "the sizes of images, texts and their pairing do not fit");
    if (folds < 1 || folds > std::max(imageCount, 1) || imageCount == 0)
        return fail(Errc::Invalid, "folds", fmt::format("{} folds of {} images", folds, imageCount));
    std::vector<bool> has(static_cast<std::size_t>(imageCount));
    for (const auto image : imageOfText) {
        if (image < 0 || image >= imageCount)
            return fail(Errc::Invalid, "pairing", "a text belongs to an image that is not there");
        has[static_cast<std::size_t>(image)] = true;
    }
    if (std::ranges::find(has, false) != has.end())
        return fail(Errc::Invalid, "pairing", "an image has no sentence");
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::ranges::all_of(images.values, finite) || !std::ranges::all_of(texts.values, finite))
        return fail(Errc::Invalid, "points", "a value is not finite");
    Ranks result;
    result.images.resize(images.rows());
    result.texts.resize(texts.rows());
    for (int i = 0; i < folds; ++i) {
        const auto [first, last] = foldOf(images.rows(), i, folds);
        rankFold(images, texts, imageOfText, first, last, result);
    }
    return result;
}

Retrieval retrieval(const Ranks &ranks, std::span<const std::int32_t> imageOfText, int folds)
{
    Retrieval result;
    for (int i = 0; i < folds; ++i) {
        const auto [first, last] = foldOf(ranks.images.size(), i, folds);
        std::vector<std::int64_t> own;
        for (std::size_t t = 0; t < imageOfText.size(); ++t)
            if (imageOfText[t] >= first && imageOfText[t] < last)
                own.push_back(ranks.texts[t]);
        add(result.imageToText,
            ranking(std::span(ranks.images)
                        .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first))),
            1.0 / folds);
        add(result.textToImage, ranking(own), 1.0 / folds);
    }
    result.images = static_cast<std::int64_t>(ranks.images.size());
    result.texts = static_cast<std::int64_t>(ranks.texts.size());
    return result;
}

Result<Retrieval> retrieval(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds)
{
    const auto found = ranks(images, texts, imageOfText, folds);
    if (!found)
        return fail(found.error());
    return retrieval(*found, imageOfText, folds);
}

RankingInterval interval(std::span<const std::vector<std::int64_t>> groups, const BootstrapOptions &options)
{
    const auto found = bootstrap(
        groups.size(),
        [&](std::span<const std::size_t> drawn) {
            std::vector<std::int64_t> ranks;
            for (const auto i : drawn)
                ranks.insert(ranks.end(), groups[i].begin(), groups[i].end());
            const auto one = ranking(ranks);
            return std::vector<double>{one.recall1, one.recall5, one.recall10, one.medianRank, one.meanRank};
        },
        options);
    return found.empty() ? RankingInterval() : RankingInterval{found[0], found[1], found[2], found[3], found[4]};
}

RetrievalInterval intervals(const Ranks &ranks, std::span<const std::int32_t> imageOfText,
                            const BootstrapOptions &options)
{
    const auto both = groups(ranks, imageOfText);
    return {interval(both.imageToText, options), interval(both.textToImage, options)};
}

} // namespace photolex::eval
