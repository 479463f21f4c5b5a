// How crowded it is around a point: what makes some points the neighbours of everything.
//
// In a space of many dimensions some photos lie among the nearest of most queries, and some sentences among the nearest
// of most photos, whatever is meant ("hubs"). With a bank B of points that queries are like, the crowding of a point is
//
//     c(p) = 1/β · log( 1/|B| · Σ_{w ∈ B} exp(β p · w) )
//
// and a score is lowered by it: s'(x, v) = s(x, v) − λ (c(x) + c(v)). That ranks photos for a sentence and sentences
// for a photo alike, since what belongs to the query is the same for all. (Inverted softmax, Smith et al. 2017, arXiv
// 1702.03859; with a bank of queries, Bogolin et al. 2022, arXiv 2112.12777.)
//
// Measured on Flickr8k dev (`linear`, seed 1; R@1 photo to sentence / sentence to photo, 33.1 / 26.7 without):
// typical sentences of the bundle 37.5 / 29.3, all sentences of Flickr8k train 37.2 / 29.5, those of the COCO photos
// 33.7 / 27.2, words 30.1 / 23.9. Mean average precision of 200 queries of one word, without: 14.0 %, with words 15.9,
// with typical sentences 13.6; of two words 16.2, 17.1, 16.4; of three 22.9, 21.9, 23.1. So what the bank holds must be
// like what is asked.
#pragma once

#include "core/base/result.h"
#include "core/model/bundle.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::joint {

class Encoder;

struct Crowding {
    float sharpness = 0; // β
    float share = 0;     // λ
};
inline constexpr Crowding crowdingOfWords{.sharpness = 20, .share = 0.75F};
inline constexpr Crowding crowdingOfSentences{.sharpness = 15, .share = 0.5F};

// c of the point whose products with the bank's points are given; 0 where there are none.
float crowding(std::span<const float> products, float sharpness);
// The same for n × dimension points and a bank of m × dimension.
std::vector<float> crowding(std::span<const float> points, std::span<const float> bank, int dimension, float sharpness);

// Sentences such as are asked for, one a line, that come with a bundle and are no one's captions: photolex-en's were
// written by its own caption model. Empty: the bundle has none.
inline constexpr std::string_view typicalFile = "typical.txt";
Result<std::vector<std::string>> typicalSentences(const model::Bundle &bundle);
// The points of those that the encoder can read, n × dimension; at most `most` sentences, spread over all, are looked
// at.
Result<std::vector<float>> typicalPoints(const Encoder &encoder, std::size_t most);
// Puts the file into a bundle's folder and the manifest. Invalid: no sentence.
Result<> setTypicalSentences(const std::filesystem::path &folder, std::span<const std::string> sentences);

} // namespace photolex::joint
