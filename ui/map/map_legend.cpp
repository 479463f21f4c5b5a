#include "ui/map/map_legend.h"

#include "ui/style/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int padding = gridUnit, swatch = 10, rampWidth = 160, rampHeight = 10;
constexpr int mostKinds = 8, widest = 220;

} // namespace

MapLegend::MapLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("mapLegend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void MapLegend::setColours(const DotColours &colours)
{
    m_by = colours.by;
    m_texts.clear();
    if (m_by == ColourBy::Nearness) {
        m_texts = {tr("far"), tr("near")};
    } else if (m_by != ColourBy::Group) {
        for (std::size_t i = 0; i < std::min<std::size_t>(colours.names.size(), mostKinds); ++i)
            m_texts += colours.names[i];
        if (colours.names.size() > mostKinds)
            m_texts += tr("%n more", nullptr, static_cast<int>(colours.names.size()) - mostKinds);
    }
    setAccessibleName(tr("Colours: %1").arg(m_texts.join(QStringLiteral(", "))));
    const QFontMetrics metrics(font());
    int width = 0;
    for (const auto &text : m_texts)
        width = std::max(width, std::min(metrics.horizontalAdvance(text), widest));
    const bool isRamp = colours.isRamp();
    resize(isRamp ? std::max(rampWidth, 2 * width + 2 * gridUnit) + 2 * padding : width + swatch + 3 * padding,
           (isRamp ? rampHeight + 4 + metrics.height() : static_cast<int>(m_texts.size()) * metrics.height()) +
               2 * padding);
    setVisible(!m_texts.isEmpty());
    update();
}

void MapLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(font());
    QColor under = palette().color(QPalette::Window);
    under.setAlpha(225);
    painter.setPen(QPen(hairline(palette()), 1));
    painter.setBrush(under);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const bool dark = isDark(palette());
    DotColours colours;
    colours.by = m_by;
    const QColor ink = palette().color(QPalette::WindowText);
    if (colours.isRamp()) {
        const int width = this->width() - 2 * padding;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        for (int x = 0; x < width; ++x) {
            const auto value = static_cast<std::uint16_t>((mirrored ? width - 1 - x : x) * DotColours::steps / width);
            painter.fillRect(padding + x, padding, 1, rampHeight, QColor(colourOf(colours, value, dark)));
        }
        painter.setPen(ink);
        const QRect line(padding, padding + rampHeight + 4, width, metrics.height());
        painter.drawText(line, Qt::AlignLeading | Qt::AlignVCenter, m_texts.value(0));
        painter.drawText(line, Qt::AlignTrailing | Qt::AlignVCenter, m_texts.value(1));
        return;
    }
    for (int i = 0; i < m_texts.size(); ++i) {
        const int y = padding + i * metrics.height();
        const QRect line =
            QStyle::visualRect(layoutDirection(), rect(),
                               QRect(2 * padding + swatch, y, width() - swatch - 3 * padding, metrics.height()));
        if (i < mostKinds) {
            const QRect dot = QStyle::visualRect(layoutDirection(), rect(),
                                                 QRect(padding, y + (metrics.height() - swatch) / 2, swatch, swatch));
            painter.setPen(Qt::NoPen);
            painter.setBrush(kindColour(i, dark));
            painter.drawEllipse(dot);
        }
        painter.setPen(ink);
        painter.drawText(line, Qt::AlignLeading | Qt::AlignVCenter,
                         metrics.elidedText(m_texts[i], Qt::ElideMiddle, line.width()));
    }
}

} // namespace photolex::ui
