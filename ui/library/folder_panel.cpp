#include "ui/library/folder_panel.h"

#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/style/icons.h"
#include "ui/widgets/album_actions.h"

#include <QDesktopServices>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

// What an item is known by when the tree is made anew.
QByteArray keyOf(const QModelIndex &index)
{
    const auto path = index.data(FolderModel::PathRole).toByteArray();
    if (!path.isEmpty())
        return path;
    if (!(index.flags() & Qt::ItemIsSelectable))
        return QByteArrayLiteral("albums"); // their title
    return QByteArrayLiteral("album ") + QByteArray::number(index.data(FolderModel::AlbumRole).toLongLong());
}

template <class Visit>
void forAll(const QAbstractItemModel &model, Visit visit, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        visit(index);
        forAll(model, visit, index);
    }
}

} // namespace

FolderPanel::FolderPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_commands(commands)
    , m_selection(selection)
    , m_model(new FolderModel(this))
    , m_view(new FolderView)
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Folders and albums"));
    auto *add = new QPushButton(icon(QStringLiteral("library/folder-add")), tr("Add folder…"));
    add->setAccessibleName(tr("Add a folder of photos"));
    auto *album = new QPushButton(icon(QStringLiteral("library/album-add")), tr("New album…"));
    album->setToolTip(tr("An album puts photos of any folder together; the files stay where they are"));
    album->setObjectName(QStringLiteral("newAlbum"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    layout->addWidget(album);
    layout->addWidget(add);

    connect(add, &QPushButton::clicked, m_commands, &Commands::chooseFolder);
    connect(album, &QPushButton::clicked, this, [this] { askForAlbum(m_session, m_commands, this); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &FolderPanel::showMenu);
    connect(m_view, &FolderView::droppedOnAlbum, this, &FolderPanel::takeDrop);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (m_showing || !now.isValid() || !(now.flags() & Qt::ItemIsSelectable))
            return;
        if (const AlbumId chosen = FolderModel::albumOf(now))
            Q_EMIT albumChosen(chosen);
        else
            Q_EMIT folderChosen(now.data(FolderModel::PathRole).toByteArray().toStdString());
    });
    connect(session, &Session::rootsChanged, this, &FolderPanel::refresh);
    connect(commands, &Commands::albumsChanged, this, &FolderPanel::refresh);
    refresh();
}

std::string FolderPanel::chosen() const
{
    return m_view->currentIndex().data(FolderModel::PathRole).toByteArray().toStdString();
}

AlbumId FolderPanel::chosenAlbum() const
{
    return FolderModel::albumOf(m_view->currentIndex());
}

void FolderPanel::choose(const std::string &path)
{
    if (const auto index = m_model->indexOf(path); index.isValid())
        m_view->setCurrentIndex(index);
}

void FolderPanel::chooseAlbum(AlbumId album)
{
    if (const auto index = m_model->indexOf(album); index.isValid())
        m_view->setCurrentIndex(index);
}

void FolderPanel::refresh()
{
    if (!m_session->catalogue())
        return;
    m_reading.run(
        [catalogue = m_session->catalogue()](const std::stop_token &) -> Result<FolderTree> {
            auto roots = catalogue->roots();
            if (!roots)
                return fail(roots.error());
            auto folders = catalogue->folders();
            if (!folders)
                return fail(folders.error());
            auto albums = catalogue->albums();
            if (!albums)
                return fail(albums.error());
            return FolderTree{std::move(*roots), std::move(*folders), std::move(*albums)};
        },
        [this](Result<FolderTree> tree) {
            if (tree)
                show(std::move(*tree));
        });
}

void FolderPanel::show(FolderTree tree)
{
    const auto sameRoot = [](const catalogue::Root &a, const catalogue::Root &b) {
        return a.id == b.id && a.state == b.state && a.photos == b.photos && a.path == b.path;
    };
    const auto sameAlbum = [](const catalogue::Album &a, const catalogue::Album &b) {
        return a.id == b.id && a.name == b.name && a.photos == b.photos;
    };
    if (m_model->rowCount() > 0 && tree.folders == m_tree.folders &&
        std::equal(tree.roots.begin(), tree.roots.end(), m_tree.roots.begin(), m_tree.roots.end(), sameRoot) &&
        std::equal(tree.albums.begin(), tree.albums.end(), m_tree.albums.begin(), m_tree.albums.end(), sameAlbum))
        return;
    const std::string before = chosen();
    const AlbumId albumBefore = chosenAlbum();
    // What was open stays open; roots and albums that are new are open.
    QSet<QByteArray> open, known;
    forAll(*m_model, [&](const QModelIndex &index) {
        known.insert(keyOf(index));
        if (m_view->isExpanded(index))
            open.insert(keyOf(index));
    });
    m_showing = true;
    m_tree = std::move(tree);
    m_model->setTree(m_tree);
    forAll(*m_model, [&](const QModelIndex &index) {
        const auto key = keyOf(index);
        if (open.contains(key) || (!index.parent().isValid() && !known.contains(key)))
            m_view->expand(index);
    });
    const auto kept = albumBefore ? m_model->indexOf(albumBefore) : m_model->indexOf(before);
    m_view->setCurrentIndex(kept.isValid() ? kept : m_model->index(0, 0));
    m_showing = false;
    if (!kept.isValid())
        Q_EMIT folderChosen({});
    Q_EMIT treeChanged();
}

void FolderPanel::takeDrop(AlbumId album, const QStringList &files, bool own)
{
    std::vector<PhotoId> photos;
    if (own) {
        photos = m_selection->photos(); // names outside UTF-8 do not survive a list of files
    } else {
        for (const QString &file : files)
            if (const auto known = m_session->catalogue()->photoAt(pathBytes(file)); known && *known)
                photos.push_back((*known)->id);
    }
    const auto found = std::find_if(m_tree.albums.begin(), m_tree.albums.end(),
                                    [album](const auto &each) { return each.id == album; });
    if (photos.empty())
        m_commands->tell(tr("Only photos of the library can be put into an album. Add their folder first."));
    else if (found != m_tree.albums.end())
        addToAlbum(m_session, m_commands, album, found->name, std::move(photos));
}

void FolderPanel::showMenu(const QPoint &at)
{
    const auto index = m_view->indexAt(at);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addFolderActions(menu, index);
    addAlbumActions(menu, index);
    menu->addAction(tr("Scan all folders again"), m_session, &Session::rescan);
    menu->addAction(tr("Add folder…"), m_commands, &Commands::chooseFolder);
    menu->addAction(tr("New album…"), this, [this] { askForAlbum(m_session, m_commands, this); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void FolderPanel::addFolderActions(QMenu *menu, const QModelIndex &index)
{
    const auto path = index.data(FolderModel::PathRole).toByteArray().toStdString();
    if (path.empty())
        return;
    menu->addAction(tr("Open in file manager"), this, [path] { QDesktopServices::openUrl(fileUrl(path)); });
    if (const RootId root{index.data(FolderModel::RootRole).toLongLong()}) {
        menu->addAction(tr("Scan again"), this, [this, path] { m_session->rescanFolder(path); });
        menu->addSeparator();
        menu->addAction(tr("Remove from library…"), this, [this, root, path] { askToRemove(root, fileName(path)); });
    }
    menu->addSeparator();
}

void FolderPanel::addAlbumActions(QMenu *menu, const QModelIndex &index)
{
    const AlbumId album = FolderModel::albumOf(index);
    if (!album)
        return;
    const std::string name = index.data().toString().toStdString();
    menu->addAction(tr("Rename album…"), this,
                    [this, album, name] { askForAlbumName(m_session, m_commands, this, album, name); });
    menu->addAction(tr("Remove album…"), this,
                    [this, album, name] { askToRemoveAlbum(m_session, m_commands, this, album, name); });
    menu->addSeparator();
}

void FolderPanel::askToRemove(RootId root, const QString &name)
{
    auto *question = new QMessageBox(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setTextFormat(Qt::PlainText);
    question->setText(tr("Remove “%1” from the library?").arg(name));
    question->setInformativeText(
        tr("The files stay where they are. Captions that you wrote for these photos are forgotten."));
    auto *remove = question->addButton(tr("Remove from library"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(remove, &QPushButton::clicked, this, [this, root] { m_session->removeRoot(root); });
    question->open();
}

} // namespace photolex::ui
