#include "ui/library/timeline.h"

#include "ui/common/photo_text.h"
#include "ui/widgets/tile_painter.h"

#include <QDate>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr int margin = 16, labelHeight = 16;
constexpr double widestBar = 20;

} // namespace

std::vector<Month> monthsOf(const std::map<std::int64_t, std::int64_t> &photosPerDay)
{
    std::vector<Month> months;
    for (const auto &[day, photos] : photosPerDay) {
        const QDate date = QDate(1970, 1, 1).addDays(day);
        if (months.empty() || months.back().year != date.year() || months.back().month != date.month())
            months.push_back({date.year(), date.month(), 0, day, day});
        months.back().photos += photos;
        months.back().lastDay = day;
    }
    return months;
}

Timeline::Timeline(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(48);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("Photos per month. Arrow keys go from month to month."));
}

void Timeline::setMonths(std::vector<Month> months)
{
    m_months = std::move(months);
    m_hovered = m_chosen = m_first = m_last = -1;
    update();
}

void Timeline::setVisibleMonths(int first, int last)
{
    if (first == m_first && last == m_last)
        return;
    m_first = first;
    m_last = last;
    update();
}

QRectF Timeline::slot(int index) const
{
    const auto count = static_cast<double>(m_months.size());
    const double step = std::min((width() - 2.0 * margin) / std::max(count, 1.0), widestBar);
    const double x = margin + index * step;
    return {isRightToLeft() ? width() - x - step : x, 0, step, static_cast<double>(height())};
}

int Timeline::monthAt(double x) const
{
    if (m_months.empty())
        return -1;
    const double step = slot(0).width();
    const double along = (isRightToLeft() ? width() - x : x) - margin;
    const int index = static_cast<int>(std::floor(along / step));
    return index < 0 || index >= static_cast<int>(m_months.size()) ? -1 : index;
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Base), ink = palette().color(QPalette::Text);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.fillRect(rect(), base);
    std::int64_t most = 1;
    for (const auto &month : m_months)
        most = std::max(most, month.photos);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const double top = 6, bottom = height() - labelHeight - 2.0;
    double labelEnd = -1e9;
    int year = 0;
    for (int i = 0; i < static_cast<int>(m_months.size()); ++i) {
        const auto &month = m_months[static_cast<std::size_t>(i)];
        const QRectF place = slot(i);
        // The root lets a month with one photo be seen beside one with a thousand.
        const double tall =
            std::max((bottom - top) * std::sqrt(static_cast<double>(month.photos) / static_cast<double>(most)), 3.0);
        const double gap = place.width() > 4 ? 1 : 0;
        const bool onScreen = i >= m_first && i <= m_last;
        painter.setPen(Qt::NoPen);
        painter.setBrush(i == m_hovered ? mixed(base, accent, 0.9)
                         : onScreen     ? mixed(base, accent, 0.7)
                                        : mixed(base, ink, 0.22));
        painter.drawRoundedRect(QRectF(place.x() + gap, bottom - tall, place.width() - 2 * gap, tall), 1.5, 1.5);
        if (month.year == year)
            continue;
        year = month.year;
        const QString text = QString::number(year);
        const double wide = painter.fontMetrics().horizontalAdvance(text);
        const double along = isRightToLeft() ? width() - place.right() : place.left();
        if (along < labelEnd + 8 || along + wide > width() - margin / 2)
            continue;
        labelEnd = along + wide;
        painter.setPen(mixed(base, ink, 0.6));
        painter.drawText(
            QRectF(isRightToLeft() ? place.right() - wide : place.left(), bottom + 1, wide + 2, labelHeight),
            Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 2, -4, -2), 4, 4);
    }
}

void Timeline::choose(int index)
{
    if (index < 0 || index >= static_cast<int>(m_months.size()))
        return;
    m_chosen = index;
    update();
    Q_EMIT monthChosen(index);
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(monthAt(event->position().x()));
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    const int before = m_hovered;
    m_hovered = monthAt(event->position().x());
    setCursor(m_hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (m_hovered == before)
        return;
    if (event->buttons() & Qt::LeftButton) // drawn along the strip
        choose(m_hovered);
    update();
}

void Timeline::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_months.size()) - 1;
    const int from = m_chosen >= 0 ? m_chosen : m_first >= 0 ? m_first : last;
    const int forward = isRightToLeft() ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        choose(std::clamp(from - forward, 0, std::max(last, 0)));
        break;
    case Qt::Key_Right:
        choose(std::clamp(from + forward, 0, std::max(last, 0)));
        break;
    case Qt::Key_Home:
        choose(0);
        break;
    case Qt::Key_End:
        choose(last);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool Timeline::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = monthAt(help->pos().x());
        if (index < 0) {
            QToolTip::hideText();
        } else {
            const auto &month = m_months[static_cast<std::size_t>(index)];
            QToolTip::showText(
                help->globalPos(),
                tr("%1: %n photo(s)", nullptr, static_cast<int>(month.photos)).arg(monthText(month.year, month.month)),
                this);
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace photolex::ui
