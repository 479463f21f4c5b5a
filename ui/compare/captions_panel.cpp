#include "ui/compare/captions_panel.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/picture_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <optional>

namespace photolex::ui {

namespace {

constexpr int pictureWidth = 30 * gridUnit;
constexpr int rowsOfKind = static_cast<int>(saidSentences);

} // namespace

struct CaptionsPanel::Impl {
    Impl(CaptionsPanel *panel, Session *session, Commands *ofCommands, Selection *ofSelection)
        : q(panel)
        , commands(ofCommands)
        , selection(ofSelection)
        , interactive(session)
        , loader(session)
    {
    }

    CaptionsPanel *q;
    Commands *commands;
    Selection *selection;
    Interactive interactive;
    ThumbnailLoader loader;
    std::shared_ptr<EncoderShelf> shelf;
    QList<EncoderChoice> encoders;
    std::optional<CaptionsOutcome> outcome;
    std::shared_ptr<CaptionsProgress> progress;
    Latest<CaptionsOutcome> latest;
    QTimer poll;
    bool isStale = true;

    QStackedWidget *stack;
    EmptyState *empty;
    PictureView *picture;
    QLabel *name, *state;
    QTableWidget *table;

    void build();
    void ask();
    void take(Result<CaptionsOutcome> found);
    void fill();
    void fillKind(int encoder, int firstRow, const QStringList &sentences, const QString &reason) const;
    void fitRows() const;
    void showEmpty(const QString &title, const QString &sentence);
    QString nameOf(int encoder) const { return encoders.value(encoder).name; }
};

namespace {

QString reasonOf(captioning::Silence silence, const QString &writer)
{
    switch (silence) {
    case captioning::Silence::None:
        break;
    case captioning::Silence::NoText:
        return CaptionsPanel::tr("It has no text side: its rows came without sentences.");
    case captioning::Silence::NoSentences:
        return CaptionsPanel::tr("There are no sentences that it can read.");
    case captioning::Silence::NoModels:
        return CaptionsPanel::tr("Its bundle has no models that write captions.");
    case captioning::Silence::OtherEncoder:
        return CaptionsPanel::tr("Captions of its bundle are written from the points of “%1”.", "encoder").arg(writer);
    case captioning::Silence::Stale:
        return CaptionsPanel::tr("Its caption models were made for an earlier version of it.");
    }
    return {};
}

} // namespace

void CaptionsPanel::Impl::build()
{
    picture = new PictureView;
    picture->setFixedWidth(pictureWidth);
    name = new ElidedLabel;
    name->setAlignment(Qt::AlignCenter);
    name->setFixedWidth(pictureWidth);
    state = new QLabel;
    state->setObjectName(QStringLiteral("captionsState"));
    state->setWordWrap(true);
    state->setAlignment(Qt::AlignCenter);
    state->setForegroundRole(QPalette::PlaceholderText);
    state->setFixedWidth(pictureWidth);
    auto *side = new QVBoxLayout;
    side->addWidget(picture);
    side->addWidget(name);
    side->addWidget(state);
    side->addStretch();
    table = figuresTable(QStringLiteral("captionsTable"), CaptionsPanel::tr("What each encoder says of the photo"));
    table->setSelectionBehavior(QAbstractItemView::SelectItems);
    table->setWordWrap(true);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setMinimumSectionSize(18 * gridUnit);
    table->verticalHeader()->show();
    table->verticalHeader()->setSectionsClickable(false);
    table->verticalHeader()->setAccessibleName(table->accessibleName());
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setSectionsClickable(false);
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    row->setSpacing(2 * gridUnit);
    row->addLayout(side);
    row->addWidget(table, 1);
    empty = new EmptyState;
    empty->setObjectName(QStringLiteral("captionsEmpty"));
    stack = new QStackedWidget;
    stack->addWidget(empty);
    stack->addWidget(page);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(stack);

    poll.setInterval(std::chrono::milliseconds(150));
    QObject::connect(&poll, &QTimer::timeout, q, [this] {
        const auto total = progress->total.load();
        const QString of = nameOf(std::min<int>(progress->encoder, static_cast<int>(encoders.size()) - 1));
        const QString now = total > 0
                                ? CaptionsPanel::tr("%1 reads sentences: %2 of %3", "an encoder, two numbers")
                                      .arg(of, QLocale().toString(progress->done.load()), QLocale().toString(total))
                                : CaptionsPanel::tr("%1 looks at the photo…", "an encoder").arg(of);
        state->setText(now);
        if (stack->currentIndex() == 0) // the first photo: the models open and read
            empty->setContent(EmptyState::Picture::Photos, CaptionsPanel::tr("Just a moment"), now);
    });
    QObject::connect(selection, &Selection::changed, q, [this] { ask(); });
    QObject::connect(picture, &PictureView::activated, q, [this] {
        if (outcome)
            commands->showInLibrary(outcome->photo.photo);
    });
    QObject::connect(&loader, &ThumbnailLoader::loaded, q, [this] {
        if (outcome)
            picture->setPicture(loader.pixmap(outcome->photo.photo).toImage());
    });
    // The width of a cell is known once the table is on the screen, and changes with the window.
    QObject::connect(table->horizontalHeader(), &QHeaderView::sectionResized, q, [this] { fitRows(); });
}

void CaptionsPanel::Impl::showEmpty(const QString &title, const QString &sentence)
{
    outcome.reset();
    empty->setContent(EmptyState::Picture::Photos, title, sentence);
    stack->setCurrentIndex(0);
}

void CaptionsPanel::Impl::ask()
{
    isStale = true;
    if (!q->isVisible())
        return; // asked when it is shown
    isStale = false;
    const auto photo = selection->current();
    if (!photo || !shelf || encoders.size() < fewestEncoders) {
        latest.cancel();
        poll.stop();
        interactive.set(false);
        showEmpty(CaptionsPanel::tr("What does each encoder say?"),
                  CaptionsPanel::tr("Select a photo, here in a column of “One query” or in the library. The sentences "
                                    "that lie nearest to it, and those that are written for it, stand side by side."));
        Q_EMIT q->said();
        return;
    }
    progress = std::make_shared<CaptionsProgress>();
    interactive.set(true);
    poll.start();
    if (!outcome)
        showEmpty(CaptionsPanel::tr("Just a moment"), CaptionsPanel::tr("The encoders look for sentences."));
    latest.run([own = shelf, ids = idsOf(encoders), photo, counted = progress](
                   const std::stop_token &stop) { return captionsOf(*own, ids, photo, *counted, stop); },
               [this](Result<CaptionsOutcome> found) { take(std::move(found)); });
}

void CaptionsPanel::Impl::take(Result<CaptionsOutcome> found)
{
    poll.stop();
    interactive.set(false);
    state->clear();
    if (!found) {
        showEmpty(CaptionsPanel::tr("No captions of this photo"),
                  errorSentence(found.error()) + QLatin1Char(' ') + errorRemedy(found.error()));
        Q_EMIT q->said();
        return;
    }
    outcome = std::move(*found);
    fill();
    stack->setCurrentIndex(1);
    fitRows();
    Q_EMIT q->said();
}

void CaptionsPanel::Impl::fillKind(int encoder, int firstRow, const QStringList &sentences, const QString &reason) const
{
    if (sentences.isEmpty()) {
        auto *item = new QTableWidgetItem(reason);
        item->setForeground(quietText(table->palette()));
        item->setToolTip(reason);
        table->setItem(firstRow, encoder, item);
        table->setSpan(firstRow, encoder, rowsOfKind, 1);
        return;
    }
    for (int i = 0; i < sentences.size(); ++i) {
        auto *item = new QTableWidgetItem(sentences[i]);
        item->setToolTip(sentences[i]);
        table->setItem(firstRow + i, encoder, item);
    }
}

void CaptionsPanel::Impl::fill()
{
    const QLocale locale;
    name->setText(outcome->photo.name);
    picture->setAccessibleName(outcome->photo.name);
    loader.setSide(qRound(pictureWidth * q->devicePixelRatioF()));
    loader.want({thumbnailRequest(outcome->photo)});
    picture->setPicture(loader.pixmap(outcome->photo.photo).toImage()); // where it is there already
    table->clear();
    table->clearSpans();
    table->setColumnCount(static_cast<int>(outcome->encoders.size()));
    table->setRowCount(2 * rowsOfKind);
    table->setHorizontalHeaderLabels(namesOf(encoders));
    QStringList heads;
    for (const QString &kind :
         {CaptionsPanel::tr("Nearest %1", "sentence, a number"), CaptionsPanel::tr("Written %1", "sentence, a number")})
        for (int i = 1; i <= rowsOfKind; ++i)
            heads << kind.arg(locale.toString(i));
    table->setVerticalHeaderLabels(heads);
    const auto withScore = [&](const std::string &text, double score) {
        return CaptionsPanel::tr("%1 (%2)", "sentence, score")
            .arg(QString::fromStdString(text), locale.toString(score, 'f', 2));
    };
    for (int e = 0; e < table->columnCount(); ++e) {
        const auto &own = outcome->encoders[static_cast<std::size_t>(e)];
        QStringList nearest, written;
        for (const auto &one : own.said.retrieved)
            nearest << withScore(one.text, one.cosine);
        for (const auto &one : own.said.generated)
            written << withScore(one.text, one.cosine);
        const QString without = CaptionsPanel::tr("This photo is not indexed for it yet.");
        const auto reason = [&](captioning::Silence silence) {
            return own.hasPoint || silence != captioning::Silence::None ? reasonOf(silence, own.writer) : without;
        };
        fillKind(e, 0, nearest, reason(own.retrieving));
        fillKind(e, rowsOfKind, written, reason(own.generating));
    }
}

void CaptionsPanel::Impl::fitRows() const
{
    table->resizeRowsToContents();
    for (int row = 0; row < table->rowCount(); ++row) // sentences stand apart
        table->setRowHeight(row, table->rowHeight(row) + gridUnit);
}

CaptionsPanel::CaptionsPanel(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection))
{
    m_impl->build();
}

CaptionsPanel::~CaptionsPanel() = default;

void CaptionsPanel::setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders)
{
    m_impl->shelf = std::move(shelf);
    m_impl->encoders = encoders;
    m_impl->outcome.reset();
    m_impl->ask();
}

void CaptionsPanel::photosChanged()
{
    m_impl->ask();
}

bool CaptionsPanel::isRunning() const
{
    return m_impl->latest.isRunning();
}

const CaptionsOutcome *CaptionsPanel::outcome() const
{
    return m_impl->outcome ? &*m_impl->outcome : nullptr;
}

void CaptionsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_impl->isStale)
        m_impl->ask();
}

} // namespace photolex::ui
