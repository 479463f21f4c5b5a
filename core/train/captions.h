// Trains what writes captions (core/caption/captioner.h): words and structures, language models (on text alone, with
// the sentence's own point as content), and the map that leads from a photo's point to where its captions lie.
// Everything goes into the folder of a bundle that is there, beside the encoder whose points it is trained on and its
// tagger.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/tensor_file.h"
#include "core/caption/language_model.h"
#include "core/dataset/dataset.h"
#include "core/dataset/held_out.h"
#include "core/model/bundle.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::train {

struct LanguageRecipe {
    caption::Kind kind = caption::Kind::StructureContent;
    int factors = 192;           // F; the LBL has none, its words have `dimension`
    int dimension = 192;         // K
    int attributes = 192;        // G
    int epochs = 2;              // passes over all sentences
    int batch = 96;              // sentences
    int samples = 500;           // words beside those of the batch that a step compares with
    double learningRate = 0.003; // Adam; warm-up, then a cosine to zero
    int warmUpSteps = 100;
    double noise = 0.5;      // length of a random vector added to u, which is scaled to length 1 again: a photo's point
                             // is never quite where its caption lies
    double groupShare = 0.5; // of the sentences of a photo with several: u is the mean of the others' points in place
                             // of their own, for a photo's point knows as little of the sentence that is to be said
};

struct CaptionRecipe {
    std::string encoder;        // whose points u are; "": the bundle's default
    int vocabulary = 8000;      // words at most
    int minimumCount = 4;       // words rarer than this are <unknown>
    int structures = 4000;      // most frequent tag sequences kept
    std::int64_t sentences = 0; // of the training texts, drawn; 0: all
    double ridge = 0.1;         // of the map, a share of the mean squared coordinate
    std::vector<LanguageRecipe> models;
    std::uint64_t seed = 1;
};
// {"captions": {"encoder", "vocabulary", ..., "models": [{"kind", "factors", ...}]}}
bool isCaptionRecipe(const std::filesystem::path &file);
Result<CaptionRecipe> readCaptionRecipe(const std::filesystem::path &file); // Invalid names a wrong key or value

struct CaptionData {
    std::vector<dataset::Dataset> texts;    // sentences; photos are not looked at
    std::optional<dataset::Dataset> photos; // with captions, for the map from photos to captions
    std::optional<dataset::Dataset> dev;    // perplexity is measured on its captions
    std::vector<std::string> shipped;       // sentences that may be retrieved
    dataset::HeldOut heldOut;               // refused when anything of it is in the sets
};

struct CaptionOptions {
    std::filesystem::path bundle;       // its folder; it has a tagger, and its manifest is written anew
    std::filesystem::path featureCache; // of photos
    ProgressSink progress;
    std::function<void(const std::string &)> report; // a line of what was measured
};

// Invalid: the data leak, or there is too little of them. NotFound: the bundle has no tagger. Cancelled: the manifest
// is as before.
Result<> trainCaptions(const CaptionRecipe &recipe, const CaptionData &data, const CaptionOptions &options,
                       const std::stop_token &stop);

// What a language model's training works on: numbers only.
struct LanguageData {
    caption::LanguageModel::Shape shape;
    std::vector<std::vector<std::int32_t>> words; // of each sentence, </s> at the end
    std::vector<std::vector<std::uint8_t>> tags;  // of each word, the one behind the last for </s>
    std::vector<std::string> sentences;           // their texts
    std::vector<std::int32_t> groups;             // the photo that each belongs to; −1: none is known
    std::function<Result<std::vector<float>>(std::span<const std::string>)> points; // u of sentences, n × contents
};
using LanguageBackend = Result<std::vector<TensorData>> (*)(const LanguageRecipe &, const LanguageData &,
                                                            std::uint64_t seed, const ProgressSink &,
                                                            const std::stop_token &);
void setLanguageBackend(LanguageBackend backend);

// exp of the mean negative logarithm of the probability of each word, </s> among them, given u and the tags to come.
Result<double> perplexity(const caption::LanguageModel &model, const LanguageData &data, const std::stop_token &stop);
// Of each language model of a bundle, by its kind's name, on the captions of a set.
Result<std::map<std::string, double>> perplexities(const std::shared_ptr<const model::Bundle> &bundle,
                                                   const dataset::Dataset &set, const std::stop_token &stop);

} // namespace photolex::train
