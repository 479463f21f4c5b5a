#include "ui/captions/bench/structure_row.h"

#include "ui/captions/bench/tag_names.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/chip.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

namespace photolex::ui {

namespace {

const QString placeMime = QStringLiteral("application/x-photolex-caption-word");

} // namespace

StructureRow::StructureRow(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(this, gridUnit))
    , m_add(iconButton(QStringLiteral("expression/term-add"), tr("Add a word at the end")))
{
    setObjectName(QStringLiteral("structureRow"));
    setAccessibleName(tr("Structure"));
    setAcceptDrops(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto *menu = new QMenu(m_add);
    for (const auto &tag : offeredTags()) {
        auto *action = menu->addAction(tagName(tag) + QLatin1Char('\t') + tagExample(tag));
        action->setData(tag);
        connect(action, &QAction::triggered, this,
                [this, tag] { Q_EMIT insertRequested(static_cast<int>(m_chips.size()), tag); });
    }
    m_add->setMenu(menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_flow->addWidget(m_add);
}

void StructureRow::setFaces(const std::vector<PlaceFace> &faces)
{
    int focused = -1;
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        if (m_chips[i]->hasFocus())
            focused = static_cast<int>(i);
    while (m_chips.size() > faces.size()) {
        m_flow->removeWidget(m_chips.back());
        m_chips.back()->hide();
        m_chips.back()->deleteLater();
        m_chips.pop_back();
    }
    while (m_chips.size() < faces.size()) {
        m_chips.push_back(makeChip());
        m_flow->removeWidget(m_add); // the button stays last
        m_flow->addWidget(m_add);
    }
    for (std::size_t i = 0; i < faces.size(); ++i)
        m_chips[i]->setFace(faces[i], static_cast<int>(i), static_cast<int>(faces.size()));
    for (std::size_t i = 1; i < m_chips.size(); ++i)
        QWidget::setTabOrder(m_chips[i - 1], m_chips[i]);
    if (!m_chips.empty())
        QWidget::setTabOrder(m_chips.back(), m_add);
    if (focused >= 0)
        focusChip(focused);
    m_flow->invalidate();
    updateGeometry();
}

PlaceChip *StructureRow::makeChip()
{
    auto *chip = new PlaceChip(this);
    connect(chip, &PlaceChip::wordChosen, this,
            [this, chip](const QString &word) { Q_EMIT wordChosen(indexOf(chip), word); });
    connect(chip, &PlaceChip::lockToggled, this, [this, chip] { Q_EMIT lockToggled(indexOf(chip)); });
    connect(chip, &PlaceChip::tagChosen, this,
            [this, chip](const QString &tag) { Q_EMIT tagChosen(indexOf(chip), tag); });
    connect(chip, &PlaceChip::insertRequested, this, [this, chip](bool behind, const QString &tag) {
        Q_EMIT insertRequested(indexOf(chip) + (behind ? 1 : 0), tag);
    });
    connect(chip, &PlaceChip::removeRequested, this, [this, chip] { Q_EMIT removeRequested(indexOf(chip)); });
    connect(chip, &PlaceChip::banRequested, this, &StructureRow::banRequested);
    connect(chip, &PlaceChip::dragRequested, this, [this, chip] { startDrag(chip); });
    connect(chip, &PlaceChip::focusWanted, this, [this, chip](int step) { focusChip(indexOf(chip) + step); });
    connect(chip, &PlaceChip::moveWanted, this, [this, chip](int step) {
        const int from = indexOf(chip), to = from + step;
        if (to < 0 || to >= static_cast<int>(m_chips.size()))
            return;
        focusChip(to); // the card that moves keeps the focus: cards stay, faces travel
        Q_EMIT moveRequested(from, to);
    });
    m_flow->addWidget(chip);
    chip->show();
    return chip;
}

int StructureRow::indexOf(const PlaceChip *chip) const
{
    const auto found = std::find(m_chips.begin(), m_chips.end(), chip);
    return found == m_chips.end() ? -1 : static_cast<int>(found - m_chips.begin());
}

void StructureRow::focusChip(int index)
{
    if (m_chips.empty())
        return;
    const int last = static_cast<int>(m_chips.size()) - 1;
    m_chips[static_cast<std::size_t>(std::clamp(index, 0, last))]->setFocus(Qt::OtherFocusReason);
}

// --- Drag and drop, within the row only ---

void StructureRow::startDrag(PlaceChip *chip)
{
    m_dragged = indexOf(chip);
    auto *mime = new QMimeData;
    mime->setData(placeMime, {});
    mime->setText(chip->face().word);
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(chip->grab());
    drag->setHotSpot({chip->width() / 2, chip->height() / 2});
    drag->exec(Qt::CopyAction);
    m_dragged = -1;
    m_dropIndex = -1;
    update();
}

int StructureRow::indexAt(QPoint position) const
{
    return gapAt(std::vector<QWidget *>(m_chips.begin(), m_chips.end()), position, layoutDirection());
}

void StructureRow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_dragged >= 0 && event->mimeData()->hasFormat(placeMime))
        event->acceptProposedAction();
}

void StructureRow::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_dragged < 0 || !event->mimeData()->hasFormat(placeMime))
        return;
    event->acceptProposedAction();
    m_dropIndex = indexAt(event->position().toPoint());
    update();
}

void StructureRow::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropIndex = -1;
    update();
}

void StructureRow::dropEvent(QDropEvent *event)
{
    m_dropIndex = -1;
    update();
    if (m_dragged < 0 || !event->mimeData()->hasFormat(placeMime))
        return;
    event->acceptProposedAction();
    const int gap = indexAt(event->position().toPoint());
    const int last = static_cast<int>(m_chips.size()) - 1;
    const int to = std::clamp(gap > m_dragged ? gap - 1 : gap, 0, last);
    if (to != m_dragged)
        Q_EMIT moveRequested(m_dragged, to);
}

void StructureRow::paintEvent(QPaintEvent *)
{
    if (m_dropIndex < 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.setPen(QPen(accent, 1.5, Qt::DashLine));
    painter.setBrush(blend(palette().color(QPalette::Window), accent, 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), gridUnit, gridUnit);
    const QWidget *next = m_dropIndex < static_cast<int>(m_chips.size())
                              ? static_cast<const QWidget *>(m_chips[static_cast<std::size_t>(m_dropIndex)])
                              : m_add;
    const QRect where = next->geometry();
    const int x = layoutDirection() == Qt::RightToLeft ? where.right() + gridUnit / 2 : where.left() - gridUnit / 2;
    painter.setPen(QPen(accent, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(x, where.top() + 2, x, where.bottom() - 2);
}

} // namespace photolex::ui
