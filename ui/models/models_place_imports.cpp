// What comes into the Models place: folders with a bundle, pairs of modules, ready-made rows.
#include "ui/common/photo_text.h"
#include "ui/models/models_place_p.h"
#include "ui/style/theme.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace photolex::ui {

QString refusal(const QString &what, const Error &error)
{
    return what + QLatin1Char('\n') + QString::fromStdString(error.detail);
}

void ModelsPlace::Impl::chooseFolder()
{
    auto *dialog = new QFileDialog(q->window(), ModelsPlace::tr("Import a bundle"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &folder) { q->import(folder); });
    dialog->open();
}

void ModelsPlace::Impl::askToRunCode(const QString &folder)
{
    auto *box = new QMessageBox(QMessageBox::Warning, ModelsPlace::tr("A bundle with code"),
                                ModelsPlace::tr("“%1” holds TorchScript, which is code.").arg(folder),
                                QMessageBox::NoButton, q->window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("runCodeBox"));
    box->setInformativeText(
        ModelsPlace::tr("It runs with your rights as soon as it is opened: it could read your files, or change them. "
                        "Import it only if you trust whoever made it."));
    auto *yes = box->addButton(ModelsPlace::tr("Run it and import"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(box, &QMessageBox::finished, q, [this, box, yes, folder] {
        if (box->clickedButton() == yes)
            import(folder, joint::Code::Accepted);
    });
    box->open();
}

void ModelsPlace::Impl::import(const QString &folder, joint::Code code)
{
    importing.run([path = std::filesystem::path(pathBytes(folder)),
                   code](const std::stop_token &) { return joint::installBundle(path, code); },
                  [this, folder](Result<model::Installed> installed) {
                      if (!installed) {
                          end(refusal(ModelsPlace::tr("“%1” was not imported, and nothing was changed:").arg(folder),
                                      installed.error()));
                          return;
                      }
                      wanted = installed->id;
                      read();
                      end(ModelsPlace::tr("“%1” was checked and imported.").arg(QString::fromStdString(installed->id)));
                  });
    begin(ModelsPlace::tr("“%1” is being checked…").arg(folder));
}

void ModelsPlace::Impl::importPair(const joint::OutsidePair &pair)
{
    const auto title = QString::fromStdString(pair.id);
    importingPair.run([pair](const std::stop_token &stop) { return joint::importPair(pair, stop); },
                      [this, title](Result<joint::ImportedPair> imported) {
                          if (!imported) {
                              end(refusal(ModelsPlace::tr("“%1” was not imported, and nothing was changed:").arg(title),
                                          imported.error()));
                              return;
                          }
                          wanted = imported->installed.id;
                          read();
                          end(ModelsPlace::tr("“%1” was checked and imported: %2 dimensions, %3 ms a photo. Choose it "
                                              "in Compare; its photos are indexed there.")
                                  .arg(title, QLocale().toString(imported->dimension),
                                       QLocale().toString(1000 * imported->secondsPerPhoto, 'f', 1)));
                      });
    begin(ModelsPlace::tr("“%1” is being checked…").arg(title));
}

void ModelsPlace::Impl::importRows(const joint::RowFiles &files)
{
    const auto title = QString::fromStdString(files.id);
    importingRows.run(
        [files, catalogue = session->catalogue()](const std::stop_token &stop) {
            return ui::importRows(files, catalogue, stop);
        },
        [this, title](Result<RowsImported> imported) {
            if (!imported) {
                end(refusal(
                    ModelsPlace::tr("“%1” was not imported, and nothing was changed:").arg(title),
                    Error{imported.error().code, {}, imported.error().subject + ": " + imported.error().detail}));
                return;
            }
            wanted = imported->rows.installed.id;
            read();
            const auto &report = imported->report;
            const auto matched = report.byPath + report.byEnding + report.byName;
            const auto count = [](auto number) { return QLocale().toString(static_cast<qlonglong>(number)); };
            QStringList lines{ModelsPlace::tr("“%1” was checked and imported: %2 rows of photos, %3 of "
                                              "sentences.")
                                  .arg(title, count(imported->rows.rows), count(imported->rows.sentences)),
                              ModelsPlace::tr("%1 rows found their photo in this library, %2 of them by "
                                              "the name alone.")
                                  .arg(count(matched), count(report.byName))};
            listed.clear();
            for (const auto &path : report.unmatched)
                listed << displayPath(path);
            for (const auto &path : report.ambiguous)
                listed << ModelsPlace::tr("%1 (several photos)", "a path").arg(displayPath(path));
            if (!listed.isEmpty())
                lines << ModelsPlace::tr("%1 found none, and for %2 several photos could be meant.")
                             .arg(count(report.unmatched.size()), count(report.ambiguous.size()));
            end(lines.join(QLatin1Char('\n')));
        });
    begin(ModelsPlace::tr("“%1” is being checked…").arg(title));
}

// Selectable, so that it can be copied elsewhere.
void ModelsPlace::Impl::showListed()
{
    auto *dialog = new QDialog(q->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("unmatchedDialog"));
    dialog->setWindowTitle(ModelsPlace::tr("Rows without a photo"));
    auto *text = new QPlainTextEdit(listed.join(QLatin1Char('\n')));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setAccessibleName(dialog->windowTitle());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(text);
    column->addWidget(buttons);
    dialog->resize(70 * gridUnit, 50 * gridUnit);
    dialog->open();
}

} // namespace photolex::ui
