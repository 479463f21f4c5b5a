// The expression's way and the query, drawn on the map.
#include "ui/map/map_view_p.h"
#include "ui/style/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr double widestChip = 220, markRadius = 5, chipGap = 4; // pixels
constexpr double arrowLength = 11, arrowWidth = 5.5;
constexpr int ringsTried = 12; // each half a chip farther from the mark

// Where a chip of this size may stand beside its mark, best first: above, below, beside, then farther away.
std::vector<QRectF> chipPlaces(QPointF mark, QSizeF size)
{
    std::vector<QRectF> places;
    for (int ring = 0; ring < ringsTried; ++ring) {
        const double distance = markRadius + chipGap + ring * (size.height() + chipGap) / 2;
        const double x = size.width() / 2 + distance, y = size.height() / 2 + distance;
        for (const auto &[dx, dy] :
             std::array<std::pair<double, double>, 6>{{{0, -y}, {0, y}, {x, 0}, {-x, 0}, {x / 2, -y}, {-x / 2, y}}}) {
            QRectF place({}, size);
            place.moveCenter(mark + QPointF(dx, dy));
            places.push_back(place);
        }
    }
    return places;
}

std::vector<MapStep> marksOf(const MapScene &scene)
{
    auto marks = scene.steps();
    marks.insert(marks.end(), scene.query().begin(), scene.query().end());
    return marks;
}

void paintArrow(QPainter &painter, QPointF from, QPointF to, const QColor &colour, const QColor &around)
{
    const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
    if (length < 2)
        return;
    const QPointF along = (to - from) / length, across(-along.y(), along.x());
    const QPointF tip = to - along * (markRadius + 1);
    QPainterPath line(from);
    line.lineTo(tip);
    QPainterPath head(tip);
    head.lineTo(tip - along * arrowLength + across * arrowWidth);
    head.lineTo(tip - along * arrowLength - across * arrowWidth);
    head.closeSubpath();
    for (const auto &[ink, width] : {std::pair(around, 6.0), std::pair(colour, 2.5)}) {
        painter.strokePath(line, QPen(ink, width, Qt::SolidLine, Qt::RoundCap));
        painter.setPen(QPen(ink, width - 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(ink);
        painter.drawPath(head);
    }
}

} // namespace

std::vector<QRectF> MapView::wayChips() const
{
    const auto marks = marksOf(*m_impl->scene);
    std::vector<QRectF> taken, chips;
    for (const auto &mark : marks) {
        const QPointF at = widgetPosition({mark.at.x, mark.at.y});
        taken.emplace_back(at.x() - markRadius, at.y() - markRadius, 2 * markRadius, 2 * markRadius);
    }
    const auto &steps = m_impl->scene->steps();
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) { // heads of arrows are to be seen
        const QPointF from = widgetPosition({steps[i].at.x, steps[i].at.y}),
                      to = widgetPosition({steps[i + 1].at.x, steps[i + 1].at.y});
        const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
        if (length < 2)
            continue;
        QRectF head(0, 0, arrowLength + 2, arrowLength + 2);
        head.moveCenter(to - (to - from) / length * (markRadius + 1 + arrowLength / 2));
        taken.push_back(head);
    }
    const QFontMetricsF metrics(font());
    const QRectF view = rect();
    for (const auto &mark : marks) {
        const QPointF at = widgetPosition({mark.at.x, mark.at.y});
        const QSizeF size(std::min(std::ceil(metrics.horizontalAdvance(mark.text)), widestChip) + 2 * gridUnit,
                          metrics.height() + 4);
        const auto places = chipPlaces(at, size);
        const auto free = std::ranges::find_if(places, [&](const QRectF &place) {
            return (view.contains(place) || !view.contains(at)) &&
                   std::ranges::none_of(taken, [&](const QRectF &other) { return other.intersects(place); });
        });
        chips.push_back(free == places.end() ? places.front() : *free);
        taken.push_back(chips.back());
    }
    return chips;
}

void MapView::paintWays(QPainter &painter)
{
    const auto &scene = *m_impl->scene;
    const QColor accent = palette().color(QPalette::Highlight), base = palette().color(QPalette::Base);
    const auto &steps = scene.steps();
    for (std::size_t i = 0; i + 1 < steps.size(); ++i)
        paintArrow(painter, widgetPosition({steps[i].at.x, steps[i].at.y}),
                   widgetPosition({steps[i + 1].at.x, steps[i + 1].at.y}), accent, base);
    const auto marks = marksOf(scene);
    const auto chips = wayChips();
    const QFontMetricsF metrics(font());
    for (std::size_t i = 0; i < marks.size(); ++i) {
        painter.setPen(QPen(accent, 2.5));
        painter.setBrush(base);
        painter.drawEllipse(widgetPosition({marks[i].at.x, marks[i].at.y}), markRadius, markRadius);
        painter.setPen(Qt::NoPen);
        painter.setBrush(accent);
        painter.drawRoundedRect(chips[i], chips[i].height() / 2, chips[i].height() / 2);
        painter.setPen(palette().color(QPalette::HighlightedText));
        painter.drawText(chips[i], Qt::AlignCenter,
                         metrics.elidedText(marks[i].text, Qt::ElideMiddle, chips[i].width() - 2 * gridUnit + 1));
    }
}

} // namespace photolex::ui
