// How near captions come to what people wrote, and what they are like among themselves.
//
// A candidate and its references are words in order, already split and folded; what counts as a word is the caller's
// choice, and both sides must share it. With c a candidate and R its references, over a whole set:
//
//   BLEU-n     (Π_{k≤n} p_k)^{1/n} · min(1, e^{1 − r/c}) of the whole set: p_k = k-grams of the candidates that a
//              reference has too, each at most as often as in the reference that has it most; r sums the reference
//              length nearest to each candidate's (the shorter of two as near)
//   ROUGE-L    (1 + β²) P R / (R + β² P), β = 1.2: P and R are the largest over references of lcs/|c| and lcs/|r|; mean
//   CIDEr      10 · mean over n = 1..4 and references of cos(g_n(c), g_n(r)); g_n holds, for each n-gram, its count
//              times log(images / images with it in a reference); mean over candidates
//   CIDEr-D    the same with min(g_n(c), g_n(r)) in place of g_n(c) in the product, and each reference's share times
//              e^{−(l_c − l_r)²/(2·6²)}, so that a repeated word or another length earns nothing; lengths are counted
//              in pairs of words, as the reference program does
//   METEOR-like  F = P R / (0.9 P + 0.1 R) times 1 − 0.5 (chunks/matches)³, the largest over references; words match as
//              they stand, then by their Snowball stems, each once, left to right; mean
#pragma once

#include "core/base/result.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace photolex::eval {

using Words = std::vector<std::string>;

struct CaptionItem {
    Words candidate;
    std::vector<Words> references; // at least one
};

struct CaptionFigures {
    std::array<double, 4> bleu = {}; // BLEU-1 … BLEU-4, in [0, 1]
    double rougeL = 0, meteor = 0;   // in [0, 1]
    double cider = 0, ciderD = 0;    // in [0, 10]
};
// Invalid: no items, or one without a reference.
Result<CaptionFigures> captionFigures(std::span<const CaptionItem> items);

// Shares in [0, 1]; 0 for no captions.
double distinctShare(std::span<const Words> captions);                            // different captions among all
double novelShare(std::span<const Words> captions, std::span<const Words> known); // not one of `known`
// Captions in which a pair of words, or one that is not in `allowed`, stands twice.
double repeatedShare(std::span<const Words> captions, std::span<const std::string> allowed);

struct Adherence {
    double words = 0;    // share of places with the tag that was asked for; a caption of another length has none
    double captions = 0; // share of captions right in every place
};
// Invalid: another number of captions on one side.
Result<Adherence> adherence(std::span<const Words> wantedTags, std::span<const Words> tags);

} // namespace photolex::eval
