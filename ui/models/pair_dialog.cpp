#include "ui/models/pair_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/models/file_field.h"
#include "ui/style/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>
#include <array>
#include <optional>

namespace photolex::ui {

namespace {

// Numbers as Python prints them: "0.48, 0.46, 0.41".
std::optional<std::array<float, 3>> threeNumbers(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,;()\\[\\]]+"));
    const auto parts = text.split(separators, Qt::SkipEmptyParts);
    std::array<float, 3> numbers{};
    if (parts.size() != static_cast<qsizetype>(numbers.size()))
        return std::nullopt;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        bool isNumber = false;
        numbers[i] = QLocale::c().toFloat(parts[static_cast<qsizetype>(i)], &isNumber);
        if (!isNumber)
            return std::nullopt;
    }
    return numbers;
}

QLineEdit *line(const char *name, const QString &text = {})
{
    auto *made = new QLineEdit(text);
    made->setObjectName(QString::fromLatin1(name));
    return made;
}

QSpinBox *number(const char *name, int lowest, int highest, int value)
{
    auto *made = new QSpinBox;
    made->setObjectName(QString::fromLatin1(name));
    made->setRange(lowest, highest);
    made->setValue(value);
    return made;
}

} // namespace

PairDialog::PairDialog(QWidget *parent)
    : QDialog(parent)
    , m_tokenizer(new QComboBox)
    , m_side(number("pairSize", 16, 2048, 224))
    , m_length(number("pairLength", 2, 4096, 77))
    , m_means(line("pairMeans", QStringLiteral("0.48145466, 0.4578275, 0.40821073")))
    , m_deviations(line("pairDeviations", QStringLiteral("0.26862954, 0.26130258, 0.27577711")))
    , m_name(line("pairName"))
    , m_licence(line("pairLicence"))
    , m_accept(new QCheckBox(tr("I looked where the modules come from; their code may run")))
{
    setObjectName(QStringLiteral("pairDialog"));
    setWindowTitle(tr("Import a pair of modules"));
    using Kind = FileField::Kind;
    const QString modules = tr("TorchScript (*.pt *.ts *.torchscript)");
    m_image = new FileField(QStringLiteral("pairImage"), tr("Module for photos"), Kind::File, modules);
    m_text = new FileField(QStringLiteral("pairText"), tr("Module for sentences"), Kind::File, modules);
    m_pieces = new FileField(QStringLiteral("pairPieces"), tr("Pieces of words"), Kind::File,
                             tr("Text, one piece a line (*.txt)"));
    m_tokenizer->setObjectName(QStringLiteral("pairTokenizer"));
    m_tokenizer->addItem(tr("Byte pairs (CLIP)"), QStringLiteral("bpe"));
    m_tokenizer->addItem(tr("Word pieces (BERT)"), QStringLiteral("wordpiece"));
    m_tokenizer->addItem(tr("Whole words"), QStringLiteral("words"));
    m_side->setSuffix(tr(" px"));
    m_length->setToolTip(tr("Pieces of a sentence that the module takes"));
    m_length->setAccessibleName(m_length->toolTip());
    m_tokenizer->setAccessibleName(tr("Reads"));
    m_means->setToolTip(tr("Taken off red, green and blue, which go from 0 to 1"));
    m_deviations->setToolTip(tr("Red, green and blue are divided by these afterwards"));
    m_licence->setPlaceholderText(tr("As whoever made them says"));
    m_accept->setObjectName(QStringLiteral("pairAccept"));

    auto *hint = new QLabel(tr("An encoder that somebody exported as two TorchScript modules, a CLIP for example (the "
                               "README has a script). Shapes, values and speed are checked before it is installed."));
    hint->setWordWrap(true);
    auto *warning = new QLabel(tr("TorchScript is code: it runs with your rights as soon as it is opened, and could "
                                  "read your files, or change them."));
    warning->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(2 * gridUnit);
    form->setVerticalSpacing(gridUnit / 2); // all of it fits a window of 600 pixels
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Module for photos"), m_image);
    form->addRow(tr("Side of a photo"), m_side);
    form->addRow(tr("Means"), m_means);
    form->addRow(tr("Deviations"), m_deviations);
    form->addRow(tr("Module for sentences"), m_text);
    auto *reads = new QHBoxLayout;
    reads->setSpacing(gridUnit);
    reads->addWidget(m_tokenizer, 1);
    reads->addWidget(m_length);
    form->addRow(tr("Reads"), reads);
    form->addRow(tr("Pieces of words"), m_pieces);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Licence"), m_licence);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_go = buttons->addButton(tr("Run it and import"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(QStringLiteral("pairImport"));
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gridUnit, 2 * gridUnit, 2 * gridUnit, 2 * gridUnit);
    column->setSpacing(gridUnit);
    column->addWidget(hint);
    column->addLayout(form);
    column->addWidget(warning);
    column->addWidget(m_accept);
    column->addStretch();
    column->addWidget(buttons);
    resize(76 * gridUnit, sizeHint().height());

    for (auto *field : {m_image, m_text, m_pieces})
        connect(field, &FileField::changed, this, &PairDialog::follow);
    for (auto *each : {m_means, m_deviations, m_name})
        connect(each, &QLineEdit::textChanged, this, &PairDialog::follow);
    connect(m_accept, &QCheckBox::toggled, this, &PairDialog::follow);
    connect(m_tokenizer, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_length->setValue(index == 0 ? 77 : 64); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    follow();
}

void PairDialog::follow()
{
    const bool areFiles = !m_image->text().isEmpty() && !m_text->text().isEmpty() && !m_pieces->text().isEmpty();
    m_go->setEnabled(areFiles && threeNumbers(m_means->text()) && threeNumbers(m_deviations->text()) &&
                     !m_name->text().trimmed().isEmpty() && m_accept->isChecked());
}

joint::OutsidePair PairDialog::pair() const
{
    joint::OutsidePair pair;
    pair.imageModule = pathBytes(m_image->text());
    pair.textModule = pathBytes(m_text->text());
    pair.tokenizer = m_tokenizer->currentData().toString().toStdString();
    pair.pieces = pathBytes(m_pieces->text());
    pair.side = m_side->value();
    pair.means = threeNumbers(m_means->text()).value_or(pair.means);
    pair.deviations = threeNumbers(m_deviations->text()).value_or(pair.deviations);
    pair.textLength = m_length->value();
    pair.id = m_name->text().trimmed().toStdString();
    pair.licence = m_licence->text().trimmed().toStdString();
    pair.acceptCode = m_accept->isChecked();
    return pair;
}

} // namespace photolex::ui
