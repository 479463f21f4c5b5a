#include "ui/widgets/photo_actions.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/programs.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/show_in_folder.h"
#include "ui/widgets/album_actions.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_viewer.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFile>
#include <QIcon>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <array>
#include <filesystem>
#include <unordered_set>

namespace photolex::ui {

namespace {

constexpr std::size_t mostOpenedAtOnce = 10;

struct Trashed {
    std::vector<PhotoId> moved;
    QStringList kept; // names of files that could not be moved
};

bool moveToTrash(const std::string &path)
{
    // A name outside UTF-8 would not survive the way through Qt, and another file must not go in its place.
    const QString native = nativePath(path);
    return pathBytes(native) == path && QFile::moveToTrash(native);
}

// What was taken with a photo goes with it, and stays where the photo stays.
Trashed moveToTrash(const std::vector<PhotoInfo> &photos)
{
    Trashed result;
    for (const auto &photo : photos) {
        if (!photo.isReadable() || !moveToTrash(photo.path)) {
            result.kept += photo.name;
            continue;
        }
        result.moved.push_back(photo.photo);
        for (const auto &raw : photo.rawFiles) {
            if (moveToTrash(raw.path))
                result.moved.push_back(raw.photo);
            else
                result.kept += fileName(raw.path);
        }
        if (!photo.film.empty() && !moveToTrash(photo.film))
            result.kept += fileName(photo.film);
    }
    return result;
}

} // namespace

struct PhotoActions::Impl {
    PhotoActions *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    PhotoGrid *grid;
    QWidget *place;
    QAction *view, *slides, *open, *openRaw, *playFilm, *folder, *similar, *expression, *library, *map, *caption, *copy,
        *copyPaths, *trash;
    Latest<std::vector<PhotoInfo>> asking{nullptr};
    Latest<Trashed> trashing{nullptr};

    std::vector<PhotoId> photos() const; // that are selected and seen here
    PhotoId current() const;             // of these; none
    std::vector<PhotoInfo> infos() const;
    PhotoInfo currentInfo() const;
    void update();
    void openPhotos();
    void showFiles() const;
    void copyPhotos(bool pathsOnly);
    void askForTrash();
    void askForTrash(const std::vector<PhotoInfo> &photos);
    void openWithProgram(const Program &program);
    void addPrograms(QMenu *menu);
    void addAlbums(QMenu *menu);
    AlbumId album; // that the place shows; none
};

PhotoActions::PhotoActions(Session *session, Commands *commands, Selection *selection, PhotoGrid *grid, QWidget *place)
    : QObject(place)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.q = this;
    d.session = session;
    d.commands = commands;
    d.selection = selection;
    d.grid = grid;
    d.place = place;
    const auto add = [&](const QString &text, const QKeySequence &keys, auto triggered) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        place->addAction(action);
        connect(action, &QAction::triggered, this, triggered);
        return action;
    };
    d.view = add(tr("View full screen"), QKeySequence(Qt::Key_F), [this] {
        if (const PhotoId photo = m_impl->current())
            PhotoViewer::open(m_impl->session, m_impl->grid, photo);
    });
    d.slides = add(tr("Slide show"), QKeySequence(Qt::SHIFT | Qt::Key_F5),
                   [this] { PhotoViewer::open(m_impl->session, m_impl->grid, m_impl->current(), Viewing::SlideShow); });
    d.open =
        add(tr("Open with default program"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { m_impl->openPhotos(); });
    d.openRaw = add(tr("Open the RAW file with its default program"), {}, [this] {
        for (const auto &raw : m_impl->currentInfo().rawFiles)
            QDesktopServices::openUrl(fileUrl(raw.path));
    });
    d.playFilm = add(tr("Play the film"), {}, [this] {
        if (const auto info = m_impl->currentInfo(); !info.film.empty())
            QDesktopServices::openUrl(fileUrl(info.film));
    });
    d.folder =
        add(tr("Show in folder"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] { m_impl->showFiles(); });
    d.folder->setObjectName(QStringLiteral("showInFolder"));
    d.similar = add(tr("Similar photos"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
                    [this] { m_impl->commands->searchSimilar(m_impl->current()); });
    d.expression = add(tr("Add to the expression"), QKeySequence(Qt::CTRL | Qt::Key_E),
                       [this] { m_impl->commands->addToExpression(m_impl->photos()); });
    d.library = add(tr("Show in the library"), QKeySequence(Qt::CTRL | Qt::Key_L),
                    [this] { m_impl->commands->showInLibrary(m_impl->current()); });
    d.library->setObjectName(QStringLiteral("showInLibrary"));
    d.map = add(tr("Show on the map"), QKeySequence(Qt::CTRL | Qt::Key_M),
                [this] { m_impl->commands->showOnMap(m_impl->photos()); });
    d.map->setObjectName(QStringLiteral("showOnMap"));
    d.caption = add(tr("Write captions"), QKeySequence(Qt::CTRL | Qt::Key_T),
                    [this] { m_impl->commands->captionPhotos(m_impl->photos()); });
    d.caption->setObjectName(QStringLiteral("writeCaptions"));
    d.copy = add(tr("Copy"), QKeySequence::Copy, [this] { m_impl->copyPhotos(false); });
    d.copyPaths =
        add(tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { m_impl->copyPhotos(true); });
    d.trash = add(tr("Move to the trash…"), QKeySequence::Delete, [this] { m_impl->askForTrash(); });
    d.trash->setObjectName(QStringLiteral("moveToTrash"));
    connect(selection, &Selection::changed, this, [this] { m_impl->update(); });
    connect(grid->photoModel(), &PhotoModel::modelReset, this, [this] { m_impl->update(); });
    connect(grid, &PhotoGrid::mapRequested, this, [this](PhotoId photo) { m_impl->commands->showOnMap({photo}); });
    connect(session, &Session::modelsReady, this, [this] { m_impl->update(); });
    d.update();
}

PhotoActions::~PhotoActions() = default;

QMenu *PhotoActions::createMenu(QWidget *parent)
{
    m_impl->update(); // what was taken with the photo may have come since it was selected
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_impl->view);
    menu->addAction(m_impl->slides);
    menu->addAction(m_impl->similar);
    menu->addAction(m_impl->expression);
    menu->addSeparator();
    menu->addAction(m_impl->open);
    m_impl->addPrograms(menu);
    menu->addAction(m_impl->openRaw);
    menu->addAction(m_impl->playFilm);
    menu->addAction(m_impl->folder);
    menu->addSeparator();
    menu->addAction(m_impl->library);
    menu->addAction(m_impl->map);
    menu->addAction(m_impl->caption);
    menu->addSeparator();
    menu->addAction(m_impl->copy);
    menu->addAction(m_impl->copyPaths);
    menu->addSeparator();
    m_impl->addAlbums(menu);
    menu->addSeparator();
    menu->addAction(m_impl->trash);
    return menu;
}

void PhotoActions::Impl::update()
{
    const bool one = static_cast<bool>(current());
    for (auto *action : {view, folder, library})
        action->setEnabled(one);
    similar->setEnabled(one && session->engine());
    const PhotoInfo info = currentInfo();
    openRaw->setVisible(!info.rawFiles.empty());
    playFilm->setVisible(!info.film.empty());
    folder->setText(info.hasCompanions() ? tr("Show all its files in folder") : tr("Show in folder"));
    for (auto *action : {open, expression, map, caption, copy, copyPaths, trash})
        action->setEnabled(one);
}

void PhotoActions::setAlbum(AlbumId album)
{
    m_impl->album = album;
}

void PhotoActions::Impl::addAlbums(QMenu *menu)
{
    const auto photos = this->photos();
    if (photos.empty() || !session->catalogue())
        return;
    auto *albums = menu->addMenu(tr("Add to album"));
    if (const auto known = session->catalogue()->albums())
        for (const auto &each : *known) {
            QString name = QString::fromStdString(each.name);
            auto *action = albums->addAction(name.replace(QLatin1Char('&'), QLatin1String("&&")));
            action->setEnabled(each.id != album);
            connect(action, &QAction::triggered, q,
                    [this, each, photos] { addToAlbum(session, commands, each.id, each.name, photos); });
        }
    if (!albums->isEmpty())
        albums->addSeparator();
    albums->addAction(tr("New album…"), q, [this, photos] { askForAlbum(session, commands, place, photos); });
    if (album)
        menu->addAction(tr("Remove from album"), q,
                        [this, photos] { removeFromAlbum(session, commands, album, photos); });
}

std::vector<PhotoId> PhotoActions::Impl::photos() const
{
    const auto &held = grid->photoModel()->photos();
    const std::unordered_set<PhotoId> here(held.begin(), held.end());
    std::vector<PhotoId> photos;
    for (const auto photo : selection->photos())
        if (here.contains(photo))
            photos.push_back(photo);
    return photos;
}

PhotoId PhotoActions::Impl::current() const
{
    if (!selection->current() || grid->photoModel()->rowOf(selection->current()) >= 0)
        return selection->current();
    const auto others = photos();
    return others.empty() ? PhotoId{} : others.front();
}

// One query for what is selected: short even for thousands, and a menu entry may wait for it.
std::vector<PhotoInfo> PhotoActions::Impl::infos() const
{
    if (!session->catalogue())
        return {};
    auto found = readInfos(*session->catalogue(), photos());
    return found ? std::move(*found) : std::vector<PhotoInfo>();
}

// What the grid shows of the current photo, with what was taken with it; without an id: nothing is known yet.
PhotoInfo PhotoActions::Impl::currentInfo() const
{
    const auto *info = grid->photoModel()->info(grid->photoModel()->rowOf(current()));
    return info ? *info : PhotoInfo{};
}

void PhotoActions::Impl::showFiles() const
{
    const auto path = session->catalogue() ? session->catalogue()->absolutePath(current())
                                           : Result<std::string>(fail(Errc::NotFound, "library"));
    if (!path)
        return;
    std::vector<std::string> paths{*path};
    const PhotoInfo info = currentInfo();
    for (const auto &raw : info.rawFiles)
        paths.push_back(raw.path);
    if (!info.film.empty())
        paths.push_back(info.film);
    showInFolder(paths);
}

void PhotoActions::Impl::openPhotos()
{
    const auto photos = infos();
    for (std::size_t i = 0; i < std::min(photos.size(), mostOpenedAtOnce); ++i)
        QDesktopServices::openUrl(fileUrl(photos[i].path));
    if (photos.size() > mostOpenedAtOnce)
        commands->tell(tr("Only the first %n photos were opened.", nullptr, static_cast<int>(mostOpenedAtOnce)));
}

void PhotoActions::Impl::openWithProgram(const Program &program)
{
    std::vector<std::string> paths;
    for (const auto &photo : infos())
        if (photo.isReadable())
            paths.push_back(photo.path);
    if (paths.empty())
        return;
    if (const auto opened = openWith(program.id, paths); !opened)
        commands->tell(tr("“%1” could not be started.").arg(program.name));
}

// The programs for the photo that is current; all that is selected is opened with the one that is chosen.
void PhotoActions::Impl::addPrograms(QMenu *menu)
{
    const PhotoInfo info = currentInfo();
    if (!info.photo || !info.isReadable())
        return;
    auto *programs = menu->addMenu(tr("Open with"));
    programs->setObjectName(QStringLiteral("openWith"));
    QObject::connect(programs, &QMenu::aboutToShow, q, [this, programs, path = info.path] {
        programs->clear();
        for (const auto &program : programsFor(path)) {
            const QString name =
                program.isDefault ? tr("%1 (default)", "name of a program").arg(program.name) : program.name;
            auto *action = programs->addAction(QIcon::fromTheme(program.icon), menuText(programs, name));
            QObject::connect(action, &QAction::triggered, q, [this, program] { openWithProgram(program); });
        }
        if (programs->isEmpty())
            programs->addAction(tr("No program for this kind of photo"))->setEnabled(false);
    });
}

void PhotoActions::Impl::copyPhotos(bool pathsOnly)
{
    const auto photos = infos();
    if (photos.empty())
        return;
    QList<QUrl> urls;
    QStringList paths;
    for (const auto &photo : photos) {
        urls += fileUrl(photo.path);
        paths += displayPath(photo.path);
    }
    auto *data = new QMimeData;
    data->setText(paths.join(QLatin1Char('\n')));
    if (!pathsOnly) {
        data->setUrls(urls);
        QByteArray list = "copy"; // how GNOME's file manager wants it: "cut" would move the originals
        for (const auto &url : urls)
            list += '\n' + url.toEncoded();
        data->setData(QStringLiteral("x-special/gnome-copied-files"), list);
    }
    QApplication::clipboard()->setMimeData(data);
    commands->tell(tr("%n photo(s) copied.", nullptr, static_cast<int>(photos.size())));
}

void PhotoActions::Impl::askForTrash()
{
    if (!session->catalogue())
        return;
    asking.run(
        [catalogue = session->catalogue(),
         photos = photos()](const std::stop_token &) -> Result<std::vector<PhotoInfo>> {
            auto found = readInfos(*catalogue, photos);
            if (found)
                findCompanions(*catalogue, *found);
            return found;
        },
        [this](Result<std::vector<PhotoInfo>> photos) {
            if (photos && !photos->empty())
                askForTrash(*photos);
        });
}

void PhotoActions::Impl::askForTrash(const std::vector<PhotoInfo> &photos)
{
    std::size_t together = 0;
    for (const auto &photo : photos)
        together += photo.rawFiles.size() + (photo.film.empty() ? 0 : 1);
    QString going;
    if (photos.size() == 1 && together > 0)
        going = tr("What was taken with it goes along: %1.", "names of files").arg(companionNames(photos.front()));
    else if (together > 0)
        going = tr("%n file(s) that were taken with them go along (RAW files, films).", nullptr,
                   static_cast<int>(together));
    const QString files = tr("The files leave their folder. You can bring them back from the trash.");
    auto *question = new QMessageBox(place);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Question);
    question->setTextFormat(Qt::PlainText);
    question->setText(photos.size() == 1
                          ? tr("Move “%1” to the trash?").arg(photos.front().name)
                          : tr("Move %n photo(s) to the trash?", nullptr, static_cast<int>(photos.size())));
    question->setInformativeText(going.isEmpty() ? files : going + QLatin1Char('\n') + files);
    auto *move = question->addButton(tr("Move to the trash"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(move, &QPushButton::clicked, q, [this, photos] {
        trashing.run(
            [photos](const std::stop_token &) -> Result<Trashed> { return moveToTrash(photos); },
            [this](Result<Trashed> done) {
                if (!done->moved.empty())
                    session->markMissing(done->moved);
                if (!done->kept.isEmpty())
                    commands->tell(
                        tr("“%1” could not be moved to the trash.").arg(done->kept.join(QStringLiteral("”, “"))));
            });
    });
    question->open();
}

} // namespace photolex::ui
