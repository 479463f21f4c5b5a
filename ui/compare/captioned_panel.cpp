#include "ui/compare/captioned_panel.h"

#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figures.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

namespace photolex::ui {

struct CaptionedPanel::Impl {
    CaptionedPanel *q;
    Commands *commands;
    std::shared_ptr<EncoderShelf> shelf;
    QList<EncoderChoice> encoders;
    CaptionedSource source;
    std::optional<CaptionedOutcome> outcome;
    std::shared_ptr<CaptionedProgress> progress;
    Latest<CaptionedOutcome> latest;
    QTimer poll;

    QComboBox *splits, *way;
    QToolButton *open, *save;
    QLabel *headline;
    QStackedWidget *stack;
    EmptyState *empty;
    QWidget *waiting;
    QLabel *waitingText;
    QProgressBar *bar;
    Chart *recall, *ranks;
    QTableWidget *figures;

    void build();
    QWidget *makeWaiting();
    void chooseFolder();
    void chooseFile();
    void measure();
    void take(Result<CaptionedOutcome> found);
    void show();
    void showEmpty(const QString &title, const QString &sentence);
    void fillFigures();
    void saveChart(const Chart *chart, const QString &name);
    const CaptionedOutcome::Way &wayOf(const CaptionedOutcome::OfEncoder &encoder) const
    {
        return way->currentIndex() == 0 ? encoder.textToImage : encoder.imageToText;
    }
};

QWidget *CaptionedPanel::Impl::makeWaiting()
{
    auto *page = new QWidget;
    waitingText = new QLabel;
    waitingText->setAlignment(Qt::AlignCenter);
    waitingText->setWordWrap(true);
    bar = new QProgressBar;
    bar->setMaximumWidth(50 * gridUnit);
    auto *stop = new QPushButton(CaptionedPanel::tr("Stop"));
    QObject::connect(stop, &QPushButton::clicked, q, [this] {
        latest.cancel();
        poll.stop();
        source = {};
        show();
    });
    auto *column = new QVBoxLayout(page);
    column->addStretch();
    column->addWidget(waitingText);
    column->addWidget(bar, 0, Qt::AlignHCenter);
    column->addWidget(stop, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

void CaptionedPanel::Impl::build()
{
    open = new QToolButton;
    open->setObjectName(QStringLiteral("openCaptioned"));
    open->setText(CaptionedPanel::tr("Captioned photos"));
    open->setIcon(icon(QStringLiteral("window/folder-open")));
    open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    open->setPopupMode(QToolButton::InstantPopup);
    auto *openMenu = new QMenu(open);
    QObject::connect(openMenu->addAction(CaptionedPanel::tr("A folder with .txt or XMP beside the photos…")),
                     &QAction::triggered, q, [this] { chooseFolder(); });
    QObject::connect(openMenu->addAction(CaptionedPanel::tr("A file of captions (TSV, COCO, Karpathy, Flickr)…")),
                     &QAction::triggered, q, [this] { chooseFile(); });
    open->setMenu(openMenu);
    splits = new QComboBox;
    splits->setAccessibleName(CaptionedPanel::tr("Part of the set"));
    splits->setToolTip(splits->accessibleName());
    way = new QComboBox;
    way->setObjectName(QStringLiteral("way"));
    way->setAccessibleName(CaptionedPanel::tr("What is looked for"));
    way->addItem(CaptionedPanel::tr("Photos for captions"));
    way->addItem(CaptionedPanel::tr("Captions for photos"));
    save = iconButton(QStringLiteral("search/results-export"), CaptionedPanel::tr("Save a chart or its numbers"));
    save->setPopupMode(QToolButton::InstantPopup);
    auto *saveMenu = new QMenu(save);
    QObject::connect(saveMenu->addAction(CaptionedPanel::tr("Recall curves…")), &QAction::triggered, q,
                     [this] { saveChart(recall, QStringLiteral("recall")); });
    QObject::connect(saveMenu->addAction(CaptionedPanel::tr("Ranks…")), &QAction::triggered, q,
                     [this] { saveChart(ranks, QStringLiteral("ranks")); });
    save->setMenu(saveMenu);
    headline = new ElidedLabel;
    headline->setObjectName(QStringLiteral("captionedHeadline"));

    recall = new Chart;
    recall->setObjectName(QStringLiteral("recallChart"));
    ranks = new Chart;
    ranks->setObjectName(QStringLiteral("rankChart"));
    auto *charts = new QSplitter;
    charts->addWidget(recall);
    charts->addWidget(ranks);
    charts->setChildrenCollapsible(false);
    figures = figuresTable(QStringLiteral("figures"), CaptionedPanel::tr("Recall and ranks of each encoder"));
    figures->setSelectionMode(QAbstractItemView::NoSelection);
    figures->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto *results = new QWidget;
    auto *column = new QVBoxLayout(results);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridUnit);
    column->addWidget(charts, 1);
    column->addWidget(figures);

    empty = new EmptyState;
    waiting = makeWaiting();
    stack = new QStackedWidget;
    stack->addWidget(empty);
    stack->addWidget(waiting);
    stack->addWidget(results);

    auto *bars = new QHBoxLayout;
    bars->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    bars->setSpacing(gridUnit);
    bars->addWidget(open);
    bars->addWidget(splits);
    bars->addWidget(way);
    bars->addWidget(headline, 1);
    bars->addWidget(save);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(bars);
    all->addWidget(stack, 1);

    QObject::connect(empty, &EmptyState::actionTriggered, q, [this] { chooseFolder(); });
    QObject::connect(way, &QComboBox::currentIndexChanged, q, [this] { show(); });
    QObject::connect(splits, &QComboBox::textActivated, q, [this](const QString &split) {
        source.split = split;
        measure();
    });
    poll.setInterval(std::chrono::milliseconds(150));
    QObject::connect(&poll, &QTimer::timeout, q, [this] {
        const auto total = progress ? progress->total.load() : 0;
        bar->setRange(0, static_cast<int>(total)); // 0 to 0: busy, nobody knows how long
        bar->setValue(static_cast<int>(progress ? progress->done.load() : 0));
        const int at = std::min<int>(progress ? progress->encoder.load() : 0, static_cast<int>(encoders.size()) - 1);
        waitingText->setText(
            CaptionedPanel::tr("Looking at the photos with %1…").arg(at >= 0 ? encoders[at].name : QString()));
    });
}

void CaptionedPanel::Impl::chooseFolder()
{
    auto *dialog = new QFileDialog(q->window(), CaptionedPanel::tr("Captioned photos"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &folder) { q->open(folder); });
    dialog->open();
}

void CaptionedPanel::Impl::chooseFile()
{
    auto *dialog = new QFileDialog(q->window(), CaptionedPanel::tr("Captions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {CaptionedPanel::tr("Captions (*.tsv *.json *.token *.txt)"), CaptionedPanel::tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &file) { q->open(file); });
    dialog->open();
}

void CaptionedPanel::Impl::measure()
{
    if (source.place.isEmpty() || !shelf || encoders.size() < fewestEncoders) {
        show();
        return;
    }
    outcome.reset();
    progress = std::make_shared<CaptionedProgress>();
    poll.start();
    bar->setRange(0, 0);
    waitingText->clear();
    stack->setCurrentWidget(waiting);
    latest.run([own = shelf, ids = idsOf(encoders), asked = source, counted = progress](
                   const std::stop_token &stop) { return measureCaptioned(*own, ids, asked, *counted, stop); },
               [this](Result<CaptionedOutcome> found) { take(std::move(found)); });
}

void CaptionedPanel::Impl::take(Result<CaptionedOutcome> found)
{
    poll.stop();
    if (!found) {
        showEmpty(CaptionedPanel::tr("These photos cannot be measured"),
                  errorSentence(found.error()) + QLatin1Char(' ') + errorRemedy(found.error()));
        Q_EMIT q->measured();
        return;
    }
    if (std::ranges::all_of(found->encoders, &CaptionedOutcome::OfEncoder::hasNoText)) {
        showEmpty(CaptionedPanel::tr("These encoders have no text side"),
                  CaptionedPanel::tr("Captions say nothing to them. Choose another encoder above."));
        Q_EMIT q->measured();
        return;
    }
    outcome = std::move(*found);
    splits->clear();
    splits->addItems(outcome->splits);
    splits->setCurrentText(outcome->split);
    show();
    Q_EMIT q->measured();
}

void CaptionedPanel::Impl::showEmpty(const QString &title, const QString &sentence)
{
    for (auto *widget : std::initializer_list<QWidget *>{splits, way, save})
        widget->hide();
    headline->clear();
    empty->setContent(EmptyState::Picture::Photos, title, sentence, CaptionedPanel::tr("Open a captioned folder"));
    stack->setCurrentWidget(empty);
}

void CaptionedPanel::Impl::show()
{
    if (!outcome) {
        showEmpty(CaptionedPanel::tr("How well does each encoder find the right photo?"),
                  CaptionedPanel::tr("Choose photos with captions. Each caption is searched for, and the place of its "
                                     "own photo is counted."));
        return;
    }
    const QLocale locale;
    splits->setVisible(outcome->splits.size() > 1);
    way->show();
    save->show();
    headline->setText(CaptionedPanel::tr("%1: %2 photos, %3 captions")
                          .arg(outcome->name, locale.toString(outcome->images), locale.toString(outcome->captions)));
    const bool photosWanted = way->currentIndex() == 0;
    ChartData curves{.title = photosWanted ? CaptionedPanel::tr("Captions whose photo is among the first k")
                                           : CaptionedPanel::tr("Photos with a caption among the first k"),
                     .xTitle = CaptionedPanel::tr("k"),
                     .yTitle = CaptionedPanel::tr("Recall, %"),
                     .logarithmic = true,
                     .categories = {},
                     .highest = 100,
                     .series = {}};
    ChartData bars{.kind = ChartData::Kind::Bars,
                   .title = photosWanted ? CaptionedPanel::tr("Ranks of the right photo")
                                         : CaptionedPanel::tr("Ranks of the first right caption"),
                   .xTitle = CaptionedPanel::tr("Rank"),
                   .yTitle = CaptionedPanel::tr("Share, %"),
                   .categories = {},
                   .series = {}};
    for (std::size_t i = 0; i < outcome->encoders.size(); ++i) {
        if (outcome->encoders[i].hasNoText)
            continue;
        const auto &own = wayOf(outcome->encoders[i]);
        const QString name = encoders.value(static_cast<qsizetype>(i)).name;
        auto &curve = curves.series.emplace_back(ChartSeries{name, {}});
        for (const auto &point : own.curve)
            curve.values.push_back(
                {static_cast<double>(point.k), point.recall, point.interval.low, point.interval.high});
        auto &histogram = bars.series.emplace_back(ChartSeries{name, {}});
        for (const auto &bin : own.histogram)
            histogram.values.push_back(
                {static_cast<double>(bin.first), bin.share, bin.interval.low, bin.interval.high});
        if (bars.categories.isEmpty())
            for (const auto &bin : own.histogram) {
                const auto last = std::min(bin.last, photosWanted ? outcome->images : outcome->captions);
                bars.categories << (bin.first == last ? locale.toString(bin.first)
                                                      : CaptionedPanel::tr("%1–%2", "from rank, to rank")
                                                            .arg(locale.toString(bin.first), locale.toString(last)));
            }
    }
    recall->setData(std::move(curves));
    ranks->setData(std::move(bars));
    fillFigures();
    stack->setCurrentIndex(2);
}

void CaptionedPanel::Impl::fillFigures()
{
    const QLocale locale;
    figures->clear();
    figures->clearSpans();
    figures->setColumnCount(6);
    figures->setHorizontalHeaderLabels({CaptionedPanel::tr("Encoder"), CaptionedPanel::tr("Recall@1"),
                                        CaptionedPanel::tr("Recall@5"), CaptionedPanel::tr("Recall@10"),
                                        CaptionedPanel::tr("Median rank"), CaptionedPanel::tr("Mean rank")});
    figures->setRowCount(static_cast<int>(outcome->encoders.size()));
    for (int row = 0; row < figures->rowCount(); ++row) {
        const auto &own = outcome->encoders[static_cast<std::size_t>(row)];
        if (own.hasNoText) {
            auto *name = new QTableWidgetItem(encoders.value(row).name);
            auto *reason =
                new QTableWidgetItem(CaptionedPanel::tr("It has no text side, so captions say nothing to it"));
            reason->setForeground(quietText(figures->palette()));
            figures->setItem(row, 0, name);
            figures->setItem(row, 1, reason);
            figures->setSpan(row, 1, 1, figures->columnCount() - 1);
            continue;
        }
        const auto &ranking = wayOf(own).ranking;
        const QStringList texts{encoders.value(row).name,
                                locale.toString(ranking.recall1, 'f', 1),
                                locale.toString(ranking.recall5, 'f', 1),
                                locale.toString(ranking.recall10, 'f', 1),
                                locale.toString(ranking.medianRank, 'f', 0),
                                locale.toString(ranking.meanRank, 'f', 1)};
        for (int column = 0; column < texts.size(); ++column) {
            figures->setItem(row, column,
                             column == 0 ? new QTableWidgetItem(texts[column]) : figureItem(texts[column]));
        }
    }
    fitHeight(figures);
}

void CaptionedPanel::Impl::saveChart(const Chart *chart, const QString &name)
{
    auto *dialog = new QFileDialog(q->window(), CaptionedPanel::tr("Save chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters{CaptionedPanel::tr("Drawing (*.svg)"), CaptionedPanel::tr("Picture (*.png)"),
                              CaptionedPanel::tr("Numbers (*.csv)")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const QStringList suffixes{QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")};
        dialog->setDefaultSuffix(suffixes.value(filters.indexOf(filter)));
    });
    dialog->selectFile(name);
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this, chart](const QString &file) {
        const auto saved = chart->save(file);
        commands->tell(saved ? CaptionedPanel::tr("The chart was written to “%1”.").arg(file)
                             : errorSentence(saved.error()) + QLatin1Char(' ') + errorRemedy(saved.error()));
    });
    dialog->open();
}

CaptionedPanel::CaptionedPanel(Commands *commands, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->commands = commands;
    m_impl->build();
    m_impl->show();
}

CaptionedPanel::~CaptionedPanel() = default;

void CaptionedPanel::setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders)
{
    m_impl->shelf = std::move(shelf);
    m_impl->encoders = encoders;
    m_impl->measure();
}

void CaptionedPanel::open(const QString &place)
{
    m_impl->source = {place, {}};
    m_impl->measure();
}

QString CaptionedPanel::place() const
{
    return m_impl->source.place;
}

bool CaptionedPanel::isRunning() const
{
    return m_impl->latest.isRunning();
}

const CaptionedOutcome *CaptionedPanel::outcome() const
{
    return m_impl->outcome ? &*m_impl->outcome : nullptr;
}

Chart *CaptionedPanel::recallChart() const
{
    return m_impl->recall;
}

Chart *CaptionedPanel::rankChart() const
{
    return m_impl->ranks;
}

} // namespace photolex::ui
