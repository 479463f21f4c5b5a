// Recall@k, median and mean rank of two matrices of points, both ways.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace photolex::eval {

struct Ranking {
    double recall1 = 0, recall5 = 0, recall10 = 0; // percent
    double medianRank = 0, meanRank = 0;           // 1 is best
};

struct Retrieval {
    Ranking imageToText, textToImage;
    std::int64_t images = 0, texts = 0;
};

struct Points {
    std::span<const float> values; // n × dimension, row-major, length 1
    int dimension = 0;
    std::size_t rows() const { return dimension ? values.size() / static_cast<std::size_t>(dimension) : 0; }
};

// `imageOfText[i]` is the row of the image that text i belongs to. A photo's rank is that of its best sentence. Ties
// are counted against us: a wrong item with an equal score ranks before the right one. Medians are of whole ranks (the
// lower middle for even counts, as in the paper's code). Folds: consecutive groups of images, each ranked among its
// own; the figures are means over folds. Invalid: sizes that do not fit, an image without a sentence, NaN.
Result<Retrieval> retrieval(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds = 1);

// Spearman's rank correlation, ties averaged.
double spearman(std::span<const double> a, std::span<const double> b);

struct Spread {
    double mean = 0, deviation = 0; // sample standard deviation
};
Spread spread(std::span<const double> values);

} // namespace photolex::eval
