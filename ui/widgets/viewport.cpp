#include "ui/widgets/viewport.h"

#include <algorithm>

namespace photolex::ui {

QPointF Viewport::toView(QPointF map) const
{
    return (map - m_centre) * m_scale + QPointF(m_size.width() / 2, m_size.height() / 2);
}

QPointF Viewport::toMap(QPointF view) const
{
    return (view - QPointF(m_size.width() / 2, m_size.height() / 2)) / m_scale + m_centre;
}

QRectF Viewport::visible() const
{
    return {toMap({0, 0}), toMap({m_size.width(), m_size.height()})};
}

double Viewport::wholeScale() const
{
    return std::max(std::min(m_size.width(), m_size.height()) - 2 * margin, 16.0) / 2;
}

QPointF Viewport::limited(QPointF centre)
{
    return {std::clamp(centre.x(), -1.0, 1.0), std::clamp(centre.y(), -1.0, 1.0)};
}

void Viewport::resize(QSizeF size)
{
    m_size = QSizeF(std::max(size.width(), 1.0), std::max(size.height(), 1.0));
    m_scale = std::clamp(m_scale, wholeScale() * farthest, wholeScale() * nearest);
}

void Viewport::pan(QPointF pixels)
{
    m_centre = limited(m_centre - pixels / m_scale);
}

void Viewport::zoom(double factor, QPointF around)
{
    const QPointF still = toMap(around);
    m_scale = std::clamp(m_scale * factor, wholeScale() * farthest, wholeScale() * nearest);
    m_centre = limited(m_centre + still - toMap(around));
}

void Viewport::fit(const QRectF &map)
{
    const double width = std::max(m_size.width() - 2 * margin, 16.0),
                 height = std::max(m_size.height() - 2 * margin, 16.0);
    const double least = 1e-3;
    const double wanted = std::min(width / std::max(map.width(), least), height / std::max(map.height(), least));
    m_scale = std::clamp(wanted, wholeScale() * farthest, wholeScale() * nearest);
    m_centre = limited(map.center());
}

} // namespace photolex::ui
