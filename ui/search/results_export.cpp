#include "ui/search/results_export.h"

#include "core/base/bytes.h"
#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

struct ExportText {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::ExportText)
};

std::filesystem::path freeName(const std::filesystem::path &folder, const std::filesystem::path &name)
{
    std::error_code ignored;
    std::filesystem::path wanted = folder / name;
    for (int number = 2; std::filesystem::exists(std::filesystem::symlink_status(wanted, ignored)); ++number)
        wanted = folder / (name.stem().native() + " (" + std::to_string(number) + ")" + name.extension().native());
    return wanted;
}

std::vector<std::string> pathsOf(const catalogue::Catalogue &catalogue, const std::vector<PhotoId> &photos)
{
    std::vector<std::string> paths;
    for (const PhotoId photo : photos)
        if (auto path = catalogue.absolutePath(photo))
            paths.push_back(std::move(*path));
    return paths;
}

// Lives under the window until it is done.
template <class T>
Latest<T> *background(QWidget *window)
{
    return new Latest<T>(window);
}

} // namespace

Result<ExportReport> exportFiles(const std::vector<std::string> &files, const std::filesystem::path &folder,
                                 ExportKind kind, const std::stop_token &stop)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    ExportReport report;
    for (const std::string &file : files) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, displayText(folder));
        const std::filesystem::path from(file), to = freeName(folder, from.filename());
        error.clear();
        if (!std::filesystem::is_regular_file(from, error)) {
            ++report.failed;
            continue;
        }
        if (kind == ExportKind::Copy)
            std::filesystem::copy_file(from, to, error);
        else
            std::filesystem::create_symlink(from, to, error);
        if (error) {
            const Error told = systemError(error.value(), displayText(folder));
            if (told.code == Errc::DiskFull || told.code == Errc::Denied) {
                std::error_code ignored;
                if (kind == ExportKind::Copy)
                    std::filesystem::remove(to, ignored); // the half that was written
                return fail(told);
            }
            ++report.failed;
            continue;
        }
        ++report.written;
    }
    return report;
}

void askForExport(Session *session, Commands *commands, std::vector<PhotoId> photos, QWidget *parent)
{
    auto *dialog = new QDialog(parent->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setWindowTitle(ExportText::tr("Results to a folder"));
    dialog->setMinimumWidth(480);
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    auto *folder = new QLineEdit(QDir(pictures).filePath(ExportText::tr("Photolex results")));
    folder->setAccessibleName(ExportText::tr("Folder"));
    auto *choose = new QPushButton(ExportText::tr("Choose…"));
    auto *copy = new QRadioButton(ExportText::tr("Copy the files"));
    auto *link = new QRadioButton(ExportText::tr("Link to the files: takes no space, ends when they move"));
    copy->setChecked(true);
    auto *line = new QHBoxLayout;
    line->addWidget(folder, 1);
    line->addWidget(choose);
    auto *all = new QVBoxLayout(dialog);
    all->addWidget(
        new QLabel(ExportText::tr("%n photo(s) go into this folder:", nullptr, static_cast<int>(photos.size()))));
    all->addLayout(line);
    all->addWidget(copy);
    all->addWidget(link);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *go = buttons->addButton(ExportText::tr("Copy"), QDialogButtonBox::AcceptRole);
    all->addSpacing(8);
    all->addWidget(buttons);
    QObject::connect(copy, &QRadioButton::toggled, go,
                     [go](bool copies) { go->setText(copies ? ExportText::tr("Copy") : ExportText::tr("Link")); });
    QObject::connect(folder, &QLineEdit::textChanged, go,
                     [go](const QString &text) { go->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(choose, &QPushButton::clicked, dialog, [dialog, folder] {
        const QString chosen = QFileDialog::getExistingDirectory(dialog, ExportText::tr("Choose a folder"),
                                                                 QFileInfo(folder->text()).path());
        if (!chosen.isEmpty())
            folder->setText(chosen);
    });
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::accepted, parent, [=, photos = std::move(photos)] {
        const std::string target = pathBytes(folder->text().trimmed());
        const auto kind = copy->isChecked() ? ExportKind::Copy : ExportKind::Link;
        auto *latest = background<ExportReport>(parent->window());
        commands->tell(ExportText::tr("Writing %n photo(s)…", nullptr, static_cast<int>(photos.size())));
        latest->run(
            [catalogue = session->catalogue(), photos, target, kind](const std::stop_token &stop) {
                return exportFiles(pathsOf(*catalogue, photos), target, kind, stop);
            },
            [commands, latest, target](Result<ExportReport> report) {
                latest->deleteLater();
                if (!report)
                    commands->tell(errorSentence(report.error()) + QLatin1Char(' ') + errorRemedy(report.error()));
                else if (report->failed > 0)
                    commands->tell(ExportText::tr("%1 photos are in “%2” now; %3 could not be read.")
                                       .arg(report->written)
                                       .arg(displayPath(target))
                                       .arg(report->failed));
                else
                    commands->tell(
                        ExportText::tr("%n photo(s) are in “%1” now.", nullptr, static_cast<int>(report->written))
                            .arg(displayPath(target)));
            });
    });
    dialog->open();
}

void askForList(Session *session, Commands *commands, std::vector<PhotoId> photos, QWidget *parent)
{
    auto *dialog = new QFileDialog(parent->window(), ExportText::tr("Results as a list"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(ExportText::tr("Text, one path a line (*.txt)"));
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->setLabelText(QFileDialog::Accept, ExportText::tr("Write list"));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [=, photos = std::move(photos)](const QString &file) {
        auto *latest = background<int>(parent->window());
        latest->run(
            [catalogue = session->catalogue(), photos, file](const std::stop_token &) -> Result<int> {
                std::string text;
                for (const auto &path : pathsOf(*catalogue, photos))
                    text += path + '\n';
                if (auto written = writeFileAtomically(pathBytes(file), text); !written)
                    return fail(written.error());
                return static_cast<int>(photos.size());
            },
            [commands, latest, file](Result<int> count) {
                latest->deleteLater();
                commands->tell(count ? ExportText::tr("The list was written to “%1”.").arg(file)
                                     : errorSentence(count.error()) + QLatin1Char(' ') + errorRemedy(count.error()));
            });
    });
    dialog->open();
}

} // namespace photolex::ui
