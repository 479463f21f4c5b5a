// Vectors of length 1, reckoned in double as what the program reckons in float is compared with.
#pragma once

#include <cmath>
#include <vector>

namespace photolex::test {

inline std::vector<double> unit(std::vector<double> vector)
{
    double squares = 0;
    for (const double value : vector)
        squares += value * value;
    for (double &value : vector)
        value /= std::sqrt(squares);
    return vector;
}

} // namespace photolex::test
