#include "ui/map/map_place.h"

#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/map/map_bar.h"
#include "ui/map/map_card.h"
#include "ui/map/map_legend.h"
#include "ui/map/map_pictures.h"
#include "ui/map/map_run.h"
#include "ui/map/map_scene.h"
#include "ui/map/map_spots.h"
#include "ui/map/map_view.h"
#include "ui/map/map_ways.h"
#include "ui/map/selection_panel.h"
#include "ui/style/theme.h"
#include "ui/widgets/drag_picture.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_viewer.h"

#include <QDataStream>
#include <QDrag>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace photolex::ui {

namespace {

using Method = projection::Method;

} // namespace

struct MapPlace::Impl {
    Impl(MapPlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection, PointPath *path,
         PointPath *query)
        : q(place)
        , session(ofSession)
        , commands(ofCommands)
        , selection(ofSelection)
        , run(ofSession)
        , ways(ofSession, &run, &scene, path, query)
        , spots(ofSession, ofCommands, &scene)
        , pictures(ofSession)
    {
    }

    MapPlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    MapRun run;
    MapScene scene;
    MapWays ways;
    MapSpots spots;
    MapPictures pictures;
    std::vector<QString> groupNames;
    std::vector<PhotoId> wanted; // to be gone to when the map rests
    bool wantsWay = false;       // the same
    QTimer again;                // photos came: look again, not at every one of them
    bool isStale = true;         // the same while nobody looks
    Latest<DotColours> colouring{nullptr};

    MapBar *bar;
    QStackedWidget *stack;
    EmptyState *empty;
    QSplitter *splitter;
    MapView *view;
    MapCard *card;
    MapLegend *legend;
    SelectionPanel *panel;
    PhotoActions *actions;

    void build();
    void connectView();
    void connectRun();
    void look();
    void takePicture();
    void showLegend() const;
    void colourDots();
    void placeWays();
    void select(const std::vector<PhotoId> &photos, PhotoId current) const;
    void selectGroup(int group, bool near) const;
    void showSelection();
    void goToWanted();
    void describe();
    void carry(const std::vector<PhotoId> &photos);
    void carryWord(const QString &word) const;
    void showMenu(const QPoint &at, QPointF spot, const QString &word);
    void showEmpty() const;
};

void MapPlace::Impl::build()
{
    bar = new MapBar;
    view = new MapView(&scene, pictures.loader());
    card = new MapCard(session, view);
    legend = new MapLegend(view);
    panel = new SelectionPanel(session);
    splitter = new QSplitter;
    splitter->addWidget(view);
    splitter->addWidget(panel);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({900, 31 * gridUnit});
    splitter->setCollapsible(0, false);
    splitter->setHandleWidth(1);
    empty = new EmptyState;
    stack = new QStackedWidget;
    stack->addWidget(splitter);
    stack->addWidget(empty);
    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(stack, 1);
    actions = new PhotoActions(session, commands, selection, panel->grid(), q);
}

// --- What is shown ---

void MapPlace::Impl::look()
{
    again.stop();
    if (!q->isVisible()) {
        isStale = true;
        return;
    }
    isStale = false;
    run.open();
}

void MapPlace::Impl::takePicture()
{
    const auto &picture = run.picture();
    if (picture.photos == scene.photos()) { // what is seen already does not blink
        if (picture.positions != scene.positions())
            scene.setPositions(picture.positions);
        if (picture.groups != scene.groups())
            scene.setGroups(picture.groups);
    } else {
        scene.setPhotos(picture.photos, picture.positions, picture.groups);
        colourDots();
    }
    bar->setMethod(picture.method);
    panel->setGroups(groupNames, scene.groups());
    showEmpty();
    describe();
}

void MapPlace::Impl::showEmpty() const
{
    if (!scene.photos().empty())
        return stack->setCurrentWidget(splitter);
    if (!session->engine())
        empty->setContent(EmptyState::Picture::Search, MapPlace::tr("Just a moment"),
                          MapPlace::tr("The encoder is still opening. The map comes by itself."));
    else if (run.isRunning())
        empty->setContent(EmptyState::Picture::Search, MapPlace::tr("Just a moment"),
                          MapPlace::tr("The photos are being read."));
    else
        empty->setContent(EmptyState::Picture::Photos, MapPlace::tr("No photos on the map yet"),
                          MapPlace::tr("Photos come onto the map as soon as they are indexed: alike ones lie close "
                                       "together, and words lie where photos look like them."));
    stack->setCurrentWidget(empty);
}

void MapPlace::Impl::showLegend() const
{
    const int x = view->layoutDirection() == Qt::RightToLeft ? view->width() - legend->width() - gridUnit : gridUnit;
    legend->move(x, view->height() - legend->height() - gridUnit);
}

void MapPlace::Impl::colourDots()
{
    const auto by = bar->colourBy();
    const auto &photos = scene.photos();
    const auto take = [this](DotColours colours) {
        legend->setColours(colours);
        showLegend();
        scene.setColours(std::move(colours));
    };
    if (by == ColourBy::Group) {
        colouring.cancel();
        return take(groupColours(scene.groups()));
    }
    std::vector<float> point;
    if (by == ColourBy::Nearness) {
        point = ways.point();
        if (point.empty() || !session->engine()) {
            colouring.cancel();
            commands->tell(MapPlace::tr("Nothing is searched for: search first, or put an expression together."));
            return take(groupColours(scene.groups()));
        }
    }
    colouring.run(
        [by, photos, point, catalogue = session->catalogue(), engine = session->engine()](const std::stop_token &) {
            return by == ColourBy::Date     ? dateColours(*catalogue, photos)
                   : by == ColourBy::Folder ? folderColours(*catalogue, photos)
                                            : nearnessColours(*engine, photos, point);
        },
        [this, take, count = photos.size()](Result<DotColours> colours) {
            if (!colours)
                commands->tell(errorSentence(colours.error()));
            else if (count == scene.photos().size())
                take(std::move(*colours));
        });
}

void MapPlace::Impl::placeWays()
{
    if (q->isVisible())
        ways.place();
}

// --- Selection ---

void MapPlace::Impl::select(const std::vector<PhotoId> &photos, PhotoId current) const
{
    selection->set(photos, current);
}

void MapPlace::Impl::selectGroup(int group, bool near) const
{
    const auto members = scene.ofGroup(group);
    std::vector<PhotoId> photos;
    photos.reserve(members.size());
    for (const auto index : members)
        photos.push_back(scene.photos()[index]);
    if (photos.empty())
        return;
    if (near)
        view->zoomTo(scene.boundsOf(members));
    else
        select(photos, photos.front());
}

void MapPlace::Impl::showSelection()
{
    if (!q->isVisible())
        return;
    scene.setSelected(selection->photos(), selection->current());
    panel->setSelected(selection->photos(), selection->current());
    describe();
}

void MapPlace::Impl::goToWanted()
{
    if (wanted.empty() || (run.isRunning() && run.stage() != MapRun::Stage::Naming))
        return;
    std::vector<std::uint32_t> there;
    for (const auto photo : std::exchange(wanted, {}))
        if (const auto index = scene.indexOf(photo); index >= 0)
            there.push_back(static_cast<std::uint32_t>(index));
    if (there.empty())
        commands->tell(MapPlace::tr("These photos are not on the map yet: they come onto it when they are indexed."));
    else
        view->zoomTo(scene.boundsOf(there));
}

// What a screen reader says of the map: how much is there, and which photo one is on.
void MapPlace::Impl::describe()
{
    QString text = MapPlace::tr("%n photo(s)", nullptr, static_cast<int>(scene.photos().size()));
    if (scene.current() >= 0) {
        const auto at = static_cast<std::size_t>(scene.current());
        const auto file = session->catalogue()->absolutePath(scene.photos()[at]);
        const auto group = static_cast<std::size_t>(at < scene.groups().size() ? scene.groups()[at] : 0);
        text += QStringLiteral(". ") + (file ? fileName(*file) : QString());
        if (group < groupNames.size() && !groupNames[group].isEmpty())
            text += QStringLiteral(", ") + groupNames[group];
    }
    view->setAccessibleDescription(text);
}

// --- Out of the map ---

void MapPlace::Impl::carry(const std::vector<PhotoId> &photos)
{
    const auto infos = readInfos(*session->catalogue(), photos);
    if (!infos || infos->empty())
        return;
    QList<QUrl> urls;
    for (const auto &info : *infos)
        urls += fileUrl(info.path);
    auto *mime = new QMimeData;
    mime->setUrls(urls);
    auto *drag = new QDrag(view);
    drag->setMimeData(mime);
    drag->setPixmap(photosDragPicture(pictures.loader()->pixmap(photos.front()), urls.size(), view));
    drag->setHotSpot({24, 24});
    drag->exec(Qt::CopyAction | Qt::LinkAction, Qt::CopyAction); // never a move: originals stay where they are
}

void MapPlace::Impl::carryWord(const QString &word) const
{
    auto *mime = new QMimeData;
    mime->setText(word);
    auto *drag = new QDrag(view);
    drag->setMimeData(mime);
    drag->setPixmap(wordDragPicture(word, view));
    drag->exec(Qt::CopyAction);
}

void MapPlace::Impl::showMenu(const QPoint &at, QPointF spot, const QString &word)
{
    QMenu *menu = nullptr;
    if (word.isEmpty() && !selection->photos().empty()) {
        menu = actions->createMenu(q);
        menu->addSeparator();
    } else {
        menu = new QMenu(q);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        if (!word.isEmpty())
            QObject::connect(menu->addAction(MapPlace::tr("Search for “%1”").arg(menuText(menu, word))),
                             &QAction::triggered, q, [this, word] { commands->searchText(word); });
    }
    auto *caption = menu->addAction(MapPlace::tr("What would a photo here be?"));
    caption->setObjectName(QStringLiteral("mapCaptionHere"));
    caption->setShortcut(Qt::Key_W);
    caption->setToolTip(MapPlace::tr("Captions for this spot, made of the photos drawn nearest to it"));
    QObject::connect(caption, &QAction::triggered, q, [this, spot, word] { spots.write(spot, word); });
    menu->setObjectName(QStringLiteral("mapMenu"));
    menu->popup(at);
}

// --- The place ---

void MapPlace::Impl::connectView()
{
    QObject::connect(view, &MapView::selectionChosen, q,
                     [this](const std::vector<PhotoId> &photos, PhotoId current) { select(photos, current); });
    QObject::connect(view, &MapView::photoActivated, q, [this](PhotoId photo) {
        if (std::ranges::find(selection->photos(), photo) == selection->photos().end())
            select({photo}, photo);
        PhotoViewer::open(session, panel->grid(), photo);
    });
    QObject::connect(view, &MapView::hoveredChanged, q, [this](PhotoId photo, const QRect &around) {
        const auto index = scene.indexOf(photo);
        const auto group =
            index < 0 ? std::size_t{0} : static_cast<std::size_t>(scene.groups()[static_cast<std::size_t>(index)]);
        card->showPhoto(photo, around, index >= 0 && group < groupNames.size() ? groupNames[group] : QString());
    });
    QObject::connect(view, &MapView::wordActivated, q, [this](const QString &word) { commands->searchText(word); });
    QObject::connect(view, &MapView::menuRequested, q,
                     [this](const QPoint &at, QPointF spot, const QString &word) { showMenu(at, spot, word); });
    QObject::connect(view, &MapView::captionRequested, &spots, &MapSpots::write);
    QObject::connect(view, &MapView::photosDragged, q, [this](const std::vector<PhotoId> &photos) { carry(photos); });
    QObject::connect(view, &MapView::wordDragged, q, [this](const QString &word) { carryWord(word); });
    QObject::connect(view, &MapView::tilesWanted, q,
                     [this](const std::vector<PhotoId> &photos, int side) { pictures.want(photos, side); });
    QObject::connect(view, &MapView::lassoToggled, bar, &MapBar::setLasso);
    QObject::connect(view, &MapView::viewportChanged, q, [this] { showLegend(); });
    QObject::connect(bar, &MapBar::lassoToggled, view, &MapView::setLasso);
    QObject::connect(bar, &MapBar::zoomed, view, &MapView::zoomBy);
    QObject::connect(bar, &MapBar::allRequested, view, &MapView::showAll);
    QObject::connect(bar, &MapBar::colourChosen, q, [this] { colourDots(); });
    QObject::connect(selection, &Selection::changed, q, [this] { showSelection(); });
    QObject::connect(panel, &SelectionPanel::groupChosen, q, [this](int group) { selectGroup(group, false); });
    QObject::connect(panel, &SelectionPanel::groupZoomed, q, [this](int group) { selectGroup(group, true); });
    QObject::connect(panel, &SelectionPanel::expressionRequested, q,
                     [this] { commands->addToExpression(selection->photos()); });
    QObject::connect(panel, &SelectionPanel::similarRequested, q,
                     [this] { commands->searchSimilar(selection->current()); });
    QObject::connect(panel, &SelectionPanel::menuRequested, q, [this](QWidget *below) {
        actions->createMenu(q)->popup(below->mapToGlobal(QPoint(0, below->height())));
    });
    QObject::connect(panel, &SelectionPanel::clearRequested, q, [this] {
        selection->clear();
        view->setFocus();
    });
    QObject::connect(panel->grid(), &PhotoGrid::selectionChangedByUser, q, [this] {
        // Within the panel one looks at what is selected; which photos those are, the map says.
        if (const PhotoId photo = panel->grid()->currentPhoto(); photo && photo != selection->current()) {
            selection->set(selection->photos(), photo);
            view->revealPhoto(photo);
        }
    });
    QObject::connect(panel->grid(), &PhotoGrid::photoActivated, q,
                     [this](PhotoId photo) { PhotoViewer::open(session, panel->grid(), photo); });
    QObject::connect(panel->grid(), &PhotoGrid::menuRequested, q,
                     [this](const QPoint &at) { actions->createMenu(q)->popup(at); });
}

void MapPlace::Impl::connectRun()
{
    QObject::connect(&run, &MapRun::pictureCame, q, [this] { takePicture(); });
    QObject::connect(&run, &MapRun::positionsMoved, q,
                     [this](const std::vector<projection::Position> &positions) { scene.setPositions(positions); });
    QObject::connect(&run, &MapRun::groupsCame, q, [this] {
        scene.setGroups(run.picture().groups);
        panel->setGroups({}, scene.groups());
    });
    QObject::connect(&run, &MapRun::tilesCame, q, [this](const TileSizes &sizes, const std::vector<float> &scales) {
        if (scales.size() == scene.photos().size())
            scene.setTiles(sizes, scales);
    });
    QObject::connect(&run, &MapRun::settled, q, [this] {
        placeWays();
        goToWanted();
    });
    QObject::connect(&run, &MapRun::namesCame, q, [this](const MapNames &names) {
        groupNames = names.groups;
        scene.setLabels(names.labels);
        panel->setGroups(groupNames, scene.groups());
        describe();
    });
    QObject::connect(&run, &MapRun::progressed, q, [this](MapRun::Stage stage, int done, int total) {
        bar->setStage(stage, done, total, scene.photos().size());
        showEmpty();
    });
    QObject::connect(&run, &MapRun::failed, q, [this](const Error &error) {
        if (error.code != Errc::Cancelled)
            commands->tell(errorSentence(error) + QLatin1Char(' ') + errorRemedy(error));
    });
    QObject::connect(&run, &MapRun::finished, q, [this] {
        goToWanted();
        Q_EMIT q->named();
        if (isStale && q->isVisible()) // photos came while it settled
            again.start();
    });
    QObject::connect(bar, &MapBar::held, &run, &MapRun::setPaused);
    QObject::connect(bar, &MapBar::stopRequested, &run, &MapRun::settleHere);
    QObject::connect(bar, &MapBar::layoutChosen, q, [this](Method method) {
        view->showAll(); // of a new picture, another part would be seen
        run.layOut(method);
    });
}

MapPlace::MapPlace(Session *session, Commands *commands, Selection *selection, PointPath *path, PointPath *query,
                   QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection, path, query))
{
    setAccessibleName(tr("Map"));
    auto &d = *m_impl;
    d.build();
    d.connectView();
    d.connectRun();
    d.again.setSingleShot(true);
    d.again.setInterval(1500);
    connect(&d.again, &QTimer::timeout, this, [this] { m_impl->look(); });
    connect(session, &Session::modelsReady, this, [this] { m_impl->look(); });
    connect(session, &Session::photosChanged, this, [this](const std::vector<PhotoId> &photos) {
        m_impl->panel->refresh(photos);
        m_impl->isStale = true;
        if (isVisible() && !m_impl->run.isRunning() && !m_impl->again.isActive())
            m_impl->again.start();
    });
    connect(&d.ways, &MapWays::placed, this, [this] {
        auto &impl = *m_impl;
        if (!std::exchange(impl.wantsWay, false) || impl.scene.steps().empty())
            return;
        std::vector<projection::Position> steps;
        for (const auto &step : impl.scene.steps())
            steps.push_back(step.at);
        impl.view->zoomTo(mapRect(projection::boundsOf(steps)));
    });
    connect(&d.ways, &MapWays::changed, this, [this] {
        m_impl->placeWays();
        if (isVisible() && m_impl->scene.colours().by == ColourBy::Nearness)
            m_impl->colourDots();
    });
    d.bar->setStage(MapRun::Stage::Idle, 0, 0, 0);
    d.showEmpty();
}

MapPlace::~MapPlace() = default;

MapScene *MapPlace::scene() const
{
    return &m_impl->scene;
}

MapView *MapPlace::view() const
{
    return m_impl->view;
}

MapRun *MapPlace::run() const
{
    return &m_impl->run;
}

void MapPlace::focusView()
{
    m_impl->view->setFocus(Qt::ShortcutFocusReason);
}

void MapPlace::showPhotos(const std::vector<PhotoId> &photos)
{
    auto &d = *m_impl;
    if (photos.empty())
        return;
    const bool isAmong = std::ranges::find(photos, d.selection->current()) != photos.end();
    d.select(photos, isAmong ? d.selection->current() : photos.front());
    d.wanted = photos;
    d.goToWanted();
}

void MapPlace::showWay()
{
    m_impl->wantsWay = true;
    m_impl->placeWays();
}

void MapPlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    auto &d = *m_impl;
    d.showSelection();
    d.view->revealPhoto(d.selection->current()); // that was selected elsewhere
    if (d.isStale)
        d.look();
    else
        d.placeWays();
    if (d.scene.colours().by == ColourBy::Nearness)
        d.colourDots();
}

void MapPlace::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_impl->card->showPhoto({}, {}, {});
    m_impl->wanted.clear(); // who comes back finds the map as it was left
    m_impl->wantsWay = false;
}

QByteArray MapPlace::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << qint32(1) << qint32(static_cast<int>(m_impl->bar->method()))
           << qint32(static_cast<int>(m_impl->bar->colourBy())) << m_impl->splitter->saveState();
    return state;
}

void MapPlace::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    qint32 version = 0, method = 0, colour = 0;
    QByteArray splitter;
    stream >> version >> method >> colour >> splitter;
    if (stream.status() != QDataStream::Ok || version != 1)
        return;
    auto &d = *m_impl;
    d.bar->setMethod(static_cast<Method>(method));
    d.run.setMethod(d.bar->method());
    if (colour != static_cast<int>(ColourBy::Nearness)) // what was searched for is not searched for any more
        d.bar->setColourBy(static_cast<ColourBy>(colour));
    d.splitter->restoreState(splitter);
}

} // namespace photolex::ui
