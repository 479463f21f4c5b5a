// The menu of the main window, and what it opens.
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/expression/expression_place.h"
#include "ui/search/search_field.h"
#include "ui/style/icons.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/main_window_p.h"
#include "ui/window/problems_dialog.h"
#include "ui/window/status_area.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

namespace photolex::ui {

QAction *MainWindow::Impl::action(QMenu *menu, const QString &text, const QKeySequence &shortcut,
                                  std::function<void()> work)
{
    auto *made = menu->addAction(text);
    made->setShortcut(shortcut);
    q->addAction(made); // the shortcut works while the menu is closed; goes with the menu
    QObject::connect(made, &QAction::triggered, q, std::move(work));
    return made;
}

void MainWindow::Impl::buildMenu(QToolButton *button)
{
    auto *menu = new QMenu(button);
    menu->setAccessibleName(MainWindow::tr("Menu"));
    action(menu, MainWindow::tr("Open folder…"), QKeySequence::Open, [this] { chooseFolder(); });
    action(menu, MainWindow::tr("Scan again"), QKeySequence::Refresh, [this] { session->rescan(); });
    action(menu, MainWindow::tr("Problems…"), {}, [this] { showProblems(); });
    menu->addSeparator();
    action(menu, MainWindow::tr("Search"), QKeySequence::Find, [this] { field->focusField(); });
    action(menu, MainWindow::tr("Paste picture as search"), QKeySequence::Paste, [this] { paste(); });
    action(menu, MainWindow::tr("Back"), Qt::Key_Escape, [this] { back(); });
    menu->addSeparator();
    action(menu, MainWindow::tr("Full screen"), QKeySequence(Qt::Key_F11),
           [this] { q->setWindowState(q->windowState() ^ Qt::WindowFullScreen); });
    action(menu, MainWindow::tr("About Photolex"), {}, [this] { showAbout(); });
    action(menu, MainWindow::tr("Quit"), QKeySequence::Quit, [this] { q->close(); });
    button->setMenu(menu);
}

void MainWindow::Impl::paste()
{
    const Dropped dropped = readDropped(QApplication::clipboard()->mimeData());
    if (dropped.isEmpty())
        status->tell(MainWindow::tr("There is no picture in the clipboard."));
    else if (q->place() == Place::Expression)
        expression->addDropped(dropped);
    else
        take(dropped, {});
}

void MainWindow::Impl::chooseFolder()
{
    auto *dialog = new QFileDialog(q, MainWindow::tr("Open a folder of photos"),
                                   QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, MainWindow::tr("Open folder"));
    QObject::connect(dialog, &QFileDialog::fileSelected, q, &MainWindow::openFolder);
    dialog->open();
}

void MainWindow::Impl::askToAdd(const QString &folder)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, MainWindow::tr("Add to library"),
                                MainWindow::tr("Add “%1” to the library?").arg(fileName(pathBytes(folder))),
                                QMessageBox::NoButton, q);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("addFolderDialog"));
    box->setInformativeText(
        MainWindow::tr("Its photos are shown and indexed where they are. Nothing is copied, moved or "
                       "changed."));
    auto *add = box->addButton(MainWindow::tr("Add to library"), QMessageBox::AcceptRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(add);
    QObject::connect(add, &QPushButton::clicked, q, [this, folder] { q->openFolder(folder); });
    box->open();
}

void MainWindow::Impl::showHistory(const QPoint &at)
{
    auto *menu = new QMenu(q);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("historyMenu"));
    const auto fill = [this, menu](const QString &title, const Result<std::vector<std::string>> &searches) {
        if (!searches || searches->empty())
            return;
        menu->addSection(title);
        for (const std::string &each : *searches) {
            const QString text = QString::fromStdString(each);
            QObject::connect(menu->addAction(menuText(menu, text)), &QAction::triggered, q,
                             [this, text] { commands.searchText(text); });
        }
    };
    fill(MainWindow::tr("Saved"), session->catalogue()->savedSearches());
    fill(MainWindow::tr("Recent"), session->catalogue()->recentSearches(12));
    if (menu->isEmpty())
        menu->addAction(MainWindow::tr("No searches yet"))->setEnabled(false);
    menu->popup(at);
}

void MainWindow::Impl::showProblems()
{
    if (auto *there = q->findChild<ProblemsDialog *>()) {
        there->raise();
        there->activateWindow();
        return;
    }
    auto *dialog = new ProblemsDialog(session, q);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::Impl::showAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, MainWindow::tr("About Photolex"),
                        QStringLiteral("Photolex %1").arg(QApplication::applicationVersion()), QMessageBox::Close, q);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("aboutDialog"));
    box->setIconPixmap(applicationIcon().pixmap({64, 64}, q->devicePixelRatioF()));
    box->setInformativeText(
        MainWindow::tr("Browse photos by meaning, on this computer alone. Free software under the GNU "
                       "General Public License, version 3 or later."));
    box->open();
}

} // namespace photolex::ui
