// The tree beside the grid: "All photos", one item a root with its folders below, and the albums. Photos can be dropped
// on an album: it lights up, and takes them in.
#pragma once

#include "core/catalogue/catalogue.h"

#include <QPersistentModelIndex>
#include <QStandardItemModel>
#include <QTreeView>
#include <string>
#include <vector>

namespace photolex::ui {

struct FolderTree {
    std::vector<catalogue::Root> roots;
    std::vector<std::string> folders; // absolute, sorted, that hold photos
    std::vector<catalogue::Album> albums;
};

class FolderModel : public QStandardItemModel {
    Q_OBJECT
public:
    // QByteArray; qint64; int, of a root only; qint64, of an album only
    enum Role { PathRole = Qt::UserRole + 1, RootRole, StateRole, AlbumRole };
    using QStandardItemModel::QStandardItemModel;
    void setTree(const FolderTree &tree);
    QModelIndex indexOf(const std::string &path) const; // invalid: not here; empty: "All photos"
    QModelIndex indexOf(AlbumId album) const;
    bool hasAlbums() const;
    static AlbumId albumOf(const QModelIndex &index); // none: not an album
};

class FolderView : public QTreeView {
    Q_OBJECT
public:
    explicit FolderView(QWidget *parent = nullptr);

Q_SIGNALS:
    // `own`: they come from this window, and what is dragged is what is selected there.
    void droppedOnAlbum(photolex::AlbumId album, const QStringList &files, bool own);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void light(const QModelIndex &album);
    bool isOwn(const QDropEvent *event) const;
    QPersistentModelIndex m_lit;
};

} // namespace photolex::ui
