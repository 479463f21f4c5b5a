// What the part-of-speech tagger sees of a word and its neighbours, and the table of weights behind it. For whoever
// trains one (core/train/tagger.h); to tag sentences take core/text/tagger.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace photolex::text {

// A feature is known by 32 bits of its hash; two that collide share their weights, which costs nothing measurable.
using Feature = std::uint32_t;

// Which tags a word takes, as a number: words with the same set of likely tags are of one class. 0: unknown.
using AmbiguityClass = std::uint8_t;

// A sentence made ready: what of its features does not depend on tags.
struct TaggerSentence {
    std::vector<std::string> words; // as written
    std::vector<std::string> lower; // case folded, digits as 0
    std::vector<AmbiguityClass> classes;
};

// Case folded (ASCII), every digit a 0: the form that the lexicon and most features go by.
std::string taggerForm(std::string_view word);

// The features of word `at` that its neighbours' tags play no part in are appended to `features`.
void addWordFeatures(const TaggerSentence &sentence, std::size_t at, std::vector<Feature> &features);
// Those with the two tags before it (numbers from 0; `noTag` before the first word).
inline constexpr int noTag = 255;
void addTagFeatures(const TaggerSentence &sentence, std::size_t at, int before, int beforeThat,
                    std::vector<Feature> &features);
// Those of the second pass, with the first pass's tags of the two words behind it.
void addNextTagFeatures(const TaggerSentence &sentence, std::size_t at, int before, int next, int nextButOne,
                        std::vector<Feature> &features);

struct TagWeight {
    std::uint8_t tag;
    float weight;
};

struct TaggerWeights {
    std::vector<std::string> tags; // at most 250
    // score(tag) = Σ over features of the weight of (feature, tag)
    std::unordered_map<Feature, std::vector<TagWeight>> weights;
    std::unordered_map<std::string, AmbiguityClass> lexicon; // by taggerForm
};

} // namespace photolex::text
