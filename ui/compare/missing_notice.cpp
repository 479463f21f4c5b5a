#include "ui/compare/missing_notice.h"

#include "core/model/ready_rows.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <set>

namespace photolex::ui {

MissingNotice::MissingNotice(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_text(new QLabel)
    , m_button(new QPushButton(tr("Index now")))
{
    m_text->setObjectName(QStringLiteral("compareNotice"));
    m_text->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("compareIndex"));
    m_button->setToolTip(tr(
        "Reads the photos again, in the background, for the encoders that lack them; what is cancelled goes on here"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Midlight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * gridUnit, gridUnit, gridUnit, gridUnit);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    hide();
    connect(m_button, &QPushButton::clicked, this, &MissingNotice::indexNow);
    connect(session, &Session::jobChanged, this, &MissingNotice::tell);
}

void MissingNotice::setOutcome(const CompareOutcome &outcome, const QList<EncoderChoice> &encoders,
                               std::shared_ptr<EncoderShelf> shelf, bool isShown)
{
    m_outcome = outcome;
    m_encoders = encoders;
    m_shelf = std::move(shelf);
    m_isShown = isShown;
    tell();
}

std::shared_ptr<const model::Bundle> MissingNotice::bundleOf(std::size_t encoder) const
{
    return m_shelf ? m_shelf->bundleOf(m_encoders.value(static_cast<qsizetype>(encoder)).id.toStdString()) : nullptr;
}

bool MissingNotice::isOwn(std::size_t encoder) const
{
    return bundleOf(encoder) == m_session->bundle();
}

// Rows that came ready-made are not computed here.
bool MissingNotice::canBeIndexed(std::size_t encoder) const
{
    const auto bundle = bundleOf(encoder);
    return bundle && !model::holdsReadyRows(bundle->manifest());
}

QString MissingNotice::queryLine(std::size_t encoder) const
{
    using Reads = CompareOutcome::Reads;
    const auto reads = m_outcome.reads[encoder];
    const auto &unknown = m_outcome.unknown[encoder];
    if (!m_isShown)
        return {};
    if (reads == Reads::Nothing && m_outcome.isInWords)
        return tr("%1 has no text side: it can be asked with a photo only.").arg(nameOf(encoder));
    if (unknown.isEmpty())
        return {};
    return reads == Reads::ItsSentences
               ? tr("%1 knows only the sentences that it came with.").arg(nameOf(encoder))
               : tr("%1 does not know: %2", "encoder, words").arg(nameOf(encoder), unknown.join(QStringLiteral(", ")));
}

QString MissingNotice::missingLine(std::size_t encoder) const
{
    const int count = static_cast<int>(m_outcome.withoutPoint[encoder]);
    if (count == 0)
        return {};
    if (!canBeIndexed(encoder))
        return tr("%n photo(s) have no row among those of %1.", nullptr, count).arg(nameOf(encoder));
    const auto job = m_session->job();
    const bool isUnderWay =
        job.running && (isOwn(encoder) ? job.bundle.isEmpty()
                                       : job.bundle == QString::fromStdString(bundleOf(encoder)->manifest().id));
    return (isUnderWay ? tr("%n photo(s) are still to be indexed for %1.", nullptr, count)
                       : tr("%n photo(s) must be indexed for %1 before it can find them.", nullptr, count))
        .arg(nameOf(encoder));
}

void MissingNotice::indexNow()
{
    m_button->hide();
    std::set<std::string> asked;
    for (std::size_t i = 0; i < m_outcome.withoutPoint.size(); ++i) {
        if (m_outcome.withoutPoint[i] == 0 || !canBeIndexed(i))
            continue;
        const auto id = bundleOf(i)->manifest().id;
        if (!asked.insert(id).second)
            continue;
        if (isOwn(i))
            m_session->rescan(); // what an indexed encoder has no point of is read again
        else
            m_session->indexFor(id);
    }
}

void MissingNotice::tell()
{
    QStringList lines;
    bool mustIndex = false;
    for (std::size_t i = 0; i < m_outcome.withoutPoint.size(); ++i) {
        if (i < m_outcome.unknown.size())
            if (const auto line = queryLine(i); !line.isEmpty())
                lines << line;
        if (const auto line = missingLine(i); !line.isEmpty()) {
            lines << line;
            mustIndex = mustIndex || canBeIndexed(i);
        }
    }
    m_text->setText(lines.join(QLatin1Char('\n')));
    setVisible(!lines.isEmpty());
    m_button->setVisible(mustIndex && !m_session->job().running);
}

} // namespace photolex::ui
