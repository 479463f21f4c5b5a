// Trains the part-of-speech tagger (core/text/tagger.h).
//
// An averaged perceptron: a word whose best tag is not the right one moves the weights of its features, +1 for the
// right tag and −1 for the one said; what stands at the end is the mean over all steps. Both passes of the tagger are
// trained at once, each on the tags that it says itself, so that it learns to go on after its own mistakes.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/dataset/tagged.h"
#include "core/text/tagger.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::train {

struct TaggerSet {
    std::vector<dataset::TaggedSentence> sentences;
    double share = 1;         // of its sentences that each epoch takes, drawn anew; 0: for the lexicon only
    double lexiconWeight = 1; // of its counts of which words take which tags
    double unmarked = 0;      // share of its sentences read as a caption is typed: small letters, no punctuation
};

struct TaggerOptions {
    int epochs = 8;
    int runs = 1;               // perceptrons in other orders of the sentences, whose weights are averaged
    int minimumUses = 3;        // a feature seen less often is left out
    double smallest = 0.1;      // weights below this share of the mean absolute weight are left out
    double rareTagShare = 0.02; // a tag belongs to a word's class from this share of its uses on
    std::uint64_t seed = 1;
    ProgressSink progress;
};

// Invalid: no sentence, or more tags than a tagger holds. Cancelled: nothing is kept.
Result<text::Tagger> trainTagger(const std::vector<TaggerSet> &sets, const TaggerOptions &options,
                                 const std::stop_token &stop);

// Captions with the tags that a tagger gives them, put right where grammar leaves no doubt: a tagger that has read news
// takes the verb of "a dog jumps" for a plural, but behind "a" and a singular noun none can stand. Trained again with
// them, it reads captions as captions. Only those that were put right, and one in four of the others.
std::vector<dataset::TaggedSentence> tagCaptions(const text::Tagger &tagger, std::span<const std::string> captions);

// {"tagger": {"epochs", "runs", "minimum_uses", "smallest", "rare_tag_share", "seed", "sets": {NAME: {"share",
// "lexicon_weight", "unmarked"}}, "captions": {as a set}, "caption_count"}}; NAME is that of a tagged file, without its
// extension.
struct TaggerRecipe {
    TaggerOptions options;
    std::map<std::string, TaggerSet> sets; // their sentences are still to be read
    TaggerSet captions = {.share = 0};     // how tagCaptions' sentences are taken; share 0: not at all
    int captionCount = 12000;              // of the captions given, drawn
};
bool isTaggerRecipe(const std::filesystem::path &file);
Result<TaggerRecipe> readTaggerRecipe(const std::filesystem::path &file); // Invalid names a wrong key or value

struct TaggerFigures {
    std::int64_t words = 0, right = 0;
    std::int64_t unknownWords = 0, unknownRight = 0; // not in the lexicon
    std::int64_t sentences = 0, wholeRight = 0;
};
TaggerFigures measureTagger(const text::Tagger &tagger, const std::vector<dataset::TaggedSentence> &sentences);

} // namespace photolex::train
