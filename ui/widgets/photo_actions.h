// What can be done with the selected photos, the same in every place: view, slide show, open, show in folder, in the
// library and on the map, copy, similar photos, move to the trash. Shortcuts work while the place, or a child of it,
// has the focus. Of the selection, only photos that the place's grid holds are meant: nothing goes to the trash unseen.
#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QMenu;
class QWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class Commands;
class PhotoGrid;
class Selection;

class PhotoActions : public QObject {
    Q_OBJECT
public:
    // The actions follow `selection` and are added to `place`, which also is the parent of dialogs. Photos are viewed
    // out of `grid`, which the place shows.
    PhotoActions(Session *session, Commands *commands, Selection *selection, PhotoGrid *grid, QWidget *place);
    ~PhotoActions() override;

    // A menu of them for the selection; the caller shows it, and it goes when it is closed.
    QMenu *createMenu(QWidget *parent);
    void setAlbum(AlbumId album); // the place shows this one: photos can be taken out of it; none

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
