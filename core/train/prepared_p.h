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

// What is to stay as it was while an encoder is trained further: photos and sentences whose points are held near those
// that they have at the start.
struct Rehearsal {
    std::vector<float> rows; // n × featureDimension, rows of length 1
    std::vector<Ids> sentences;
    double weight = 0; // of 1 − the cosine to the first point, a pair; 0: nothing is held
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
    std::vector<TensorData> start; // the parameters as Space::exported names them; empty: random numbers
    Rehearsal rehearsal;           // with `start`
};

struct LoopOptions {
    std::filesystem::path checkpoint; // removed when the encoder is done
    bool resume = false;
    std::uint64_t seed = 1;
    ProgressSink progress;
    std::function<void(const EpochReport &)> report;
    std::function<void(const StepReport &)> step = {}; // at most ten times a second
    Control *control = nullptr;                        // null: nobody lets it wait
    int threads = 0;                                   // 0: threads::count()
};

// The tensors of core/joint/encoder.h.
using EncoderBackend = Result<std::vector<TensorData>> (*)(const EncoderRecipe &, const Prepared &, const LoopOptions &,
                                                           const std::stop_token &);
void setEncoderBackend(EncoderBackend backend);
EncoderBackend encoderBackend(); // null until the neural module is open

// Features of photos: n × 1280 rows of length 1, plain and mirrored, from the cache where they are.
struct Features {
    std::vector<float> plain, mirrored;
};
Result<Features> cachedFeatures(std::span<const std::filesystem::path> photos, const Options &options,
                                const std::stop_token &stop);

} // namespace photolex::train
