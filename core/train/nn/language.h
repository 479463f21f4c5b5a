// Trains a language model of captions.
//
// A step takes whole sentences; the softmax is over the words of the batch and `samples` more, drawn by how frequent
// they are, each score lowered by the logarithm of the word's chance of being among them, so that the mean gradient is
// nearly that of the softmax over all words (8,000 of them would cost five times the rest of a step).
#pragma once

#include "core/train/captions.h"

namespace photolex::train::nn {

Result<std::vector<TensorData>> trainLanguageModel(const LanguageRecipe &recipe, const LanguageData &data,
                                                   std::uint64_t seed, const ProgressSink &progress,
                                                   const std::stop_token &stop);

} // namespace photolex::train::nn
