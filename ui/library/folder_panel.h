// Roots with the folders below them that hold photos, each root with its state, and albums. One chosen folder or album
// narrows the grid.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "ui/common/latest.h"
#include "ui/library/folder_tree.h"

#include <QWidget>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class Commands;
class Selection;

class FolderPanel : public QWidget {
    Q_OBJECT
public:
    FolderPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent = nullptr);

    void refresh();
    const std::vector<catalogue::Root> &roots() const { return m_tree.roots; }
    std::string chosen() const; // bytes; empty: all photos, or an album
    AlbumId chosenAlbum() const;
    void choose(const std::string &path);
    void chooseAlbum(AlbumId album);
    QSize sizeHint() const override { return {208, 400}; }

Q_SIGNALS:
    void folderChosen(const std::string &path); // empty: all photos
    void albumChosen(photolex::AlbumId album);
    void treeChanged();

private:
    void show(FolderTree tree);
    void showMenu(const QPoint &at);
    void addFolderActions(QMenu *menu, const QModelIndex &index);
    void addAlbumActions(QMenu *menu, const QModelIndex &index);
    void askToRemove(RootId root, const QString &name);
    void takeDrop(AlbumId album, const QStringList &files, bool own);

    Session *m_session;
    Commands *m_commands;
    Selection *m_selection;
    FolderTree m_tree;
    FolderModel *m_model;
    FolderView *m_view;
    Latest<FolderTree> m_reading{this};
    bool m_showing = false;
};

} // namespace photolex::ui
