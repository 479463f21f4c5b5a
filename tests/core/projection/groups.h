// Points whose picture is known: groups of points around centres of a sphere, more alike within than between.
#pragma once

#include "core/projection/points.h"

#include <cmath>
#include <random>
#include <vector>

namespace photolex::test {

struct Groups {
    std::size_t dimension;
    std::vector<float> values;
    std::vector<int> group; // of each point

    // Point i belongs to group i % groups; `spread` is its distance from the centre, where centres are about 1.4 apart.
    Groups(std::size_t count, int groups, std::size_t dim, float spread = 0.5F, unsigned seed = 1)
        : dimension(dim)
    {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal;
        const float scale = 1 / std::sqrt(static_cast<float>(dim));
        std::vector<float> centres(static_cast<std::size_t>(groups) * dim);
        for (auto &value : centres)
            value = normal(random) * scale;
        for (std::size_t i = 0; i < count; ++i) {
            const auto own = i % static_cast<std::size_t>(groups);
            group.push_back(static_cast<int>(own));
            for (std::size_t k = 0; k < dim; ++k)
                values.push_back(centres[own * dim + k] + spread * normal(random) * scale);
        }
    }
    projection::Points points() const { return {values, dimension}; }
    std::size_t size() const { return group.size(); }
};

} // namespace photolex::test
