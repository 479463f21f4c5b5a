#include "ui/captions/bench/bench_document.h"

#include <QUndoStack>

namespace photolex::ui {

class BenchDocument::Command : public QUndoCommand {
public:
    Command(BenchDocument *document, BenchState state, const QString &what)
        : QUndoCommand(what)
        , m_document(document)
        , m_other(std::move(state))
    {
    }
    void undo() override { swap(); }
    void redo() override { swap(); }

private:
    void swap()
    {
        std::swap(m_document->m_state, m_other);
        Q_EMIT m_document->changed();
    }
    BenchDocument *m_document;
    BenchState m_other;
};

BenchDocument::BenchDocument(QObject *parent)
    : QObject(parent)
    , m_undo(new QUndoStack(this))
{
}

void BenchDocument::set(BenchState state, const QString &what)
{
    if (state != m_state)
        m_undo->push(new Command(this, std::move(state), what));
}

void BenchDocument::forget()
{
    m_undo->clear();
    m_state = {};
}

void BenchDocument::setPlaces(std::vector<BenchPlace> places, const QString &what)
{
    auto state = m_state;
    state.places = std::move(places);
    set(std::move(state), what);
}

void BenchDocument::setTag(std::vector<BenchPlace> places, int index, const QString &tag)
{
    if (index < 0 || index >= std::ssize(places))
        return;
    places[static_cast<std::size_t>(index)] = {tag, {}};
    setPlaces(std::move(places), tr("other part of speech"));
}

void BenchDocument::setFixed(std::vector<BenchPlace> places, int index, const QString &word)
{
    if (index < 0 || index >= std::ssize(places))
        return;
    places[static_cast<std::size_t>(index)].fixed = word;
    setPlaces(std::move(places), word.isEmpty() ? tr("free word") : tr("fixed word"));
}

void BenchDocument::insert(std::vector<BenchPlace> places, int index, const QString &tag)
{
    if (index < 0 || index > std::ssize(places) || std::ssize(places) >= mostPlaces)
        return;
    places.insert(places.begin() + index, {tag, {}});
    setPlaces(std::move(places), tr("inserted word"));
}

void BenchDocument::remove(std::vector<BenchPlace> places, int index)
{
    if (index < 0 || index >= std::ssize(places) || places.size() == 1)
        return;
    places.erase(places.begin() + index);
    setPlaces(std::move(places), tr("removed word"));
}

void BenchDocument::move(std::vector<BenchPlace> places, int from, int to)
{
    if (from < 0 || to < 0 || from >= std::ssize(places) || to >= std::ssize(places) || from == to)
        return;
    auto place = places[static_cast<std::size_t>(from)];
    places.erase(places.begin() + from);
    places.insert(places.begin() + to, std::move(place));
    setPlaces(std::move(places), tr("moved word"));
}

void BenchDocument::drawAgain()
{
    setPlaces({}, tr("drawn structures"));
}

void BenchDocument::setRequired(const QStringList &words)
{
    auto state = m_state;
    state.required = words;
    set(std::move(state), tr("required words"));
}

void BenchDocument::setBanned(const QStringList &words)
{
    auto state = m_state;
    state.banned = words;
    set(std::move(state), tr("banned words"));
}

} // namespace photolex::ui
