#include "ui/expression/term_chip.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/common/thumbnail_loader.h"
#include "ui/expression/expression_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr int sliderSteps = 20; // in 1
constexpr int signSide = 28, sliderHeight = 28;
constexpr double corner = 8;

// Plus and minus as a disc: filled for what is added, a ring for what is taken away.
class SignButton : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool minus = isChecked();
        const QColor accent = palette().color(QPalette::Highlight), window = palette().color(QPalette::Window);
        const QColor ink = palette().color(QPalette::WindowText);
        const double lift = isDown() ? 0.25 : underMouse() ? 0.12 : 0;
        const QRectF disc = QRectF(rect()).adjusted(2, 2, -2, -2);
        painter.setBrush(minus ? blend(window, ink, lift) : blend(accent, ink, lift));
        painter.setPen(QPen(minus ? blend(window, ink, 0.6) : painter.brush().color(), 1.5));
        painter.drawEllipse(disc);
        painter.setPen(
            QPen(minus ? ink : palette().color(QPalette::HighlightedText), 2.2, Qt::SolidLine, Qt::RoundCap));
        const QPointF middle = disc.center();
        painter.drawLine(middle - QPointF(5.5, 0), middle + QPointF(5.5, 0));
        if (!minus)
            painter.drawLine(middle - QPointF(0, 5.5), middle + QPointF(0, 5.5));
        if (hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(accent, 1.5));
            painter.drawEllipse(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75));
        }
    }
};

} // namespace

TermChip::TermChip(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_sign(new SignButton(this))
    , m_remove(new QToolButton(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_weight(new QLabel(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    m_sign->setCheckable(true);
    m_sign->setFocusPolicy(Qt::TabFocus);
    m_sign->setCursor(Qt::PointingHandCursor);
    m_remove->setIcon(icon(QStringLiteral("expression/term-remove")));
    m_remove->setIconSize({14, 14});
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::NoFocus); // the Delete key does the same
    m_slider->setRange(0, static_cast<int>(sliderEnd * sliderSteps));
    m_slider->setPageStep(sliderSteps / 2);
    m_slider->setSingleStep(1);
    m_slider->setFocusPolicy(Qt::TabFocus);
    m_weight->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_weight->setForegroundRole(QPalette::WindowText);

    connect(m_sign, &QToolButton::clicked, this, [this](bool minus) { Q_EMIT signChosen(minus); });
    connect(m_remove, &QToolButton::clicked, this, &TermChip::removeRequested);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT weightChosen(static_cast<double>(value) / sliderSteps); });
    connect(m_slider, &QSlider::sliderReleased, this, &TermChip::gestureEnded);
    // While photos are added this comes several times a second: a picture that is on its way is not asked for again.
    connect(m_session, &Session::photosChanged, this, [this] {
        if (m_picture.isNull() && !m_loading.isRunning())
            load();
    });
}

TermChip::~TermChip() = default;

void TermChip::setTerm(const search::Term &term, bool isFirst)
{
    const bool sameFace = term.kind == m_term.kind && term.text == m_term.text;
    m_term = term;
    m_isFirst = isFirst;
    if (!sameFace) {
        m_outcome = {};
        m_loading.cancel(); // a picture on its way is not of this term
        m_picture = {};
        m_scaled = {};
        endEdit(false);
        load();
    }
    m_sign->setChecked(term.isNegative);
    {
        const QSignalBlocker silent(m_slider);
        m_slider->setValue(static_cast<int>(std::lround(term.weight * sliderSteps)));
    }
    m_weight->setText(weightText(term.weight));
    describe();
    update();
}

void TermChip::setOutcome(const TermOutcome &outcome)
{
    m_outcome = outcome;
    describe();
    update();
}

void TermChip::describe()
{
    const QString spoken = spokenTerm(m_term);
    setAccessibleName(spoken);
    m_sign->setAccessibleName(m_term.isNegative ? tr("Add instead of taking away") : tr("Take away instead of adding"));
    m_sign->setToolTip(m_sign->accessibleName());
    m_remove->setAccessibleName(tr("Take “%1” out").arg(termTitle(m_term)));
    m_remove->setToolTip(tr("Take out (Delete)"));
    m_slider->setAccessibleName(tr("Weight of “%1”").arg(termTitle(m_term)));
    QString tip = m_term.kind == search::Term::Kind::Photo ? displayPath(m_term.text) : termTitle(m_term);
    if (m_outcome.failure)
        tip += QLatin1Char('\n') +
               (m_term.kind == search::Term::Kind::Photo ? shortReason(*m_outcome.failure) : tr("It cannot be read"));
    else if (!m_outcome.counts)
        tip += QLatin1Char('\n') + tr("It does not count: nothing in it is known");
    setToolTip(tip);
    setAccessibleDescription(m_outcome.counts ? QString() : tr("It does not count"));
}

void TermChip::load()
{
    if (m_term.kind != search::Term::Kind::Photo || !m_session->catalogue())
        return;
    const int side = static_cast<int>(std::ceil(cardWidth * devicePixelRatioF()));
    m_loading.run(
        [path = m_term.text, side, catalogue = m_session->catalogue(),
         cache = m_session->thumbnails()](const std::stop_token &) -> Result<QImage> {
            const auto known = catalogue->photoAt(path);
            if (known && *known)
                if (const auto info = readInfo(*catalogue, (*known)->id))
                    return loadThumbnail(cache.get(), thumbnailRequest(*info), side);
            return loadThumbnail(nullptr, {.path = path}, side);
        },
        [this](Result<QImage> picture) {
            m_picture = picture ? std::move(*picture) : QImage();
            m_scaled = {};
            update();
        });
}

QRect TermChip::cardRect() const
{
    return QStyle::visualRect(layoutDirection(), rect(), QRect(signWidth, 0, width() - signWidth, height()));
}

QRect TermChip::faceRect() const
{
    return cardRect().adjusted(1, 1, -1, -1 - sliderHeight);
}

void TermChip::resizeEvent(QResizeEvent *)
{
    const auto place = [this](QWidget *widget, const QRect &where) {
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), where));
    };
    const int cardLeft = signWidth, bottom = height() - sliderHeight;
    place(m_sign, {(signWidth - signSide) / 2, (bottom - signSide) / 2, signSide, signSide});
    place(m_remove, {width() - 26, 4, 22, 22});
    const int textWidth = fontMetrics().horizontalAdvance(weightText(2.25)) + 4;
    place(m_slider, {cardLeft + 8, bottom, cardWidth - 24 - textWidth, sliderHeight});
    place(m_weight, {width() - textWidth - 8, bottom, textWidth, sliderHeight});
    m_scaled = {};
    if (m_edit)
        m_edit->setGeometry(faceRect().adjusted(6, 24, -6, -24));
}

void TermChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QColor window = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    const QColor accent = palette().color(QPalette::Highlight);
    const QRectF card = QRectF(cardRect()).adjusted(1, 1, -1, -1);
    const bool focused = hasFocus();
    painter.setBrush(palette().color(QPalette::Base));
    painter.setPen(QPen(focused ? accent : blend(window, ink, underMouse() ? 0.32 : 0.18), focused ? 2 : 1));
    painter.drawRoundedRect(card, corner, corner);

    const QRectF face = faceRect();
    QPainterPath inside;
    inside.addRoundedRect(card.adjusted(1, 1, -1, -1), corner - 1, corner - 1);
    if (!m_picture.isNull()) {
        if (m_scaled.isNull()) {
            const double ratio = devicePixelRatioF();
            const QSize size = faceRect().size() * ratio;
            QImage filled = m_picture.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
            filled = filled.copy((filled.width() - size.width()) / 2, (filled.height() - size.height()) / 2,
                                 size.width(), size.height());
            m_scaled = QPixmap::fromImage(filled);
            m_scaled.setDevicePixelRatio(ratio);
        }
        painter.save();
        painter.setClipPath(inside);
        painter.setOpacity(m_term.weight == 0 ? 0.35 : 1);
        painter.drawPixmap(face.topLeft(), m_scaled);
        painter.restore();
        // So that the cross is seen on any picture.
        painter.setPen(Qt::NoPen);
        QColor veil = palette().color(QPalette::Base);
        veil.setAlphaF(underMouse() || focused ? 0.85F : 0.6F);
        painter.setBrush(veil);
        painter.drawEllipse(m_remove->geometry());
    } else if (!m_edit) {
        QFont large = font();
        const QString title = termTitle(m_term);
        const bool words = m_term.kind == search::Term::Kind::Words;
        large.setPointSizeF(large.pointSizeF() * (words && title.size() < 24 ? 1.25 : 1.0));
        large.setItalic(m_term.kind == search::Term::Kind::Saved);
        painter.setFont(large);
        painter.setPen(m_term.weight == 0 || !m_outcome.counts ? quietText(palette()) : ink);
        const QRect room = faceRect().adjusted(10, 22, -10, -8);
        QTextOption option(Qt::AlignCenter);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        const QString shown = painter.fontMetrics().elidedText(title, Qt::ElideMiddle, room.width() * 3);
        painter.drawText(QRectF(room), shown, option);
    }
    if (!m_outcome.counts) {
        QPen dashed(blend(window, ink, 0.5), 1.5, Qt::DashLine);
        painter.setPen(dashed);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(card.adjusted(2, 2, -2, -2), corner - 2, corner - 2);
        painter.setFont(font());
        painter.setPen(ink);
        const QString mark = m_outcome.failure ? tr("cannot be read") : tr("not known");
        const int height = painter.fontMetrics().height() + 4;
        const QRectF band(face.left() + 6, face.bottom() - height - 4, face.width() - 12, height);
        QColor ground = palette().color(QPalette::Base);
        ground.setAlphaF(0.85F);
        painter.fillRect(band, ground);
        painter.drawText(band, Qt::AlignCenter, mark);
    }
    painter.fillRect(QRectF(card.left() + 1, face.bottom(), card.width() - 2, 1), hairline(palette()));
}

QPixmap TermChip::dragPicture()
{
    return grab(cardRect());
}

bool TermChip::event(QEvent *event)
{
    // Keys that mean something to the card must not run off as shortcuts of the place, such as moving to the trash.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Plus:
        case Qt::Key_Minus:
        case Qt::Key_F2:
            event->accept();
            return true;
        default:
            break;
        }
    }
    return QWidget::event(event);
}

void TermChip::setWeight(double weight)
{
    Q_EMIT weightChosen(std::clamp(weight, 0.0, search::Expression::largestWeight));
}

void TermChip::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const double step = event->modifiers() & Qt::ShiftModifier ? 0.5 : 0.1;
    const int ahead = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Plus:
        Q_EMIT signChosen(false);
        return;
    case Qt::Key_Minus:
        Q_EMIT signChosen(true);
        return;
    case Qt::Key_Up:
        return setWeight(m_term.weight + step);
    case Qt::Key_Down:
        return setWeight(m_term.weight - step);
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Right ? ahead : -ahead;
        if (control)
            Q_EMIT moveWanted(direction);
        else
            Q_EMIT focusWanted(direction);
        return;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        return edit();
    default:
        QWidget::keyPressEvent(event);
    }
}

void TermChip::mousePressEvent(QMouseEvent *event)
{
    m_mayDrag = event->button() == Qt::LeftButton && cardRect().contains(event->position().toPoint());
    m_pressed = event->position().toPoint();
    setFocus(Qt::MouseFocusReason);
}

void TermChip::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_mayDrag || !(event->buttons() & Qt::LeftButton) ||
        (event->position().toPoint() - m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_mayDrag = false;
    Q_EMIT dragRequested();
}

void TermChip::mouseDoubleClickEvent(QMouseEvent *)
{
    edit();
}

void TermChip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void TermChip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    Q_EMIT gestureEnded(); // of the keys
    update();
}

void TermChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_remove->setIcon(icon(QStringLiteral("expression/term-remove")));
}

void TermChip::edit()
{
    if (m_term.kind != search::Term::Kind::Words || m_edit)
        return;
    m_edit = new QLineEdit(termTitle(m_term), this);
    m_edit->setAccessibleName(tr("Words"));
    m_edit->setGeometry(faceRect().adjusted(6, 24, -6, -24));
    m_edit->setMaxLength(2000);
    m_edit->selectAll();
    m_edit->installEventFilter(this);
    m_edit->show();
    m_edit->setFocus();
    update();
}

void TermChip::endEdit(bool keep)
{
    if (!m_edit)
        return;
    const QString text = m_edit->text().trimmed();
    const bool hadFocus = m_edit->hasFocus();
    m_edit->removeEventFilter(this);
    m_edit->deleteLater();
    m_edit = nullptr;
    if (hadFocus)
        setFocus();
    update();
    if (keep && !text.isEmpty() && text != termTitle(m_term))
        Q_EMIT wordsEdited(text);
}

bool TermChip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit) {
        if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            endEdit(true);
        if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
            const int key = static_cast<QKeyEvent *>(event)->key();
            // Return would go on to the card, and open the field again.
            const bool ends = key == Qt::Key_Return || key == Qt::Key_Enter;
            if (!ends && key != Qt::Key_Escape)
                return false;
            if (event->type() == QEvent::KeyPress)
                endEdit(ends);
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace photolex::ui
