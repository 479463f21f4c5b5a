// Trains the image map and the sentence encoders on cached features, and writes a bundle.
//
// Ranking loss (eq. 1 of the paper), over a batch, without pairs of the same photo:
//     Σ_x Σ_k max(0, α − s(x,v) + s(x,v_k)) + Σ_v Σ_k max(0, α − s(v,x) + s(v,x_k))
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/dataset.h"
#include "core/dataset/held_out.h"
#include "core/eval/retrieval.h"
#include "core/train/control.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::train {

enum class Objective : std::uint8_t {
    SumOfHinges,   // "hinge-sum": eq. 1
    PhotoHinges,   // "hinge-photo": its first sum alone, DeViSE's loss
    HardestHinges, // "hinge-hardest": of each sum over k only the largest term, VSE++'s loss
    Contrastive,   // "contrastive": softmax over the batch, both ways
};

// How the image network's last blocks and head are trained further together with an encoder, once that is trained on
// the network's own feature (of the kind "linear"). The bundle then carries them as a tail of the encoder's id.
struct FineTune {
    int fromBlock = 16;              // 16 to 20: the first block that changes
    int epochs = 6;                  // passes over all photos
    int batch = 96;                  // photos
    int sentences = 5;               // of each photo in a step
    double learningRate = 1e-4;      // of the tail (Adam; warm-up, then a cosine to zero)
    double spaceLearningRate = 1e-4; // of the image map and the words
    int warmUpSteps = 50;
};

// How the word vectors of the kinds "skip-gram" and "devise" are made from all sentences, before the maps are trained.
struct SkipGram {
    int window = 5;    // words on either side, at most
    int negatives = 5; // drawn for each pair
    int epochs = 5;
    double subsampling = 1e-3; // words that are a larger share of the text are left out at random; 0: none
};

struct EncoderRecipe {
    std::string id, name;
    std::string kind = "linear";                            // what reads a sentence (core/joint/encoder.h)
    int dimension = 300;                                    // of the joint space
    int wordDimension = 300;                                // linear, devise: equals dimension
    Objective objective = Objective::SumOfHinges;           // of photos and their sentences
    Objective classObjective = Objective::Contrastive;      // of class names
    Objective paraphraseObjective = Objective::Contrastive; // of sentences of one photo
    double margin = 0.2;                                    // α
    int epochs = 12;
    int batch = 128;             // pairs
    double learningRate = 0.002; // Adam; warm-up, then a cosine to zero
    int warmUpSteps = 200;
    double gradientNorm = 2;     // cut above this
    double wordInit = 0.1;       // word vectors from U(−wordInit, wordInit)
    double mirrored = 0;         // probability of taking the mirrored photo's feature
    bool equalLengths = false;   // batches whose sentences have nearly one length: faster for recurrent encoders
    double featureDropout = 0;   // probability that a number of a photo's feature is left out
    double wordDropout = 0;      // probability that a word of a sentence is left out
    double weightDecay = 0;      // decoupled from the gradient (AdamW), of all but the words
    double averaging = 0;        // the encoder is a running mean of the parameters with this decay a step; 0: the last
    double classWeight = 0;      // weight of the class-name loss
    int classBatch = 128;        // classes a step
    double paraphraseWeight = 0; // weight of the sentence–sentence loss
    int paraphraseBatch = 128;   // pairs a step
    double temperature = 0.05;   // of the contrastive loss of photos and their sentences
    double classTemperature = 0.05;
    double paraphraseTemperature = 0.05;
    double featurePower = 0;      // p: the image map takes the feature to this power too (core/joint/encoder.h); 0: not
    std::string fixedWordVectors; // file: a table under a learned map, added to the learned vectors; empty: none
    std::int64_t minimumCount = 1; // words rarer than this stay out of the vocabulary
    // Above 0, and where held-out photos are measured: the encoder is that of the best epoch (by the sum of the recalls
    // at 1, 5 and 10, both ways), and training ends after so many epochs without a better one.
    int patience = 0;
    SkipGram skipGram; // of the kinds "skip-gram" and "devise"
    std::optional<FineTune> fineTune = {};

    bool readsSkipGrams() const { return kind == "skip-gram" || kind == "devise"; }
};

struct Recipe {
    std::string bundleId, title, licence, provenance;
    std::vector<std::string> trainedOn;
    std::vector<EncoderRecipe> encoders;
    std::uint64_t seed = 1;
    std::string text; // the file that it was read from; empty: none
};
// Besides what a person writes, a recipe may name the "sets" that it was trained with, as `train` does in the copy that
// it leaves in the bundle; they are not read.
Result<Recipe> readRecipe(const std::filesystem::path &file); // Invalid names a wrong key or value

struct Data {
    std::vector<dataset::Dataset> photos; // train split, with images
    std::vector<dataset::Dataset> texts;  // groups of sentences
    std::optional<dataset::ClassNames> classes;
    std::optional<dataset::Dataset> dev; // recall after each epoch
    dataset::HeldOut heldOut;            // refused when anything of it is in the sets
    // Words that a query may have and no training text. An encoder with fixed word vectors knows those that have one,
    // by the learned map alone; the others stay unknown.
    std::vector<std::string> extraWords;
};

struct EpochReport {
    std::string encoder;
    int epoch = 0;
    double loss = 0;
    std::optional<eval::Retrieval> dev;
    double seconds = 0;
    bool best = false; // so far; only with patience
};

struct StepReport {
    double epochs = 0; // passed, with the part of the one at hand
    double loss = 0;   // mean of a pair over the steps since the last report
};

struct Options {
    std::filesystem::path networkFile;   // safetensors of the image network
    std::filesystem::path tailFile = {}; // photoFeatures gives the feature of this tail; empty: the network's own
    std::filesystem::path featureCache;  // folder; features by content hash of photo and network
    std::filesystem::path out;           // bundle folder, made
    bool resume = false;                 // go on from the last checkpoint in out
    ProgressSink progress;
    std::function<void(const EpochReport &)> report;
    int threads = 0; // of reading photos; 0: threads::count()
    // Photos that cannot be read are told here and get a row of zeros; empty: the first one ends the work.
    std::function<void(const std::filesystem::path &, const Error &)> unreadable = {};
};

// Invalid: data checks fail, or something held out is in a training set (the first is named). Internal: a loss is not
// finite (training stops at once, the last good checkpoint stays, the detail names the batch). Cancelled: the
// checkpoint of the last whole epoch stays.
Result<> train(const Recipe &recipe, const Data &data, const Options &options, const std::stop_token &stop);

// The image network's features of photos, n × 1280 rows of length 1, computed once and then read from
// options.featureCache. Corrupt and the like: the first photo that cannot be read.
Result<std::vector<float>> photoFeatures(std::span<const std::filesystem::path> photos, const Options &options,
                                         const std::stop_token &stop);

} // namespace photolex::train
