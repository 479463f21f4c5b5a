#include "ui/widgets/drag_picture.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QWidget>

namespace photolex::ui {

namespace {

constexpr int side = 96; // device-independent pixels

void paintPill(QPainter &painter, const QRectF &where, const QString &text, const QPalette &palette)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.color(QPalette::Highlight));
    painter.drawRoundedRect(where, where.height() / 2, where.height() / 2);
    painter.setPen(palette.color(QPalette::HighlightedText));
    painter.drawText(where, Qt::AlignCenter, text);
}

} // namespace

QPixmap photosDragPicture(const QPixmap &photo, qsizetype count, const QWidget *from)
{
    const double ratio = from->devicePixelRatioF();
    QPixmap picture = photo;
    if (picture.isNull()) {
        picture = QPixmap(QSize(64, 64) * ratio);
        picture.fill(from->palette().color(QPalette::Mid));
    }
    picture = picture.scaled(QSize(side, side) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    picture.setDevicePixelRatio(ratio);
    if (count > 1) {
        QPainter painter(&picture);
        const QString text = from->locale().toString(count);
        const QFontMetrics metrics(from->font());
        paintPill(painter, QRectF(4, 4, metrics.horizontalAdvance(text) + 16, metrics.height() + 4), text,
                  from->palette());
    }
    return picture;
}

QPixmap wordDragPicture(const QString &word, const QWidget *from)
{
    const double ratio = from->devicePixelRatioF();
    const QFontMetrics metrics(from->font());
    const QSize size(metrics.horizontalAdvance(word) + 24, metrics.height() + 8);
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintPill(painter, QRectF(QPointF(0, 0), size), word, from->palette());
    return picture;
}

} // namespace photolex::ui
