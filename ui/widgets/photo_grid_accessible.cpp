// The grid as a list for screen readers. Qt knows its own views only by name, so ours brings its own interfaces: one
// for the grid, and one for each photo that somebody asked about.
#include "ui/widgets/photo_grid_p.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <unordered_map>

namespace photolex::ui {

namespace {

class PhotoItem : public QAccessibleInterface {
public:
    PhotoItem(PhotoGrid *grid, int row)
        : m_grid(grid)
        , m_row(row)
    {
    }
    bool isValid() const override { return m_grid && m_grid->photoModel() && m_row < m_grid->photoModel()->rowCount(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_grid); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || kind != QAccessible::Name)
            return {};
        const auto text = index().data(Qt::AccessibleTextRole).toString();
        return text.isEmpty() ? PhotoGrid::tr("Photo %1").arg(m_row + 1) : text;
    }

    QRect rect() const override
    {
        const QRect tile = isValid() ? m_grid->visualRect(index()) : QRect();
        return tile.isNull() ? tile : tile.translated(m_grid->viewport()->mapToGlobal(QPoint(0, 0)));
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = state.multiSelectable = state.extSelectable = state.focusable = true;
        state.selected = m_grid->selectionModel()->isSelected(index());
        state.focused = m_grid->currentIndex().row() == m_row && m_grid->hasFocus();
        state.offscreen = !m_grid->viewport()->rect().intersects(m_grid->visualRect(index()));
        return state;
    }

private:
    QModelIndex index() const { return m_grid->photoModel()->index(m_row); }

    QPointer<PhotoGrid> m_grid;
    int m_row;
};

class PhotoList : public QAccessibleWidget {
public:
    explicit PhotoList(PhotoGrid *grid)
        : QAccessibleWidget(grid, QAccessible::List)
    {
    }
    ~PhotoList() override
    {
        for (const auto &[row, id] : m_items)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return grid()->photoModel() ? grid()->photoModel()->rowCount() : 0; }

    QAccessibleInterface *child(int row) const override
    {
        if (row < 0 || row >= childCount())
            return nullptr;
        auto &id = m_items[row];
        if (id == 0)
            id = QAccessible::registerAccessibleInterface(new PhotoItem(grid(), row));
        return QAccessible::accessibleInterface(id);
    }

    int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (const auto &[row, id] : m_items)
            if (QAccessible::accessibleInterface(id) == wanted)
                return row;
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(grid()->indexAt(grid()->viewport()->mapFromGlobal(QPoint(x, y))).row());
    }

    QAccessibleInterface *focusChild() const override { return child(grid()->currentIndex().row()); }

private:
    PhotoGrid *grid() const { return static_cast<PhotoGrid *>(widget()); }
    mutable std::unordered_map<int, QAccessible::Id> m_items;
};

QAccessibleInterface *makeInterface(const QString &name, QObject *object)
{
    auto *grid = name == QLatin1String("photolex::ui::PhotoGrid") ? qobject_cast<PhotoGrid *>(object) : nullptr;
    return grid ? new PhotoList(grid) : nullptr;
}

} // namespace

void installGridAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(once)
}

} // namespace photolex::ui
