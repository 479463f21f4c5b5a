#include "ui/compare/compare_columns.h"

#include "ui/common/thumbnail_loader.h"
#include "ui/style/theme.h"

#include <QAbstractTableModel>
#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int pictureSide = 64;
constexpr int lineHeight = pictureSide + gridUnit;
constexpr int widestLink = 20 * gridUnit;      // between the cards of two columns
constexpr int narrowestLink = 6 * gridUnit;    // a rank of three digits still stands beside its stub
constexpr int widestColumn = 60 * gridUnit;    // wider ones leave the eye with nothing to follow
constexpr int narrowestColumn = 17 * gridUnit; // four fit a window of 1,024 pixels

class ColumnsModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void set(CompareOutcome outcome, QStringList names)
    {
        beginResetModel();
        m_outcome = std::move(outcome);
        m_names = std::move(names);
        m_rows = 0;
        for (const auto &column : m_outcome.columns)
            m_rows = std::max(m_rows, static_cast<int>(column.size()));
        endResetModel();
    }
    const CompareOutcome &outcome() const { return m_outcome; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_outcome.columns.size());
    }

    const ComparedHit *hit(int row, int column) const
    {
        if (row < 0 || column < 0 || column >= columnCount())
            return nullptr;
        const auto &hits = m_outcome.columns[static_cast<std::size_t>(column)];
        return static_cast<std::size_t>(row) < hits.size() ? &hits[static_cast<std::size_t>(row)] : nullptr;
    }
    const ComparedHit *hit(const QModelIndex &index) const { return hit(index.row(), index.column()); }

    QString name(PhotoId photo) const
    {
        const auto found = m_outcome.photos.find(photo);
        return found == m_outcome.photos.end() ? QString() : found->second.name;
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        const auto *own = hit(index);
        if (!own)
            return {};
        if (role == Qt::DisplayRole)
            return name(own->photo);
        if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
            QStringList ranks;
            for (qsizetype i = 0; i < m_names.size(); ++i) {
                const auto rank = own->ranks[static_cast<std::size_t>(i)];
                ranks << (rank > 0 ? CompareColumns::tr("%1: place %2").arg(m_names[i], QLocale().toString(rank))
                                   : CompareColumns::tr("%1: not placed").arg(m_names[i]));
            }
            return CompareColumns::tr("%1, score %2. %3", "name, score, places with each encoder")
                .arg(name(own->photo), QLocale().toString(own->score, 'f', 3), ranks.join(QStringLiteral("; ")));
        }
        return {};
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role == Qt::DisplayRole && orientation == Qt::Horizontal)
            return m_names.value(section);
        if (role == Qt::DisplayRole)
            return section + 1;
        return {};
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return hit(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
    }

private:
    CompareOutcome m_outcome;
    QStringList m_names;
    int m_rows = 0;
};

// The room for lines: where four columns share a small window, photos need it more.
int linkWidthOf(int columnWidth)
{
    return std::clamp(columnWidth / 3, narrowestLink, widestLink);
}

// The card of a cell: what the cell holds besides the room for lines behind it.
QRect cardOf(const QRect &cell, bool rightToLeft)
{
    const int linkWidth = linkWidthOf(cell.width());
    const int gap = gridUnit / 2;
    return rightToLeft ? cell.adjusted(linkWidth, gap, -gap, -gap) : cell.adjusted(gap, gap, -linkWidth, -gap);
}

class CardDelegate : public QStyledItemDelegate {
public:
    CardDelegate(const ColumnsModel *model, const ThumbnailLoader *loader, const CompareColumns *view)
        : m_model(model)
        , m_loader(loader)
        , m_view(view)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *hit = m_model->hit(index);
        if (!hit)
            return;
        const QPalette &palette = option.palette;
        const bool rightToLeft = option.direction == Qt::RightToLeft;
        const QRect card = cardOf(option.rect, rightToLeft);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        const bool isMarked = hit->photo == m_view->currentPhoto();
        if (isMarked) {
            painter->setPen(QPen(palette.highlight(), index == m_view->currentIndex() ? 2 : 1));
            painter->setBrush(blend(palette.color(QPalette::Base), palette.color(QPalette::Highlight), 0.12));
            painter->drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 4, 4);
        }
        const int side = std::min(pictureSide, card.width() / 2);
        const QRect picture =
            QStyle::alignedRect(option.direction, Qt::AlignLeading | Qt::AlignVCenter, {side, card.height()}, card);
        const QPixmap pixmap = m_loader->pixmap(hit->photo);
        if (pixmap.isNull()) {
            painter->fillRect(picture.adjusted(4, 4, -4, -4), palette.midlight());
        } else {
            const QSize size =
                pixmap.deviceIndependentSize().toSize().scaled(picture.size() - QSize(6, 6), Qt::KeepAspectRatio);
            painter->drawPixmap(QStyle::alignedRect(option.direction, Qt::AlignCenter, size, picture), pixmap);
        }
        const int beside = side + gridUnit / 2;
        const QRect text = rightToLeft ? card.adjusted(4, 0, -beside, 0) : card.adjusted(beside, 0, -4, 0);
        const QFontMetrics metrics(option.font);
        const int line = metrics.height();
        const QRect upper(text.left(), text.center().y() - line, text.width(), line);
        painter->setFont(option.font);
        painter->setPen(palette.color(QPalette::Text));
        painter->drawText(upper, Qt::AlignLeading | Qt::AlignVCenter,
                          metrics.elidedText(m_model->name(hit->photo), Qt::ElideMiddle, upper.width()));
        painter->setPen(quietText(palette));
        painter->drawText(upper.translated(0, line), Qt::AlignLeading | Qt::AlignVCenter,
                          m_view->locale().toString(hit->score, 'f', 3));
        painter->restore();
    }

private:
    const ColumnsModel *m_model;
    const ThumbnailLoader *m_loader;
    const CompareColumns *m_view;
};

} // namespace

struct CompareColumns::Impl {
    explicit Impl(Session *session)
        : loader(session)
    {
    }
    ColumnsModel model;
    ThumbnailLoader loader;
    PhotoId current;
};

CompareColumns::CompareColumns(Session *session, QWidget *parent)
    : QTableView(parent)
    , m_impl(std::make_unique<Impl>(session))
{
    setModel(&m_impl->model);
    setItemDelegate(new CardDelegate(&m_impl->model, &m_impl->loader, this));
    itemDelegate()->setParent(this);
    setObjectName(QStringLiteral("compareColumns"));
    setAccessibleName(tr("Photos found by each encoder"));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->setDefaultSectionSize(lineHeight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setSectionsClickable(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setAccessibleName(accessibleName());
    verticalHeader()->setAccessibleName(accessibleName());
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(&m_impl->loader, &ThumbnailLoader::loaded, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const auto *hit = m_impl->model.hit(index))
            Q_EMIT photoActivated(hit->photo);
    });
}

CompareColumns::~CompareColumns()
{
    setModel(nullptr);
}

void CompareColumns::setOutcome(const CompareOutcome &outcome, const QStringList &encoderNames)
{
    const PhotoId before = m_impl->current;
    m_impl->current = {};
    m_impl->model.set(outcome, encoderNames);
    verticalScrollBar()->setValue(0);
    arrange();
    wantPictures();
    selectPhoto(before);
}

PhotoId CompareColumns::currentPhoto() const
{
    return m_impl->current;
}

void CompareColumns::selectPhoto(PhotoId photo)
{
    const auto &columns = m_impl->model.outcome().columns;
    for (std::size_t c = 0; photo && c < columns.size(); ++c)
        for (std::size_t r = 0; r < columns[c].size(); ++r)
            if (columns[c][r].photo == photo) {
                setCurrentIndex(m_impl->model.index(static_cast<int>(r), static_cast<int>(c)));
                return;
            }
}

void CompareColumns::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    const auto *hit = m_impl->model.hit(current);
    m_impl->current = hit ? hit->photo : PhotoId();
    viewport()->update();
    if (hit)
        Q_EMIT photoChosen(hit->photo);
}

void CompareColumns::arrange()
{
    const int columns = m_impl->model.columnCount();
    if (columns == 0)
        return;
    const int width = std::clamp(viewport()->width() / columns, narrowestColumn, widestColumn);
    for (int c = 0; c < columns; ++c)
        setColumnWidth(c, width);
}

void CompareColumns::wantPictures()
{
    const qreal ratio = devicePixelRatioF();
    m_impl->loader.setSide(qRound(pictureSide * ratio));
    const int rows = m_impl->model.rowCount();
    const int first = std::max(0, verticalScrollBar()->value() / lineHeight);
    const int last = std::min(rows - 1, first + viewport()->height() / lineHeight + 1);
    std::vector<ThumbnailRequest> wanted;
    // What is seen, then the rows after it.
    for (int row = first; row <= std::min(rows - 1, 2 * last - first + 1); ++row)
        for (int column = 0; column < m_impl->model.columnCount(); ++column)
            if (const auto *hit = m_impl->model.hit(row, column))
                if (const auto info = m_impl->model.outcome().photos.find(hit->photo);
                    info != m_impl->model.outcome().photos.end())
                    wanted.push_back(thumbnailRequest(info->second));
    m_impl->loader.want(std::move(wanted));
}

// Between the cards of `column` and the next one.
void CompareColumns::paintLinks(QPainter &painter, int column) const
{
    const auto &model = m_impl->model;
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const int forward = rightToLeft ? -1 : 1;
    const auto edge = [&](int at, bool after) {
        const QRect cell(columnViewportPosition(at), 0, columnWidth(at), lineHeight);
        const QRect card = cardOf(cell, rightToLeft);
        return after == rightToLeft ? card.left() : card.right();
    };
    const auto middle = [&](int row) { return rowViewportPosition(row) + lineHeight / 2; };
    const int from = edge(column, true);
    const int to = edge(column + 1, false);
    const auto nextSize =
        static_cast<std::int64_t>(model.outcome().columns[static_cast<std::size_t>(column) + 1].size());
    const auto ownSize = static_cast<std::int64_t>(model.outcome().columns[static_cast<std::size_t>(column)].size());
    const QColor quiet = blend(palette().color(QPalette::Base), quietText(palette()), 0.55);
    const auto pen = [&](PhotoId photo) {
        return photo == m_impl->current ? QPen(palette().highlight(), 2.5) : QPen(quiet, 1.5);
    };
    // A stub with the rank that the photo has in the other column.
    const auto stub = [&](const ComparedHit &hit, int start, int direction, int y, std::int64_t rank) {
        const auto text = rank > 0 ? locale().toString(rank) : tr("–", "the photo has no place there");
        constexpr int length = gridUnit;
        painter.drawLine(start, y, start + direction * length, y);
        painter.save();
        painter.setPen(hit.photo == m_impl->current ? palette().color(QPalette::Text) : quietText(palette()));
        const int room = linkWidthOf(columnWidth(column)) / 2;
        const QRect place(direction > 0 ? start + length + 2 : start - length - 2 - room, y - lineHeight / 2, room,
                          lineHeight);
        painter.drawText(place, (direction > 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, text);
        painter.restore();
    };
    for (int row = 0; row < model.rowCount(); ++row) {
        if (const auto *hit = model.hit(row, column)) {
            const auto rank = hit->ranks[static_cast<std::size_t>(column) + 1];
            painter.setPen(pen(hit->photo));
            if (rank > 0 && rank <= nextSize) {
                const QPointF start(from, middle(row));
                const QPointF end(to, middle(static_cast<int>(rank) - 1));
                QPainterPath path(start);
                const double bend = forward * std::abs(to - from) * 0.5;
                path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
                painter.drawPath(path);
            } else if (!model.outcome().columns[static_cast<std::size_t>(column) + 1].empty()) {
                stub(*hit, from, forward, middle(row), rank);
            }
        }
        if (const auto *hit = model.hit(row, column + 1)) {
            const auto rank = hit->ranks[static_cast<std::size_t>(column)];
            painter.setPen(pen(hit->photo));
            if ((rank == 0 || rank > ownSize) && ownSize > 0)
                stub(*hit, to, -forward, middle(row), rank);
        }
    }
}

void CompareColumns::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    for (int column = 0; column + 1 < m_impl->model.columnCount(); ++column)
        paintLinks(painter, column);
}

void CompareColumns::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    arrange();
    wantPictures();
}

void CompareColumns::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    viewport()->update(); // lines reach beyond what was moved
    wantPictures();
}

void CompareColumns::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

} // namespace photolex::ui
