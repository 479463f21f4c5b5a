// Roots and the folders below them that hold photos, each root with its state. One chosen folder narrows the grid.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "ui/common/latest.h"

#include <QStandardItemModel>
#include <QWidget>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QTreeView;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;
class Commands;

struct FolderTree {
    std::vector<catalogue::Root> roots;
    std::vector<std::string> folders; // absolute, sorted, that hold photos
};

// "All photos", then one item a root, then its folders.
class FolderModel : public QStandardItemModel {
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole + 1, RootRole, StateRole }; // QByteArray, qint64, int (of a root only)
    using QStandardItemModel::QStandardItemModel;
    void setTree(const FolderTree &tree);
    QModelIndex indexOf(const std::string &path) const; // invalid: not here; empty: "All photos"
};

class FolderPanel : public QWidget {
    Q_OBJECT
public:
    FolderPanel(Session *session, Commands *commands, QWidget *parent = nullptr);

    void refresh();
    const std::vector<catalogue::Root> &roots() const { return m_tree.roots; }
    std::string chosen() const; // bytes; empty: all photos
    void choose(const std::string &path);
    QSize sizeHint() const override { return {208, 400}; }

Q_SIGNALS:
    void folderChosen(const std::string &path); // empty: all photos
    void treeChanged();

private:
    void show(FolderTree tree);
    void showMenu(const QPoint &at);
    void askToRemove(RootId root, const QString &name);

    Session *m_session;
    Commands *m_commands;
    FolderTree m_tree;
    FolderModel *m_model;
    QTreeView *m_view;
    Latest<FolderTree> m_reading{this};
    bool m_showing = false;
};

} // namespace photolex::ui
