#include "ui/captions/caption_edits.h"

#include <QUndoStack>
#include <algorithm>
#include <utility>

namespace photolex::ui {

using catalogue::CaptionEntry;

class CaptionEdits::Command : public QUndoCommand {
public:
    Command(CaptionEdits *edits, std::vector<Step> steps, CaptionEntry entry, bool isDone, const QString &what)
        : QUndoCommand(what)
        , m_edits(edits)
        , m_steps(std::move(steps))
        , m_entry(entry)
        , m_isDone(isDone)
    {
    }
    void undo() override
    {
        m_edits->write(m_steps, true, CaptionEntry::Undone, true);
        lead();
    }
    void redo() override
    {
        if (m_isFirst && !m_isDone)
            m_edits->write(m_steps, false, m_entry, m_entry != CaptionEntry::Typed);
        else if (!m_isFirst)
            m_edits->write(m_steps, false, CaptionEntry::Undone, true);
        if (!m_isFirst)
            lead();
        m_isFirst = false;
    }

private:
    void lead()
    {
        std::vector<PhotoId> photos;
        photos.reserve(m_steps.size());
        for (const auto &step : m_steps)
            photos.push_back(step.photo);
        Q_EMIT m_edits->led(photos);
    }

    CaptionEdits *m_edits;
    std::vector<Step> m_steps;
    CaptionEntry m_entry;
    bool m_isDone, m_isFirst = true;
};

class CaptionEdits::ProposalCommand : public QUndoCommand {
public:
    ProposalCommand(CaptionEdits *edits, std::vector<catalogue::ProposalChange> changes, const QString &what)
        : QUndoCommand(what)
        , m_edits(edits)
        , m_changes(std::move(changes))
    {
    }
    void undo() override { write(true); }
    void redo() override
    {
        if (!std::exchange(m_isFirst, false)) // they are there already when it is remembered
            write(false);
    }

private:
    void write(bool back)
    {
        auto changes = m_changes;
        std::vector<PhotoId> photos;
        for (auto &change : changes) {
            if (back)
                std::swap(change.before, change.after);
            photos.push_back(change.photo);
        }
        m_edits->m_desk->propose(std::move(changes), m_edits->telling(photos));
        Q_EMIT m_edits->led(photos);
    }

    CaptionEdits *m_edits;
    std::vector<catalogue::ProposalChange> m_changes;
    bool m_isFirst = true;
};

CaptionEdits::CaptionEdits(CaptionDesk *desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_undo(new QUndoStack(this))
{
    m_undo->setUndoLimit(500);
}

CaptionEdits::~CaptionEdits()
{
    commit();
}

void CaptionEdits::begin(const CaptionTexts &texts)
{
    if (m_photo != texts.photo)
        commit();
    m_photo = texts.photo;
    m_own = texts.own();
    m_standing = m_text = texts.standing();
    m_hasDraft = false;
}

void CaptionEdits::type(const std::string &text)
{
    if (!m_photo || text == m_text)
        return;
    m_text = text;
    m_hasDraft = true;
    m_desk->keepDraft(m_photo, text);
}

void CaptionEdits::commit()
{
    if (!m_photo || !m_hasDraft)
        return;
    m_hasDraft = false;
    const bool isBlank = QString::fromStdString(m_text).trimmed().isEmpty();
    const std::string text = m_text == m_standing ? m_own : isBlank ? std::string() : m_text;
    if (text == m_own) { // typed, and taken back: only the draft goes
        m_desk->write({{m_photo, m_own}}, CaptionEntry::Typed);
        m_text = m_standing;
        return;
    }
    const Step step{m_photo, m_own, text};
    m_own = m_standing = m_text = text;
    m_undo->push(new Command(this, {step}, CaptionEntry::Typed, false, tr("typing", "in: undo typing")));
}

void CaptionEdits::leave()
{
    commit();
    m_photo = {};
    m_own.clear();
    m_standing.clear();
    m_text.clear();
}

void CaptionEdits::change(std::vector<Step> steps, CaptionEntry entry, const QString &what)
{
    commit();
    std::erase_if(steps, [](const Step &step) { return step.before == step.after; });
    if (!steps.empty())
        m_undo->push(new Command(this, std::move(steps), entry, false, what));
}

void CaptionEdits::remember(std::vector<Step> steps, const QString &what)
{
    std::erase_if(steps, [](const Step &step) { return step.before == step.after; });
    if (!steps.empty())
        m_undo->push(new Command(this, std::move(steps), CaptionEntry::Imported, true, what));
}

void CaptionEdits::rememberProposals(std::vector<catalogue::ProposalChange> changes, const QString &what)
{
    commit();
    if (!changes.empty())
        m_undo->push(new ProposalCommand(this, std::move(changes), what));
}

CaptionDesk::Written CaptionEdits::telling(std::vector<PhotoId> photos)
{
    return [this, photos = std::move(photos)](const catalogue::UserTextsSet &set) {
        if (!set.passedOver.empty())
            Q_EMIT passedOver(static_cast<int>(set.passedOver.size()));
        Q_EMIT written(photos);
    };
}

void CaptionEdits::write(const std::vector<Step> &steps, bool back, CaptionEntry entry, bool checked)
{
    std::vector<catalogue::UserText> texts;
    std::vector<PhotoId> photos;
    texts.reserve(steps.size());
    photos.reserve(steps.size());
    for (const auto &step : steps) {
        const auto &[from, to] = back ? std::tie(step.after, step.before) : std::tie(step.before, step.after);
        texts.push_back({step.photo, to, checked ? std::optional(from) : std::nullopt});
        photos.push_back(step.photo);
    }
    m_desk->write(std::move(texts), entry, telling(std::move(photos)));
}

} // namespace photolex::ui
