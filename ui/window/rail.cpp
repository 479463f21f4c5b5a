#include "ui/window/rail.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

Rail::Rail(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Places"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    column->setSpacing(4);
    column->addStretch();
}

int Rail::addPlace(const QString &iconName, const QString &title, const QKeySequence &shortcut, bool atEnd)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setIconSize({24, 24});
    button->setText(title);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setAutoRaise(true);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setShortcut(shortcut);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(title, shortcut.toString(QKeySequence::NativeText)));
    button->setAccessibleName(title);
    QFont font = button->font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    button->setFont(font);
    button->setMinimumSize(9 * gridUnit, 7 * gridUnit);
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

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(x, 0, 1, height(), hairline(palette()));
}

} // namespace photolex::ui
