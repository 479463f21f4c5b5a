// The structure as a row of cards that wraps, one for each word. Cards are dragged within the row to reorder them; a
// part of speech is put in at the end with the button there.
#pragma once

#include "ui/captions/bench/place_chip.h"

#include <QWidget>
#include <vector>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace photolex::ui {

class FlowLayout;

class StructureRow : public QWidget {
    Q_OBJECT
public:
    explicit StructureRow(QWidget *parent = nullptr);

    void setFaces(const std::vector<PlaceFace> &faces);
    const std::vector<PlaceChip *> &chips() const { return m_chips; }
    QToolButton *addButton() const { return m_add; }
    void focusChip(int index); // clamped

Q_SIGNALS:
    void wordChosen(int index, const QString &word);
    void lockToggled(int index);
    void tagChosen(int index, const QString &tag);
    void insertRequested(int index, const QString &tag);
    void removeRequested(int index);
    void banRequested(const QString &word);
    void moveRequested(int from, int to);

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    PlaceChip *makeChip();
    int indexOf(const PlaceChip *chip) const;
    int indexAt(QPoint position) const;
    void startDrag(PlaceChip *chip);

    FlowLayout *m_flow;
    QToolButton *m_add;
    std::vector<PlaceChip *> m_chips;
    int m_dragged = -1;   // the card that is on its way
    int m_dropIndex = -1; // −1: nothing is dragged over the row
};

} // namespace photolex::ui
