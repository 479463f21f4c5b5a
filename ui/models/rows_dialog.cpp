#include "ui/models/rows_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/models/file_field.h"
#include "ui/style/theme.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace photolex::ui {

RowsDialog::RowsDialog(QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit)
    , m_licence(new QLineEdit)
{
    setObjectName(QStringLiteral("rowsDialog"));
    setWindowTitle(tr("Import ready-made rows"));
    using Kind = FileField::Kind;
    const QString matrices = tr("Matrices of NumPy (*.npy)"), texts = tr("Tables and lists (*.csv *.tsv *.txt)");
    m_rows = new FileField(QStringLiteral("rowsFile"), tr("Rows of photos"), Kind::File, matrices);
    m_paths = new FileField(QStringLiteral("rowsPaths"), tr("Paths of the photos"), Kind::File, texts);
    m_root = new FileField(QStringLiteral("rowsRoot"), tr("Folder of relative paths"), Kind::Folder, {});
    m_texts = new FileField(QStringLiteral("rowsTexts"), tr("Rows of sentences"), Kind::File, matrices);
    m_sentences =
        new FileField(QStringLiteral("rowsSentences"), tr("Sentences"), Kind::File, tr("Text, one a line (*.txt)"));
    m_name->setObjectName(QStringLiteral("rowsName"));
    m_licence->setObjectName(QStringLiteral("rowsLicence"));
    m_licence->setPlaceholderText(tr("As whoever computed them says"));

    auto *hint = new QLabel(
        tr("Points that were computed elsewhere, a CLIP's for example: a matrix of NumPy with one row a photo, and the "
           "photos' paths in the same order. They are put to the photos of the library by path, else by name."));
    hint->setWordWrap(true);
    auto *textHint = new QLabel(tr("With rows of sentences too, captioned photos can be measured. Both are optional."));
    textHint->setWordWrap(true);
    textHint->setForegroundRole(QPalette::PlaceholderText);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(2 * gridUnit);
    form->setVerticalSpacing(gridUnit);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Rows of photos"), m_rows);
    form->addRow(tr("Their paths"), m_paths);
    form->addRow(tr("Relative to"), m_root);
    form->addRow(textHint);
    form->addRow(tr("Rows of sentences"), m_texts);
    form->addRow(tr("Their sentences"), m_sentences);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Licence"), m_licence);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_go = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(QStringLiteral("rowsImport"));
    m_go->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gridUnit, 2 * gridUnit, 2 * gridUnit, 2 * gridUnit);
    column->setSpacing(2 * gridUnit);
    column->addWidget(hint);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(buttons);
    resize(76 * gridUnit, sizeHint().height());

    for (auto *field : {m_rows, m_paths, m_root, m_texts, m_sentences})
        connect(field, &FileField::changed, this, &RowsDialog::follow);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_isNamed = true;
        follow();
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    follow();
}

void RowsDialog::follow()
{
    if (!m_isNamed && !m_rows->text().isEmpty())
        m_name->setText(QFileInfo(m_rows->text()).completeBaseName());
    const bool isPair = m_texts->text().isEmpty() == m_sentences->text().isEmpty();
    m_go->setEnabled(!m_rows->text().isEmpty() && !m_paths->text().isEmpty() && !m_name->text().trimmed().isEmpty() &&
                     isPair);
    m_go->setToolTip(isPair ? QString() : tr("Rows of sentences and the sentences themselves come together"));
}

joint::RowFiles RowsDialog::files() const
{
    const auto path = [](const FileField *field) { return std::filesystem::path(pathBytes(field->text())); };
    return {.rows = path(m_rows),
            .paths = path(m_paths),
            .texts = path(m_texts),
            .sentences = path(m_sentences),
            .root = path(m_root),
            .id = m_name->text().trimmed().toStdString(),
            .licence = m_licence->text().trimmed().toStdString()};
}

} // namespace photolex::ui
