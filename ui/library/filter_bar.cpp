#include "ui/library/filter_bar.h"

#include "ui/style/icons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/photo_grid.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimeZone>
#include <QToolButton>
#include <QWidgetAction>

namespace photolex::ui {

namespace {

std::int64_t startOf(QDate day)
{
    return day.startOfDay(QTimeZone::utc()).toSecsSinceEpoch(); // camera time has no zone
}

QDate dayOf(std::int64_t seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc()).date();
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
{
    m_filterButton = new QToolButton;
    m_filterButton->setText(tr("Filter"));
    m_filterButton->setAccessibleName(tr("Filter photos"));
    m_filterButton->setIcon(icon(QStringLiteral("library/filter")));
    m_filterButton->setPopupMode(QToolButton::InstantPopup);
    m_filterButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_filterButton->setAutoRaise(true);
    auto *menu = new QMenu(m_filterButton);
    auto *panel = new QWidgetAction(menu);
    panel->setDefaultWidget(makePanel());
    menu->addAction(panel);
    m_filterButton->setMenu(menu);

    m_chips = new QHBoxLayout;
    m_chips->setSpacing(4);
    m_count = new QLabel;
    m_count->setForegroundRole(QPalette::PlaceholderText);

    m_sort = new QComboBox;
    m_sort->setAccessibleName(tr("Sort by"));
    m_sort->addItem(tr("Date taken"), static_cast<int>(catalogue::SortKey::TakenAt));
    m_sort->addItem(tr("Name"), static_cast<int>(catalogue::SortKey::Name));
    m_sort->addItem(tr("Folder"), static_cast<int>(catalogue::SortKey::Path));
    m_sort->addItem(tr("Date added"), static_cast<int>(catalogue::SortKey::Added));
    m_sort->addItem(tr("File size"), static_cast<int>(catalogue::SortKey::FileSize));
    m_direction = new QToolButton;
    m_direction->setAutoRaise(true);
    m_size = new QSlider(Qt::Horizontal);
    m_size->setRange(PhotoGrid::smallestTile, PhotoGrid::largestTile);
    m_size->setFixedWidth(104);
    m_size->setSingleStep(16);
    m_size->setPageStep(64);
    m_size->setAccessibleName(tr("Size of the pictures"));
    m_size->setToolTip(tr("Size of the pictures"));
    m_preview = new QToolButton;
    m_preview->setIcon(icon(QStringLiteral("library/preview-show")));
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setToolTip(tr("Show the selected photo large at the side"));
    m_preview->setCheckable(true);
    m_preview->setAutoRaise(true);
    m_preview->setShortcut(QKeySequence(Qt::Key_F9)); // F11 is the whole window's

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 4);
    layout->setSpacing(8);
    layout->addWidget(m_filterButton);
    layout->addLayout(m_chips);
    layout->addWidget(m_count);
    layout->addStretch(1);
    layout->addWidget(m_sort);
    layout->addWidget(m_direction);
    layout->addWidget(m_size);
    layout->addWidget(m_preview);

    connect(m_sort, &QComboBox::activated, this, [this] {
        // Newest first, but A before Z.
        m_descending = sort() == catalogue::SortKey::TakenAt || sort() == catalogue::SortKey::Added ||
                       sort() == catalogue::SortKey::FileSize;
        showSort();
        Q_EMIT sortChanged();
    });
    connect(m_direction, &QToolButton::clicked, this, [this] {
        m_descending = !m_descending;
        showSort();
        Q_EMIT sortChanged();
    });
    connect(m_size, &QSlider::valueChanged, this, &FilterBar::tileSideChosen);
    connect(m_preview, &QToolButton::toggled, this, &FilterBar::previewToggled);
    showSort();
    showFilter();
}

QWidget *FilterBar::makePanel()
{
    auto *panel = new QWidget;
    m_sinceOn = new QCheckBox(tr("Taken from"));
    m_untilOn = new QCheckBox(tr("Taken until"));
    m_since = new QDateEdit(QDate::currentDate().addYears(-1));
    m_until = new QDateEdit(QDate::currentDate());
    m_since->setAccessibleName(tr("First day"));
    m_until->setAccessibleName(tr("Last day"));
    for (auto *edit : {m_since, m_until})
        edit->setCalendarPopup(true);
    m_rating = new QComboBox;
    m_rating->setAccessibleName(tr("Rating"));
    m_rating->addItem(tr("Any rating"), 0);
    for (int stars = 1; stars <= 5; ++stars)
        m_rating->addItem(tr("At least %1", "stars").arg(QString(stars, QChar(0x2605))), stars);
    m_withoutCaption = new QCheckBox(tr("Without caption"));
    auto *clear = new QPushButton(tr("Clear filter"));

    auto *grid = new QGridLayout(panel);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->addWidget(m_sinceOn, 0, 0);
    grid->addWidget(m_since, 0, 1);
    grid->addWidget(m_untilOn, 1, 0);
    grid->addWidget(m_until, 1, 1);
    auto *rating = new QLabel(tr("Rating"));
    rating->setBuddy(m_rating);
    grid->addWidget(rating, 2, 0);
    grid->addWidget(m_rating, 2, 1);
    grid->addWidget(m_withoutCaption, 3, 0, 1, 2);
    grid->addWidget(clear, 4, 0, 1, 2, Qt::AlignRight);

    for (auto *box : {m_sinceOn, m_untilOn, m_withoutCaption})
        connect(box, &QCheckBox::toggled, this, &FilterBar::takePanel);
    connect(m_since, &QDateEdit::dateChanged, this,
            [this] { m_sinceOn->isChecked() ? takePanel() : m_sinceOn->setChecked(true); });
    connect(m_until, &QDateEdit::dateChanged, this,
            [this] { m_untilOn->isChecked() ? takePanel() : m_untilOn->setChecked(true); });
    connect(m_rating, &QComboBox::currentIndexChanged, this, &FilterBar::takePanel);
    connect(clear, &QPushButton::clicked, this, &FilterBar::clearFilter);
    return panel;
}

void FilterBar::takePanel()
{
    if (m_setting)
        return;
    m_filter = {};
    if (m_sinceOn->isChecked())
        m_filter.since = startOf(m_since->date());
    if (m_untilOn->isChecked())
        m_filter.until = startOf(m_until->date().addDays(1)) - 1;
    if (const int stars = m_rating->currentData().toInt(); stars > 0)
        m_filter.minimumRating = stars;
    m_filter.withoutCaption = m_withoutCaption->isChecked();
    showFilter();
    Q_EMIT filterChanged();
}

void FilterBar::setFilter(const catalogue::PhotoFilter &filter)
{
    m_setting = true;
    m_filter = {};
    m_filter.since = filter.since;
    m_filter.until = filter.until;
    m_filter.minimumRating = filter.minimumRating;
    m_filter.withoutCaption = filter.withoutCaption;
    if (filter.since)
        m_since->setDate(dayOf(*filter.since));
    if (filter.until)
        m_until->setDate(dayOf(*filter.until));
    m_sinceOn->setChecked(filter.since.has_value());
    m_untilOn->setChecked(filter.until.has_value());
    m_rating->setCurrentIndex(std::clamp(filter.minimumRating.value_or(0), 0, 5));
    m_withoutCaption->setChecked(filter.withoutCaption);
    m_setting = false;
    showFilter();
    Q_EMIT filterChanged();
}

bool FilterBar::isFiltering() const
{
    return m_filter.since || m_filter.until || m_filter.minimumRating || m_filter.withoutCaption;
}

void FilterBar::showFilter()
{
    while (auto *item = m_chips->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](const QString &text, auto remove) {
        auto *chip = new Chip(text);
        chip->setRemovable(true);
        chip->setToolTip(tr("Take this filter away"));
        chip->setAccessibleDescription(chip->toolTip());
        connect(chip, &Chip::clicked, this, [this, remove] {
            auto filter = m_filter;
            remove(filter);
            setFilter(filter);
        });
        m_chips->addWidget(chip);
    };
    const QLocale locale;
    if (m_filter.since)
        add(tr("From %1", "date").arg(locale.toString(dayOf(*m_filter.since), QLocale::ShortFormat)),
            [](auto &filter) { filter.since.reset(); });
    if (m_filter.until)
        add(tr("Until %1", "date").arg(locale.toString(dayOf(*m_filter.until), QLocale::ShortFormat)),
            [](auto &filter) { filter.until.reset(); });
    if (m_filter.minimumRating)
        add(QString(*m_filter.minimumRating, QChar(0x2605)), [](auto &filter) { filter.minimumRating.reset(); });
    if (m_filter.withoutCaption)
        add(tr("Without caption"), [](auto &filter) { filter.withoutCaption = false; });
}

catalogue::SortKey FilterBar::sort() const
{
    return static_cast<catalogue::SortKey>(m_sort->currentData().toInt());
}

void FilterBar::setSort(catalogue::SortKey sort, bool descending)
{
    m_sort->setCurrentIndex(std::max(m_sort->findData(static_cast<int>(sort)), 0));
    m_descending = descending;
    showSort();
}

void FilterBar::showSort()
{
    m_direction->setIcon(
        icon(m_descending ? QStringLiteral("library/sort-descending") : QStringLiteral("library/sort-ascending")));
    m_direction->setToolTip(m_descending ? tr("Largest or newest first") : tr("Smallest or oldest first"));
    m_direction->setAccessibleName(m_direction->toolTip());
}

void FilterBar::setCount(qint64 photos)
{
    m_count->setText(tr("%n photo(s)", nullptr, static_cast<int>(photos)));
}

void FilterBar::setTileSide(int side)
{
    const QSignalBlocker blocker(m_size);
    m_size->setValue(side);
}

void FilterBar::setPreviewShown(bool shown)
{
    m_preview->setChecked(shown);
}

} // namespace photolex::ui
