#include "core/train/nn/row_adam.h"

#include <cmath>
#include <torch/types.h>

namespace photolex::train::nn {

namespace {
constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;
} // namespace

RowAdam::RowAdam(at::Tensor table)
    : m_table(std::move(table))
    , m_mean(torch::zeros(m_table.sizes()))
    , m_square(torch::zeros(m_table.sizes()))
{
}

void RowAdam::step(const at::Tensor &rows, const at::Tensor &gradient, double learningRate)
{
    const torch::NoGradGuard guard;
    ++m_steps;
    const auto mean = m_mean.index_select(0, rows).mul_(beta1).add_(gradient, 1 - beta1);
    const auto square = m_square.index_select(0, rows).mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    m_mean.index_copy_(0, rows, mean);
    m_square.index_copy_(0, rows, square);
    const auto steps = static_cast<double>(m_steps);
    const auto width = (square / (1 - std::pow(beta2, steps))).sqrt_().add_(epsilon);
    m_table.index_add_(0, rows, mean / width, -learningRate / (1 - std::pow(beta1, steps)));
}

void RowAdam::save(torch::serialize::OutputArchive &archive) const
{
    archive.write("mean", m_mean);
    archive.write("square", m_square);
    archive.write("steps", torch::tensor(m_steps));
}

void RowAdam::load(torch::serialize::InputArchive &archive)
{
    at::Tensor steps;
    archive.read("mean", m_mean);
    archive.read("square", m_square);
    archive.read("steps", steps);
    m_steps = steps.item<std::int64_t>();
}

} // namespace photolex::train::nn
