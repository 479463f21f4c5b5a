#include "core/model/outside.h"
#include "core/model/ready_rows.h"
#include "core/training/job.h"
#include "ui/common/commands.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/models/models_place_p.h"
#include "ui/models/pair_dialog.h"
#include "ui/models/rows_dialog.h"
#include "ui/models/train_page.h"
#include "ui/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

QWidget *ModelsPlace::Impl::makeTold()
{
    told = new QLabel;
    told->setObjectName(QStringLiteral("modelsTold"));
    told->setWordWrap(true);
    told->setTextFormat(Qt::PlainText);
    told->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    showList = new QPushButton(ModelsPlace::tr("Show the list…"));
    showList->setObjectName(QStringLiteral("showUnmatched"));
    showList->hide();
    toldBar = new QWidget;
    toldBar->setAutoFillBackground(true);
    toldBar->setBackgroundRole(QPalette::Midlight);
    auto *row = new QHBoxLayout(toldBar);
    row->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    row->addWidget(told, 1);
    row->addWidget(showList, 0, Qt::AlignTop);
    toldBar->hide();
    QObject::connect(showList, &QPushButton::clicked, q, [this] { showListed(); });
    return toldBar;
}

QMenu *ModelsPlace::Impl::makeImportMenu()
{
    auto *menu = new QMenu(importButton);
    QObject::connect(menu->addAction(ModelsPlace::tr("The folder of a bundle…")), &QAction::triggered, q,
                     [this] { chooseFolder(); });
    QObject::connect(
        menu->addAction(ModelsPlace::tr("A pair of TorchScript modules…")), &QAction::triggered, q, [this] {
            auto *dialog = new PairDialog(q->window());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            QObject::connect(dialog, &QDialog::accepted, q, [this, dialog] { q->importPair(dialog->pair()); });
            dialog->open();
        });
    QObject::connect(menu->addAction(ModelsPlace::tr("Ready-made rows…")), &QAction::triggered, q, [this] {
        auto *dialog = new RowsDialog(q->window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &QDialog::accepted, q, [this, dialog] { q->importRows(dialog->files()); });
        dialog->open();
    });
    return menu;
}

void ModelsPlace::Impl::build()
{
    list = new QListWidget;
    list->setObjectName(QStringLiteral("bundles"));
    list->setAccessibleName(ModelsPlace::tr("Installed bundles"));
    list->setFrameShape(QFrame::NoFrame);
    list->setWordWrap(true);
    list->setSpacing(2);
    const auto button = [](const char *name, const QString &text, const QString &hint) {
        auto *made = new QPushButton(text);
        made->setObjectName(QString::fromLatin1(name));
        made->setToolTip(hint);
        return made;
    };
    importButton = button("importBundle", ModelsPlace::tr("Import"),
                          ModelsPlace::tr("It is checked first, then copied; what it is made from stays as it is"));
    importButton->setMenu(makeImportMenu());
    train = button("trainEncoder", ModelsPlace::tr("Train an encoder…"),
                   ModelsPlace::tr("On your own captions, or those of a folder"));
    check = button("checkBundle", ModelsPlace::tr("Check"),
                   ModelsPlace::tr("Compares files with their checksums and stored pictures with their vectors"));
    measure = button("measureBundle", ModelsPlace::tr("Measure speed"),
                     ModelsPlace::tr("How long a photo and a sentence take on this machine"));
    use = button("useBundle", ModelsPlace::tr("Use in all places"),
                 ModelsPlace::tr("Search, map and all other places work with it, from the next start on"));
    remove =
        button("removeBundle", ModelsPlace::tr("Remove…"), ModelsPlace::tr("Removes the bundle from this machine"));
    page = new BundlePage;

    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(gridUnit, 0, 0, gridUnit);
    leftColumn->addWidget(list, 1);
    leftColumn->addWidget(train);
    leftColumn->addWidget(importButton);
    auto *right = new QWidget;
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(3 * gridUnit, 0, gridUnit, gridUnit);
    buttons->addWidget(check);
    buttons->addWidget(measure);
    buttons->addWidget(use);
    buttons->addStretch();
    buttons->addWidget(remove);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->addWidget(makeTold());
    rightColumn->addWidget(page, 1);
    rightColumn->addLayout(buttons);
    auto *splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({30 * gridUnit, 90 * gridUnit});
    splitter->setChildrenCollapsible(false);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    training = new TrainPage(session, run);
    pages = new QStackedWidget;
    pages->addWidget(splitter);
    pages->addWidget(training);
    all->addWidget(pages);

    QObject::connect(list, &QListWidget::currentRowChanged, q, [this] { showCurrent(); });
    QObject::connect(train, &QPushButton::clicked, q, [this] { q->showTraining(); });
    QObject::connect(training, &TrainPage::left, q, [this] { q->showModels(); });
    QObject::connect(training, &TrainPage::shownInModels, q, [this](const QString &id) { q->showModels(id); });
    QObject::connect(training, &TrainPage::compared, commands, &Commands::compareEncoders);
    QObject::connect(run, &TrainingRun::changed, q, [this] { tellOfTraining(); });
    QObject::connect(run, &TrainingRun::ended, q, [this] { trainingEnded(); });
    QObject::connect(check, &QPushButton::clicked, q, [this] { checkCurrent(); });
    QObject::connect(measure, &QPushButton::clicked, q, [this] { measureCurrent(); });
    QObject::connect(use, &QPushButton::clicked, q, [this] { useCurrent(); });
    QObject::connect(remove, &QPushButton::clicked, q, [this] { askToRemove(); });
    enable();
}

void ModelsPlace::Impl::read()
{
    reading.run([](const std::stop_token &stop) -> Result<std::vector<BundleInfo>> { return readBundles(stop); },
                [this](Result<std::vector<BundleInfo>> found) {
                    if (found)
                        take(std::move(*found));
                });
}

void ModelsPlace::Impl::take(std::vector<BundleInfo> found)
{
    const auto *before = current();
    const std::string shown = !wanted.empty() ? wanted : before ? before->installed.id : std::string();
    wanted.clear();
    bundles = std::move(found);
    const QSignalBlocker quiet(list);
    list->clear();
    int row = 0;
    for (std::size_t i = 0; i < bundles.size(); ++i) {
        const auto &bundle = bundles[i];
        const QString title = bundle.manifest ? QString::fromStdString(bundle.manifest->title)
                                              : QString::fromStdString(bundle.installed.id);
        const QString size = QLocale().formattedDataSize(bundle.bytes, 0);
        const QString second = bundle.error            ? ModelsPlace::tr("cannot be read")
                               : bundle.installed.ours ? ModelsPlace::tr("%1, comes with Photolex", "size").arg(size)
                               : training::isTrainedHere(*bundle.manifest)
                                   ? ModelsPlace::tr("%1, trained here", "size").arg(size)
                                   : ModelsPlace::tr("%1, imported", "size").arg(size);
        auto *item = new QListWidgetItem(title + QLatin1Char('\n') + second);
        item->setToolTip(QString::fromStdString(bundle.installed.id));
        list->addItem(item);
        if (bundle.installed.id == shown)
            row = static_cast<int>(i);
    }
    list->setCurrentRow(row);
    showCurrent();
    Q_EMIT q->bundlesRead();
}

const BundleInfo *ModelsPlace::Impl::current() const
{
    const int row = list->currentRow();
    return row >= 0 && static_cast<std::size_t>(row) < bundles.size() ? &bundles[static_cast<std::size_t>(row)]
                                                                      : nullptr;
}

void ModelsPlace::Impl::showCurrent()
{
    if (const auto *bundle = current()) {
        page->setBundle(*bundle);
        if (const auto speed = speeds.find(bundle->installed.id); speed != speeds.end())
            page->setSpeed(speed->second);
    }
    enable();
}

void ModelsPlace::Impl::enable() const
{
    const auto *bundle = current();
    const bool isFree = !isBusy();
    importButton->setEnabled(isFree);
    check->setEnabled(isFree && bundle);
    // Ready-made rows are not computed here.
    measure->setEnabled(isFree && bundle && bundle->manifest && !model::holdsReadyRows(*bundle->manifest));
    const bool isUsed = bundle && idToUse(*bundle) == used;
    use->setEnabled(isFree && bundle && bundle->manifest && !model::holdsReadyRows(*bundle->manifest) && !isUsed);
    use->setText(isUsed ? ModelsPlace::tr("Used in all places") : ModelsPlace::tr("Use in all places"));
    remove->setEnabled(isFree && bundle && !bundle->installed.ours);
    remove->setToolTip(bundle && bundle->installed.ours ? ModelsPlace::tr("It is a part of Photolex")
                                                        : ModelsPlace::tr("Removes the bundle from this machine"));
}

void ModelsPlace::Impl::begin(const QString &text)
{
    told->setText(text);
    toldBar->show();
    listed.clear();
    showList->hide();
    enable();
}

void ModelsPlace::Impl::end(const QString &text) const
{
    told->setText(text);
    toldBar->setVisible(!text.isEmpty());
    showList->setVisible(!listed.isEmpty());
    enable();
    Q_EMIT q->done();
}

void ModelsPlace::Impl::tellOfTraining() const
{
    train->setText(run->isRunning() ? ModelsPlace::tr("Show the training that runs…")
                                    : ModelsPlace::tr("Train an encoder…"));
}

void ModelsPlace::Impl::trainingEnded()
{
    tellOfTraining();
    read();
    const auto name = QString::fromStdString(run->job().settings.name);
    const auto &result = run->result();
    if (result && *result)
        commands->tell(ModelsPlace::tr("The training of “%1” is done.").arg(name));
    else if (result && result->error().code != Errc::Cancelled)
        commands->tell(ModelsPlace::tr("The training of “%1” stopped.").arg(name));
}

void ModelsPlace::Impl::checkCurrent()
{
    const auto *bundle = current();
    if (!bundle)
        return;
    const auto title = QString::fromStdString(bundle->installed.id);
    checking.run(
        [folder = bundle->installed.folder](const std::stop_token &) -> Result<bool> {
            if (const auto checked = checkBundle(folder); !checked)
                return fail(checked.error());
            return true;
        },
        [this, title](Result<bool> sound) {
            end(sound ? ModelsPlace::tr("“%1” is sound: its files fit their checksums, and its stored pictures give "
                                        "their vectors.")
                            .arg(title)
                      : refusal(ModelsPlace::tr("“%1” is damaged:").arg(title), sound.error()));
        });
    begin(ModelsPlace::tr("“%1” is being checked…").arg(title));
}

void ModelsPlace::Impl::useCurrent()
{
    if (const auto *bundle = current()) {
        Q_EMIT q->useWanted(idToUse(*bundle));
        end(ModelsPlace::tr(
                "All places work with “%1” from the next start on. Photos that it lacks are indexed then, in "
                "the background.")
                .arg(QString::fromStdString(bundle->installed.id)));
    }
}

void ModelsPlace::Impl::measureCurrent()
{
    const auto *bundle = current();
    if (!bundle)
        return;
    const auto id = bundle->installed.id;
    measuring.run(
        [folder = bundle->installed.folder](const std::stop_token &stop) { return measureBundle(folder, stop); },
        [this, id](Result<joint::Speed> speed) {
            if (!speed) {
                end(refusal(ModelsPlace::tr("“%1” could not be measured:").arg(QString::fromStdString(id)),
                            speed.error()));
                return;
            }
            speeds[id] = *speed;
            if (const auto *shown = current(); shown && shown->installed.id == id)
                page->setSpeed(*speed);
            end(session->job().running
                    ? ModelsPlace::tr("Measured while photos are being indexed: it is faster otherwise.")
                    : QString());
        });
    begin(ModelsPlace::tr("Photos and sentences are being timed…"));
}

void ModelsPlace::Impl::askToRemove()
{
    const auto *bundle = current();
    if (!bundle || bundle->installed.ours)
        return;
    const auto id = bundle->installed.id;
    auto *box = new QMessageBox(QMessageBox::Question, ModelsPlace::tr("Remove a bundle"),
                                ModelsPlace::tr("Remove “%1” from this machine?").arg(QString::fromStdString(id)),
                                QMessageBox::NoButton, q->window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("removeBundleBox"));
    box->setInformativeText(
        ModelsPlace::tr("Its files are deleted: %1. Photos and captions stay; to have it back, import it again.")
            .arg(QLocale().formattedDataSize(bundle->bytes, 1)));
    auto *yes = box->addButton(ModelsPlace::tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(box, &QMessageBox::finished, q, [this, box, yes, id] {
        if (box->clickedButton() == yes)
            removeBundle(id);
    });
    box->open();
}

void ModelsPlace::Impl::removeBundle(const std::string &id)
{
    removing.run(
        [id](const std::stop_token &) -> Result<bool> {
            if (const auto removed = model::removeBundle(id); !removed)
                return fail(removed.error());
            return true;
        },
        [this, id](Result<bool> removed) {
            speeds.erase(id);
            read();
            end(removed ? ModelsPlace::tr("“%1” was removed.").arg(QString::fromStdString(id))
                        : errorSentence(removed.error()));
        });
    begin(ModelsPlace::tr("“%1” is being removed…").arg(QString::fromStdString(id)));
}

ModelsPlace::ModelsPlace(Session *session, Commands *commands, TrainingRun *run, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->session = session;
    m_impl->commands = commands;
    m_impl->run = run;
    m_impl->build();
    m_impl->tellOfTraining();
}

ModelsPlace::~ModelsPlace() = default;

void ModelsPlace::import(const QString &folder)
{
    if (m_impl->isBusy())
        return;
    // What cannot be read is refused by the import itself, with its reasons.
    const auto manifest = model::readManifest(std::filesystem::path(pathBytes(folder)) / "manifest.json");
    if (manifest && model::holdsCode(*manifest))
        m_impl->askToRunCode(folder);
    else
        m_impl->import(folder, joint::Code::NotAccepted);
}

void ModelsPlace::importRows(const joint::RowFiles &files)
{
    if (!m_impl->isBusy())
        m_impl->importRows(files);
}

void ModelsPlace::importPair(const joint::OutsidePair &pair)
{
    if (!m_impl->isBusy())
        m_impl->importPair(pair);
}

void ModelsPlace::setUsed(const QString &bundle)
{
    m_impl->used = bundle;
    m_impl->enable();
}

void ModelsPlace::showTraining()
{
    m_impl->pages->setCurrentWidget(m_impl->training);
    m_impl->training->refresh();
}

void ModelsPlace::showModels(const QString &bundle)
{
    m_impl->wanted = bundle.toStdString();
    m_impl->pages->setCurrentIndex(0);
    m_impl->read();
}

TrainPage *ModelsPlace::trainPage() const
{
    return m_impl->training;
}

bool ModelsPlace::isBusy() const
{
    return m_impl->isBusy();
}

void ModelsPlace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_impl->read();
}

} // namespace photolex::ui
