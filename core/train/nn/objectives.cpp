#include "core/train/nn/objectives.h"

#include <limits>
#include <torch/types.h>

namespace photolex::train::nn {

namespace {

constexpr auto infinity = std::numeric_limits<float>::infinity();

// How much sentence j comes too near to photo i, for the photo's sake; 0 for pairs of one photo.
at::Tensor hingesOfPhotos(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    return (scores - scores.diagonal().unsqueeze(1) + margin).clamp_min(0).masked_fill(same, 0);
}

at::Tensor hingesOfSentences(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    return (scores - scores.diagonal().unsqueeze(0) + margin).clamp_min(0).masked_fill(same, 0);
}

} // namespace

at::Tensor sumOfHinges(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    return (hingesOfPhotos(scores, same, margin) + hingesOfSentences(scores, same, margin)).sum();
}

at::Tensor photoHinges(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    return hingesOfPhotos(scores, same, margin).sum();
}

at::Tensor hardestHinges(const at::Tensor &scores, const at::Tensor &same, double margin)
{
    return hingesOfPhotos(scores, same, margin).amax(1).sum() + hingesOfSentences(scores, same, margin).amax(0).sum();
}

at::Tensor contrastive(const at::Tensor &scores, const at::Tensor &same, double temperature)
{
    const auto others = same.logical_and(torch::eye(scores.size(0), torch::kBool).logical_not());
    const auto logits = (scores / temperature).masked_fill(others, -infinity);
    const auto forPhotos = logits.log_softmax(1).diagonal();
    const auto forSentences = logits.log_softmax(0).diagonal();
    return -0.5 * (forPhotos.sum() + forSentences.sum());
}

at::Tensor lossOf(Objective objective, const at::Tensor &scores, const at::Tensor &same, double margin,
                  double temperature)
{
    switch (objective) {
    case Objective::SumOfHinges:
        return sumOfHinges(scores, same, margin);
    case Objective::PhotoHinges:
        return photoHinges(scores, same, margin);
    case Objective::HardestHinges:
        return hardestHinges(scores, same, margin);
    case Objective::Contrastive:
        break;
    }
    return contrastive(scores, same, temperature);
}

} // namespace photolex::train::nn
