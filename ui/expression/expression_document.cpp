#include "ui/expression/expression_document.h"

#include <QUndoStack>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int textGesture = 1 << 20; // beyond every index of a term

} // namespace

// Keeps the whole expression before and after: some hundred bytes, and nothing can go wrong in between.
class ExpressionDocument::Change : public QUndoCommand {
public:
    Change(ExpressionDocument *document, search::Expression before, search::Expression after, const QString &what,
           int gesture)
        : QUndoCommand(what)
        , m_document(document)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_gesture(gesture)
    {
    }
    void undo() override { m_document->take(m_before); }
    void redo() override { m_document->take(m_after); }
    int id() const override { return m_gesture; }
    bool mergeWith(const QUndoCommand *other) override
    {
        m_after = static_cast<const Change *>(other)->m_after;
        setObsolete(m_after == m_before);
        return true;
    }
    void close() { m_gesture = -1; }

private:
    ExpressionDocument *m_document;
    search::Expression m_before, m_after;
    int m_gesture;
};

ExpressionDocument::ExpressionDocument(QObject *parent)
    : QObject(parent)
    , m_undo(new QUndoStack(this))
{
    m_undo->setUndoLimit(500);
}

void ExpressionDocument::take(const search::Expression &expression)
{
    m_expression = expression;
    Q_EMIT changed();
}

void ExpressionDocument::change(search::Expression next, const QString &what, int gesture)
{
    if (next != m_expression)
        m_undo->push(new Change(this, m_expression, std::move(next), what, gesture));
}

void ExpressionDocument::endGesture()
{
    if (m_undo->index() == 0)
        return;
    // The stack hands its commands out as const; this one is ours, and only forgets that it may grow.
    auto *last = const_cast<QUndoCommand *>(m_undo->command(m_undo->index() - 1));
    static_cast<Change *>(last)->close();
}

bool ExpressionDocument::insertTerms(int index, const std::vector<search::Term> &terms)
{
    auto next = m_expression;
    const auto room = search::Expression::mostTerms - next.terms.size();
    const auto taken = std::min(room, terms.size());
    index = std::clamp(index, 0, count());
    next.terms.insert(next.terms.begin() + index, terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(taken));
    change(std::move(next), tr("adding", "in: undo adding"));
    return taken == terms.size();
}

void ExpressionDocument::removeTerm(int index)
{
    if (index < 0 || index >= count())
        return;
    auto next = m_expression;
    next.terms.erase(next.terms.begin() + index);
    change(std::move(next), tr("removing", "in: undo removing"));
}

void ExpressionDocument::moveTerm(int from, int to)
{
    if (from < 0 || from >= count() || to < 0 || to >= count())
        return;
    auto next = m_expression;
    auto moved = std::move(next.terms[static_cast<std::size_t>(from)]);
    next.terms.erase(next.terms.begin() + from);
    next.terms.insert(next.terms.begin() + to, std::move(moved));
    change(std::move(next), tr("moving", "in: undo moving"));
}

void ExpressionDocument::setNegative(int index, bool isNegative)
{
    if (index < 0 || index >= count())
        return;
    auto next = m_expression;
    next.terms[static_cast<std::size_t>(index)].isNegative = isNegative;
    change(std::move(next), tr("change of sign", "in: undo change of sign"));
}

void ExpressionDocument::setWeight(int index, double weight)
{
    if (index < 0 || index >= count())
        return;
    auto next = m_expression;
    const double inside = std::clamp(weight, 0.0, search::Expression::largestWeight);
    next.terms[static_cast<std::size_t>(index)].weight = std::round(inside * 1000) / 1000;
    change(std::move(next), tr("change of weight", "in: undo change of weight"), index);
}

void ExpressionDocument::setWords(int index, const std::string &text)
{
    if (index < 0 || index >= count())
        return;
    auto next = m_expression;
    next.terms[static_cast<std::size_t>(index)].text = text;
    change(std::move(next), tr("change of words", "in: undo change of words"));
}

void ExpressionDocument::replace(search::Expression expression)
{
    change(std::move(expression), tr("typing", "in: undo typing"), textGesture);
}

void ExpressionDocument::load(search::Expression expression)
{
    change(std::move(expression), tr("opening", "in: undo opening"));
}

void ExpressionDocument::clear()
{
    change({}, tr("clearing", "in: undo clearing"));
}

} // namespace photolex::ui
