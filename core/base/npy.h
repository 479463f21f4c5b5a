// NumPy's .npy files of a matrix: how programs in Python keep rows of numbers.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace photolex {

struct NpyMatrix {
    std::size_t rows = 0, columns = 0;
    std::vector<float> values; // rows × columns
};

// A matrix of float16, float32 or float64, little-endian, row after row (C order), formats 1.0 to 3.0. What is refused
// says how to save it so that it is not: Corrupt: it is no .npy file, or ends early, or goes on after its last row;
// Unsupported: another type of numbers, Python objects (a pickle, which is code, is never opened), big-endian numbers,
// columns first, another count of dimensions; Invalid: no row or no column. Values are not looked at.
Result<NpyMatrix> readNpy(const std::filesystem::path &file);

// What stands before the values of a float32 matrix, row after row, in format 1.0.
std::string npyHead(std::size_t rows, std::size_t columns);

} // namespace photolex
