#include "ui/map/map_view_p.h"

#include "ui/common/thumbnail_loader.h"
#include "ui/style/theme.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr double labelRoom = 5;      // pixels on each side that stay free
constexpr double halo = 3;           // of the background, around letters
constexpr int longestCaption = 34;   // letters
constexpr double wordsFrom = 1.3;    // of the scale at which all is seen
constexpr double captionsFrom = 1.6; // of the scale at which there are thumbnails
constexpr double tileRadius = 4;
// What is gone to is seen no nearer: times the scale at which there are thumbnails, and that at which all is seen.
constexpr double nearestFit = 4, nearestWhole = 2;

double snapped(double value, double ratio)
{
    return std::round(value * ratio) / ratio;
}

} // namespace

MapView::MapView(MapScene *scene, const ThumbnailLoader *pictures, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.scene = scene;
    d.pictures = pictures;
    setObjectName(QStringLiteral("mapView"));
    setAccessibleName(tr("Map of the photos"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    grabGesture(Qt::PinchGesture);
    setMinimumSize(240, 200);
    d.hover.setSingleShot(true);
    d.hover.setInterval(hoverDelayMilliseconds);
    connect(&d.hover, &QTimer::timeout, this, [this] {
        auto &impl = *m_impl;
        const PhotoId photo = labelAt(impl.hoverAt) >= 0 ? PhotoId{} : photoAt(impl.hoverAt);
        if (photo == impl.hovered)
            return;
        impl.hovered = photo;
        const auto index = impl.scene->indexOf(photo);
        QRect around;
        if (index >= 0) {
            const double side = std::max(impl.scene->tileSizes().side(impl.viewport.scale()), 2 * reach);
            const QPointF at = widgetPosition(impl.scene->positionOf(static_cast<std::size_t>(index)));
            around = QRectF(at.x() - side / 2, at.y() - side / 2, side, side).toAlignedRect();
        }
        Q_EMIT hoveredChanged(photo, around);
        update();
    });
    d.ask.setSingleShot(true);
    d.ask.setInterval(40);
    connect(&d.ask, &QTimer::timeout, this, [this] { askForTiles(); });
    connect(scene, &MapScene::labelsChanged, this, [this] { measureLabels(); });
    connect(scene, &MapScene::changed, this, [this] {
        auto &impl = *m_impl;
        ++impl.revision;
        fitAll();
        impl.ask.start();
        update();
    });
    if (pictures)
        connect(pictures, &ThumbnailLoader::loaded, this, [this] { update(); });
    measureLabels();
}

MapView::~MapView() = default;

MapScene *MapView::scene() const
{
    return m_impl->scene;
}

const Viewport &MapView::viewport() const
{
    return m_impl->viewport;
}

QPointF MapView::mapPosition(QPointF widgetPosition) const
{
    return m_impl->viewport.toMap(widgetPosition);
}

QPointF MapView::widgetPosition(QPointF mapPosition) const
{
    return m_impl->viewport.toView(mapPosition);
}

void MapView::setViewport(const Viewport &viewport)
{
    m_impl->viewport = viewport;
    m_impl->viewport.resize(size());
    viewMoved();
}

void MapView::zoomTo(const QRectF &mapRect)
{
    auto &d = *m_impl;
    const double nearest = std::max(d.scene->tileSizes().first * nearestFit, d.viewport.wholeScale() * nearestWhole);
    const QSizeF least = QSizeF(size()) / nearest;
    QRectF wanted(0, 0, std::max(mapRect.width(), least.width()), std::max(mapRect.height(), least.height()));
    wanted.moveCenter(mapRect.center());
    d.viewport.fit(wanted);
    viewMoved();
}

void MapView::showAll()
{
    m_impl->showsAll = true;
    fitAll();
}

bool MapView::showsAll() const
{
    return m_impl->showsAll;
}

void MapView::fitAll()
{
    auto &d = *m_impl;
    if (!d.showsAll || d.scene->photos().empty() || d.gesture != Impl::Gesture::None)
        return;
    auto fitted = d.viewport;
    fitted.fit(mapRect(projection::boundsOf(d.scene->positions())));
    if (fitted == d.viewport)
        return;
    d.viewport = fitted;
    viewChanged();
}

void MapView::zoomBy(double factor)
{
    m_impl->viewport.zoom(factor, QRectF(rect()).center());
    viewMoved();
}

void MapView::setLasso(bool on)
{
    if (on == m_impl->lassoOn)
        return;
    m_impl->lassoOn = on;
    setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
    Q_EMIT lassoToggled(on);
}

bool MapView::hasLasso() const
{
    return m_impl->lassoOn;
}

PhotoId MapView::hovered() const
{
    return m_impl->hovered;
}

void MapView::revealPhoto(PhotoId photo)
{
    const auto index = m_impl->scene->indexOf(photo);
    if (index < 0)
        return;
    const QPointF at = m_impl->scene->positionOf(static_cast<std::size_t>(index));
    if (QRectF(rect()).adjusted(reach, reach, -reach, -reach).contains(widgetPosition(at)))
        return;
    m_impl->viewport.centreOn(at);
    viewMoved();
}

void MapView::viewMoved()
{
    m_impl->showsAll = false;
    viewChanged();
}

void MapView::viewChanged()
{
    endHover();
    m_impl->ask.start();
    update();
    Q_EMIT viewportChanged();
}

void MapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_impl->viewport.resize(size());
    measureLabels(); // from which scale on words are wanted goes by the size
    fitAll();
    viewChanged();
}

void MapView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_impl->rendered.clear();
        if (event->type() == QEvent::FontChange)
            measureLabels();
        update();
    }
}

// --- What is seen ---

std::vector<std::uint32_t> MapView::visibleTiles() const
{
    const auto &d = *m_impl;
    std::vector<std::uint32_t> tiles;
    const double scale = d.viewport.scale(), side = d.scene->tileSizes().side(scale);
    const auto &scales = d.scene->tileScales();
    if (side <= 0 || scales.empty())
        return tiles;
    const double room = side / 2 / scale;
    d.scene->grid().visit(d.viewport.visible().adjusted(-room, -room, room, room), [&](std::uint32_t index) {
        if (scales[index] <= scale)
            tiles.push_back(index);
    });
    return tiles;
}

void MapView::askForTiles()
{
    auto tiles = visibleTiles();
    const QPointF middle = m_impl->viewport.centre();
    const auto distance = [&](std::uint32_t index) {
        const QPointF away = m_impl->scene->positionOf(index) - middle;
        return QPointF::dotProduct(away, away);
    };
    std::ranges::sort(tiles, {}, distance); // nearest to the eye first
    std::vector<PhotoId> photos;
    photos.reserve(tiles.size());
    for (const auto index : tiles)
        photos.push_back(m_impl->scene->photos()[index]);
    const double side = m_impl->scene->tileSizes().side(m_impl->viewport.scale());
    Q_EMIT tilesWanted(photos, static_cast<int>(std::lround(side * devicePixelRatioF())));
}

QFont MapView::labelFont(MapLabel::Kind kind) const
{
    QFont made = font();
    if (kind == MapLabel::Kind::Group) {
        made.setBold(true);
        made.setPointSizeF(made.pointSizeF() * 1.15);
    } else if (kind == MapLabel::Kind::Caption) {
        made.setItalic(true);
        made.setPointSizeF(made.pointSizeF() * 0.92);
    }
    return made;
}

void MapView::measureLabels()
{
    auto &d = *m_impl;
    d.rendered.clear();
    d.labelSizes.clear();
    std::vector<LabelBox> boxes;
    const double words = d.viewport.wholeScale() * wordsFrom;
    for (const auto &label : d.scene->labels()) {
        const QFontMetricsF metrics(labelFont(label.kind));
        const QString text =
            label.text.size() > longestCaption ? label.text.left(longestCaption) + QStringLiteral("…") : label.text;
        const QSizeF size(std::ceil(metrics.horizontalAdvance(text)) + 2 * halo,
                          std::ceil(metrics.height()) + 2 * halo);
        d.labelSizes.push_back(size);
        boxes.push_back({.at = label.at,
                         .width = size.width() + 2 * labelRoom,
                         .height = size.height() + labelRoom,
                         .from = label.kind == MapLabel::Kind::Group  ? 0
                                 : label.kind == MapLabel::Kind::Word ? words
                                                                      : d.scene->tileSizes().first * captionsFrom});
    }
    d.labelScales = labelScales(boxes);
}

std::vector<std::uint32_t> MapView::visibleLabels() const
{
    const auto &d = *m_impl;
    std::vector<std::uint32_t> seen;
    const auto chips = wayChips(); // of what is asked: labels make room for it
    for (std::size_t i = 0; i < d.labelScales.size(); ++i) {
        if (d.labelScales[i] > d.viewport.scale())
            continue;
        const QRectF where = labelRect(static_cast<std::uint32_t>(i));
        if (where.intersects(QRectF(rect())) &&
            std::ranges::none_of(chips, [&](const QRectF &chip) { return chip.intersects(where); }))
            seen.push_back(static_cast<std::uint32_t>(i));
    }
    return seen;
}

QRectF MapView::labelRect(std::uint32_t label) const
{
    const auto &at = m_impl->scene->labels()[label].at;
    const QSizeF size = m_impl->labelSizes[label];
    const QPointF middle = widgetPosition({at.x, at.y});
    return {middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height()};
}

PhotoId MapView::photoAt(QPointF position) const
{
    const auto &d = *m_impl;
    const double scale = d.viewport.scale(), half = d.scene->tileSizes().side(scale) / 2;
    if (half > 0)
        for (const auto index : visibleTiles()) {
            const QPointF away = widgetPosition(d.scene->positionOf(index)) - position;
            if (std::abs(away.x()) <= half && std::abs(away.y()) <= half)
                return d.scene->photos()[index];
        }
    const auto nearest = d.scene->grid().nearest(mapPosition(position), reach / scale);
    return nearest < 0 ? PhotoId{} : d.scene->photos()[static_cast<std::size_t>(nearest)];
}

std::int64_t MapView::labelAt(QPointF position) const
{
    for (const auto label : visibleLabels())
        if (labelRect(label).contains(position))
            return label;
    return -1;
}

// --- Painting ---

void MapView::paintEvent(QPaintEvent *)
{
    auto &d = *m_impl;
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    const DotRaster::Style style{.ratio = ratio,
                                 .background = palette().color(QPalette::Base).rgb(),
                                 .accent = palette().color(QPalette::Highlight).rgb(),
                                 .dark = isDark(palette())};
    const QImage &dots = d.dots.draw(*d.scene, d.viewport, style, d.revision);
    painter.drawImage(QRectF(0, 0, dots.width() / ratio, dots.height() / ratio), dots);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTiles(painter);
    paintWays(painter);
    paintLabels(painter);

    const QColor accent = palette().color(QPalette::Highlight), ink = palette().color(QPalette::Text);
    const double dot = DotRaster::radius(*d.scene, d.viewport.scale());
    const auto ring = [&](std::int64_t index, const QColor &colour, double width) {
        if (index < 0)
            return;
        const auto at = static_cast<std::size_t>(index);
        const QPointF middle = widgetPosition(d.scene->positionOf(at));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, width));
        const bool isTile = !d.scene->tileScales().empty() && d.scene->tileScales()[at] <= d.viewport.scale();
        const double half = isTile ? d.scene->tileSizes().side(d.viewport.scale()) / 2 + 1 : dot + 4;
        isTile ? painter.drawRoundedRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half),
                                         tileRadius + 1, tileRadius + 1)
               : painter.drawEllipse(middle, half, half);
    };
    ring(d.scene->current(), hasFocus() ? accent : ink, 2);
    ring(d.scene->indexOf(d.hovered), ink, 1.2);

    if (d.lasso.size() > 1) {
        QColor inside = accent;
        inside.setAlpha(36);
        painter.setBrush(inside);
        painter.setPen(QPen(accent, 1.5, Qt::DashLine));
        painter.drawPolygon(d.lasso);
    }
    if (hasFocus() && d.byKeyboard) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(accent, 1.5));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void MapView::paintTiles(QPainter &painter)
{
    const auto &d = *m_impl;
    const auto tiles = visibleTiles();
    if (tiles.empty())
        return;
    const double ratio = devicePixelRatioF(), side = d.scene->tileSizes().side(d.viewport.scale());
    const bool anySelected = !d.scene->selected().empty(), dark = isDark(palette());
    const QColor accent = palette().color(QPalette::Highlight), base = palette().color(QPalette::Base);
    const auto &colours = d.scene->colours();
    for (const auto index : tiles) {
        const QPointF middle = widgetPosition(d.scene->positionOf(index));
        const QPixmap picture = d.pictures ? d.pictures->pixmap(d.scene->photos()[index]) : QPixmap();
        const bool isSelected = anySelected && d.scene->isSelected(index);
        const QColor colour(index < colours.value.size() ? colourOf(colours, colours.value[index], dark)
                                                         : qRgb(128, 128, 128));
        QRectF target;
        if (picture.isNull()) {
            target = QRectF(middle.x() - side / 4, middle.y() - side / 4, side / 2, side / 2);
            painter.setPen(Qt::NoPen);
            painter.setBrush(blend(base, colour, 0.35));
            painter.drawRoundedRect(target, tileRadius, tileRadius);
        } else {
            QSizeF size = QSizeF(picture.size()) / ratio;
            const int made = d.pictures->pixmapSide(d.scene->photos()[index]);
            if (made > 0 && std::abs(made / ratio - side) > 1) // for another size: scaled now, the right one is coming
                size *= side * ratio / made;
            target = QRectF(snapped(middle.x() - size.width() / 2, ratio),
                            snapped(middle.y() - size.height() / 2, ratio), size.width(), size.height());
            painter.setOpacity(anySelected && !isSelected ? 0.45 : 1);
            painter.drawPixmap(target, picture, QRectF(picture.rect()));
            painter.setOpacity(1);
        }
        // A thin edge in the dot's colour: which group it is in is seen close up as well.
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isSelected ? accent : colour, isSelected ? 3 : 1.5));
        painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5));
    }
}

QPixmap MapView::labelPicture(std::uint32_t label) const
{
    auto &rendered = m_impl->rendered[label];
    const double ratio = devicePixelRatioF();
    if (!rendered.isNull() && rendered.devicePixelRatio() == ratio)
        return rendered;
    const auto &what = m_impl->scene->labels()[label];
    const QSizeF size = m_impl->labelSizes[label];
    rendered = QPixmap((size * ratio).toSize());
    rendered.setDevicePixelRatio(ratio);
    rendered.fill(Qt::transparent);
    QPainter painter(&rendered);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont used = labelFont(what.kind);
    const QString text =
        what.text.size() > longestCaption ? what.text.left(longestCaption) + QStringLiteral("…") : what.text;
    QPainterPath letters;
    letters.addText(halo, halo + QFontMetricsF(used).ascent(), used, text);
    QColor around = palette().color(QPalette::Base);
    around.setAlpha(225);
    painter.strokePath(letters, QPen(around, 2 * halo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(what.kind == MapLabel::Kind::Group
                       ? palette().color(QPalette::Text)
                       : blend(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.2));
    painter.setFont(used);
    painter.drawText(QPointF(halo, halo + QFontMetricsF(used).ascent()), text);
    return rendered;
}

void MapView::paintLabels(QPainter &painter)
{
    const double ratio = devicePixelRatioF();
    for (const auto label : visibleLabels()) {
        const QRectF where = labelRect(label);
        painter.drawPixmap(QPointF(snapped(where.x(), ratio), snapped(where.y(), ratio)), labelPicture(label));
    }
}

} // namespace photolex::ui
