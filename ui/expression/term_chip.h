// One term as a card: its photo or words, the sign beside it, and below a slider for its weight.
//
// Keys while the card has the focus: + and − set the sign, up and down the weight (with Shift in large steps), Enter
// edits words, Delete takes the term away, left and right go to the neighbours, with Ctrl they move the term.
#pragma once

#include "core/search/expression.h"
#include "ui/common/latest.h"
#include "ui/expression/expression_run.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>
#include <memory>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class Session;

class TermChip : public QWidget {
    Q_OBJECT
public:
    explicit TermChip(Session *session, QWidget *parent = nullptr);
    ~TermChip() override;

    void setTerm(const search::Term &term, bool isFirst);
    const search::Term &term() const { return m_term; }
    void setOutcome(const TermOutcome &outcome); // a mark and a sentence when it does not count
    QPixmap dragPicture();

    static constexpr int cardWidth = 152, cardHeight = 148, signWidth = 36;
    static constexpr double sliderEnd = 3; // heavier ones come from the keyboard and the text
    QSize sizeHint() const override { return {signWidth + cardWidth, cardHeight}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void signChosen(bool isNegative);
    void weightChosen(double weight);
    void gestureEnded(); // the slider was let go
    void wordsEdited(const QString &text);
    void removeRequested();
    void dragRequested();
    void focusWanted(int step); // −1: the one before, 1: the one after
    void moveWanted(int step);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void load();
    void describe();
    void edit();
    void endEdit(bool keep);
    QRect cardRect() const;
    QRect faceRect() const; // picture or words
    void setWeight(double weight);

    Session *m_session;
    search::Term m_term;
    bool m_isFirst = false;
    TermOutcome m_outcome;
    QImage m_picture;
    QPixmap m_scaled; // for this size and ratio
    Latest<QImage> m_loading{this};
    QToolButton *m_sign;
    QToolButton *m_remove;
    QSlider *m_slider;
    QLabel *m_weight;
    QLineEdit *m_edit = nullptr;
    QPoint m_pressed;
    bool m_mayDrag = false;
};

} // namespace photolex::ui
