#include "ui/widgets/chip.h"

#include "ui/widgets/tile_painter.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <vector>

namespace photolex::ui {

Chip::Chip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void Chip::setStrength(double strength)
{
    m_strength = std::min(strength, 1.0);
    update();
}

void Chip::setRemovable(bool removable)
{
    m_removable = removable;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int height = metrics.height() + 8;
    return {std::min(metrics.horizontalAdvance(text()) + height + (m_removable ? height / 2 : 0), 280), height};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    const QColor accent = palette().color(QPalette::Highlight);
    const double share = m_strength < 0 ? 0.08 : 0.06 + 0.28 * m_strength;
    QColor fill = mixed(base, m_strength < 0 ? ink : accent, share);
    if (underMouse())
        fill = mixed(fill, accent, 0.25);
    if (isDown())
        fill = mixed(fill, accent, 0.45);
    const QRectF body = QRectF(rect()).adjusted(1, 1, -1, -1);
    const double radius = body.height() / 2;
    painter.setPen(hasFocus() ? QPen(accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(body, radius, radius);

    const int side = height();
    QRect textRect = rect().adjusted(side / 2, 0, -side / 2, 0);
    if (m_removable) {
        QRect cross(width() - side + side / 4, 0, side / 2, side);
        cross = QStyle::visualRect(layoutDirection(), rect(), cross);
        textRect = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(side / 2, 0, -side, 0));
        painter.setPen(QPen(mixed(base, ink, 0.65), 1.5, Qt::SolidLine, Qt::RoundCap));
        const QPointF middle = QRectF(cross).center();
        painter.drawLine(middle + QPointF(-3, -3), middle + QPointF(3, 3));
        painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3));
    }
    painter.setPen(ink);
    painter.drawText(textRect, Qt::AlignCenter,
                     QFontMetrics(font()).elidedText(text(), Qt::ElideRight, textRect.width() + 1));
}

FlowLayout::FlowLayout(QWidget *parent, int gap)
    : QLayout(parent)
    , m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &outer, bool move) const
{
    const QRect rect = outer.marginsRemoved(contentsMargins());
    const auto direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    struct Placed {
        QLayoutItem *item;
        int x;
        QSize size;
    };
    std::vector<Placed> line;
    int x = rect.x(), y = rect.y(), lineHeight = 0;
    const auto endLine = [&] { // items of different heights stand on one middle line
        for (const auto &[item, left, size] : line)
            if (move)
                item->setGeometry(QStyle::visualRect(direction, rect,
                                                     QRect(QPoint(left, y + (lineHeight - size.height()) / 2), size)));
        line.clear();
    };
    for (auto *item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint();
        size.setWidth(std::min(size.width(), std::max(rect.width(), 1)));
        if (x > rect.x() && x + size.width() > rect.x() + rect.width()) {
            endLine();
            x = rect.x();
            y += lineHeight + m_gap;
            lineHeight = 0;
        }
        line.push_back({item, x, size});
        x += size.width() + m_gap;
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y + lineHeight - rect.y() + contentsMargins().top() + contentsMargins().bottom();
}

int gapAt(const std::vector<QWidget *> &items, QPoint position, Qt::LayoutDirection direction)
{
    constexpr int around = 4; // half of the gap between lines
    int index = 0;
    for (const auto *item : items) {
        const QRect where = item->geometry();
        const bool lineAbove = where.bottom() + around < position.y();
        const bool sameLine = !lineAbove && where.top() - around <= position.y();
        const int middle = where.center().x();
        const bool isPassed = direction == Qt::RightToLeft ? position.x() < middle : position.x() > middle;
        if (!lineAbove && !(sameLine && isPassed))
            return index;
        ++index;
    }
    return index;
}

QWidget *makeFlow(int gap)
{
    auto *box = new QWidget;
    new FlowLayout(box, gap);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    box->setSizePolicy(policy);
    return box;
}

void fillScrolling(QWidget *outer, QWidget *inside)
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inside);
    auto *all = new QVBoxLayout(outer);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
}

} // namespace photolex::ui
