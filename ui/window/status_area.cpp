#include "ui/window/status_area.h"

#include "ui/common/messages.h"
#include "ui/common/session.h"
#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace photolex::ui {

namespace {

QToolButton *button(const QString &placeAndName, const QString &text)
{
    auto *made = iconButton(placeAndName, text);
    made->setFocusPolicy(Qt::TabFocus);
    made->hide();
    return made;
}

} // namespace

StatusArea::StatusArea(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_text(new QLabel)
    , m_rate(new QLabel)
    , m_bar(new QProgressBar)
    , m_pause(button(QStringLiteral("window/pause"), tr("Pause")))
    , m_quiet(button(QStringLiteral("window/quiet"), tr("Quiet: one core, and only what other programs leave")))
    , m_cancel(button(QStringLiteral("window/cancel"), tr("Cancel; what is done is kept")))
    , m_problems(new QPushButton)
{
    setAccessibleName(tr("Status"));
    m_text->setObjectName(QStringLiteral("statusText"));
    m_text->setAccessibleName(tr("Status"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_rate->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(20 * gridUnit, gridUnit);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setObjectName(QStringLiteral("jobBar"));
    m_bar->hide();
    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setCheckable(true);
    m_quiet->setObjectName(QStringLiteral("quiet"));
    m_quiet->setCheckable(true);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_problems->setObjectName(QStringLiteral("problems"));
    m_problems->setFlat(true);
    m_problems->setIcon(icon(QStringLiteral("window/problems")));
    m_problems->hide();

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(inReadingOrder({2 * gridUnit, 4, gridUnit, 4}));
    line->addWidget(m_text, 1);
    line->addWidget(m_bar);
    line->addWidget(m_rate);
    line->addWidget(m_pause);
    line->addWidget(m_quiet);
    line->addWidget(m_cancel);
    line->addWidget(m_problems);
    setFixedHeight(5 * gridUnit);

    m_messageGone.setSingleShot(true);
    m_messageGone.setInterval(8000);
    connect(&m_messageGone, &QTimer::timeout, this, [this] {
        m_message.clear();
        refreshText();
    });
    connect(m_pause, &QToolButton::clicked, session, &Session::pause);
    connect(m_quiet, &QToolButton::clicked, this, &StatusArea::quietChosen);
    connect(m_cancel, &QToolButton::clicked, session, &Session::cancel);
    connect(m_problems, &QPushButton::clicked, this, &StatusArea::problemsRequested);
    connect(session, &Session::jobChanged, this, &StatusArea::showJob);
    showJob(session->job());
}

void StatusArea::showJob(const JobState &job)
{
    const QLocale locale;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_rate, m_pause, m_quiet, m_cancel})
        widget->setVisible(job.running);
    m_jobText.clear();
    if (job.running) {
        if (job.stage == QLatin1String("scan")) {
            m_jobText = job.done > 0 ? tr("Looking for photos: %1 so far").arg(locale.toString(job.done))
                                     : tr("Looking for photos");
            m_bar->setRange(0, 0);
        } else {
            m_jobText = job.bundle.isEmpty()
                            ? tr("Indexing: %1 of %2 photos").arg(locale.toString(job.done), locale.toString(job.total))
                            : tr("Indexing for “%1”: %2 of %3 photos", "a bundle, two numbers")
                                  .arg(job.bundle, locale.toString(job.done), locale.toString(job.total));
            m_bar->setRange(0, job.total > 0 ? 1000 : 0);
            if (job.total > 0)
                m_bar->setValue(static_cast<int>(1000 * job.done / job.total));
        }
        if (job.paused)
            m_jobText = tr("Paused. %1").arg(m_jobText);
        QStringList parts;
        if (job.perSecond > 0 && !job.paused)
            parts.append(tr("%1 per second").arg(locale.toString(job.perSecond, 'f', job.perSecond < 10 ? 1 : 0)));
        if (!job.paused && job.secondsLeft >= 0)
            parts.append(timeLeftText(job.secondsLeft));
        m_rate->setText(parts.join(QStringLiteral(" · ")));
        m_pause->setChecked(job.paused);
        m_pause->setIcon(icon(job.paused ? QStringLiteral("window/resume") : QStringLiteral("window/pause")));
        m_pause->setToolTip(job.paused ? tr("Go on") : tr("Pause"));
        m_pause->setAccessibleName(m_pause->toolTip());
        m_quiet->setChecked(job.quiet);
    }
    refreshText();
}

void StatusArea::tell(const QString &message, Lasting lasting)
{
    m_message = message;
    if (lasting == Lasting::Seconds)
        m_messageGone.start();
    else
        m_messageGone.stop();
    refreshText();
}

void StatusArea::setProblems(qint64 count)
{
    m_problems->setVisible(count > 0);
    m_problems->setText(tr("%n problem(s)", nullptr, static_cast<int>(count)));
    m_problems->setToolTip(tr("Photos that could not be read, why, and what to do"));
}

void StatusArea::setPhotos(qint64 photos, qint64 waiting)
{
    m_photosText = photos > 0 ? tr("%n photo(s)", nullptr, static_cast<int>(photos)) : QString();
    if (waiting > 0)
        m_photosText = tr("%1, %2 not indexed yet").arg(m_photosText, QLocale().toString(waiting));
    refreshText();
}

QString StatusArea::text() const
{
    return m_text->text();
}

void StatusArea::refreshText()
{
    const QString &text = !m_message.isEmpty() ? m_message : !m_jobText.isEmpty() ? m_jobText : m_photosText;
    m_text->setText(text);
    m_text->setToolTip(text);
}

void StatusArea::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, hairline(palette()));
}

} // namespace photolex::ui
