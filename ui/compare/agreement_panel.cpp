#include "ui/compare/agreement_panel.h"

#include "ui/style/theme.h"
#include "ui/widgets/figures.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(gridUnit / 2, gridUnit, 0, 0);
    return label;
}

QString pairName(const QStringList &names, std::size_t a, std::size_t b)
{
    return AgreementPanel::tr("%1 – %2", "two encoders")
        .arg(names.value(static_cast<qsizetype>(a)), names.value(static_cast<qsizetype>(b)));
}

} // namespace

AgreementPanel::AgreementPanel(QWidget *parent)
    : QWidget(parent)
    , m_pairs(figuresTable(QStringLiteral("comparePairs"), tr("How alike the answers are")))
    , m_moved(figuresTable(QStringLiteral("compareMoved"), tr("Photos that the encoders place farthest apart")))
{
    m_pairs->setColumnCount(4);
    m_pairs->setHorizontalHeaderLabels({tr("Encoders"), tr("Shared"), tr("Correl.", "rank correlation, short"),
                                        tr("RBO", "rank-biased overlap, short")});
    m_pairs->horizontalHeaderItem(1)->setToolTip(tr("Share of the first %1 photos that both find").arg(comparedPhotos));
    m_pairs->horizontalHeaderItem(2)->setToolTip(tr("Rank correlation (Spearman) of all photos that either finds"));
    m_pairs->horizontalHeaderItem(3)->setToolTip(
        tr("Rank-biased overlap: like the share, but the first places weigh most"));
    m_pairs->setSelectionMode(QAbstractItemView::NoSelection);
    m_moved->setColumnCount(3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gridUnit, 0, gridUnit, gridUnit);
    column->setSpacing(gridUnit / 2);
    column->addWidget(heading(tr("How alike")));
    column->addWidget(m_pairs);
    column->addWidget(heading(tr("Where they disagree most")));
    column->addWidget(m_moved, 1);
    for (auto *table : {m_pairs, m_moved}) {
        table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    }
    connect(m_moved, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (const auto *item = m_moved->item(row, 0))
            Q_EMIT photoChosen({item->data(Qt::UserRole).toLongLong()});
    });
    setOutcome({}, {});
}

void AgreementPanel::setOutcome(const CompareOutcome &outcome, const QStringList &encoderNames)
{
    fillPairs(outcome, encoderNames);
    fillMoved(outcome, encoderNames);
}

void AgreementPanel::fillPairs(const CompareOutcome &outcome, const QStringList &names)
{
    const QLocale locale;
    m_pairs->setRowCount(static_cast<int>(outcome.pairs.size()));
    for (int row = 0; row < m_pairs->rowCount(); ++row) {
        const auto &[a, b, agreement] = outcome.pairs[static_cast<std::size_t>(row)];
        auto *name = new QTableWidgetItem(pairName(names, a, b));
        name->setToolTip(name->text());
        m_pairs->setItem(row, 0, name);
        m_pairs->setItem(row, 1, figureItem(percentText(agreement.overlap)));
        m_pairs->setItem(row, 2, figureItem(locale.toString(agreement.spearman, 'f', 2)));
        m_pairs->setItem(row, 3, figureItem(locale.toString(agreement.rankBiasedOverlap, 'f', 2)));
    }
    fitHeight(m_pairs);
}

void AgreementPanel::fillMoved(const CompareOutcome &outcome, const QStringList &names)
{
    const QLocale locale;
    m_moved->setHorizontalHeaderLabels({tr("Photo"), tr("Encoders"), tr("Places", "of a photo, with two encoders")});
    m_moved->setColumnHidden(1, names.size() <= 2);
    m_moved->setRowCount(static_cast<int>(outcome.moved.size()));
    const auto rank = [&](std::int64_t own) {
        return own > 0 ? locale.toString(own) : tr("–", "the photo has no place there");
    };
    for (int row = 0; row < m_moved->rowCount(); ++row) {
        const auto &[a, b, moved] = outcome.moved[static_cast<std::size_t>(row)];
        const auto info = outcome.photos.find({moved.item});
        auto *name = new QTableWidgetItem(info == outcome.photos.end() ? QString() : info->second.name);
        name->setData(Qt::UserRole, static_cast<qlonglong>(moved.item));
        name->setToolTip(tr("%1: place %2 with %3, %4 with %5")
                             .arg(name->text(), rank(moved.rankA), names.value(static_cast<qsizetype>(a)),
                                  rank(moved.rankB), names.value(static_cast<qsizetype>(b))));
        m_moved->setItem(row, 0, name);
        m_moved->setItem(row, 1, new QTableWidgetItem(pairName(names, a, b)));
        m_moved->setItem(
            row, 2,
            figureItem(
                tr("%1 and %2", "places of a photo with two encoders").arg(rank(moved.rankA), rank(moved.rankB))));
    }
}

} // namespace photolex::ui
