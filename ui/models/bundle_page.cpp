#include "ui/models/bundle_page.h"

#include "core/model/ready_rows.h"
#include "ui/common/photo_text.h"
#include "ui/common/reasons.h"
#include "ui/style/theme.h"
#include "ui/widgets/figures.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

constexpr int speedColumn = 4;

QLabel *textLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // a manifest is anybody's text
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString number(double value, int digits)
{
    return QLocale().toString(value, 'f', digits);
}

// What the manifest says of it; empty where it was not measured.
QString measured(const model::EncoderEntry &encoder, const char *name, int digits)
{
    for (const auto &[key, value] : encoder.metrics)
        if (key.ends_with(name))
            return number(value, digits);
    return {};
}

} // namespace

BundlePage::BundlePage(QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QLabel *BundlePage::addLine(const QString &title, const QString &text)
{
    auto *label = textLabel(text);
    auto *head = new QLabel(title);
    head->setForegroundRole(QPalette::PlaceholderText);
    head->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    head->setBuddy(label);
    label->setAccessibleName(title);
    m_form->addRow(head, label);
    return label;
}

void BundlePage::setBundle(const BundleInfo &bundle)
{
    m_page = new QWidget;
    m_column = new QVBoxLayout(m_page);
    m_column->setContentsMargins(3 * gridUnit, 2 * gridUnit, 3 * gridUnit, 2 * gridUnit);
    m_encoders = nullptr;
    m_speed = nullptr;
    m_ids.clear();
    auto *title = textLabel(bundle.manifest ? QString::fromStdString(bundle.manifest->title)
                                            : QString::fromStdString(bundle.installed.id));
    title->setObjectName(QStringLiteral("bundleTitle"));
    QFont font = title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.25);
    title->setFont(font);
    m_column->addWidget(title);
    m_form = new QFormLayout;
    m_form->setContentsMargins(0, gridUnit, 0, gridUnit);
    m_form->setHorizontalSpacing(3 * gridUnit);
    m_form->setVerticalSpacing(gridUnit);
    m_form->setLabelAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_column->addLayout(m_form);
    if (bundle.error)
        addLine(tr("Fault"), reasonText(*bundle.error));
    if (bundle.manifest) {
        const auto &manifest = *bundle.manifest;
        addLine(tr("Version"), QString::fromStdString(manifest.version));
        addLine(tr("Licence"), QString::fromStdString(manifest.licence));
        addLine(tr("Comes from"), QString::fromStdString(manifest.provenance));
        QStringList sets;
        for (const auto &set : manifest.trainedOn)
            sets << QStringLiteral("• ") + QString::fromStdString(set);
        if (!sets.isEmpty())
            addLine(tr("Trained on"), sets.join(QLatin1Char('\n')));
        addLine(tr("Language"),
                QLocale::languageToString(QLocale(QString::fromStdString(manifest.language)).language()));
    }
    addLine(tr("Size"), QLocale().formattedDataSize(bundle.bytes, 1));
    addLine(tr("Folder"), displayPath(bundle.installed.folder.lexically_normal().native()));
    if (bundle.manifest) {
        m_speed = addLine(tr("Speed here"), model::holdsReadyRows(*bundle.manifest)
                                                ? tr("Nothing is computed: its rows came ready-made")
                                                : tr("Not measured yet"));
        m_speed->setObjectName(QStringLiteral("bundleSpeed"));
        addEncoders(bundle.manifest->encoders);
    }
    m_column->addStretch();
    setWidget(m_page); // the older page goes
}

void BundlePage::addEncoders(const std::vector<model::EncoderEntry> &encoders)
{
    m_encoders = figuresTable(QStringLiteral("bundleEncoders"), tr("Encoders of the bundle"));
    m_encoders->setSelectionMode(QAbstractItemView::NoSelection);
    m_encoders->setColumnCount(5);
    m_encoders->setHorizontalHeaderLabels(
        {tr("Encoder"), tr("Dimensions"), tr("Photo in first 10"), tr("Caption in first 10"), tr("A sentence here")});
    m_encoders->horizontalHeaderItem(2)->setToolTip(
        tr("Captions, in percent, whose own photo is among the first ten of a thousand"));
    m_encoders->horizontalHeaderItem(3)->setToolTip(
        tr("Photos, in percent, with one of their own captions among the first ten of five thousand"));
    m_encoders->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_encoders->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_encoders->setRowCount(static_cast<int>(encoders.size()));
    for (int row = 0; row < m_encoders->rowCount(); ++row) {
        const auto &encoder = encoders[static_cast<std::size_t>(row)];
        m_ids.push_back(encoder.id);
        auto *name =
            new QTableWidgetItem(tr("%1: %2", "id of an encoder, its name")
                                     .arg(QString::fromStdString(encoder.id), QString::fromStdString(encoder.name)));
        name->setToolTip(name->text());
        m_encoders->setItem(row, 0, name);
        m_encoders->setItem(row, 1, figureItem(QLocale().toString(encoder.dimension)));
        m_encoders->setItem(row, 2, figureItem(measured(encoder, "text_to_image_r10", 1)));
        m_encoders->setItem(row, 3, figureItem(measured(encoder, "image_to_text_r10", 1)));
        m_encoders->setItem(row, speedColumn, figureItem({}));
        if (const auto photos = encoder.metrics.find("held_out_photos"); photos != encoder.metrics.end())
            for (const int column : {2, 3})
                m_encoders->item(row, column)
                    ->setToolTip(
                        tr("Of %n photo(s) that it did not learn from", nullptr, static_cast<int>(photos->second)));
    }
    fitHeight(m_encoders);
    m_column->addWidget(m_encoders);
}

void BundlePage::setSpeed(const joint::Speed &speed)
{
    if (!m_speed)
        return;
    m_speed->setText(tr("%1 ms a photo, %2 photos a second on one core; reading the file not counted")
                         .arg(number(1000 * speed.secondsPerPhoto, 1), number(1 / speed.secondsPerPhoto, 0)));
    for (int row = 0; row < m_encoders->rowCount(); ++row)
        if (const auto found = speed.secondsPerSentence.find(m_ids[static_cast<std::size_t>(row)]);
            found != speed.secondsPerSentence.end())
            m_encoders->item(row, speedColumn)->setText(tr("%1 ms").arg(number(1000 * found->second, 2)));
}

} // namespace photolex::ui
