// What the loop and fine-tuning do alike: rates, the losses that go along with the pairs, points of many sentences,
// and checkpoints.
#pragma once

#include "core/train/nn/batches.h"
#include "core/train/nn/space.h"

#include <torch/serialize/archive.h>

namespace photolex::train::nn {

// `rate` with warm-up, then a cosine to zero at step `total`.
double scheduled(double rate, int warmUpSteps, std::int64_t step, std::int64_t total);

// `pairs` and, where recipe and data have them, the weighted losses of class names and of sentences of one photo.
at::Tensor withOtherLosses(at::Tensor pairs, Space &space, Batches &batches, const EncoderRecipe &recipe,
                           const Prepared &prepared);

// n × d, computed in parts. Call it without gradients.
std::vector<float> pointsOfMany(Space &space, const std::vector<Ids> &sentences);

template <class Part>
void addPart(torch::serialize::OutputArchive &archive, const char *name, const Part &part)
{
    torch::serialize::OutputArchive inner;
    part.save(inner);
    archive.write(name, inner);
}

template <class Part>
void readPart(torch::serialize::InputArchive &archive, const char *name, Part &part)
{
    torch::serialize::InputArchive inner;
    archive.read(name, inner);
    part.load(inner);
}

// `parts` adds what is trained; the next epoch is written beside it. Written beside the file, then renamed: a run that
// is killed while it writes still has the epoch before.
Result<> writeCheckpoint(const std::filesystem::path &file, int nextEpoch,
                         const std::function<void(torch::serialize::OutputArchive &)> &parts);

// The epoch to go on with, once `parts` has read what writeCheckpoint's added; 0 where nothing is resumed.
int readCheckpoint(const LoopOptions &options, const std::function<void(torch::serialize::InputArchive &)> &parts);

} // namespace photolex::train::nn
