// The Models place: the bundles that are installed, with all that is known of them; new ones are checked before they
// come in, and what is there can be checked again, measured and removed. A page of it trains one's own.
#pragma once

#include "core/joint/outside.h"
#include "core/joint/ready_rows.h"

#include <QWidget>
#include <memory>

namespace photolex::ui {

class Commands;
class Session;
class TrainingRun;
class TrainPage;

class ModelsPlace : public QWidget {
    Q_OBJECT
public:
    // All of them outlive it.
    ModelsPlace(Session *session, Commands *commands, TrainingRun *run, QWidget *parent = nullptr);
    ~ModelsPlace() override;

    // What comes of it stands in the line above the page. A bundle that holds code is asked about first.
    void import(const QString &folder);
    void importRows(const joint::RowFiles &files);
    void importPair(const joint::OutsidePair &pair); // refused unless its code was accepted
    bool isBusy() const;
    void showTraining(); // the page that trains; showModels() is the other
    void showModels(const QString &bundle = {});
    TrainPage *trainPage() const;
    void setUsed(const QString &bundle); // id of the one that all places work with from the next start on; empty: ours

Q_SIGNALS:
    void useWanted(const QString &bundle); // all places are to work with it; empty: with the program's own
    void bundlesRead();                    // the list is that of now
    void done();                           // importing, checking, measuring or removing came to an end

protected:
    void showEvent(QShowEvent *event) override; // the list is read again

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
