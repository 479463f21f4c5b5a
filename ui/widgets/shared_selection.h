// Ties what is marked in a grid to the selection that the places share: what one marks in the grid is selected for all
// of them, and what was selected elsewhere is marked in the grid when one comes to look at it. Photos of the selection
// that the grid does not hold stay selected.
#pragma once

#include "core/base/ids.h"

#include <QObject>

namespace photolex::ui {

class PhotoGrid;
class Selection;

class SharedSelection : public QObject {
    Q_OBJECT
public:
    SharedSelection(Selection *selection, PhotoGrid *grid); // goes with the grid; the selection outlives it

    void follow();              // the grid holds other photos: mark those of them that are selected
    void reveal(PhotoId photo); // makes it current, selected with the others or else alone, and scrolls to it
    PhotoId current() const;    // the selection's, when it is marked here; none

Q_SIGNALS:
    void marked(); // other photos are marked, or another one is current, whoever did it

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void share();
    Selection *m_selection;
    PhotoGrid *m_grid;
    bool m_sharing = false; // the change of the selection that is told about is our own
};

} // namespace photolex::ui
