// One word of a caption as a card: the word, and below it its part of speech by name; a bar below that is as long as
// the word is likely there.
//
// Keys while it has the focus: Enter opens the menu of other words, Space locks the word or frees it, Delete takes the
// place out, Insert puts one in front, left and right go to the neighbours, with Ctrl they move the place.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace photolex::ui {

struct OfferedWord {
    QString word;
    double probability = 0; // among the words that take the place's part of speech
};

struct PlaceFace {
    QString word; // empty: not written yet
    QString tag;  // "NN"
    bool isFixed = false;
    bool isRead = true;               // the tagger reads the word as it was asked for
    std::vector<OfferedWord> offered; // likeliest first
    double probability = -1;          // of `word`; below 0: not known
};

class PlaceChip : public QWidget {
    Q_OBJECT
public:
    explicit PlaceChip(QWidget *parent = nullptr);
    void setFace(const PlaceFace &face, int index, int count);
    const PlaceFace &face() const { return m_face; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    // Words to choose, then parts of speech and everything else; the caller's to delete.
    QMenu *createMenu();

Q_SIGNALS:
    void wordChosen(const QString &word); // to be fixed there
    void lockToggled();
    void tagChosen(const QString &tag);
    void insertRequested(bool behind, const QString &tag);
    void removeRequested();
    void banRequested(const QString &word);
    void focusWanted(int step);
    void moveWanted(int step);
    void dragRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();
    void openMenu();

    PlaceFace m_face;
    int m_index = 0, m_count = 1;
    QPoint m_pressed;
    bool m_mayDrag = false;
};

} // namespace photolex::ui
