// What the training loop works on: numbers only, all text read and all photos embedded.
#pragma once

#include "core/base/tensor_file.h"
#include "core/text/text.h"
#include "core/train/train.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace photolex::train {

using Ids = std::vector<std::int64_t>; // <s> word … </s>

// Photos with their sentences.
struct Pairs {
    std::vector<float> features; // n × 1280, rows of length 1
    std::vector<float> mirrored; // the same of the mirrored photos; empty: none
    std::vector<Ids> sentences;
    std::vector<std::int32_t> imageOf; // row of features, one per sentence
};

struct ClassSentences {
    std::vector<float> rows;                                   // classes × 1280, rows of length 1
    std::vector<std::vector<std::vector<std::int64_t>>> names; // classes × synonyms × words
    std::vector<std::pair<Ids, Ids>> templates; // what stands before and after the name, <s> and </s> included
};

struct Prepared {
    int featureDimension = 0;
    std::size_t vocabularySize = 0;
    Pairs train;
    Pairs dev;                            // no sentences: none
    std::vector<std::vector<Ids>> groups; // sentences of one photo, at least two each
    ClassSentences classes;
    std::vector<float> fixed; // V × fixedDimension: the fixed table, centred; rows of unknown words are zero
    int fixedDimension = 0;
};

struct LoopOptions {
    std::filesystem::path checkpoint; // removed when the encoder is done
    bool resume = false;
    std::uint64_t seed = 1;
    ProgressSink progress;
    std::function<void(const EpochReport &)> report;
};

// The tensors of core/joint/encoder.h.
using EncoderBackend = Result<std::vector<TensorData>> (*)(const EncoderRecipe &, const Prepared &, const LoopOptions &,
                                                           std::stop_token);
void setEncoderBackend(EncoderBackend backend);

// Features of photos: n × 1280 rows of length 1, plain and mirrored, from the cache where they are.
struct Features {
    std::vector<float> plain, mirrored;
};
Result<Features> cachedFeatures(std::span<const std::filesystem::path> photos, const Options &options,
                                std::stop_token stop);

} // namespace photolex::train
