// Matrices as NumPy writes them, for tests of ready-made rows.
#pragma once

#include "core/base/npy.h"
#include "tests/support/unit.h"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace photolex::test {

inline std::string npyBytes(std::size_t rows, std::size_t columns, const std::vector<float> &values)
{
    return npyHead(rows, columns) +
           std::string(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(float));
}

inline std::vector<float> randomValues(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(count);
    for (auto &value : values)
        value = normal(random);
    return values;
}

// A row of a matrix, scaled to length 1.
inline std::vector<double> unitRow(const std::vector<float> &values, std::size_t row, std::size_t columns)
{
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(row * columns);
    return unit({from, from + static_cast<std::ptrdiff_t>(columns)});
}

} // namespace photolex::test
