#include "ui/expression/expression_place.h"

#include "ui/common/commands.h"
#include "ui/common/photo_model.h"
#include "ui/common/photo_text.h"
#include "ui/common/point_path.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/expression/example_gallery.h"
#include "ui/expression/expression_bench.h"
#include "ui/expression/expression_document.h"
#include "ui/expression/expression_menus.h"
#include "ui/expression/expression_run.h"
#include "ui/expression/expression_text.h"
#include "ui/expression/word_panel.h"
#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_viewer.h"
#include "ui/widgets/shared_selection.h"

#include <QApplication>
#include <QClipboard>
#include <QDataStream>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr std::size_t photosWanted = 100, wordsWanted = 24;

} // namespace

struct ExpressionPlace::Impl {
    Impl(ExpressionPlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection, PointPath *ofPath)
        : q(place)
        , session(ofSession)
        , commands(ofCommands)
        , selection(ofSelection)
        , path(ofPath)
        , run(ofSession)
        , model(ofSession)
    {
    }

    ExpressionPlace *q;
    Session *session;
    Commands *commands;
    Selection *selection;
    PointPath *path;
    ExpressionRun run;
    PhotoModel model;
    ExpressionDocument document;
    QTimer again;         // photos were added, or a file changed: ask again, not at every one of them
    bool isStale = false; // the same while nobody looked: ask again when it is shown

    ExpressionBench *bench;
    QLineEdit *text;
    QToolButton *copy, *undo, *redo, *saved, *save, *onMap, *caption, *clear;
    QLabel *headline, *notice;
    QStackedWidget *stack;
    ExampleGallery *gallery;
    EmptyState *empty;
    QSplitter *results;
    PhotoGrid *grid;
    WordPanel *words;
    PhotoActions *actions;
    SharedSelection *shared;

    void build();
    void follow();
    void ask();
    void show(Result<ExpressionOutcome> outcome);
    void showEmpty(const QString &title, const QString &sentence);
    void showNotices(const QStringList &lines);
    void textTyped(const QString &typed);
    void showExample(const search::Example &example);
};

void ExpressionPlace::Impl::build()
{
    bench = new ExpressionBench(&document, session);
    text = new QLineEdit;
    text->setObjectName(QStringLiteral("expressionText"));
    text->setAccessibleName(ExpressionPlace::tr("The expression as text"));
    text->setPlaceholderText(ExpressionPlace::tr("The same as text: photo:'FILE' - 'blue' + 2*'red'"));
    text->setToolTip(ExpressionPlace::tr("Can be edited, copied, and searched for in the field on top"));
    text->setMaxLength(65'536);
    text->setTextMargins(6, 0, 6, 0);
    copy = iconButton(QStringLiteral("expression/expression-copy"), ExpressionPlace::tr("Copy the text"));
    auto *undoAction = document.undoStack()->createUndoAction(q, ExpressionPlace::tr("Undo"));
    undoAction->setShortcut(QKeySequence::Undo);
    undoAction->setIcon(icon(QStringLiteral("expression/undo")));
    auto *redoAction = document.undoStack()->createRedoAction(q, ExpressionPlace::tr("Redo"));
    redoAction->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    redoAction->setIcon(icon(QStringLiteral("expression/redo")));
    for (auto *action : {undoAction, redoAction}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        q->addAction(action);
    }
    undo = new QToolButton;
    undo->setDefaultAction(undoAction);
    undo->setAutoRaise(true);
    redo = new QToolButton;
    redo->setDefaultAction(redoAction);
    redo->setAutoRaise(true);
    saved = iconButton(QStringLiteral("expression/expression-saved"), ExpressionPlace::tr("Saved expressions"));
    saved->setPopupMode(QToolButton::InstantPopup);
    save = iconButton(QStringLiteral("expression/expression-save"), ExpressionPlace::tr("Save this expression"));
    onMap = iconButton(QStringLiteral("window/map"), ExpressionPlace::tr("Follow its steps on the map"));
    onMap->setObjectName(QStringLiteral("followOnMap"));
    caption = iconButton(QStringLiteral("window/captions"), ExpressionPlace::tr("What would a photo here be?"));
    caption->setObjectName(QStringLiteral("captionOfPoint"));
    clear = iconButton(QStringLiteral("expression/expression-clear"), ExpressionPlace::tr("Take everything out"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(inReadingOrder({2 * gridUnit, 0, gridUnit, gridUnit / 2}));
    bar->setSpacing(4);
    bar->addWidget(text, 1);
    for (auto *button : {copy, undo, redo, saved, save, onMap, caption, clear})
        bar->addWidget(button);

    headline = new QLabel;
    headline->setObjectName(QStringLiteral("expressionHeadline"));
    QFont bold = headline->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.1);
    headline->setFont(bold);
    headline->setContentsMargins(inReadingOrder({2 * gridUnit, gridUnit / 2, gridUnit, gridUnit / 2}));
    notice = new QLabel;
    notice->setObjectName(QStringLiteral("expressionNotice"));
    notice->setWordWrap(true);
    notice->setTextFormat(Qt::RichText);
    notice->setContentsMargins(2 * gridUnit, gridUnit, 2 * gridUnit, gridUnit);
    notice->setAutoFillBackground(true);
    notice->setBackgroundRole(QPalette::Midlight);
    notice->hide();

    grid = new PhotoGrid(session);
    grid->setModel(&model);
    grid->setScoresShown(true);
    grid->setAccessibleName(ExpressionPlace::tr("Photos there"));
    words = new WordPanel;
    results = new QSplitter;
    results->addWidget(grid);
    results->addWidget(words);
    results->setStretchFactor(0, 1);
    results->setStretchFactor(1, 0);
    results->setSizes({800, 30 * gridUnit});
    results->setChildrenCollapsible(false);
    gallery = new ExampleGallery(session);
    empty = new EmptyState;
    stack = new QStackedWidget;
    stack->addWidget(gallery);
    stack->addWidget(empty);
    stack->addWidget(results);

    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bench);
    column->addLayout(bar);
    column->addWidget(notice);
    column->addWidget(headline);
    column->addWidget(stack, 1);
    actions = new PhotoActions(session, commands, selection, grid, q);
    shared = new SharedSelection(selection, grid);
    bench->addButton()->setMenu(makeAddMenu(session, selection, q, bench->addButton()));
    saved->setMenu(makeSavedMenu(session, commands, q, saved));
}

// --- From the document to the screen ---

void ExpressionPlace::Impl::follow()
{
    if (!text->hasFocus() || !text->isModified())
        text->setText(q->text());
    const bool any = document.count() > 0;
    for (auto *button : {copy, save, onMap, caption, clear})
        button->setEnabled(any);
    ask();
}

void ExpressionPlace::Impl::ask()
{
    again.stop();
    isStale = false;
    headline->setVisible(document.count() > 0);
    if (document.count() == 0) {
        run.cancel();
        model.setPhotos({});
        words->setWords({});
        path->set({});
        showNotices({});
        stack->setCurrentWidget(gallery);
        Q_EMIT q->answered();
        return;
    }
    run.start(document.expression(),
              {.photos = photosWanted, .words = wordsWanted, .filter = {.includeCompanions = false}},
              [this](Result<ExpressionOutcome> outcome) { show(std::move(outcome)); });
}

void ExpressionPlace::Impl::show(Result<ExpressionOutcome> outcome)
{
    if (!outcome) {
        showNotices({});
        if (outcome.error().code == Errc::Busy)
            showEmpty(ExpressionPlace::tr("Just a moment"),
                      ExpressionPlace::tr("The encoder is still opening. The photos come by themselves."));
        else
            showEmpty(ExpressionPlace::tr("This cannot be added up"),
                      errorSentence(outcome.error()) + QLatin1Char(' ') + errorRemedy(outcome.error()));
        Q_EMIT q->answered();
        return;
    }
    const auto &answer = outcome->answer;
    bench->setOutcomes(outcome->terms);
    showNotices(noticesOf(document.expression(), *outcome));
    std::vector<PointPath::Step> steps;
    const auto &terms = document.expression().terms;
    for (std::size_t i = 0; i < outcome->path.size() && i < terms.size(); ++i)
        steps.push_back({outcome->path[i], signedTitle(terms[i], i == 0)});
    path->set(std::move(steps));

    if (answer.result.state == search::SumState::CancelsOut) {
        showEmpty(ExpressionPlace::tr("This cancels out"),
                  ExpressionPlace::tr("What is added and what is taken away are the same: nothing is left to look for. "
                                      "Change a weight, or take a term out."));
    } else if (answer.result.state == search::SumState::NothingKnown) {
        showEmpty(ExpressionPlace::tr("Nothing of this is known"),
                  ExpressionPlace::tr("Try other words, or drop a photo above."));
    } else if (answer.result.hits.empty()) {
        showEmpty(ExpressionPlace::tr("No photos yet"),
                  ExpressionPlace::tr("Photos are shown here as soon as they are indexed."));
    } else {
        std::vector<PhotoId> photos;
        std::vector<PhotoNote> notes;
        for (const auto &hit : answer.result.hits) {
            photos.push_back(hit.photo);
            notes.push_back({hit.score, {}});
        }
        headline->setText(ExpressionPlace::tr("The nearest %n photo(s)", nullptr, static_cast<int>(photos.size())));
        const bool samePhotos = photos == model.photos();
        model.setPhotos(std::move(photos), std::move(notes));
        if (!samePhotos)
            grid->verticalScrollBar()->setValue(0);
        shared->follow();
        words->setWords(answer.result.words);
        stack->setCurrentWidget(results);
    }
    Q_EMIT q->answered();
}

void ExpressionPlace::Impl::showEmpty(const QString &title, const QString &sentence)
{
    model.setPhotos({});
    words->setWords({});
    headline->setText({});
    empty->setContent(EmptyState::Picture::Search, title, sentence);
    stack->setCurrentWidget(empty);
}

void ExpressionPlace::Impl::showNotices(const QStringList &lines)
{
    notice->setText(lines.join(QStringLiteral("<br>")));
    notice->setVisible(!lines.isEmpty());
}

void ExpressionPlace::Impl::textTyped(const QString &typed)
{
    if (typed.trimmed().isEmpty())
        return document.replace({});
    auto expression = search::parseExpression(typed.toStdString());
    if (!expression) {
        run.cancel();
        return showNotices({ExpressionPlace::tr("This does not read as an expression yet: words and files stand in "
                                                "quotes, with + or - between them.")
                                .toHtmlEscaped()});
    }
    const bool same = *expression == document.expression();
    document.replace(std::move(*expression));
    if (same)
        ask(); // the notice goes
}

void ExpressionPlace::Impl::showExample(const search::Example &example)
{
    const auto file = session->catalogue()->absolutePath(example.photo);
    if (!file)
        return commands->tell(errorSentence(file.error()));
    search::Term from, to;
    from.text = example.from;
    from.isNegative = true;
    to.text = example.to;
    document.load({{photoTerm(*file), from, to}});
    bench->focusChip(0);
}

// --- The place ---

ExpressionPlace::ExpressionPlace(Session *session, Commands *commands, Selection *selection, PointPath *path,
                                 QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection, path))
{
    setAccessibleName(tr("Expression"));
    setAcceptDrops(true);
    m_impl->build();
    auto &d = *m_impl;
    d.again.setSingleShot(true);
    d.again.setInterval(1000);
    connect(&d.again, &QTimer::timeout, this, [this] { m_impl->ask(); });
    connect(&d.document, &ExpressionDocument::changed, this, [this] { m_impl->follow(); });
    connect(session, &Session::modelsReady, this, [this] { m_impl->ask(); });
    connect(session, &Session::photosChanged, this, [this](const std::vector<PhotoId> &photos) {
        m_impl->model.refresh(photos);
        if (m_impl->document.count() == 0)
            return;
        // An answer reads photos outside of the library again, and indexing makes way for it.
        if (!isVisible())
            m_impl->isStale = true;
        else if (!m_impl->again.isActive())
            m_impl->again.start();
    });
    connect(d.bench, &ExpressionBench::dropReceived, this, &ExpressionPlace::addDropped);
    connect(d.text, &QLineEdit::textEdited, this, [this](const QString &typed) { m_impl->textTyped(typed); });
    connect(d.text, &QLineEdit::editingFinished, this, [this] {
        auto &impl = *m_impl;
        impl.document.endGesture();
        if (impl.text->isModified() && search::parseExpression(impl.text->text().toStdString())) {
            impl.text->setModified(false);
            impl.text->setText(text()); // in the one form that everything is written in
        }
    });
    connect(d.copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(text());
        m_impl->commands->tell(tr("The expression was copied."));
    });
    connect(d.save, &QToolButton::clicked, this,
            [this] { askForName(m_impl->session, m_impl->commands, m_impl->document.expression(), this); });
    connect(d.onMap, &QToolButton::clicked, commands, &Commands::showWayOnMap);
    connect(d.caption, &QToolButton::clicked, this, [this] {
        const auto &steps = m_impl->path->steps();
        if (!steps.empty() && !steps.back().point.empty())
            m_impl->commands->writeCaptionAt(steps.back().point, text());
    });
    connect(d.clear, &QToolButton::clicked, this, [this] {
        m_impl->document.clear();
        focusBench();
    });
    connect(d.gallery, &ExampleGallery::chosen, this,
            [this](const search::Example &example) { m_impl->showExample(example); });
    connect(d.words, &WordPanel::wordChosen, this, [this](const QString &word, bool isNegative) {
        search::Term term;
        term.text = word.toStdString();
        term.isNegative = isNegative;
        addTerms({term});
    });
    connect(d.grid, &PhotoGrid::photoActivated, this,
            [this](PhotoId photo) { PhotoViewer::open(m_impl->session, m_impl->grid, photo); });
    connect(d.grid, &PhotoGrid::menuRequested, this,
            [this](const QPoint &at) { m_impl->actions->createMenu(this)->popup(at); });
    connect(d.grid, &PhotoGrid::dropReceived, this, [this](const Dropped &dropped) { addDropped(dropped); });
    connect(commands, &Commands::addedToExpression, this, [this](const std::vector<PhotoId> &photos) {
        Q_EMIT showRequested();
        addPhotos(photos);
    });
    connect(commands, &Commands::expressionOpened, this, [this](const QString &written) {
        Q_EMIT showRequested();
        open(written);
    });
    d.follow();
}

ExpressionPlace::~ExpressionPlace() = default;

const search::Expression &ExpressionPlace::expression() const
{
    return m_impl->document.expression();
}

QString ExpressionPlace::text() const
{
    return QString::fromStdString(search::printExpression(m_impl->document.expression()));
}

void ExpressionPlace::addDropped(const Dropped &dropped, int index)
{
    auto &d = *m_impl;
    if (!d.session->catalogue())
        return;
    if (!dropped.folders.isEmpty() || dropped.remoteOnly) {
        Q_EMIT dropReceived(dropped);
        return;
    }
    const auto terms = droppedTerms(dropped, d.session->catalogue()->library() / "pasted");
    if (!terms)
        return d.commands->tell(errorSentence(terms.error()));
    addTerms(*terms, index);
}

void ExpressionPlace::addPhotos(const std::vector<PhotoId> &photos)
{
    std::vector<search::Term> terms;
    for (const auto photo : photos)
        if (const auto file = m_impl->session->catalogue()->absolutePath(photo);
            file && terms.size() < search::Expression::mostTerms)
            terms.push_back(photoTerm(*file));
    addTerms(terms);
}

void ExpressionPlace::addTerms(const std::vector<search::Term> &terms, int index)
{
    auto &document = m_impl->document;
    if (terms.empty())
        return;
    if (!document.insertTerms(index < 0 ? document.count() : index, terms))
        m_impl->commands->tell(tr("An expression has at most %n term(s); the rest was left out.", nullptr,
                                  static_cast<int>(search::Expression::mostTerms)));
}

void ExpressionPlace::open(const QString &text)
{
    m_impl->document.load({typedTerms(text)});
}

void ExpressionPlace::focusBench()
{
    m_impl->bench->addField()->setFocus(Qt::ShortcutFocusReason);
}

bool ExpressionPlace::isRunning() const
{
    return m_impl->run.isRunning();
}

QByteArray ExpressionPlace::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << qint32(1) << qint32(m_impl->grid->tileSide()) << m_impl->results->saveState() << text();
    return state;
}

void ExpressionPlace::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    qint32 version = 0, side = 0;
    QByteArray splitter;
    QString text;
    stream >> version >> side >> splitter >> text;
    if (stream.status() != QDataStream::Ok || version != 1)
        return;
    m_impl->grid->setTileSide(std::clamp<int>(side, PhotoGrid::smallestTile, PhotoGrid::largestTile));
    m_impl->results->restoreState(splitter);
    if (auto expression = search::parseExpression(text.toStdString())) {
        m_impl->document.load(std::move(*expression));
        m_impl->document.undoStack()->clear(); // of the last time, not of this one
    }
}

void ExpressionPlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    auto &d = *m_impl;
    if (d.isStale)
        d.ask();
}

void ExpressionPlace::dragEnterEvent(QDragEnterEvent *event)
{
    if (mayBeDroppedOrText(event->mimeData()) && acceptDrop(event))
        m_impl->bench->setDropShown(true);
}

void ExpressionPlace::dragLeaveEvent(QDragLeaveEvent *)
{
    m_impl->bench->setDropShown(false);
}

void ExpressionPlace::dropEvent(QDropEvent *event)
{
    m_impl->bench->setDropShown(false);
    if (!acceptDrop(event))
        return;
    const Dropped dropped = readDropped(event->mimeData());
    if (!dropped.isEmpty())
        addDropped(dropped);
}

} // namespace photolex::ui
