// The insides of the Models place, shared by its source files: the list of bundles, and what comes in.
#pragma once

#include "core/joint/outside.h"
#include "core/joint/ready_rows.h"
#include "ui/common/latest.h"
#include "ui/common/session.h"
#include "ui/models/bundle_page.h"
#include "ui/models/models_place.h"
#include "ui/models/models_run.h"

#include <QStringList>
#include <map>
#include <string>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QMenu;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace photolex::ui {

class Commands;
class TrainingRun;
class TrainPage;

// A bundle is refused with all its faults at once, one a line; the window shows them all.
QString refusal(const QString &what, const Error &error);

struct ModelsPlace::Impl {
    ModelsPlace *q;
    Session *session;
    Commands *commands;
    TrainingRun *run;
    std::vector<BundleInfo> bundles;
    std::map<std::string, joint::Speed> speeds; // by id, as measured since the start
    std::string wanted;                         // shown once the list has come; empty: as before
    Latest<std::vector<BundleInfo>> reading;
    Latest<model::Installed> importing;
    Latest<RowsImported> importingRows;
    Latest<joint::ImportedPair> importingPair;
    Latest<bool> checking;
    Latest<joint::Speed> measuring;
    Latest<bool> removing;

    QStackedWidget *pages; // the models, and training
    TrainPage *training;
    QListWidget *list;
    BundlePage *page;
    QPushButton *importButton, *train, *check, *measure, *use, *remove, *showList;
    QString used; // as setUsed
    QLabel *told;
    QWidget *toldBar;
    QStringList listed; // what `showList` shows

    void build();
    QWidget *makeTold();
    QMenu *makeImportMenu();
    void read();
    void take(std::vector<BundleInfo> found);
    const BundleInfo *current() const;
    void showCurrent();
    void chooseFolder();
    void askToRunCode(const QString &folder);
    void import(const QString &folder, joint::Code code);
    void importRows(const joint::RowFiles &files);
    void importPair(const joint::OutsidePair &pair);
    void showListed();
    void useCurrent();
    QString idToUse(const BundleInfo &bundle) const
    {
        return bundle.installed.ours ? QString() : QString::fromStdString(bundle.installed.id);
    }
    void checkCurrent();
    void measureCurrent();
    void askToRemove();
    void removeBundle(const std::string &id);
    void tellOfTraining() const;
    void trainingEnded();
    void begin(const QString &text);
    void end(const QString &text) const;
    bool isBusy() const
    {
        return importing.isRunning() || importingRows.isRunning() || importingPair.isRunning() ||
               checking.isRunning() || measuring.isRunning() || removing.isRunning();
    }
    void enable() const;
};

} // namespace photolex::ui
