#include "ui/library/folder_tree.h"

#include "ui/common/dropped.h"
#include "ui/common/photo_text.h"
#include "ui/library/folder_panel.h"

#include <QDragEnterEvent>
#include <QPainter>
#include <map>

namespace photolex::ui {

namespace {

bool isBelow(const std::string &path, const std::string &root)
{
    return path.size() > root.size() && path.starts_with(root) && (root.ends_with('/') || path[root.size()] == '/');
}

QString stateText(catalogue::RootState state)
{
    switch (state) {
    case catalogue::RootState::Online:
        return {};
    case catalogue::RootState::Offline:
        return FolderPanel::tr("not connected");
    case catalogue::RootState::ReadOnly:
        return FolderPanel::tr("read-only");
    }
    return {};
}

QByteArray bytes(const std::string &path)
{
    return QByteArray::fromStdString(path);
}

QStandardItem *makeItem(const QString &text, const std::string &path, RootId root)
{
    auto *item = new QStandardItem(text);
    item->setEditable(false);
    item->setData(bytes(path), FolderModel::PathRole);
    item->setData(static_cast<qint64>(root.value), FolderModel::RootRole);
    item->setToolTip(toolTipText(displayPath(path)));
    return item;
}

QStandardItem *rootItem(const catalogue::Root &root)
{
    const std::string path = root.path.native();
    const QString state = stateText(root.state);
    auto *item = makeItem(fileName(path).isEmpty() ? displayPath(path) : fileName(path), path, root.id);
    item->setData(static_cast<int>(root.state), FolderModel::StateRole);
    const QString photos = FolderPanel::tr("%n photo(s)", nullptr, static_cast<int>(root.photos));
    if (!state.isEmpty()) {
        item->setText(FolderPanel::tr("%1 – %2", "folder and its state").arg(item->text(), state));
        item->setForeground(QBrush(QPalette().color(QPalette::PlaceholderText)));
    }
    item->setAccessibleText(QStringLiteral("%1, %2").arg(item->text(), photos));
    item->setToolTip(QStringLiteral("%1\n%2").arg(displayPath(path), photos));
    return item;
}

// Folders between that hold no photos of their own are made on the way.
void addFolders(QStandardItem *top, const std::string &path, const std::vector<std::string> &folders)
{
    std::map<std::string, QStandardItem *> items{{path, top}};
    for (const auto &folder : folders) {
        if (!isBelow(folder, path))
            continue;
        auto from = path.size() + (path.ends_with('/') ? 0 : 1);
        QStandardItem *parent = top;
        while (from <= folder.size()) {
            const auto slash = std::min(folder.find('/', from), folder.size());
            const std::string part = folder.substr(0, slash);
            auto &item = items[part];
            if (!item) {
                item = makeItem(fileName(part), part, {});
                parent->appendRow(item);
            }
            parent = item;
            from = slash + 1;
        }
    }
}

QStandardItem *albumItem(const catalogue::Album &album)
{
    auto *item = makeItem(QString::fromStdString(album.name), {}, {});
    item->setData(static_cast<qint64>(album.id.value), FolderModel::AlbumRole);
    const QString photos = FolderPanel::tr("%n photo(s)", nullptr, static_cast<int>(album.photos));
    item->setAccessibleText(QStringLiteral("%1, %2").arg(item->text(), photos));
    item->setToolTip(photos);
    return item;
}

} // namespace

void FolderModel::setTree(const FolderTree &tree)
{
    clear();
    appendRow(makeItem(FolderPanel::tr("All photos"), {}, {}));
    for (const auto &root : tree.roots) {
        auto *top = rootItem(root);
        addFolders(top, root.path.native(), tree.folders);
        appendRow(top);
    }
    if (tree.albums.empty())
        return;
    auto *title = new QStandardItem(FolderPanel::tr("Albums"));
    title->setFlags(Qt::ItemIsEnabled); // a title: it cannot be chosen
    title->setForeground(QBrush(QPalette().color(QPalette::PlaceholderText)));
    for (const auto &album : tree.albums)
        title->appendRow(albumItem(album));
    appendRow(title);
}

QModelIndex FolderModel::indexOf(const std::string &path) const
{
    if (rowCount() == 0)
        return {};
    if (path.empty())
        return index(0, 0);
    const auto found = match(index(0, 0), PathRole, bytes(path), 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

QModelIndex FolderModel::indexOf(AlbumId album) const
{
    if (rowCount() == 0 || !album)
        return {};
    const auto found =
        match(index(0, 0), AlbumRole, static_cast<qint64>(album.value), 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

bool FolderModel::hasAlbums() const
{
    return rowCount() > 0 && !(index(rowCount() - 1, 0).flags() & Qt::ItemIsSelectable);
}

AlbumId FolderModel::albumOf(const QModelIndex &index)
{
    return {index.data(AlbumRole).toLongLong()};
}

FolderView::FolderView(QWidget *parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(16);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setExpandsOnDoubleClick(true);
    setAcceptDrops(true);
    viewport()->setAutoFillBackground(false); // a part of the window, not a field in it
}

bool FolderView::isOwn(const QDropEvent *event) const
{
    const auto *from = qobject_cast<const QWidget *>(event->source());
    return from && from->window() == window();
}

void FolderView::light(const QModelIndex &album)
{
    if (album == m_lit)
        return;
    m_lit = album;
    viewport()->update();
}

void FolderView::dragEnterEvent(QDragEnterEvent *event)
{
    // Folders, and everything while there is no album, are the window's.
    const auto *folders = static_cast<const FolderModel *>(model());
    if (folders->hasAlbums() && dropActionOf(*event) != Qt::IgnoreAction &&
        !readDropped(event->mimeData()).files.isEmpty())
        dragMoveEvent(event);
    else
        event->ignore();
}

void FolderView::dragMoveEvent(QDragMoveEvent *event)
{
    const auto index = indexAt(event->position().toPoint());
    const bool isAlbum = static_cast<bool>(FolderModel::albumOf(index));
    light(isAlbum ? index : QModelIndex());
    // The drag stays here between albums, so that the next one is asked again; only the action says no.
    event->setDropAction(isAlbum ? dropActionOf(*event) : Qt::IgnoreAction);
    event->setAccepted(event->type() == QEvent::DragEnter || isAlbum);
}

void FolderView::dragLeaveEvent(QDragLeaveEvent *)
{
    light({});
}

void FolderView::dropEvent(QDropEvent *event)
{
    light({});
    const AlbumId album = FolderModel::albumOf(indexAt(event->position().toPoint()));
    if (!album)
        return event->ignore();
    if (!acceptDrop(event))
        return;
    Q_EMIT droppedOnAlbum(album, readDropped(event->mimeData()).files, isOwn(event));
}

void FolderView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (!m_lit.isValid())
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    QColor fill = palette().color(QPalette::Highlight);
    fill.setAlphaF(0.15F);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(visualRect(m_lit)).adjusted(1, 1, -1, -1), 4, 4);
}

} // namespace photolex::ui
