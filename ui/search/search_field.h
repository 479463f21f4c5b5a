// The field at the top of the window: words, and beside them at most one picture as a chip. A picture comes by drop, by
// paste, or from a command; Backspace at the beginning takes it away again.
#pragma once

#include "ui/common/dropped.h"
#include "ui/search/search_request.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class SearchField : public QWidget {
    Q_OBJECT
public:
    explicit SearchField(QWidget *parent = nullptr);

    const SearchRequest &request() const { return m_request; }
    void setText(const QString &text);    // keeps the picture
    void insertText(const QString &text); // at the cursor, as if typed
    // Words and picture at once; `name` stands on the chip.
    void setPicture(const SearchRequest &picture, const QString &name);
    void setPicturePreview(const QPixmap &preview);
    void clearPicture();
    void clear();
    void focusField(); // and selects what is there
    QLineEdit *lineEdit() const { return m_edit; }

Q_SIGNALS:
    void requested(const photolex::ui::SearchRequest &request); // at every change
    void confirmed(const photolex::ui::SearchRequest &request); // Return
    void dropReceived(const photolex::ui::Dropped &dropped);    // dropped on, or pasted into, the field
    void leftDownwards();                                       // the down arrow: to the results
    void historyRequested(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void changed();

    SearchRequest m_request;
    QToolButton *m_picture;
    QLineEdit *m_edit;
    QToolButton *m_clear;
    QToolButton *m_history;
    bool m_dropOver = false;
};

} // namespace photolex::ui
