#include "ui/compare/query_set_panel.h"

#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/search/placing.h"
#include "ui/common/commands.h"
#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/figures.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <fmt/format.h>

namespace photolex::ui {

namespace {

constexpr std::size_t longestSet = 1 << 20; // bytes of a file of queries

struct Answered {
    QString query;
    std::vector<CompareOutcome::Pair> pairs;
    eval::Agreement mean;
};

} // namespace

struct QuerySetPanel::Impl {
    QuerySetPanel *q;
    Commands *commands;
    std::shared_ptr<EncoderShelf> shelf;
    QList<EncoderChoice> encoders;
    QList<EncoderChoice> askedEncoders; // whom the answers are of
    std::vector<Answered> answers;
    Latest<std::vector<Answered>> latest;
    std::shared_ptr<std::atomic<int>> done;
    QTimer poll;

    QPlainTextEdit *text;
    QPushButton *start;
    QToolButton *open, *save, *exportCsv;
    QLabel *headline;
    QTableWidget *table;

    void build();
    void take(Result<std::vector<Answered>> found);
    void fillTable();
    QStringList lines() const;
    void openFile();
    void saveFile(const QString &title, const QString &filter, const QString &suffix, std::function<std::string()> text,
                  const QString &told);
};

QStringList QuerySetPanel::Impl::lines() const
{
    QStringList queries;
    for (const auto &line : text->toPlainText().split(QLatin1Char('\n')))
        if (const auto query = line.trimmed(); !query.isEmpty() && !queries.contains(query))
            queries << query;
    return queries;
}

void QuerySetPanel::Impl::build()
{
    text = new QPlainTextEdit;
    text->setObjectName(QStringLiteral("querySet"));
    text->setAccessibleName(QuerySetPanel::tr("Queries, one a line"));
    text->setPlaceholderText(QuerySetPanel::tr("One query a line"));
    text->setTabChangesFocus(true);
    start = new QPushButton(QuerySetPanel::tr("Compare all"));
    start->setObjectName(QStringLiteral("runQueries"));
    open = iconButton(QStringLiteral("window/folder-open"), QuerySetPanel::tr("Open a set of queries"));
    save = iconButton(QStringLiteral("search/search-save"), QuerySetPanel::tr("Save this set of queries"));
    exportCsv = iconButton(QStringLiteral("search/results-export"), QuerySetPanel::tr("Export what was found"));
    headline = new QLabel;
    headline->setObjectName(QStringLiteral("querySetHeadline"));
    headline->setWordWrap(true);
    table = figuresTable(QStringLiteral("querySetTable"),
                         QuerySetPanel::tr("How alike the encoders answer, least alike first"));

    auto *left = new QWidget;
    auto *tools = new QHBoxLayout;
    tools->addWidget(start, 1);
    tools->addWidget(open);
    tools->addWidget(save);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(2 * gridUnit, gridUnit, 0, gridUnit);
    leftColumn->addWidget(text, 1);
    leftColumn->addLayout(tools);
    auto *right = new QWidget;
    auto *top = new QHBoxLayout;
    top->addWidget(headline, 1);
    top->addWidget(exportCsv);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    rightColumn->addLayout(top);
    rightColumn->addWidget(table, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({32 * gridUnit, 80 * gridUnit});
    splitter->setChildrenCollapsible(false);
    auto *all = new QVBoxLayout(q);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);

    QObject::connect(start, &QPushButton::clicked, q, [this] { q->run(); });
    QObject::connect(open, &QToolButton::clicked, q, [this] { openFile(); });
    QObject::connect(save, &QToolButton::clicked, q, [this] {
        saveFile(
            QuerySetPanel::tr("Save queries"), QuerySetPanel::tr("Text, one query a line (*.txt)"),
            QStringLiteral("txt"), [this] { return lines().join(QLatin1Char('\n')).toStdString() + '\n'; },
            QuerySetPanel::tr("The queries were written to “%1”."));
    });
    QObject::connect(exportCsv, &QToolButton::clicked, q, [this] {
        saveFile(
            QuerySetPanel::tr("Export what was found"), QuerySetPanel::tr("Table (*.csv)"), QStringLiteral("csv"),
            [this] { return q->csv(); }, QuerySetPanel::tr("The table was written to “%1”."));
    });
    QObject::connect(table, &QTableWidget::itemActivated, q, [this](const QTableWidgetItem *item) {
        Q_EMIT q->queryChosen(table->item(item->row(), 0)->text());
    });
    poll.setInterval(std::chrono::milliseconds(150));
    QObject::connect(&poll, &QTimer::timeout, q, [this] {
        headline->setText(QuerySetPanel::tr("%1 of %2 queries…")
                              .arg(QLocale().toString(done ? done->load() : 0), QLocale().toString(lines().size())));
    });
}

void QuerySetPanel::Impl::openFile()
{
    auto *dialog = new QFileDialog(q->window(), QuerySetPanel::tr("Open queries"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(QuerySetPanel::tr("Text, one query a line (*.txt)"));
    QObject::connect(dialog, &QFileDialog::fileSelected, q, [this](const QString &file) {
        const auto read = readTextFile(pathBytes(file));
        if (!read)
            commands->tell(errorSentence(read.error()) + QLatin1Char(' ') + errorRemedy(read.error()));
        else if (read->size() > longestSet || !isValidUtf8(*read))
            commands->tell(QuerySetPanel::tr("“%1” is no text with one query a line.").arg(file));
        else
            q->setQueries(QString::fromStdString(*read));
    });
    dialog->open();
}

void QuerySetPanel::Impl::saveFile(const QString &title, const QString &filter, const QString &suffix,
                                   std::function<std::string()> content, const QString &told)
{
    auto *dialog = new QFileDialog(q->window(), title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(filter);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(
        dialog, &QFileDialog::fileSelected, q, [this, content = std::move(content), told](const QString &file) {
            const auto written = writeFileAtomically(pathBytes(file), content());
            commands->tell(written ? told.arg(file)
                                   : errorSentence(written.error()) + QLatin1Char(' ') + errorRemedy(written.error()));
        });
    dialog->open();
}

void QuerySetPanel::Impl::take(Result<std::vector<Answered>> found)
{
    poll.stop();
    if (!found) {
        answers.clear();
        fillTable();
        headline->setText(errorSentence(found.error()) + QLatin1Char(' ') + errorRemedy(found.error()));
        Q_EMIT q->finished();
        return;
    }
    answers = std::move(*found);
    std::ranges::stable_sort(answers, {}, [](const Answered &one) { return one.mean.rankBiasedOverlap; });
    fillTable();
    std::vector<eval::Agreement> means;
    for (const auto &one : answers)
        means.push_back(one.mean);
    const auto mean = eval::mean(means);
    const QLocale locale;
    headline->setText(
        answers.empty()
            ? QuerySetPanel::tr("No query is known to two encoders.")
            : QuerySetPanel::tr("On average of the %n query/queries that can be compared: %1 shared, rank correlation "
                                "%2, rank-biased overlap %3",
                                nullptr, static_cast<int>(answers.size()))
                  .arg(percentText(mean.overlap), locale.toString(mean.spearman, 'f', 2),
                       locale.toString(mean.rankBiasedOverlap, 'f', 2)));
    Q_EMIT q->finished();
}

void QuerySetPanel::Impl::fillTable()
{
    const QLocale locale;
    exportCsv->setEnabled(!answers.empty());
    table->clear();
    table->setColumnCount(4);
    table->setHorizontalHeaderLabels({QuerySetPanel::tr("Query"), QuerySetPanel::tr("Shared"),
                                      QuerySetPanel::tr("Rank correlation"), QuerySetPanel::tr("Rank-biased overlap")});
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->setRowCount(static_cast<int>(answers.size()));
    for (int row = 0; row < table->rowCount(); ++row) {
        const auto &one = answers[static_cast<std::size_t>(row)];
        const QStringList texts{one.query, percentText(one.mean.overlap), locale.toString(one.mean.spearman, 'f', 2),
                                locale.toString(one.mean.rankBiasedOverlap, 'f', 2)};
        for (int column = 0; column < texts.size(); ++column) {
            table->setItem(row, column, column == 0 ? new QTableWidgetItem(texts[column]) : figureItem(texts[column]));
        }
    }
}

QuerySetPanel::QuerySetPanel(Commands *commands, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->q = this;
    m_impl->commands = commands;
    m_impl->build();
    m_impl->fillTable();
    m_impl->start->setEnabled(false);
    QString text;
    for (const auto query : search::sampleQueries())
        text += QString::fromUtf8(query.data(), static_cast<qsizetype>(query.size())) + QLatin1Char('\n');
    setQueries(text);
}

QuerySetPanel::~QuerySetPanel() = default;

void QuerySetPanel::setEncoders(std::shared_ptr<EncoderShelf> shelf, const QList<EncoderChoice> &encoders)
{
    m_impl->latest.cancel();
    m_impl->poll.stop();
    m_impl->shelf = std::move(shelf);
    m_impl->encoders = encoders;
    m_impl->answers.clear();
    m_impl->headline->setText(tr("Ask them all, and see where the encoders agree least."));
    m_impl->fillTable();
    m_impl->start->setEnabled(m_impl->shelf && encoders.size() >= fewestEncoders);
}

QString QuerySetPanel::queries() const
{
    return m_impl->text->toPlainText();
}

void QuerySetPanel::setQueries(const QString &text)
{
    m_impl->text->setPlainText(text);
}

void QuerySetPanel::run()
{
    auto &d = *m_impl;
    if (!d.shelf || d.encoders.size() < fewestEncoders)
        return;
    d.done = std::make_shared<std::atomic<int>>(0);
    d.askedEncoders = d.encoders;
    d.poll.start();
    d.latest.run(
        [shelf = d.shelf, ids = idsOf(d.encoders), queries = d.lines(),
         done = d.done](const std::stop_token &stop) -> Result<std::vector<Answered>> {
            std::vector<Answered> answers;
            for (const auto &query : queries) {
                auto outcome = compareQuery(*shelf, ids, {.text = query, .similarTo = {}}, stop);
                if (!outcome)
                    return fail(outcome.error());
                if (outcome->isAnswered())
                    answers.push_back({query, std::move(outcome->pairs), outcome->mean});
                ++*done;
            }
            return answers;
        },
        [this](Result<std::vector<Answered>> found) { m_impl->take(std::move(found)); });
}

bool QuerySetPanel::isRunning() const
{
    return m_impl->latest.isRunning();
}

std::string QuerySetPanel::csv() const
{
    std::string text = "query,a,b,overlap,rank_correlation,kendall,rank_biased_overlap\r\n";
    const auto ids = idsOf(m_impl->askedEncoders);
    for (const auto &one : m_impl->answers)
        for (const auto &[a, b, agreement] : one.pairs)
            text += fmt::format("{},{},{},{:.6f},{:.6f},{:.6f},{:.6f}\r\n", csvField(one.query.toStdString()),
                                csvField(ids[a]), csvField(ids[b]), agreement.overlap, agreement.spearman,
                                agreement.kendall, agreement.rankBiasedOverlap);
    return text;
}

} // namespace photolex::ui
