#include "ui/widgets/photo_grid_p.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QFontMetrics>
#include <QMimeData>
#include <QPainter>

namespace photolex::ui {

void PhotoGrid::startDrag(Qt::DropActions supported)
{
    const auto indexes = selectedIndexes();
    std::unique_ptr<QMimeData> photos(indexes.isEmpty() ? nullptr : model()->mimeData(indexes));
    // Only these two are ever offered: a file manager that is offered "move" takes the originals away.
    const auto actions = supported & (Qt::CopyAction | Qt::LinkAction);
    if (!photos || !actions)
        return;
    auto *drag = new QDrag(this);
    drag->setPixmap(dragPicture(static_cast<int>(indexes.size())));
    drag->setHotSpot({24, 24});
    drag->setMimeData(photos.release());
    drag->exec(actions, Qt::CopyAction);
}

QPixmap PhotoGrid::dragPicture(int count) const
{
    const double ratio = devicePixelRatioF();
    QPixmap picture = m_impl->loader->pixmap(currentPhoto());
    if (picture.isNull()) {
        picture = QPixmap(QSize(64, 64) * ratio);
        picture.fill(palette().color(QPalette::Mid));
    }
    picture = picture.scaled(QSize(96, 96) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (count > 1) {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(ratio, ratio);
        const QString text = locale().toString(count);
        const QRectF badge(4, 4, QFontMetrics(font()).horizontalAdvance(text) + 16, QFontMetrics(font()).height() + 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
        painter.setPen(palette().color(QPalette::HighlightedText));
        painter.drawText(badge, Qt::AlignCenter, text);
    }
    picture.setDevicePixelRatio(ratio);
    return picture;
}

bool PhotoGrid::acceptDrag(QDropEvent *event) const
{
    // Photos of this grid dropped on itself mean nothing.
    if (event->source() != this && mayBeDropped(event->mimeData()))
        return acceptDrop(event);
    event->ignore();
    return false;
}

void PhotoGrid::dragEnterEvent(QDragEnterEvent *event)
{
    m_impl->dropOver = acceptDrag(event);
    viewport()->update();
}

void PhotoGrid::dragMoveEvent(QDragMoveEvent *event)
{
    acceptDrag(event);
}

void PhotoGrid::dragLeaveEvent(QDragLeaveEvent *event)
{
    Q_UNUSED(event)
    m_impl->dropOver = false;
    viewport()->update();
}

void PhotoGrid::dropEvent(QDropEvent *event)
{
    m_impl->dropOver = false;
    viewport()->update();
    setState(NoState);
    if (!acceptDrag(event))
        return;
    const auto dropped = readDropped(event->mimeData());
    if (!dropped.isEmpty())
        Q_EMIT dropReceived(dropped);
}

} // namespace photolex::ui
