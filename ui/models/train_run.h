// The training that runs: one at a time, on a thread of its own with low priority, so that browsing, searching and
// indexing come first. It belongs to the window and not to a page of it: pages come and go, with the language too, and
// show what is here.
#pragma once

#include "core/training/job.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointF>
#include <optional>
#include <thread>
#include <vector>

namespace photolex::ui {

class TrainingRun : public QObject {
    Q_OBJECT
public:
    explicit TrainingRun(QObject *parent = nullptr);
    ~TrainingRun() override; // asks it to stop and waits; what was done stays, and can be gone on with

    // Nothing happens while one runs. `library` is null where captions come from a folder.
    void start(const training::JobState &job, std::shared_ptr<catalogue::Catalogue> library);
    void setPaused(bool paused); // after the step at hand; it keeps its memory
    void finish();               // ends early, with the best pass so far
    void stop();                 // ends with Cancelled; the job stays
    void forget();               // what has ended is shown no longer

    bool isRunning() const { return m_thread.joinable(); }
    bool isPaused() const { return m_control && m_control->isPaused(); }
    bool isFinishing() const { return m_control && m_control->isFinishing(); }
    const training::JobState &job() const { return m_job; }         // with the passes up to now
    const std::vector<QPointF> &losses() const { return m_losses; } // passes done, loss
    const Progress &progress() const { return m_progress; }
    double secondsLeft() const; // of the passes, at most; −1: not known yet
    std::int64_t unreadable() const { return m_unreadable; }
    const std::optional<Result<training::Outcome>> &result() const { return m_result; } // none: it has not ended

    static constexpr std::size_t mostLosses = 240; // more points than this are thinned out

Q_SIGNALS:
    void changed(); // a few times a second
    void ended();

private:
    void take(const train::EpochReport &report);
    void take(const train::StepReport &report);

    std::jthread m_thread;
    std::unique_ptr<train::Control> m_control;
    training::JobState m_job;
    std::vector<QPointF> m_losses;
    std::size_t m_gathered = 0; // reports that the last point is the mean of
    std::size_t m_each = 1;     // reports a point stands for
    Progress m_progress;
    double m_epochs = 0; // passed, with the part of the one at hand
    std::int64_t m_unreadable = 0;
    std::optional<Result<training::Outcome>> m_result;
};

} // namespace photolex::ui
