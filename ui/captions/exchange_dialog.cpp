#include "ui/captions/exchange_dialog.h"

#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <unordered_map>

namespace photolex::ui {

namespace {

constexpr std::size_t problemsNamed = 3;

using OwnTexts = std::unordered_map<PhotoId, std::string>;

Result<OwnTexts> ownTexts(const catalogue::Catalogue &catalogue)
{
    const auto standing =
        catalogue.standingTexts({.includeMissing = true}, catalogue::SortKey::Added, /*descending=*/false);
    if (!standing)
        return fail(standing.error());
    OwnTexts own;
    for (const auto &each : *standing)
        own.emplace(each.photo, each.origin == catalogue::CaptionOrigin::User ? each.text : std::string());
    return own;
}

// What the work changed, by looking at all texts before and after: no way in or out has to tell.
Result<std::vector<CaptionEdits::Step>> stepsSince(const catalogue::Catalogue &catalogue, const OwnTexts &before)
{
    const auto after = ownTexts(catalogue);
    if (!after)
        return fail(after.error());
    std::vector<CaptionEdits::Step> steps;
    for (const auto &[photo, text] : *after)
        if (const auto was = before.find(photo); was != before.end() && was->second != text)
            steps.push_back({photo, was->second, text});
    return steps;
}

} // namespace

ExchangeDialog::ExchangeDialog(Session *session, const QString &name, const QString &title, const QString &go,
                               QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_column(new QVBoxLayout)
    , m_message(new QLabel)
    , m_progress(new QProgressBar)
{
    setObjectName(name);
    setWindowTitle(title);
    setMinimumWidth(66 * gridUnit);
    m_message->setObjectName(QStringLiteral("exchangeMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->hide();
    m_progress->setTextVisible(false);
    m_progress->hide();
    auto *buttons = new QDialogButtonBox;
    m_differences = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    m_differences->setObjectName(QStringLiteral("differences"));
    m_close = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_go = buttons->addButton(go, QDialogButtonBox::ActionRole);
    m_go->setObjectName(QStringLiteral("exchangeGo"));
    auto *all = new QVBoxLayout(this);
    all->addLayout(m_column);
    all->addSpacing(gridUnit);
    all->addWidget(m_message);
    all->addWidget(m_progress);
    all->addStretch(1);
    all->addWidget(buttons);
    m_differences->setAutoDefault(false);
    m_close->setAutoDefault(false);
    m_go->setDefault(true);
    m_differences->hide(); // after the last button: each one that comes shows them all
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, [this] { begin(); });
    connect(m_differences, &QPushButton::clicked, this, [this] { showConflicts(); });
}

void ExchangeDialog::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
    // A sentence over several lines must not squeeze what is above it.
    if (const int needed = layout()->totalHeightForWidth(width()); needed > height())
        resize(width(), needed);
}

void ExchangeDialog::reject()
{
    if (!m_working.isRunning())
        return QDialog::reject();
    m_isStopping = true;
    m_working.stop();
    m_close->setEnabled(false);
    say(tr("Stopping…"));
}

void ExchangeDialog::failed(const Error &error)
{
    say(errorSentence(error) + QLatin1Char(' ') + errorRemedy(error));
}

void ExchangeDialog::work(Work work, const QString &what)
{
    m_what = what;
    say({});
    m_go->setEnabled(false);
    m_differences->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    const auto progress = [guard = QPointer<ExchangeDialog>(this)](const Progress &at) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, at] {
                if (!guard || !guard->m_working.isRunning())
                    return;
                guard->m_progress->setRange(0, static_cast<int>(at.total));
                guard->m_progress->setValue(static_cast<int>(at.done));
            },
            Qt::QueuedConnection);
    };
    m_working.run(
        [work = std::move(work), progress,
         catalogue = m_session->catalogue()](const std::stop_token &stop) -> Result<Outcome> {
            const auto before = ownTexts(*catalogue);
            if (!before)
                return fail(before.error());
            auto report = work(stop, progress);
            auto steps = stepsSince(*catalogue, *before);
            if (!steps && report)
                return fail(steps.error());
            return Outcome{std::move(report), steps ? std::move(*steps) : std::vector<CaptionEdits::Step>()};
        },
        [this](Result<Outcome> outcome) { take(std::move(outcome)); });
}

void ExchangeDialog::take(Result<Outcome> outcome)
{
    m_progress->hide();
    m_go->setEnabled(true);
    m_close->setEnabled(true);
    if (!outcome)
        return m_isStopping ? QDialog::reject() : failed(outcome.error());
    const int changed = static_cast<int>(outcome->steps.size());
    if (changed > 0)
        Q_EMIT textsChanged(outcome->steps, m_what);
    if (m_isStopping) {
        Q_EMIT told(changed > 0
                        ? tr("Stopped. %n caption(s) came in before; undo takes them back together.", nullptr, changed)
                        : tr("Stopped. What was finished stays."));
        return QDialog::reject();
    }
    if (!outcome->report)
        return failed(outcome->report.error());
    showReport(std::move(*outcome->report));
}

void ExchangeDialog::showReport(exchange::Report report)
{
    m_report = std::move(report);
    QStringList sentences;
    sentences.append(tr("%n caption(s) done.", nullptr, static_cast<int>(m_report.written)));
    if (m_report.unchanged > 0)
        sentences.append(tr("%n were the same on both sides already.", nullptr, static_cast<int>(m_report.unchanged)));
    if (m_report.withoutCaption > 0)
        sentences.append(tr("%n had no text.", nullptr, static_cast<int>(m_report.withoutCaption)));
    if (!m_report.unmatched.empty())
        sentences.append(tr("%n are of photos that are not in the library, such as “%1”.", nullptr,
                            static_cast<int>(m_report.unmatched.size()))
                             .arg(fileName(m_report.unmatched.front())));
    for (std::size_t i = 0; i < m_report.problems.size() && i < problemsNamed; ++i) {
        const auto &problem = m_report.problems[i];
        sentences.append(tr("“%1”: %2").arg(fileName(problem.path), errorSentence(problem.error)));
    }
    if (m_report.problems.size() > problemsNamed)
        sentences.append(
            tr("%n further problem(s).", nullptr, static_cast<int>(m_report.problems.size() - problemsNamed)));
    if (!m_report.conflicts.empty())
        sentences.append(tr("%n text(s) differ on both sides; none of them was touched.", nullptr,
                            static_cast<int>(m_report.conflicts.size())));
    say(sentences.join(QLatin1Char('\n')));
    m_differences->setText(tr("Show %n difference(s)…", nullptr, static_cast<int>(m_report.conflicts.size())));
    m_differences->setVisible(!m_report.conflicts.empty());
    m_close->setText(tr("Close"));
    Q_EMIT told(sentences.front());
}

void ExchangeDialog::showConflicts()
{
    askAboutConflicts(m_report.conflicts, theirsTitle(), this, [this](const std::vector<Choice> &choices) {
        std::vector<PhotoId> mine;
        std::vector<catalogue::UserText> theirs;
        for (std::size_t i = 0; i < choices.size(); ++i) {
            const auto &conflict = m_report.conflicts[i];
            const auto photo = m_session->catalogue()->photoAt(conflict.path);
            if (!photo || !*photo)
                continue;
            if (choices[i] == Choice::Mine)
                mine.push_back((*photo)->id);
            else if (choices[i] == Choice::Theirs)
                theirs.push_back({(*photo)->id, conflict.theirs});
        }
        const auto out = keepsOnlyMine() ? writeMine(mine) : Work();
        work(
            [catalogue = m_session->catalogue(), theirs,
             out](const std::stop_token &stop, const ProgressSink &progress) -> Result<exchange::Report> {
                const auto set = catalogue->setUserCaptions(theirs, catalogue::CaptionEntry::Imported);
                if (!set)
                    return fail(set.error());
                auto report = out ? out(stop, progress) : Result<exchange::Report>(exchange::Report());
                if (report)
                    report->written += static_cast<std::int64_t>(set->undo.size());
                return report;
            },
            m_what);
    });
}

} // namespace photolex::ui
