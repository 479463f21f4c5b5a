// The kernels of the scan, one by one, for the tests.
#pragma once

#include <cstddef>
#include <cstdint>

namespace photolex::embedding {

// scores[i] = sum over d of halves[i × dimension + d] × point[d], in float32.
using ScanKernel = void (*)(const std::uint16_t *halves, std::size_t rows, std::size_t dimension, const float *point,
                            float *scores);

void scanPortable(const std::uint16_t *halves, std::size_t rows, std::size_t dimension, const float *point,
                  float *scores);
ScanKernel vectorKernel(); // null: this processor has no AVX2, FMA and F16C

} // namespace photolex::embedding
