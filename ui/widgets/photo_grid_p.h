// Insides of PhotoGrid, shared by its two source files: the view, and drag and drop.
#pragma once

#include "ui/common/thumbnail_loader.h"
#include "ui/widgets/grid_layout.h"
#include "ui/widgets/photo_grid.h"

#include <QTimer>

namespace photolex::ui {

struct PhotoGrid::Impl {
    ThumbnailLoader *loader = nullptr;
    GridLayout layout;
    int tileSide = 160;
    bool namesShown = false, scoresShown = false;
    int anchor = -1;  // where a range with Shift begins
    int hovered = -1; // row under the pointer
    QRect band;       // rubber band in content coordinates; null: none
    QPoint pressed;   // content coordinates
    bool pressedOnNothing = false;
    bool dropOver = false;
    bool marking = false; // what is selected is told from outside: nobody needs to hear of it
    double ratio = 1;
    QTimer ask;     // gathers what one round of events wants to see
    QTimer resized; // new pictures are made when the tile size has settled
    int wheelRest = 0;
};

void installGridAccessibility(); // once for all grids

} // namespace photolex::ui
