#include "tests/core/train/feature_of_tail.h"

#include "core/base/bytes.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/tail.h"

#include <torch/types.h>

namespace photolex::test {

Result<std::vector<float>> featureOfTail(const std::filesystem::path &network, std::span<const float> front)
{
    const auto weights = TensorFile::open(network);
    if (!weights)
        return fail(weights.error());
    const auto tail = train::nn::Tail::open(*weights, displayText(network), 16);
    if (!tail)
        return fail(tail.error());
    const torch::NoGradGuard guard;
    return tensor::toFloats((*tail)->features(tensor::fromFloats(front, {1, 208, 9, 9})));
}

} // namespace photolex::test
