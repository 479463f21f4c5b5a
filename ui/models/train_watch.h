// A training as it goes, and what came of it: loss and recall as curves, pause, an early end, and figures before and
// after. It shows a TrainingRun and asks for the rest.
#pragma once

#include "ui/models/train_run.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Chart;

class TrainWatch : public QWidget {
    Q_OBJECT
public:
    explicit TrainWatch(TrainingRun *run, QWidget *parent = nullptr); // outlives it
    ~TrainWatch() override;

    // One that was broken off, by a restart or by hand: it can be gone on with or thrown away.
    void showUnfinished(const training::JobState &job);
    void showRun(); // the one that runs, or has ended

    Chart *lossChart() const;
    Chart *recallChart() const;

Q_SIGNALS:
    void continued(const photolex::training::JobState &job);
    void discarded(const photolex::training::JobState &job);
    void shownInModels(const QString &bundle);
    void compared(const QStringList &encoders); // as the Compare place names them
    void closed();                              // another training is wanted

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
