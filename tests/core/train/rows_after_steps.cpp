#include "tests/core/train/rows_after_steps.h"

#include "core/train/nn/row_adam.h"

#include <sstream>
#include <torch/types.h>

namespace photolex::test {

std::vector<float> rowsAfterSteps(std::vector<float> table, std::int64_t width, const std::vector<RowStep> &steps,
                                  bool interrupted)
{
    auto tensor = torch::tensor(table).view({-1, width});
    auto optimiser = std::make_unique<train::nn::RowAdam>(tensor);
    for (const auto &step : steps) {
        if (interrupted) {
            torch::serialize::OutputArchive out;
            optimiser->save(out);
            std::stringstream stream;
            out.save_to(stream);
            torch::serialize::InputArchive in;
            in.load_from(stream);
            optimiser = std::make_unique<train::nn::RowAdam>(tensor);
            optimiser->load(in);
        }
        optimiser->step(torch::tensor(step.rows, torch::kLong), torch::tensor(step.gradient).view({-1, width}),
                        step.learningRate);
    }
    const auto *values = tensor.data_ptr<float>();
    return {values, values + tensor.numel()};
}

} // namespace photolex::test
