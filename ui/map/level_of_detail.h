// What is shown at which zoom, computed once for a picture, so that painting only compares two numbers.
//
// Labels after Been, Daiches and Yap, "Dynamic Map Labeling" (2006): each label keeps its size on the screen and is
// seen from one scale on for ever, so nothing flickers while one zooms in. Tiles (thumbnails in place of dots) follow
// the same idea, but grow on the screen while one comes closer.
//
// A scale is device-independent pixels of one map unit. Infinity: never.
#pragma once

#include "core/projection/points.h"

#include <span>
#include <vector>

namespace photolex::ui {

struct LabelBox {
    projection::Position at;      // of its middle
    double width = 0, height = 0; // pixels, with the room that it wants around it
    double from = 0;              // it is not wanted farther out than at this scale
};

// Most important label first. From its scale on, a label overlaps none that is more important; so at every scale,
// labels that are seen are free of one another. Quadratic: for some hundred labels.
std::vector<double> labelScales(std::span<const LabelBox> labels);

// How large tiles are at a scale: 0 farther out than `first`, where dots lie too close for pictures; then in steps, so
// that a picture is made for few sizes and painted without scaling.
struct TileSizes {
    double first = 0;
    static constexpr double smallest = 44, largest = 176, gap = 4; // pixels
    double side(double scale) const;
};
// The scale at which the typical distance between neighbouring points is worth looking at pictures.
TileSizes tileSizes(std::span<const projection::Position> positions);

// From its scale on, the tile of a point overlaps none of an earlier point. Points at one place stay behind the first.
// Near-linear: by levels of zoom, half an octave each, with a grid of cells as large as a tile.
std::vector<float> tileScales(std::span<const projection::Position> positions, const TileSizes &sizes);

} // namespace photolex::ui
