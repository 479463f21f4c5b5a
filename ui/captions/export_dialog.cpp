#include "ui/captions/export_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <set>

namespace photolex::ui {

ExportDialog::ExportDialog(Session *session, std::vector<PhotoId> listed, std::vector<PhotoId> chosen, QWidget *parent)
    : ExchangeDialog(session, QStringLiteral("captionExportDialog"), tr("Export captions"), tr("Export"), parent)
    , m_listed(std::move(listed))
    , m_chosen(std::move(chosen))
    , m_format(new QComboBox)
    , m_beside(new QRadioButton(tr("Beside each photo")))
    , m_elsewhere(new QRadioButton(tr("In another place:")))
    , m_onlyChosen(new QRadioButton(tr("The %n selected photo(s)", nullptr, static_cast<int>(m_chosen.size()))))
    , m_place(new QLineEdit)
    , m_choose(new QPushButton(tr("Choose…")))
{
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->addItems({tr("XMP sidecars (photo.jpg.xmp), for other photo programs"), tr("Text files (photo.txt)"),
                        tr("A table (CSV)"), tr("JSON"), tr("A page for the browser (HTML)"),
                        tr("Copies of the photos with the caption inside")});
    m_place->setObjectName(QStringLiteral("exportPlace"));
    m_place->setAccessibleName(tr("Place"));
    m_beside->setObjectName(QStringLiteral("exportBeside"));
    m_elsewhere->setObjectName(QStringLiteral("exportElsewhere"));
    auto *all = new QRadioButton(tr("All %n photo(s) of the list", nullptr, static_cast<int>(m_listed.size())));
    auto *which = new QButtonGroup(this);
    which->addButton(m_onlyChosen);
    which->addButton(all);
    (m_chosen.empty() ? all : m_onlyChosen)->setChecked(true);
    m_onlyChosen->setVisible(!m_chosen.empty());
    auto *where = new QButtonGroup(this);
    where->addButton(m_beside);
    where->addButton(m_elsewhere);
    m_beside->setChecked(true);
    m_choose->setAutoDefault(false); // Enter exports

    auto *form = new QFormLayout;
    form->addRow(tr("Format"), m_format);
    auto *whichBox = new QVBoxLayout;
    whichBox->addWidget(m_onlyChosen);
    whichBox->addWidget(all);
    form->addRow(tr("Photos"), whichBox);
    auto *line = new QHBoxLayout;
    line->addWidget(m_place, 1);
    line->addWidget(m_choose);
    auto *whereBox = new QVBoxLayout;
    whereBox->addWidget(m_beside);
    whereBox->addWidget(m_elsewhere);
    whereBox->addLayout(line);
    form->addRow(tr("Place"), whereBox);
    column()->addLayout(form);

    connect(m_format, &QComboBox::currentIndexChanged, this, [this] { follow(); });
    connect(m_beside, &QRadioButton::toggled, this, [this] { follow(); });
    connect(m_choose, &QPushButton::clicked, this, [this] { choosePlace(); });
    connect(m_place, &QLineEdit::textEdited, this, [this] { follow(); });
    follow();
    lookForReadOnly();
    m_format->setFocus(); // or the keys would still go to the text behind the dialog
}

ExportDialog::Format ExportDialog::format() const
{
    return static_cast<Format>(m_format->currentIndex());
}

bool ExportDialog::isBeside() const
{
    return (format() == Format::Xmp || format() == Format::Text) && m_beside->isChecked();
}

std::vector<PhotoId> ExportDialog::photos() const
{
    return m_onlyChosen->isChecked() ? m_chosen : m_listed;
}

void ExportDialog::follow()
{
    const bool sidecars = format() == Format::Xmp || format() == Format::Text;
    m_beside->setVisible(sidecars);
    m_elsewhere->setVisible(sidecars);
    m_place->setEnabled(!isBeside());
    m_choose->setEnabled(!isBeside());
    const bool isFile = format() == Format::Csv || format() == Format::Json;
    if (!m_place->isModified()) {
        const QDir home(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        m_place->setText(home.filePath(format() == Format::Csv    ? tr("captions.csv")
                                       : format() == Format::Json ? tr("captions.json")
                                                                  : tr("Photolex captions")));
    }
    m_place->setPlaceholderText(isFile ? tr("A file") : tr("A folder"));
    goButton()->setEnabled(isBeside() || !m_place->text().trimmed().isEmpty());
}

void ExportDialog::choosePlace()
{
    const QString before = m_place->text();
    const QString now = format() == Format::Csv || format() == Format::Json
                            ? QFileDialog::getSaveFileName(this, tr("Choose a file"), before)
                            : QFileDialog::getExistingDirectory(this, tr("Choose a folder"), QFileInfo(before).path());
    if (now.isEmpty())
        return;
    m_place->setText(now);
    m_place->setModified(true);
    follow();
}

// Said before anything was asked for: the choice is still to be made.
void ExportDialog::lookForReadOnly()
{
    m_looking.run(
        [catalogue = session()->catalogue(), photos = m_listed](const std::stop_token &stop) -> Result<ReadOnly> {
            std::set<std::filesystem::path> folders;
            for (const auto photo : photos) {
                if (stop.stop_requested())
                    return fail(Errc::Cancelled, "folders");
                if (const auto path = catalogue->absolutePath(photo))
                    folders.insert(std::filesystem::path(*path).parent_path());
            }
            ReadOnly found{{}, !folders.empty()};
            for (const auto &folder : folders) {
                const bool readOnly = exchange::isReadOnlyFolder(folder);
                found.all = found.all && readOnly;
                if (readOnly && found.folder.empty())
                    found.folder = folder.native();
            }
            return found;
        },
        [this](Result<ReadOnly> found) {
            if (!found || found->folder.empty())
                return;
            m_readOnly = std::move(*found);
            if (m_readOnly.all) {
                m_beside->setEnabled(false);
                m_elsewhere->setChecked(true);
            }
            say(tr("The folder “%1” is read-only: nothing can be written beside its photos. Choose another place; the "
                   "captions stay in Photolex in any case.")
                    .arg(displayPath(m_readOnly.folder)));
            follow();
        });
}

void ExportDialog::failed(const Error &error)
{
    if (error.code != Errc::Denied || !isBeside())
        return ExchangeDialog::failed(error);
    m_elsewhere->setChecked(true);
    say(tr("The folder “%1” is read-only. Nothing was written; choose another place.")
            .arg(QString::fromStdString(error.subject)));
    m_place->setFocus();
    m_place->selectAll();
}

ExchangeDialog::Work ExportDialog::writing(std::vector<PhotoId> photos, exchange::Differing differing) const
{
    const std::filesystem::path place(isBeside() ? std::string() : pathBytes(m_place->text().trimmed()));
    return [catalogue = session()->catalogue(), photos = std::move(photos), place, kind = format(),
            differing](const std::stop_token &stop, const ProgressSink &progress) -> Result<exchange::Report> {
        switch (kind) {
        case Format::Csv:
        case Format::Json:
            return exchange::writeTable(*catalogue, photos,
                                        kind == Format::Csv ? exchange::Table::Csv : exchange::Table::Json, place, stop,
                                        progress);
        case Format::Gallery:
            return exchange::writeGallery(*catalogue, photos, place, stop, progress);
        case Format::Copies:
            return exchange::writePhotos(*catalogue, photos, place, exchange::Transfer::CopyWithCaptions, stop,
                                         progress);
        case Format::Xmp:
        case Format::Text:
            break;
        }
        return exchange::writeSidecars(*catalogue, photos,
                                       {.kind = kind == Format::Xmp ? exchange::Sidecar::Xmp : exchange::Sidecar::Text,
                                        .place = place,
                                        .differing = differing},
                                       stop, progress);
    };
}

void ExportDialog::begin()
{
    work(writing(photos(), exchange::Differing::Report),
         tr("taking texts from files", "in: undo taking texts from files"));
}

ExchangeDialog::Work ExportDialog::writeMine(std::vector<PhotoId> photos)
{
    return writing(std::move(photos), exchange::Differing::Replace);
}

QString ExportDialog::theirsTitle() const
{
    return tr("In the file that is there");
}

} // namespace photolex::ui
