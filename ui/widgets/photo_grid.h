// A grid of thumbnails that stays fluid with any number of photos: tiles have one size, so where a photo lies is
// arithmetic, and only what is visible is painted, asked for, or known.
//
// Keys: arrows, page keys, Home and End move; Shift extends; Ctrl+A selects all; Enter and double click activate; Ctrl
// with the wheel, + and − change the tile size. A rubber band selects. Photos are dragged out as addresses, copied or
// linked, never moved.
#pragma once

#include "core/base/ids.h"
#include "ui/common/dropped.h"
#include "ui/common/photo_model.h"

#include <QAbstractItemView>
#include <memory>
#include <vector>

namespace photolex::ui {

class Session;
class ThumbnailLoader;

class PhotoGrid : public QAbstractItemView {
    Q_OBJECT
public:
    // The session (may be null in tests) outlives the grid.
    explicit PhotoGrid(Session *session, QWidget *parent = nullptr);
    PhotoGrid(ThumbnailLoader *loader, QWidget *parent = nullptr); // takes the loader
    ~PhotoGrid() override;

    void setModel(QAbstractItemModel *model) override; // must be a PhotoModel
    PhotoModel *photoModel() const;
    ThumbnailLoader *loader() const;

    std::vector<PhotoId> selectedPhotos() const; // in the order of the view
    PhotoId currentPhoto() const;
    void selectPhoto(PhotoId photo); // and scrolls to it; nothing when it is not here
    // Selects those of them that are here, and nothing else; the view stays where it is, and no signal follows.
    // `current` may be none.
    void markPhotos(const std::vector<PhotoId> &photos, PhotoId current);
    // Selection, current photo and place are kept over a reset of the model where the photos are still there; no signal
    // follows.
    void setPhotosKeepingPlace(std::vector<PhotoId> photos, std::vector<PhotoSection> sections = {});

    int tileSide() const; // device-independent pixels of the square that a picture fits into
    void setTileSide(int side);
    static constexpr int smallestTile = 80, largestTile = 400;
    void setNamesShown(bool shown);
    void setScoresShown(bool shown);

    // Row of the first tile that is wholly visible, −1: none.
    int firstVisibleRow() const;
    int lastVisibleRow() const;
    void scrollToRow(int row); // its line at the top

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    void keyboardSearch(const QString &) override {} // would ask the model for the name of every photo
    QSize sizeHint() const override;

Q_SIGNALS:
    void photoActivated(photolex::PhotoId photo);
    void selectionChangedByUser(); // or by code: the selection or the current photo differs
    void menuRequested(const QPoint &globalPosition);
    void mapRequested(photolex::PhotoId photo); // while it was viewed: where does it lie on the map?
    void tileSideChanged(int side);
    void visibleRowsChanged(int first, int last);
    void dropReceived(const photolex::ui::Dropped &dropped);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;
    void reset() override;
    void updateGeometries() override;
    void startDrag(Qt::DropActions supported) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void askForVisible();
    bool acceptDrag(QDropEvent *event) const;

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
