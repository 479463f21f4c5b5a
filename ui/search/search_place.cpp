#include "ui/search/search_place.h"

#include "ui/common/commands.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/point_path.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/search/answer_text.h"
#include "ui/search/results_export.h"
#include "ui/search/search_filters.h"
#include "ui/search/search_run.h"
#include "ui/search/search_start.h"
#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_preview.h"
#include "ui/widgets/photo_viewer.h"
#include "ui/widgets/shared_selection.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr std::size_t matchesWanted = 300; // more than anyone scrolls through, and the end line comes long before

} // namespace

struct SearchPlace::Impl {
    Impl(SearchPlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection, PointPath *ofAsked)
        : q(place)
        , session(ofSession)
        , commands(ofCommands)
        , selection(ofSelection)
        , asked(ofAsked)
        , run(ofSession)
        , model(ofSession)
    {
    }

    SearchPlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    PointPath *asked;
    SearchRun run;
    PhotoModel model;
    SearchRequest request;
    search::Answer answer;
    int likely = 0;
    QTimer again; // photos were added: ask again, not at every one of them

    QLabel *headline, *notice;
    ElidedLabel *why;
    SearchFilters *filters;
    QToolButton *save, *out;
    QStackedWidget *stack;
    SearchStart *start;
    EmptyState *empty;
    PhotoGrid *grid;
    QSplitter *splitter;
    PhotoPreview *preview;
    PhotoActions *actions;
    SharedSelection *shared;

    void build();
    void ask();
    void show(Result<SearchOutcome> outcome);
    void showEmpty(const QString &title, const QString &sentence, const QString &action = {});
    void showOpening();
    void showNotices(const QStringList &lines);
    void showMarked();
    void followLink(const QString &link);
    std::vector<PhotoId> outgoing() const; // what is selected, else what fits
    const search::Match *matchOf(PhotoId photo) const;
};

void SearchPlace::Impl::build()
{
    headline = new ElidedLabel;
    QFont font = headline->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    headline->setFont(font);
    headline->setObjectName(QStringLiteral("headline"));
    filters = new SearchFilters(session);

    save = iconButton(QStringLiteral("search/search-save"), SearchPlace::tr("Save this search"));
    save->setCheckable(true);
    out = iconButton(QStringLiteral("search/results-export"),
                     SearchPlace::tr("Results onto the map, to a folder or as a list"));
    out->setObjectName(QStringLiteral("results"));
    out->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(out);
    auto *onMap = menu->addAction(icon(QStringLiteral("window/map")), SearchPlace::tr("Show on the map"));
    onMap->setObjectName(QStringLiteral("resultsOnMap"));
    QObject::connect(onMap, &QAction::triggered, q, [this] { commands->showOnMap(outgoing()); });
    QObject::connect(menu->addAction(SearchPlace::tr("Copy or link to a folder…")), &QAction::triggered, q,
                     [this] { askForExport(session, commands, outgoing(), q); });
    QObject::connect(menu->addAction(SearchPlace::tr("Write a list…")), &QAction::triggered, q,
                     [this] { askForList(session, commands, outgoing(), q); });
    out->setMenu(menu);

    notice = new QLabel;
    notice->setObjectName(QStringLiteral("notice"));
    notice->setWordWrap(true);
    notice->setTextFormat(Qt::RichText);
    notice->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    notice->setContentsMargins(2 * gridUnit, gridUnit, 2 * gridUnit, gridUnit);
    notice->setAutoFillBackground(true);
    notice->setBackgroundRole(QPalette::Midlight);
    notice->hide();
    why = new ElidedLabel; // a line of its own below the filters: beside them a longer language leaves it no room
    why->setObjectName(QStringLiteral("why"));
    why->setForegroundRole(QPalette::PlaceholderText);
    why->setContentsMargins(2 * gridUnit, 0, 2 * gridUnit, gridUnit);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(inReadingOrder({2 * gridUnit, gridUnit, gridUnit, gridUnit / 2}));
    bar->addWidget(headline, 1);
    bar->addWidget(filters);
    bar->addWidget(save);
    bar->addWidget(out);

    grid = new PhotoGrid(session);
    grid->setModel(&model);
    grid->setScoresShown(true);
    grid->setAccessibleName(SearchPlace::tr("Photos found"));
    empty = new EmptyState;
    start = new SearchStart(session);
    stack = new QStackedWidget;
    stack->addWidget(start);
    stack->addWidget(empty);
    stack->addWidget(grid);

    auto *results = new QWidget;
    auto *column = new QVBoxLayout(results);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(why);
    column->addWidget(notice);
    column->addWidget(stack, 1);
    preview = new PhotoPreview(session, commands);
    splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("searchSplitter"));
    splitter->addWidget(results);
    splitter->addWidget(preview);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setChildrenCollapsible(true);
    splitter->setCollapsible(0, false);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
    actions = new PhotoActions(session, commands, selection, grid, q);
    shared = new SharedSelection(selection, grid);
}

void SearchPlace::Impl::ask()
{
    again.stop();
    if (!session->catalogue())
        return;
    const bool any = !request.isEmpty();
    save->setEnabled(!request.text.trimmed().isEmpty());
    filters->setVisible(any);
    save->setVisible(any);
    out->setVisible(any);
    preview->setVisible(any);
    headline->setVisible(any);
    why->setVisible(any);
    if (!any) {
        run.cancel();
        answer = {};
        likely = 0;
        model.setPhotos({});
        asked->set({});
        showNotices({});
        why->clear();
        start->refresh();
        stack->setCurrentWidget(start);
        Q_EMIT q->answered();
        return;
    }
    if (const auto saved = session->catalogue()->savedSearches())
        save->setChecked(std::find(saved->begin(), saved->end(), request.text.trimmed().toStdString()) != saved->end());
    run.start(request, filters->filter(), matchesWanted,
              [this](Result<SearchOutcome> outcome) { show(std::move(outcome)); });
}

void SearchPlace::Impl::show(Result<SearchOutcome> outcome)
{
    if (!outcome) {
        answer = {};
        likely = 0;
        asked->set({});
        model.setPhotos({});
        showNotices({});
        headline->setText({});
        if (outcome.error().code == Errc::Busy)
            showOpening();
        else if (outcome.error().code == Errc::Invalid)
            showEmpty(SearchPlace::tr("This cannot be searched"),
                      SearchPlace::tr("The text holds nothing that can be read as words. Type it again."));
        else
            showEmpty(SearchPlace::tr("This cannot be searched"),
                      errorSentence(outcome.error()) + QLatin1Char(' ') + errorRemedy(outcome.error()));
        Q_EMIT q->answered();
        return;
    }
    answer = outcome->answer;
    const QString said = request.text.trimmed();
    asked->set({{outcome->answer.point, said.isEmpty() ? SearchPlace::tr("Picture") : said}});
    std::vector<PhotoId> photos;
    std::vector<PhotoNote> notes;
    likely = 0;
    // The engine gives exact hits first, then by score; "less likely" begins where the end line falls.
    std::stable_partition(answer.matches.begin(), answer.matches.end(),
                          [](const auto &match) { return match.relevant; });
    for (const auto &match : answer.matches) {
        photos.push_back(match.photo);
        notes.push_back({shownScore(match), whyText(match)});
        likely += match.relevant ? 1 : 0;
    }
    std::vector<PhotoSection> sections;
    if (likely > 0)
        sections.push_back({0, {}, false});
    if (likely < static_cast<int>(photos.size()))
        sections.push_back({likely, SearchPlace::tr("Less likely"), true});
    headline->setText(ui::headline(request, *outcome, likely));
    if (!session->job().running) // what has no row now never gets one: it is among the problems
        outcome->answer.withoutRow = 0;
    const auto bundle = session->bundle();
    showNotices(noticesOf(request, *outcome, bundle ? QString::fromStdString(bundle->manifest().language) : QString()));
    const QString hint = request.hasPicture() ? QString() : hintOf(answer.parsed);
    if (!hint.isEmpty() || photos.empty()) {
        const bool unknownOnly = !answer.unknown.empty() && answer.unknown.size() >= answer.parsed.words.size();
        if (outcome->sum == search::SumState::CancelsOut) {
            showEmpty(
                SearchPlace::tr("This cancels out"),
                SearchPlace::tr("What is added and what is taken away are the same: nothing is left to look for."));
        } else if (!hint.isEmpty()) {
            showNotices({});
            showEmpty(SearchPlace::tr("What should be in the picture?"), hint);
        } else if (unknownOnly) {
            showEmpty(SearchPlace::tr("None of these words is known"),
                      SearchPlace::tr("Try other words, or one of the spellings above."));
        } else if (!outcome->byMeaning) {
            showNotices({});
            showOpening();
        } else if (filters->isNarrowed()) {
            showEmpty(SearchPlace::tr("Nothing in these days and this folder"),
                      SearchPlace::tr("The search itself may find more elsewhere."),
                      SearchPlace::tr("Search everywhere"));
        } else {
            showEmpty(SearchPlace::tr("Nothing found"), SearchPlace::tr("Photos that are still being indexed are found "
                                                                        "as soon as they are done."));
        }
        headline->setText({});
    } else {
        stack->setCurrentWidget(grid);
    }
    model.setPhotos(std::move(photos), std::move(notes), std::move(sections));
    grid->verticalScrollBar()->setValue(0);
    shared->follow();
    Q_EMIT q->answered();
}

void SearchPlace::Impl::showEmpty(const QString &title, const QString &sentence, const QString &action)
{
    empty->setContent(EmptyState::Picture::Search, title, sentence, action);
    stack->setCurrentWidget(empty);
    why->clear();
}

void SearchPlace::Impl::showOpening()
{
    showEmpty(SearchPlace::tr("Just a moment"),
              SearchPlace::tr("The encoder is still opening. The photos come by themselves."));
}

void SearchPlace::Impl::showNotices(const QStringList &lines)
{
    notice->setText(lines.join(QStringLiteral("<br>")));
    notice->setVisible(!lines.isEmpty());
}

const search::Match *SearchPlace::Impl::matchOf(PhotoId photo) const
{
    const auto found = std::find_if(answer.matches.begin(), answer.matches.end(),
                                    [photo](const auto &match) { return match.photo == photo; });
    return found == answer.matches.end() ? nullptr : &*found;
}

void SearchPlace::Impl::showMarked()
{
    const PhotoId current = shared->current();
    preview->setPhoto(current, static_cast<int>(grid->selectedPhotos().size()));
    const auto *match = current ? matchOf(current) : nullptr;
    if (!match) {
        why->setText(stack->currentWidget() == grid ? SearchPlace::tr("Select a photo to see why it was found.")
                                                    : QString());
        return;
    }
    const QString reasons = whyText(*match);
    const QString score = QLocale().toString(shownScore(*match), 'f', 2);
    why->setText(reasons.isEmpty() ? SearchPlace::tr("score %1").arg(score)
                                   : SearchPlace::tr("score %1: %2").arg(score, reasons));
}

std::vector<PhotoId> SearchPlace::Impl::outgoing() const
{
    auto photos = grid->selectedPhotos();
    if (photos.size() > 1)
        return photos;
    photos = model.photos();
    if (likely > 0)
        photos.resize(static_cast<std::size_t>(likely));
    return photos;
}

void SearchPlace::Impl::followLink(const QString &link)
{
    if (link == QLatin1String("expression:")) {
        QString text = request.text;
        if (request.similarTo)
            if (const auto path = session->catalogue()->absolutePath(request.similarTo))
                text = QString::fromStdString(
                           search::printTerm({.kind = search::Term::Kind::Photo, .text = *path}, true)) +
                       (text.trimmed().startsWith(QLatin1Char('-')) ? QStringLiteral(" ") : QStringLiteral(" + ")) +
                       text.trimmed();
        return commands->openExpression(text);
    }
    const QStringList parts = link.split(QLatin1Char(':'));
    if (parts.size() != 3 || parts[0] != QLatin1String("word"))
        return;
    const QString old = QUrl::fromPercentEncoding(parts[1].toLatin1()),
                  by = QUrl::fromPercentEncoding(parts[2].toLatin1());
    Q_EMIT q->textSuggested(withWordReplaced(request.text, old, by));
}

SearchPlace::SearchPlace(Session *session, Commands *commands, Selection *selection, PointPath *asked, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection, asked))
{
    setAccessibleName(tr("Search"));
    m_impl->build();
    auto &d = *m_impl;
    d.again.setSingleShot(true);
    d.again.setInterval(1000);
    connect(&d.again, &QTimer::timeout, this, [this] { m_impl->ask(); });
    connect(session, &Session::modelsReady, this, [this] { m_impl->ask(); });
    connect(session, &Session::photosChanged, this, [this](const std::vector<PhotoId> &photos) {
        m_impl->model.refresh(photos);
        if (!m_impl->request.isEmpty() && !m_impl->again.isActive())
            m_impl->again.start();
    });
    connect(session, &Session::rootsChanged, d.filters, &SearchFilters::refresh);
    connect(d.filters, &SearchFilters::changed, this, [this] { m_impl->ask(); });
    connect(d.empty, &EmptyState::actionTriggered, d.filters, &SearchFilters::clear);
    connect(d.start, &SearchStart::chosen, this, &SearchPlace::textSuggested);
    connect(d.notice, &QLabel::linkActivated, this, [this](const QString &link) { m_impl->followLink(link); });
    connect(d.save, &QToolButton::clicked, this, [this](bool saved) {
        const std::string text = m_impl->request.text.trimmed().toStdString();
        const auto &catalogue = m_impl->session->catalogue();
        const auto kept = saved ? catalogue->saveSearch(text) : catalogue->removeSavedSearch(text);
        if (!kept)
            m_impl->commands->tell(errorSentence(kept.error()));
    });
    connect(d.shared, &SharedSelection::marked, this, [this] { m_impl->showMarked(); });
    connect(d.grid, &PhotoGrid::photoActivated, this, [this](PhotoId photo) {
        confirm();
        PhotoViewer::open(m_impl->session, m_impl->grid, photo);
    });
    connect(d.grid, &PhotoGrid::menuRequested, this,
            [this](const QPoint &at) { m_impl->actions->createMenu(this)->popup(at); });
    connect(d.grid, &PhotoGrid::dropReceived, this, &SearchPlace::dropReceived);
    connect(d.preview, &PhotoPreview::activated, this,
            [this](PhotoId photo) { PhotoViewer::open(m_impl->session, m_impl->grid, photo); });
    d.filters->refresh();
    d.ask();
}

SearchPlace::~SearchPlace() = default;

void SearchPlace::search(const SearchRequest &request)
{
    auto &d = *m_impl;
    // A new question begins afresh: what was selected before would hide far down in its answer.
    if (!request.isEmpty() && !(request.text == d.request.text && request.samePicture(d.request)))
        d.selection->clear();
    d.request = request;
    d.ask();
}

void SearchPlace::confirm()
{
    const QString text = m_impl->request.text.trimmed();
    if (text.isEmpty() || !m_impl->session->catalogue())
        return;
    if (const auto kept = m_impl->session->catalogue()->rememberSearch(text.toStdString()); !kept)
        m_impl->commands->tell(errorSentence(kept.error()));
}

const SearchRequest &SearchPlace::request() const
{
    return m_impl->request;
}

void SearchPlace::focusGrid()
{
    if (m_impl->stack->currentWidget() != m_impl->grid)
        return;
    m_impl->grid->setFocus(Qt::ShortcutFocusReason);
    if (m_impl->grid->selectedPhotos().empty()) // the best one: Enter views it, arrows go on from it
        m_impl->grid->selectPhoto(m_impl->model.photoAt(0));
}

int SearchPlace::likelyCount() const
{
    return m_impl->likely;
}

bool SearchPlace::isRunning() const
{
    return m_impl->run.isRunning();
}

QByteArray SearchPlace::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << qint32(1) << qint32(m_impl->grid->tileSide()) << m_impl->splitter->saveState();
    return state;
}

void SearchPlace::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    qint32 version = 0, side = 0;
    QByteArray splitter;
    stream >> version >> side >> splitter;
    if (stream.status() != QDataStream::Ok || version != 1)
        return;
    m_impl->grid->setTileSide(std::clamp<int>(side, PhotoGrid::smallestTile, PhotoGrid::largestTile));
    m_impl->splitter->restoreState(splitter);
}

} // namespace photolex::ui
