#include "ui/widgets/shared_selection.h"

#include "ui/common/selection.h"
#include "ui/widgets/photo_grid.h"

#include <QEvent>
#include <QScopedValueRollback>
#include <algorithm>
#include <utility>

namespace photolex::ui {

SharedSelection::SharedSelection(Selection *selection, PhotoGrid *grid)
    : QObject(grid)
    , m_selection(selection)
    , m_grid(grid)
{
    grid->installEventFilter(this);
    connect(grid, &PhotoGrid::selectionChangedByUser, this, &SharedSelection::share);
    connect(selection, &Selection::changed, this, [this] {
        if (!m_sharing && m_grid->isVisible())
            follow();
    });
}

void SharedSelection::share()
{
    if (m_grid->isVisible()) {
        const QScopedValueRollback sharing(m_sharing, true);
        auto photos = m_grid->selectedPhotos();
        const bool isMarked = std::ranges::find(photos, m_grid->currentPhoto()) != photos.end();
        const PhotoId current = isMarked ? m_grid->currentPhoto() : photos.empty() ? PhotoId{} : photos.front();
        m_selection->set(std::move(photos), current);
    }
    Q_EMIT marked();
}

void SharedSelection::follow()
{
    m_grid->markPhotos(m_selection->photos(), m_selection->current());
    Q_EMIT marked();
}

void SharedSelection::reveal(PhotoId photo)
{
    const auto &photos = m_selection->photos();
    if (std::ranges::find(photos, photo) == photos.end())
        return m_grid->selectPhoto(photo);
    m_selection->set(photos, photo);
    follow();
    m_grid->scrollTo(m_grid->currentIndex());
}

PhotoId SharedSelection::current() const
{
    const auto photos = m_grid->selectedPhotos();
    return std::ranges::find(photos, m_selection->current()) == photos.end() ? PhotoId{} : m_selection->current();
}

bool SharedSelection::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show) {
        follow();
        m_grid->scrollTo(m_grid->currentIndex());
    }
    return QObject::eventFilter(watched, event);
}

} // namespace photolex::ui
