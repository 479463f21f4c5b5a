// Where an expression is put together: its terms as cards in a row that wraps, and at the end a field for more.
//
// Takes photos, files, pictures and words that are dropped on it, at the place where they are let go; a card that is
// dragged within it moves. Nothing but copies and links leaves it.
#pragma once

#include "core/search/expression.h"
#include "ui/common/dropped.h"
#include "ui/expression/expression_run.h"

#include <QScrollArea>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class ExpressionDocument;
class FlowLayout;
class Session;
class TermChip;

class ExpressionBench : public QScrollArea {
    Q_OBJECT
public:
    // The document and the session outlive the bench.
    ExpressionBench(ExpressionDocument *document, Session *session, QWidget *parent = nullptr);
    ~ExpressionBench() override;

    void setOutcomes(const std::vector<TermOutcome> &outcomes); // one for each term
    const std::vector<TermChip *> &chips() const { return m_chips; }
    QLineEdit *addField() const { return m_field; }
    QToolButton *addButton() const { return m_more; }
    void focusChip(int index); // beyond the last: the field

    // For drops that the place gets beside the bench: lights up as if the end of the row was meant.
    void setDropShown(bool shown);

Q_SIGNALS:
    void dropReceived(const photolex::ui::Dropped &dropped, int index);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Row;
    void follow(); // the document
    TermChip *makeChip();
    void startDrag(TermChip *chip);
    int indexOf(const TermChip *chip) const;
    int indexAt(QPoint position) const; // where a term that is let go here would stand
    QRect gapAt(int index) const;       // the line that shows it
    void adjustHeight();
    void showEmptiness(); // a hint instead of cards

    ExpressionDocument *m_document;
    Session *m_session;
    Row *m_row;
    FlowLayout *m_flow;
    QWidget *m_adder;
    QLineEdit *m_field;
    QToolButton *m_more;
    QLabel *m_hint;
    std::vector<TermChip *> m_chips;
    int m_dropIndex = -1; // −1: nothing is dragged over it
    int m_dragged = -1;   // the card that is on its way
};

} // namespace photolex::ui
