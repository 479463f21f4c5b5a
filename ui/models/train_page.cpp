#include "ui/models/train_page.h"

#include "core/base/threads.h"
#include "core/train/on_rows.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/models/train_findings.h"
#include "ui/style/theme.h"
#include "ui/widgets/empty_state.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int settleMilliseconds = 250; // settings are still being turned

struct Installed {
    QList<FirstChoice> firsts;
    std::vector<training::JobState> unfinished;
};

// The shipped encoders first, their default one before all.
Installed readInstalled()
{
    Installed found;
    for (const auto &installed : model::installedBundles()) {
        const auto manifest = model::readManifest(installed.folder / "manifest.json");
        if (!manifest || manifest->network.kind != "photolex")
            continue;
        for (const auto &entry : manifest->encoders)
            if (train::isTrainedFurther(entry))
                found.firsts.append({QString::fromStdString(installed.id + '/' + entry.id),
                                     QStringLiteral("%1 – %2").arg(QString::fromStdString(manifest->title),
                                                                   QString::fromStdString(entry.id))});
    }
    found.unfinished = training::unfinished();
    return found;
}

QString durationText(double seconds)
{
    constexpr double minute = 60;
    if (seconds < minute)
        return TrainPage::tr("less than a minute");
    const int minutes = static_cast<int>(seconds / minute + 0.5);
    if (minutes < 60)
        return TrainPage::tr("%n minute(s)", nullptr, minutes);
    return TrainPage::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

int trainingThreads()
{
    return std::max(1, threads::count() - 1); // one is left to the window
}

} // namespace

struct TrainPage::Impl {
    TrainPage *q;
    Session *session;
    TrainingRun *run;
    std::optional<training::Material> material;
    std::optional<training::Expected> expected;
    QTimer settle, settleTime;
    Latest<Installed> reading;
    Latest<training::Material> gathering;
    Latest<training::Expected> expecting;
    Latest<training::JobState> creating;

    TrainForm *form;
    QScrollArea *formArea;
    QLabel *time, *headline;
    QPushButton *start, *elsewhere;
    QStackedWidget *stack;
    EmptyState *empty;
    QWidget *checks;
    QListWidget *list;
    TrainWatch *watch;

    void build();
    QWidget *makeChecks();
    void look();
    void take(Result<training::Material> found);
    void askTime();
    void tellTime();
    void startTraining();
    void begin(const training::JobState &job);
    void askToDiscard(const training::JobState &job);
    void showRun();
    void showForm();
    void tell(const QString &sentence);
    std::shared_ptr<catalogue::Catalogue> library() const { return session->catalogue(); }
};

QWidget *TrainPage::Impl::makeChecks()
{
    headline = new QLabel;
    headline->setObjectName(QStringLiteral("trainHeadline"));
    headline->setWordWrap(true);
    headline->setTextFormat(Qt::PlainText);
    QFont bold = headline->font();
    bold.setBold(true);
    headline->setFont(bold);
    list = new QListWidget;
    list->setObjectName(QStringLiteral("trainFindings"));
    list->setAccessibleName(TrainPage::tr("What was found in the captions"));
    list->setFrameShape(QFrame::NoFrame);
    list->setWordWrap(true);
    list->setSpacing(gridUnit / 2);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    elsewhere = new QPushButton(TrainPage::tr("The photos lie in another folder…"));
    elsewhere->setObjectName(QStringLiteral("trainElsewhere"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(2 * gridUnit, gridUnit, 2 * gridUnit, gridUnit);
    column->setSpacing(gridUnit);
    column->addWidget(headline);
    column->addWidget(list, 1);
    column->addWidget(elsewhere, 0, Qt::AlignLeading);
    return page;
}

void TrainPage::Impl::build()
{
    form = new TrainForm;
    formArea = new QScrollArea;
    formArea->setWidget(form);
    formArea->setWidgetResizable(true);
    formArea->setFrameShape(QFrame::NoFrame);
    formArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    formArea->setFocusPolicy(Qt::NoFocus);
    time = new QLabel;
    time->setObjectName(QStringLiteral("trainTime"));
    time->setWordWrap(true);
    time->setMinimumHeight(2 * time->fontMetrics().lineSpacing());
    start = new QPushButton(TrainPage::tr("Start training"));
    start->setObjectName(QStringLiteral("trainStart"));
    start->setDefault(true);
    empty = new EmptyState;
    checks = makeChecks();
    watch = new TrainWatch(run);
    stack = new QStackedWidget;
    stack->addWidget(empty);
    stack->addWidget(checks);
    stack->addWidget(watch);

    auto *back = new QPushButton(TrainPage::tr("All models"));
    back->setObjectName(QStringLiteral("trainBack"));
    back->setToolTip(TrainPage::tr("A running training goes on"));
    auto *title = new QLabel(TrainPage::tr("Train an encoder"));
    QFont large = title->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    title->setFont(large);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(2 * gridUnit, 0, gridUnit, gridUnit);
    top->setSpacing(2 * gridUnit);
    top->addWidget(back);
    top->addWidget(title, 1);
    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, gridUnit);
    leftColumn->addWidget(formArea, 1);
    auto *starting = new QVBoxLayout;
    starting->setContentsMargins(2 * gridUnit, 0, gridUnit, 0);
    starting->addWidget(time);
    starting->addWidget(start);
    leftColumn->addLayout(starting);
    left->setFixedWidth(44 * gridUnit);
    auto *across = new QHBoxLayout;
    across->setSpacing(0);
    across->addWidget(left);
    across->addWidget(stack, 1);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(top);
    all->addLayout(across, 1);

    for (auto *timer : {&settle, &settleTime}) {
        timer->setSingleShot(true);
        timer->setInterval(settleMilliseconds);
    }
    QObject::connect(&settle, &QTimer::timeout, q, [this] { look(); });
    QObject::connect(&settleTime, &QTimer::timeout, q, [this] { askTime(); });
    QObject::connect(form, &TrainForm::sourceChanged, q, [this] {
        material.reset();
        expected.reset();
        tellTime();
        if (form->hasSource())
            settle.start();
    });
    QObject::connect(form, &TrainForm::settingsChanged, q, [this] {
        if (material)
            settleTime.start();
    });
    QObject::connect(back, &QPushButton::clicked, q, &TrainPage::left);
    QObject::connect(start, &QPushButton::clicked, q, [this] { startTraining(); });
    QObject::connect(elsewhere, &QPushButton::clicked, q, [this] {
        auto *dialog = new QFileDialog(q->window(), TrainPage::tr("Where the photos lie"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &folder) {
            auto source = form->source();
            source.photos = pathBytes(folder);
            form->setSource(source);
        });
        dialog->open();
    });
    QObject::connect(watch, &TrainWatch::continued, q, [this](const training::JobState &job) { begin(job); });
    QObject::connect(watch, &TrainWatch::discarded, q, [this](const training::JobState &job) { askToDiscard(job); });
    QObject::connect(watch, &TrainWatch::shownInModels, q, &TrainPage::shownInModels);
    QObject::connect(watch, &TrainWatch::compared, q, &TrainPage::compared);
    QObject::connect(watch, &TrainWatch::closed, q, [this] {
        run->forget();
        showForm();
        if (form->hasSource())
            look(); // its name is taken now
    });
    QObject::connect(run, &TrainingRun::ended, q, [this] { showRun(); });
    run->isRunning() || run->result() ? showRun() : showForm();
}

void TrainPage::Impl::tell(const QString &sentence)
{
    headline->setText(sentence);
    list->clear();
    elsewhere->hide();
    stack->setCurrentWidget(checks);
}

void TrainPage::Impl::showRun()
{
    watch->showRun();
    stack->setCurrentWidget(watch);
    form->setEnabled(false);
    start->setEnabled(false);
    time->clear();
}

void TrainPage::Impl::showForm()
{
    form->setEnabled(true);
    empty->setContent(
        EmptyState::Picture::Photos, TrainPage::tr("Teach an encoder your own words"),
        TrainPage::tr("Choose captions at the side. Photolex looks at them and says how long it will take; "
                      "nothing starts before you say so, and nothing leaves this machine."));
    stack->setCurrentWidget(material ? checks : static_cast<QWidget *>(empty));
    tellTime();
}

void TrainPage::Impl::look()
{
    if (run->isRunning())
        return;
    const auto source = form->source();
    material.reset();
    expected.reset();
    expecting.cancel();
    tell(TrainPage::tr("The captions are being looked at…"));
    tellTime();
    gathering.run([source, settings = form->settings(), own = library()](
                      const std::stop_token &stop) { return training::gather(source, settings, own.get(), stop); },
                  [this](Result<training::Material> found) { take(std::move(found)); });
}

void TrainPage::Impl::take(Result<training::Material> found)
{
    if (run->isRunning())
        return;
    if (!found) {
        tell(errorSentence(found.error()));
        list->addItem(errorRemedy(found.error()));
        elsewhere->hide();
        Q_EMIT q->looked();
        return;
    }
    material = std::move(*found);
    const auto &findings = material->findings;
    if (material->source.isLibrary() && findings.captions == 0 && findings.notRead.count == 0)
        tell(TrainPage::tr("There are no captions in the library yet."));
    else
        tell(materialSentence(findings));
    list->addItems(findingSentences(findings, !form->settings().from.empty()));
    elsewhere->setVisible(findings.missingPhotos.count > 0);
    form->setName(material->source.isLibrary() ? TrainPage::tr("My captions") : QString::fromStdString(material->name));
    if (findings.tooFew) {
        tellTime();
        Q_EMIT q->looked();
        return;
    }
    askTime();
}

void TrainPage::Impl::askTime()
{
    if (!material || material->findings.tooFew)
        return;
    expected.reset();
    expecting.run([own = *material, settings = form->settings()](
                      const std::stop_token &stop) { return training::expect(own, settings, trainingThreads(), stop); },
                  [this](Result<training::Expected> found) {
                      if (found)
                          expected = *found;
                      tellTime();
                      if (!found)
                          time->setText(errorSentence(found.error()));
                      Q_EMIT q->looked();
                  });
    tellTime();
}

void TrainPage::Impl::tellTime()
{
    start->setEnabled(expected && material && !material->findings.tooFew && !run->isRunning());
    if (!expected) {
        time->setText(expecting.isRunning() ? TrainPage::tr("Some steps are being timed…") : QString());
        return;
    }
    time->setText(expected->photos >= 1
                      ? TrainPage::tr("It will take %1 at most, of it %2 to read the photos (once).")
                            .arg(durationText(expected->seconds()), durationText(expected->photos))
                      : TrainPage::tr("It will take %1 at most.").arg(durationText(expected->seconds())));
}

void TrainPage::Impl::startTraining()
{
    if (!start->isEnabled())
        return;
    start->setEnabled(false);
    auto settings = form->settings();
    if (settings.name.empty())
        settings.name = material->name;
    creating.run([own = *material, settings](const std::stop_token &) { return training::create(own, settings); },
                 [this](Result<training::JobState> job) {
                     if (job)
                         begin(*job);
                     else
                         tell(errorSentence(job.error()) + QLatin1Char(' ') + errorRemedy(job.error()));
                 });
}

void TrainPage::Impl::begin(const training::JobState &job)
{
    expecting.cancel();
    gathering.cancel();
    run->start(job, job.source.isLibrary() ? library() : nullptr);
    showRun();
}

void TrainPage::Impl::askToDiscard(const training::JobState &job)
{
    auto *box = new QMessageBox(
        QMessageBox::Question, TrainPage::tr("Throw a training away"),
        TrainPage::tr("Throw away what “%1” has learnt so far?").arg(QString::fromStdString(job.settings.name)),
        QMessageBox::NoButton, q->window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("discardBox"));
    box->setInformativeText(TrainPage::tr("Photos, captions and bundles stay as they are."));
    auto *yes = box->addButton(TrainPage::tr("Throw away"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(box, &QMessageBox::finished, q, [this, box, yes, job] {
        if (box->clickedButton() != yes)
            return;
        if (const auto gone = training::discard(job); !gone) {
            tell(errorSentence(gone.error()) + QLatin1Char(' ') + errorRemedy(gone.error()));
            return;
        }
        run->forget();
        showForm();
        q->refresh(); // there may be another
    });
    box->open();
}

TrainPage::TrainPage(Session *session, TrainingRun *run, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->session = session;
    m_impl->run = run;
    m_impl->build();
}

TrainPage::~TrainPage() = default;

void TrainPage::open(const QString &place)
{
    m_impl->form->setSource({.place = pathBytes(place), .photos = {}});
}

void TrainPage::refresh()
{
    m_impl->reading.run([](const std::stop_token &) -> Result<Installed> { return readInstalled(); },
                        [this](Result<Installed> found) {
                            auto &d = *m_impl;
                            if (!found)
                                return;
                            d.form->setFirsts(found->firsts);
                            if (d.run->isRunning() || d.run->result() || found->unfinished.empty() || d.material)
                                return;
                            d.watch->showUnfinished(found->unfinished.front());
                            d.stack->setCurrentWidget(d.watch);
                            d.form->setEnabled(false);
                        });
}

void TrainPage::start()
{
    m_impl->startTraining();
}

bool TrainPage::isLooking() const
{
    const auto &d = *m_impl;
    return d.settle.isActive() || d.settleTime.isActive() || d.gathering.isRunning() || d.expecting.isRunning();
}

const training::Findings *TrainPage::findings() const
{
    return m_impl->material ? &m_impl->material->findings : nullptr;
}

TrainForm *TrainPage::form() const
{
    return m_impl->form;
}

TrainWatch *TrainPage::watch() const
{
    return m_impl->watch;
}

} // namespace photolex::ui
