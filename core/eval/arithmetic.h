// How well "photo − word + word" finds the photo with the one thing exchanged (the paper's figures 4 and 5, in
// numbers): is a photo of a red car where a photo of a blue car − blue + red points to?
//
// Everything comes from captions. Words stand in a fixed list of groups in which one word can take the place of
// another (colours, animals, clothes, ...), and every pair of a group is asked both ways, a → b. Stop words are none
// (empty strings in the input), and a word is the same in either number.
//
//   said(p)    the words that stand in at least two captions of photo p; in its only one, when it has one
//   mentions(p) the words that stand in any caption of p
//   query      a photo with a in said(p) and b not in mentions(p)
//   relevant   another photo q with b in said(q) and a not in mentions(q), that keeps the rest. For an attribute (a
//              colour, a size) the rest is the thing that has it: captions of p say "a x" with x right behind a, and
//              captions of q say "b x" with one of the same x. For anything else the rest is the other words of
//              said(p), and mentions(q) holds at least half of them. Where p says nothing else, it is no query.
//   asked      every query with at least one relevant photo
//
// A query's rank is that of its first relevant photo among all photos but p itself, ties against us; recall@k is the
// share of queries with a rank of at most k. Four points are ranked by:
//
//   exchange        x_p − v_a + v_b          the arithmetic
//   photo and word  x_p + v_b                nothing taken away
//   word only       v_b                      the photo plays no part
//   photo only      x_p                      the words play no part
//
// Captions are silent about much: a photo that shows what they do not say counts as wrong, for all four alike.
#pragma once

#include "core/eval/retrieval.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::eval {

struct WordGroup {
    std::string_view name; // "colours"
    bool isAttribute;      // the rest is the thing right behind the word
    std::vector<std::string_view> words;
};
std::span<const WordGroup> wordGroups();

// Per photo its captions, each the words in order; "" for what carries no meaning.
using CaptionWords = std::vector<std::vector<std::string>>;

struct Exchange {
    std::int32_t photo = 0;
    std::string_view from, to; // of wordGroups()
    std::int32_t group = 0;
    std::vector<std::int32_t> relevant; // never empty, rising
};
// In the order of groups, pairs, photos.
std::vector<Exchange> exchanges(std::span<const CaptionWords> photos);

struct ExchangeFigures {
    std::int64_t queries = 0;
    double relevant = 0; // photos a query, mean
    Ranking exchange, photoAndWord, wordOnly, photoOnly;
};
struct ArithmeticReport {
    ExchangeFigures all;
    std::vector<ExchangeFigures> groups; // as wordGroups()
    // Of the exchange, over photos: a photo that is drawn brings all its queries.
    RankingInterval interval;
};
// `wordPoint(word)` gives the point of a word said alone, empty when the encoder does not know it; such queries are not
// asked. Invalid: sizes that do not fit, NaN, nothing to ask.
Result<ArithmeticReport> arithmetic(Points images, std::span<const Exchange> exchanges,
                                    const std::function<std::vector<float>(std::string_view)> &wordPoint,
                                    const BootstrapOptions &options = {});

} // namespace photolex::eval
