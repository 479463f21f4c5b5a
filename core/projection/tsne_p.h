// t-SNE's gradient descent: pulls along the neighbour graph, pushes by Barnes and Hut; momentum and gains as in the
// original, early exaggeration 12 for a third of the epochs, learning rate n / 12 (Belkina et al. 2019).
#pragma once

#include "core/projection/barnes_hut_p.h"
#include "core/projection/fuzzy_graph_p.h"
#include "core/projection/projection.h"

namespace photolex::projection {

class TsneSteps {
public:
    TsneSteps(const Neighbours &neighbours, std::vector<Position> start, const Options &options, int epochs);
    void step(int epoch);
    const std::vector<Position> &positions() const { return m_positions; }

private:
    Graph m_graph; // p_ij, which add up to 1
    std::vector<Position> m_positions, m_force, m_speed, m_gain;
    std::vector<double> m_sums; // of each piece of work, added up in order
    PushTree m_tree;
    int m_epochs, m_threads;
};

} // namespace photolex::projection
