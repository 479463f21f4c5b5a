#include "ui/widgets/photo_grid.h"

#include "ui/widgets/photo_grid_p.h"
#include "ui/widgets/tile_painter.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <unordered_set>

namespace photolex::ui {

namespace {

constexpr int headerHeight = 40;

} // namespace

PhotoGrid::PhotoGrid(Session *session, QWidget *parent)
    : PhotoGrid(new ThumbnailLoader(session), parent)
{
}

PhotoGrid::PhotoGrid(ThumbnailLoader *loader, QWidget *parent)
    : QAbstractItemView(parent)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.loader = loader;
    loader->setParent(this);
    connect(loader, &ThumbnailLoader::loaded, this, [this] { viewport()->update(); });
    d.ask.setSingleShot(true);
    connect(&d.ask, &QTimer::timeout, this, &PhotoGrid::askForVisible);
    d.resized.setSingleShot(true);
    d.resized.setInterval(150);
    connect(&d.resized, &QTimer::timeout, this, &PhotoGrid::askForVisible);

    installGridAccessibility();
    setAccessibleName(tr("Photos"));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(true);
    setAcceptDrops(true);
    viewport()->setAcceptDrops(true);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // coming and going, it would change the number of columns
    setTextElideMode(Qt::ElideMiddle);
}

PhotoGrid::~PhotoGrid() = default;

void PhotoGrid::setModel(QAbstractItemModel *model)
{
    Q_ASSERT(!model || qobject_cast<PhotoModel *>(model));
    m_impl->anchor = m_impl->hovered = -1;
    QAbstractItemView::setModel(model);
    updateGeometries();
}

PhotoModel *PhotoGrid::photoModel() const
{
    return static_cast<PhotoModel *>(model());
}

ThumbnailLoader *PhotoGrid::loader() const
{
    return m_impl->loader;
}

// --- Where things lie ---

void PhotoGrid::updateGeometries()
{
    auto &d = *m_impl;
    GridLayout::Metrics metrics;
    metrics.width = viewport()->width();
    metrics.tileSide = d.tileSide;
    metrics.textHeight = d.namesShown ? QFontMetrics(font()).height() + 4 : 0;
    metrics.rightToLeft = isRightToLeft();
    std::vector<GridLayout::Section> sections;
    const int count = photoModel() ? photoModel()->rowCount() : 0;
    if (photoModel())
        for (const auto &section : photoModel()->sections())
            sections.push_back({section.firstRow, section.title.isEmpty() ? 0 : headerHeight});
    d.layout.update(metrics, count, std::move(sections));

    auto *bar = verticalScrollBar();
    bar->setSingleStep(std::max(d.layout.lineHeight() / 4, 20));
    bar->setPageStep(std::max(viewport()->height() - d.layout.lineHeight() / 2, 1));
    bar->setRange(0, std::max(d.layout.contentHeight() - viewport()->height(), 0));
    QAbstractItemView::updateGeometries();
    d.ask.start(0);
    viewport()->update();
}

int PhotoGrid::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect PhotoGrid::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? m_impl->layout.tileRect(index.row()).translated(0, -verticalOffset()) : QRect();
}

QModelIndex PhotoGrid::indexAt(const QPoint &point) const
{
    const int row = m_impl->layout.rowAt(point + QPoint(0, verticalOffset()));
    return row < 0 || !model() ? QModelIndex() : model()->index(row, 0);
}

void PhotoGrid::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const QRect tile = m_impl->layout.tileRect(index.row());
    const int top = verticalOffset(), height = viewport()->height(), space = 8;
    int wanted = top;
    if (hint == PositionAtCenter)
        wanted = tile.center().y() - height / 2;
    else if (hint == PositionAtTop || (hint == EnsureVisible && tile.top() - space < top))
        wanted = tile.top() - space;
    else if (hint == PositionAtBottom || (hint == EnsureVisible && tile.bottom() + space > top + height))
        wanted = tile.bottom() + space - height;
    verticalScrollBar()->setValue(wanted);
}

void PhotoGrid::scrollToRow(int row)
{
    if (photoModel() && row >= 0 && row < photoModel()->rowCount())
        scrollTo(model()->index(row, 0), PositionAtTop);
}

int PhotoGrid::firstVisibleRow() const
{
    const auto [first, last] =
        m_impl->layout.rowsBetween(verticalOffset(), verticalOffset() + viewport()->height() - 1);
    return first > last ? -1 : first;
}

int PhotoGrid::lastVisibleRow() const
{
    return m_impl->layout.rowsBetween(verticalOffset(), verticalOffset() + viewport()->height() - 1).second;
}

QSize PhotoGrid::sizeHint() const
{
    return {5 * (m_impl->tileSide + 8) + 32, 4 * (m_impl->tileSide + 8)};
}

int PhotoGrid::tileSide() const
{
    return m_impl->tileSide;
}

void PhotoGrid::setTileSide(int side)
{
    auto &d = *m_impl;
    side = std::clamp(side, smallestTile, largestTile);
    if (side == d.tileSide)
        return;
    // The photo in the middle of the view, or the current one when it is visible, stays where it is.
    const QRect view(0, verticalOffset(), viewport()->width(), viewport()->height());
    int kept = currentIndex().row();
    if (kept < 0 || !view.intersects(d.layout.tileRect(kept)))
        kept = verticalOffset() == 0 ? -1 : d.layout.nearestRow(view.center());
    const int before = kept < 0 ? 0 : d.layout.tileRect(kept).center().y() - verticalOffset();
    d.tileSide = side;
    updateGeometries();
    if (kept >= 0)
        verticalScrollBar()->setValue(d.layout.tileRect(kept).center().y() - before);
    d.ask.stop();
    d.resized.start();
    Q_EMIT tileSideChanged(side);
}

void PhotoGrid::setNamesShown(bool shown)
{
    m_impl->namesShown = shown;
    updateGeometries();
}

void PhotoGrid::setScoresShown(bool shown)
{
    m_impl->scoresShown = shown;
    viewport()->update();
}

void PhotoGrid::askForVisible()
{
    auto &d = *m_impl;
    if (!photoModel() || d.resized.isActive())
        return;
    const int top = verticalOffset(), height = std::max(viewport()->height(), 1);
    const auto [first, last] = d.layout.rowsBetween(top, top + height - 1);
    photoModel()->setVisibleRows(first, last);
    d.ratio = devicePixelRatioF();
    d.loader->setSide(TilePainter::pictureSide(d.layout.side(), d.ratio));

    std::vector<ThumbnailRequest> wants;
    const auto add = [&](int from, int to) {
        for (int row = std::max(from, 0); row <= to; ++row)
            if (const auto *info = photoModel()->info(row))
                wants.push_back(thumbnailRequest(*info));
    };
    add(first, last);
    const auto after = d.layout.rowsBetween(top + height, top + 2 * height);
    add(std::max(after.first, last + 1), after.second);
    const auto before = d.layout.rowsBetween(top - height, top - 1);
    add(before.first, std::min(before.second, first - 1));
    d.loader->want(std::move(wants));
    Q_EMIT visibleRowsChanged(first, last);
}

// --- Selection ---

std::vector<PhotoId> PhotoGrid::selectedPhotos() const
{
    std::vector<std::pair<int, int>> ranges;
    for (const auto &range : selectionModel() ? selectionModel()->selection() : QItemSelection())
        ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    std::vector<PhotoId> photos;
    int next = 0; // ranges may overlap
    for (const auto &[first, last] : ranges)
        for (int row = std::max(first, next); row <= last; ++row, next = row)
            photos.push_back(photoModel()->photoAt(row));
    return photos;
}

PhotoId PhotoGrid::currentPhoto() const
{
    return photoModel() ? photoModel()->photoAt(currentIndex().row()) : PhotoId{};
}

void PhotoGrid::selectPhoto(PhotoId photo)
{
    const int row = photoModel() ? photoModel()->rowOf(photo) : -1;
    if (row < 0)
        return;
    m_impl->anchor = row;
    selectionModel()->setCurrentIndex(model()->index(row, 0), QItemSelectionModel::ClearAndSelect);
    scrollTo(currentIndex());
}

void PhotoGrid::markPhotos(const std::vector<PhotoId> &photos, PhotoId current)
{
    if (!photoModel())
        return;
    const std::unordered_set<PhotoId> wanted(photos.begin(), photos.end());
    QItemSelection selection;
    int currentRow = -1, begin = -1;
    const int count = photoModel()->rowCount();
    for (int row = 0; row <= count; ++row) {
        const PhotoId photo = photoModel()->photoAt(row);
        if (photo && photo == current)
            currentRow = row;
        const bool isWanted = photo && wanted.contains(photo);
        if (isWanted && begin < 0)
            begin = row;
        if (!isWanted && begin >= 0) {
            selection.select(model()->index(begin, 0), model()->index(row - 1, 0));
            begin = -1;
        }
    }
    const QScopedValueRollback marking(m_impl->marking, true);
    const bool scrolls = hasAutoScroll(); // the base class would scroll to what becomes current
    setAutoScroll(false);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (currentRow >= 0)
        selectionModel()->setCurrentIndex(model()->index(currentRow, 0), QItemSelectionModel::NoUpdate);
    setAutoScroll(scrolls);
    m_impl->anchor = currentRow;
}

void PhotoGrid::setPhotosKeepingPlace(std::vector<PhotoId> photos, std::vector<PhotoSection> sections)
{
    auto &d = *m_impl;
    const auto selected = selectedPhotos();
    const PhotoId current = currentPhoto();
    const int topRow = firstVisibleRow();
    const PhotoId top = verticalOffset() > 0 ? photoModel()->photoAt(topRow) : PhotoId{};
    const int within = top ? verticalOffset() - d.layout.tileRect(topRow).top() : 0;
    photoModel()->setPhotos(std::move(photos), {}, std::move(sections));
    if (const int newTop = top ? photoModel()->rowOf(top) : -1; newTop >= 0)
        verticalScrollBar()->setValue(d.layout.tileRect(newTop).top() + within);
    markPhotos(selected, current);
}

void PhotoGrid::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    auto &d = *m_impl;
    QItemSelection selection;
    const auto add = [&](int first, int last) { selection.select(model()->index(first, 0), model()->index(last, 0)); };
    if (state() == DragSelectingState) {
        for (const auto &[first, last] : d.layout.rowsTouching(rect.normalized().translated(0, verticalOffset())))
            add(first, last);
    } else if (command & QItemSelectionModel::Current) {
        // With Shift: all photos between, in reading order, not those inside the rectangle.
        const int end = currentIndex().row();
        const int start = d.anchor >= 0 && d.anchor < model()->rowCount() ? d.anchor : end;
        if (end >= 0)
            add(std::min(start, end), std::max(start, end));
    } else if (const auto index = indexAt(rect.center()); index.isValid()) {
        d.anchor = index.row();
        add(index.row(), index.row());
    }
    selectionModel()->select(selection, command);
}

QRegion PhotoGrid::visualRegionForSelection(const QItemSelection &selection) const
{
    return selection.isEmpty() ? QRegion() : QRegion(viewport()->rect());
}

void PhotoGrid::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    if (!m_impl->marking)
        Q_EMIT selectionChangedByUser();
}

void PhotoGrid::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update();
    if (!m_impl->marking)
        Q_EMIT selectionChangedByUser();
}

void PhotoGrid::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    Q_UNUSED(roles)
    const int first = firstVisibleRow(), last = lastVisibleRow();
    if (bottomRight.row() >= first && topLeft.row() <= last)
        viewport()->update();
    m_impl->ask.start(0);
}

void PhotoGrid::reset()
{
    m_impl->anchor = m_impl->hovered = -1;
    m_impl->band = {};
    QAbstractItemView::reset();
    updateGeometries();
}

QModelIndex PhotoGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const auto &layout = m_impl->layout;
    if (layout.count() == 0)
        return {};
    int row = currentIndex().row();
    if (row < 0 && action != MoveHome && action != MoveEnd)
        return model()->index(std::max(firstVisibleRow(), 0), 0);
    const int lines = std::max(viewport()->height() / layout.lineHeight(), 1);
    const int forward = isRightToLeft() ? -1 : 1;
    switch (action) {
    case MoveLeft:
        row -= forward;
        break;
    case MoveRight:
        row += forward;
        break;
    case MoveNext:
        ++row;
        break;
    case MovePrevious:
        --row;
        break;
    case MoveUp:
        row = layout.rowAbove(row);
        break;
    case MoveDown:
        row = layout.rowBelow(row);
        break;
    case MovePageUp:
        for (int line = 0; line < lines; ++line)
            row = layout.rowAbove(row);
        break;
    case MovePageDown:
        for (int line = 0; line < lines; ++line)
            row = layout.rowBelow(row);
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = layout.count() - 1;
        break;
    }
    return model()->index(std::clamp(row, 0, layout.count() - 1), 0);
}

// --- Events ---

void PhotoGrid::paintEvent(QPaintEvent *event)
{
    auto &d = *m_impl;
    QPainter painter(viewport());
    const double ratio = devicePixelRatioF();
    if (ratio != d.ratio) // moved to another screen
        d.ask.start(0);
    TilePainter tiles(&painter, palette(), ratio, font());
    const int top = verticalOffset();
    const QRect dirty = event->rect().translated(0, top);
    const auto *photos = photoModel();
    if (photos) {
        const auto &sections = photos->sections();
        int likely = photos->rowCount(); // the first section is the likely one
        for (std::size_t i = 0; i < sections.size(); ++i) {
            // A section that starts beyond row 0 alone is preceded by a plain one in the layout.
            const int shift = !sections.empty() && sections.front().firstRow != 0 ? 1 : 0;
            const QRect header = d.layout.headerRect(static_cast<int>(i) + shift);
            if (!sections[i].title.isEmpty() && header.intersects(dirty))
                tiles.paintHeader(header.translated(0, -top), sections[i].title, layoutDirection());
            if (sections[i].dimmed)
                likely = std::min(likely, sections[i].firstRow);
        }
        const auto [first, last] = d.layout.rowsBetween(dirty.top(), dirty.bottom());
        for (int row = first; row <= last; ++row) {
            Tile tile;
            tile.rect = d.layout.tileRect(row).translated(0, -top);
            if (!tile.rect.intersects(event->rect()))
                continue;
            const PhotoId photo = photos->photoAt(row);
            const auto index = photos->index(row);
            tile.side = d.layout.side();
            tile.info = photos->info(row);
            tile.pixmap = d.loader->pixmap(photo);
            tile.pictureSide = d.loader->pixmapSide(photo);
            tile.failure = tile.info && tile.info->error && tile.info->state == catalogue::PhotoState::Failed
                               ? &*tile.info->error
                               : d.loader->failure(photo);
            tile.note = d.scoresShown ? photos->note(row) : nullptr;
            tile.selected = selectionModel()->isSelected(index);
            tile.current = index == currentIndex() && hasFocus();
            tile.hovered = row == d.hovered;
            tile.nameShown = d.namesShown;
            tile.dimmed = row >= likely;
            tiles.paint(tile);
        }
    }
    QColor accent = palette().color(QPalette::Highlight);
    if (!d.band.isNull()) {
        painter.setPen(QPen(accent, 1));
        accent.setAlphaF(0.2F);
        painter.setBrush(accent);
        painter.drawRect(QRectF(d.band.translated(0, -top)).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (d.dropOver) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 3));
        painter.drawRoundedRect(viewport()->rect().adjusted(3, 3, -4, -4), 8, 8);
    }
}

void PhotoGrid::resizeEvent(QResizeEvent *event)
{
    // The photo at the top stays at the top when the number of columns changes.
    const int row = verticalOffset() > 0 ? firstVisibleRow() : -1;
    const int columns = m_impl->layout.columns(), side = m_impl->layout.side();
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    if (side != m_impl->layout.side() && event->oldSize().isValid()) {
        m_impl->ask.stop(); // the pictures that are there are scaled until the size has settled
        m_impl->resized.start();
    }
    if (row >= 0 && columns != m_impl->layout.columns())
        scrollToRow(row);
}

void PhotoGrid::scrollContentsBy(int dx, int dy)
{
    QAbstractItemView::scrollContentsBy(dx, dy);
    viewport()->update();
    m_impl->hovered = -1;
    m_impl->ask.start(0);
}

void PhotoGrid::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        if (const PhotoId photo = currentPhoto())
            Q_EMIT photoActivated(photo);
        return;
    }
    if (event->matches(QKeySequence::ZoomIn) || event->matches(QKeySequence::ZoomOut))
        return setTileSide(m_impl->tileSide + (event->matches(QKeySequence::ZoomIn) ? 32 : -32));
    if (event->matches(QKeySequence::Copy)) // the base class would copy the name
        return event->ignore();
    const int before = currentIndex().row();
    QAbstractItemView::keyPressEvent(event);
    if (currentIndex().row() != before && !(event->modifiers() & Qt::ShiftModifier))
        m_impl->anchor = currentIndex().row();
    else if (m_impl->anchor < 0)
        m_impl->anchor = before;
}

void PhotoGrid::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QAbstractItemView::wheelEvent(event);
    m_impl->wheelRest += event->angleDelta().y(); // touch pads send parts of a notch
    const int steps = m_impl->wheelRest / 60;
    m_impl->wheelRest -= steps * 60;
    setTileSide(m_impl->tileSide + steps * 8);
    event->accept();
}

void PhotoGrid::mousePressEvent(QMouseEvent *event)
{
    m_impl->pressed = event->position().toPoint() + QPoint(0, verticalOffset());
    m_impl->pressedOnNothing = !indexAt(event->position().toPoint()).isValid();
    QAbstractItemView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && m_impl->pressedOnNothing &&
        !(event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)))
        clearSelection();
}

void PhotoGrid::mouseMoveEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseMoveEvent(event);
    const QPoint here = event->position().toPoint();
    if (state() == DragSelectingState) {
        m_impl->band = QRect(m_impl->pressed, here + QPoint(0, verticalOffset())).normalized();
        viewport()->update();
    }
    const int row = indexAt(here).row();
    if (row != m_impl->hovered) {
        m_impl->hovered = row;
        viewport()->update();
    }
}

void PhotoGrid::mouseReleaseEvent(QMouseEvent *event)
{
    QAbstractItemView::mouseReleaseEvent(event);
    if (!m_impl->band.isNull()) {
        m_impl->band = {};
        viewport()->update();
    }
}

void PhotoGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && event->modifiers() == Qt::NoModifier)
        Q_EMIT photoActivated(photoModel()->photoAt(index.row()));
}

void PhotoGrid::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        position = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    Q_EMIT menuRequested(position);
}

void PhotoGrid::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::LayoutDirectionChange)
        updateGeometries();
    else if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Photos"));
}

bool PhotoGrid::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave && m_impl->hovered >= 0) {
        m_impl->hovered = -1;
        viewport()->update();
    }
    return QAbstractItemView::viewportEvent(event);
}

} // namespace photolex::ui
