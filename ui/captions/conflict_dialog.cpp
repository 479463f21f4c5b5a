// Two texts of one photo side by side, and which of them is to stand.
#include "ui/captions/exchange_dialog.h"
#include "ui/common/photo_text.h"
#include "ui/style/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

struct ConflictText {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::ConflictText)
};

constexpr int conflictsListed = 2000; // those beyond come with the next run

QTableWidgetItem *cell(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(toolTipText(text));
    return item;
}

} // namespace

void askAboutConflicts(const std::vector<exchange::Conflict> &conflicts, const QString &theirsTitle, QWidget *parent,
                       std::function<void(const std::vector<Choice> &)> decided)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("conflictDialog"));
    dialog->setWindowTitle(ConflictText::tr("Texts that differ"));
    dialog->resize(100 * gridUnit, 55 * gridUnit);
    auto *hint = new QLabel(
        ConflictText::tr("The text that is not taken stays in the history of its photo, or where it came from."));
    hint->setWordWrap(true);
    const int rows = std::min(static_cast<int>(conflicts.size()), conflictsListed);
    auto *table = new QTableWidget(rows, 4);
    table->setObjectName(QStringLiteral("conflicts"));
    table->setAccessibleName(dialog->windowTitle());
    table->setHorizontalHeaderLabels(
        {ConflictText::tr("Photo"), ConflictText::tr("In Photolex"), theirsTitle, ConflictText::tr("What stands")});
    table->verticalHeader()->hide();
    table->setWordWrap(true);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Interactive);
    table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::ResizeToContents);
    table->setColumnWidth(0, 22 * gridUnit);
    std::vector<QComboBox *> boxes;
    for (int row = 0; row < rows; ++row) {
        const auto &conflict = conflicts[static_cast<std::size_t>(row)];
        table->setItem(row, 0, cell(fileName(conflict.path)));
        table->item(row, 0)->setToolTip(toolTipText(displayPath(conflict.path)));
        table->setItem(row, 1, cell(QString::fromStdString(conflict.ours)));
        table->setItem(row, 2, cell(QString::fromStdString(conflict.theirs)));
        auto *box = new QComboBox;
        box->setAccessibleName(ConflictText::tr("What stands for %1").arg(fileName(conflict.path)));
        box->addItems({ConflictText::tr("Decide later"), ConflictText::tr("That in Photolex"),
                       ConflictText::tr("The other one")});
        table->setCellWidget(row, 3, box);
        boxes.push_back(box);
    }
    table->resizeRowsToContents();

    const auto all = [boxes](Choice choice) {
        for (auto *box : boxes)
            box->setCurrentIndex(static_cast<int>(choice));
    };
    auto *mine = new QPushButton(ConflictText::tr("All of Photolex"));
    auto *theirs = new QPushButton(ConflictText::tr("All the others"));
    mine->setObjectName(QStringLiteral("allMine"));
    theirs->setObjectName(QStringLiteral("allTheirs"));
    mine->setAutoDefault(false);
    theirs->setAutoDefault(false);
    QObject::connect(mine, &QPushButton::clicked, dialog, [all] { all(Choice::Mine); });
    QObject::connect(theirs, &QPushButton::clicked, dialog, [all] { all(Choice::Theirs); });
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *apply = buttons->addButton(ConflictText::tr("Take these texts"), QDialogButtonBox::AcceptRole);
    apply->setObjectName(QStringLiteral("takeTexts"));
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(mine);
    bottom->addWidget(theirs);
    bottom->addStretch(1);
    bottom->addWidget(buttons);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(hint);
    column->addWidget(table, 1);
    column->addLayout(bottom);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(dialog, &QDialog::accepted, parent, [boxes, decided = std::move(decided)] {
        std::vector<Choice> choices;
        choices.reserve(boxes.size());
        for (const auto *box : boxes)
            choices.push_back(static_cast<Choice>(box->currentIndex()));
        decided(choices);
    });
    table->setFocus(); // or the keys would still go to what is behind the dialog
    dialog->open();
}

} // namespace photolex::ui
