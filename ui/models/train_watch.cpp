#include "ui/models/train_watch.h"

#include "ui/common/messages.h"
#include "ui/common/photo_text.h"
#include "ui/style/theme.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/figures.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

namespace photolex::ui {

namespace {

constexpr int redrawMilliseconds = 500;
constexpr std::array depths = {1, 5, 10};

double recallAt(const eval::Ranking &ranking, int depth)
{
    return depth == 1 ? ranking.recall1 : depth == 5 ? ranking.recall5 : ranking.recall10;
}

} // namespace

struct TrainWatch::Impl {
    TrainWatch *q;
    TrainingRun *run;
    std::optional<training::JobState> unfinished; // shown instead of the run
    QTimer redraw;

    QLabel *title, *state, *kept;
    QProgressBar *bar;
    QComboBox *depth;
    Chart *loss, *recall;
    QTableWidget *figures;
    QPushButton *pause, *finish, *breakOff, *goOn, *discard, *show, *compare, *another;

    void build();
    const training::JobState &job() const { return unfinished ? *unfinished : run->job(); }
    const training::Outcome *outcome() const
    {
        const auto &result = run->result();
        return !unfinished && result && *result ? &**result : nullptr;
    }
    const Error *fault() const
    {
        const auto &result = run->result();
        return !unfinished && result && !*result ? &result->error() : nullptr;
    }
    void update();
    QString stateText() const;
    QString runningText() const;
    QString outcomeText(const training::Outcome &outcome) const;
    void drawCharts();
    void fillFigures();
    void updateButtons();
};

void TrainWatch::Impl::build()
{
    const auto label = [](const char *name) {
        auto *made = new QLabel;
        made->setObjectName(QString::fromLatin1(name));
        made->setWordWrap(true);
        made->setTextFormat(Qt::PlainText);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        return made;
    };
    title = label("trainTitle");
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    state = label("trainState");
    kept = label("trainKept");
    bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setAccessibleName(TrainWatch::tr("How far the training has come"));
    depth = new QComboBox;
    depth->setObjectName(QStringLiteral("trainDepth"));
    depth->setAccessibleName(TrainWatch::tr("How many of the best count as found"));
    for (const int each : depths)
        depth->addItem(TrainWatch::tr("Recall at %1", "among the first %1").arg(QLocale().toString(each)), each);
    depth->setCurrentIndex(static_cast<int>(depths.size()) - 1);
    loss = new Chart;
    loss->setObjectName(QStringLiteral("lossChart"));
    recall = new Chart;
    recall->setObjectName(QStringLiteral("trainRecallChart"));
    figures = figuresTable(QStringLiteral("trainFigures"), TrainWatch::tr("Held-out captions before and after"));
    figures->setSelectionMode(QAbstractItemView::NoSelection);
    const auto button = [](const char *name, const QString &text, const QString &hint) {
        auto *made = new QPushButton(text);
        made->setObjectName(QString::fromLatin1(name));
        made->setToolTip(hint);
        return made;
    };
    pause = button("trainPause", {}, TrainWatch::tr("It waits after the step at hand and gives the processor back"));
    finish = button("trainFinish", TrainWatch::tr("End now, keep the best"),
                    TrainWatch::tr("The encoder of the best pass so far becomes the bundle"));
    breakOff = button("trainBreakOff", TrainWatch::tr("Break off"),
                      TrainWatch::tr("Whole passes are kept: it can be gone on with, now or after a restart"));
    goOn = button("trainContinue", TrainWatch::tr("Continue"), TrainWatch::tr("Goes on after the last whole pass"));
    discard = button("trainDiscard", TrainWatch::tr("Throw away"),
                     TrainWatch::tr("Deletes what was trained so far; photos and captions stay"));
    show = button("trainShow", TrainWatch::tr("Show in Models"), TrainWatch::tr("The new bundle among the others"));
    compare = button("trainCompare", TrainWatch::tr("Compare"),
                     TrainWatch::tr("The new encoder beside the one that it began with"));
    another = button("trainAnother", TrainWatch::tr("Another training"), {});

    auto *stateRow = new QHBoxLayout;
    stateRow->addWidget(state, 1);
    stateRow->addWidget(depth, 0, Qt::AlignBottom);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(gridUnit);
    charts->addWidget(loss, 1);
    charts->addWidget(recall, 1);
    auto *buttons = new QHBoxLayout;
    for (auto *each : {pause, goOn, finish, show, compare})
        buttons->addWidget(each);
    buttons->addStretch();
    for (auto *each : {another, breakOff, discard})
        buttons->addWidget(each);
    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(2 * gridUnit, gridUnit, 2 * gridUnit, gridUnit);
    column->setSpacing(gridUnit);
    column->addWidget(title);
    column->addLayout(stateRow);
    column->addWidget(bar);
    column->addLayout(charts, 1);
    column->addWidget(figures);
    column->addWidget(kept);
    column->addLayout(buttons);

    redraw.setSingleShot(true);
    redraw.setInterval(redrawMilliseconds);
    QObject::connect(&redraw, &QTimer::timeout, q, [this] { update(); });
    QObject::connect(run, &TrainingRun::changed, q, [this] {
        if (!redraw.isActive())
            redraw.start();
    });
    QObject::connect(run, &TrainingRun::ended, q, [this] { update(); });
    QObject::connect(depth, &QComboBox::currentIndexChanged, q, [this] { drawCharts(); });
    QObject::connect(pause, &QPushButton::clicked, q, [this] {
        run->setPaused(!run->isPaused());
        update();
    });
    QObject::connect(finish, &QPushButton::clicked, q, [this] {
        run->finish();
        update();
    });
    QObject::connect(breakOff, &QPushButton::clicked, q, [this] {
        run->stop();
        breakOff->setEnabled(false);
    });
    QObject::connect(goOn, &QPushButton::clicked, q, [this] { Q_EMIT q->continued(job()); });
    QObject::connect(discard, &QPushButton::clicked, q, [this] { Q_EMIT q->discarded(job()); });
    QObject::connect(show, &QPushButton::clicked, q, [this] {
        if (const auto *done = outcome())
            Q_EMIT q->shownInModels(QString::fromStdString(done->bundle.id));
    });
    QObject::connect(compare, &QPushButton::clicked, q, [this] {
        const auto *done = outcome();
        if (!done)
            return;
        // Encoders of the program's own bundle go by their own name in Compare, others by the bundle's as well.
        auto from = QString::fromStdString(run->job().settings.from);
        if (from.isEmpty() || from == QLatin1String("photolex-en"))
            from = QStringLiteral("linear");
        else if (from.startsWith(QLatin1String("photolex-en/")))
            from = from.mid(12);
        Q_EMIT q->compared({from, QString::fromStdString(done->bundle.id + '/' + done->encoder)});
    });
    QObject::connect(another, &QPushButton::clicked, q, [this] { Q_EMIT q->closed(); });
}

QString TrainWatch::Impl::runningText() const
{
    const auto &progress = run->progress();
    const QLocale locale;
    if (progress.stage == "photos")
        return TrainWatch::tr("The photos are being read: %1 of %2. This is done once.")
            .arg(locale.toString(qint64(progress.done)), locale.toString(qint64(progress.total)));
    if (progress.stage == "bundle")
        return TrainWatch::tr("The bundle is being written and tested…");
    const auto &epochs = run->job().epochs;
    if (progress.stage.empty() && epochs.empty())
        return TrainWatch::tr("Everything is being made ready…");
    const int done = epochs.empty() ? 0 : epochs.back().epoch;
    QString text = TrainWatch::tr("Pass %1 of at most %2.")
                       .arg(locale.toString(std::min(done + 1, run->job().settings.epochs)),
                            locale.toString(run->job().settings.epochs));
    for (auto report = epochs.rbegin(); report != epochs.rend(); ++report)
        if (report->best) {
            text += QLatin1Char(' ') +
                    (report->epoch == 0
                         ? TrainWatch::tr("None is better than before yet.")
                         : TrainWatch::tr("The best so far is pass %1.").arg(locale.toString(report->epoch)));
            break;
        }
    if (run->isPaused())
        return TrainWatch::tr("Paused.") + QLatin1Char(' ') + text;
    constexpr double minute = 60;
    if (const double left = run->secondsLeft(); left >= minute)
        text += QLatin1Char(' ') + TrainWatch::tr("At most %1.", "a time that is left").arg(timeLeftText(left));
    else if (left >= 0)
        text += QLatin1Char(' ') + TrainWatch::tr("Less than a minute is left.");
    return text;
}

QString TrainWatch::Impl::outcomeText(const training::Outcome &done) const
{
    const QLocale locale;
    QString text;
    if (done.best == 0)
        text = TrainWatch::tr("Done, but no pass was better than before on the held-out captions: the new bundle knows "
                              "the new words, and nothing else has changed.");
    else
        text = TrainWatch::tr("Done: pass %1 was the best. It is installed as “%2”.")
                   .arg(locale.toString(done.best), QString::fromStdString(done.bundle.id));
    if (done.early && done.best > 0)
        text += QLatin1Char(' ') + TrainWatch::tr("It ended after %n pass(es), as no better one came or you wished so.",
                                                  nullptr, done.epochs);
    if (done.unreadable > 0)
        text += QLatin1Char(' ') + TrainWatch::tr("%n photo(s) could not be read and were left out.", nullptr,
                                                  static_cast<int>(done.unreadable));
    return text;
}

QString TrainWatch::Impl::stateText() const
{
    if (unfinished) {
        const int done = unfinished->epochs.empty() ? 0 : unfinished->epochs.back().epoch;
        return done > 0 ? TrainWatch::tr("It was broken off after pass %1 of at most %2. Nothing is lost.")
                              .arg(QLocale().toString(done), QLocale().toString(unfinished->settings.epochs))
                        : TrainWatch::tr("It was broken off before its first pass was done.");
    }
    if (run->isRunning())
        return runningText();
    if (const auto *done = outcome())
        return outcomeText(*done);
    if (const auto *error = fault())
        return error->code == Errc::Cancelled ? TrainWatch::tr("Broken off. Whole passes are kept.")
                                              : TrainWatch::tr("The training stopped.") + QLatin1Char(' ') +
                                                    errorSentence(*error) + QLatin1Char(' ') + errorRemedy(*error) +
                                                    QLatin1Char(' ') + TrainWatch::tr("Whole passes are kept.");
    return {};
}

void TrainWatch::Impl::drawCharts()
{
    const auto &settings = job().settings;
    const double passes = outcome() ? outcome()->epochs : settings.epochs;
    ChartData losses{.title = TrainWatch::tr("Loss on what is learnt"),
                     .xTitle = TrainWatch::tr("Passes"),
                     .yTitle = TrainWatch::tr("Loss"),
                     .categories = {},
                     .farthest = passes,
                     .series = {{TrainWatch::tr("Loss"), {}}}};
    if (unfinished) {
        for (const auto &report : unfinished->epochs)
            if (report.epoch > 0)
                losses.series[0].values.push_back(
                    {static_cast<double>(report.epoch), report.loss, report.loss, report.loss});
    } else {
        for (const auto &point : run->losses())
            losses.series[0].values.push_back(
                {std::round(point.x() * 100) / 100, point.y(), point.y(), point.y()}); // as the table shows it
    }
    const int k = depth->currentData().toInt();
    ChartData recalls{.title =
                          TrainWatch::tr("Found among the first %1", "held-out captions").arg(QLocale().toString(k)),
                      .xTitle = TrainWatch::tr("Passes"),
                      .yTitle = TrainWatch::tr("Recall, %"),
                      .categories = {},
                      .farthest = passes,
                      .highest = 100,
                      .series = {{TrainWatch::tr("Photos", "that are found"), {}},
                                 {TrainWatch::tr("Captions", "that are found"), {}}}};
    for (const auto &report : job().epochs) {
        if (!report.dev)
            continue;
        const auto at = static_cast<double>(report.epoch);
        const double photo = recallAt(report.dev->textToImage, k);
        const double caption = recallAt(report.dev->imageToText, k);
        recalls.series[0].values.push_back({at, photo, photo, photo});
        recalls.series[1].values.push_back({at, caption, caption, caption});
    }
    loss->setData(std::move(losses));
    recall->setData(std::move(recalls));
}

void TrainWatch::Impl::fillFigures()
{
    const auto *done = outcome();
    figures->setVisible(done);
    kept->setVisible(done && done->keptWords);
    if (!done)
        return;
    const QLocale locale;
    figures->clear();
    figures->setColumnCount(7);
    const auto depthText = [&](int k) { return TrainWatch::tr("in %1", "among the first").arg(locale.toString(k)); };
    figures->setHorizontalHeaderLabels(
        {TrainWatch::tr("%1 held-out photos").arg(locale.toString(qint64(done->after.images))),
         TrainWatch::tr("Photo: first", "found by its caption"), depthText(5), depthText(10),
         TrainWatch::tr("Caption: first", "found by its photo"), depthText(5), depthText(10)});
    figures->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    figures->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    figures->setRowCount(done->before ? 2 : 1);
    const auto fill = [&](int row, const QString &name, const eval::Retrieval &measured) {
        figures->setItem(row, 0, new QTableWidgetItem(name));
        int column = 1;
        for (const auto *way : {&measured.textToImage, &measured.imageToText})
            for (const int k : depths)
                figures->setItem(row, column++, figureItem(percentText(recallAt(*way, k) / 100)));
    };
    if (done->before)
        fill(0, TrainWatch::tr("Before"), *done->before);
    fill(figures->rowCount() - 1, TrainWatch::tr("Now"), done->after);
    fitHeight(figures);
    if (done->keptWords)
        kept->setText(
            TrainWatch::tr("What it knew before: of the ten words nearest to each of many everyday things, %1 "
                           "are the same.")
                .arg(percentText(*done->keptWords)));
}

void TrainWatch::Impl::updateButtons()
{
    const bool running = !unfinished && run->isRunning();
    const bool broken = unfinished || fault();
    const bool ended = outcome() != nullptr;
    const bool learning = running && QString::fromStdString(run->progress().stage).startsWith(QLatin1String("train"));
    const std::initializer_list<std::pair<QPushButton *, bool>> shown = {
        {pause, running},  {finish, running}, {breakOff, running}, {goOn, broken},
        {discard, broken}, {show, ended},     {compare, ended},    {another, ended || broken}};
    // What goes makes room for what comes: with all of them at once the window would grow.
    for (const bool now : {false, true})
        for (const auto &[button, isShown] : shown)
            if (isShown == now)
                button->setVisible(now);
    pause->setEnabled(learning || run->isPaused());
    pause->setText(run->isPaused() ? TrainWatch::tr("Go on") : TrainWatch::tr("Pause"));
    finish->setEnabled(learning && !run->isFinishing());
    breakOff->setEnabled(running && run->progress().stage != "bundle");
}

void TrainWatch::Impl::update()
{
    const auto &settings = job().settings;
    const auto name = QString::fromStdString(settings.name);
    //: a bundle's name, and what it is trained on
    title->setText(
        job().source.isLibrary()
            ? TrainWatch::tr("“%1”, from the captions of the library").arg(name)
            : TrainWatch::tr("“%1”, from the captions of “%2”").arg(name, QString::fromStdString(job().set)));
    state->setText(stateText());
    const auto &progress = run->progress();
    const bool running = !unfinished && run->isRunning();
    bar->setVisible(running);
    bar->setRange(0, running && progress.total > 0 ? static_cast<int>(progress.total) : 0);
    bar->setValue(static_cast<int>(progress.done));
    drawCharts();
    fillFigures();
    updateButtons();
}

TrainWatch::TrainWatch(TrainingRun *run, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->run = run;
    m_impl->build();
    m_impl->update();
}

TrainWatch::~TrainWatch() = default;

void TrainWatch::showUnfinished(const training::JobState &job)
{
    m_impl->unfinished = job;
    m_impl->update();
}

void TrainWatch::showRun()
{
    m_impl->unfinished.reset();
    m_impl->update();
}

Chart *TrainWatch::lossChart() const
{
    return m_impl->loss;
}

Chart *TrainWatch::recallChart() const
{
    return m_impl->recall;
}

} // namespace photolex::ui
