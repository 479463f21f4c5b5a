// The training losses on plain numbers: moc reads the tests, and must not have to read LibTorch's headers.
#pragma once

#include "core/train/train.h"

#include <cstdint>
#include <vector>

namespace photolex::test {

struct LossAndGradient {
    double loss = 0;
    std::vector<double> gradient; // n × n, by the scores
};

// scores: n × n. `constant`: the margin, or the temperature.
LossAndGradient lossOfScores(train::Objective objective, const std::vector<double> &scores,
                             const std::vector<std::int64_t> &owners, double constant);

} // namespace photolex::test
