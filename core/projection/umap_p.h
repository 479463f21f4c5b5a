// UMAP's layout by stochastic gradient descent.
//
// In an epoch an edge of weight w pulls its ends together w / w_max times from each side, and each pull comes with a
// few pushes from random points. An epoch is two half-steps. In each, every point moves through its own edges one after
// the other and sees itself where it is by now, but all others where they were when the half-step began. So each point
// is the work of one thread alone, and the picture does not depend on how many there are; random numbers come from
// seed, half-step and point.
//
// Forces depend only on the squared distance, so they are read from a table with 32 steps an octave (1 % off at most)
// instead of computing a power each time. Which edges act is told by fixed-point phases that wrap around: two bytes an
// edge are read in a half-step, and nothing is written.
#pragma once

#include "core/projection/fuzzy_graph_p.h"
#include "core/projection/projection.h"

#include <array>

namespace photolex::projection {

class UmapSteps {
public:
    // The last graph.size() of the `start` points move, one for each row of the graph; targets count from the first.
    UmapSteps(const Graph &graph, std::vector<Position> start, const Options &options, int epochs);

    void step(int epoch); // 0, 1, ...
    const std::vector<Position> &positions() const { return m_positions; }

private:
    static constexpr int octaves = 48, steps = 32;
    static constexpr int lowestExponent = -24;
    using Table = std::array<float, octaves * steps + 1>;

    void halfStep(std::uint32_t number, float alpha);
    Position moved(std::size_t row, std::uint32_t number, float alpha, std::uint32_t pushes) const;
    void fillTables(float minimumDistance);

    std::vector<std::uint32_t> m_first, m_target;
    std::vector<std::uint16_t> m_rate, m_phase; // 65,536ths of a half-step
    std::vector<Position> m_positions, m_next;
    std::size_t m_fixed = 0; // points before the first that moves
    Options m_options;
    int m_epochs;
    int m_threads;
    Table m_pull, m_push;
};

} // namespace photolex::projection
