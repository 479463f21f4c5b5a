#include "ui/widgets/tile_painter.h"

#include "ui/common/photo_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr double cardRadius = 6, pictureRadius = 3, cardPadding = 6;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::PhotoGrid)
};

// Pictures lie on whole physical pixels, or they blur at fractional ratios.
double snapped(double value, double ratio)
{
    return std::round(value * ratio) / ratio;
}

} // namespace

QColor mixed(const QColor &first, const QColor &second, double share)
{
    const auto mix = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(mix(first.redF(), second.redF()), mix(first.greenF(), second.greenF()),
                            mix(first.blueF(), second.blueF()));
}

TilePainter::TilePainter(QPainter *painter, const QPalette &palette, double ratio, const QFont &font)
    : m_painter(painter)
    , m_palette(palette)
    , m_ratio(ratio)
    , m_font(font)
    , m_smallFont(font)
{
    if (font.pointSizeF() > 0)
        m_smallFont.setPointSizeF(font.pointSizeF() * 0.85);
    m_painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::TextAntialiasing);
}

int TilePainter::pictureSide(int tileSide, double ratio)
{
    return static_cast<int>(std::lround((tileSide - 2 * cardPadding) * ratio));
}

void TilePainter::paint(const Tile &tile)
{
    const QColor base = m_palette.color(QPalette::Base), text = m_palette.color(QPalette::Text);
    const QColor accent = m_palette.color(QPalette::Highlight);
    QColor card = mixed(base, text, tile.hovered ? 0.08 : 0.045);
    if (tile.selected)
        card = mixed(base, accent, 0.32);
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(card);
    m_painter->drawRoundedRect(tile.rect, cardRadius, cardRadius);

    const QRectF square(tile.rect.x(), tile.rect.y(), tile.side, tile.side);
    const bool away = tile.info && !tile.info->isReadable();
    m_painter->setOpacity(away ? 0.55 : tile.dimmed ? 0.8 : 1.0);
    const QRectF picture = paintPicture(tile, square);
    m_painter->setOpacity(1);
    if (picture.isNull() && tile.failure)
        paintFailure(tile, square);
    paintBadges(tile, picture.isNull() ? square.adjusted(4, 4, -4, -4) : picture);

    if (tile.nameShown && tile.info) {
        const QRectF line(tile.rect.x() + cardPadding, tile.rect.y() + tile.side - 2,
                          tile.rect.width() - 2 * cardPadding, tile.rect.height() - tile.side);
        m_painter->setFont(m_smallFont);
        m_painter->setPen(mixed(base, text, tile.selected ? 1.0 : 0.75));
        m_painter->drawText(line, Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine,
                            QFontMetricsF(m_smallFont).elidedText(tile.info->name, Qt::ElideMiddle, line.width()));
    }
    if (tile.selected || tile.current) {
        m_painter->setBrush(Qt::NoBrush);
        m_painter->setPen(QPen(tile.selected ? accent : mixed(base, text, 0.45), tile.current ? 2 : 1));
        m_painter->drawRoundedRect(QRectF(tile.rect).adjusted(1, 1, -1, -1), cardRadius - 1, cardRadius - 1);
    }
}

QRectF TilePainter::paintPicture(const Tile &tile, const QRectF &square)
{
    if (tile.pixmap.isNull())
        return {};
    const double box = tile.side - 2 * cardPadding;
    QSizeF size = QSizeF(tile.pixmap.size()) / m_ratio;
    // Made for another tile size: scaled now, the right one is on its way.
    if (tile.pictureSide > 0 && std::abs(tile.pictureSide / m_ratio - box) > 1)
        size *= box * m_ratio / tile.pictureSide;
    const QRectF target(snapped(square.center().x() - size.width() / 2, m_ratio),
                        snapped(square.center().y() - size.height() / 2, m_ratio), size.width(), size.height());
    // A brush instead of a clip: its edge is smooth, and at scale 1 its pixels are the picture's.
    QBrush brush(tile.pixmap);
    brush.setTransform(QTransform::fromTranslate(target.x(), target.y())
                           .scale(target.width() / tile.pixmap.width(), target.height() / tile.pixmap.height()));
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(brush);
    m_painter->drawRoundedRect(target, pictureRadius, pictureRadius);
    return target;
}

void TilePainter::paintFailure(const Tile &tile, const QRectF &square)
{
    const QColor muted = mixed(m_palette.color(QPalette::Base), m_palette.color(QPalette::Text), 0.55);
    // A picture frame with a crack.
    const double unit = std::clamp(square.width() / 6, 14.0, 28.0);
    const QRectF frame(square.center().x() - unit, square.center().y() - unit * 1.3, 2 * unit, unit * 1.5);
    m_painter->setBrush(Qt::NoBrush);
    m_painter->setPen(QPen(muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter->drawRoundedRect(frame, 3, 3);
    QPainterPath crack(QPointF(frame.center().x() + 2, frame.top()));
    crack.lineTo(frame.center().x() - 4, frame.center().y() - 2);
    crack.lineTo(frame.center().x() + 4, frame.center().y() + 2);
    crack.lineTo(frame.center().x() - 2, frame.bottom());
    m_painter->drawPath(crack);

    m_painter->setFont(m_smallFont);
    m_painter->setPen(muted);
    const QRectF text(square.x() + 8, frame.bottom() + 6, square.width() - 16, square.bottom() - frame.bottom() - 8);
    m_painter->drawText(text, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, shortReason(*tile.failure));
}

void TilePainter::paintPill(const QRectF &rect, const QString &text)
{
    // Over photos: dark glass with light text reads on any picture, in a light theme and in a dark one.
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(QColor(0, 0, 0, 150));
    m_painter->drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    m_painter->setPen(Qt::white);
    m_painter->drawText(rect, Qt::AlignCenter, text);
}

void TilePainter::paintBadges(const Tile &tile, const QRectF &picture)
{
    if (tile.side < 72)
        return;
    m_painter->setFont(m_smallFont);
    const QFontMetricsF metrics(m_smallFont);
    const double height = std::ceil(metrics.height()) + 4;
    QStringList badges;
    if (tile.info) {
        if (!tile.info->isReadable())
            badges += Words::tr("Offline", "badge on a photo whose drive is not connected");
        else if (tile.info->state == catalogue::PhotoState::Damaged)
            badges += Words::tr("Damaged", "badge on a photo");
        if (tile.info->animated)
            badges += Words::tr("Animated", "badge on a photo");
        if (!tile.info->rawFiles.empty())
            badges += Words::tr("RAW", "badge on a photo that has its RAW file beside it");
        if (!tile.info->film.empty())
            badges += Words::tr("Live", "badge on a photo that has a short film beside it");
    }
    double y = picture.top() + 4;
    for (const auto &badge : badges) {
        const double width = metrics.horizontalAdvance(badge) + height;
        paintPill({picture.left() + 4, y, width, height}, badge);
        y += height + 4;
    }
    if (tile.info && tile.info->caption) {
        using enum catalogue::CaptionState;
        const auto state = *tile.info->caption;
        const QString text = state == None ? Words::tr("No caption", "badge on a photo; as short as can be")
                             : state == Proposed
                                 ? Words::tr("Proposal", "badge on a photo for which a caption is proposed")
                             : state == Draft ? Words::tr("Draft", "badge on a photo whose caption is being typed")
                                              : QString();
        if (!text.isEmpty())
            paintPill(
                {picture.left() + 4, picture.bottom() - height - 4, metrics.horizontalAdvance(text) + height, height},
                text);
    }
    if (tile.note) {
        const QString score = QLocale().toString(static_cast<double>(tile.note->score), 'f', 2);
        const double width = metrics.horizontalAdvance(score) + height;
        paintPill({picture.right() - width - 4, picture.bottom() - height - 4, width, height}, score);
    }
}

void TilePainter::paintHeader(const QRect &rect, const QString &title, Qt::LayoutDirection direction)
{
    const QColor base = m_palette.color(QPalette::Base), text = m_palette.color(QPalette::Text);
    QFont font = m_font;
    font.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(title);
    const double middle = snapped(rect.center().y() + 2, m_ratio);
    m_painter->setFont(font);
    m_painter->setPen(mixed(base, text, 0.75));
    const QRectF line(rect.x(), rect.y() + 4, rect.width(), rect.height() - 4);
    // Absolute: where the widget reads from right to left, the painter would turn "right" over once more.
    m_painter->drawText(
        line, Qt::AlignVCenter | Qt::AlignAbsolute | (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft),
        title);
    m_painter->setPen(QPen(mixed(base, text, 0.15), 1));
    if (direction == Qt::RightToLeft)
        m_painter->drawLine(QPointF(rect.left(), middle), QPointF(rect.right() - width - 12, middle));
    else
        m_painter->drawLine(QPointF(rect.left() + width + 12, middle), QPointF(rect.right(), middle));
}

} // namespace photolex::ui
