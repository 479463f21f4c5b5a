// Goes on training a joint space, now with the last blocks of the image network and its head.
//
// A step takes `batch` different photos, each as it is or as its mirror image, through the tail, and `sentences`
// sentences of each; the loss is the recipe's objective over photos × first sentences, photos × second sentences, and
// so on, averaged: the tail is what costs, and is asked once. Class names and sentences of one photo go on as in the
// loop before, the classifier's rows standing for photos as they did, which also keeps the tail near where it was.
// Words, image map and tail each have their own learning rate, with warm-up and a cosine to zero. Checkpoints and
// random numbers are as in nn/loop.h.
#pragma once

#include "core/train/fine_tune_p.h"

namespace photolex::train::nn {

Result<FineTuned> fineTune(const EncoderRecipe &recipe, const Prepared &prepared, const FineTuneInput &input,
                           const LoopOptions &options, const std::stop_token &stop);

} // namespace photolex::train::nn
