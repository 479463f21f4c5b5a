#include "ui/captions/bench/caption_job_dialog.h"

#include "core/embedding/rows.h"
#include "ui/common/captioners.h"
#include "ui/common/photo_text.h"
#include "ui/style/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

constexpr int tickMilliseconds = 200;

} // namespace

struct CaptionJobDialog::Live {
    std::mutex mutex;
    captioning::JobReport report;
    std::vector<catalogue::ProposalChange> changes;
};

CaptionJobDialog::CaptionJobDialog(Session *session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_title(new QLabel)
    , m_counts(new QLabel)
    , m_again(new QCheckBox(tr("Write anew what was written before")))
    , m_withCaptioned(new QCheckBox(tr("Also for photos that have a caption")))
    , m_bar(new QProgressBar)
    , m_start(new QPushButton)
    , m_live(std::make_shared<Live>())
{
    setObjectName(QStringLiteral("captionJob"));
    setWindowTitle(tr("Caption all"));
    QFont strong = m_title->font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setTextFormat(Qt::PlainText);
    auto *explanation = new QLabel(tr("Captions are written in the background, for photos without one. They are "
                                      "proposals: your own texts stay as they are, and a proposal becomes a caption "
                                      "only when you take it. The job may be broken off at any time; it goes on where "
                                      "it was."));
    explanation->setWordWrap(true);
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setWordWrap(true);
    m_counts->setObjectName(QStringLiteral("jobCounts"));
    m_counts->setMinimumHeight(2 * m_counts->fontMetrics().lineSpacing());
    m_counts->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_again->setObjectName(QStringLiteral("jobAgain"));
    m_withCaptioned->setObjectName(QStringLiteral("jobWithCaptioned"));
    m_withCaptioned->setToolTip(tr("Your caption stays; the proposal stands beside it"));
    m_bar->setTextVisible(false);
    auto kept = m_bar->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // what is below does not jump when it comes
    m_bar->setSizePolicy(kept);
    m_bar->hide();
    m_start->setObjectName(QStringLiteral("jobStart"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(gridUnit);
    column->addWidget(m_title);
    column->addWidget(explanation);
    column->addWidget(m_withCaptioned);
    column->addWidget(m_again);
    column->addWidget(m_bar);
    column->addWidget(m_counts);
    column->addWidget(buttons);
    setMinimumWidth(52 * gridUnit);
    m_tick.setInterval(tickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, &CaptionJobDialog::follow);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_start, &QPushButton::clicked, this, [this] { isRunning() ? stop() : start(); });
    m_start->setText(tr("Write captions"));
    m_start->setDefault(true);
    m_start->setFocus();
}

CaptionJobDialog::~CaptionJobDialog() = default;

void CaptionJobDialog::setPhotos(std::vector<PhotoId> photos, const QString &name)
{
    if (isRunning())
        return;
    m_photos = std::move(photos);
    m_name = name;
    //: %1 is what is captioned, e.g. "All photos"
    m_title->setText(tr("%1: %n photo(s)", nullptr, static_cast<int>(m_photos.size())).arg(name));
    m_counts->clear();
    m_bar->hide();
    m_start->setEnabled(!m_photos.empty());
}

QString CaptionJobDialog::counts(const captioning::JobReport &report) const
{
    QString text = tr("%n caption(s) written", nullptr, static_cast<int>(report.written));
    if (report.written + report.doneBefore > 0)
        text += QStringLiteral(" · ") + tr("%1 % of them different ones").arg(qRound(100 * report.distinctShare));
    if (report.doneBefore > 0)
        text += QStringLiteral(" · ") + tr("%n written before", nullptr, static_cast<int>(report.doneBefore));
    if (report.captioned > 0)
        text += QStringLiteral(" · ") + tr("%n have a caption", nullptr, static_cast<int>(report.captioned));
    if (report.withoutPoint > 0)
        text += QStringLiteral(" · ") + tr("%n not read yet", nullptr, static_cast<int>(report.withoutPoint));
    return text;
}

void CaptionJobDialog::start()
{
    if (isRunning() || m_photos.empty())
        return;
    const auto captioners = m_session->captioners();
    if (!captioners) {
        m_counts->setText(tr("The models are still being opened."));
        return;
    }
    m_live = std::make_shared<Live>();
    captioning::JobOptions options;
    options.again = m_again->isChecked();
    options.withCaptioned = m_withCaptioned->isChecked();
    m_again->setEnabled(false);
    m_withCaptioned->setEnabled(false);
    m_start->setText(tr("Break off"));
    m_bar->setRange(0, static_cast<int>(m_photos.size()));
    m_bar->setValue(0);
    m_bar->show();
    m_job.run(
        [captioners, catalogue = m_session->catalogue(), photos = m_photos, options,
         live = m_live](const std::stop_token &stop) -> Result<captioning::JobReport> {
            const auto captioner = captioners->get();
            if (!captioner)
                return fail(captioner.error());
            const auto &hash = (*captioner)->encoder()->hash();
            const auto rows = embedding::Rows::open(catalogue->rowFile(embedding::pointRowsName(hash)), hash);
            if (!rows)
                return fail(rows.error());
            return captioning::captionPhotos(
                *catalogue, **captioner, **rows, photos, options, stop, {},
                [&](const captioning::JobReport &report, const catalogue::ProposalChange *change) {
                    const std::lock_guard lock(live->mutex);
                    live->report = report;
                    if (change)
                        live->changes.push_back(*change);
                });
        },
        [this](const Result<captioning::JobReport> &report) { finish(report); });
    m_tick.start();
}

void CaptionJobDialog::stop()
{
    if (!isRunning())
        return;
    m_job.stop(); // what was written is saved; the photo at hand is left, or still comes
    m_start->setEnabled(false);
}

void CaptionJobDialog::follow()
{
    captioning::JobReport report;
    {
        const std::lock_guard lock(m_live->mutex);
        report = m_live->report;
    }
    m_bar->setValue(static_cast<int>(report.written + report.doneBefore + report.captioned + report.withoutPoint));
    m_counts->setText(counts(report));
}

void CaptionJobDialog::finish(const Result<captioning::JobReport> &report)
{
    m_tick.stop();
    follow();
    m_again->setEnabled(true);
    m_withCaptioned->setEnabled(true);
    m_start->setEnabled(true);
    m_start->setText(tr("Write captions"));
    QString sentence;
    if (report)
        sentence = counts(*report);
    else if (report.error().code == Errc::Cancelled)
        sentence = tr("Broken off: %1").arg(m_counts->text());
    else if (report.error().code == Errc::NotFound)
        sentence = tr("No captions can be written: the photos are not read yet, or the installed models cannot write "
                      "captions.");
    else
        sentence = errorSentence(report.error()) + QLatin1Char(' ') + errorRemedy(report.error());
    m_counts->setText(sentence);
    std::vector<catalogue::ProposalChange> changes;
    {
        const std::lock_guard lock(m_live->mutex);
        changes.swap(m_live->changes);
    }
    if (!changes.empty())
        Q_EMIT proposed(changes);
    Q_EMIT ended(sentence);
}

} // namespace photolex::ui
