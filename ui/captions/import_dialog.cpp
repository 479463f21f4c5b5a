#include "ui/captions/import_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace photolex::ui {

ImportDialog::ImportDialog(Session *session, QWidget *parent)
    : ExchangeDialog(session, QStringLiteral("captionImportDialog"), tr("Import captions"), tr("Import"), parent)
    , m_format(new QComboBox)
    , m_place(new QLineEdit)
{
    m_format->setObjectName(QStringLiteral("importFormat"));
    m_format->addItems({tr("XMP sidecars (photo.jpg.xmp or photo.xmp)"), tr("Text files (photo.txt)"),
                        tr("A table (CSV with the columns path and caption)"), tr("Google Takeout (JSON)")});
    m_place->setObjectName(QStringLiteral("importPlace"));
    m_place->setAccessibleName(tr("Place"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->addWidget(m_place, 1);
    line->addWidget(choose);
    auto *form = new QFormLayout;
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Place"), line);
    column()->addLayout(form);
    auto *hint =
        new QLabel(tr("Photos are found by their path or name. Texts become your own captions; where you wrote "
                      "another one, both stay and are shown side by side."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    column()->addWidget(hint);
    // Where the photos are is where sidecars are.
    if (const auto roots = session->catalogue()->roots(); roots && !roots->empty())
        m_place->setText(displayPath(roots->front().path.native()));
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] { follow(); });
    connect(m_place, &QLineEdit::textChanged, this, [this] { follow(); });
    connect(choose, &QPushButton::clicked, this, [this] { choosePlace(); });
    follow();
    m_format->setFocus(); // or the keys would still go to the text behind the dialog
}

void ImportDialog::follow()
{
    m_place->setPlaceholderText(static_cast<Format>(m_format->currentIndex()) == Format::Csv ? tr("A file")
                                                                                             : tr("A folder"));
    goButton()->setEnabled(!m_place->text().trimmed().isEmpty());
}

void ImportDialog::choosePlace()
{
    const QString before = m_place->text();
    const QString now = static_cast<Format>(m_format->currentIndex()) == Format::Csv
                            ? QFileDialog::getOpenFileName(this, tr("Choose a file"), before)
                            : QFileDialog::getExistingDirectory(this, tr("Choose a folder"), before);
    if (!now.isEmpty())
        m_place->setText(now);
}

void ImportDialog::begin()
{
    const std::filesystem::path place(pathBytes(m_place->text().trimmed()));
    work(
        [catalogue = session()->catalogue(), place, kind = static_cast<Format>(m_format->currentIndex())](
            const std::stop_token &stop, const ProgressSink &progress) -> Result<exchange::Report> {
            const auto differing = exchange::Differing::Report;
            if (kind == Format::Csv)
                return exchange::readCsv(*catalogue, place, differing, stop, progress);
            const auto of = kind == Format::Xmp    ? exchange::FolderOf::Xmp
                            : kind == Format::Text ? exchange::FolderOf::Text
                                                   : exchange::FolderOf::Takeout;
            return exchange::readFolder(*catalogue, place, of, differing, stop, progress);
        },
        tr("importing", "in: undo importing"));
}

QString ImportDialog::theirsTitle() const
{
    return tr("What would come in");
}

} // namespace photolex::ui
