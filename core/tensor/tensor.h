// Between plain memory and LibTorch: the one room whose headers may name it. Only nn/ folders include it.
#pragma once

#include "core/base/result.h"
#include "core/base/tensor_file.h"

#include <ATen/core/Tensor.h>
#include <c10/core/InferenceMode.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::tensor {

// A float32 copy with the view's shape; Float16 is widened.
at::Tensor fromView(const TensorView &view);
// Of a matrix of bytes with a tensor NAME.scale beside it: the numbers (byte − 128) · scale of the row. Corrupt, naming
// file and tensor, when it is missing or has another shape (−1 in `shape` fits anything).
Result<at::Tensor> named(const TensorFile &file, const std::string &fileName, std::string_view name,
                         std::vector<std::int64_t> shape);

at::Tensor fromFloats(std::span<const float> values, std::vector<std::int64_t> shape); // a copy
std::vector<float> toFloats(const at::Tensor &tensor);                                 // row-major copy

// This thread's share of the pools: our own workers count one thread each, and so must what they call.
void useOneThread();

// What a library exception of LibTorch says, without its stack.
std::string firstLine(const std::exception &error);

} // namespace photolex::tensor
