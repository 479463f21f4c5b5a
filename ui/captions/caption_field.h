// Where a caption is typed. Offers words while one types, and keeps what is typed before a photo's text has come: keys
// belong to the photo that was chosen when they were pressed.
#pragma once

#include "ui/captions/completion_words.h"

#include <QPlainTextEdit>
#include <QPointer>
#include <deque>
#include <functional>

QT_BEGIN_NAMESPACE
class QListWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class CaptionField : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CaptionField(QWidget *parent = nullptr);

    // Empty and waiting, until show() brings the text. Keys and work that come meanwhile come after it.
    void wait();
    bool isWaiting() const { return m_isWaiting; }
    void show(const QString &text);
    // At once, or after the text that is waited for.
    void later(std::function<void()> work);

    CompletionWords &words() { return m_words; }
    bool isOffering() const; // words are offered just now

Q_SIGNALS:
    void typed(const QString &text); // the text has changed, by the user
    void nextRequested();            // Enter
    void stepRequested(int by);      // Page up and down: photos before and after this one
    void undoRequested();            // when there is no typing to take back
    void redoRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override; // text only: files are the window's
    void focusOutEvent(QFocusEvent *event) override;
    QSize sizeHint() const override;

private:
    bool takeKeyWhileOffering(QKeyEvent *event);
    void offer();
    void hideOffer();
    void complete(const QString &word);
    QString wordBefore() const; // that the cursor stands at the end of; empty: none

    CompletionWords m_words;
    QPointer<QListWidget> m_offer; // over the window, made when first needed
    std::deque<std::function<void()>> m_later;
    bool m_isWaiting = false, m_isShowing = false;
};

} // namespace photolex::ui
