#include "ui/models/train_form.h"

#include "ui/common/photo_text.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

namespace photolex::ui {

namespace {

constexpr std::array kinds = {"linear", "lstm", "gru"};
constexpr std::array objectives = {train::Objective::Contrastive, train::Objective::SumOfHinges,
                                   train::Objective::HardestHinges};

} // namespace

struct TrainForm::Impl {
    TrainForm *q;
    training::Source source;
    bool chosen = false; // a source
    bool named = false;  // by hand

    QRadioButton *ofLibrary, *ofPlace;
    QPushButton *folder, *file;
    ElidedLabel *place;
    QLineEdit *name;
    QComboBox *from, *kind, *objective;
    QSlider *keep;
    QLabel *keepText;
    QWidget *keepRow;
    QSpinBox *dimension, *epochs, *patience, *heldOut;
    QFormLayout *form, *moreForm;
    QToolButton *more;
    QWidget *moreBox;

    void build();
    QWidget *makeSource();
    QWidget *makeMore();
    QSpinBox *spin(const char *objectName, const QString &label, int least, int most, int value) const;
    void choose(bool aFolder);
    void updateRows();
};

QWidget *TrainForm::Impl::makeSource()
{
    ofLibrary = new QRadioButton(TrainForm::tr("My captions in the library"));
    ofLibrary->setObjectName(QStringLiteral("trainLibrary"));
    ofLibrary->setToolTip(TrainForm::tr("Those you wrote or took over, and those in your files"));
    ofPlace = new QRadioButton(TrainForm::tr("Captioned photos elsewhere"));
    ofPlace->setObjectName(QStringLiteral("trainPlace"));
    folder = new QPushButton(TrainForm::tr("Folder…"));
    folder->setToolTip(TrainForm::tr("With .txt or XMP beside the photos, or with a file of captions"));
    file = new QPushButton(TrainForm::tr("File…"));
    file->setToolTip(TrainForm::tr("A table with the columns path and caption, COCO's or Karpathy's JSON, or Flickr's "
                                   "token file"));
    place = new ElidedLabel;
    place->setObjectName(QStringLiteral("trainPlaceName"));
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(3 * gridUnit, 0, 0, 0);
    buttons->addWidget(folder);
    buttons->addWidget(file);
    buttons->addWidget(place, 1);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridUnit / 2);
    column->addWidget(ofLibrary);
    column->addWidget(ofPlace);
    column->addLayout(buttons);
    return box;
}

QSpinBox *TrainForm::Impl::spin(const char *objectName, const QString &label, int least, int most, int value) const
{
    auto *made = new QSpinBox;
    made->setObjectName(QString::fromLatin1(objectName));
    made->setAccessibleName(label);
    made->setRange(least, most);
    made->setValue(value);
    return made;
}

QWidget *TrainForm::Impl::makeMore()
{
    objective = new QComboBox;
    objective->setObjectName(QStringLiteral("trainObjective"));
    objective->addItem(TrainForm::tr("Contrastive"));
    objective->addItem(TrainForm::tr("Sum of hinges, as in the paper"));
    objective->addItem(TrainForm::tr("Hardest hinges"));
    const training::Settings defaults;
    epochs = spin("trainEpochs", TrainForm::tr("Passes at most"), 1, 500, defaults.epochs);
    epochs->setToolTip(TrainForm::tr("Passes over all captions"));
    patience = spin("trainPatience", TrainForm::tr("End after"), 1, 500, defaults.patience);
    patience->setToolTip(TrainForm::tr("So many passes without a better one, and it ends; the best one counts"));
    //: follows a number: "4 passes without gain"
    patience->setSuffix(TrainForm::tr(" passes without gain"));
    heldOut = spin("trainHeldOut", TrainForm::tr("Held out"), 5, 50, static_cast<int>(100 * defaults.heldOut));
    heldOut->setToolTip(
        TrainForm::tr("Photos that are not learnt from, but measured with. A set that names some of its "
                      "own keeps them."));
    heldOut->setSuffix(TrainForm::tr(" % of the photos"));
    auto *box = new QWidget;
    moreForm = new QFormLayout(box);
    moreForm->setContentsMargins(0, 0, 0, 0);
    moreForm->setRowWrapPolicy(QFormLayout::WrapLongRows);
    moreForm->addRow(TrainForm::tr("Objective"), objective);
    moreForm->addRow(TrainForm::tr("Passes at most"), epochs);
    moreForm->addRow(TrainForm::tr("End after"), patience);
    moreForm->addRow(TrainForm::tr("Held out"), heldOut);
    return box;
}

void TrainForm::Impl::build()
{
    name = new QLineEdit;
    name->setObjectName(QStringLiteral("trainName"));
    name->setMaxLength(100);
    from = new QComboBox;
    from->setObjectName(QStringLiteral("trainFrom"));
    from->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    from->setMinimumContentsLength(16);
    keep = new QSlider(Qt::Horizontal);
    keep->setObjectName(QStringLiteral("trainKeep"));
    keep->setAccessibleName(TrainForm::tr("How firmly it is held to what it knows"));
    keep->setRange(0, 100);
    keep->setPageStep(10);
    keep->setValue(static_cast<int>(100 * training::Settings().keep));
    keepText = new QLabel;
    keepText->setWordWrap(true);
    keepText->setForegroundRole(QPalette::PlaceholderText);
    keepRow = new QWidget;
    auto *keepColumn = new QVBoxLayout(keepRow);
    keepColumn->setContentsMargins(0, 0, 0, 0);
    keepColumn->setSpacing(0);
    keepColumn->addWidget(keep);
    keepColumn->addWidget(keepText);
    kind = new QComboBox;
    kind->setObjectName(QStringLiteral("trainKind"));
    kind->addItem(TrainForm::tr("Sum of word vectors"));
    kind->addItem(TrainForm::tr("LSTM"));
    kind->addItem(TrainForm::tr("GRU"));
    dimension = spin("trainDimension", TrainForm::tr("Dimensions"), 16, 1024, training::Settings().dimension);
    dimension->setSingleStep(50);
    more = new QToolButton;
    more->setObjectName(QStringLiteral("trainMore"));
    more->setText(TrainForm::tr("More settings"));
    more->setCheckable(true);
    more->setAutoRaise(true);
    more->setArrowType(Qt::RightArrow);
    more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    moreBox = makeMore();
    moreBox->hide();

    form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(TrainForm::tr("Name"), name);
    form->addRow(TrainForm::tr("Begin with"), from);
    form->addRow(TrainForm::tr("Keep"), keepRow);
    form->addRow(TrainForm::tr("Encoder"), kind);
    form->addRow(TrainForm::tr("Dimensions"), dimension);
    auto *column = new QVBoxLayout(q);
    column->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    column->setSpacing(gridUnit);
    const auto heading = [](const QString &text) {
        auto *label = new QLabel(text);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        return label;
    };
    column->addWidget(heading(TrainForm::tr("What to learn from")));
    column->addWidget(makeSource());
    column->addSpacing(gridUnit);
    column->addWidget(heading(TrainForm::tr("How")));
    column->addLayout(form);
    column->addWidget(more, 0, Qt::AlignLeading);
    column->addWidget(moreBox);
    column->addStretch();

    QObject::connect(ofLibrary, &QRadioButton::clicked, q, [this] { q->setSource({}); });
    QObject::connect(ofPlace, &QRadioButton::clicked, q, [this] {
        if (source.isLibrary())
            choose(true);
    });
    QObject::connect(folder, &QPushButton::clicked, q, [this] { choose(true); });
    QObject::connect(file, &QPushButton::clicked, q, [this] { choose(false); });
    QObject::connect(name, &QLineEdit::textEdited, q,
                     [this](const QString &text) { named = !text.trimmed().isEmpty(); });
    QObject::connect(from, &QComboBox::currentIndexChanged, q, [this] {
        updateRows();
        Q_EMIT q->sourceChanged();
    });
    QObject::connect(heldOut, &QSpinBox::valueChanged, q, &TrainForm::sourceChanged);
    QObject::connect(keep, &QSlider::valueChanged, q, [this] { updateRows(); });
    for (auto *box : {kind, objective})
        QObject::connect(box, &QComboBox::currentIndexChanged, q, &TrainForm::settingsChanged);
    for (auto *box : {dimension, epochs})
        QObject::connect(box, &QSpinBox::valueChanged, q, &TrainForm::settingsChanged);
    QObject::connect(more, &QToolButton::toggled, q, [this](bool on) {
        moreBox->setVisible(on);
        more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
    });
    updateRows();
}

void TrainForm::Impl::choose(bool aFolder)
{
    auto *dialog = new QFileDialog(q->window(), TrainForm::tr("Captioned photos"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(aFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, aFolder);
    if (!aFolder)
        dialog->setNameFilters(
            {TrainForm::tr("Captions (*.csv *.tsv *.json *.token *.txt)"), TrainForm::tr("All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, q,
                     [this](const QString &path) { q->setSource({.place = pathBytes(path), .photos = {}}); });
    // Nothing chosen: what was marked before is marked again.
    QObject::connect(dialog, &QFileDialog::rejected, q, [this] {
        ofLibrary->setChecked(chosen && source.isLibrary());
        ofPlace->setChecked(!ofLibrary->isChecked());
    });
    dialog->open();
}

void TrainForm::Impl::updateRows()
{
    const bool further = !from->currentData().toString().isEmpty();
    const auto row = [this](QWidget *field, bool shown) {
        field->setVisible(shown);
        if (auto *label = form->labelForField(field))
            label->setVisible(shown);
    };
    row(keepRow, further);
    row(kind, !further);
    row(dimension, !further);
    const int value = keep->value();
    keepText->setText(value == 0   ? TrainForm::tr("It may forget all else for these captions.")
                      : value < 34 ? TrainForm::tr("It changes a lot for these captions.")
                      : value < 67 ? TrainForm::tr("It learns these captions and stays near what it knew.")
                                   : TrainForm::tr("It learns new words, and little else changes."));
}

TrainForm::TrainForm(QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->build();
}

TrainForm::~TrainForm() = default;

void TrainForm::setFirsts(const QList<FirstChoice> &firsts)
{
    auto &d = *m_impl;
    const auto before = d.from->count() == 0 ? QString() : d.from->currentData().toString();
    const bool had = d.from->count() > 0;
    {
        const QSignalBlocker quiet(d.from);
        d.from->clear();
        for (const auto &first : firsts)
            d.from->addItem(first.name, first.from);
        d.from->addItem(tr("Nothing: a new encoder"), QString());
        const int place = had ? d.from->findData(before) : 0;
        d.from->setCurrentIndex(std::max(0, place));
    }
    d.updateRows();
    if (!had || d.from->currentData().toString() != before)
        Q_EMIT sourceChanged();
}

void TrainForm::setSource(const training::Source &source)
{
    auto &d = *m_impl;
    d.source = source;
    d.chosen = true;
    d.ofLibrary->setChecked(source.isLibrary());
    d.ofPlace->setChecked(!source.isLibrary());
    d.place->setText(source.isLibrary() ? QString() : fileName(source.place.native()));
    d.place->setToolTip(displayPath(source.place.native()));
    Q_EMIT sourceChanged();
}

bool TrainForm::hasSource() const
{
    return m_impl->chosen;
}

training::Source TrainForm::source() const
{
    return m_impl->source;
}

training::Settings TrainForm::settings() const
{
    const auto &d = *m_impl;
    training::Settings settings;
    settings.name = d.name->text().simplified().toStdString();
    settings.from = d.from->currentData().toString().toStdString();
    settings.keep = d.keep->value() / 100.0;
    settings.kind = kinds[static_cast<std::size_t>(std::max(0, d.kind->currentIndex()))];
    settings.dimension = d.dimension->value();
    settings.objective = objectives[static_cast<std::size_t>(std::max(0, d.objective->currentIndex()))];
    settings.epochs = d.epochs->value();
    settings.patience = d.patience->value();
    settings.heldOut = d.heldOut->value() / 100.0;
    return settings;
}

void TrainForm::setName(const QString &name)
{
    if (!m_impl->named)
        m_impl->name->setText(name);
}

} // namespace photolex::ui
