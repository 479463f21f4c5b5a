#include "ui/captions/caption_field.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QListWidget>
#include <QMimeData>
#include <QTextBlock>
#include <algorithm>
#include <utility>

namespace photolex::ui {

CaptionField::CaptionField(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("captionField"));
    setAccessibleName(tr("Caption"));
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_isShowing || m_isWaiting)
            return;
        Q_EMIT typed(toPlainText());
        offer();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (isOffering() && wordBefore().isEmpty())
            hideOffer();
    });
}

QSize CaptionField::sizeHint() const
{
    return {400, 4 * fontMetrics().lineSpacing() + 16};
}

// --- Waiting ---

void CaptionField::wait()
{
    hideOffer();
    m_isWaiting = true;
    setReadOnly(true); // drops and pastes by pointer would land in the wrong text
    clear();
}

void CaptionField::show(const QString &text)
{
    hideOffer();
    m_isWaiting = false;
    m_isShowing = true;
    setReadOnly(false);
    setPlainText(text);
    moveCursor(QTextCursor::End);
    m_isShowing = false;
    while (!m_isWaiting && !m_later.empty()) { // one of them may lead to the next photo
        const auto work = std::move(m_later.front());
        m_later.pop_front();
        work();
    }
}

void CaptionField::later(std::function<void()> work)
{
    if (m_isWaiting)
        m_later.push_back(std::move(work));
    else
        work();
}

// --- Keys ---

// Keys that are the field's before they are a shortcut of the window.
bool CaptionField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool closesOffer = isOffering() && key->key() == Qt::Key_Escape;
        // A field that waits is read-only, and would let these go by.
        const bool writes = m_isWaiting && (key->matches(QKeySequence::Paste) || key->matches(QKeySequence::Cut) ||
                                            key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo));
        if (closesOffer || writes) {
            event->accept();
            return true;
        }
    }
    // Tab would lead out of the field before the field hears of it.
    if (event->type() == QEvent::KeyPress && (isOffering() || m_isWaiting) &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab) {
        keyPressEvent(static_cast<QKeyEvent *>(event));
        return true;
    }
    return QPlainTextEdit::event(event);
}

void CaptionField::keyPressEvent(QKeyEvent *event)
{
    if (m_isWaiting) {
        m_later.push_back([this, key = std::shared_ptr<QKeyEvent>(event->clone())] { keyPressEvent(key.get()); });
        event->accept();
        return;
    }
    if (isOffering() && takeKeyWhileOffering(event))
        return;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !(event->modifiers() & ~Qt::KeypadModifier)) {
        event->accept();
        Q_EMIT nextRequested();
        return;
    }
    if (isEnter && event->modifiers() & Qt::ShiftModifier) { // Qt would put a line separator, which files do not have
        insertPlainText(QStringLiteral("\n"));
        ensureCursorVisible();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp) {
        event->accept();
        Q_EMIT stepRequested(event->key() == Qt::Key_PageDown ? 1 : -1);
    } else if (event->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) {
        event->accept();
        Q_EMIT undoRequested();
    } else if (event->matches(QKeySequence::Redo) && !document()->isRedoAvailable()) {
        event->accept();
        Q_EMIT redoRequested();
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void CaptionField::inputMethodEvent(QInputMethodEvent *event)
{
    if (!m_isWaiting)
        return QPlainTextEdit::inputMethodEvent(event);
    if (!event->commitString().isEmpty())
        m_later.push_back([this, text = event->commitString()] { insertPlainText(text); });
    event->accept();
}

// File managers send the files' addresses as text, too: that is nobody's caption.
void CaptionField::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage())
        event->ignore();
    else
        QPlainTextEdit::dragEnterEvent(event);
}

void CaptionField::focusOutEvent(QFocusEvent *event)
{
    hideOffer();
    QPlainTextEdit::focusOutEvent(event);
}

// --- Words that are offered ---

bool CaptionField::isOffering() const
{
    return m_offer && m_offer->isVisible();
}

bool CaptionField::takeKeyWhileOffering(QKeyEvent *event)
{
    const int row = m_offer->currentRow();
    switch (event->key()) {
    case Qt::Key_Escape:
        hideOffer();
        break;
    case Qt::Key_Down:
        m_offer->setCurrentRow(std::min(row + 1, m_offer->count() - 1));
        break;
    case Qt::Key_Up:
        if (row < 0)
            return false;
        m_offer->setCurrentRow(row - 1);
        break;
    case Qt::Key_Tab:
        complete(m_offer->item(std::max(row, 0))->text());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter: // leads on to the next photo, unless a word was chosen
        if (row < 0 || event->modifiers() & ~Qt::KeypadModifier) {
            hideOffer();
            return false;
        }
        complete(m_offer->item(row)->text());
        break;
    default:
        return false;
    }
    event->accept();
    return true;
}

QString CaptionField::wordBefore() const
{
    const QTextCursor cursor = textCursor();
    if (cursor.hasSelection())
        return {};
    const QString text = cursor.block().text();
    const auto at = cursor.positionInBlock();
    if (at < text.size() && text[at].isLetterOrNumber())
        return {};
    auto begin = at;
    while (begin > 0 && (text[begin - 1].isLetter() || text[begin - 1].isMark()))
        --begin;
    return text.mid(begin, at - begin);
}

void CaptionField::offer()
{
    const QStringList words = hasFocus() ? m_words.complete(wordBefore()) : QStringList();
    if (words.isEmpty())
        return hideOffer();
    if (m_offer && m_offer->parentWidget() != window())
        m_offer->setParent(window());
    if (!m_offer) {
        m_offer = new QListWidget(window());
        m_offer->setObjectName(QStringLiteral("completions"));
        m_offer->setAccessibleName(tr("Words that go on like this"));
        m_offer->setToolTip(tr("Tab takes the first word, Down chooses another"));
        m_offer->setFocusPolicy(Qt::NoFocus);
        m_offer->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_offer->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        connect(m_offer, &QListWidget::itemClicked, this,
                [this](const QListWidgetItem *item) { complete(item->text()); });
        connect(this, &QObject::destroyed, m_offer, &QObject::deleteLater);
    }
    m_offer->clear();
    m_offer->addItems(words);
    m_offer->setCurrentRow(-1);
    const int height = m_offer->sizeHintForRow(0) * m_offer->count() + 2 * m_offer->frameWidth();
    const int width = m_offer->sizeHintForColumn(0) + 2 * m_offer->frameWidth() + 16;
    m_offer->resize(std::max(width, 120), height);
    // Above the line where there is no space below it.
    const QRect cursor = cursorRect();
    QPoint at = viewport()->mapTo(window(), cursor.bottomLeft());
    if (at.y() + height > window()->height())
        at.setY(viewport()->mapTo(window(), cursor.topLeft()).y() - height);
    at.setX(std::clamp(at.x(), 0, std::max(0, window()->width() - m_offer->width())));
    m_offer->move(at);
    m_offer->show();
    m_offer->raise();
}

void CaptionField::hideOffer()
{
    if (m_offer)
        m_offer->hide();
}

void CaptionField::complete(const QString &word)
{
    hideOffer();
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(wordBefore().size()));
    cursor.insertText(word);
    setTextCursor(cursor);
    hideOffer();
}

} // namespace photolex::ui
