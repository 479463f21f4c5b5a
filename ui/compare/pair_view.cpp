#include "ui/compare/pair_view.h"

#include "ui/style/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace photolex::ui {

namespace {

constexpr std::size_t shades = 6;
constexpr float farMoved = 0.35F;         // of the map's side: full colour from here on
constexpr std::size_t mostWays = 400;     // lines of selected photos; more would be a thicket
constexpr std::size_t manyPhotos = 5'000; // dots are smaller, and without soft edges, above

QRectF around(QPointF place, double radius)
{
    return {place.x() - radius, place.y() - radius, 2 * radius, 2 * radius};
}

} // namespace

PairView::PairView(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::PreventContextMenu); // the right button moves the map
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void PairView::setPositions(std::vector<projection::Position> positions, std::vector<projection::Position> from,
                            std::vector<float> moved)
{
    m_positions = std::move(positions);
    m_from = std::move(from);
    m_moved = std::move(moved);
    m_selected.clear();
    m_current = m_hovered = -1;
    redraw();
}

void PairView::setSelected(std::vector<std::uint32_t> selected, std::int64_t current)
{
    const bool wasAny = !m_selected.empty();
    m_selected = std::move(selected);
    m_current = current;
    if (wasAny != !m_selected.empty())
        redraw();
    update();
}

void PairView::setHovered(std::int64_t index)
{
    if (index == m_hovered)
        return;
    m_hovered = index;
    update();
}

void PairView::setViewport(const Viewport &viewport)
{
    Viewport own = viewport;
    own.resize(size());
    m_isWhole = false;
    if (own == m_viewport)
        return;
    m_viewport = own;
    redraw();
}

void PairView::showAll()
{
    m_viewport.resize(size());
    // The second map may reach beyond [−1, 1]: what moved far is what one wants to see.
    QRectF all(-1, -1, 2, 2);
    for (const auto &position : m_positions)
        all |= QRectF(position.x, position.y, 1e-6, 1e-6);
    m_viewport.fit(all);
    m_isWhole = true;
    redraw();
}

QPointF PairView::placeOf(std::size_t index) const
{
    return m_viewport.toView({m_positions[index].x, m_positions[index].y});
}

std::int64_t PairView::nearestTo(QPointF place) const
{
    std::int64_t nearest = -1;
    double least = reach * reach;
    for (std::size_t i = 0; i < m_positions.size(); ++i) {
        const QPointF away = placeOf(i) - place;
        const double distance = QPointF::dotProduct(away, away);
        if (distance <= least) {
            least = distance;
            nearest = static_cast<std::int64_t>(i);
        }
    }
    return nearest;
}

void PairView::redraw()
{
    m_dots = {};
    update();
}

void PairView::drawDots()
{
    const double ratio = devicePixelRatioF();
    m_dots = QPixmap((QSizeF(size()) * ratio).toSize());
    m_dots.setDevicePixelRatio(ratio);
    const QColor base = palette().color(QPalette::Base), accent = palette().color(QPalette::Highlight);
    m_dots.fill(base);
    std::array<QList<QPointF>, shades> places;
    const QRectF seen = QRectF(rect()).adjusted(-8, -8, 8, 8);
    for (std::size_t i = 0; i < m_positions.size(); ++i) {
        const QPointF place = placeOf(i);
        if (!seen.contains(place))
            continue;
        const float share = std::min(m_moved[i] / farMoved, 1.0F);
        places[static_cast<std::size_t>(std::lround(share * (shades - 1)))] << place;
    }
    QPainter painter(&m_dots);
    const bool many = m_positions.size() > manyPhotos;
    painter.setRenderHint(QPainter::Antialiasing, !many);
    const QColor still = blend(base, quietText(palette()), 0.7);
    for (std::size_t shade = 0; shade < shades; ++shade) { // the farthest last, on top
        QColor colour = blend(still, accent, static_cast<double>(shade) / (shades - 1));
        if (!m_selected.empty())
            colour = blend(base, colour, 0.45);
        painter.setPen(QPen(colour, many ? 3 : 6, Qt::SolidLine, Qt::RoundCap));
        painter.drawPoints(places[shade].constData(), static_cast<int>(places[shade].size()));
    }
}

void PairView::paintEvent(QPaintEvent *)
{
    if (m_dots.isNull())
        drawDots();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_dots);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight), ink = palette().color(QPalette::Text);
    if (!m_from.empty() && m_selected.size() <= mostWays) {
        painter.setPen(QPen(blend(palette().color(QPalette::Base), accent, 0.6), 1));
        for (const auto index : m_selected)
            painter.drawLine(m_viewport.toView({m_from[index].x, m_from[index].y}), placeOf(index));
    }
    painter.setPen(QPen(palette().base(), 1));
    painter.setBrush(accent);
    for (const auto index : m_selected)
        painter.drawEllipse(around(placeOf(index), 4));
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](std::int64_t index, double radius, const QPen &pen) {
        if (index < 0)
            return;
        painter.setPen(pen);
        painter.drawEllipse(around(placeOf(static_cast<std::size_t>(index)), radius));
    };
    ring(m_current, 8, QPen(accent, 2));
    ring(m_hovered, 8, QPen(ink, 1.5));
    if (!m_box.isNull()) {
        QColor inside = accent;
        inside.setAlpha(40);
        painter.setPen(QPen(accent, 1));
        painter.setBrush(inside);
        painter.drawRect(m_box);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(hasFocus() ? QPen(accent, 1) : QPen(hairline(palette()), 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void PairView::resizeEvent(QResizeEvent *)
{
    m_viewport.resize(size());
    if (!m_isWhole)
        return redraw();
    showAll();
    Q_EMIT viewportMoved();
}

void PairView::changeView(const Viewport &viewport)
{
    m_viewport = viewport;
    m_isWhole = false;
    redraw();
    Q_EMIT viewportMoved();
}

void PairView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position();
    m_isPanning = event->button() == Qt::RightButton || event->button() == Qt::MiddleButton;
    m_isPressed = event->button() == Qt::LeftButton;
    event->accept();
}

void PairView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF way = event->position() - m_pressed;
    if (m_isPanning) {
        Viewport moved = m_viewport;
        moved.pan(way);
        m_pressed = event->position();
        changeView(moved);
        return;
    }
    if (m_isPressed && (!m_box.isNull() || way.manhattanLength() >= QApplication::startDragDistance())) {
        m_box = QRectF(m_pressed, event->position()).normalized();
        update();
        return;
    }
    Q_EMIT hovered(nearestTo(event->position()));
}

void PairView::mouseReleaseEvent(QMouseEvent *event)
{
    m_isPanning = false;
    if (!std::exchange(m_isPressed, false))
        return;
    const bool add = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    std::vector<std::uint32_t> inside;
    if (m_box.isNull()) {
        if (const auto nearest = nearestTo(event->position()); nearest >= 0)
            inside.push_back(static_cast<std::uint32_t>(nearest));
    } else {
        for (std::size_t i = 0; i < m_positions.size(); ++i)
            if (m_box.contains(placeOf(i)))
                inside.push_back(static_cast<std::uint32_t>(i));
        m_box = {};
        update();
    }
    const qint64 current = inside.empty() ? -1 : inside.front();
    Q_EMIT chosen(inside, current, add);
}

void PairView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const auto nearest = nearestTo(event->position()); nearest >= 0)
        Q_EMIT activated(nearest);
}

void PairView::wheelEvent(QWheelEvent *event)
{
    Viewport zoomed = m_viewport;
    zoomed.zoom(std::pow(1.2, event->angleDelta().y() / 120.0), event->position());
    changeView(zoomed);
    event->accept();
}

void PairView::goTo(QPointF direction)
{
    if (m_positions.empty())
        return;
    const QPointF from = m_current >= 0 ? placeOf(static_cast<std::size_t>(m_current)) : QPointF(rect().center());
    std::int64_t best = -1;
    double least = 0;
    for (std::size_t i = 0; i < m_positions.size(); ++i) {
        const QPointF way = placeOf(i) - from;
        const double along = QPointF::dotProduct(way, direction);
        if (static_cast<std::int64_t>(i) == m_current || (m_current >= 0 && along <= 0))
            continue;
        // What lies straight ahead counts as nearer than what lies beside the way.
        const double aside = QPointF::dotProduct(way, way) - along * along;
        const double cost = along * along + 4 * aside;
        if (best < 0 || cost < least) {
            best = static_cast<std::int64_t>(i);
            least = cost;
        }
    }
    if (best >= 0)
        Q_EMIT chosen({static_cast<std::uint32_t>(best)}, best, false);
}

void PairView::keyPressEvent(QKeyEvent *event)
{
    const auto zoomBy = [&](double factor) {
        Viewport zoomed = m_viewport;
        zoomed.zoom(factor, QRectF(rect()).center());
        changeView(zoomed);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return goTo({-1, 0});
    case Qt::Key_Right:
        return goTo({1, 0});
    case Qt::Key_Up:
        return goTo({0, -1});
    case Qt::Key_Down:
        return goTo({0, 1});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(1.5);
    case Qt::Key_Minus:
        return zoomBy(1 / 1.5);
    case Qt::Key_0:
        showAll();
        Q_EMIT viewportMoved();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    case Qt::Key_Escape:
        if (!m_selected.empty() || m_current >= 0) {
            Q_EMIT chosen({}, -1, false);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void PairView::leaveEvent(QEvent *)
{
    Q_EMIT hovered(-1);
}

bool PairView::event(QEvent *event)
{
    // Escape first ends the selection, then leads out of the place: until then it is not the window's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
        (!m_selected.empty() || m_current >= 0)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void PairView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        redraw();
}

QSize PairView::minimumSizeHint() const
{
    return {20 * gridUnit, 20 * gridUnit};
}

} // namespace photolex::ui
