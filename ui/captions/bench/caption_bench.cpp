#include "ui/captions/bench/caption_bench.h"

#include "ui/captions/bench/bench_controls.h"
#include "ui/captions/bench/candidate_model.h"
#include "ui/captions/bench/tag_names.h"
#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int offeredWords = 9;
constexpr std::size_t foundSentences = 3;
constexpr int settleMilliseconds = 120;

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    return text.toLower().split(between, Qt::SkipEmptyParts);
}

std::vector<std::string> strings(const QStringList &words)
{
    std::vector<std::string> all;
    for (const auto &word : words)
        all.push_back(word.toStdString());
    return all;
}

QToolButton *undoButton(QUndoStack *stack, bool forward)
{
    auto *action = forward ? stack->createRedoAction(stack) : stack->createUndoAction(stack);
    action->setIcon(icon(forward ? QStringLiteral("expression/redo") : QStringLiteral("expression/undo")));
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    return button;
}

} // namespace

CaptionBench::CaptionBench(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_document(new BenchDocument(this))
    , m_row(new StructureRow)
    , m_rowScroll(new QScrollArea)
    , m_controls(new BenchControls)
    , m_candidates(new CandidateModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView)
    , m_title(new QLabel(tr("Structure")))
    , m_where(new ElidedLabel)
    , m_message(new QLabel)
    , m_required(new QLineEdit)
    , m_banned(new QLineEdit)
    , m_draw(new QPushButton(tr("Draw other structures")))
    , m_accept(new QPushButton(tr("Use as caption")))
    , m_back(new QPushButton(tr("Back to the photos")))
{
    setObjectName(QStringLiteral("captionBench"));
    setAccessibleName(tr("Caption bench"));
    m_soon.setSingleShot(true);
    m_soon.setInterval(settleMilliseconds);
    build();

    connect(&m_soon, &QTimer::timeout, this, &CaptionBench::write);
    connect(m_controls, &BenchControls::changed, this, &CaptionBench::changeSoon);
    connect(m_session, &Session::modelsReady, this, &CaptionBench::changeSoon);
    connect(m_document, &BenchDocument::changed, this, [this] {
        const auto &state = m_document->state();
        const QSignalBlocker quietRequired(m_required), quietBanned(m_banned);
        if (wordsOf(m_required->text()) != state.required)
            m_required->setText(state.required.join(QLatin1Char(' ')));
        if (wordsOf(m_banned->text()) != state.banned)
            m_banned->setText(state.banned.join(QLatin1Char(' ')));
        if (state.hasOwnStructure()) { // the cards follow at once, the words when they are written
            std::vector<PlaceFace> faces;
            const auto count = static_cast<int>(state.places.size());
            for (const auto &place : state.places) {
                PlaceFace face{.word = place.fixed, .tag = place.tag, .isFixed = !place.fixed.isEmpty(), .offered = {}};
                const auto i = faces.size();
                if (face.word.isEmpty() && m_row->chips().size() == static_cast<std::size_t>(count) &&
                    m_row->chips()[i]->face().tag == face.tag)
                    face.word = m_row->chips()[i]->face().word;
                faces.push_back(std::move(face));
            }
            m_row->setFaces(faces);
        }
        changeSoon();
    });
    connect(m_required, &QLineEdit::editingFinished, this,
            [this] { m_document->setRequired(wordsOf(m_required->text())); });
    connect(m_banned, &QLineEdit::editingFinished, this, [this] { m_document->setBanned(wordsOf(m_banned->text())); });
    connect(m_draw, &QPushButton::clicked, this, [this] {
        ++m_seed;
        if (m_document->state().hasOwnStructure())
            m_document->drawAgain(); // which writes
        else
            changeSoon();
    });
    connect(m_accept, &QPushButton::clicked, this, [this] {
        if (m_photo && !chosenText().isEmpty())
            Q_EMIT accepted(m_photo, chosenText());
    });
    connect(m_back, &QPushButton::clicked, this, &CaptionBench::backRequested);
    connect(m_row, &StructureRow::wordChosen, this,
            [this](int index, const QString &word) { m_document->setFixed(places(), index, word); });
    connect(m_row, &StructureRow::lockToggled, this, [this](int index) {
        const auto &face = m_row->chips()[static_cast<std::size_t>(index)]->face();
        m_document->setFixed(places(), index, face.isFixed ? QString() : face.word);
    });
    connect(m_row, &StructureRow::tagChosen, this,
            [this](int index, const QString &tag) { m_document->setTag(places(), index, tag); });
    connect(m_row, &StructureRow::insertRequested, this,
            [this](int index, const QString &tag) { m_document->insert(places(), index, tag); });
    connect(m_row, &StructureRow::removeRequested, this, [this](int index) { m_document->remove(places(), index); });
    connect(m_row, &StructureRow::moveRequested, this,
            [this](int from, int to) { m_document->move(places(), from, to); });
    connect(m_row, &StructureRow::banRequested, this, [this](const QString &word) {
        auto banned = m_document->state().banned;
        if (!banned.contains(word))
            m_document->setBanned(banned << word);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    showCandidate(m_sorted->mapToSource(current).row());
            });
    connect(m_table, &QTableView::doubleClicked, m_accept, &QPushButton::click);
}

CaptionBench::~CaptionBench() = default;

void CaptionBench::build()
{
    QFont strong = m_title->font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_where->setFont(strong);
    m_where->setObjectName(QStringLiteral("benchWhere"));
    m_where->hide();
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setObjectName(QStringLiteral("benchMessage"));
    m_message->hide();
    m_draw->setObjectName(QStringLiteral("drawStructures"));
    m_draw->setToolTip(tr("Other structures are drawn from those of captions; a structure of your own is put away"));
    m_accept->setObjectName(QStringLiteral("acceptCaption"));
    m_accept->setToolTip(tr("The selected candidate becomes the photo's caption; this can be undone"));
    m_accept->setEnabled(false);
    m_back->setObjectName(QStringLiteral("benchBack"));
    m_back->setToolTip(tr("The bench is for the photo that is chosen in the strip again"));
    m_back->hide();
    m_required->setObjectName(QStringLiteral("requiredWords"));
    m_required->setPlaceholderText(tr("words that must occur"));
    m_required->setClearButtonEnabled(true);
    m_required->setTextMargins(gridUnit / 2, 0, 0, 0);
    m_banned->setObjectName(QStringLiteral("bannedWords"));
    m_banned->setPlaceholderText(tr("words that must not occur"));
    m_banned->setClearButtonEnabled(true);
    m_banned->setTextMargins(gridUnit / 2, 0, 0, 0);

    auto *top = new QHBoxLayout;
    top->setSpacing(gridUnit / 2);
    top->addWidget(m_title, 1);
    top->addWidget(undoButton(m_document->undoStack(), false));
    top->addWidget(undoButton(m_document->undoStack(), true));
    top->addWidget(m_draw);
    auto *where = new QHBoxLayout;
    where->addWidget(m_where, 1);
    where->addWidget(m_back);
    auto *wanted = new QLabel(tr("With"));
    wanted->setBuddy(m_required);
    auto *unwanted = new QLabel(tr("Without"));
    unwanted->setBuddy(m_banned);
    auto *words = new QHBoxLayout;
    words->setSpacing(gridUnit);
    words->addWidget(wanted);
    words->addWidget(m_required, 1);
    words->addWidget(unwanted);
    words->addWidget(m_banned, 1);
    words->addWidget(m_accept);

    m_rowScroll->setFrameShape(QFrame::NoFrame);
    m_rowScroll->setWidgetResizable(true);
    m_rowScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rowScroll->setFocusPolicy(Qt::NoFocus);
    m_rowScroll->setWidget(m_row);
    m_rowScroll->viewport()->installEventFilter(this);
    m_row->installEventFilter(this);

    m_sorted->setSourceModel(m_candidates);
    m_sorted->setSortRole(CandidateModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setObjectName(QStringLiteral("candidates"));
    m_table->setAccessibleName(tr("Candidates"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // best first, as they come
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + gridUnit);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(CandidateModel::Text, QHeaderView::Stretch);
    m_table->setMinimumHeight(9 * gridUnit);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_controls);
    m_controls->setContentsMargins(gridUnit, 0, gridUnit, 0);

    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridUnit);
    column->addLayout(where);
    column->addLayout(top);
    column->addWidget(m_rowScroll);
    column->addLayout(words);
    column->addWidget(m_message);
    column->addWidget(m_table, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(scroll);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setCollapsible(0, false);
    splitter->setHandleWidth(1);
    splitter->setSizes({700, 30 * gridUnit});
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(gridUnit, gridUnit, 0, gridUnit);
    all->addWidget(splitter);
}

void CaptionBench::adjustRow()
{
    const int chip = m_row->chips().empty() ? 7 * gridUnit : m_row->chips().front()->sizeHint().height();
    const int wanted = m_row->layout()->heightForWidth(std::max(m_rowScroll->viewport()->width(), 20 * gridUnit));
    m_row->setMinimumHeight(wanted);
    m_rowScroll->setFixedHeight(std::clamp(wanted, chip, 2 * chip + gridUnit));
}

bool CaptionBench::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == m_rowScroll->viewport() && event->type() == QEvent::Resize) ||
        (watched == m_row && event->type() == QEvent::LayoutRequest))
        adjustRow();
    return QWidget::eventFilter(watched, event);
}

void CaptionBench::reset()
{
    m_writing.cancel();
    m_document->forget();
    const QSignalBlocker quietRequired(m_required), quietBanned(m_banned);
    m_required->clear();
    m_banned->clear();
    m_candidates->setCaptions({});
    m_row->setFaces({});
    m_accept->setEnabled(false);
    m_seed = 1;
    m_message->hide();
    m_isStale = true;
}

void CaptionBench::setPhoto(PhotoId photo)
{
    if (photo == m_photo && m_point.empty())
        return;
    m_photo = photo;
    m_point.clear();
    m_pointName.clear();
    reset();
    m_where->hide();
    m_back->hide();
    m_accept->show();
    changeSoon();
}

void CaptionBench::setPoint(std::vector<float> point, const QString &name)
{
    m_photo = {};
    m_point = std::move(point);
    m_pointName = name;
    reset();
    //: %1 is an expression or a place on the map
    m_where->setText(tr("What a photo here would be: %1").arg(name));
    m_where->show();
    m_back->show();
    m_accept->hide(); // there is no photo whose caption it could be
    changeSoon();
}

void CaptionBench::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        changeSoon();
}

// Nothing is written for a bench that nobody looks at.
void CaptionBench::changeSoon()
{
    m_isStale = true;
    if (isVisible())
        m_soon.start();
}

std::vector<BenchPlace> CaptionBench::places() const
{
    std::vector<BenchPlace> all;
    for (const auto *chip : m_row->chips())
        all.push_back({chip->face().tag, chip->face().isFixed ? chip->face().word : QString()});
    return all;
}

caption::Options CaptionBench::options() const
{
    caption::Options options;
    m_controls->applyTo(options);
    options.seed = m_seed;
    options.alternatives = offeredWords;
    const auto &state = m_document->state();
    options.required = strings(state.required);
    options.banned = strings(state.banned);
    if (state.hasOwnStructure()) {
        QStringList tags;
        for (std::size_t i = 0; i < state.places.size(); ++i) {
            tags.append(state.places[i].tag);
            if (!state.places[i].fixed.isEmpty())
                options.fixed[static_cast<int>(i)] = state.places[i].fixed.toStdString();
        }
        options.structures = {tags.join(QLatin1Char(' ')).toStdString()};
        options.perStructure = std::max(options.perStructure, 10); // of one structure, several ways to say it
        options.beam = std::max(options.beam, options.perStructure);
    }
    return options;
}

void CaptionBench::write()
{
    if (!m_photo && m_point.empty()) {
        m_isStale = false;
        return;
    }
    const auto captioners = m_session->captioners();
    const auto engine = m_session->engine();
    if (!captioners || !engine)
        return say(tr("The models are still being opened."));
    m_isStale = false;
    m_writing.run(
        [captioners, engine, photo = m_photo, point = m_point,
         options = options()](const std::stop_token &stop) mutable -> Result<Written> {
            const auto captioner = captioners->get();
            if (!captioner)
                return fail(captioner.error());
            if (engine->encoder().hash() != (*captioner)->encoder()->hash())
                return fail(Errc::Unsupported, engine->encoder().entry().id,
                            "the captions were trained on the points of another encoder");
            if (photo) {
                auto own = engine->pointOf(photo);
                if (!own)
                    return fail(own.error());
                point = std::move(*own);
            }
            auto captions = (*captioner)->captions(point, options, stop);
            if (!captions)
                return fail(captions.error());
            Written written{std::move(*captions), 0};
            written.generated = written.captions.size();
            auto found = (*captioner)->retrieved(point, foundSentences);
            if (!found)
                return fail(found.error());
            std::ranges::move(*found, std::back_inserter(written.captions));
            return written;
        },
        [this](Result<Written> written) { take(std::move(written)); });
}

void CaptionBench::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

void CaptionBench::take(Result<Written> written)
{
    if (!written) {
        const auto &error = written.error();
        if (error.code == Errc::Cancelled)
            return;
        m_candidates->setCaptions({});
        m_accept->setEnabled(false);
        if (error.code == Errc::NotFound && m_photo && error.subject != m_session->bundle()->manifest().id)
            say(tr("This photo is not read yet; its captions come when it is."));
        else if (error.code == Errc::NotFound)
            say(tr("The installed models cannot write captions."));
        else if (error.code == Errc::Invalid && error.subject == "structure")
            say(tr("No caption fits: a word that is required or fixed takes no place of this structure. Take a word "
                   "away, or change a part of speech."));
        else if (error.code == Errc::Invalid)
            //: %1 is a word
            say(tr("“%1” is no word that the captions are made of.").arg(QString::fromStdString(error.subject)));
        else
            say(errorSentence(error));
        Q_EMIT this->written();
        return;
    }
    say({});
    m_candidates->setCaptions(std::move(written->captions));
    if (m_candidates->rowCount() > 0)
        m_table->setCurrentIndex(m_sorted->mapFromSource(m_candidates->index(0, 0)));
    m_table->scrollToTop();
    Q_EMIT this->written();
}

void CaptionBench::showCandidate(int row)
{
    const auto &captions = m_candidates->captions();
    if (row < 0 || row >= std::ssize(captions))
        return;
    const auto &one = captions[static_cast<std::size_t>(row)];
    m_accept->setEnabled(static_cast<bool>(m_photo));
    const auto &state = m_document->state();
    const bool isOwn = state.hasOwnStructure() && !one.isRetrieved && state.places.size() == one.words.size();
    std::vector<PlaceFace> faces;
    for (std::size_t i = 0; i < one.words.size(); ++i) {
        PlaceFace face;
        face.word = QString::fromStdString(one.words[i]);
        face.tag = QString::fromStdString(i < one.tags.size() ? one.tags[i] : std::string());
        face.isFixed = isOwn && !state.places[i].fixed.isEmpty();
        face.isRead = i >= one.readTags.size() || one.readTags[i] == one.tags[i];
        if (i < one.alternatives.size())
            for (const auto &[word, probability] : one.alternatives[i]) {
                face.offered.push_back({QString::fromStdString(word), probability});
                if (word == one.words[i])
                    face.probability = probability;
            }
        faces.push_back(std::move(face));
    }
    m_row->setFaces(faces);
}

QString CaptionBench::chosenText() const
{
    const auto current = m_sorted->mapToSource(m_table->currentIndex());
    const auto &captions = m_candidates->captions();
    return current.isValid() && current.row() < std::ssize(captions)
               ? QString::fromStdString(captions[static_cast<std::size_t>(current.row())].text)
               : QString();
}

QByteArray CaptionBench::saveState() const
{
    return m_controls->saveState();
}

void CaptionBench::restoreState(const QByteArray &state)
{
    m_controls->restoreState(state);
}

} // namespace photolex::ui
