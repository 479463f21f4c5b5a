#include "ui/window/main_window.h"

#include "ui/captions/captions_place.h"
#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/messages.h"
#include "ui/common/photo_text.h"
#include "ui/common/point_path.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/compare/compare_place.h"
#include "ui/expression/expression_place.h"
#include "ui/library/library_place.h"
#include "ui/map/map_place.h"
#include "ui/models/models_place.h"
#include "ui/search/search_field.h"
#include "ui/search/search_place.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settings_place.h"
#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/language.h"
#include "ui/window/main_window_p.h"
#include "ui/window/rail.h"
#include "ui/window/status_area.h"
#include "ui/window/welcome_page.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>

namespace photolex::ui {

void MainWindow::Impl::build()
{
    q->setWindowTitle(QStringLiteral("Photolex"));

    content = new QWidget;
    rail = new Rail;
    rail->setObjectName(QStringLiteral("rail"));
    rail->addPlace(QStringLiteral("window/library"), MainWindow::tr("Library"), QKeySequence(Qt::CTRL | Qt::Key_1));
    rail->addPlace(QStringLiteral("window/search"), MainWindow::tr("Search"), QKeySequence(Qt::CTRL | Qt::Key_2));
    rail->addPlace(QStringLiteral("window/expression"), MainWindow::tr("Expression"),
                   QKeySequence(Qt::CTRL | Qt::Key_3));
    rail->addPlace(QStringLiteral("window/compare"), MainWindow::tr("Compare"), QKeySequence(Qt::CTRL | Qt::Key_4));
    rail->addPlace(QStringLiteral("window/map"), MainWindow::tr("Map"), QKeySequence(Qt::CTRL | Qt::Key_5));
    rail->addPlace(QStringLiteral("window/captions"), MainWindow::tr("Captions"), QKeySequence(Qt::CTRL | Qt::Key_6));
    rail->addPlace(QStringLiteral("window/models"), MainWindow::tr("Models"), QKeySequence(Qt::CTRL | Qt::Key_7));
    // The key that stays the same however many places there are.
    rail->addPlace(QStringLiteral("window/settings"), MainWindow::tr("Settings"),
                   QKeySequence(Qt::CTRL | Qt::Key_Comma), true);
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
    search = new SearchPlace(session, &commands, &selection, &asked);
    expression = new ExpressionPlace(session, &commands, &selection, &pointPath);
    compare = new ComparePlace(session, &commands, &selection);
    map = new MapPlace(session, &commands, &selection, &pointPath, &asked);
    captions = new CaptionsPlace(session, &commands, &selection);
    models = new ModelsPlace(session, &commands, &training);
    models->setUsed(preferences->bundle());
    QObject::connect(models, &ModelsPlace::useWanted, preferences, &Preferences::setBundle);
    QObject::connect(preferences, &Preferences::bundleChanged, models,
                     [this] { models->setUsed(preferences->bundle()); });
    settings = new SettingsPlace(session, &commands, preferences);
    stack = new QStackedWidget;
    stack->addWidget(libraryOrWelcome);
    stack->addWidget(search);
    stack->addWidget(expression);
    stack->addWidget(compare);
    stack->addWidget(map);
    stack->addWidget(captions);
    stack->addWidget(models);
    stack->addWidget(settings);
    status = new StatusArea(session);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(inReadingOrder({2 * gridUnit, gridUnit, gridUnit, gridUnit}));
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
    expression->restoreState(preferences->state(QStringLiteral("expression")));
    compare->restoreState(preferences->state(QStringLiteral("compare")));
    map->restoreState(preferences->state(QStringLiteral("map")));
    captions->restoreState(preferences->state(QStringLiteral("captions")));

    QObject::connect(rail, &Rail::placeChosen, stack, [this](int index) {
        cameByTyping = false;
        stack->setCurrentIndex(index);
        if (index == static_cast<int>(Place::Search) && field->request().isEmpty())
            field->focusField();
        if (index == static_cast<int>(Place::Map))
            map->focusView();
        if (index == static_cast<int>(Place::Captions))
            captions->focusField();
    });
    QObject::connect(rail, &Rail::dropReceived, search, [this](int index, const Dropped &dropped) {
        q->showPlace(static_cast<Place>(index));
        if (q->place() == Place::Expression)
            expression->addDropped(dropped);
        else if (q->place() != Place::Compare || !compare->takeDropped(dropped))
            take(dropped, {});
    });
    QObject::connect(expression, &ExpressionPlace::showRequested, q, [this] { q->showPlace(Place::Expression); });
    QObject::connect(field, &SearchField::requested, search, [this](const auto &request) { takeRequest(request); });
    QObject::connect(field, &SearchField::confirmed, search, [this](const SearchRequest &request) {
        if (request.isEmpty())
            return;
        q->showPlace(Place::Search);
        search->confirm();
        search->focusGrid();
    });
    QObject::connect(field, &SearchField::leftDownwards, search, [this] {
        q->place() == Place::Search     ? search->focusGrid()
        : q->place() == Place::Map      ? map->focusView()
        : q->place() == Place::Captions ? captions->focusField()
                                        : library->focusGrid();
    });
    QObject::connect(field, &SearchField::dropReceived, search,
                     [this](const Dropped &dropped) { take(dropped, field->request().text); });
    QObject::connect(field, &SearchField::historyRequested, search, [this](const QPoint &at) { showHistory(at); });
    QObject::connect(search, &SearchPlace::textSuggested, field, [this](const QString &text) {
        q->showPlace(Place::Search);
        field->setText(text);
        search->confirm();
    });
    const auto takeDropped = [this](const Dropped &dropped) { take(dropped, {}); };
    QObject::connect(search, &SearchPlace::dropReceived, q, takeDropped);
    QObject::connect(expression, &ExpressionPlace::dropReceived, q, takeDropped);
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
    QObject::connect(&commands, &Commands::shownOnMap, q, [this](const std::vector<PhotoId> &photos) {
        q->showPlace(Place::Map);
        map->showPhotos(photos);
    });
    QObject::connect(&commands, &Commands::captionAtWanted, q,
                     [this](const std::vector<float> &point, const QString &name) {
                         q->showPlace(Place::Captions);
                         captions->writeAt(point, name);
                     });
    QObject::connect(&commands, &Commands::captionsWanted, q, [this](const std::vector<PhotoId> &photos) {
        q->showPlace(Place::Captions);
        captions->captionPhotos(photos);
    });
    QObject::connect(&commands, &Commands::wayShownOnMap, q, [this] {
        q->showPlace(Place::Map);
        map->showWay();
    });
    QObject::connect(&commands, &Commands::encodersCompared, q, [this](const QStringList &encoders) {
        q->showPlace(Place::Compare);
        compare->chooseEncoders(encoders);
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
        [picture, catalogue = session->catalogue(),
         cache = session->thumbnails()](const std::stop_token &) -> Result<QImage> {
            if (!picture.image.isNull())
                return picture.image.scaled(64, 64, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
            if (picture.similarTo) {
                const auto info = readInfo(*catalogue, picture.similarTo);
                if (!info)
                    return fail(info.error());
                return loadThumbnail(cache.get(), thumbnailRequest(*info), 64);
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

void MainWindow::Impl::back()
{
    if (field->lineEdit()->hasFocus() && !field->request().isEmpty())
        field->clear();
    else if (q->place() != Place::Library)
        q->showPlace(Place::Library);
    if (q->place() == Place::Library && !q->isWelcome())
        library->focusGrid();
}

void MainWindow::Impl::refreshCounts()
{
    if (!session->catalogue() || counting.isRunning())
        return;
    counting.run([catalogue = session->catalogue()](const std::stop_token &) { return catalogue->counts(); },
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
    preferences->setState(QStringLiteral("expression"), expression->saveState());
    preferences->setState(QStringLiteral("compare"), compare->saveState());
    preferences->setState(QStringLiteral("map"), map->saveState());
    preferences->setState(QStringLiteral("captions"), captions->saveState());
}

bool MainWindow::Impl::mayClose()
{
    if (captions->save())
        return true;
    return QMessageBox::warning(
               q, MainWindow::tr("Captions are not saved"),
               MainWindow::tr("Some captions could not be written to the library, perhaps because its disk is full. If "
                              "Photolex is closed now, they are lost."),
               QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel) == QMessageBox::Discard;
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
    connect(session, &Session::indexedFor, this, [this](const QString &bundle, const indexing::IndexReport &report) {
        if (const QString sentence = indexedForSentence(bundle, report); !sentence.isEmpty())
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

ComparePlace *MainWindow::comparePlace() const
{
    return m_impl->compare;
}

MapPlace *MainWindow::mapPlace() const
{
    return m_impl->map;
}

CaptionsPlace *MainWindow::captionsPlace() const
{
    return m_impl->captions;
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
    if (!m_impl->mayClose())
        return event->ignore();
    m_impl->keepState();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const auto *from = qobject_cast<QWidget *>(event->source());
    if ((from && from->window() == this) || !mayBeDropped(event->mimeData())) // its own photo over itself is no drop
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
