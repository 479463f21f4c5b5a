#include "ui/common/dropped.h"

#include "core/image/decode.h"
#include "ui/common/photo_text.h"

#include <QFileInfo>
#include <QUrl>

namespace photolex::ui {

bool mayBeDropped(const QMimeData *data)
{
    return data && (data->hasUrls() || data->hasImage());
}

bool mayBeDroppedOrText(const QMimeData *data)
{
    return mayBeDropped(data) || (data && data->hasText());
}

Dropped readDropped(const QMimeData *data)
{
    Dropped dropped;
    if (!data)
        return dropped;
    bool remote = false;
    const auto urls = data->urls();
    for (const QUrl &url : urls) {
        if (!url.isLocalFile()) {
            remote = remote || !url.isEmpty();
            continue;
        }
        const QFileInfo file(url.toLocalFile());
        if (file.isDir())
            dropped.folders.append(file.absoluteFilePath());
        else if (file.isFile() && image::mayBePicture(pathBytes(file.fileName())))
            dropped.files.append(file.absoluteFilePath());
    }
    if (!dropped.folders.isEmpty() || !dropped.files.isEmpty())
        return dropped;
    // A browser may send a temporary file, the picture itself, or only where it came from: in this order.
    if (data->hasImage())
        dropped.image = qvariant_cast<QImage>(data->imageData());
    if (!dropped.image.isNull())
        return dropped;
    if (remote)
        dropped.remoteOnly = true;
    else if (urls.isEmpty() && data->hasText())
        dropped.text = data->text().trimmed();
    return dropped;
}

Qt::DropAction dropActionOf(const QDropEvent &event)
{
    const auto offered = event.possibleActions();
    return offered & Qt::CopyAction ? Qt::CopyAction : offered & Qt::LinkAction ? Qt::LinkAction : Qt::IgnoreAction;
}

bool acceptDrop(QDropEvent *event)
{
    const auto action = dropActionOf(*event);
    if (action == Qt::IgnoreAction) {
        event->ignore();
        return false;
    }
    event->setDropAction(action);
    event->accept();
    return true;
}

} // namespace photolex::ui
