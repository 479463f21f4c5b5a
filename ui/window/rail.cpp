#include "ui/window/rail.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QDragEnterEvent>
#include <QFocusEvent>
#include <QMimeData>
#include <QPainter>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

// Icon above text, as tall as both need, whatever the style thinks of tool buttons.
class PlaceButton : public QToolButton {
public:
    QSize sizeHint() const override
    {
        return {std::max(9 * gridUnit, fontMetrics().horizontalAdvance(text()) + 2 * gridUnit),
                5 * gridUnit + fontMetrics().height() + 4};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor window = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
        const QColor accent = palette().color(QPalette::Highlight);
        const QRectF body = QRectF(rect()).adjusted(1, 1, -1, -1);
        const bool dragOver = property("dragOver").toBool();
        painter.setPen((hasFocus() && m_byKeyboard) || dragOver ? QPen(accent, dragOver ? 2 : 1.5) : QPen(Qt::NoPen));
        if (isChecked() || dragOver)
            painter.setBrush(blend(window, accent, 0.16));
        else if (underMouse() || isDown())
            painter.setBrush(blend(window, ink, isDown() ? 0.12 : 0.06));
        if (isChecked() || underMouse() || isDown() || dragOver || (hasFocus() && m_byKeyboard))
            painter.drawRoundedRect(body, gridUnit, gridUnit);
        const QRect picture((width() - 24) / 2, gridUnit, 24, 24);
        icon().paint(&painter, picture, Qt::AlignCenter, QIcon::Normal, isChecked() ? QIcon::On : QIcon::Off);
        painter.setPen(isChecked() ? ink : blend(ink, window, 0.2));
        painter.drawText(rect().adjusted(0, 4 * gridUnit, 0, -4), Qt::AlignHCenter | Qt::AlignVCenter, text());
    }
    void focusInEvent(QFocusEvent *event) override
    {
        m_byKeyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
        QToolButton::focusInEvent(event);
    }

private:
    bool m_byKeyboard = false;
};

} // namespace

Rail::Rail(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Places"));
    setAcceptDrops(true);
    m_open.setSingleShot(true);
    m_open.setInterval(450);
    connect(&m_open, &QTimer::timeout, this, [this] {
        if (m_dragOver >= 0)
            setCurrent(m_dragOver);
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    column->setSpacing(4);
    column->addStretch();
}

int Rail::addPlace(const QString &iconName, const QString &title, const QKeySequence &shortcut, bool atEnd)
{
    auto *button = new PlaceButton;
    button->setIcon(icon(iconName));
    button->setText(title);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setFocusPolicy(Qt::TabFocus);
    // Not the button's own: that one would wait for a picture of a press, and what is typed next would go to the place
    // one has left.
    auto *key = new QShortcut(shortcut, this);
    connect(key, &QShortcut::activated, button, &QAbstractButton::click);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(title, shortcut.toString(QKeySequence::NativeText)));
    button->setAccessibleName(title);
    button->setAccessibleDescription(shortcut.toString(QKeySequence::NativeText));
    QFont font = button->font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    button->setFont(font);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const int index = static_cast<int>(m_buttons.size());
    m_buttons.append(button);
    connect(button, &QToolButton::clicked, this, [this, index] { setCurrent(index); });
    auto *column = static_cast<QVBoxLayout *>(layout());
    if (atEnd)
        column->addWidget(button);
    else
        column->insertWidget(m_stretchAt++, button);
    return index;
}

void Rail::setCurrent(int index)
{
    m_buttons[index]->setChecked(true);
    if (index == m_current)
        return;
    m_current = index;
    Q_EMIT placeChosen(index);
}

int Rail::placeAt(QPoint position) const
{
    for (int index = 0; index < m_buttons.size(); ++index)
        if (m_buttons[index]->geometry().contains(position))
            return index;
    return -1;
}

void Rail::setDragOver(int index)
{
    if (index == m_dragOver)
        return;
    for (int each : {m_dragOver, index})
        if (each >= 0) {
            m_buttons[each]->setProperty("dragOver", each == index);
            m_buttons[each]->update();
        }
    m_dragOver = index;
    index >= 0 ? m_open.start() : m_open.stop();
}

void Rail::dragEnterEvent(QDragEnterEvent *event)
{
    dragMoveEvent(event);
}

void Rail::dragMoveEvent(QDragMoveEvent *event)
{
    if (!mayBeDroppedOrText(event->mimeData()))
        return event->ignore();
    if (acceptDrop(event)) // between the places too: a drag that is refused once gets no more moves
        setDragOver(placeAt(event->position().toPoint()));
}

void Rail::dragLeaveEvent(QDragLeaveEvent *)
{
    setDragOver(-1);
}

void Rail::dropEvent(QDropEvent *event)
{
    const int index = placeAt(event->position().toPoint());
    setDragOver(-1);
    if (!acceptDrop(event))
        return;
    const Dropped dropped = readDropped(event->mimeData());
    if (index >= 0 && !dropped.isEmpty())
        Q_EMIT dropReceived(index, dropped);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(x, 0, 1, height(), hairline(palette()));
}

} // namespace photolex::ui
