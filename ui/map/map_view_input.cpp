// Pointer, fingers and keys on the map.
#include "ui/map/map_view_p.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QCursor>
#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

namespace photolex::ui {

namespace {

constexpr double wheelStep = 1.25; // of the scale, for one notch
constexpr double keyStep = 1.3;
constexpr double movedShare = 0.2; // of the view, by a key

} // namespace

bool MapView::event(QEvent *event)
{
    auto &d = *m_impl;
    if (event->type() == QEvent::Gesture) {
        auto *gesture = static_cast<QGestureEvent *>(event);
        if (auto *pinch = static_cast<QPinchGesture *>(gesture->gesture(Qt::PinchGesture))) {
            d.viewport.pan(pinch->centerPoint() - pinch->lastCenterPoint());
            d.viewport.zoom(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint().toPoint()));
            viewMoved();
            return true;
        }
    }
    if (event->type() == QEvent::NativeGesture) { // two fingers on a touchpad
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            d.viewport.zoom(1 + gesture->value(), gesture->position());
            viewMoved();
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride) {
        // Escape first ends what is going on here, then leads out of the place; these keys are ours, not the window's.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool busy = !d.scene->selected().empty() || d.lassoOn || d.gesture == Impl::Gesture::Lasso;
        const bool isOurs = key->key() == Qt::Key_L || key->key() == Qt::Key_W;
        if ((key->key() == Qt::Key_Escape && busy) || (isOurs && key->modifiers() == Qt::NoModifier)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void MapView::mousePressEvent(QMouseEvent *event)
{
    auto &d = *m_impl;
    d.pressed = d.last = event->position();
    d.dragWord.clear();
    d.dragPhotos.clear();
    d.byKeyboard = false;
    using Gesture = Impl::Gesture;
    if (event->button() == Qt::MiddleButton) {
        d.gesture = Gesture::Move;
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (d.lassoOn || event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier | Qt::ControlModifier)) {
        d.gesture = Gesture::Lasso;
        d.lasso = {d.pressed};
        return;
    }
    d.gesture = Gesture::Wait; // a click, a drag or a move: what happens next tells
    if (const auto label = labelAt(d.pressed); label >= 0) {
        const auto &what = d.scene->labels()[static_cast<std::size_t>(label)];
        if (what.kind == MapLabel::Kind::Word)
            d.dragWord = what.text;
        else if (what.photo)
            d.dragPhotos = {what.photo};
        return;
    }
    const PhotoId photo = photoAt(d.pressed);
    const auto index = d.scene->indexOf(photo);
    if (index < 0)
        return;
    const auto at = static_cast<std::size_t>(index);
    const auto &tiles = d.scene->tileScales();
    const bool isTile = !tiles.empty() && tiles[at] <= d.viewport.scale();
    if (d.scene->isSelected(at)) {
        for (const auto selected : d.scene->selected())
            d.dragPhotos.push_back(d.scene->photos()[selected]);
    } else if (isTile || photo == d.hovered) {
        d.dragPhotos = {photo};
    }
}

void MapView::mouseMoveEvent(QMouseEvent *event)
{
    auto &d = *m_impl;
    using Gesture = Impl::Gesture;
    const QPointF position = event->position();
    if (d.gesture == Gesture::Wait && (position - d.pressed).manhattanLength() >= QApplication::startDragDistance()) {
        if (d.dragWord.isEmpty() && d.dragPhotos.empty()) {
            d.gesture = Gesture::Move;
        } else {
            d.gesture = Gesture::None;
            endHover();
            // Both end when the button is let go, somewhere else.
            if (!d.dragWord.isEmpty())
                Q_EMIT wordDragged(d.dragWord);
            else
                Q_EMIT photosDragged(d.dragPhotos);
            return;
        }
    }
    if (d.gesture == Gesture::Move) {
        setCursor(Qt::ClosedHandCursor);
        d.viewport.pan(position - d.last);
        d.last = position;
        viewMoved();
    } else if (d.gesture == Gesture::Lasso) {
        endHover();
        if ((position - d.lasso.last()).manhattanLength() >= 2)
            d.lasso.append(position);
        update();
    } else if (d.gesture == Gesture::None) {
        hoverAt(position);
    }
}

void MapView::mouseReleaseEvent(QMouseEvent *event)
{
    auto &d = *m_impl;
    const auto gesture = std::exchange(d.gesture, Impl::Gesture::None);
    setCursor(d.lassoOn ? Qt::CrossCursor : Qt::ArrowCursor);
    if (gesture == Impl::Gesture::Lasso) {
        const QRectF box = d.lasso.boundingRect();
        const bool isClick = std::max(box.width(), box.height()) < QApplication::startDragDistance();
        isClick ? click(event->position(), event->modifiers()) : closeLasso(event->modifiers());
        d.lasso.clear();
        update();
    } else if (gesture == Impl::Gesture::Wait) {
        click(event->position(), event->modifiers());
    }
    fitAll(); // what waited for the hand to let go
}

void MapView::click(QPointF position, Qt::KeyboardModifiers modifiers)
{
    auto &d = *m_impl;
    if (const auto label = labelAt(position); label >= 0) {
        const auto &what = d.scene->labels()[static_cast<std::size_t>(label)];
        if (what.kind == MapLabel::Kind::Group)
            choose(d.scene->ofGroup(what.group), modifiers, -1);
        else if (const auto index = d.scene->indexOf(what.photo); index >= 0)
            choose({static_cast<std::uint32_t>(index)}, modifiers, index);
        return;
    }
    const auto index = d.scene->indexOf(photoAt(position));
    if (index < 0) {
        if (!(modifiers & (Qt::ShiftModifier | Qt::AltModifier | Qt::ControlModifier)))
            Q_EMIT selectionChosen({}, {});
        return;
    }
    const bool isSelected = d.scene->isSelected(static_cast<std::size_t>(index));
    if (modifiers & Qt::ControlModifier)
        modifiers = isSelected ? Qt::AltModifier : Qt::ShiftModifier;
    choose({static_cast<std::uint32_t>(index)}, modifiers, index);
}

void MapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto label = labelAt(event->position()); label >= 0) {
        const auto &what = m_impl->scene->labels()[static_cast<std::size_t>(label)];
        if (what.kind == MapLabel::Kind::Word)
            Q_EMIT wordActivated(what.text);
        else if (what.kind == MapLabel::Kind::Group)
            zoomTo(m_impl->scene->boundsOf(m_impl->scene->ofGroup(what.group)));
        else
            Q_EMIT photoActivated(what.photo);
    } else if (const PhotoId photo = photoAt(event->position())) {
        Q_EMIT photoActivated(photo);
    }
}

void MapView::closeLasso(Qt::KeyboardModifiers modifiers)
{
    auto &d = *m_impl;
    const auto polygon = d.lasso;
    const QRectF box = polygon.boundingRect();
    std::vector<std::uint32_t> inside;
    d.scene->grid().visit(QRectF(mapPosition(box.topLeft()), mapPosition(box.bottomRight())), [&](std::uint32_t index) {
        if (polygon.containsPoint(widgetPosition(d.scene->positionOf(index)), Qt::OddEvenFill))
            inside.push_back(index);
    });
    std::ranges::sort(inside);
    // With Ctrl alone a lasso is begun outside of the lasso's mode: it replaces, as it does there.
    choose(std::move(inside), modifiers & (Qt::ShiftModifier | Qt::AltModifier), -1);
}

// Shift adds, Alt takes out, neither replaces. `current` −1: the one nearest to the middle of them.
void MapView::choose(std::vector<std::uint32_t> indices, Qt::KeyboardModifiers modifiers, std::int64_t current)
{
    const auto &d = *m_impl;
    std::vector<std::uint32_t> chosen;
    if (modifiers & (Qt::ShiftModifier | Qt::AltModifier)) {
        std::vector<bool> named(d.scene->photos().size());
        for (const auto index : indices)
            named[index] = true;
        for (const auto index : d.scene->selected())
            if (!named[index])
                chosen.push_back(index);
    }
    if (!(modifiers & Qt::AltModifier))
        chosen.insert(chosen.end(), indices.begin(), indices.end());
    if (current < 0 || modifiers & Qt::AltModifier) {
        QPointF middle;
        for (const auto index : chosen)
            middle += d.scene->positionOf(index) / static_cast<double>(chosen.size());
        const auto nearest = std::ranges::min_element(chosen, {}, [&](std::uint32_t index) {
            const QPointF away = d.scene->positionOf(index) - middle;
            return QPointF::dotProduct(away, away);
        });
        current = nearest == chosen.end() ? -1 : std::int64_t{*nearest};
    }
    std::vector<PhotoId> photos;
    photos.reserve(chosen.size());
    for (const auto index : chosen)
        photos.push_back(d.scene->photos()[index]);
    Q_EMIT selectionChosen(photos, current < 0 ? PhotoId{} : d.scene->photos()[static_cast<std::size_t>(current)]);
}

void MapView::wheelEvent(QWheelEvent *event)
{
    auto &d = *m_impl;
    if (!event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase &&
        !(event->modifiers() & Qt::ControlModifier)) {
        d.viewport.pan(event->pixelDelta()); // two fingers on a touchpad move, the wheel of a mouse zooms
    } else {
        const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
        d.viewport.zoom(std::pow(wheelStep, delta / 120.0), event->position());
    }
    event->accept();
    viewMoved();
}

void MapView::keyPressEvent(QKeyEvent *event)
{
    auto &d = *m_impl;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_W && modifiers == Qt::NoModifier) {
        const bool isPointed = !d.byKeyboard && underMouse();
        const QPointF at = isPointed ? QPointF(mapFromGlobal(QCursor::pos())) : keySpot();
        Q_EMIT captionRequested(spotAt(at), isPointed ? wordAt(at) : QString());
        return;
    }
    d.byKeyboard = true;
    QPoint direction;
    switch (event->key()) {
    case Qt::Key_Left:
        direction = {-1, 0};
        break;
    case Qt::Key_Right:
        direction = {1, 0};
        break;
    case Qt::Key_Up:
        direction = {0, -1};
        break;
    case Qt::Key_Down:
        direction = {0, 1};
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus: {
        const auto current = d.scene->current();
        const QPointF around = current < 0 ? QRectF(rect()).center()
                                           : widgetPosition(d.scene->positionOf(static_cast<std::size_t>(current)));
        d.viewport.zoom(event->key() == Qt::Key_Minus ? 1 / keyStep : keyStep,
                        rect().contains(around.toPoint()) ? around : QRectF(rect()).center());
        return viewMoved();
    }
    case Qt::Key_0:
    case Qt::Key_Home:
        return showAll();
    case Qt::Key_L:
        return setLasso(!d.lassoOn);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d.scene->current() >= 0)
            Q_EMIT photoActivated(d.scene->photos()[static_cast<std::size_t>(d.scene->current())]);
        return;
    case Qt::Key_Space:
        if (const auto current = d.scene->current(); current >= 0)
            choose({static_cast<std::uint32_t>(current)},
                   d.scene->isSelected(static_cast<std::size_t>(current)) ? Qt::AltModifier : Qt::ShiftModifier,
                   current);
        return;
    case Qt::Key_Escape:
        d.lasso.clear();
        d.gesture = Impl::Gesture::None;
        setLasso(false);
        Q_EMIT selectionChosen({}, {});
        return update();
    case Qt::Key_A:
        if (modifiers == Qt::ControlModifier) {
            std::vector<std::uint32_t> seen;
            d.scene->grid().visit(d.viewport.visible(), [&](std::uint32_t index) { seen.push_back(index); });
            std::ranges::sort(seen);
            return choose(std::move(seen), {}, -1);
        }
        return QWidget::keyPressEvent(event);
    default:
        return QWidget::keyPressEvent(event);
    }
    if (modifiers == Qt::ControlModifier) {
        d.viewport.pan({-direction.x() * movedShare * width(), -direction.y() * movedShare * height()});
        return viewMoved();
    }
    goTo(direction, modifiers == Qt::ShiftModifier);
}

// The next photo in that direction: near, and rather ahead than aside.
void MapView::goTo(QPoint direction, bool extend)
{
    const auto &d = *m_impl;
    const auto current = d.scene->current();
    const QPointF from = current >= 0 ? d.scene->positionOf(static_cast<std::size_t>(current)) : d.viewport.centre();
    std::int64_t best = -1;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < d.scene->photos().size(); ++i) {
        if (static_cast<std::int64_t>(i) == current)
            continue;
        const QPointF away = d.scene->positionOf(i) - from;
        const double ahead = away.x() * direction.x() + away.y() * direction.y();
        const double aside = std::abs(away.x() * direction.y()) + std::abs(away.y() * direction.x());
        if (current >= 0 && (ahead <= 0 || aside > 2 * ahead))
            continue;
        const double cost = current >= 0 ? ahead + 2 * aside : std::hypot(away.x(), away.y());
        if (cost < least) {
            least = cost;
            best = static_cast<std::int64_t>(i);
        }
    }
    if (best < 0)
        return;
    choose({static_cast<std::uint32_t>(best)}, extend ? Qt::ShiftModifier : Qt::NoModifier, best);
    revealPhoto(d.scene->photos()[static_cast<std::size_t>(best)]);
}

void MapView::hoverAt(QPointF position)
{
    auto &d = *m_impl;
    d.hoverAt = position;
    if (d.hovered && photoAt(position) != d.hovered)
        endHover();
    d.hover.start();
    const auto label = labelAt(position);
    setCursor(d.lassoOn ? Qt::CrossCursor : label >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MapView::endHover()
{
    auto &d = *m_impl;
    d.hover.stop();
    if (!d.hovered)
        return;
    d.hovered = {};
    Q_EMIT hoveredChanged({}, {});
    update();
}

void MapView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    endHover();
}

void MapView::contextMenuEvent(QContextMenuEvent *event)
{
    endHover();
    if (event->reason() == QContextMenuEvent::Mouse) {
        const QPointF at = event->pos();
        if (const QString word = wordAt(at); !word.isEmpty()) {
            Q_EMIT menuRequested(event->globalPos(), spotAt(at), word);
            return;
        }
        const auto index = m_impl->scene->indexOf(photoAt(at));
        if (index >= 0 && !m_impl->scene->isSelected(static_cast<std::size_t>(index)))
            choose({static_cast<std::uint32_t>(index)}, {}, index);
        Q_EMIT menuRequested(event->globalPos(), spotAt(at), {});
        return;
    }
    const QPointF at = keySpot();
    Q_EMIT menuRequested(mapToGlobal(at.toPoint()), spotAt(at), {});
}

QString MapView::wordAt(QPointF position) const
{
    const auto label = labelAt(position);
    if (label < 0)
        return {};
    const auto &what = m_impl->scene->labels()[static_cast<std::size_t>(label)];
    return what.kind == MapLabel::Kind::Word ? what.text : QString();
}

QPointF MapView::spotAt(QPointF position) const
{
    const auto &scene = *m_impl->scene;
    const auto label = labelAt(position);
    const PhotoId captioned = label < 0 ? PhotoId() : scene.labels()[static_cast<std::size_t>(label)].photo;
    const auto index = scene.indexOf(captioned ? captioned : photoAt(position));
    return index < 0 ? mapPosition(position) : scene.positionOf(static_cast<std::size_t>(index));
}

QPointF MapView::keySpot() const
{
    const auto current = m_impl->scene->current();
    return current < 0 ? QRectF(rect()).center()
                       : widgetPosition(m_impl->scene->positionOf(static_cast<std::size_t>(current)));
}

void MapView::focusInEvent(QFocusEvent *event)
{
    m_impl->byKeyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
    update();
}

void MapView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace photolex::ui
