#include "ui/captions/bulk_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <ranges>

namespace photolex::ui {

namespace {

using catalogue::BulkKind;

constexpr int changesListed = 500; // the sentence above says how many there are

} // namespace

BulkDialog::BulkDialog(Session *session, std::vector<PhotoId> listed, std::vector<PhotoId> chosen, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_listed(std::move(listed))
    , m_chosen(std::move(chosen))
    , m_kind(new QComboBox)
    , m_onlyChosen(new QRadioButton(tr("The %n selected photo(s)", nullptr, static_cast<int>(m_chosen.size()))))
    , m_findTitle(new QLabel(tr("Find")))
    , m_textTitle(new QLabel)
    , m_message(new QLabel)
    , m_find(new QLineEdit)
    , m_text(new QLineEdit)
    , m_isPattern(new QCheckBox(tr("Regular expression")))
    , m_matchCase(new QCheckBox(tr("Match case")))
    , m_wholeWords(new QCheckBox(tr("Whole words")))
    , m_fields(new QPushButton(tr("Insert")))
    , m_table(new QTableWidget(0, 3))
{
    setObjectName(QStringLiteral("bulkDialog"));
    setWindowTitle(tr("Change many captions"));
    resize(100 * gridUnit, 62 * gridUnit);
    build();
    follow();
    m_find->setFocus();
}

void BulkDialog::build()
{
    m_kind->setObjectName(QStringLiteral("bulkKind"));
    m_kind->setAccessibleName(tr("Kind of change"));
    m_kind->addItems({tr("Find and replace"), tr("Put in front"), tr("Put behind"), tr("Write anew from a template")});
    m_find->setObjectName(QStringLiteral("bulkFind"));
    m_text->setObjectName(QStringLiteral("bulkText"));
    m_find->setAccessibleName(tr("Find"));
    m_isPattern->setObjectName(QStringLiteral("bulkPattern"));
    m_isPattern->setToolTip(tr("$1, $2 … in the replacement stand for the groups in brackets"));
    m_message->setObjectName(QStringLiteral("bulkMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setMinimumHeight(2 * m_message->fontMetrics().lineSpacing());
    m_table->setObjectName(QStringLiteral("bulkPreview"));
    m_table->setAccessibleName(tr("What would change"));
    m_table->setHorizontalHeaderLabels({tr("Photo"), tr("Now"), tr("Then")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_table->setColumnWidth(0, 22 * gridUnit);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setWordWrap(true);
    auto *all = new QRadioButton(tr("All %n photo(s) of the list", nullptr, static_cast<int>(m_listed.size())));
    auto *which = new QButtonGroup(this);
    which->addButton(m_onlyChosen);
    which->addButton(all);
    (m_chosen.empty() ? all : m_onlyChosen)->setChecked(true);
    m_onlyChosen->setVisible(!m_chosen.empty());

    auto *fields = new QMenu(m_fields);
    const QList<QPair<QString, QString>> known = {
        {QStringLiteral("folder"), tr("Folder")},
        {QStringLiteral("parent"), tr("Folder above")},
        {QStringLiteral("name"), tr("Name")},
        {QStringLiteral("file"), tr("Name with its ending")},
        {QStringLiteral("date"), tr("Date")},
        {QStringLiteral("year"), tr("Year")},
        {QStringLiteral("month"), tr("Month")},
        {QStringLiteral("day"), tr("Day")},
        {QStringLiteral("time"), tr("Time")},
        {QStringLiteral("camera"), tr("Camera")},
        {QStringLiteral("title"), tr("Title")},
        {QStringLiteral("number"), tr("Running number")},
        {QStringLiteral("caption"), tr("The caption that is there")},
    };
    for (const auto &[field, title] : known) {
        const QString text = QLatin1Char('{') + field + QLatin1Char('}');
        //: an entry that puts {folder} into the text: its meaning, and what is put in
        connect(fields->addAction(tr("%1  %2").arg(title, text)), &QAction::triggered, this, [this, text = text] {
            m_text->insert(text);
            m_text->setFocus();
        });
    }
    m_fields->setMenu(fields);
    m_fields->setAutoDefault(false);

    auto *grid = new QGridLayout;
    grid->addWidget(m_kind, 0, 0, 1, 2);
    auto *photos = new QHBoxLayout;
    photos->addWidget(m_onlyChosen);
    photos->addWidget(all);
    photos->addStretch(1);
    grid->addLayout(photos, 0, 2, 1, 2);
    grid->addWidget(m_findTitle, 1, 0);
    grid->addWidget(m_find, 1, 1, 1, 3);
    grid->addWidget(m_textTitle, 2, 0);
    grid->addWidget(m_text, 2, 1, 1, 2);
    grid->addWidget(m_fields, 2, 3);
    grid->setColumnStretch(2, 1);
    auto *options = new QHBoxLayout;
    for (auto *option : {m_matchCase, m_wholeWords, m_isPattern})
        options->addWidget(option);
    options->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_apply = buttons->addButton(tr("Change captions"), QDialogButtonBox::AcceptRole);
    m_apply->setObjectName(QStringLiteral("bulkApply"));
    auto *column = new QVBoxLayout(this);
    column->addLayout(grid);
    column->addLayout(options);
    column->addWidget(m_message);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false); // Enter makes the change
    m_apply->setDefault(true);

    m_soon.setSingleShot(true);
    m_soon.setInterval(120);
    connect(&m_soon, &QTimer::timeout, this, [this] { preview(); });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { follow(); });
    connect(m_onlyChosen, &QRadioButton::toggled, this, [this] { follow(); });
    for (auto *line : {m_find, m_text})
        connect(line, &QLineEdit::textChanged, this, [this] { follow(); });
    for (auto *option : {m_matchCase, m_wholeWords, m_isPattern})
        connect(option, &QCheckBox::toggled, this, [this] { follow(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { apply(); });
}

catalogue::BulkEdit BulkDialog::edit() const
{
    return {.kind = static_cast<BulkKind>(m_kind->currentIndex()),
            .find = m_find->text().toStdString(),
            .text = m_text->text().toStdString(),
            .isPattern = m_isPattern->isChecked(),
            .matchCase = m_matchCase->isChecked(),
            .wholeWords = m_wholeWords->isChecked()};
}

void BulkDialog::follow()
{
    const bool replaces = edit().kind == BulkKind::Replace;
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_findTitle, m_find, m_isPattern, m_matchCase, m_wholeWords})
        widget->setVisible(replaces);
    m_fields->setVisible(!replaces);
    m_textTitle->setText(replaces ? tr("Replace with") : tr("Text"));
    m_text->setAccessibleName(m_textTitle->text());
    // What is seen must be what is made: nothing can be made until it is seen again.
    m_apply->setEnabled(false);
    m_previewing.cancel();
    m_soon.start();
}

void BulkDialog::preview()
{
    const auto wanted = edit();
    if (wanted.kind == BulkKind::Replace ? wanted.find.empty() : wanted.text.empty()) {
        m_changes.clear();
        m_table->setRowCount(0);
        m_message->setText(wanted.kind == BulkKind::Replace
                               ? tr("Type what is to be found.")
                               : tr("Type a text; “Insert” puts in what is known of each photo."));
        return;
    }
    m_message->setText(tr("Looking…"));
    m_previewing.run(
        [catalogue = m_session->catalogue(), photos = m_onlyChosen->isChecked() ? m_chosen : m_listed,
         wanted](const std::stop_token &stop) -> Result<Seen> {
            auto preview = catalogue::bulkChanges(*catalogue, photos, wanted, stop);
            if (!preview)
                return fail(preview.error());
            Seen seen{std::move(*preview), {}};
            for (const auto &change : seen.preview.changes | std::views::take(changesListed)) {
                const auto path = catalogue->absolutePath(change.photo);
                seen.names.append(path ? fileName(*path) : QString());
            }
            return seen;
        },
        [this](Result<Seen> seen) { take(std::move(seen)); });
}

void BulkDialog::take(Result<Seen> seen)
{
    m_changes.clear();
    m_table->setRowCount(0);
    if (!seen) {
        const bool isPattern = m_isPattern->isChecked() && edit().kind == BulkKind::Replace;
        m_message->setText(
            seen.error().code == Errc::TooLarge
                ? tr("This pattern takes too long, or makes too much of a caption. Nothing was changed.")
            : isPattern
                ? tr("This is no regular expression, or its replacement names a group that it lacks. A backslash "
                     "before a sign takes it as it is.")
            : seen.error().code == Errc::Invalid
                ? tr("What stands in braces is not known. “Insert” shows what can stand there; “{{” is a brace.")
                : errorSentence(seen.error()));
        return;
    }
    m_changes = std::move(seen->preview.changes);
    const int rows = std::min(static_cast<int>(m_changes.size()), changesListed);
    m_table->setRowCount(rows);
    for (int row = 0; row < rows; ++row) {
        const auto &change = m_changes[static_cast<std::size_t>(row)];
        const QStringList texts = {seen->names.value(row), QString::fromStdString(change.before),
                                   QString::fromStdString(change.after)};
        for (int columnAt = 0; columnAt < 3; ++columnAt) {
            auto *item = new QTableWidgetItem(texts[columnAt]);
            item->setToolTip(toolTipText(texts[columnAt]));
            m_table->setItem(row, columnAt, item);
        }
    }
    m_table->resizeRowsToContents();
    QString sentence = tr("%n caption(s) would change.", nullptr, static_cast<int>(m_changes.size()));
    if (seen->preview.unknown > 0)
        sentence += QLatin1Char(' ') + tr("%n photo(s) lack what the text asks for and stay as they are.", nullptr,
                                          static_cast<int>(seen->preview.unknown));
    if (static_cast<int>(m_changes.size()) > rows)
        sentence += QLatin1Char(' ') + tr("The first %n are shown.", nullptr, rows);
    m_message->setText(sentence);
    m_apply->setEnabled(!m_changes.empty());
}

void BulkDialog::apply()
{
    if (m_changes.empty() || !m_apply->isEnabled())
        return;
    Q_EMIT applied(m_changes, edit().kind == BulkKind::Replace
                                  ? tr("replacing", "in: undo replacing")
                                  : tr("change of many captions", "in: undo change of many captions"));
    accept();
}

} // namespace photolex::ui
