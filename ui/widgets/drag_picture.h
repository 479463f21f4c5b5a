// What is seen under the pointer while something is dragged.
#pragma once

#include <QPixmap>
#include <QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace photolex::ui {

// A photo, small, with the number of photos when there are several. `photo` may be null: it is not loaded yet.
QPixmap photosDragPicture(const QPixmap &photo, qsizetype count, const QWidget *from);
QPixmap wordDragPicture(const QString &word, const QWidget *from);

} // namespace photolex::ui
