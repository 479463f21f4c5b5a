#include "ui/map/selection_panel.h"

#include "ui/map/map_colours.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/photo_grid.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

constexpr int groupRole = Qt::UserRole, panelTileSide = 96, groupSwatch = 12;

QLabel *title(const QString &text)
{
    auto *label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

SelectionPanel::SelectionPanel(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget)
    , m_groups(new QListWidget)
    , m_headline(title({}))
    , m_grid(new PhotoGrid(session))
    , m_model(session)
{
    m_groups->setObjectName(QStringLiteral("mapGroups"));
    m_groups->setAccessibleName(tr("Groups on the map"));
    m_groups->setFrameShape(QFrame::NoFrame);
    m_groups->setTextElideMode(Qt::ElideRight);
    m_groups->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *hint =
        new QLabel(tr("Enter or a double click looks at a group from near. On the map, drag with Shift held to "
                      "draw a line around photos."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *groups = new QWidget;
    auto *groupColumn = new QVBoxLayout(groups);
    groupColumn->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    groupColumn->addWidget(title(tr("Groups")));
    groupColumn->addWidget(m_groups, 1);
    groupColumn->addWidget(hint);

    m_headline->setObjectName(QStringLiteral("mapSelection"));
    m_grid->setModel(&m_model);
    m_grid->setTileSide(panelTileSide);
    m_grid->setAccessibleName(tr("Photos selected on the map"));
    auto *similar = iconButton(QStringLiteral("search/query-picture"), tr("Photos like the one in the middle"));
    auto *expression = iconButton(QStringLiteral("window/expression"), tr("Add to the expression"));
    auto *more = iconButton(QStringLiteral("window/menu"), tr("More for these photos: albums, copy, show in folder"));
    auto *clear = iconButton(QStringLiteral("window/cancel"), tr("Select nothing"));
    similar->setObjectName(QStringLiteral("mapSimilar"));
    expression->setObjectName(QStringLiteral("mapExpression"));
    clear->setObjectName(QStringLiteral("mapClear"));
    auto *top = new QHBoxLayout;
    top->setContentsMargins(gridUnit, gridUnit, gridUnit / 2, 0);
    top->setSpacing(2);
    top->addWidget(m_headline, 1);
    for (auto *button : {similar, expression, more, clear})
        top->addWidget(button);
    auto *selected = new QWidget;
    auto *column = new QVBoxLayout(selected);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_grid, 1);

    m_stack->addWidget(groups);
    m_stack->addWidget(selected);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
    setMinimumWidth(24 * gridUnit);

    connect(m_groups, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT groupChosen(item->data(groupRole).toInt()); });
    connect(m_groups, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT groupZoomed(item->data(groupRole).toInt()); });
    connect(similar, &QToolButton::clicked, this, &SelectionPanel::similarRequested);
    connect(expression, &QToolButton::clicked, this, &SelectionPanel::expressionRequested);
    connect(more, &QToolButton::clicked, this, [this, more] { Q_EMIT menuRequested(more); });
    connect(clear, &QToolButton::clicked, this, &SelectionPanel::clearRequested);
}

void SelectionPanel::setGroups(const std::vector<QString> &names, const std::vector<std::int32_t> &groups)
{
    std::vector<int> sizes;
    for (const auto group : groups) {
        if (static_cast<std::size_t>(group) >= sizes.size())
            sizes.resize(static_cast<std::size_t>(group) + 1);
        ++sizes[static_cast<std::size_t>(group)];
    }
    m_groups->clear();
    for (std::size_t group = 0; group < sizes.size(); ++group) {
        if (sizes[group] == 0)
            continue;
        const QString name = group < names.size() && !names[group].isEmpty()
                                 ? names[group]
                                 : tr("Group %1").arg(QLocale().toString(static_cast<int>(group) + 1));
        //: name of a group of photos, and how many photos are in it
        auto *item = new QListWidgetItem(tr("%1 (%2)").arg(name, QLocale().toString(sizes[group])), m_groups);
        item->setData(groupRole, static_cast<int>(group));
    }
    colourGroups();
}

void SelectionPanel::colourGroups()
{
    const double ratio = devicePixelRatioF();
    for (int row = 0; row < m_groups->count(); ++row) {
        QPixmap picture(QSize(groupSwatch, groupSwatch) * ratio);
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(kindColour(m_groups->item(row)->data(groupRole).toInt(), isDark(palette())));
        painter.drawEllipse(QRectF(1, 1, groupSwatch - 2, groupSwatch - 2));
        m_groups->item(row)->setIcon(QIcon(picture));
    }
}

void SelectionPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourGroups();
}

void SelectionPanel::setSelected(const std::vector<PhotoId> &photos, PhotoId current)
{
    if (photos != m_model.photos())
        m_model.setPhotos(photos);
    if (current && m_grid->currentPhoto() != current)
        m_grid->selectPhoto(current);
    m_headline->setText(tr("%n photo(s)", nullptr, static_cast<int>(photos.size())));
    m_stack->setCurrentIndex(photos.empty() ? 0 : 1);
}

} // namespace photolex::ui
