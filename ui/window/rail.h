// The places of the program, one below the other, at the reading side. Only places that exist are here.
//
// What is dragged over a place for a moment opens it, so that it can be let go inside; let go on the place itself, it
// goes there too.
#pragma once

#include "ui/common/dropped.h"

#include <QAbstractButton>
#include <QKeySequence>
#include <QList>
#include <QTimer>
#include <QWidget>

namespace photolex::ui {

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    // `atEnd`: below the gap, for what is no place of photos. Returns its index.
    int addPlace(const QString &iconName, const QString &title, const QKeySequence &shortcut, bool atEnd = false);
    int current() const { return m_current; }
    void setCurrent(int index); // `placeChosen` follows when it differs

Q_SIGNALS:
    void placeChosen(int index);
    void dropReceived(int index, const photolex::ui::Dropped &dropped);

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    int placeAt(QPoint position) const; // −1: none
    void setDragOver(int index);

    QList<QAbstractButton *> m_buttons;
    int m_stretchAt = 0;
    int m_current = -1;
    int m_dragOver = -1;
    QTimer m_open; // the place that something is held over
};

} // namespace photolex::ui
