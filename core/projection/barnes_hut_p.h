// t-SNE's pushes between all pairs in n log n: far groups of points count as one (Barnes and Hut).
//
// 1. Points are put in Morton order, so that every square of the quadtree is a range of them.
// 2. Squares are stored parent first, each with the index after its last descendant: the walk needs no stack.
// 3. A square whose side is less than θ times its distance acts from its centre of mass.
#pragma once

#include "core/projection/points.h"

#include <cstdint>

namespace photolex::projection {

class PushTree {
public:
    void build(std::span<const Position> positions);
    // Σ_j (1 + d²)^−2 (p − p_j) into `force`; the sum of the (1 + d²)^−1 is returned. The point itself counts as one.
    double push(Position point, Position &force) const;

private:
    static constexpr std::uint32_t leafSize = 4;
    static constexpr float theta = 0.5F;
    struct Square {
        Position middle; // centre of mass
        float reach;     // (side / θ)²
        float mass;
        std::uint32_t next;         // index after the last descendant
        std::uint32_t first, count; // points of a leaf; count 0: not a leaf
    };
    void add(std::uint32_t begin, std::uint32_t end, int level, float side);

    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_codes; // Morton code, index
    std::vector<Position> m_sorted;
    std::vector<Square> m_squares;
};

} // namespace photolex::projection
