#include "ui/models/train_run.h"

#include "core/base/threads.h"

#include <QMetaObject>
#include <algorithm>

namespace photolex::ui {

TrainingRun::TrainingRun(QObject *parent)
    : QObject(parent)
{
}

TrainingRun::~TrainingRun()
{
    stop();
    if (m_thread.joinable())
        m_thread.join();
}

void TrainingRun::start(const training::JobState &job, std::shared_ptr<catalogue::Catalogue> library)
{
    if (isRunning())
        return;
    m_job = job;
    m_losses.clear();
    m_gathered = 0;
    m_each = 1;
    for (const auto &report : job.epochs) // of before a restart
        if (report.epoch > 0)
            m_losses.emplace_back(report.epoch, report.loss);
    m_epochs = job.epochs.empty() ? 0 : job.epochs.back().epoch;
    m_progress = {};
    m_unreadable = 0;
    m_result.reset();
    m_control = std::make_unique<train::Control>();
    // What it tells arrives on the window's thread, as long as this object is there: it joins the thread first.
    const auto post = [this](auto work) { QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection); };
    training::Watching watching;
    watching.control = m_control.get();
    watching.threads = std::max(1, threads::count() - 1);
    watching.progress = [this, post](const Progress &progress) {
        post([this, progress] {
            m_progress = progress;
            Q_EMIT changed();
        });
    };
    watching.epoch = [this, post](const train::EpochReport &report) { post([this, report] { take(report); }); };
    watching.step = [this, post](const train::StepReport &report) { post([this, report] { take(report); }); };
    watching.unreadable = [this, post](const std::filesystem::path &, const Error &) {
        post([this] { ++m_unreadable; });
    };
    m_thread = std::jthread([this, post, watching, job, library = std::move(library)](const std::stop_token &stop) {
        threads::makeThisThreadQuiet(true);
        auto result = std::make_shared<Result<training::Outcome>>(training::run(job, library.get(), watching, stop));
        post([this, result] {
            m_thread.join();
            m_control.reset();
            m_result = std::move(*result);
            Q_EMIT changed();
            Q_EMIT ended();
        });
    });
    Q_EMIT changed();
}

void TrainingRun::take(const train::EpochReport &report)
{
    std::erase_if(m_job.epochs, [&](const auto &known) { return known.epoch >= report.epoch; });
    m_job.epochs.push_back(report);
    m_job.hasRows = true;
    m_epochs = report.epoch;
    // A pass too short for reports of its own.
    if (report.epoch > 0 && (m_losses.empty() || m_losses.back().x() < report.epoch - 0.5)) {
        m_losses.emplace_back(report.epoch, report.loss);
        m_gathered = m_each;
    }
    Q_EMIT changed();
}

void TrainingRun::take(const train::StepReport &report)
{
    m_epochs = report.epochs;
    if (m_gathered == 0 || m_gathered >= m_each) {
        m_losses.emplace_back(report.epochs, report.loss);
        m_gathered = 1;
    } else {
        auto &last = m_losses.back();
        const auto n = static_cast<double>(m_gathered++);
        last = {report.epochs, (last.y() * n + report.loss) / (n + 1)};
    }
    if (m_losses.size() > mostLosses) {
        std::vector<QPointF> fewer;
        for (std::size_t i = 0; i + 1 < m_losses.size(); i += 2)
            fewer.emplace_back(m_losses[i + 1].x(), (m_losses[i].y() + m_losses[i + 1].y()) / 2);
        m_losses = std::move(fewer);
        m_each *= 2;
        m_gathered = 0;
    }
    Q_EMIT changed();
}

double TrainingRun::secondsLeft() const
{
    double seconds = 0;
    int count = 0;
    for (const auto &report : m_job.epochs)
        if (report.epoch > 0) {
            seconds += report.seconds;
            ++count;
        }
    if (count == 0)
        return -1;
    return seconds / count * std::max(0.0, m_job.settings.epochs - m_epochs);
}

void TrainingRun::setPaused(bool paused)
{
    if (m_control)
        m_control->setPaused(paused);
    Q_EMIT changed();
}

void TrainingRun::finish()
{
    if (m_control)
        m_control->finish();
    Q_EMIT changed();
}

void TrainingRun::stop()
{
    m_thread.request_stop();
    if (m_control)
        m_control->setPaused(false);
}

void TrainingRun::forget()
{
    if (isRunning())
        return;
    m_result.reset();
    m_losses.clear();
    m_job = {};
    Q_EMIT changed();
}

} // namespace photolex::ui
