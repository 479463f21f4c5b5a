// One training loop for every encoder and objective.
//
// A step takes `batch` pairs of photo and sentence; where the recipe says so, also `class_batch` class names with the
// classifier's row of the class standing for its photo, and `paraphrase_batch` pairs of sentences of one photo. Adam
// with warm-up, then a cosine to zero; the gradient's norm is cut. After each epoch a checkpoint is written
// (parameters, optimiser, epoch); each epoch draws its random numbers from (seed, epoch) alone, so a resumed run
// repeats an unbroken one.
#pragma once

#include "core/train/prepared_p.h"

namespace photolex::train::nn {

Result<std::vector<TensorData>> trainEncoder(const EncoderRecipe &recipe, const Prepared &prepared,
                                             const LoopOptions &options, const std::stop_token &stop);

} // namespace photolex::train::nn
