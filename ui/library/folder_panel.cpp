#include "ui/library/folder_panel.h"

#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/icons.h"

#include <QDesktopServices>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>
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

} // namespace

void FolderModel::setTree(const FolderTree &tree)
{
    clear();
    const auto makeItem = [](const QString &text, const std::string &path, RootId root) {
        auto *item = new QStandardItem(text);
        item->setEditable(false);
        item->setData(bytes(path), PathRole);
        item->setData(static_cast<qint64>(root.value), RootRole);
        item->setToolTip(displayPath(path).toHtmlEscaped());
        return item;
    };
    appendRow(makeItem(FolderPanel::tr("All photos"), {}, {}));
    for (const auto &root : tree.roots) {
        const std::string path = root.path.native();
        const QString state = stateText(root.state);
        auto *top = makeItem(fileName(path).isEmpty() ? displayPath(path) : fileName(path), path, root.id);
        top->setData(static_cast<int>(root.state), StateRole);
        const QString photos = FolderPanel::tr("%n photo(s)", nullptr, static_cast<int>(root.photos));
        if (!state.isEmpty()) {
            top->setText(FolderPanel::tr("%1 – %2", "folder and its state").arg(top->text(), state));
            top->setForeground(QBrush(QPalette().color(QPalette::PlaceholderText)));
        }
        top->setAccessibleText(QStringLiteral("%1, %2").arg(top->text(), photos));
        top->setToolTip(QStringLiteral("%1\n%2").arg(displayPath(path), photos));
        std::map<std::string, QStandardItem *> items{{path, top}};
        for (const auto &folder : tree.folders) {
            if (!isBelow(folder, path))
                continue;
            // Folders between that hold no photos of their own are made on the way.
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
        appendRow(top);
    }
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

FolderPanel::FolderPanel(Session *session, Commands *commands, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_commands(commands)
    , m_model(new FolderModel(this))
    , m_view(new QTreeView)
{
    m_view->setModel(m_model);
    m_view->setHeaderHidden(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Folders"));
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(16);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setExpandsOnDoubleClick(true);
    m_view->viewport()->setAutoFillBackground(false); // a part of the window, not a field in it
    auto *add = new QPushButton(icon(QStringLiteral("library/folder-add")), tr("Add folder…"));
    add->setAccessibleName(tr("Add a folder of photos"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    layout->addWidget(add);

    connect(add, &QPushButton::clicked, m_commands, &Commands::chooseFolder);
    connect(m_view, &QWidget::customContextMenuRequested, this, &FolderPanel::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (!m_showing && now.isValid())
            Q_EMIT folderChosen(now.data(FolderModel::PathRole).toByteArray().toStdString());
    });
    connect(session, &Session::rootsChanged, this, &FolderPanel::refresh);
    refresh();
}

std::string FolderPanel::chosen() const
{
    return m_view->currentIndex().data(FolderModel::PathRole).toByteArray().toStdString();
}

void FolderPanel::choose(const std::string &path)
{
    if (const auto index = m_model->indexOf(path); index.isValid())
        m_view->setCurrentIndex(index);
}

void FolderPanel::refresh()
{
    if (!m_session->catalogue())
        return;
    m_reading.run(
        [catalogue = m_session->catalogue()](std::stop_token) -> Result<FolderTree> {
            auto roots = catalogue->roots();
            if (!roots)
                return fail(roots.error());
            auto folders = catalogue->folders();
            if (!folders)
                return fail(folders.error());
            return FolderTree{std::move(*roots), std::move(*folders)};
        },
        [this](Result<FolderTree> tree) {
            if (tree)
                show(std::move(*tree));
        });
}

void FolderPanel::show(FolderTree tree)
{
    const auto same = [](const catalogue::Root &a, const catalogue::Root &b) {
        return a.id == b.id && a.state == b.state && a.photos == b.photos && a.path == b.path;
    };
    if (m_model->rowCount() > 0 && tree.folders == m_tree.folders &&
        std::equal(tree.roots.begin(), tree.roots.end(), m_tree.roots.begin(), m_tree.roots.end(), same))
        return;
    const std::string before = chosen();
    // What was open stays open; the first time, roots are.
    const bool first = m_model->rowCount() == 0;
    QSet<QByteArray> open, known;
    const auto walk = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const auto index = m_model->index(row, 0, parent);
            known.insert(index.data(FolderModel::PathRole).toByteArray());
            if (m_view->isExpanded(index))
                open.insert(index.data(FolderModel::PathRole).toByteArray());
            self(self, index);
        }
    };
    walk(walk, {});
    m_showing = true;
    m_tree = std::move(tree);
    m_model->setTree(m_tree);
    const auto restore = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const auto index = m_model->index(row, 0, parent);
            const auto path = index.data(FolderModel::PathRole).toByteArray();
            if (open.contains(path) || (!parent.isValid() && (first || !known.contains(path))))
                m_view->expand(index);
            self(self, index);
        }
    };
    restore(restore, {});
    const auto kept = m_model->indexOf(before);
    m_view->setCurrentIndex(kept.isValid() ? kept : m_model->index(0, 0));
    m_showing = false;
    if (!kept.isValid())
        Q_EMIT folderChosen({});
    Q_EMIT treeChanged();
}

void FolderPanel::showMenu(const QPoint &at)
{
    const auto index = m_view->indexAt(at);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto path = index.data(FolderModel::PathRole).toByteArray().toStdString();
    if (!path.empty()) {
        menu->addAction(tr("Open in file manager"), this, [path] { QDesktopServices::openUrl(fileUrl(path)); });
        const RootId root{index.data(FolderModel::RootRole).toLongLong()};
        if (root) {
            menu->addAction(tr("Scan again"), this, [this, path] { m_session->rescanFolder(path); });
            menu->addSeparator();
            menu->addAction(tr("Remove from library…"), this,
                            [this, root, path] { askToRemove(root, fileName(path)); });
        }
        menu->addSeparator();
    }
    menu->addAction(tr("Scan all folders again"), m_session, &Session::rescan);
    menu->addAction(tr("Add folder…"), m_commands, &Commands::chooseFolder);
    menu->popup(m_view->viewport()->mapToGlobal(at));
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
