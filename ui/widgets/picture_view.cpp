#include "ui/widgets/picture_view.h"

#include "ui/widgets/tile_painter.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

namespace photolex::ui {

PictureView::PictureView(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumHeight(120);
}

void PictureView::setPicture(const QImage &picture)
{
    m_picture = picture;
    m_scaled = {};
    update();
}

void PictureView::setText(const QString &text)
{
    m_text = text;
    update();
}

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QColor base = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(base, ink, 0.05));
    painter.drawRoundedRect(rect(), 6, 6);
    if (m_picture.isNull()) {
        painter.setPen(mixed(base, ink, 0.6));
        painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_text);
        return;
    }
    const double ratio = devicePixelRatioF();
    QSize wanted = m_picture.size().scaled(size() * ratio, Qt::KeepAspectRatio);
    if (wanted.width() > 2 * ratio * m_picture.width()) // a tiny picture stays small
        wanted = m_picture.size() * 2 * ratio;
    if (m_scaled.size() != wanted)
        m_scaled = QPixmap::fromImage(m_picture.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    const QSizeF shown = QSizeF(wanted) / ratio;
    const QPointF corner(std::round((width() - shown.width()) / 2 * ratio) / ratio,
                         std::round((height() - shown.height()) / 2 * ratio) / ratio);
    QBrush brush(m_scaled);
    brush.setTransform(QTransform::fromTranslate(corner.x(), corner.y()).scale(1 / ratio, 1 / ratio));
    painter.setBrush(brush);
    painter.drawRoundedRect(QRectF(corner, shown), 4, 4);
}

void PictureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT activated();
}

} // namespace photolex::ui
