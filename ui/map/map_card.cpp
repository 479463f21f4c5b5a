#include "ui/map/map_card.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr int cardPadding = gridUnit, away = 10; // pixels
constexpr std::size_t wordsShown = 4;

} // namespace

MapCard::MapCard(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_pictures(session)
{
    setObjectName(QStringLiteral("mapCard"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    connect(m_pictures.loader(), &ThumbnailLoader::loaded, this, [this] { update(); });
    connect(&m_pictures, &MapPictures::infosCame, this, [this] { place(); });
}

void MapCard::showPhoto(PhotoId photo, const QRect &around, const QString &group)
{
    m_photo = photo;
    m_around = around;
    m_group = group;
    m_words.clear();
    m_reading.cancel();
    if (!photo) {
        hide();
        return;
    }
    m_pictures.want({photo}, static_cast<int>(std::lround(pictureSide * devicePixelRatioF())));
    if (const auto engine = m_session->engine())
        m_reading.run(
            [engine, photo](const std::stop_token &) -> Result<std::vector<search::Engine::Word>> {
                const auto point = engine->pointOf(photo);
                if (!point)
                    return fail(point.error());
                return engine->nearestWords(*point, wordsShown);
            },
            [this](Result<std::vector<search::Engine::Word>> words) {
                if (!words)
                    return;
                QStringList named;
                for (const auto &each : *words)
                    named += QString::fromStdString(each.word);
                m_words = named.join(QStringLiteral(", "));
                place();
            });
    place();
    show();
    raise();
}

QStringList MapCard::lines() const
{
    QStringList all;
    if (const auto *info = m_pictures.info(m_photo)) {
        all += info->name;
        if (info->takenAt)
            all += takenAtText(*info->takenAt);
    }
    if (!m_group.isEmpty())
        all += tr("Group: %1").arg(m_group);
    if (!m_words.isEmpty())
        all += tr("Looks like: %1").arg(m_words);
    return all;
}

QString MapCard::text() const
{
    return lines().join(QLatin1Char('\n'));
}

void MapCard::place()
{
    const int height = fontMetrics().height();
    resize(pictureSide + 2 * cardPadding, pictureSide + 2 * cardPadding + static_cast<int>(lines().size()) * height +
                                              (lines().isEmpty() ? 0 : cardPadding / 2));
    const QRect space = parentWidget()->rect().adjusted(4, 4, -4, -4);
    int x = m_around.right() + away;
    if (layoutDirection() == Qt::RightToLeft || x + width() > space.right())
        x = m_around.left() - away - width();
    if (x < space.left())
        x = std::min(m_around.right() + away, space.right() - width());
    const int y = std::clamp(m_around.center().y() - this->height() / 2, space.top(),
                             std::max(space.top(), space.bottom() - this->height()));
    move(x, y);
    update();
}

void MapCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QColor base = palette().color(QPalette::ToolTipBase), ink = palette().color(QPalette::ToolTipText);
    painter.setPen(QPen(blend(base, ink, 0.2), 1));
    painter.setBrush(base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRectF square(cardPadding, cardPadding, pictureSide, pictureSide);
    const QPixmap picture = m_pictures.loader()->pixmap(m_photo);
    if (picture.isNull()) {
        const Error *failure = m_pictures.loader()->failure(m_photo);
        painter.setPen(blend(base, ink, 0.6));
        painter.drawText(square, Qt::AlignCenter | Qt::TextWordWrap, failure ? shortReason(*failure) : QString());
    } else {
        const QSizeF size = QSizeF(picture.size()) / devicePixelRatioF();
        painter.drawPixmap(QRectF(square.center().x() - size.width() / 2, square.center().y() - size.height() / 2,
                                  size.width(), size.height()),
                           picture, QRectF(picture.rect()));
    }
    const auto written = lines();
    int y = pictureSide + cardPadding + cardPadding / 2;
    const int height = fontMetrics().height();
    for (int i = 0; i < written.size(); ++i, y += height) {
        painter.setPen(i == 0 ? ink : blend(base, ink, 0.75));
        painter.drawText(QRect(cardPadding, y, pictureSide, height), Qt::AlignVCenter | Qt::AlignLeading,
                         fontMetrics().elidedText(written[i], i == 0 ? Qt::ElideMiddle : Qt::ElideRight, pictureSide));
    }
}

} // namespace photolex::ui
