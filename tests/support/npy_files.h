// Matrices as NumPy writes them, for tests of ready-made rows.
#pragma once

#include "core/base/npy.h"

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

} // namespace photolex::test
