// Training in the window, on one page: what to learn from and how, what was found in it, how long it will take; then
// the training as it goes, and the bundle that came of it.
#pragma once

#include "ui/models/train_form.h"
#include "ui/models/train_watch.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;

class TrainPage : public QWidget {
    Q_OBJECT
public:
    TrainPage(Session *session, TrainingRun *run, QWidget *parent = nullptr); // both outlive it
    ~TrainPage() override;

    void open(const QString &place); // a captioned folder or file, as though it was chosen
    void refresh();                  // installed encoders and trainings that were broken off are looked up again
    void start();                    // as the button does
    bool isLooking() const;          // at the data, or at the clock
    const training::Findings *findings() const; // null: nothing was looked at
    TrainForm *form() const;
    TrainWatch *watch() const;

Q_SIGNALS:
    void looked(); // data and expected time are told, or why not
    void left();   // back to the models
    void shownInModels(const QString &bundle);
    void compared(const QStringList &encoders);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
