// Insides of MapView, shared by its source files: painting, and pointer and keys.
#pragma once

#include "ui/map/dot_raster.h"
#include "ui/map/map_view.h"

#include <QHash>
#include <QPixmap>
#include <QPolygonF>
#include <QTimer>

namespace photolex::ui {

struct MapView::Impl {
    MapScene *scene;
    const ThumbnailLoader *pictures;
    Viewport viewport;
    bool showsAll = true;
    DotRaster dots;
    std::uint64_t revision = 1;

    std::vector<double> labelScales;
    std::vector<QSizeF> labelSizes;                 // pixels, without room around
    mutable QHash<std::uint32_t, QPixmap> rendered; // of labels

    enum class Gesture { None, Move, Lasso, Drag, Wait } gesture = Gesture::None;
    QPointF pressed, last;
    QPolygonF lasso; // pixels
    bool lassoOn = false;
    bool byKeyboard = false; // the focus came by keys: it is shown
    QTimer hover, ask;
    QPointF hoverAt;
    PhotoId hovered;
    QString dragWord; // what a drag would carry
    std::vector<PhotoId> dragPhotos;
    int wheelRest = 0;
};

} // namespace photolex::ui
