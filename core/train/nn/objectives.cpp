#include "core/train/nn/objectives.h"

#include <limits>
#include <torch/types.h>

namespace photolex::train::nn {

at::Tensor sumOfHinges(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    const auto right = scores.diagonal();
    const auto forPhotos = (scores - right.unsqueeze(1) + margin).clamp_min(0);
    const auto forSentences = (scores - right.unsqueeze(0) + margin).clamp_min(0);
    return (forPhotos + forSentences).masked_fill(same, 0).sum();
}

at::Tensor contrastive(const at::Tensor &scores, const at::Tensor &same, double temperature)
{
    const auto others = same.logical_and(torch::eye(scores.size(0), torch::kBool).logical_not());
    const auto logits = (scores / temperature).masked_fill(others, -std::numeric_limits<float>::infinity());
    const auto forPhotos = logits.log_softmax(1).diagonal();
    const auto forSentences = logits.log_softmax(0).diagonal();
    return -0.5 * (forPhotos.sum() + forSentences.sum());
}

} // namespace photolex::train::nn
