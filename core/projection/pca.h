// Principal component analysis: the directions in which points differ most.
#pragma once

#include "core/projection/points.h"

#include <stop_token>

namespace photolex::projection {

struct Axes {
    std::size_t dimension = 0;
    std::vector<float> mean;      // dimension
    std::vector<float> axes;      // count × dimension, orthonormal, widest first; largest component positive
    std::vector<double> variance; // count; along each axis
    double totalVariance = 0;     // along all axes there are
    std::size_t count() const { return variance.size(); }
};

struct PcaOptions {
    std::size_t count = 2; // axes wanted; fewer when the points have fewer dimensions
    // Above this many points the covariance comes from an even sample of as many: the axes differ from the exact ones
    // by about 1/√sample, which no eye sees.
    std::size_t sample = 20'000;
    int threads = 0; // the result does not depend on it
};

// Invalid: see check(). No points at all: no axes.
Result<Axes> principalAxes(Points points, const PcaOptions &options, const std::stop_token &stop);

// n × axes.count(): each point less the mean, along each axis.
std::vector<float> turned(Points points, const Axes &axes, int threads = 0);

} // namespace photolex::projection
