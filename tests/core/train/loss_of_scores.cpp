#include "tests/core/train/loss_of_scores.h"

#include "core/train/nn/objectives.h"

#include <torch/types.h>

namespace photolex::test {

LossAndGradient lossOfScores(train::Objective objective, const std::vector<double> &scores,
                             const std::vector<std::int64_t> &owners, double constant)
{
    const auto n = static_cast<std::int64_t>(owners.size());
    auto matrix = torch::tensor(scores, torch::kDouble).view({n, n}).requires_grad_(true);
    const auto ids = torch::tensor(owners, torch::kLong);
    const auto same = ids.unsqueeze(0).eq(ids.unsqueeze(1));
    const auto loss = train::nn::lossOf(objective, matrix, same, constant, constant);
    loss.backward();
    const auto gradient = matrix.grad().contiguous();
    const auto *values = gradient.data_ptr<double>();
    return {loss.item<double>(), std::vector<double>(values, values + n * n)};
}

} // namespace photolex::test
