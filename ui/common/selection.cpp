#include "ui/common/selection.h"

namespace photolex::ui {

Selection::Selection(QObject *parent)
    : QObject(parent)
{
}

void Selection::set(std::vector<PhotoId> photos, PhotoId current)
{
    if (photos == m_photos && current == m_current)
        return;
    m_photos = std::move(photos);
    m_current = current;
    Q_EMIT changed();
}

} // namespace photolex::ui
