// The expression that is worked on, with undo. Every change is one step; what belongs to one gesture (a slider that is
// dragged, a text that is typed) becomes one step together.
#pragma once

#include "core/search/expression.h"

#include <QObject>
#include <QString>
#include <vector>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace photolex::ui {

class ExpressionDocument : public QObject {
    Q_OBJECT
public:
    explicit ExpressionDocument(QObject *parent = nullptr);

    const search::Expression &expression() const { return m_expression; }
    int count() const { return static_cast<int>(m_expression.terms.size()); }
    QUndoStack *undoStack() const { return m_undo; }

    // An index out of range changes nothing. Terms beyond the most that an expression may have are left out; false says
    // that some were.
    bool insertTerms(int index, const std::vector<search::Term> &terms);
    void removeTerm(int index);
    void moveTerm(int from, int to); // to: where it is afterwards
    void setNegative(int index, bool isNegative);
    void setWeight(int index, double weight); // in one step with the last, unless a gesture ended between them
    void setWords(int index, const std::string &text);
    void replace(search::Expression expression); // as one step with the last text that was typed
    void load(search::Expression expression);    // another expression, as a step of its own
    void clear();
    void endGesture();

Q_SIGNALS:
    void changed();

private:
    class Change;
    void change(search::Expression next, const QString &what, int gesture = -1);
    void take(const search::Expression &expression);

    search::Expression m_expression;
    QUndoStack *m_undo;
};

} // namespace photolex::ui
