#include "core/eval/retrieval.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace photolex::eval {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Ranking summary(std::vector<std::int64_t> ranks)
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
    const auto middle = ranks.begin() + static_cast<std::ptrdiff_t>((ranks.size() - 1) / 2);
    std::ranges::nth_element(ranks, middle);
    result.medianRank = static_cast<double>(*middle);
    return result;
}

void add(Ranking &sum, const Ranking &part, double share)
{
    sum.recall1 += share * part.recall1;
    sum.recall5 += share * part.recall5;
    sum.recall10 += share * part.recall10;
    sum.medianRank += share * part.medianRank;
    sum.meanRank += share * part.meanRank;
}

// Images [first, last) with the texts that belong to them, each ranked among its own.
Retrieval fold(Points images, Points texts, std::span<const std::int32_t> imageOfText, std::int32_t first,
               std::int32_t last)
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

    std::vector<std::int64_t> imageRanks(static_cast<std::size_t>(last - first), 0);
    std::vector<float> best(imageRanks.size(), -std::numeric_limits<float>::infinity());
    std::vector<std::int64_t> textRanks;
    for (std::size_t t = 0; t < rows.size(); ++t) {
        const auto own = imageOfText[static_cast<std::size_t>(rows[t])] - first;
        const auto column = scores.col(static_cast<Eigen::Index>(t));
        const float score = column[own];
        best[static_cast<std::size_t>(own)] = std::max(best[static_cast<std::size_t>(own)], score);
        textRanks.push_back((column.array() >= score).count()); // its own photo counts as the one that makes rank 1
    }
    for (std::size_t i = 0; i < imageRanks.size(); ++i) {
        std::int64_t before = 0;
        for (std::size_t t = 0; t < rows.size(); ++t)
            if (imageOfText[static_cast<std::size_t>(rows[t])] - first != static_cast<std::int32_t>(i) &&
                scores(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(t)) >= best[i])
                ++before;
        imageRanks[i] = before + 1;
    }
    return {summary(std::move(imageRanks)), summary(std::move(textRanks)), last - first,
            static_cast<std::int64_t>(rows.size())};
}

} // namespace

Result<Retrieval> retrieval(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds)
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
    Retrieval result;
    for (int i = 0; i < folds; ++i) {
        const auto first = static_cast<std::int32_t>(std::int64_t{imageCount} * i / folds);
        const auto last = static_cast<std::int32_t>(std::int64_t{imageCount} * (i + 1) / folds);
        const auto part = fold(images, texts, imageOfText, first, last);
        add(result.imageToText, part.imageToText, 1.0 / folds);
        add(result.textToImage, part.textToImage, 1.0 / folds);
        result.images += part.images;
        result.texts += part.texts;
    }
    return result;
}

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

} // namespace photolex::eval
