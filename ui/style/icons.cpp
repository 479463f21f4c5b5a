#include "ui/style/icons.h"

#include "ui/style/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <QToolButton>
#include <memory>

namespace photolex::ui {

namespace {

class TintedSvg : public QIconEngine {
public:
    explicit TintedSvg(std::shared_ptr<QSvgRenderer> picture)
        : m_picture(std::move(picture))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        QPixmap drawn = tinted(rect.size() * ratio, mode, state);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), drawn);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return tinted(size, mode, state);
    }

    QIconEngine *clone() const override { return new TintedSvg(m_picture); }

private:
    QPixmap tinted(const QSize &size, QIcon::Mode mode, QIcon::State state) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        m_picture->setAspectRatioMode(Qt::KeepAspectRatio);
        m_picture->render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour(mode, state));
        return pixmap;
    }

    static QColor colour(QIcon::Mode mode, QIcon::State state)
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        if (state == QIcon::On)
            return palette.color(QPalette::Highlight);
        return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.2);
    }

    std::shared_ptr<QSvgRenderer> m_picture;
};

} // namespace

QIcon icon(const QString &placeAndName)
{
    auto picture = std::make_shared<QSvgRenderer>(QStringLiteral(":/icons/%1.svg").arg(placeAndName));
    if (!picture->isValid())
        return {};
    return QIcon(new TintedSvg(std::move(picture)));
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/icons/photolex.svg"));
}

QToolButton *iconButton(const QString &placeAndName, const QString &text)
{
    auto *button = new QToolButton;
    button->setIcon(icon(placeAndName));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace photolex::ui
