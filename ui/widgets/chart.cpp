#include "ui/widgets/chart.h"

#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QBoxLayout>
#include <QBuffer>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHeaderView>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QTableWidget>
#include <QToolButton>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

namespace photolex::ui {

namespace {

// Told apart by people who see red and green alike, and by lightness.
QColor seriesColour(std::size_t index, bool dark)
{
    static constexpr QRgb onLight[] = {0xff1f5fbf, 0xffb85c00, 0xff00795c, 0xff8a2f7d};
    static constexpr QRgb onDark[] = {0xff7fb2ff, 0xffffb35c, 0xff4fd1a5, 0xffe59ad8};
    return QColor::fromRgb(dark ? onDark[index % 4] : onLight[index % 4]);
}

Qt::PenStyle seriesPattern(std::size_t index)
{
    static constexpr Qt::PenStyle patterns[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return patterns[index % 4];
}

Qt::BrushStyle barPattern(std::size_t index)
{
    static constexpr Qt::BrushStyle patterns[] = {Qt::SolidPattern, Qt::Dense3Pattern, Qt::BDiagPattern,
                                                  Qt::Dense5Pattern};
    return patterns[index % 4];
}

bool hasBand(const ChartSeries &series)
{
    return std::ranges::any_of(series.values, [](const ChartValue &value) { return value.low < value.high; });
}

// A tick is rounded up to 1, 2 or 5 times a power of ten.
double roundTick(double rough)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(rough, 1e-9))));
    for (const double times : {1.0, 2.0, 5.0})
        if (rough <= times * power)
            return times * power;
    return 10 * power;
}

QString csvText(const QString &text)
{
    return QString::fromStdString(csvField(text.toStdString()));
}

// Decimals of a number in the table: small ones need more to differ.
int decimalsOf(const ChartData &data)
{
    double largest = 0;
    for (const auto &series : data.series)
        for (const auto &value : series.values)
            largest = std::max(largest, std::abs(value.y));
    return largest >= 10 || largest == 0 ? 1 : largest >= 1 ? 2 : 3;
}

double highestOf(const ChartData &data)
{
    if (data.highest > data.lowest)
        return data.highest;
    double highest = data.lowest;
    for (const auto &series : data.series)
        for (const auto &value : series.values)
            highest = std::max({highest, value.y, data.kind == ChartData::Kind::Curves ? value.high : value.y});
    if (!(highest > data.lowest)) // nothing to show yet; ticks need some room in any case
        return data.lowest + 1;
    const double step = roundTick((highest - data.lowest) / 5);
    return data.lowest + step * std::ceil((highest - data.lowest) / step - 1e-9);
}

} // namespace

struct Chart::Impl {
    Chart *q;
    ChartData data;
    QStackedWidget *stack;
    QChartView *view;
    QTableWidget *table;
    QToolButton *asTable;

    void fill();
    void colour(QAbstractAxis *axis) const;
    void addCurves(QChart *chart, QAbstractAxis *x, QAbstractAxis *y);
    void addBars(QChart *chart, QAbstractAxis *x, QAbstractAxis *y);
    void fillTable();
    QString summary() const;
    std::string csv() const;
};

void Chart::Impl::colour(QAbstractAxis *axis) const
{
    const QPalette palette = q->palette();
    axis->setLabelsColor(quietText(palette));
    axis->setTitleBrush(quietText(palette));
    axis->setGridLineColor(hairline(palette));
    axis->setLinePenColor(hairline(palette));
    axis->setMinorGridLineVisible(false);
    QFont font = q->font();
    axis->setTitleFont(font);
    font.setPointSizeF(font.pointSizeF() * 0.9);
    axis->setLabelsFont(font);
}

void Chart::Impl::addCurves(QChart *chart, QAbstractAxis *x, QAbstractAxis *y)
{
    const bool dark = isDark(q->palette());
    for (std::size_t i = 0; i < data.series.size(); ++i) {
        const auto &series = data.series[i];
        const QColor colour = seriesColour(i, dark);
        if (hasBand(series)) {
            auto *low = new QLineSeries(chart);
            auto *high = new QLineSeries(chart);
            for (const auto &value : series.values) {
                low->append(value.x, value.low);
                high->append(value.x, value.high);
            }
            auto *band = new QAreaSeries(high, low);
            QColor faint = colour;
            faint.setAlpha(dark ? 60 : 45);
            band->setBrush(faint);
            band->setPen(Qt::NoPen);
            chart->addSeries(band);
            band->attachAxis(x);
            band->attachAxis(y);
            for (auto *marker : chart->legend()->markers(band))
                marker->setVisible(false); // the curve stands for both
        }
        auto *line = new QLineSeries;
        line->setName(series.name);
        QPen pen(colour, 2, seriesPattern(i));
        line->setPen(pen);
        line->setPointsVisible(series.values.size() == 1); // no line yet
        for (const auto &value : series.values)
            line->append(value.x, value.y);
        chart->addSeries(line);
        line->attachAxis(x);
        line->attachAxis(y);
    }
    chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
}

void Chart::Impl::addBars(QChart *chart, QAbstractAxis *x, QAbstractAxis *y)
{
    const bool dark = isDark(q->palette());
    auto *bars = new QBarSeries;
    bars->setBarWidth(0.8);
    for (std::size_t i = 0; i < data.series.size(); ++i) {
        auto *set = new QBarSet(data.series[i].name);
        const QColor colour = seriesColour(i, dark);
        set->setBrush(QBrush(colour, barPattern(i)));
        set->setPen(QPen(colour, 1));
        for (const auto &value : data.series[i].values)
            set->append(value.y);
        bars->append(set);
    }
    chart->addSeries(bars);
    bars->attachAxis(x);
    bars->attachAxis(y);
}

void Chart::Impl::fill()
{
    auto *chart = new QChart;
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setBackgroundRoundness(0);
    const QPalette palette = q->palette();
    chart->setBackgroundBrush(palette.base());
    chart->setMargins({gridUnit / 2, gridUnit / 2, gridUnit / 2, gridUnit / 2});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    QFont bold = q->font();
    bold.setBold(true);
    chart->setTitleFont(bold);
    chart->setTitleBrush(palette.text());
    chart->setTitle(data.title);
    chart->legend()->setAlignment(Qt::AlignBottom);
    chart->legend()->setLabelColor(palette.color(QPalette::Text));
    chart->legend()->setFont(q->font());
    chart->setLocalizeNumbers(true);
    chart->setLocale(q->locale());

    QAbstractAxis *x = nullptr;
    if (data.kind == ChartData::Kind::Bars) {
        auto *axis = new QBarCategoryAxis;
        axis->append(data.categories);
        x = axis;
    } else {
        double most = std::max(1.0, data.farthest);
        for (const auto &series : data.series)
            for (const auto &value : series.values)
                most = std::max(most, value.x);
        if (data.logarithmic) {
            auto *axis = new QLogValueAxis;
            axis->setBase(10);
            axis->setLabelFormat(QStringLiteral("%.0f"));
            axis->setRange(1, std::max(most, 2.0));
            x = axis;
        } else {
            auto *axis = new QValueAxis;
            axis->setRange(0, most);
            axis->setTickType(QValueAxis::TicksDynamic);
            axis->setTickInterval(std::max(1.0, roundTick(most / 6))); // whole numbers: steps, passes
            axis->setLabelFormat(QStringLiteral("%.0f"));
            x = axis;
        }
    }
    auto *y = new QValueAxis;
    const double highest = highestOf(data);
    y->setRange(data.lowest, highest);
    y->setTickType(QValueAxis::TicksDynamic);
    y->setTickAnchor(data.lowest);
    const double tick = roundTick((highest - data.lowest) / 5);
    y->setTickInterval(tick);
    y->setLabelFormat(QStringLiteral("%.%1f").arg(tick < 0.01 ? 3 : tick < 0.1 ? 2 : tick < 1 ? 1 : 0));
    x->setTitleText(data.xTitle);
    y->setTitleText(data.yTitle);
    colour(x);
    colour(y);
    chart->addAxis(x, Qt::AlignBottom);
    chart->addAxis(y, q->layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    data.kind == ChartData::Kind::Bars ? addBars(chart, x, y) : addCurves(chart, x, y);

    auto *before = view->chart();
    view->setChart(chart);
    delete before;
    view->setAccessibleName(data.title);
    view->setAccessibleDescription(summary());
    fillTable();
}

void Chart::Impl::fillTable()
{
    const bool bars = data.kind == ChartData::Kind::Bars;
    const int rows = bars ? static_cast<int>(data.categories.size())
                          : static_cast<int>(data.series.empty() ? 0 : data.series.front().values.size());
    table->clear();
    table->setRowCount(rows);
    table->setColumnCount(static_cast<int>(data.series.size()) + 1);
    QStringList header{data.xTitle};
    for (const auto &series : data.series)
        header << series.name;
    table->setHorizontalHeaderLabels(header);
    table->setAccessibleName(data.title);
    const QLocale locale = q->locale();
    const int decimals = decimalsOf(data);
    for (int row = 0; row < rows; ++row) {
        const auto at = static_cast<std::size_t>(row);
        table->setItem(row, 0,
                       new QTableWidgetItem(bars ? data.categories[row]
                                                 : locale.toString(data.series.front().values[at].x, 'g', 6)));
        for (std::size_t i = 0; i < data.series.size(); ++i) {
            const auto &values = data.series[i].values;
            if (at >= values.size())
                continue;
            const auto &value = values[at];
            auto text = locale.toString(value.y, 'f', decimals);
            if (value.low < value.high)
                text = Chart::tr("%1 (%2 to %3)", "value, ends of its interval")
                           .arg(text, locale.toString(value.low, 'f', decimals),
                                locale.toString(value.high, 'f', decimals));
            auto *item = new QTableWidgetItem(text);
            item->setTextAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
            table->setItem(row, static_cast<int>(i) + 1, item);
        }
    }
    table->resizeColumnsToContents();
}

QString Chart::Impl::summary() const
{
    QStringList names;
    for (const auto &series : data.series)
        names << series.name;
    return Chart::tr("%1 over %2, for %3. The numbers stand in the table.", "y axis, x axis, names of series")
        .arg(data.yTitle, data.xTitle, q->locale().createSeparatedList(names));
}

std::string Chart::Impl::csv() const
{
    const bool bars = data.kind == ChartData::Kind::Bars;
    QString text = csvText(data.xTitle);
    for (const auto &series : data.series)
        text += QStringLiteral(",%1,%2,%3")
                    .arg(csvText(series.name), csvText(Chart::tr("%1, low").arg(series.name)),
                         csvText(Chart::tr("%1, high").arg(series.name)));
    text += QLatin1Char('\n');
    std::size_t rows = 0;
    for (const auto &series : data.series)
        rows = std::max(rows, series.values.size());
    for (std::size_t row = 0; row < rows; ++row) {
        text += bars ? csvText(data.categories.value(static_cast<qsizetype>(row)))
                     : QString::number(data.series.front().values[row].x);
        for (const auto &series : data.series) {
            const auto value = row < series.values.size() ? series.values[row] : ChartValue{};
            text += QStringLiteral(",%1,%2,%3").arg(value.y).arg(value.low).arg(value.high);
        }
        text += QLatin1Char('\n');
    }
    return text.toStdString();
}

Chart::Chart(QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.q = this;
    d.view = new QChartView;
    d.view->setRenderHint(QPainter::Antialiasing);
    d.view->setFrameShape(QFrame::NoFrame);
    d.table = new QTableWidget;
    d.table->setObjectName(QStringLiteral("chartTable"));
    d.table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    d.table->verticalHeader()->hide();
    d.table->setFrameShape(QFrame::NoFrame);
    d.stack = new QStackedWidget;
    d.stack->addWidget(d.view);
    d.stack->addWidget(d.table);
    d.asTable = iconButton(QStringLiteral("compare/table"), tr("Show the numbers as a table"));
    d.asTable->setCheckable(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(d.stack, 1);
    row->addWidget(d.asTable, 0, Qt::AlignTop);
    connect(d.asTable, &QToolButton::toggled, this, [this](bool shown) { m_impl->stack->setCurrentIndex(shown); });
    d.fill();
}

Chart::~Chart() = default;

void Chart::setData(ChartData data)
{
    if (data == m_impl->data)
        return;
    m_impl->data = std::move(data);
    m_impl->fill();
}

const ChartData &Chart::data() const
{
    return m_impl->data;
}

void Chart::setTableShown(bool shown)
{
    m_impl->asTable->setChecked(shown);
}

bool Chart::isTableShown() const
{
    return m_impl->stack->currentIndex() == 1;
}

Result<> Chart::save(const QString &file) const
{
    if (file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        return writeFileAtomically(pathBytes(file), m_impl->csv());
    const QSize size = m_impl->view->size();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(), size));
        svg.setTitle(m_impl->data.title);
        QPainter painter(&svg);
        m_impl->view->render(&painter);
    } else {
        constexpr int scale = 2; // sharp on paper and on dense screens
        QImage image(size * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        image.fill(palette().color(QPalette::Base));
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        m_impl->view->render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.end();
        image.save(&buffer, "PNG");
    }
    return writeFileAtomically(pathBytes(file), buffer.data().toStdString());
}

QSize Chart::minimumSizeHint() const
{
    return {30 * gridUnit, 22 * gridUnit};
}

QSize Chart::sizeHint() const
{
    return {60 * gridUnit, 40 * gridUnit};
}

void Chart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LayoutDirectionChange)
        m_impl->fill();
}

} // namespace photolex::ui
