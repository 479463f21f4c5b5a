// What a picture is made of: many points, one a row. Views only: whoever calls keeps the values for the time of the
// call, or of the state that was made from them.
#pragma once

#include "core/base/result.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace photolex::projection {

struct Points {
    std::span<const float> values; // n × dimension, row-major
    std::size_t dimension = 0;

    std::size_t size() const { return dimension ? values.size() / dimension : 0; }
    std::span<const float> row(std::size_t index) const { return values.subspan(index * dimension, dimension); }
};

struct Position {
    float x = 0, y = 0;
    bool operator==(const Position &) const = default;
};

// The smallest box that holds them all; of none, a point at (0, 0).
struct Box {
    Position low, high;
    float side() const { return std::max(high.x - low.x, high.y - low.y); } // the longer one
};
Box boundsOf(std::span<const Position> positions);

// Invalid: the values do not fill whole rows, or one of them is not finite (the row is named).
Result<> check(Points points);

// The positions moved and scaled as one, so that they lie in [−1, 1] on their longer side around the middle of their
// bounding box. All in one place: all at (0, 0).
std::vector<Position> normalised(std::span<const Position> positions);

// How far apart neighbours usually are: the root of the area that the positions take up, shared among them. All in one
// place, or none: 0.
double typicalDistance(std::span<const Position> positions);

// Points of one spot hide one another. From `first` on, each that falls on a spot that is taken moves to the nearest
// free one around it, along the spiral of a sunflower's seeds, a quarter of the typical distance apart; all others,
// and those before `first`, stay where they are. In order of index, so the same picture comes out every time.
std::vector<Position> withoutCovering(std::span<const Position> positions, std::size_t first = 0);

// The way back from a picture to its space: the points drawn nearest to a spot, nearest first, and the share that each
// has in it, by the inverse square of its distance (Shepard 1968). Where points are drawn at the very spot, they alone
// have a share. `count`: at most so many; none in an empty picture.
struct Share {
    std::size_t index = 0;
    float share = 0; // all together: 1
};
std::vector<Share> sharesAt(std::span<const Position> positions, Position spot, std::size_t count = 8);

// The mean of the points, one share for each, scaled to length 1. Invalid: another number of shares, no point, or
// points that cancel out.
Result<std::vector<float>> meanDirection(Points points, std::span<const float> shares);

} // namespace photolex::projection
