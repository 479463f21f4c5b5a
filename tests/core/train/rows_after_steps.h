// The optimiser of word vectors on plain numbers: moc reads the tests, and must not have to read LibTorch's headers.
#pragma once

#include <cstdint>
#include <vector>

namespace photolex::test {

struct RowStep {
    std::vector<std::int64_t> rows;
    std::vector<float> gradient; // rows × width
    double learningRate = 0.01;
};

// `table` (height × width) after the steps. `interrupted`: the optimiser is saved and loaded again before each step.
std::vector<float> rowsAfterSteps(std::vector<float> table, std::int64_t width, const std::vector<RowStep> &steps,
                                  bool interrupted = false);

} // namespace photolex::test
