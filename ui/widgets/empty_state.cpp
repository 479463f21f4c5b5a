#include "ui/widgets/empty_state.h"

#include "ui/widgets/tile_painter.h"

#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

constexpr int drawingHeight = 120;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_action(new QPushButton)
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_title->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(440);
    m_sentence->setMinimumWidth(200);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_action->setMinimumHeight(36);
    m_action->setAutoDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addSpacing(drawingHeight + 16);
    layout->addWidget(m_title);
    auto *line = new QHBoxLayout;
    line->addStretch();
    line->addWidget(m_sentence, 1);
    line->addStretch();
    layout->addLayout(line);
    layout->addSpacing(8);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setContent(Picture picture, const QString &title, const QString &sentence, const QString &action)
{
    m_picture = picture;
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    update();
}

QString EmptyState::title() const
{
    return m_title->text();
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor base = palette().color(QPalette::Base), ink = palette().color(QPalette::Text);
    const QColor line = mixed(base, ink, 0.35), fill = mixed(base, ink, 0.06);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.translate(width() / 2.0, m_title->geometry().top() - 16 - drawingHeight / 2.0);

    const auto photo = [&](QPointF at, double angle, bool front) {
        painter.save();
        painter.translate(at);
        painter.rotate(angle);
        const QRectF frame(-54, -40, 108, 80);
        painter.setPen(QPen(line, 2));
        painter.setBrush(front ? base : fill);
        painter.drawRoundedRect(frame, 8, 8);
        if (front) {
            QPainterPath clip;
            clip.addRoundedRect(frame.adjusted(6, 6, -6, -6), 4, 4);
            painter.setClipPath(clip);
            painter.fillPath(clip, fill);
            QPainterPath hills(QPointF(-54, 40));
            hills.lineTo(-22, -4);
            hills.lineTo(4, 24);
            hills.lineTo(20, 8);
            hills.lineTo(54, 40);
            painter.setPen(Qt::NoPen);
            painter.setBrush(mixed(base, accent, 0.45));
            painter.drawPath(hills);
            painter.setBrush(mixed(base, accent, 0.8));
            painter.drawEllipse(QPointF(24, -14), 8, 8);
        }
        painter.restore();
    };
    switch (m_picture) {
    case Picture::Photos:
    case Picture::Filter:
        photo({-26, 4}, -10, false);
        photo({8, 0}, 4, true);
        break;
    case Picture::Drive:
        photo({0, -6}, 0, false);
        break;
    case Picture::Search:
        photo({-8, -4}, 0, true);
        break;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(mixed(base, ink, 0.6), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (m_picture == Picture::Search) {
        painter.drawEllipse(QPointF(40, 26), 18, 18);
        painter.drawLine(QPointF(54, 40), QPointF(66, 52));
    } else if (m_picture == Picture::Filter) {
        painter.setBrush(base);
        painter.drawPolygon(QPolygonF({{40, 22}, {76, 22}, {62, 38}, {62, 54}, {54, 50}, {54, 38}}));
    } else if (m_picture == Picture::Drive) {
        painter.drawLine(QPointF(-24, 14), QPointF(24, -26));
    }
}

} // namespace photolex::ui
