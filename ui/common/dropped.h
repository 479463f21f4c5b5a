// What a drop or a paste brings, told apart once for every place that takes one.
//
// File managers send a list of addresses and, beside it, the same as text: the addresses win, decoded once. Browsers
// send a remote address, often with the picture itself: then the picture is taken. Photolex does not go online.
#pragma once

#include <QDropEvent>
#include <QImage>
#include <QMimeData>
#include <QString>
#include <QStringList>

namespace photolex::ui {

struct Dropped {
    QStringList folders;     // absolute paths of local folders
    QStringList files;       // absolute paths of local files that may be pictures
    QImage image;            // picture data, when no local file came with it
    QString text;            // plain text, when nothing else was there
    bool remoteOnly = false; // a remote address without its picture: say "save the picture first"
    bool isEmpty() const
    {
        return folders.isEmpty() && files.isEmpty() && image.isNull() && text.isEmpty() && !remoteOnly;
    }
};

// Cheap, for drag-enter: could readDropped() give anything but text? Looks at formats only, not at the disk.
bool mayBeDropped(const QMimeData *data);
bool mayBeDroppedOrText(const QMimeData *data); // could it give anything?
// `data` may be null, and may hold less than was promised when the drag entered.
Dropped readDropped(const QMimeData *data);

// Copy where it is offered, else a link, never a move: originals stay where they are. IgnoreAction: neither is offered.
Qt::DropAction dropActionOf(const QDropEvent &event);
// Accepts it with that action; false, and ignored, where there is none.
bool acceptDrop(QDropEvent *event);

} // namespace photolex::ui
