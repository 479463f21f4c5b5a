#include "ui/common/point_path.h"

#include <utility>

namespace photolex::ui {

PointPath::PointPath(QObject *parent)
    : QObject(parent)
{
}

void PointPath::set(std::vector<Step> steps)
{
    if (steps == m_steps)
        return;
    m_steps = std::move(steps);
    Q_EMIT changed();
}

} // namespace photolex::ui
