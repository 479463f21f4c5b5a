#include "ui/library/library_place.h"

#include "ui/common/commands.h"
#include "ui/common/dropped.h"
#include "ui/common/latest.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/library/filter_bar.h"
#include "ui/library/folder_panel.h"
#include "ui/library/timeline.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_preview.h"
#include "ui/widgets/photo_viewer.h"
#include "ui/widgets/shared_selection.h"

#include <QDataStream>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr quint32 stateVersion = 1;
// A section of the grid is a month where months are full, else a year: headers over two photos each are noise.
constexpr std::int64_t photosForMonths = 12;

struct Listing {
    std::vector<PhotoId> photos;
    std::map<std::int64_t, std::int64_t> perDay; // of the same photos
    bool settled = true;                         // nothing changed between the two
};

// Row at which each month begins when the photos are in order of time; empty: the two do not fit.
std::vector<int> monthRows(const std::vector<Month> &months, std::int64_t photos, bool descending)
{
    std::vector<int> rows(months.size());
    std::int64_t row = 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
        const std::size_t month = descending ? months.size() - 1 - i : i;
        rows[month] = static_cast<int>(row);
        row += months[month].photos;
    }
    return row == photos ? rows : std::vector<int>();
}

} // namespace

struct LibraryPlace::Impl {
    LibraryPlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;

    QSplitter *splitter;
    FolderPanel *folders;
    FilterBar *bar;
    Timeline *timeline;
    QStackedWidget *stack;
    PhotoGrid *grid;
    PhotoModel *model;
    EmptyState *empty;
    PhotoPreview *preview;
    PhotoActions *actions;
    SharedSelection *shared;

    catalogue::PhotoFilter filter;
    std::string folder; // bytes; empty: all
    AlbumId album;      // instead of a folder; none
    std::vector<int> monthRows;
    PhotoId wanted; // to be revealed when the list comes
    int wantedMonth = -1;
    bool changedMeanwhile = false;
    Latest<Listing> listing{nullptr};
    QTimer reload;

    void build();
    void list();
    void take(Listing found);
    void showEmpty();
    void showVisibleMonths(int first, int last);
    void goToMonth(int month);
    void showMarked();
    void takeDrop(const Dropped &drop);
    std::vector<PhotoSection> sectionsOf(const std::vector<Month> &months) const;
};

LibraryPlace::LibraryPlace(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.q = this;
    d.session = session;
    d.commands = commands;
    d.selection = selection;
    setAccessibleName(tr("Library"));
    d.build();
    d.reload.setSingleShot(true);
    d.reload.setInterval(400);
    connect(&d.reload, &QTimer::timeout, this, [this] { m_impl->list(); });
    connect(session, &Session::photosChanged, this, [this](const std::vector<PhotoId> &photos) {
        m_impl->model->refresh(photos);
        // A list that is on its way is not thrown away for the next change: while a large folder is scanned, none would
        // arrive.
        if (m_impl->listing.isRunning())
            m_impl->changedMeanwhile = true;
        else if (!m_impl->reload.isActive())
            m_impl->reload.start();
    });
    connect(session, &Session::jobChanged, this, [this] {
        if (m_impl->model->photos().empty())
            m_impl->showEmpty();
    });
    d.list();
}

LibraryPlace::~LibraryPlace() = default;

void LibraryPlace::Impl::build()
{
    folders = new FolderPanel(session, commands, selection);
    bar = new FilterBar;
    timeline = new Timeline;
    grid = new PhotoGrid(session);
    model = new PhotoModel(session, q);
    grid->setModel(model);
    empty = new EmptyState;
    preview = new PhotoPreview(session, commands);
    stack = new QStackedWidget;
    stack->addWidget(grid);
    stack->addWidget(empty);

    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(timeline);
    column->addWidget(stack, 1);
    splitter = new QSplitter;
    splitter->addWidget(folders);
    splitter->addWidget(middle);
    splitter->addWidget(preview);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 0);
    splitter->setCollapsible(1, false);
    splitter->setHandleWidth(1);
    splitter->setSizes({208, 700, 304});
    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    bar->setTileSide(grid->tileSide());
    bar->setPreviewShown(true);
    actions = new PhotoActions(session, commands, selection, grid, q);

    connect(folders, &FolderPanel::folderChosen, q, [this](const std::string &path) {
        folder = path;
        album = {};
        actions->setAlbum({});
        list();
    });
    connect(folders, &FolderPanel::albumChosen, q, [this](AlbumId chosen) {
        folder.clear();
        album = chosen;
        actions->setAlbum(chosen);
        list();
    });
    connect(commands, &Commands::albumsChanged, q, [this] {
        if (album)
            list();
    });
    connect(folders, &FolderPanel::treeChanged, q, [this] { showEmpty(); });
    connect(bar, &FilterBar::filterChanged, q, [this] { list(); });
    connect(bar, &FilterBar::sortChanged, q, [this] { list(); });
    connect(bar, &FilterBar::tileSideChosen, grid, &PhotoGrid::setTileSide);
    connect(bar, &FilterBar::previewToggled, preview, &QWidget::setVisible);
    connect(timeline, &Timeline::monthChosen, q, [this](int month) { goToMonth(month); });
    connect(grid, &PhotoGrid::tileSideChanged, bar, &FilterBar::setTileSide);
    connect(grid, &PhotoGrid::visibleRowsChanged, q, [this](int first, int last) { showVisibleMonths(first, last); });
    shared = new SharedSelection(selection, grid);
    connect(shared, &SharedSelection::marked, q, [this] { showMarked(); });
    connect(grid, &PhotoGrid::photoActivated, q, [this](PhotoId photo) { PhotoViewer::open(session, grid, photo); });
    connect(grid, &PhotoGrid::menuRequested, q, [this](const QPoint &at) {
        if (!selection->photos().empty())
            actions->createMenu(q)->popup(at);
    });
    connect(grid, &PhotoGrid::dropReceived, q, [this](const Dropped &drop) { takeDrop(drop); });
    connect(preview, &PhotoPreview::activated, q, [this](PhotoId photo) { PhotoViewer::open(session, grid, photo); });
    connect(empty, &EmptyState::actionTriggered, q, [this] {
        if (bar->isFiltering())
            bar->clearFilter();
        else if (folders->roots().empty())
            commands->chooseFolder();
        else
            folders->choose({});
    });
}

// --- What is shown ---

void LibraryPlace::Impl::list()
{
    if (!session->catalogue())
        return showEmpty();
    reload.stop();
    changedMeanwhile = false;
    filter = bar->filter();
    filter.folder = folder;
    if (album)
        filter.album = album;
    filter.includeCompanions = static_cast<bool>(album); // an album holds what was put into it
    listing.run(
        [catalogue = session->catalogue(), chosen = filter, sort = bar->sort(),
         descending = bar->isDescending()](const std::stop_token &) -> Result<Listing> {
            Listing found;
            const auto revision = catalogue->revision();
            auto photos = catalogue->photoIds(chosen, sort, descending);
            if (!photos)
                return fail(photos.error());
            found.photos = std::move(*photos);
            auto days = catalogue->photosPerDay(chosen);
            if (!days)
                return fail(days.error());
            found.perDay = std::move(*days);
            found.settled = revision == catalogue->revision();
            return found;
        },
        [this](Result<Listing> found) {
            if (found)
                take(std::move(*found));
            else
                commands->tell(errorSentence(found.error()));
            if (changedMeanwhile)
                reload.start();
        });
}

std::vector<PhotoSection> LibraryPlace::Impl::sectionsOf(const std::vector<Month> &months) const
{
    std::int64_t photos = 0;
    for (const auto &month : months)
        photos += month.photos;
    const bool byMonth = !months.empty() && photos / static_cast<std::int64_t>(months.size()) >= photosForMonths;
    std::vector<PhotoSection> sections;
    const auto count = static_cast<int>(months.size());
    int year = 0;
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(bar->isDescending() ? count - 1 - i : i);
        if (!byMonth && months[at].year == year)
            continue;
        year = months[at].year;
        sections.push_back({monthRows[at], byMonth ? monthText(year, months[at].month) : QString::number(year)});
    }
    return sections;
}

void LibraryPlace::Impl::take(Listing found)
{
    auto months = monthsOf(found.perDay);
    const auto count = static_cast<std::int64_t>(found.photos.size());
    const bool byTime = bar->sort() == catalogue::SortKey::TakenAt && found.settled;
    monthRows = byTime ? ui::monthRows(months, count, bar->isDescending()) : std::vector<int>();
    auto sections = monthRows.empty() ? std::vector<PhotoSection>() : sectionsOf(months);
    // The strip keeps its pointer and keys while nothing in it has changed.
    const auto same = [](const Month &a, const Month &b) {
        return a.year == b.year && a.month == b.month && a.photos == b.photos;
    };
    if (!std::equal(months.begin(), months.end(), timeline->months().begin(), timeline->months().end(), same))
        timeline->setMonths(std::move(months));
    timeline->setVisible(timeline->months().size() > 1);
    if (found.photos != model->photos() || sections.size() != model->sections().size()) {
        grid->setPhotosKeepingPlace(std::move(found.photos), std::move(sections));
        shared->follow();
    }
    bar->setCount(count);
    showEmpty();
    if (wanted) {
        shared->reveal(wanted);
        wanted = {};
    }
    if (wantedMonth >= 0)
        goToMonth(std::exchange(wantedMonth, -1));
    showVisibleMonths(grid->firstVisibleRow(), grid->lastVisibleRow());
}

void LibraryPlace::Impl::showEmpty()
{
    if (!model->photos().empty()) {
        stack->setCurrentWidget(grid);
        return;
    }
    const auto &roots = folders->roots();
    const auto offline = std::find_if(roots.begin(), roots.end(), [this](const catalogue::Root &root) {
        return root.state == catalogue::RootState::Offline &&
               (folder.empty() || folder.starts_with(root.path.native()));
    });
    using Picture = EmptyState::Picture;
    if (bar->isFiltering())
        empty->setContent(Picture::Filter, tr("No photo passes the filter"),
                          tr("Your photos are still there. Take a filter away to see more of them."),
                          tr("Clear filter"));
    else if (album)
        empty->setContent(Picture::Photos, tr("This album is empty"),
                          tr("Drag photos onto its name, or use “Add to album” in the menu of a photo."),
                          tr("Show all photos"));
    else if (roots.empty())
        empty->setContent(Picture::Photos, tr("No photos yet"),
                          tr("Open a folder of photos. They stay where they are and are never changed."),
                          tr("Open a folder of photos…"));
    else if (offline != roots.end())
        empty->setContent(Picture::Drive, tr("“%1” is not connected").arg(fileName(offline->path.native())),
                          tr("Connect the drive that holds this folder. Nothing of it is forgotten meanwhile."),
                          folder.empty() ? QString() : tr("Show all photos"));
    else if (session->job().running)
        empty->setContent(Picture::Search, tr("Looking for photos…"),
                          tr("They appear here as soon as they are found."));
    else
        empty->setContent(Picture::Photos, tr("No photos in this folder"),
                          tr("Photos that are put into it appear here by themselves."),
                          folder.empty() ? QString() : tr("Show all photos"));
    stack->setCurrentWidget(empty);
}

void LibraryPlace::Impl::showVisibleMonths(int first, int last)
{
    int from = -1, to = -1;
    for (int month = 0; month < static_cast<int>(monthRows.size()); ++month) {
        const int begin = monthRows[static_cast<std::size_t>(month)];
        const int photos = static_cast<int>(timeline->months()[static_cast<std::size_t>(month)].photos);
        if (begin > last || begin + photos <= first)
            continue;
        from = from < 0 ? month : from;
        to = month;
    }
    timeline->setVisibleMonths(from, to);
}

void LibraryPlace::Impl::goToMonth(int month)
{
    if (bar->sort() != catalogue::SortKey::TakenAt) { // a month is a place only in time
        bar->setSort(catalogue::SortKey::TakenAt, true);
        wantedMonth = month;
        return list();
    }
    if (month < static_cast<int>(monthRows.size()))
        grid->scrollToRow(monthRows[static_cast<std::size_t>(month)]);
}

void LibraryPlace::Impl::showMarked()
{
    preview->setPhoto(shared->current(), static_cast<int>(grid->selectedPhotos().size()));
}

// --- From outside ---

void LibraryPlace::revealPhoto(PhotoId photo)
{
    auto &d = *m_impl;
    if (d.model->rowOf(photo) >= 0)
        return d.shared->reveal(photo);
    d.wanted = photo;
    if (!d.folder.empty() || d.album)
        d.folders->choose({});
    if (d.bar->isFiltering())
        d.bar->clearFilter();
    if (!d.listing.isRunning())
        d.list();
}

void LibraryPlace::focusGrid()
{
    m_impl->grid->setFocus();
}

bool LibraryPlace::isPreviewShown() const
{
    return !m_impl->preview->isHidden();
}

void LibraryPlace::setPreviewShown(bool shown)
{
    m_impl->bar->setPreviewShown(shown);
}

const catalogue::PhotoFilter &LibraryPlace::filter() const
{
    return m_impl->filter;
}

QByteArray LibraryPlace::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << stateVersion << static_cast<qint32>(m_impl->bar->sort()) << m_impl->bar->isDescending()
           << static_cast<qint32>(m_impl->grid->tileSide()) << isPreviewShown() << m_impl->splitter->saveState();
    return bytes;
}

void LibraryPlace::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    qint32 sort = 0, side = 0;
    bool descending = true, shown = true;
    QByteArray sizes;
    stream >> version >> sort >> descending >> side >> shown >> sizes;
    if (stream.status() != QDataStream::Ok || version != stateVersion)
        return;
    m_impl->bar->setSort(static_cast<catalogue::SortKey>(std::clamp<qint32>(sort, 0, 4)), descending);
    m_impl->grid->setTileSide(side);
    setPreviewShown(shown);
    m_impl->splitter->restoreState(sizes);
    m_impl->list();
}

void LibraryPlace::Impl::takeDrop(const Dropped &drop)
{
    if (!drop.folders.isEmpty()) {
        auto *question = new QMessageBox(q);
        question->setAttribute(Qt::WA_DeleteOnClose);
        question->setIcon(QMessageBox::Question);
        question->setTextFormat(Qt::PlainText);
        question->setText(drop.folders.size() == 1
                              ? tr("Add “%1” to the library?").arg(fileName(pathBytes(drop.folders.front())))
                              : tr("Add %n folder(s) to the library?", nullptr, static_cast<int>(drop.folders.size())));
        question->setInformativeText(tr("The photos stay where they are and are never changed."));
        auto *add = question->addButton(tr("Add to library"), QMessageBox::AcceptRole);
        question->setDefaultButton(add);
        question->addButton(QMessageBox::Cancel);
        connect(add, &QPushButton::clicked, q, [this, paths = drop.folders] {
            for (const auto &path : paths)
                commands->addFolder(path);
        });
        question->open();
    } else if (!drop.files.isEmpty()) {
        commands->searchPicture(drop.files.front());
    } else if (!drop.image.isNull()) {
        commands->searchImage(drop.image);
    } else if (drop.remoteOnly) {
        commands->tell(tr("Photolex does not go online: save the picture first, then drop the file."));
    }
}

} // namespace photolex::ui
