#include "ui/compare/compare_place.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/compare/agreement_panel.h"
#include "ui/compare/captioned_panel.h"
#include "ui/compare/captions_panel.h"
#include "ui/compare/compare_columns.h"
#include "ui/compare/maps_panel.h"
#include "ui/compare/missing_notice.h"
#include "ui/compare/query_set_panel.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"

#include <QDataStream>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
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
    MissingNotice *missing;
    QStackedWidget *stack;
    EmptyState *empty;
    CompareColumns *columns;
    AgreementPanel *agreement;
    QSplitter *splitter;
    QuerySetPanel *querySet;
    CaptionsPanel *captions;
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
    void showWhyNobodyAnswers();
};

QWidget *ComparePlace::Impl::makeOneQuery()
{
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
    return splitter;
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
    captions = new CaptionsPanel(session, commands, selection);
    maps = new MapsPanel(session, commands, selection);
    tabs->addTab(captions, ComparePlace::tr("Captions"));
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
    missing = new MissingNotice(session);
    all->addWidget(missing);
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
    QObject::connect(session, &Session::modelsReady, q, [this] { openShelf(); });
    QObject::connect(session, &Session::photosChanged, q, [this] {
        if (shelf)
            shelf->photosChanged();
        isStale = true;
        if (q->isVisible() && !again.isActive())
            again.start();
    });
    QObject::connect(&again, &QTimer::timeout, q, [this] {
        ask();
        captions->photosChanged();
        maps->photosChanged();
    });
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
        [own = shelf](const std::stop_token &) -> Result<std::vector<std::shared_ptr<const model::Bundle>>> {
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
    captions->setEncoders(shelf, chosen);
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
    interactive.set(true);
    if (!outcome.isAnswered() && !query.isEmpty())
        showEmpty(ComparePlace::tr("Just a moment"), ComparePlace::tr("Each encoder puts the photos in its order."));
    latest.run([own = shelf, ids = idsOf(chosen),
                asked = query](const std::stop_token &stop) { return compareQuery(*own, ids, asked, stop); },
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
        showWhyNobodyAnswers();
    } else {
        columns->setOutcome(outcome, namesOf(chosen));
        stack->setCurrentWidget(columns);
    }
    missing->setOutcome(outcome, chosen, shelf, stack->currentWidget() == columns);
    agreement->setOutcome(outcome, namesOf(chosen));
    Q_EMIT q->answered();
}

void ComparePlace::Impl::showWhyNobodyAnswers()
{
    using Reads = CompareOutcome::Reads;
    const bool anyUnknown =
        std::ranges::any_of(outcome.unknown, [](const QStringList &words) { return !words.isEmpty(); });
    if (query.isEmpty())
        showEmpty(
            ComparePlace::tr("Where do encoders agree?"),
            ComparePlace::tr("Type a query above. Each encoder's photos stand in a column of their own, and lines "
                             "join the same photo."));
    else if (outcome.isInWords &&
             std::ranges::all_of(outcome.reads, [](Reads reads) { return reads == Reads::Nothing; }))
        showEmpty(ComparePlace::tr("These encoders have no text side"),
                  ComparePlace::tr("They can be asked with a photo: select one, then press “Photos like the selected "
                                   "one” above."));
    else if (anyUnknown)
        showEmpty(ComparePlace::tr("No encoder knows these words"), ComparePlace::tr("Try other words."));
    else
        showEmpty(ComparePlace::tr("No photos yet"),
                  ComparePlace::tr("Photos are shown here as soon as they are indexed."));
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

CaptionsPanel *ComparePlace::captions() const
{
    return m_impl->captions;
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
