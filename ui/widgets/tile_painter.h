// How one photo looks in a grid. Paints what it is given; looks nothing up and starts nothing.
#pragma once

#include "ui/common/photo_model.h"

#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QRect>

namespace photolex::ui {

struct Tile {
    QRect rect;                      // square and text, device-independent pixels
    int side = 160;                  // of the square
    QPixmap pixmap;                  // null: not here yet
    int pictureSide = 0;             // physical pixels of the square that `pixmap` was made for
    const PhotoInfo *info = nullptr; // null: not known yet
    const Error *failure = nullptr;  // why there is no picture
    const PhotoNote *note = nullptr; // shown when not null
    bool selected = false, current = false, hovered = false;
    bool nameShown = false;
    bool dimmed = false; // "less likely"
};

class TilePainter {
public:
    // `painter` and `palette` are borrowed; `ratio` is the device pixel ratio that the pixmaps were made for.
    TilePainter(QPainter *painter, const QPalette &palette, double ratio, const QFont &font);
    void paint(const Tile &tile);
    // Physical pixels of the square that the picture of such a tile fits into.
    static int pictureSide(int tileSide, double ratio);
    void paintHeader(const QRect &rect, const QString &title, Qt::LayoutDirection direction);

private:
    QRectF paintPicture(const Tile &tile, const QRectF &square); // where the picture lies
    void paintFailure(const Tile &tile, const QRectF &square);
    void paintBadges(const Tile &tile, const QRectF &picture);
    void paintPill(const QRectF &rect, const QString &text);

    QPainter *m_painter;
    QPalette m_palette;
    double m_ratio;
    QFont m_font, m_smallFont;
};

// `first` and `second` mixed; share 0 gives the first. For colours that follow the palette in light and dark.
QColor mixed(const QColor &first, const QColor &second, double share);

} // namespace photolex::ui
