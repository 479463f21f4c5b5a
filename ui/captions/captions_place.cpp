#include "ui/captions/captions_place_p.h"

#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/bench/caption_job_dialog.h"
#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/selection.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/photo_actions.h"
#include "ui/widgets/photo_facts.h"
#include "ui/widgets/photo_grid.h"
#include "ui/widgets/photo_viewer.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>
#include <unordered_map>

namespace photolex::ui {

namespace {

constexpr int stripTile = 112;

// Letters typed over the strip are meant for the field.
class TypingForward : public QObject {
public:
    TypingForward(CaptionField *field, QObject *parent)
        : QObject(parent)
        , m_field(field)
    {
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress || !m_field->isEnabled())
            return QObject::eventFilter(watched, event);
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isText =
            !key->text().isEmpty() && key->text().front().isPrint() && key->text() != QLatin1String(" ");
        if (!isText || key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
            return QObject::eventFilter(watched, event);
        m_field->setFocus();
        QCoreApplication::sendEvent(m_field, event);
        return true;
    }

private:
    CaptionField *m_field;
};

} // namespace

CaptionsPlace::Impl::Impl(CaptionsPlace *place, Session *ofSession, Commands *ofCommands, Selection *ofSelection)
    : q(place)
    , session(ofSession)
    , commands(ofCommands)
    , selection(ofSelection)
    , desk(ofSession->catalogue())
    , edits(&desk)
{
}

CaptionsPlace::CaptionsPlace(Session *session, Commands *commands, Selection *selection, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>(this, session, commands, selection))
{
    setAccessibleName(tr("Captions"));
    m_impl->build();
    m_impl->connectAll();
    m_impl->recoverDrafts();
    m_impl->openModels();
}

CaptionsPlace::~CaptionsPlace()
{
    m_impl->edits.undoStack()->disconnect(this); // it tells of its own end, too
}

void CaptionsPlace::Impl::build()
{
    field = new CaptionField;
    middle = new QWidget;
    strip = new PhotoGrid(session);
    buildMenu();
    bar = new CaptionBar(benchMode, undo, redo, menu);
    model = new PhotoModel(session, q);
    model->setReadsCaptions(true); // what is still to be done is marked
    strip->setModel(model);
    strip->setTileSide(stripTile);
    strip->setAccessibleName(tr("Photos to caption"));
    strip->setMinimumWidth(stripTile + 7 * gridUnit);
    actions = new PhotoActions(session, commands, selection, strip, strip);
    strip->installEventFilter(new TypingForward(field, strip));
    picture = new CaptionPicture(session);
    name = new ElidedLabel;
    name->setObjectName(QStringLiteral("captionPhotoName"));
    QFont strong = name->font();
    strong.setWeight(QFont::DemiBold);
    name->setFont(strong);
    origin = new QLabel;
    origin->setObjectName(QStringLiteral("captionOrigin"));
    origin->setTextFormat(Qt::PlainText);
    origin->setWordWrap(true);
    origin->setForegroundRole(QPalette::PlaceholderText);
    origin->setMinimumHeight(origin->fontMetrics().lineSpacing());
    keys = new QLabel;
    keys->setWordWrap(true);
    //: the most important keys; the others stand in the menu
    keys->setText(
        tr("Enter: next · Ctrl+Enter: next without caption · Alt+1: take the first suggestion · Ctrl+D: as the "
           "photo before · Shift+Enter: new line"));
    keys->setForegroundRole(QPalette::PlaceholderText);
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    field->setPlaceholderText(tr("What is on this photo?"));
    auto *text = new QVBoxLayout;
    text->setSpacing(gridUnit / 2);
    text->addWidget(name);
    text->addWidget(field);
    text->addWidget(origin);
    text->addWidget(keys);
    top = new QBoxLayout(QBoxLayout::TopToBottom);
    top->setSpacing(gridUnit);
    top->addWidget(picture, 1);
    top->addLayout(text);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(gridUnit, 0, gridUnit, gridUnit);
    column->setSpacing(gridUnit / 2);
    column->addLayout(top, 1);
    bench = new CaptionBench(session);
    bench->hide();
    column->addWidget(bench, 1);
    panels = new CaptionPanels;

    splitter = new QSplitter;
    splitter->addWidget(strip);
    splitter->addWidget(middle);
    splitter->addWidget(panels);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 0);
    splitter->setCollapsible(1, false);
    splitter->setHandleWidth(1);
    splitter->setSizes({stripTile + 7 * gridUnit, 600, 34 * gridUnit});
    empty = new EmptyState;
    stack = new QStackedWidget;
    stack->addWidget(splitter);
    stack->addWidget(empty);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(bar);
    all->addWidget(stack, 1);
    field->setEnabled(false);
    showEmpty();
}

void CaptionsPlace::Impl::connectAll()
{
    relist.setSingleShot(true);
    relist.setInterval(400);
    recount.setSingleShot(true);
    recount.setInterval(300);
    suggest.setSingleShot(true);
    suggest.setInterval(80);
    QObject::connect(&relist, &QTimer::timeout, q, [this] { list(); });
    QObject::connect(&suggest, &QTimer::timeout, q, [this] { readSuggestions(); });
    QObject::connect(&recount, &QTimer::timeout, q, [this] {
        auto query = bar->query();
        query.which = search::Captioned::All;
        query.words.clear();
        counting.run([catalogue = session->catalogue(),
                      query](const std::stop_token &stop) { return search::captionedPhotos(*catalogue, query, stop); },
                     [this](Result<search::CaptionedPhotos> found) {
                         if (found)
                             bar->setCounts(model->rowCount(), found->without);
                     });
        if (panels->areWordsShown())
            readWords();
    });
    QObject::connect(bar, &CaptionBar::queryChanged, q, [this] {
        edited.clear(); // asked for anew: the list is what it says
        isStale = true;
        if (q->isVisible())
            list();
    });
    QObject::connect(session, &Session::photosChanged, q, [this](const std::vector<PhotoId> &photos) {
        model->refresh(photos);
        if (std::ranges::find(photos, shown) != photos.end()) {
            readTexts();
            suggest.start();
        }
        isStale = true;
        if (photos.empty() && q->isVisible() && !relist.isActive())
            relist.start();
    });
    QObject::connect(session, &Session::modelsReady, q, [this] { openModels(); });
    QObject::connect(commands, &Commands::albumsChanged, q, [this] { readScopes(); });
    QObject::connect(&desk, &CaptionDesk::failed, q, [this](const Error &error) {
        //: %1 says what is wrong
        commands->tell(tr("The caption is not saved yet, and is kept here: %1 It is tried again by itself.")
                           .arg(errorSentence(error) + QLatin1Char(' ') + errorRemedy(error)));
    });
    QObject::connect(&desk, &CaptionDesk::recovered, q, [this] { commands->tell(tr("All captions are saved now.")); });
    QObject::connect(&edits, &CaptionEdits::written, q, [this](const std::vector<PhotoId> &photos) {
        for (const auto photo : photos)
            edited.insert(photo.value);
        Q_EMIT session->photosChanged(photos); // preview, search and this place read it anew
        recount.start();
    });
    QObject::connect(&edits, &CaptionEdits::passedOver, q, [this](int count) {
        commands->tell(tr("%n caption(s) had been changed since and were left as they are.", nullptr, count));
    });
    QObject::connect(&edits, &CaptionEdits::led, q, [this](const std::vector<PhotoId> &photos) {
        if (std::ranges::find(photos, shown) != photos.end())
            reload();
        else if (model->rowOf(photos.front()) >= 0)
            select(photos.front());
        else
            commands->tell(tr("The change concerns a photo that is not in this list."));
    });
    QObject::connect(field, &CaptionField::typed, q, [this](const QString &text) { edits.type(text.toStdString()); });
    QObject::connect(field, &CaptionField::nextRequested, q, [this] { step(1); });
    QObject::connect(field, &CaptionField::stepRequested, q, [this](int by) { step(by); });
    QObject::connect(field, &CaptionField::undoRequested, undo, &QAction::trigger);
    QObject::connect(field, &CaptionField::redoRequested, redo, &QAction::trigger);
    QObject::connect(strip, &PhotoGrid::selectionChangedByUser, q, [this] {
        if (isTaking)
            return;
        if (q->isVisible()) // a list that comes late takes nothing from the place one is in
            selection->set(strip->selectedPhotos(), strip->currentPhoto());
        if (strip->hasFocus())
            chooseForBench();
        show(strip->currentPhoto());
    });
    QObject::connect(selection, &Selection::changed, q, [this] {
        if (!q->isVisible()) // made in another place
            bar->setSelected(selection->photos());
    });
    QObject::connect(strip, &PhotoGrid::photoActivated, q, [this] { field->setFocus(); });
    QObject::connect(strip, &PhotoGrid::menuRequested, q, [this](const QPoint &at) {
        if (!selection->photos().empty())
            actions->createMenu(q)->popup(at);
    });
    QObject::connect(picture, &PictureView::activated, q, [this] {
        if (shown)
            PhotoViewer::open(session, strip, shown);
    });
    QObject::connect(picture, &CaptionPicture::described, q, [this](const PhotoInfo &info) {
        const QString line = summaryLine(info);
        name->setText(line.isEmpty() ? info.name : info.name + QStringLiteral(" · ") + line);
    });
    QObject::connect(bench, &CaptionBench::accepted, q, [this](PhotoId photo, const QString &text) {
        if (photo == shown)
            setText(text, catalogue::CaptionEntry::Generated,
                    tr("taking a suggestion", "in: undo taking a suggestion"));
    });
    QObject::connect(bench, &CaptionBench::backRequested, q, [this] {
        chooseForBench();
        strip->setFocus();
    });
    QObject::connect(panels, &CaptionPanels::suggestionChosen, q, [this](int index) { accept(index); });
    QObject::connect(panels, &CaptionPanels::earlierTextChosen, q, [this](const QString &text) {
        setText(text, catalogue::CaptionEntry::Typed, tr("going back", "in: undo going back"));
    });
    QObject::connect(panels, &CaptionPanels::wordChosen, q, [this](const QString &word) { bar->setWords(word); });
    QObject::connect(panels, &CaptionPanels::wordsShown, q, [this] { readWords(); });
    QObject::connect(empty, &EmptyState::actionTriggered, q, [this] {
        if (bar->isFiltering())
            bar->clearFilter();
        else if (bar->isScoped())
            bar->chooseFolder({});
        else
            commands->chooseFolder();
    });
}

// --- What is shown ---

void CaptionsPlace::Impl::list()
{
    relist.stop();
    isStale = false;
    readScopes();
    listing.run([catalogue = session->catalogue(), query = bar->query()](
                    const std::stop_token &stop) { return search::captionedPhotos(*catalogue, query, stop); },
                [this](Result<search::CaptionedPhotos> found) {
                    if (found)
                        take(std::move(*found));
                    else if (found.error().code != Errc::Cancelled)
                        commands->tell(errorSentence(found.error()));
                });
}

void CaptionsPlace::Impl::take(search::CaptionedPhotos found)
{
    keepEdited(found.photos);
    if (found.photos != model->photos()) {
        isTaking = true; // while it changes, nothing is current
        strip->setPhotosKeepingPlace(std::move(found.photos));
        isTaking = false;
    }
    bar->setCounts(model->rowCount(), found.without);
    if (std::exchange(insists, false) && model->rowOf(wanted) < 0 && (bar->isFiltering() || bar->isScoped())) {
        bar->clearFilter(); // which lists anew
        return bar->chooseFolder({});
    }
    const PhotoId goal = model->rowOf(wanted) >= 0 ? wanted : shown;
    wanted = {};
    select(model->rowOf(goal) >= 0 ? goal : model->photoAt(0));
    showEmpty();
    if (panels->areWordsShown())
        readWords();
}

// What has been captioned here stays where it was, though it may not pass the filter any more: a list that moves under
// one's hands loses the place.
void CaptionsPlace::Impl::keepEdited(std::vector<PhotoId> &photos) const
{
    if (edited.empty())
        return;
    const std::unordered_set<PhotoId> there(photos.begin(), photos.end());
    std::unordered_map<PhotoId, std::vector<PhotoId>> behind; // a photo that is there, or none: those to be put back
    PhotoId last;
    bool some = false;
    for (const auto photo : model->photos()) {
        if (there.contains(photo)) {
            last = photo;
        } else if (edited.contains(photo.value)) {
            behind[last].push_back(photo);
            some = true;
        }
    }
    if (!some)
        return;
    std::vector<PhotoId> all = std::move(behind[PhotoId()]);
    for (const auto photo : photos) {
        all.push_back(photo);
        if (const auto found = behind.find(photo); found != behind.end())
            all.insert(all.end(), found->second.begin(), found->second.end());
    }
    photos = std::move(all);
}

void CaptionsPlace::Impl::readScopes()
{
    scoping.run(
        [catalogue = session->catalogue()](const std::stop_token &) -> Result<Scopes> {
            auto folders = catalogue->folders();
            auto albums = catalogue->albums();
            if (!folders || !albums)
                return fail(folders ? albums.error() : folders.error());
            return Scopes{std::move(*folders), std::move(*albums)};
        },
        [this](Result<Scopes> scopes) {
            if (scopes)
                bar->setScopes(scopes->folders, scopes->albums);
        });
}

void CaptionsPlace::Impl::showEmpty() const
{
    if (model->rowCount() > 0)
        return stack->setCurrentWidget(splitter);
    if (bar->isFiltering() && bar->query().which == search::Captioned::Without && bar->query().words.empty())
        empty->setContent(EmptyState::Picture::Photos, tr("Every photo has a caption"),
                          tr("There is nothing left to write here."), tr("Show all"));
    else if (bar->isFiltering())
        empty->setContent(EmptyState::Picture::Filter, tr("No photo passes the filter"),
                          tr("Your photos are still there. Take the filter away to see them."), tr("Show all"));
    else if (bar->isScoped())
        empty->setContent(EmptyState::Picture::Photos, tr("No photos here any more"),
                          tr("Those that were chosen have gone, or moved to another folder."), tr("All photos"));
    else
        empty->setContent(EmptyState::Picture::Photos, tr("No photos yet"),
                          tr("Open a folder of photos. They stay where they are and are never changed."),
                          tr("Open a folder of photos…"));
    stack->setCurrentWidget(empty);
}

void CaptionsPlace::Impl::select(PhotoId photo)
{
    if (photo && strip->currentPhoto() != photo)
        strip->selectPhoto(photo); // its signal shows it
    else
        show(photo);
}

void CaptionsPlace::Impl::show(PhotoId photo)
{
    if (photo == shown)
        return;
    seeking.cancel(); // one went elsewhere
    edits.leave();
    shown = photo;
    picture->setPhoto(photo);
    name->setText({});
    origin->setText({});
    suggesting.cancel();
    panels->setSuggestions({}, {});
    panels->setSuggestionHint({});
    panels->setHistory({});
    field->setEnabled(static_cast<bool>(photo));
    if (!keepsPoint)
        bench->setPhoto(photo);
    if (photo && std::exchange(wantsFocus, false))
        field->setFocus();
    if (!photo)
        return field->show({});
    field->wait();
    readTexts();
    suggest.start();
}

void CaptionsPlace::Impl::reload()
{
    if (!shown)
        return;
    edits.leave();
    field->wait();
    readTexts();
    suggest.start();
}

void CaptionsPlace::Impl::readTexts()
{
    desk.read(shown, [this, photo = shown](const Result<CaptionTexts> &texts) { takeTexts(photo, texts); });
}

void CaptionsPlace::Impl::takeTexts(PhotoId photo, const Result<CaptionTexts> &texts)
{
    if (photo != shown || seeking.isRunning()) // what was typed since is for the photo that is sought
        return;
    if (!texts) {
        origin->setText(texts.error().code == Errc::NotFound ? tr("This photo is not in the library any more.")
                                                             : errorSentence(texts.error()));
        field->show({});
        field->setEnabled(false);
        return;
    }
    const bool hasText = !texts->standing().empty();
    origin->setText(hasText ? captionOriginText(texts->captions.front()) : tr("No caption yet"));
    panels->setHistory(texts->history);
    if (edits.photo() == photo && edits.isTyping())
        return; // read for its origin alone: what is being typed is newer
    edits.begin(*texts);
    const QString standing = QString::fromStdString(texts->standing());
    if (field->isWaiting() || field->toPlainText() != standing)
        field->show(standing);
    Q_EMIT q->settled();
}

void CaptionsPlace::Impl::openModels()
{
    sources.clear();
    sources.push_back(storedSuggestions(session->catalogue()));
    if (const auto engine = session->engine()) {
        sources.push_back(generatedSuggestions(session->captioners(), engine));
        sources.push_back(retrievedSuggestions(session->catalogue(), engine));
        field->words().setVocabulary(engine->encoder().vocabulary().words());
        if (shown)
            suggest.start();
    }
}

void CaptionsPlace::Impl::readSuggestions()
{
    if (!shown || !q->isVisible())
        return;
    suggesting.run(
        [catalogue = session->catalogue(), from = sources, photo = shown,
         standing = field->toPlainText().toStdString()](const std::stop_token &stop) -> Result<Suggested> {
            auto found = suggestionsOf(from, photo, standing, stop);
            if (!found)
                return fail(found.error());
            Suggested suggested{std::move(*found), {}};
            for (const auto &suggestion : suggested.suggestions) {
                const auto path = suggestion.from ? catalogue->absolutePath(suggestion.from) : Result<std::string>();
                suggested.names.append(path ? fileName(*path) : QString());
            }
            return suggested;
        },
        [this](Result<Suggested> suggested) {
            if (!suggested)
                return;
            panels->setSuggestionHint(
                session->engine()
                    ? tr("Nothing to suggest yet: captions of similar photos appear here, once there are some.")
                    : tr("The model is being opened…"));
            panels->setSuggestions(std::move(suggested->suggestions), suggested->names);
        });
}

void CaptionsPlace::Impl::readWords()
{
    countingWords.run([catalogue = session->catalogue(), query = bar->query()](
                          const std::stop_token &stop) { return search::countedWords(*catalogue, query, stop); },
                      [this](Result<std::vector<search::CountedWord>> words) {
                          if (words)
                              panels->setWords(std::move(*words));
                      });
}

} // namespace photolex::ui
