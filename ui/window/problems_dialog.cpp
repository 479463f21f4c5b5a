#include "ui/window/problems_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/common/reasons.h"
#include "ui/common/session.h"
#include "ui/common/show_in_folder.h"
#include "ui/style/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

namespace {

// A path is cut in the middle, where it matters least; a sentence at its end.
class SentenceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideRight;
    }
};

constexpr int listed = 5000; // rows; the sentence above says how many there are

} // namespace

ProblemsDialog::ProblemsDialog(Session *session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_sentence(new QLabel)
    , m_list(new QTreeWidget)
    , m_details(new QLabel)
{
    setObjectName(QStringLiteral("problemsDialog"));
    setWindowTitle(tr("Problems"));
    resize(920, 480);
    m_sentence->setWordWrap(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setAlternatingRowColors(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setItemDelegateForColumn(1, new SentenceDelegate(m_list));
    m_list->setItemDelegateForColumn(2, new SentenceDelegate(m_list));
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setAccessibleName(tr("The chosen problem"));
    m_details->setMinimumHeight(3 * fontMetrics().lineSpacing() + 4);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_list->setAccessibleName(tr("Photos that could not be read"));
    m_list->setHeaderLabels({tr("Photo"), tr("Reason"), tr("What to do")});
    m_list->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_list->header()->resizeSection(0, 340);
    m_list->header()->resizeSection(1, 230);
    m_list->header()->setStretchLastSection(true);

    auto *buttons = new QDialogButtonBox;
    m_retry = buttons->addButton(tr("Try all again"), QDialogButtonBox::ActionRole);
    m_retry->setObjectName(QStringLiteral("retry"));
    m_showInFolder = buttons->addButton(tr("Show in folder"), QDialogButtonBox::ActionRole);
    m_showInFolder->setObjectName(QStringLiteral("showInFolder"));
    auto *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_retry->setAutoDefault(false); // Enter closes, wherever the focus is
    m_showInFolder->setAutoDefault(false);
    close->setDefault(true);
    m_list->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_retry, &QPushButton::clicked, this, [this] { m_session->retry(chosen()); });
    connect(m_showInFolder, &QPushButton::clicked, this, [this] {
        const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
        if (row < 0)
            return;
        showInFolder(m_problems[static_cast<std::size_t>(row)].path);
    });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ProblemsDialog::followSelection);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ProblemsDialog::followSelection);
    connect(session, &Session::photosChanged, this, &ProblemsDialog::refresh);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_sentence);
    column->addWidget(m_list, 1);
    column->addWidget(m_details);
    column->addWidget(buttons);
    refresh();
    followSelection();
}

int ProblemsDialog::count() const
{
    return m_list->topLevelItemCount();
}

void ProblemsDialog::refresh()
{
    if (m_session->catalogue() && !m_reading.isRunning())
        m_reading.run([catalogue = m_session->catalogue()](const std::stop_token &) { return catalogue->problems(); },
                      [this](Result<std::vector<catalogue::Problem>> problems) {
                          if (problems)
                              show(std::move(*problems));
                      });
}

void ProblemsDialog::show(std::vector<catalogue::Problem> problems)
{
    const bool same =
        problems.size() == m_problems.size() &&
        std::equal(problems.begin(), problems.end(), m_problems.begin(), [](const auto &a, const auto &b) {
            return a.photo == b.photo && a.error == b.error && a.path == b.path;
        });
    if (same && m_list->topLevelItemCount() > 0)
        return; // keeps selection and place
    m_problems = std::move(problems);
    m_list->clear();
    QList<QTreeWidgetItem *> items;
    for (const auto &problem : m_problems) {
        if (items.size() >= listed)
            break;
        const QString path = displayPath(problem.path);
        const QString brief = shortReason(problem.error), detail = reasonText(problem.error);
        const QString reason = detail == brief ? brief : QStringLiteral("%1 (%2)").arg(brief, detail);
        const QString remedy = errorRemedy(problem.error);
        auto *item = new QTreeWidgetItem({path, reason, remedy});
        item->setToolTip(0, path);
        item->setToolTip(1, reason);
        item->setToolTip(2, remedy);
        items.append(item);
    }
    m_list->addTopLevelItems(items);
    if (!items.isEmpty())
        m_list->setCurrentItem(items.front(), 0, QItemSelectionModel::NoUpdate);
    m_sentence->setText(m_problems.empty()
                            ? tr("Every photo could be read.")
                            : tr("%n photo(s) could not be read. They stay in the library, the files are not touched, "
                                 "and they are tried again when they change.",
                                 nullptr, static_cast<int>(m_problems.size())));
    followSelection();
}

void ProblemsDialog::followSelection()
{
    const auto count = m_list->selectedItems().size();
    m_retry->setText(count == 0 ? tr("Try all again") : tr("Try again"));
    m_retry->setEnabled(!m_problems.empty());
    m_showInFolder->setEnabled(count == 1);
    const auto *item = m_list->currentItem();
    m_details->setText(item ? item->text(0) + QLatin1Char('\n') + item->text(1) + QLatin1Char('\n') + item->text(2)
                            : QString());
}

std::vector<PhotoId> ProblemsDialog::chosen() const
{
    std::vector<PhotoId> photos;
    const bool all = m_list->selectedItems().isEmpty();
    for (int row = 0; row < static_cast<int>(m_problems.size()); ++row) {
        const auto *item = m_list->topLevelItem(row);
        if (all || (item && item->isSelected()))
            photos.push_back(m_problems[static_cast<std::size_t>(row)].photo);
    }
    return photos;
}

} // namespace photolex::ui
