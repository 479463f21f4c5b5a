// Above the grid: what is shown, in which order, how large. Each filter that is on stands there as a chip and goes with
// a click.
#pragma once

#include "core/catalogue/catalogue.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QDateEdit;
class QCheckBox;
class QLabel;
class QSlider;
class QToolButton;
class QHBoxLayout;
QT_END_NAMESPACE

namespace photolex::ui {

class FilterBar : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    // Date, caption and rating; root and folder are not this bar's.
    const catalogue::PhotoFilter &filter() const { return m_filter; }
    void setFilter(const catalogue::PhotoFilter &filter);
    bool isFiltering() const;
    void clearFilter() { setFilter({}); }

    catalogue::SortKey sort() const;
    bool isDescending() const { return m_descending; }
    void setSort(catalogue::SortKey sort, bool descending);
    void setCount(qint64 photos);
    void setTileSide(int side);
    void setPreviewShown(bool shown);

Q_SIGNALS:
    void filterChanged();
    void sortChanged();
    void tileSideChosen(int side);
    void previewToggled(bool shown);

private:
    QWidget *makePanel();
    void takePanel();
    void showFilter();
    void showSort();

    catalogue::PhotoFilter m_filter;
    bool m_descending = true;
    bool m_setting = false;
    QToolButton *m_filterButton, *m_direction, *m_preview;
    QHBoxLayout *m_chips;
    QComboBox *m_sort, *m_rating = nullptr;
    QSlider *m_size;
    QLabel *m_count;
    QCheckBox *m_sinceOn = nullptr, *m_untilOn = nullptr, *m_withoutCaption = nullptr;
    QDateEdit *m_since = nullptr, *m_until = nullptr;
};

} // namespace photolex::ui
