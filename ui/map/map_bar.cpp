#include "ui/map/map_bar.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace photolex::ui {

namespace {

using Method = projection::Method;
constexpr double zoomStep = 1.6; // of the scale, by a button

} // namespace

MapBar::MapBar(QWidget *parent)
    : QWidget(parent)
    , m_method(new QComboBox)
    , m_colour(new QComboBox)
    , m_lasso(iconButton(QStringLiteral("map/lasso"),
                         tr("Lasso (L): draw a line around photos. Shift adds, Alt takes out")))
    , m_farther(iconButton(QStringLiteral("map/zoom-out"), tr("Farther (−)")))
    , m_closer(iconButton(QStringLiteral("map/zoom-in"), tr("Closer (+)")))
    , m_all(iconButton(QStringLiteral("map/zoom-all"), tr("Show all (0)")))
    , m_pause(iconButton(QStringLiteral("window/pause"), tr("Hold the map while it settles")))
    , m_stop(iconButton(QStringLiteral("window/cancel"), tr("Leave the map as it is now")))
    , m_anew(new QPushButton(tr("Lay out anew")))
    , m_progress(new QProgressBar)
    , m_stage(new ElidedLabel)
{
    m_method->setObjectName(QStringLiteral("mapMethod"));
    m_method->setAccessibleName(tr("How the map is laid out"));
    m_method->setToolTip(tr("Another layout moves every photo"));
    m_method->addItem(tr("Neighbourhoods (UMAP)"), static_cast<int>(Method::Umap));
    m_method->addItem(tr("Tight neighbourhoods (t-SNE)"), static_cast<int>(Method::Tsne));
    m_method->addItem(tr("Widest directions (PCA)"), static_cast<int>(Method::Pca));
    m_colour->setObjectName(QStringLiteral("mapColour"));
    m_colour->setAccessibleName(tr("What colours stand for"));
    m_colour->addItem(tr("Colour: group"), static_cast<int>(ColourBy::Group));
    m_colour->addItem(tr("Colour: date"), static_cast<int>(ColourBy::Date));
    m_colour->addItem(tr("Colour: folder"), static_cast<int>(ColourBy::Folder));
    m_colour->addItem(tr("Colour: nearness to the search"), static_cast<int>(ColourBy::Nearness));
    for (auto *box : {m_method, m_colour})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_lasso->setCheckable(true);
    m_pause->setObjectName(QStringLiteral("mapPause"));
    m_pause->setCheckable(true);
    m_stop->setObjectName(QStringLiteral("mapStop"));
    m_anew->setObjectName(QStringLiteral("mapAnew"));
    m_anew->setToolTip(tr("Makes a new map of all photos; every one may move"));
    m_stage->setObjectName(QStringLiteral("mapStage"));
    m_stage->setForegroundRole(QPalette::PlaceholderText);
    m_stage->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(12 * gridUnit);
    m_progress->setAccessibleName(tr("The map settles"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * gridUnit, 0, gridUnit, gridUnit);
    row->setSpacing(gridUnit / 2);
    row->addWidget(m_method);
    row->addWidget(m_colour);
    row->addSpacing(gridUnit);
    for (auto *button : {m_lasso, m_farther, m_closer, m_all})
        row->addWidget(button);
    row->addWidget(m_stage, 1);
    row->addSpacing(gridUnit);
    row->addWidget(m_progress);
    row->addWidget(m_pause);
    row->addWidget(m_stop);
    row->addWidget(m_anew);

    const auto choose = [this] { Q_EMIT layoutChosen(method()); };
    connect(m_method, &QComboBox::activated, this, choose);
    connect(m_anew, &QPushButton::clicked, this, choose);
    connect(m_colour, &QComboBox::activated, this, &MapBar::colourChosen);
    connect(m_lasso, &QToolButton::toggled, this, &MapBar::lassoToggled);
    connect(m_closer, &QToolButton::clicked, this, [this] { Q_EMIT zoomed(zoomStep); });
    connect(m_farther, &QToolButton::clicked, this, [this] { Q_EMIT zoomed(1 / zoomStep); });
    connect(m_all, &QToolButton::clicked, this, &MapBar::allRequested);
    connect(m_stop, &QToolButton::clicked, this, &MapBar::stopRequested);
    connect(m_pause, &QToolButton::toggled, this, [this](bool on) {
        m_pause->setIcon(icon(on ? QStringLiteral("window/resume") : QStringLiteral("window/pause")));
        m_stage->setText(on ? tr("Held") : tr("The map settles…"));
        Q_EMIT held(on);
    });
}

projection::Method MapBar::method() const
{
    return static_cast<Method>(m_method->currentData().toInt());
}

void MapBar::setMethod(Method method)
{
    if (const int index = m_method->findData(static_cast<int>(method)); index >= 0)
        m_method->setCurrentIndex(index);
}

ColourBy MapBar::colourBy() const
{
    return static_cast<ColourBy>(m_colour->currentData().toInt());
}

void MapBar::setColourBy(ColourBy by)
{
    if (const int index = m_colour->findData(static_cast<int>(by)); index >= 0)
        m_colour->setCurrentIndex(index);
}

void MapBar::setLasso(bool on)
{
    m_lasso->setChecked(on);
}

void MapBar::setStage(MapRun::Stage stage, int done, int total, std::size_t photos)
{
    using Stage = MapRun::Stage;
    for (auto *each : std::initializer_list<QWidget *>{m_method, m_colour, m_lasso, m_farther, m_closer, m_all, m_anew})
        each->setEnabled(photos > 0);
    const bool settles = stage == Stage::Settling || stage == Stage::Neighbours;
    m_progress->setVisible(settles);
    m_pause->setVisible(stage == Stage::Settling);
    m_stop->setVisible(stage == Stage::Settling);
    m_anew->setVisible(!settles);
    m_progress->setRange(0, stage == Stage::Settling ? total : 0); // 0 to 0: busy
    m_progress->setValue(done);
    if (stage != Stage::Settling) {
        const QSignalBlocker blocker(m_pause); // nothing is held that does not run
        m_pause->setChecked(false);
        m_pause->setIcon(icon(QStringLiteral("window/pause")));
    }
    QString text;
    if (stage == Stage::Neighbours)
        text = tr("Looking for neighbours…");
    else if (stage == Stage::Settling)
        text = m_pause->isChecked() ? tr("Held") : tr("The map settles…");
    else if (stage == Stage::Naming)
        text = tr("Names and words…");
    else if (photos > 3)
        text = tr("%n photo(s)", nullptr, static_cast<int>(photos));
    else if (photos > 0)
        text = tr("Too few photos for a map: they lie side by side");
    m_stage->setText(text);
}

} // namespace photolex::ui
