// Captions for a photo, each in a grammatical structure.
//
//     auto captioner = caption::Captioner::open(bundle);
//     auto captions = captioner->captions(point, {.samples = 20}, stop.get_token());
//
//  1. Structures are the caller's, or those of the nearest sentences, or drawn from those of the training captions by
//     how frequent they are.
//  2. Each is filled word by word, the tags to come known: `beam` beginnings are kept, each next word is one that takes
//     the tag asked for, no word with a meaning of its own comes twice, in whatever form. The content is the photo's
//     point, led to where its captions lie (the models have seen sentences only; ContentMap).
//  3. Candidates that the tagger reads as they were asked for go before others, and are ranked by the sum of weighted
//     parts: cosine to the photo, mean logarithm of the words' probabilities, logarithm of the structure's share. Each
//     structure's best stays (Options::perStructure).
#pragma once

#include "core/base/result.h"
#include "core/caption/language_model.h"
#include "core/caption/parts.h"
#include "core/caption/sentences.h"
#include "core/caption/words.h"
#include "core/joint/encoder.h"
#include "core/model/bundle.h"
#include "core/text/tagger.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::caption {

enum class ContentMap : std::uint8_t {
    None,    // u is the photo's own point
    Centred, // moved by the difference of the means of captions and photos
    Fitted,  // by a linear map that was fitted on photos with captions
    Nearest, // the mean of the nearest sentences that the bundle holds; Fitted where it holds none
};

struct Options {
    std::vector<std::string> structures; // "DT NN VBZ"; empty: `samples` are drawn
    int samples = 60;                    // at least 1
    int nearest = 0;                     // of the samples, taken from the nearest sentences of the bundle
    int beam = 5;                        // at least 1
    int perStructure = 1;                // candidates kept of each, at most `beam`
    double temperature = 0;              // of chance in the choice of words; 0: always the likeliest beginnings
    int shortest = 5, longest = 14;      // words of a structure that is drawn
    std::vector<std::string> required;   // words that must occur, as the lexicon spells them
    std::vector<std::string> banned;     // words that must not
    std::map<int, std::string> fixed;    // word at a place, from 0; for structures of the caller
    bool allowsRepeats = false;          // words with a meaning of their own may come twice
    int alternatives = 0;                // other words offered at each place
    ContentMap contentMap = ContentMap::Fitted;
    double cosineWeight = 5, languageWeight = 2, structureWeight = 0.1; // of the ranking
    std::uint64_t seed = 1;
};

struct Alternative {
    std::string word;
    float probability = 0; // among the words that take the place's tag
};

struct Caption {
    std::string text; // words with spaces between
    std::vector<std::string> words;
    std::vector<std::string> tags;     // that were asked for
    std::vector<std::string> readTags; // that the tagger reads
    double score = 0;
    // Its parts, not yet weighted: s(x, v); the mean logarithm of the words' probabilities, each among the words that
    // take its place's tag; the logarithm of the structure's share of the training captions.
    double cosine = 0, language = 0, structure = 0;
    std::vector<std::vector<Alternative>> alternatives; // at each place, likeliest first; empty: not asked for
    bool isRetrieved = false;

    bool isAdherent() const { return readTags == tags; }
};

class Captioner {
public:
    // NotFound: the bundle has no caption models. Unsupported: they were trained on the points of another encoder, or
    // of the same one before it was trained again.
    static Result<std::shared_ptr<const Captioner>> open(const std::shared_ptr<const model::Bundle> &bundle);
    static bool isIn(const model::Bundle &bundle); // whether it has caption models at all

    const std::shared_ptr<const joint::Encoder> &encoder() const { return m_encoder; } // whose points are asked for
    const std::string &bundleId() const { return m_bundle; }
    const Lexicon &lexicon() const { return m_lexicon; }
    const StructureStore &structures() const { return m_structures; }
    const text::Tagger &tagger() const { return *m_tagger; }

    // Best first, no two alike. `point`: of the encoder. Invalid: another dimension, an unknown tag, a required or
    // fixed word that is not in the lexicon or fits no place. Any number of threads may ask.
    Result<std::vector<Caption>> captions(std::span<const float> point, const Options &options,
                                          const std::stop_token &stop) const;

    // The nearest of the sentences, best first: the plain way to a caption, to compare with. Null: those that the
    // bundle holds; where it holds none, there are none.
    Result<std::vector<Caption>> retrieved(std::span<const float> point, std::size_t count,
                                           std::shared_ptr<const Sentences> sentences = {}) const;
    // How well captions fit, best first: their words and tags are the text's own.
    Result<std::vector<Caption>> ranked(std::span<const float> point, std::span<const std::string> texts,
                                        const Options &options) const;

    // Where a photo's captions are looked for: length 1.
    std::vector<float> content(std::span<const float> point, ContentMap map) const;

private:
    struct Item;
    Result<std::vector<Tags>> structuresFor(std::span<const float> point, const Options &options) const;
    Result<std::vector<Item>> items(std::span<const float> point, const Options &options) const;
    Result<> fill(std::vector<Item> &items, std::span<const float> content, const Options &options,
                  const std::stop_token &stop) const;
    Result<> addScores(std::vector<Caption> &captions, std::span<const float> point, const Options &options) const;
    Result<> addAlternatives(std::vector<Caption> &captions, std::span<const float> content, int count) const;

    std::string m_bundle;
    std::shared_ptr<const joint::Encoder> m_encoder;
    std::shared_ptr<const LanguageModel> m_model;
    std::optional<text::Tagger> m_tagger;
    Lexicon m_lexicon;
    std::vector<std::int32_t> m_stems; // of each word; words of one stem share it
    std::vector<bool> m_isCommon;      // words that may come twice
    StructureStore m_structures;
    std::vector<float> m_map, m_shift;            // d × d, d
    std::shared_ptr<const Sentences> m_sentences; // null: the bundle holds none
};

} // namespace photolex::caption
