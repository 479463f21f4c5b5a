// Lies over the window while something is dragged over it, and says what a drop would do. Takes no events itself.
#pragma once

#include <QWidget>

namespace photolex::ui {

class DropOverlay : public QWidget {
    Q_OBJECT
public:
    explicit DropOverlay(QWidget *parent);
    void cover(const QString &text); // shown over the whole parent

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace photolex::ui
