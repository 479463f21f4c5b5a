// One encoder, trained on rows of photos that were computed before: from random numbers, or further from an encoder.
//
// Further from an encoder, the rows are its own points of the photos, and what is learnt of photos is a square map A of
// its space, at first the identity: x' = A x / |A x|. So nothing but points must be known of a photo, those of a whole
// library lead to the new ones without any photo being read, and few captions have few numbers to bend. What the
// encoder knew is held by rehearsal: photos and sentences that stand for it keep near their points
// (nn/rehearsing.h). Of the words, those of the captions change; new ones start where their photos lie.
#pragma once

#include "core/base/tensor_file.h"
#include "core/joint/encoder.h"
#include "core/train/train.h"

#include <memory>
#include <optional>

namespace photolex::train {

struct RowSet {
    std::vector<float> rows;     // n × width, of length 1: features of the network, or points of the first encoder
    std::vector<float> mirrored; // the same of the mirrored photos; empty: none
    std::vector<dataset::Caption> captions;
};

struct FirstEncoder {
    std::shared_ptr<const model::Bundle> bundle;
    std::shared_ptr<const joint::Encoder> encoder; // of a kind that isTrainedFurther
    double keep = 0;                               // 0: nothing is held; 1: as good as nothing may change
    std::vector<float> keptRows;                   // points of photos that stand for what it knows, n × width
    std::vector<std::string> keptSentences;
};
bool isTrainedFurther(const model::EncoderEntry &encoder); // "linear", "lstm", "gru"

struct OnRows {
    EncoderRecipe recipe; // kind, dimensions and featurePower are those of `first` where there is one
    int width = 0;        // of the rows
    RowSet train, heldOut;
    std::optional<FirstEncoder> first;
    std::uint64_t seed = 1;
};

struct OnRowsOptions {
    std::filesystem::path checkpoint; // a file; removed by whoever has stored the result
    bool resume = false;
    Control *control = nullptr; // null: nobody lets it wait
    int threads = 0;            // 0: threads::count()
    ProgressSink progress = {};
    std::function<void(const EpochReport &)> report = {};
    std::function<void(const StepReport &)> step = {}; // at most ten times a second
};

struct TrainedEncoder {
    std::vector<TensorData> tensors; // of core/joint/encoder.h; after a first encoder with "map_of_points", A
    std::vector<std::string> words;  // the vocabulary
    model::EncoderEntry entry;       // without files
};

// Invalid: fewer captions than fill a batch, or none that can be read. Internal, Cancelled: as train().
Result<TrainedEncoder> trainOnRows(const OnRows &work, const OnRowsOptions &options, const std::stop_token &stop);

// The vocabulary that it would have: that of the first encoder, and the words of the training captions.
std::vector<std::string> vocabularyOn(const OnRows &work);

// How long a pass over the training captions takes here, by doing some real steps with numbers of no meaning:
// `captions` and `vocabulary` as many as there will be.
Result<double> secondsPerEpoch(const OnRows &work, std::size_t captions, std::size_t vocabulary, int threads,
                               const std::stop_token &stop);

// How well the first encoder does on the held-out captions, before. One of which it knows no word is found nowhere.
Result<eval::Retrieval> figuresBefore(const OnRows &work);

// Rows of photos for training: features of the bundle's network, or points of one of its encoders.
struct PhotoRows {
    std::vector<float> plain, mirrored; // n × width; a row of zeros for a photo that could not be read
    int width = 0;
};
// `encoder`: null for the features. options.networkFile and tailFile are those of the bundle.
Result<PhotoRows> photoRows(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                            const joint::Encoder *encoder, Options options, const std::stop_token &stop);

} // namespace photolex::train
