// A line of text that is cut with an ellipsis where it does not fit; what was cut stands in the tool tip. And the same
// for the entry of a menu.
#pragma once

#include <QLabel>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace photolex::ui {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;
    // As wide as a few letters, and as tall as a line even without text: what lies below does not jump.
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;
    bool isCut() const; // not all of the text is seen

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
};

// `text` as an entry of `menu`: cut where it is very long, and an & is a letter like others.
QString menuText(const QMenu *menu, const QString &text);

} // namespace photolex::ui
