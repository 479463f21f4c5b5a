// A word or phrase that can be clicked, and a layout that wraps them like text, with what holds it.
#pragma once

#include <QAbstractButton>
#include <QLayout>
#include <QList>
#include <vector>

namespace photolex::ui {

class Chip : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString &text, QWidget *parent = nullptr);
    // 0..1: how strong the word is; drawn as a faint fill behind it. Below 0: none.
    void setStrength(double strength);
    void setRemovable(bool removable); // a cross is drawn: a click takes it away
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_strength = -1;
    bool m_removable = false;
};

// Items from the reading side on, in lines as wide as the parent.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget *parent = nullptr, int gap = 8);
    ~FlowLayout() override;
    void addItem(QLayoutItem *item) override { m_items.append(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int arrange(const QRect &outer, bool move) const; // returns the height
    QList<QLayoutItem *> m_items;
    int m_gap;
};

// Among items in lines that wrap: how many of them stand before `position`, where something is let go.
int gapAt(const std::vector<QWidget *> &items, QPoint position, Qt::LayoutDirection direction);

QWidget *makeFlow(int gap = 8);                      // with that layout, and as tall as its lines
void fillScrolling(QWidget *outer, QWidget *inside); // `inside` fills `outer`, and scrolls up and down

} // namespace photolex::ui
