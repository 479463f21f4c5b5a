// What the image map takes beside the feature itself, the same in training and in use.
#pragma once

#include <ATen/core/Tensor.h>

namespace photolex::joint::nn {

// rows: n × d of length 1. Each number to the power p, its sign kept, rows again of length 1: strong parts of a feature
// no longer drown the weak ones. Its gradient is 0 where a number is next to nothing.
at::Tensor toPower(const at::Tensor &rows, double power);

} // namespace photolex::joint::nn
