#include "ui/compare/maps_panel.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/compare/pair_view.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figures.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <unordered_map>

namespace photolex::ui {

namespace {

constexpr int pictureSide = 20 * gridUnit;

QLabel *mapTitle()
{
    auto *label = new ElidedLabel;
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(gridUnit / 2, 0, 0, 0);
    return label;
}

} // namespace

struct MapsPanel::Impl {
    Impl(MapsPanel *panel, Session *ofSession, Commands *ofCommands, Selection *ofSelection)
        : q(panel)
        , session(ofSession)
        , commands(ofCommands)
        , selection(ofSelection)
        , loader(ofSession)
    {
    }

    MapsPanel *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    std::shared_ptr<EncoderShelf> shelf;
    QList<EncoderChoice> encoders;
    PairedMaps maps;
    std::unordered_map<PhotoId, std::uint32_t> index;
    std::shared_ptr<MapsProgress> progress;
    Latest<PairedMaps> latest;
    Latest<PhotoInfo> reading; // of the photo that is looked at
    ThumbnailLoader loader;
    PhotoId looked;
    QTimer poll;
    bool isStale = true;

    QComboBox *pairs;
    QLabel *headline, *titles[2];
    QToolButton *anew;
    QStackedWidget *stack;
    EmptyState *empty;
    PairView *views[2];
    QLabel *picture, *facts;
    QTableWidget *farthest;

    void build();
    QWidget *makeSide();
    void connectAll();
    std::pair<std::size_t, std::size_t> chosenPair() const;
    void fillPairs();
    void start(bool settle);
    void take(Result<PairedMaps> found);
    void show();
    void fillFarthest();
    void followSelection();
    void choose(const std::vector<std::uint32_t> &indices, qint64 current, bool add);
    void lookAt(PhotoId photo);
    static QString hint()
    {
        return MapsPanel::tr("Point at a photo: it is marked in both maps. The stronger its colour, the farther it "
                             "moved.");
    }
};

// The pairs in the order of the box: 0–1, 0–2, 1–2, ...
std::pair<std::size_t, std::size_t> MapsPanel::Impl::chosenPair() const
{
    int at = std::max(pairs->currentIndex(), 0);
    const auto count = static_cast<int>(encoders.size());
    for (int a = 0; a < count; ++a)
        for (int b = a + 1; b < count; ++b)
            if (at-- == 0)
                return {a, b};
    return {0, 1};
}

void MapsPanel::Impl::fillPairs()
{
    const QSignalBlocker quiet(pairs);
    pairs->clear();
    for (int a = 0; a < encoders.size(); ++a)
        for (int b = a + 1; b < encoders.size(); ++b)
            pairs->addItem(MapsPanel::tr("%1 – %2", "two encoders").arg(encoders[a].name, encoders[b].name));
    pairs->setVisible(pairs->count() > 1);
}

QWidget *MapsPanel::Impl::makeSide()
{
    picture = new QLabel;
    picture->setFixedHeight(pictureSide);
    picture->setAlignment(Qt::AlignCenter);
    facts = new QLabel;
    facts->setObjectName(QStringLiteral("mapsFacts"));
    facts->setWordWrap(true);
    facts->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    facts->setMinimumHeight(4 * facts->fontMetrics().height());
    facts->setText(hint());
    farthest = figuresTable(QStringLiteral("mapsFarthest"), MapsPanel::tr("Photos that moved farthest"));
    farthest->setColumnCount(2);
    farthest->setHorizontalHeaderLabels(
        {MapsPanel::tr("Moved farthest"), MapsPanel::tr("Way", "how far a photo moved, a share of the map's side")});
    farthest->horizontalHeaderItem(1)->setToolTip(MapsPanel::tr("As a share of the longer side of the map"));
    farthest->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    farthest->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(gridUnit, 0, gridUnit, gridUnit);
    column->addWidget(picture);
    column->addWidget(facts);
    column->addWidget(farthest, 1);
    return side;
}

void MapsPanel::Impl::build()
{
    pairs = new QComboBox;
    pairs->setObjectName(QStringLiteral("mapsPair"));
    pairs->setAccessibleName(MapsPanel::tr("The two encoders"));
    headline = new ElidedLabel;
    headline->setObjectName(QStringLiteral("mapsHeadline"));
    anew = iconButton(QStringLiteral("compare/again"), MapsPanel::tr("Lay both maps out anew"));
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(2 * gridUnit, 0, 0, gridUnit);
    row->setSpacing(gridUnit);
    for (int i = 0; i < 2; ++i) {
        titles[i] = mapTitle();
        views[i] = new PairView;
        auto *column = new QVBoxLayout;
        column->setSpacing(gridUnit / 2);
        column->addWidget(titles[i]);
        column->addWidget(views[i], 1);
        row->addLayout(column, 1);
    }
    auto *splitter = new QSplitter;
    splitter->addWidget(both);
    splitter->addWidget(makeSide());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({100 * gridUnit, 30 * gridUnit});
    splitter->setChildrenCollapsible(false);
    empty = new EmptyState;
    stack = new QStackedWidget;
    stack->addWidget(empty);
    stack->addWidget(splitter);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    bar->setSpacing(gridUnit);
    bar->addWidget(pairs);
    bar->addWidget(headline, 1);
    bar->addWidget(anew);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(bar);
    all->addWidget(stack, 1);
    poll.setInterval(std::chrono::milliseconds(150));
}

void MapsPanel::Impl::connectAll()
{
    for (int i = 0; i < 2; ++i) {
        auto *view = views[i];
        auto *other = views[1 - i];
        QObject::connect(view, &PairView::viewportMoved, q, [view, other] { other->setViewport(view->viewport()); });
        QObject::connect(view, &PairView::chosen, q,
                         [this](const auto &indices, qint64 current, bool add) { choose(indices, current, add); });
        QObject::connect(view, &PairView::activated, q,
                         [this](qint64 at) { commands->showInLibrary(maps.photos[static_cast<std::size_t>(at)]); });
        QObject::connect(view, &PairView::hovered, q, [this](qint64 at) {
            for (auto *each : views)
                each->setHovered(at);
            lookAt(at >= 0 ? maps.photos[static_cast<std::size_t>(at)] : selection->current());
        });
    }
    QObject::connect(pairs, &QComboBox::currentIndexChanged, q, [this] { q->layOut(); });
    QObject::connect(anew, &QToolButton::clicked, q, [this] { q->layOut(); });
    QObject::connect(empty, &EmptyState::actionTriggered, q, [this] { q->layOut(); });
    QObject::connect(selection, &Selection::changed, q, [this] { followSelection(); });
    QObject::connect(farthest, &QTableWidget::currentCellChanged, q, [this](int at) {
        if (const auto *item = farthest->item(at, 0)) {
            const PhotoId photo{item->data(Qt::UserRole).toLongLong()};
            selection->set({photo}, photo);
        }
    });
    QObject::connect(farthest, &QTableWidget::itemActivated, q, [this](const QTableWidgetItem *item) {
        commands->showInLibrary({farthest->item(item->row(), 0)->data(Qt::UserRole).toLongLong()});
    });
    QObject::connect(&loader, &ThumbnailLoader::loaded, q, [this] { picture->setPixmap(loader.pixmap(looked)); });
    QObject::connect(&poll, &QTimer::timeout, q, [this] {
        const int total = progress->total, done = progress->done;
        headline->setText(total > 0 ? MapsPanel::tr("Both maps settle… %1", "a share")
                                          .arg(percentText(std::min(1.0, static_cast<double>(done) / total)))
                                    : MapsPanel::tr("Looking for neighbours…"));
    });
}

void MapsPanel::Impl::start(bool settle)
{
    const auto [a, b] = chosenPair();
    progress = std::make_shared<MapsProgress>();
    poll.start();
    latest.run([own = shelf, first = encoders[static_cast<qsizetype>(a)].id.toStdString(),
                second = encoders[static_cast<qsizetype>(b)].id.toStdString(), settle, counted = progress](
                   const std::stop_token &stop) { return pairMaps(*own, first, second, settle, *counted, stop); },
               [this](Result<PairedMaps> found) { take(std::move(found)); });
}

void MapsPanel::Impl::take(Result<PairedMaps> found)
{
    const bool goOn = found && !found->isSettled && !found->photos.empty();
    if (!goOn)
        poll.stop();
    if (!found) {
        maps = {};
        headline->clear();
        empty->setContent(EmptyState::Picture::Search, MapsPanel::tr("These maps cannot be made"),
                          errorSentence(found.error()) + QLatin1Char(' ') + errorRemedy(found.error()));
        stack->setCurrentIndex(0);
        Q_EMIT q->settled();
        return;
    }
    maps = std::move(*found);
    show();
    if (goOn)
        start(true);
    else
        Q_EMIT q->settled();
}

void MapsPanel::Impl::show()
{
    index.clear();
    for (std::uint32_t i = 0; i < maps.photos.size(); ++i)
        index.emplace(maps.photos[i], i);
    anew->setVisible(!maps.photos.empty());
    if (maps.photos.empty()) {
        headline->clear();
        empty->setContent(EmptyState::Picture::Photos, MapsPanel::tr("No photos for two maps yet"),
                          MapsPanel::tr("Two photos or more must be indexed for both encoders."),
                          MapsPanel::tr("Look again"));
        stack->setCurrentIndex(0);
        return;
    }
    const auto [a, b] = chosenPair();
    const QString names[2] = {encoders.value(static_cast<qsizetype>(a)).name,
                              encoders.value(static_cast<qsizetype>(b)).name};
    for (int i = 0; i < 2; ++i) {
        titles[i]->setText(names[i]);
        views[i]->setAccessibleName(MapsPanel::tr("Map of %1").arg(names[i]));
        views[i]->setAccessibleDescription(
            MapsPanel::tr("Arrows go from photo to photo. How far each moved stands in the list."));
    }
    views[0]->setPositions(maps.first, {}, maps.moved);
    views[1]->setPositions(maps.second, maps.first, maps.moved);
    views[1]->showAll(); // what moved far may lie outside the first map
    views[0]->setViewport(views[1]->viewport());
    if (maps.isSettled)
        headline->setText(MapsPanel::tr("%n photo(s) in both; half of them moved by less than %1 of the map", nullptr,
                                        static_cast<int>(maps.photos.size()))
                              .arg(percentText(maps.median)));
    fillFarthest();
    stack->setCurrentIndex(1);
    followSelection();
}

void MapsPanel::Impl::fillFarthest()
{
    const QSignalBlocker quiet(farthest);
    farthest->clearSelection();
    farthest->setCurrentCell(-1, -1);
    farthest->setRowCount(maps.isSettled ? static_cast<int>(maps.infos.size()) : 0);
    for (int row = 0; row < farthest->rowCount(); ++row) {
        const auto &info = maps.infos[static_cast<std::size_t>(row)];
        auto *name = new QTableWidgetItem(info.name);
        name->setToolTip(displayPath(info.path));
        name->setData(Qt::UserRole, static_cast<qlonglong>(info.photo.value));
        farthest->setItem(row, 0, name);
        farthest->setItem(row, 1, figureItem(percentText(maps.moved[index.at(info.photo)])));
    }
}

void MapsPanel::Impl::followSelection()
{
    std::vector<std::uint32_t> selected;
    for (const auto photo : selection->photos())
        if (const auto found = index.find(photo); found != index.end())
            selected.push_back(found->second);
    const auto current = index.find(selection->current());
    const std::int64_t at = current == index.end() ? -1 : static_cast<std::int64_t>(current->second);
    for (auto *view : views)
        view->setSelected(selected, at);
    lookAt(at >= 0 ? selection->current() : PhotoId());
}

void MapsPanel::Impl::choose(const std::vector<std::uint32_t> &indices, qint64 current, bool add)
{
    std::vector<PhotoId> photos;
    if (add)
        photos = selection->photos();
    for (const auto at : indices)
        if (std::ranges::find(photos, maps.photos[at]) == photos.end() || !add)
            photos.push_back(maps.photos[at]);
    if (current >= 0)
        selection->set(std::move(photos), maps.photos[static_cast<std::size_t>(current)]);
    else if (!add)
        selection->clear();
}

void MapsPanel::Impl::lookAt(PhotoId photo)
{
    if (photo == looked)
        return;
    looked = photo;
    reading.cancel();
    facts->setText(hint());
    picture->clear();
    const auto found = index.find(photo);
    if (!photo || found == index.end() || !shelf)
        return;
    const QString moved =
        MapsPanel::tr("Moved by %1 of the map", "a share").arg(percentText(maps.moved[found->second]));
    reading.run(
        [catalogue = shelf->catalogue(), photo](const std::stop_token &) { return readInfo(*catalogue, photo); },
        [this, moved](Result<PhotoInfo> info) {
            if (!info)
                return;
            facts->setText(info->name + QLatin1Char('\n') + moved);
            loader.setSide(qRound(pictureSide * q->devicePixelRatioF()));
            loader.want({thumbnailRequest(*info)});
            picture->setPixmap(loader.pixmap(looked)); // where it is there already
        });
}

MapsPanel::MapsPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection))
{
    m_impl->build();
    m_impl->connectAll();
    m_impl->show();
}

MapsPanel::~MapsPanel() = default;

void MapsPanel::setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders)
{
    auto &d = *m_impl;
    d.latest.cancel();
    d.poll.stop();
    d.shelf = std::move(shelf);
    d.encoders = encoders;
    d.fillPairs();
    d.isStale = true;
    if (isVisible())
        layOut();
}

void MapsPanel::layOut()
{
    auto &d = *m_impl;
    d.isStale = false;
    if (d.shelf && d.encoders.size() >= fewestEncoders)
        d.start(false);
}

void MapsPanel::photosChanged()
{
    if (!m_impl->maps.photos.empty() || isRunning())
        return;
    m_impl->isStale = true;
    if (isVisible())
        layOut();
}

bool MapsPanel::isRunning() const
{
    return m_impl->latest.isRunning();
}

const PairedMaps &MapsPanel::maps() const
{
    return m_impl->maps;
}

PairView *MapsPanel::firstView() const
{
    return m_impl->views[0];
}

PairView *MapsPanel::secondView() const
{
    return m_impl->views[1];
}

void MapsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_impl->isStale)
        layOut();
}

} // namespace photolex::ui
