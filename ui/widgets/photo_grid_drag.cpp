#include "ui/widgets/drag_picture.h"
#include "ui/widgets/photo_grid_p.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>

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
    drag->setPixmap(photosDragPicture(m_impl->loader->pixmap(currentPhoto()), indexes.size(), this));
    drag->setHotSpot({24, 24});
    drag->setMimeData(photos.release());
    drag->exec(actions, Qt::CopyAction);
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
