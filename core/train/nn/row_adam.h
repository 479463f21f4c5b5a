// Adam for a table of which a step touches few rows: only those are read and changed.
//
// Rows that a step leaves alone keep their means, as in PyTorch's SparseAdam. Plain Adam goes on moving them by what it
// remembers, which costs the whole table's memory at every step, and drives rare words far with each of their few
// examples.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <torch/serialize/input-archive.h>
#include <torch/serialize/output-archive.h>

namespace photolex::train::nn {

class RowAdam {
public:
    explicit RowAdam(at::Tensor table); // V × w, changed in place

    // rows: n, each once; gradient: n × w
    void step(const at::Tensor &rows, const at::Tensor &gradient, double learningRate);

    void save(torch::serialize::OutputArchive &archive) const;
    void load(torch::serialize::InputArchive &archive);

private:
    at::Tensor m_table;
    at::Tensor m_mean, m_square; // of the gradients, V × w
    std::int64_t m_steps = 0;
};

} // namespace photolex::train::nn
