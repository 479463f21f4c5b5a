// Products of points.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace photolex::caption {

inline float dot(std::span<const float> a, std::span<const float> b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

// To length 1.
inline std::vector<float> scaled(std::vector<float> values)
{
    const auto length = std::sqrt(dot(values, values));
    for (auto &value : values)
        value /= std::max(length, 1e-12F);
    return values;
}

} // namespace photolex::caption
