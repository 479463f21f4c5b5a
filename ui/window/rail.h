// The places of the program, one below the other, at the reading side. Only places that exist are here.
#pragma once

#include <QAbstractButton>
#include <QKeySequence>
#include <QList>
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

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<QAbstractButton *> m_buttons;
    int m_stretchAt = 0;
    int m_current = -1;
};

} // namespace photolex::ui
