// Thousands of dots into a picture, by stamping one small mask: a painter's ellipse for each costs fifty times as much.
// When the map is only moved by whole pixels, what was drawn is moved along and the bare strips are filled in.
#pragma once

#include "ui/map/map_scene.h"
#include "ui/widgets/viewport.h"

#include <QImage>
#include <QRect>
#include <cstdint>
#include <vector>

namespace photolex::ui {

class DotRaster {
public:
    struct Style {
        double ratio = 1; // physical pixels of a pixel of the viewport
        QRgb background = 0, accent = 0;
        bool dark = false;
        bool operator==(const Style &) const = default;
    };
    // Opaque, of the viewport's size times ratio. `revision` tells one state of the scene from another. Photos that
    // have a tile at this scale are left out. With something selected, the rest is faint.
    const QImage &draw(const MapScene &scene, const Viewport &viewport, const Style &style, std::uint64_t revision);
    std::int64_t stamped() const { return m_stamped; } // dots of the last call

    // Device-independent pixels: small where dots lie close, never so small that one is not seen.
    static double radius(const MapScene &scene, double scale);

private:
    void fill(const MapScene &scene, const Viewport &viewport, const QRect &where);
    void stamp(int x, int y, QRgb colour, int share, const QRect &clip);
    void makeMask(double radius);

    QImage m_image;
    Viewport m_viewport;
    Style m_style;
    std::uint64_t m_revision = 0;
    std::vector<std::uint8_t> m_mask; // coverage, side × side
    int m_maskSide = 0;
    double m_maskRadius = -1;
    std::int64_t m_stamped = 0;
};

} // namespace photolex::ui
