#include "ui/window/main_window.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/messages.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/library/library_place.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings_place.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/photo_viewer.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/language.h"
#include "ui/window/problems_dialog.h"
#include "ui/window/rail.h"
#include "ui/window/status_area.h"
#include "ui/window/welcome_page.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>

namespace photolex::ui {

struct MainWindow::Impl {
    Impl(MainWindow *window, Session *ofSession, Preferences *ofPreferences)
        : q(window)
        , session(ofSession)
        , preferences(ofPreferences)
    {
    }

    MainWindow *q;
    Session *session;
    Preferences *preferences;
    Commands commands;
    Selection selection;
    Latest<catalogue::Catalogue::Counts> counting;
    Latest<QImage> previewing;
    qint64 jobDone = 0;

    // Made by build(), gone with the central widget
    QWidget *content = nullptr;
    Rail *rail = nullptr;
    SearchField *field = nullptr;
    QStackedWidget *stack = nullptr;
    QStackedWidget *libraryOrWelcome = nullptr;
    LibraryPlace *library = nullptr;
    SearchPlace *search = nullptr;
    SettingsPlace *settings = nullptr;
    StatusArea *status = nullptr;
    DropOverlay *overlay = nullptr;
    bool cameByTyping = false; // into Search: an empty field leads back to the Library

    void build();
    void buildMenu(QToolButton *button);
    QAction *action(QMenu *menu, const QString &text, const QKeySequence &shortcut, std::function<void()> work);
    void connectCommands();
    void takeRequest(const SearchRequest &request);
    void searchPicture(SearchRequest picture, const QString &name);
    void take(const Dropped &dropped, const QString &words);
    void paste();
    void chooseFolder();
    void askToAdd(const QString &folder);
    void showHistory(const QPoint &at);
    void showProblems();
    void showAbout();
    void back();
    void view(const std::vector<PhotoId> &photos, PhotoId first);
    void refreshCounts();
    void refreshWelcome();
    void keepState();
    QString dropText(const QMimeData *data) const;
};

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

void MainWindow::Impl::build()
{
    q->setWindowTitle(QStringLiteral("Photolex"));

    content = new QWidget;
    rail = new Rail;
    rail->setObjectName(QStringLiteral("rail"));
    rail->addPlace(QStringLiteral("window/library"), MainWindow::tr("Library"), QKeySequence(Qt::CTRL | Qt::Key_1));
    rail->addPlace(QStringLiteral("window/search"), MainWindow::tr("Search"), QKeySequence(Qt::CTRL | Qt::Key_2));
    rail->addPlace(QStringLiteral("window/settings"), MainWindow::tr("Settings"), QKeySequence(Qt::CTRL | Qt::Key_3),
                   true);
    field = new SearchField;
    auto *menuButton = new QToolButton;
    menuButton->setIcon(icon(QStringLiteral("window/menu")));
    menuButton->setIconSize({22, 22});
    menuButton->setAutoRaise(true);
    menuButton->setPopupMode(QToolButton::InstantPopup);
    menuButton->setToolTip(MainWindow::tr("Menu"));
    menuButton->setAccessibleName(MainWindow::tr("Menu"));
    menuButton->setShortcut(QKeySequence(Qt::Key_F10));
    menuButton->setMinimumSize(5 * gridUnit, 5 * gridUnit);
    buildMenu(menuButton);

    library = new LibraryPlace(session, &commands, &selection);
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    auto *welcome = new WelcomePage(pictures);
    libraryOrWelcome = new QStackedWidget;
    libraryOrWelcome->addWidget(library);
    libraryOrWelcome->addWidget(welcome);
    search = new SearchPlace(session, &commands, &selection);
    settings = new SettingsPlace(session, &commands, preferences);
    stack = new QStackedWidget;
    stack->addWidget(libraryOrWelcome);
    stack->addWidget(search);
    stack->addWidget(settings);
    status = new StatusArea(session);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    top->addWidget(field, 1);
    top->addWidget(menuButton);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addLayout(top);
    right->addWidget(stack, 1);
    right->addWidget(status);
    auto *across = new QHBoxLayout(content);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    across->addWidget(rail);
    across->addLayout(right, 1);
    overlay = new DropOverlay(content);
    q->setCentralWidget(content);
    // As one reads: field, menu, place, status.
    QWidget::setTabOrder(field->lineEdit(), menuButton);

    library->restoreState(preferences->state(QStringLiteral("library")));
    search->restoreState(preferences->state(QStringLiteral("search")));

    QObject::connect(rail, &Rail::placeChosen, stack, [this](int index) {
        cameByTyping = false;
        stack->setCurrentIndex(index);
        if (index == static_cast<int>(Place::Search) && field->request().isEmpty())
            field->focusField();
    });
    QObject::connect(field, &SearchField::requested, search, [this](const auto &request) { takeRequest(request); });
    QObject::connect(field, &SearchField::confirmed, search, [this](const SearchRequest &request) {
        if (request.isEmpty())
            return;
        q->showPlace(Place::Search);
        search->confirm();
        search->focusGrid();
    });
    QObject::connect(field, &SearchField::leftDownwards, search,
                     [this] { q->place() == Place::Search ? search->focusGrid() : library->focusGrid(); });
    QObject::connect(field, &SearchField::dropReceived, search,
                     [this](const Dropped &dropped) { take(dropped, field->request().text); });
    QObject::connect(field, &SearchField::historyRequested, search, [this](const QPoint &at) { showHistory(at); });
    QObject::connect(search, &SearchPlace::textSuggested, field, [this](const QString &text) {
        q->showPlace(Place::Search);
        field->setText(text);
        search->confirm();
    });
    QObject::connect(search, &SearchPlace::dropReceived, q, [this](const Dropped &dropped) { take(dropped, {}); });
    QObject::connect(search, &SearchPlace::viewRequested, q,
                     [this](const std::vector<PhotoId> &photos, PhotoId first) { view(photos, first); });
    QObject::connect(welcome, &WelcomePage::folderRequested, q, [this] { chooseFolder(); });
    QObject::connect(welcome, &WelcomePage::folderChosen, q, &MainWindow::openFolder);
    QObject::connect(status, &StatusArea::problemsRequested, q, [this] { showProblems(); });
    QObject::connect(status, &StatusArea::quietChosen, preferences, &Preferences::setQuiet);
    rail->setCurrent(0);
    refreshWelcome();
    refreshCounts();
}

void MainWindow::Impl::connectCommands()
{
    QObject::connect(&commands, &Commands::textSearched, q, [this](const QString &text) {
        q->showPlace(Place::Search);
        field->clear();
        field->setText(text);
        search->confirm();
    });
    QObject::connect(&commands, &Commands::similarSearched, q, [this](PhotoId photo) {
        const auto path = session->catalogue()->absolutePath(photo);
        searchPicture({.similarTo = photo}, path ? fileName(*path) : QString());
    });
    QObject::connect(&commands, &Commands::pictureSearched, q, [this](const QString &file) {
        take({.folders = {}, .files = {file}, .image = {}, .text = {}}, {});
    });
    QObject::connect(&commands, &Commands::imageSearched, q, [this](const QImage &image) {
        searchPicture({.image = image}, MainWindow::tr("Pasted picture"));
    });
    QObject::connect(&commands, &Commands::typedIntoSearch, q,
                     [this](const QString &text) { field->insertText(text); });
    QObject::connect(&commands, &Commands::shownInLibrary, q, [this](PhotoId photo) {
        q->showPlace(Place::Library);
        library->revealPhoto(photo);
    });
    QObject::connect(&commands, &Commands::folderAdded, q, &MainWindow::openFolder);
    QObject::connect(&commands, &Commands::folderChosen, q, [this] { chooseFolder(); });
    QObject::connect(&commands, &Commands::told, q, [this](const QString &message) { status->tell(message); });
}

void MainWindow::Impl::takeRequest(const SearchRequest &request)
{
    const bool inSearch = q->place() == Place::Search;
    if (!request.isEmpty() && !inSearch) {
        q->showPlace(Place::Search);
        cameByTyping = true;
    }
    search->search(request);
    if (request.text.isEmpty() && !request.hasPicture() && inSearch && cameByTyping)
        q->showPlace(Place::Library);
}

void MainWindow::Impl::searchPicture(SearchRequest picture, const QString &name)
{
    q->showPlace(Place::Search);
    field->setPicture(picture, name);
    previewing.run(
        [picture, catalogue = session->catalogue(), cache = session->thumbnails()](std::stop_token) -> Result<QImage> {
            if (!picture.image.isNull())
                return picture.image.scaled(64, 64, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
            if (picture.similarTo) {
                const auto infos = readInfos(*catalogue, std::span(&picture.similarTo, 1));
                if (!infos)
                    return fail(infos.error());
                if (infos->empty())
                    return fail(Errc::NotFound, "photo");
                return loadThumbnail(cache.get(), thumbnailRequest(infos->front()), 64);
            }
            return loadThumbnail(nullptr, {.path = pathBytes(picture.pictureFile)}, 64);
        },
        [this, picture](Result<QImage> image) {
            if (image && field->request().samePicture(picture))
                field->setPicturePreview(QPixmap::fromImage(*image));
        });
}

void MainWindow::Impl::take(const Dropped &dropped, const QString &words)
{
    if (!dropped.folders.isEmpty()) {
        askToAdd(dropped.folders.first());
    } else if (!dropped.files.isEmpty()) {
        const QString &file = dropped.files.first();
        const auto known = session->catalogue()->photoAt(pathBytes(file));
        if (known && *known)
            searchPicture({.text = words, .similarTo = (*known)->id}, fileName(pathBytes(file)));
        else
            searchPicture({.text = words, .pictureFile = file}, fileName(pathBytes(file)));
        if (dropped.files.size() > 1)
            status->tell(MainWindow::tr("%n pictures were dropped; the first is searched.", nullptr,
                                        static_cast<int>(dropped.files.size())));
    } else if (!dropped.image.isNull()) {
        searchPicture({.text = words, .image = dropped.image}, MainWindow::tr("Pasted picture"));
    } else if (dropped.remoteOnly) {
        status->tell(MainWindow::tr("Photolex does not go online: save the picture first, then drop the file."));
    } else if (!dropped.text.isEmpty()) {
        q->showPlace(Place::Search);
        field->setText(dropped.text);
    }
}

void MainWindow::Impl::paste()
{
    const Dropped dropped = readDropped(QApplication::clipboard()->mimeData());
    if (dropped.isEmpty())
        status->tell(MainWindow::tr("There is no picture in the clipboard."));
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
            QString shown = menu->fontMetrics().elidedText(text, Qt::ElideRight, 40 * gridUnit);
            shown.replace(QLatin1Char('&'), QLatin1String("&&"));
            QObject::connect(menu->addAction(shown), &QAction::triggered, q,
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

void MainWindow::Impl::back()
{
    if (field->lineEdit()->hasFocus() && !field->request().isEmpty())
        field->clear();
    else if (q->place() != Place::Library)
        q->showPlace(Place::Library);
    if (q->place() == Place::Library && !q->isWelcome())
        library->focusGrid();
}

void MainWindow::Impl::view(const std::vector<PhotoId> &photos, PhotoId first)
{
    auto *viewer = new PhotoViewer(session, photos, first, q);
    viewer->showFullScreen();
}

void MainWindow::Impl::refreshCounts()
{
    if (!session->catalogue() || counting.isRunning())
        return;
    counting.run([catalogue = session->catalogue()](std::stop_token) { return catalogue->counts(); },
                 [this](Result<catalogue::Catalogue::Counts> counts) {
                     if (!counts)
                         return;
                     status->setPhotos(counts->photos, counts->waiting);
                     status->setProblems(counts->failed);
                 });
}

void MainWindow::Impl::refreshWelcome()
{
    const auto roots = session->catalogue() ? session->catalogue()->roots() : Result<std::vector<catalogue::Root>>();
    libraryOrWelcome->setCurrentIndex(roots && !roots->empty() ? 0 : 1);
}

void MainWindow::Impl::keepState()
{
    preferences->setState(QStringLiteral("window"), q->saveGeometry());
    preferences->setState(QStringLiteral("library"), library->saveState());
    preferences->setState(QStringLiteral("search"), search->saveState());
}

QString MainWindow::Impl::dropText(const QMimeData *data) const
{
    const Dropped dropped = readDropped(data);
    if (!dropped.folders.isEmpty())
        return MainWindow::tr("Drop to add the folder to the library");
    return MainWindow::tr("Drop to find photos like this picture");
}

MainWindow::MainWindow(Session *session, Preferences *preferences, QWidget *parent)
    : QMainWindow(parent)
    , m_impl(std::make_unique<Impl>(this, session, preferences))
{
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    setMinimumSize(760, 480);
    m_impl->connectCommands();
    m_impl->build();
    if (!restoreGeometry(preferences->state(QStringLiteral("window")))) {
        const QSize space = screen()->availableSize();
        resize(std::min(1280, space.width() * 9 / 10), std::min(800, space.height() * 9 / 10));
    }
    connect(session, &Session::rootsChanged, this, [this] { m_impl->refreshWelcome(); });
    connect(session, &Session::photosChanged, this, [this] { m_impl->refreshCounts(); });
    connect(session, &Session::modelsFailed, this, [this](const Error &error) {
        m_impl->status->tell(modelsSentence(error), StatusArea::Lasting::UntilNext);
    });
    connect(session, &Session::jobChanged, this, [this](const JobState &job) { m_impl->jobDone = job.done; });
    connect(session, &Session::jobFailed, this, [this](const Error &error) {
        m_impl->status->tell(jobSentence(error, m_impl->jobDone), StatusArea::Lasting::UntilNext);
    });
    connect(session, &Session::jobFinished, this, [this](const indexing::IndexReport &report) {
        if (const QString sentence = reportSentence(report); !sentence.isEmpty())
            m_impl->status->tell(sentence);
    });
    connect(preferences, &Preferences::themeChanged, this, [this] { applyTheme(m_impl->preferences->theme()); });
    // Queued: the box in which the language was chosen is part of what is built again.
    connect(
        preferences, &Preferences::languageChanged, this,
        [this] {
            applyLanguage(m_impl->preferences->language());
            rebuild();
        },
        Qt::QueuedConnection);
    connect(preferences, &Preferences::indexingChanged, this, [this] {
        m_impl->session->setScanOptions(m_impl->preferences->scanOptions(), m_impl->preferences->threads());
        m_impl->session->setQuiet(m_impl->preferences->isQuiet());
    });
    session->setScanOptions(preferences->scanOptions(), preferences->threads());
    session->setQuiet(preferences->isQuiet());
}

MainWindow::~MainWindow() = default;

void MainWindow::openFolder(const QString &folder)
{
    showPlace(Place::Library);
    m_impl->session->addFolder(pathBytes(folder));
}

void MainWindow::showPlace(Place place)
{
    m_impl->rail->setCurrent(static_cast<int>(place));
}

MainWindow::Place MainWindow::place() const
{
    return static_cast<Place>(m_impl->rail->current());
}

bool MainWindow::isWelcome() const
{
    return m_impl->libraryOrWelcome->currentIndex() == 1;
}

SearchField *MainWindow::searchField() const
{
    return m_impl->field;
}

SearchPlace *MainWindow::searchPlace() const
{
    return m_impl->search;
}

StatusArea *MainWindow::statusArea() const
{
    return m_impl->status;
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (focusWidget() && focusWidget() != m_impl->content)
        return;
    if (isWelcome()) // keys work at once, where one would expect it
        m_impl->libraryOrWelcome->currentWidget()->findChild<QPushButton *>(QStringLiteral("openFolder"))->setFocus();
    else
        m_impl->library->focusGrid();
}

void MainWindow::rebuild()
{
    auto &d = *m_impl;
    d.keepState();
    const Place was = place();
    const SearchRequest request = d.field->request();
    delete takeCentralWidget();
    d.build();
    if (request.hasPicture())
        d.searchPicture(request, tr("Picture"));
    else if (!request.isEmpty())
        d.field->setText(request.text);
    showPlace(was);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_impl->keepState();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() || !mayBeDropped(event->mimeData())) // one's own photo over its own window is no drop
        return;
    event->setDropAction(Qt::CopyAction); // never a move: originals stay where they are
    event->accept();
    m_impl->overlay->cover(m_impl->dropText(event->mimeData()));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_impl->overlay->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_impl->overlay->hide();
    const Dropped dropped = readDropped(event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_impl->take(dropped, {});
}

} // namespace photolex::ui
