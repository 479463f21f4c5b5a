// What an encoder's words know, without photos (analogies), and which names it finds in photos without having learned
// from any of them (zero-shot classes).
#pragma once

#include "core/eval/retrieval.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace photolex::eval {

// "a is to b as c is to d" (Mikolov et al. 2013).
struct Analogy {
    std::int32_t section = 0;
    std::array<std::int32_t, 4> words = {}; // rows of the word points; −1: not known
};
struct AnalogyFigures {
    std::int64_t asked = 0;
    std::int64_t covered = 0; // all four words are known, and they differ
    std::int64_t right = 0;   // of those: the nearest word to v_b − v_a + v_c, these three left out, is d
};
// One entry a section. `words`: one row a word, length 1; the mean of all rows is taken from each, and they are scaled
// to length 1 again: the points of words said alone share the sentence's marks. Invalid: sizes that do not fit, NaN, a
// word or section that is not there.
Result<std::vector<AnalogyFigures>> analogies(Points words, std::span<const Analogy> questions, std::size_t sections);

struct ClassFigures {
    std::int64_t images = 0;   // with at least one label
    std::int64_t classes = 0;  // with at least one image
    double hit1 = 0, hit5 = 0; // percent of those images: the best class, one of the best five, is among its labels
    // Percent, mean over those classes of average precision: over the images of a class, in order of score among all
    // images given, the mean share of right ones down to there. Ties are against us.
    double meanAveragePrecision = 0;
    Interval hit1Interval; // bootstrap over images
};
// `labels[i]`: the classes (rows of `classes`) that image i shows, rising; none is allowed. Invalid: sizes that do not
// fit, NaN, a class that is not there, no label at all.
Result<ClassFigures> classify(Points images, Points classes, std::span<const std::vector<std::int32_t>> labels,
                              const BootstrapOptions &options = {});

} // namespace photolex::eval
