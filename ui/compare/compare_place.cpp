#include "ui/compare/compare_place.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/compare/agreement_panel.h"
#include "ui/compare/captioned_panel.h"
#include "ui/compare/compare_columns.h"
#include "ui/compare/maps_panel.h"
#include "ui/compare/query_set_panel.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int stateVersion = 1;

} // namespace

struct ComparePlace::Impl {
    Impl(ComparePlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection)
        : q(place)
        , session(ofSession)
        , commands(ofCommands)
        , selection(ofSelection)
        , interactive(ofSession)
    {
    }

    ComparePlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    std::shared_ptr<EncoderShelf> shelf;
    QList<EncoderChoice> available, chosen;
    QStringList wanted; // ids from the last time, until the bundle is open
    CompareQuery query;
    CompareOutcome outcome;
    Interactive interactive;
    Latest<CompareOutcome> latest;
    Latest<std::vector<std::shared_ptr<const model::Bundle>>> opening; // the other bundles
    QTimer typed, again;                                               // letters settle; photos were added
    bool isStale = true;

    QLineEdit *text;
    QToolButton *similar, *choose;
    QMenu *chooseMenu;
    QTabWidget *tabs;
    QWidget *noticeBar;
    QLabel *notice;
    QPushButton *indexNow;
    QStackedWidget *stack;
    EmptyState *empty;
    CompareColumns *columns;
    AgreementPanel *agreement;
    QSplitter *splitter;
    QuerySetPanel *querySet;
    CaptionedPanel *captioned;
    MapsPanel *maps;

    void build();
    QWidget *makeOneQuery();
    void connectAll();
    void openShelf();
    void openOthers();
    void fillMenu();
    void encodersChosen();
    void ask();
    void take(Result<CompareOutcome> found);
    void showEmpty(const QString &title, const QString &sentence);
    void tellWhatIsMissing();
    QString nameOf(std::size_t encoder) const { return chosen.value(static_cast<qsizetype>(encoder)).name; }
};

QWidget *ComparePlace::Impl::makeOneQuery()
{
    notice = new QLabel;
    notice->setObjectName(QStringLiteral("compareNotice"));
    notice->setWordWrap(true);
    indexNow = new QPushButton(ComparePlace::tr("Index now"));
    indexNow->setObjectName(QStringLiteral("compareIndex"));
    indexNow->setToolTip(
        ComparePlace::tr("Reads the photos again, in the background, for the encoders that lack them"));
    noticeBar = new QWidget;
    noticeBar->setAutoFillBackground(true);
    noticeBar->setBackgroundRole(QPalette::Midlight);
    auto *noticeRow = new QHBoxLayout(noticeBar);
    noticeRow->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    noticeRow->addWidget(notice, 1);
    noticeRow->addWidget(indexNow);
    noticeBar->hide();
    columns = new CompareColumns(session);
    empty = new EmptyState;
    empty->setObjectName(QStringLiteral("compareEmpty"));
    stack = new QStackedWidget;
    stack->addWidget(empty);
    stack->addWidget(columns);
    agreement = new AgreementPanel;
    splitter = new QSplitter;
    splitter->addWidget(stack);
    splitter->addWidget(agreement);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({100 * gridUnit, 40 * gridUnit});
    splitter->setCollapsible(0, false);
    auto *page = new QWidget;
    auto *all = new QVBoxLayout(page);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(noticeBar);
    all->addWidget(splitter, 1);
    return page;
}

void ComparePlace::Impl::build()
{
    text = new QLineEdit;
    text->setObjectName(QStringLiteral("compareText"));
    text->setPlaceholderText(ComparePlace::tr("Ask all encoders the same"));
    text->setAccessibleName(ComparePlace::tr("Query for all encoders"));
    text->setClearButtonEnabled(true);
    text->setTextMargins(6, 0, 6, 0);
    text->setMaxLength(4096);
    similar = iconButton(QStringLiteral("compare/similar"), ComparePlace::tr("Photos like the selected one"));
    similar->setObjectName(QStringLiteral("compareSimilar"));
    choose = new QToolButton;
    choose->setObjectName(QStringLiteral("chooseEncoders"));
    choose->setIcon(icon(QStringLiteral("compare/encoders")));
    choose->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    choose->setPopupMode(QToolButton::InstantPopup);
    choose->setText(ComparePlace::tr("Encoders"));
    choose->setToolTip(ComparePlace::tr("Two to four encoders to compare"));
    chooseMenu = new QMenu(choose);
    choose->setMenu(chooseMenu);
    tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("compareTabs"));
    tabs->setDocumentMode(true);
    querySet = new QuerySetPanel(commands);
    captioned = new CaptionedPanel(commands);
    tabs->addTab(makeOneQuery(), ComparePlace::tr("One query"));
    tabs->addTab(querySet, ComparePlace::tr("A set of queries"));
    maps = new MapsPanel(session, commands, selection);
    tabs->addTab(captioned, ComparePlace::tr("Captioned photos"));
    tabs->addTab(maps, ComparePlace::tr("Two maps"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(2 * gridUnit, 0, gridUnit, gridUnit);
    bar->addWidget(text, 1);
    bar->addWidget(similar);
    bar->addWidget(choose);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(bar);
    all->addWidget(tabs, 1);
    typed.setSingleShot(true);
    typed.setInterval(std::chrono::milliseconds(120));
    again.setSingleShot(true);
    again.setInterval(std::chrono::seconds(2));
}

void ComparePlace::Impl::connectAll()
{
    QObject::connect(text, &QLineEdit::textEdited, q, [this] { typed.start(); });
    QObject::connect(text, &QLineEdit::returnPressed, q, [this] {
        tabs->setCurrentIndex(0);
        q->ask({text->text(), {}});
    });
    QObject::connect(&typed, &QTimer::timeout, q, [this] { q->ask({text->text(), {}}); });
    QObject::connect(similar, &QToolButton::clicked, q, [this] {
        tabs->setCurrentIndex(0);
        q->ask({{}, selection->current()});
    });
    const auto followSelection = [this] { similar->setEnabled(static_cast<bool>(selection->current())); };
    QObject::connect(selection, &Selection::changed, q, followSelection);
    followSelection();
    QObject::connect(columns, &CompareColumns::photoChosen, q, [this](PhotoId photo) {
        if (columns->hasFocus())
            selection->set({photo}, photo);
    });
    QObject::connect(columns, &CompareColumns::photoActivated, commands, &Commands::showInLibrary);
    QObject::connect(agreement, &AgreementPanel::photoChosen, q, [this](PhotoId photo) {
        columns->selectPhoto(photo);
        selection->set({photo}, photo);
    });
    QObject::connect(querySet, &QuerySetPanel::queryChosen, q, [this](const QString &chosenQuery) {
        tabs->setCurrentIndex(0);
        q->ask({chosenQuery, {}});
    });
    QObject::connect(indexNow, &QPushButton::clicked, q, [this] {
        session->rescan(); // what an indexed encoder has no point of is read again
        indexNow->hide();
    });
    QObject::connect(session, &Session::jobChanged, q, [this] { tellWhatIsMissing(); });
    QObject::connect(session, &Session::modelsReady, q, [this] { openShelf(); });
    QObject::connect(session, &Session::photosChanged, q, [this] {
        if (shelf)
            shelf->photosChanged();
        isStale = true;
        if (q->isVisible() && !again.isActive())
            again.start();
    });
    QObject::connect(&again, &QTimer::timeout, q, [this] { ask(); });
}

void ComparePlace::Impl::openShelf()
{
    if (shelf || !session->bundle())
        return;
    shelf = std::make_shared<EncoderShelf>(session->catalogue(), session->bundle());
    available.clear();
    for (const auto &entry : session->bundle()->manifest().encoders)
        available.append({QString::fromStdString(entry.id), QString::fromStdString(entry.id)});
    const QStringList before = wanted; // those of imported bundles come later
    chosen = available.mid(0, fewestEncoders);
    q->chooseEncoders(before);
    encodersChosen();
    openOthers();
}

// Those that were imported, and were not there the last time one looked.
void ComparePlace::Impl::openOthers()
{
    if (!shelf)
        return;
    opening.run(
        [own = shelf](std::stop_token) -> Result<std::vector<std::shared_ptr<const model::Bundle>>> {
            std::vector<std::shared_ptr<const model::Bundle>> opened;
            for (const auto &installed : model::installedBundles())
                if (!own->holds(installed.id))
                    if (auto bundle = model::Bundle::open(installed.folder)) // the Models place tells of broken ones
                        opened.push_back(std::move(*bundle));
            return opened;
        },
        [this](Result<std::vector<std::shared_ptr<const model::Bundle>>> opened) {
            if (!opened || opened->empty())
                return;
            for (const auto &bundle : *opened) {
                shelf->add(bundle);
                for (const auto &entry : bundle->manifest().encoders) {
                    const auto id = QString::fromStdString(bundle->manifest().id + '/' + entry.id);
                    available.append({id, id});
                }
            }
            fillMenu();
            q->chooseEncoders(wanted);
        });
}

void ComparePlace::Impl::fillMenu()
{
    chooseMenu->clear();
    for (const auto &encoder : available) {
        auto *action = chooseMenu->addAction(menuText(chooseMenu, encoder.name));
        action->setCheckable(true);
        action->setChecked(chosen.contains(encoder));
        // Never fewer than two or more than four: what would break that cannot be chosen.
        action->setEnabled(action->isChecked() ? chosen.size() > fewestEncoders : chosen.size() < mostEncoders);
        QObject::connect(action, &QAction::toggled, q, [this, encoder](bool on) {
            QStringList ids;
            for (const auto &other : available)
                if (other == encoder ? on : chosen.contains(other))
                    ids << other.id;
            // Queued: the menu that this action belongs to is filled again.
            QMetaObject::invokeMethod(
                q, [this, ids] { q->chooseEncoders(ids); }, Qt::QueuedConnection);
        });
    }
    choose->setText(chosen.isEmpty() ? ComparePlace::tr("Encoders") : namesOf(chosen).join(QStringLiteral(", ")));
}

void ComparePlace::Impl::encodersChosen()
{
    fillMenu();
    outcome = {};
    querySet->setEncoders(shelf, chosen);
    captioned->setEncoders(shelf, chosen);
    maps->setEncoders(shelf, chosen);
    isStale = true;
    ask();
}

void ComparePlace::Impl::ask()
{
    if (!q->isVisible())
        return; // asked when it is shown
    isStale = false;
    if (!shelf) {
        showEmpty(ComparePlace::tr("Just a moment"),
                  ComparePlace::tr("The encoders are still opening. The photos come by themselves."));
        return;
    }
    if (chosen.size() < fewestEncoders) {
        showEmpty(ComparePlace::tr("There is nothing to compare with"),
                  ComparePlace::tr("The installed bundle has one encoder only."));
        return;
    }
    if (query.isEmpty()) {
        latest.cancel();
        interactive.set(false);
        outcome = {};
        agreement->setOutcome(outcome, {});
        tellWhatIsMissing();
        showEmpty(
            ComparePlace::tr("Where do encoders agree?"),
            ComparePlace::tr("Type a query above. Each encoder's photos stand in a column of their own, and lines "
                             "join the same photo."));
        Q_EMIT q->answered();
        return;
    }
    interactive.set(true);
    if (!outcome.isAnswered())
        showEmpty(ComparePlace::tr("Just a moment"), ComparePlace::tr("Each encoder puts the photos in its order."));
    latest.run([own = shelf, ids = idsOf(chosen),
                asked = query](std::stop_token stop) { return compareQuery(*own, ids, asked, stop); },
               [this](Result<CompareOutcome> found) { take(std::move(found)); });
}

void ComparePlace::Impl::take(Result<CompareOutcome> found)
{
    interactive.set(false);
    outcome = found ? std::move(*found) : CompareOutcome();
    if (!found) {
        showEmpty(ComparePlace::tr("This cannot be compared"),
                  errorSentence(found.error()) + QLatin1Char(' ') + errorRemedy(found.error()));
    } else if (std::ranges::all_of(outcome.columns, [](const auto &column) { return column.empty(); })) {
        const bool anyUnknown =
            std::ranges::any_of(outcome.unknown, [](const QStringList &words) { return !words.isEmpty(); });
        showEmpty(anyUnknown ? ComparePlace::tr("No encoder knows these words") : ComparePlace::tr("No photos yet"),
                  anyUnknown ? ComparePlace::tr("Try other words.")
                             : ComparePlace::tr("Photos are shown here as soon as they are indexed."));
    } else {
        columns->setOutcome(outcome, namesOf(chosen));
        stack->setCurrentWidget(columns);
    }
    tellWhatIsMissing();
    agreement->setOutcome(outcome, namesOf(chosen));
    Q_EMIT q->answered();
}

void ComparePlace::Impl::tellWhatIsMissing()
{
    QStringList lines;
    bool mustIndex = false;
    for (std::size_t i = 0; i < outcome.unknown.size(); ++i) {
        if (!outcome.unknown[i].isEmpty() && stack->currentWidget() == columns)
            lines << ComparePlace::tr("%1 does not know: %2", "encoder, words")
                         .arg(nameOf(i), outcome.unknown[i].join(QStringLiteral(", ")));
        if (outcome.withoutPoint[i] > 0) {
            lines << ComparePlace::tr("%n photo(s) must be indexed for %1 before it can find them.", nullptr,
                                      static_cast<int>(outcome.withoutPoint[i]))
                         .arg(nameOf(i));
            // The window indexes for its own bundle; for others, `photolex-cli index --bundle` does.
            mustIndex = mustIndex ||
                        shelf->bundleOf(chosen.value(static_cast<qsizetype>(i)).id.toStdString()) == session->bundle();
        }
    }
    notice->setText(lines.join(QLatin1Char('\n')));
    noticeBar->setVisible(!lines.isEmpty());
    indexNow->setVisible(mustIndex && !session->job().running);
}

void ComparePlace::Impl::showEmpty(const QString &title, const QString &sentence)
{
    empty->setContent(EmptyState::Picture::Search, title, sentence);
    stack->setCurrentWidget(empty);
}

ComparePlace::ComparePlace(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection))
{
    m_impl->build();
    m_impl->connectAll();
    m_impl->openShelf();
}

ComparePlace::~ComparePlace() = default;

void ComparePlace::ask(const CompareQuery &query)
{
    m_impl->typed.stop();
    m_impl->query = query;
    if (m_impl->text->text() != query.text)
        m_impl->text->setText(query.text);
    m_impl->isStale = true;
    m_impl->ask();
}

const CompareQuery &ComparePlace::query() const
{
    return m_impl->query;
}

bool ComparePlace::takeDropped(const Dropped &dropped)
{
    CompareQuery asked{.text = dropped.text.simplified(), .similarTo = {}};
    if (!dropped.files.isEmpty()) {
        const auto known = m_impl->session->catalogue()->photoAt(pathBytes(dropped.files.first()));
        if (!known || !*known)
            return false;
        asked = {.text = {}, .similarTo = (*known)->id};
    }
    if (asked.isEmpty())
        return false;
    m_impl->tabs->setCurrentIndex(0);
    ask(asked);
    return true;
}

void ComparePlace::chooseEncoders(const QStringList &ids)
{
    auto &d = *m_impl;
    d.wanted = ids;
    if (!d.shelf)
        return;
    QList<EncoderChoice> chosen;
    for (const auto &encoder : d.available)
        if (ids.contains(encoder.id) && chosen.size() < mostEncoders)
            chosen << encoder;
    if (chosen.size() < fewestEncoders || chosen == d.chosen)
        return;
    d.chosen = chosen;
    d.encodersChosen();
}

QList<EncoderChoice> ComparePlace::encoders() const
{
    return m_impl->chosen;
}

bool ComparePlace::isRunning() const
{
    return m_impl->latest.isRunning();
}

const CompareOutcome &ComparePlace::outcome() const
{
    return m_impl->outcome;
}

CompareColumns *ComparePlace::columns() const
{
    return m_impl->columns;
}

QuerySetPanel *ComparePlace::querySet() const
{
    return m_impl->querySet;
}

CaptionedPanel *ComparePlace::captioned() const
{
    return m_impl->captioned;
}

MapsPanel *ComparePlace::maps() const
{
    return m_impl->maps;
}

QByteArray ComparePlace::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    QStringList ids = m_impl->wanted;
    if (m_impl->shelf) {
        ids.clear();
        for (const auto &encoder : m_impl->chosen)
            ids << encoder.id;
    }
    out << stateVersion << ids << m_impl->query.text << m_impl->querySet->queries() << m_impl->tabs->currentIndex()
        << m_impl->splitter->saveState();
    return state;
}

void ComparePlace::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    int version = 0;
    QStringList ids;
    QString text;
    QString queries;
    int tab = 0;
    QByteArray panels;
    in >> version >> ids >> text >> queries >> tab >> panels;
    if (in.status() != QDataStream::Ok || version != stateVersion)
        return;
    chooseEncoders(ids);
    if (!queries.trimmed().isEmpty())
        m_impl->querySet->setQueries(queries);
    m_impl->tabs->setCurrentIndex(tab);
    m_impl->splitter->restoreState(panels);
    ask({text, {}});
}

void ComparePlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_impl->openOthers();
    if (m_impl->isStale)
        m_impl->ask();
}

} // namespace photolex::ui
