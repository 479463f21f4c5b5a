// What part of the map is seen: from map units to pixels of the view and back, so that the two never mix. Map units:
// the picture spans [−1, 1] on its longer side; y grows downwards in both.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace photolex::ui {

class Viewport {
public:
    double scale() const { return m_scale; } // device-independent pixels of one map unit
    QPointF centre() const { return m_centre; }
    QSizeF size() const { return m_size; }
    QPointF toView(QPointF map) const;
    QPointF toMap(QPointF view) const;
    QRectF visible() const; // map units

    void resize(QSizeF size);                 // what lies in the middle stays there
    void pan(QPointF pixels);                 // what lies under the pointer moves with it
    void zoom(double factor, QPointF around); // `around`: pixels; what lies there stays
    // As large as it can be shown whole, with a margin; what is smaller than a point gets some surroundings.
    void fit(const QRectF &map);
    void centreOn(QPointF map) { m_centre = limited(map); }
    double wholeScale() const; // at which all of the map fits

    bool operator==(const Viewport &) const = default;

    static constexpr double margin = 36;     // pixels around what is fitted
    static constexpr double farthest = 0.5;  // of wholeScale()
    static constexpr double nearest = 4'000; // of wholeScale(): float32 positions still tell points apart there

private:
    static QPointF limited(QPointF centre);
    QPointF m_centre{0, 0};
    QSizeF m_size{1, 1};
    double m_scale = 1;
};

} // namespace photolex::ui
