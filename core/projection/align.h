// Two pictures of the same photos laid over each other, so that what moved from one to the other can be seen.
//
// Neither method fixes where a picture lies, how large it is, which way it is turned, or which side is seen: what is
// left after the best similarity is taken out is what the pictures say differently.
#pragma once

#include "core/projection/points.h"

#include <span>
#include <vector>

namespace photolex::projection {

// x ↦ scale · R x + shift, R a rotation or a reflection.
struct Similarity {
    double scale = 1;
    double xx = 1, xy = 0, yx = 0, yy = 1; // R, row by row
    double shiftX = 0, shiftY = 0;

    Position apply(Position position) const;
    std::vector<Position> apply(std::span<const Position> positions) const;
};

// The similarity that lays `moving` over `fixed`, the same photos in the same order: Σ |fixed − (scale · R moving +
// shift)|² is as small as it can be (orthogonal Procrustes with scale; Schönemann and Carroll 1970). Where `moving` is
// all in one place, only the shift. Invalid: lists of different lengths, or a position that is not finite.
Result<Similarity> alignment(std::span<const Position> fixed, std::span<const Position> moving);

// One distance for each photo, in the units of the pictures. Both lists have the same length.
std::vector<float> distances(std::span<const Position> first, std::span<const Position> second);

} // namespace photolex::projection
