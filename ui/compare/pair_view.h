// One of two maps of the same photos: a dot for each, the stronger in colour the farther it moved from the other map.
// What is selected is marked in both; in the second map a line leads there from where the first one has it.
//
// Pointer: a click selects the nearest photo, a drag draws a box around photos (with Shift they are added), the wheel
// zooms, the right button moves the map. Keys: arrows go from photo to photo, + − zoom, 0 shows all, Enter opens,
// Escape selects nothing. It only paints and asks: the panel keeps both maps in step.
#pragma once

#include "core/projection/points.h"
#include "ui/widgets/viewport.h"

#include <QPixmap>
#include <QWidget>
#include <cstdint>
#include <vector>

namespace photolex::ui {

class PairView : public QWidget {
    Q_OBJECT
public:
    explicit PairView(QWidget *parent = nullptr);

    // `from`: where the other map has them, empty for the first of the two. `moved`: shares of the map's side.
    void setPositions(std::vector<projection::Position> positions, std::vector<projection::Position> from,
                      std::vector<float> moved);
    void setSelected(std::vector<std::uint32_t> selected, std::int64_t current); // current −1: none
    const std::vector<std::uint32_t> &selected() const { return m_selected; }
    std::int64_t current() const { return m_current; }
    void setHovered(std::int64_t index);
    void setViewport(const Viewport &viewport); // its centre and scale
    const Viewport &viewport() const { return m_viewport; }
    void showAll();
    QPointF placeOf(std::size_t index) const;    // pixels
    std::int64_t nearestTo(QPointF place) const; // within reach; −1: none

    static constexpr double reach = 14; // pixels

Q_SIGNALS:
    void chosen(const std::vector<std::uint32_t> &indices, qint64 current, bool add);
    void activated(qint64 index);
    void hovered(qint64 index); // −1: none
    void viewportMoved();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    QSize minimumSizeHint() const override;

private:
    void redraw(); // the dots, at the next paint
    void drawDots();
    void goTo(QPointF direction);
    void changeView(const Viewport &viewport);

    std::vector<projection::Position> m_positions, m_from;
    std::vector<float> m_moved;
    std::vector<std::uint32_t> m_selected;
    std::int64_t m_current = -1, m_hovered = -1;
    Viewport m_viewport;
    QPixmap m_dots;
    QPointF m_pressed;
    QRectF m_box; // while it is drawn
    bool m_isPanning = false, m_isPressed = false;
    bool m_isWhole = true; // shows all, and goes on doing so when the size changes
};

} // namespace photolex::ui
