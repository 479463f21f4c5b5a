// What can be done in the Captions place, and its menu.
#include "ui/captions/bench/caption_bench.h"
#include "ui/captions/bench/caption_job_dialog.h"
#include "ui/captions/bulk_dialog.h"
#include "ui/captions/captions_place_p.h"
#include "ui/captions/export_dialog.h"
#include "ui/captions/import_dialog.h"
#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/photo_grid.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QUndoStack>
#include <algorithm>
#include <chrono>
#include <utility>

namespace photolex::ui {

namespace {

constexpr std::chrono::milliseconds longestPause(60); // in which the window may stand still

} // namespace

QAction *CaptionsPlace::Impl::action(const QString &objectName, const QString &text, const QKeySequence &shortcut,
                                     QWidget *where, std::function<void()> work)
{
    auto *made = new QAction(text, q);
    made->setObjectName(objectName);
    made->setShortcut(shortcut);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    where->addAction(made);
    // In the order of the keys: what was typed before belongs to the photo that was shown then.
    QObject::connect(made, &QAction::triggered, q, [this, work = std::move(work)] { field->later(work); });
    menu->addAction(made);
    return made;
}

void CaptionsPlace::Impl::buildMenu()
{
    menu = new QMenu(q);
    menu->setAccessibleName(tr("Captions"));
    // Enter and the page keys are the field's own: there they say what they do, elsewhere they do what they always do.
    action(QStringLiteral("captionNext"), tr("Next photo"), QKeySequence(Qt::Key_Return), field, [this] {
        step(1);
    })->setShortcutContext(Qt::WidgetShortcut);
    action(QStringLiteral("captionPrevious"), tr("Previous photo"), QKeySequence(Qt::Key_PageUp), field, [this] {
        step(-1);
    })->setShortcutContext(Qt::WidgetShortcut);
    action(QStringLiteral("captionNextWithout"), tr("Next photo without caption"),
           QKeySequence(Qt::CTRL | Qt::Key_Return), middle, [this] { nextWithout(); });
    menu->addSeparator();
    auto *suggestions = menu->addMenu(tr("Take a suggestion"));
    for (int i = 0; i < 9; ++i) {
        auto *take = action(QStringLiteral("captionAccept%1").arg(i + 1), tr("Suggestion %1").arg(i + 1),
                            QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)), q, [this, i] { accept(i); });
        menu->removeAction(take);
        suggestions->addAction(take);
    }
    action(QStringLiteral("captionCopyFrom"), tr("Caption of the photo before"), QKeySequence(Qt::CTRL | Qt::Key_D), q,
           [this] { copyFrom(-1); });
    action(QStringLiteral("captionCopyTo"), tr("Copy to the next photo"),
           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), q, [this] { copyTo(1); });
    action(QStringLiteral("captionCopyToSelected"), tr("Copy to all selected photos"),
           QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D), q, [this] { copyToSelected(); });
    menu->addSeparator();
    undo = action(QStringLiteral("captionUndo"), tr("Undo"), QKeySequence::Undo, q, [this] {
        edits.commit();
        edits.undoStack()->undo();
    });
    redo = action(QStringLiteral("captionRedo"), tr("Redo"), QKeySequence::Redo, q, [this] {
        edits.commit();
        edits.undoStack()->redo();
    });
    const auto follow = [this] {
        const auto *stackOf = edits.undoStack();
        undo->setText(stackOf->canUndo() ? tr("Undo %1").arg(stackOf->undoText()) : tr("Undo"));
        redo->setText(stackOf->canRedo() ? tr("Redo %1").arg(stackOf->redoText()) : tr("Redo"));
        redo->setEnabled(stackOf->canRedo());
    };
    QObject::connect(edits.undoStack(), &QUndoStack::indexChanged, q, follow);
    follow();
    menu->addSeparator();
    benchMode = new QAction(tr("Bench"), q);
    benchMode->setObjectName(QStringLiteral("captionBench"));
    benchMode->setCheckable(true);
    benchMode->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_B));
    benchMode->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    benchMode->setToolTip(tr("One caption for an hour: its structure, its words, and what else could be said"));
    q->addAction(benchMode);
    menu->addAction(benchMode);
    QObject::connect(benchMode, &QAction::toggled, q, [this](bool on) { setBench(on); });
    action(QStringLiteral("captionAll"), tr("Caption all…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), q,
           [this] { captionAll(); });
    menu->addSeparator();
    action(QStringLiteral("captionBulk"), tr("Change many captions…"), QKeySequence(Qt::CTRL | Qt::Key_H), q,
           [this] { editMany(); });
    action(QStringLiteral("captionExport"), tr("Export captions…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), q,
           [this] { exportCaptions(); });
    action(QStringLiteral("captionImport"), tr("Import captions…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I), q,
           [this] { importCaptions(); });
}

void CaptionsPlace::Impl::recoverDrafts()
{
    const auto drafts = session->catalogue()->drafts();
    if (!drafts || drafts->empty())
        return;
    std::vector<CaptionEdits::Step> steps;
    for (const auto &draft : *drafts) {
        CaptionTexts texts{draft.photo, {}, {}};
        if (auto captions = session->catalogue()->captions(draft.photo))
            texts.captions = std::move(*captions);
        const bool isBlank = QString::fromStdString(draft.text).trimmed().isEmpty();
        const auto text = isBlank ? std::string() : draft.text;
        // Back to what stood, as when it is left.
        steps.push_back({draft.photo, texts.own(), draft.text == texts.standing() ? texts.own() : text});
    }
    const bool some = std::ranges::any_of(steps, [](const auto &step) { return step.before != step.after; });
    for (const auto &step : steps)
        if (step.before == step.after)
            desk.write({{step.photo, step.after}}, catalogue::CaptionEntry::Typed); // only the draft goes
    edits.change(std::move(steps), catalogue::CaptionEntry::Typed, tr("typing", "in: undo typing"));
    if (some)
        QMetaObject::invokeMethod( // the window that would show it is still being made
            q,
            [this] {
                commands->tell(tr("What was being typed when Photolex ended is kept as the caption of its photo."));
            },
            Qt::QueuedConnection);
}

void CaptionsPlace::Impl::setBench(bool on)
{
    if (!on)
        chooseForBench();
    bench->setVisible(on);
    keys->setVisible(!on);
    panels->setVisible(!on);
    top->setDirection(on ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    top->setStretch(0, on ? 0 : 1);
    top->setStretch(1, on ? 1 : 0);
    if (on)
        picture->setFixedSize(20 * gridUnit, 14 * gridUnit);
    else {
        picture->setMinimumSize(120, 80);
        picture->setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    }
    static_cast<QBoxLayout *>(middle->layout())->setStretch(0, on ? 0 : 1);
}

bool CaptionsPlace::Impl::chooseForBench()
{
    if (!std::exchange(keepsPoint, false))
        return false;
    bench->setPhoto(shown);
    showTop();
    return true;
}

void CaptionsPlace::Impl::showTop()
{
    // A field beside a bench that is for something else would be taken for its text.
    for (QWidget *widget : std::initializer_list<QWidget *>{picture, name, field, origin})
        widget->setVisible(!keepsPoint);
}

void CaptionsPlace::Impl::captionAll()
{
    if (!job) {
        job = new CaptionJobDialog(session, q->window());
        QObject::connect(job, &CaptionJobDialog::proposed, q,
                         [this](const std::vector<catalogue::ProposalChange> &changes) {
                             edits.rememberProposals(changes, tr("captioning all", "in: undo captioning all"));
                             std::vector<PhotoId> photos;
                             photos.reserve(changes.size());
                             for (const auto &change : changes)
                                 photos.push_back(change.photo);
                             Q_EMIT session->photosChanged(photos);
                         });
        QObject::connect(job, &CaptionJobDialog::ended, q,
                         [this](const QString &sentence) { commands->tell(sentence); });
    }
    auto photos = chosen();
    const QString scope = photos.empty() ? bar->scopeText() : tr("Selected photos");
    job->setPhotos(photos.empty() ? model->photos() : photos, scope);
    job->show();
    job->raise();
    job->activateWindow();
}

std::vector<PhotoId> CaptionsPlace::Impl::chosen() const
{
    auto photos = strip->selectedPhotos();
    return photos.size() > 1 ? photos : std::vector<PhotoId>();
}

void CaptionsPlace::Impl::step(int by)
{
    chooseForBench();
    const PhotoId next = model->photoAt(model->rowOf(shown) + by);
    if (next && shown)
        return select(next);
    edits.commit();
    commands->tell(by > 0 ? tr("This is the last photo.") : tr("This is the first photo."));
}

void CaptionsPlace::Impl::nextWithout()
{
    if (!shown || chooseForBench())
        return;
    edits.leave();
    field->wait(); // keys from here on are for the photo that is found
    seeking.run([catalogue = session->catalogue(), photos = model->photos(),
                 here = static_cast<std::size_t>(std::max(model->rowOf(shown), 0))](
                    const std::stop_token &stop) { return search::nextWithoutCaption(*catalogue, photos, here, stop); },
                [this](Result<std::optional<PhotoId>> found) {
                    if (found && *found && model->rowOf(**found) >= 0)
                        return select(**found);
                    commands->tell(tr("No other photo here is without a caption."));
                    reload();
                });
}

void CaptionsPlace::Impl::setText(const QString &text, catalogue::CaptionEntry entry, const QString &what)
{
    if (!shown || edits.photo() != shown)
        return;
    edits.commit();
    edits.change({{shown, edits.own(), text.toStdString()}}, entry, what);
    field->words().learn(text);
    reload();
    field->setFocus();
}

void CaptionsPlace::Impl::accept(int index)
{
    if (chooseForBench()) // nothing is done to a photo that is not seen
        return;
    const auto &suggestions = panels->suggestions();
    if (index < 0 || static_cast<std::size_t>(index) >= suggestions.size())
        return;
    const auto &suggestion = suggestions[static_cast<std::size_t>(index)];
    const auto entry = suggestion.origin == catalogue::CaptionOrigin::Generated ? catalogue::CaptionEntry::Generated
                       : suggestion.origin == catalogue::CaptionOrigin::File    ? catalogue::CaptionEntry::Imported
                                                                                : catalogue::CaptionEntry::Retrieved;
    setText(QString::fromStdString(suggestion.text), entry, tr("taking a suggestion", "in: undo taking a suggestion"));
}

void CaptionsPlace::Impl::copyFrom(int by)
{
    if (chooseForBench())
        return;
    const PhotoId neighbour = model->photoAt(model->rowOf(shown) + by);
    if (!neighbour || !shown)
        return commands->tell(tr("There is no photo before this one."));
    edits.leave();
    field->wait();
    // Through the desk, so that a text which is just being written is read as it will be.
    desk.read(neighbour, [this, here = shown](const Result<CaptionTexts> &theirs) {
        const auto text = theirs ? theirs->standing() : std::string();
        if (here != shown)
            return;
        if (text.empty())
            commands->tell(tr("The photo before has no caption."));
        desk.read(here, [this, here, text](const Result<CaptionTexts> &ours) {
            if (here != shown || !ours)
                return;
            if (!text.empty())
                edits.change({{here, ours->own(), text}}, catalogue::CaptionEntry::Copied,
                             tr("copying", "in: undo copying"));
            reload();
        });
    });
}

void CaptionsPlace::Impl::copyTo(int by)
{
    if (chooseForBench())
        return;
    const PhotoId neighbour = model->photoAt(model->rowOf(shown) + by);
    const std::string text =
        field->toPlainText().trimmed().isEmpty() ? std::string() : field->toPlainText().toStdString();
    if (!neighbour || !shown || text.empty())
        return commands->tell(neighbour ? tr("There is no text to copy.") : tr("This is the last photo."));
    edits.leave();
    field->wait();
    desk.read(neighbour, [this, neighbour, text](const Result<CaptionTexts> &theirs) {
        if (!theirs)
            return reload();
        if (theirs->own().empty())
            edits.change({{neighbour, {}, text}}, catalogue::CaptionEntry::Copied, tr("copying", "in: undo copying"));
        else if (theirs->own() != text)
            commands->tell(tr("The next photo has a text of your own, which was left as it is."));
        select(neighbour);
    });
}

void CaptionsPlace::Impl::copyToSelected()
{
    if (chooseForBench())
        return;
    const auto photos = chosen();
    const std::string text = field->toPlainText().toStdString();
    if (photos.empty() || QString::fromStdString(text).trimmed().isEmpty())
        return commands->tell(tr("Select several photos in the strip, and write a text, to copy it to all of them."));
    edits.leave();
    field->wait();
    whenWritten([this, photos, text] {
        copying.run(
            [catalogue = session->catalogue(), photos, text](const std::stop_token &stop) -> Result<Copies> {
                Copies copies;
                // In one question, however many there are.
                const auto standing = catalogue->standingTexts({}, catalogue::SortKey::Added, /*descending=*/false);
                if (!standing)
                    return fail(standing.error());
                const std::unordered_set<PhotoId> among(photos.begin(), photos.end());
                for (const auto &one : *standing) {
                    if (stop.stop_requested())
                        return fail(Errc::Cancelled, "captions");
                    if (!among.contains(one.photo))
                        continue;
                    if (one.text.empty() || one.origin != catalogue::CaptionOrigin::User)
                        copies.steps.push_back({one.photo, {}, text});
                    else if (one.text != text)
                        ++copies.kept;
                }
                return copies;
            },
            [this](Result<Copies> copies) {
                if (!copies)
                    return reload();
                const int copied = static_cast<int>(copies->steps.size());
                edits.change(std::move(copies->steps), catalogue::CaptionEntry::Copied,
                             tr("copying", "in: undo copying"));
                reload();
                QString sentence = tr("The text was copied to %n photo(s).", nullptr, copied);
                if (copies->kept > 0)
                    sentence += QLatin1Char(' ') +
                                tr("%n with a text of your own were left as they are.", nullptr, copies->kept);
                commands->tell(sentence);
            });
    });
}

void CaptionsPlace::Impl::whenWritten(std::function<void()> work)
{
    edits.commit();
    if (desk.flushFor(longestPause))
        return work();
    commands->tell(tr("One moment: the captions that were changed are being saved."));
    desk.read(shown, [work = std::move(work)](const Result<CaptionTexts> &) { work(); });
}

bool CaptionsPlace::Impl::save()
{
    edits.commit();
    return desk.flush();
}

void CaptionsPlace::Impl::editMany()
{
    whenWritten([this] { showBulk(); }); // what is shown there is what is in the catalogue
}

void CaptionsPlace::Impl::showBulk()
{
    auto *dialog = new BulkDialog(session, model->photos(), chosen(), q->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(
        dialog, &BulkDialog::applied, q,
        [this](const std::vector<catalogue::BulkChange> &changes, const QString &what) {
            auto texts = catalogue::userTexts(changes);
            std::vector<CaptionEdits::Step> steps;
            steps.reserve(texts.size());
            for (auto &text : texts)
                steps.push_back({text.photo, std::move(text.expected).value_or(std::string()), std::move(text.text)});
            const int count = static_cast<int>(steps.size());
            edits.change(std::move(steps), catalogue::CaptionEntry::BulkEdit, what);
            reload();
            commands->tell(tr("%n caption(s) were changed. Undo brings them back.", nullptr, count));
        });
    dialog->open();
}

void CaptionsPlace::Impl::exportCaptions()
{
    whenWritten([this] { showExchange(new ExportDialog(session, model->photos(), chosen(), q->window())); });
}

void CaptionsPlace::Impl::importCaptions()
{
    whenWritten([this] { showExchange(new ImportDialog(session, q->window())); });
}

void CaptionsPlace::Impl::showExchange(ExchangeDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &ExchangeDialog::textsChanged, q,
                     [this](const std::vector<CaptionEdits::Step> &steps, const QString &what) {
                         edits.remember(steps, what);
                         for (const auto &step : steps)
                             edited.insert(step.photo.value);
                         reload();
                         Q_EMIT session->photosChanged({});
                         recount.start();
                     });
    QObject::connect(dialog, &ExchangeDialog::told, commands, &Commands::tell);
    dialog->open();
}

} // namespace photolex::ui
