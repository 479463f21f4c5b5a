#include "ui/window/drop_overlay.h"

#include "ui/style/theme.h"

#include <QPainter>

namespace photolex::ui {

DropOverlay::DropOverlay(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Drop here"));
    hide();
}

void DropOverlay::cover(const QString &text)
{
    m_text = text;
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.82F);
    painter.fillRect(rect(), veil);
    const QRectF frame = QRectF(rect()).adjusted(2 * gridUnit, 2 * gridUnit, -2 * gridUnit, -2 * gridUnit);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2.5, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 12, 12);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(frame.adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_text);
}

} // namespace photolex::ui
