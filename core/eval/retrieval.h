// Recall@k, median and mean rank of two matrices of points, both ways, with intervals.
//
//     auto ranks = eval::ranks({images, d}, {texts, d}, imageOfText);
//     auto figures = eval::retrieval(*ranks, imageOfText);
#pragma once

#include "core/base/result.h"
#include "core/eval/statistics.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace photolex::eval {

struct Ranking {
    double recall1 = 0, recall5 = 0, recall10 = 0; // percent
    double medianRank = 0, meanRank = 0;           // 1 is best
};
// Medians are of whole ranks (the lower middle for even counts, as in the paper's code). All zero for no ranks.
Ranking ranking(std::span<const std::int64_t> ranks);

struct Retrieval {
    Ranking imageToText, textToImage;
    std::int64_t images = 0, texts = 0;
};

struct Points {
    std::span<const float> values; // n × dimension, row-major, length 1
    int dimension = 0;
    std::size_t rows() const { return dimension ? values.size() / static_cast<std::size_t>(dimension) : 0; }
};

// One rank per image and per text, in their order.
struct Ranks {
    std::vector<std::int64_t> images; // of its best sentence
    std::vector<std::int64_t> texts;  // of its image
};

// `imageOfText[i]` is the row of the image that text i belongs to. A photo's rank is that of its best sentence. Ties
// are counted against us: a wrong item with an equal score ranks before the right one. Folds: consecutive groups of
// images, each ranked among its own. Invalid: sizes that do not fit, an image without a sentence, NaN.
Result<Ranks> ranks(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds = 1);

// The figures are means over folds.
Result<Retrieval> retrieval(Points images, Points texts, std::span<const std::int32_t> imageOfText, int folds = 1);
Retrieval retrieval(const Ranks &ranks, std::span<const std::int32_t> imageOfText, int folds = 1);

struct RankingInterval {
    Interval recall1, recall5, recall10, medianRank, meanRank;
};
// The bootstrap over groups of ranks: a group that is drawn brings all its ranks. All zero for no groups or no draws.
RankingInterval interval(std::span<const std::vector<std::int64_t>> groups, const BootstrapOptions &options = {});

// The bootstrap over photos: a photo that is drawn brings its sentences. Each keeps the rank that it has among all, so
// the interval tells how much the figures owe to which photos were asked, not to how many stand in the way. Medians are
// of all ranks, whatever the folds.
struct RetrievalInterval {
    RankingInterval imageToText, textToImage;
};
RetrievalInterval intervals(const Ranks &ranks, std::span<const std::int32_t> imageOfText,
                            const BootstrapOptions &options = {});

} // namespace photolex::eval
