#include "ui/captions/bench/place_chip.h"

#include "ui/captions/bench/tag_names.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int widest = 28 * gridUnit, narrowest = 7 * gridUnit;
constexpr int lockSide = 12;

QFont wordFont(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont nameFont(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 0.85);
    return font;
}

QString percent(double share)
{
    return QLocale().toString(100 * share, 'f', share < 0.095 ? 1 : 0) + QStringLiteral(" %");
}

// A closed padlock within `box`.
void paintLock(QPainter &painter, const QRectF &box, const QColor &colour)
{
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(Qt::NoBrush);
    const QRectF body(box.left() + 2, box.center().y() - 1, box.width() - 4, box.height() / 2);
    painter.drawArc(QRectF(body.left() + 1.5, box.top() + 1, body.width() - 3, box.height() * 0.7), 0, 180 * 16);
    painter.setBrush(colour);
    painter.drawRoundedRect(body, 1.5, 1.5);
}

} // namespace

PlaceChip::PlaceChip(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PlaceChip::setFace(const PlaceFace &face, int index, int count)
{
    m_face = face;
    m_index = index;
    m_count = count;
    describe();
    updateGeometry();
    update();
}

void PlaceChip::describe()
{
    const QString word = m_face.word.isEmpty() ? tr("any word") : m_face.word;
    //: a word of a caption, its part of speech, and where it stands
    QString text = tr("%1, %2, word %3 of %4").arg(word, tagName(m_face.tag)).arg(m_index + 1).arg(m_count);
    if (m_face.isFixed)
        text += tr(", fixed");
    setAccessibleName(text);
    QString tip = tagName(m_face.tag) + QStringLiteral(" (") + m_face.tag + QLatin1Char(')');
    if (const auto example = tagExample(m_face.tag); !example.isEmpty())
        tip += QStringLiteral(": ") + example;
    if (m_face.probability >= 0)
        tip += QLatin1Char('\n') + tr("%1 of the chance among words of this kind").arg(percent(m_face.probability));
    if (!m_face.isRead)
        tip += QLatin1Char('\n') + tr("Read as another part of speech in this sentence");
    setToolTip(tip);
}

QSize PlaceChip::sizeHint() const
{
    const QFontMetrics words(wordFont(font())), names(nameFont(font()));
    const int inner = std::max(words.horizontalAdvance(m_face.word) + (m_face.isFixed ? lockSide + 4 : 0),
                               names.horizontalAdvance(tagName(m_face.tag)));
    return {std::clamp(inner + 3 * gridUnit, narrowest, widest), words.height() + names.height() + 3 * gridUnit};
}

void PlaceChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    const QColor accent = palette().color(QPalette::Highlight);
    QColor fill = m_face.isFixed ? blend(base, accent, 0.22) : blend(base, ink, 0.06);
    if (underMouse())
        fill = blend(fill, accent, 0.12);
    const QRectF body = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(accent, 2) : QPen(m_face.isFixed ? accent : hairline(palette()), 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(body, gridUnit, gridUnit);

    const QFontMetrics words(wordFont(font())), names(nameFont(font()));
    const QRect inside = rect().adjusted(gridUnit, gridUnit, -gridUnit, -gridUnit);
    QRect wordRect(inside.left(), inside.top(), inside.width(), words.height());
    if (m_face.isFixed) {
        const QRect lock = QStyle::visualRect(
            layoutDirection(), wordRect,
            QRect(wordRect.right() - lockSide, wordRect.center().y() - lockSide / 2, lockSide, lockSide));
        paintLock(painter, lock, accent);
        wordRect = QStyle::visualRect(layoutDirection(), wordRect, wordRect.adjusted(0, 0, -lockSide - 4, 0));
    }
    painter.setFont(wordFont(font()));
    painter.setPen(m_face.word.isEmpty() ? quietText(palette()) : ink);
    const QString word = m_face.word.isEmpty() ? QStringLiteral("…") : m_face.word;
    painter.drawText(wordRect, Qt::AlignCenter, words.elidedText(word, Qt::ElideRight, wordRect.width()));
    if (!m_face.isRead) { // a wavy line, as below a word that a speller does not know
        QPainterPath wave;
        const int wide = std::min(words.horizontalAdvance(word), wordRect.width());
        const qreal y = wordRect.bottom() - 1, from = wordRect.center().x() - wide / 2.0;
        wave.moveTo(from, y);
        for (int i = 0; i * 4 < wide; ++i)
            wave.quadTo(from + i * 4 + 2, y + (i % 2 ? 2 : -2), from + i * 4 + 4, y);
        painter.setPen(QPen(QColor(0xc0, 0x5a, 0x20), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(wave);
    }
    const QRect nameRect(inside.left(), wordRect.bottom() + 2, inside.width(), names.height());
    painter.setFont(nameFont(font()));
    painter.setPen(quietText(palette()));
    painter.drawText(nameRect, Qt::AlignCenter,
                     names.elidedText(tagName(m_face.tag), Qt::ElideRight, nameRect.width()));
    if (m_face.probability >= 0) {
        const QRectF track(inside.left(), height() - gridUnit, inside.width(), 3);
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(base, ink, 0.12));
        painter.drawRoundedRect(track, 1.5, 1.5);
        QRectF bar = track;
        bar.setWidth(std::max(3.0, track.width() * std::min(m_face.probability, 1.0)));
        if (layoutDirection() == Qt::RightToLeft)
            bar.moveRight(track.right());
        painter.setBrush(accent);
        painter.drawRoundedRect(bar, 1.5, 1.5);
    }
}

QMenu *PlaceChip::createMenu()
{
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (const auto &[word, probability] : m_face.offered) {
        auto *action = menu->addAction(menuText(menu, word) + QLatin1Char('\t') + percent(probability));
        action->setCheckable(true);
        action->setChecked(word == m_face.word);
        action->setData(word);
        connect(action, &QAction::triggered, this, [this, word = word] { Q_EMIT wordChosen(word); });
    }
    if (!m_face.offered.empty())
        menu->addSeparator();
    if (!m_face.word.isEmpty()) {
        auto *lock = menu->addAction(m_face.isFixed ? tr("Free this word") : tr("Fix this word"));
        lock->setObjectName(QStringLiteral("lockWord"));
        connect(lock, &QAction::triggered, this, &PlaceChip::lockToggled);
        auto *ban = menu->addAction(tr("Never use “%1”").arg(m_face.word));
        ban->setObjectName(QStringLiteral("banWord"));
        connect(ban, &QAction::triggered, this, [this] { Q_EMIT banRequested(m_face.word); });
        menu->addSeparator();
    }
    const auto addTags = [&](const QString &title, const char *name, const auto &chosen) {
        auto *tags = menu->addMenu(title);
        tags->setObjectName(QLatin1String(name));
        for (const auto &tag : offeredTags()) {
            auto *action = tags->addAction(tagName(tag) + QLatin1Char('\t') + tagExample(tag));
            action->setData(tag);
            action->setCheckable(tag == m_face.tag && QLatin1String(name) == QLatin1String("changeTag"));
            action->setChecked(action->isCheckable());
            connect(action, &QAction::triggered, this, [chosen, tag] { chosen(tag); });
        }
    };
    addTags(tr("Other part of speech"), "changeTag", [this](const QString &tag) { Q_EMIT tagChosen(tag); });
    addTags(tr("Insert in front"), "insertBefore", [this](const QString &tag) { Q_EMIT insertRequested(false, tag); });
    addTags(tr("Insert behind"), "insertBehind", [this](const QString &tag) { Q_EMIT insertRequested(true, tag); });
    auto *remove = menu->addAction(tr("Remove"));
    remove->setObjectName(QStringLiteral("removePlace"));
    remove->setEnabled(m_count > 1);
    connect(remove, &QAction::triggered, this, &PlaceChip::removeRequested);
    return menu;
}

void PlaceChip::openMenu()
{
    auto *menu = createMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(mapToGlobal(QPoint(layoutDirection() == Qt::RightToLeft ? width() : 0, height())));
}

void PlaceChip::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool control = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int step = (event->key() == Qt::Key_Right) != mirrored ? 1 : -1;
        if (control)
            Q_EMIT moveWanted(step);
        else
            Q_EMIT focusWanted(step);
        return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Menu:
        openMenu();
        return;
    case Qt::Key_Space:
        if (!m_face.word.isEmpty())
            Q_EMIT lockToggled();
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Insert:
        Q_EMIT insertRequested(false, QStringLiteral("JJ"));
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PlaceChip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->pos();
    m_mayDrag = true;
}

void PlaceChip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_mayDrag && (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_mayDrag = false;
        Q_EMIT dragRequested();
    }
}

void PlaceChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_mayDrag && rect().contains(event->pos()))
        openMenu();
    m_mayDrag = false;
}

void PlaceChip::contextMenuEvent(QContextMenuEvent *)
{
    openMenu();
}

void PlaceChip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void PlaceChip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void PlaceChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace photolex::ui
