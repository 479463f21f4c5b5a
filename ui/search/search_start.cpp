#include "ui/search/search_start.h"

#include "ui/common/session.h"
#include "ui/style/theme.h"
#include "ui/widgets/chip.h"

#include <QLabel>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

QStringList texts(const Result<std::vector<std::string>> &searches)
{
    QStringList all;
    for (std::size_t each = 0; searches && each < searches->size(); ++each)
        all.append(QString::fromStdString((*searches)[each]));
    return all;
}

} // namespace

SearchStart::SearchStart(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    auto *title = new QLabel(tr("Find photos by what is in them"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    title->setFont(font);
    auto *sentence = new QLabel(tr("Type what you see in your mind. A minus takes something away: “beach -people”. A "
                                   "picture that is dropped here, or pasted, finds others like it."));
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4 * gridUnit, 4 * gridUnit, 4 * gridUnit, 4 * gridUnit);
    column->addWidget(title);
    column->addWidget(sentence);
    column->addSpacing(2 * gridUnit);
    m_saved = addPart(tr("Saved"));
    m_recent = addPart(tr("Recent"));
    m_examples = addPart(tr("For a start"));
    column->addStretch();
    refresh();
}

SearchStart::Part SearchStart::addPart(const QString &title)
{
    auto *label = new QLabel(title);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    auto *chips = makeFlow();
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(label);
    column->addWidget(chips);
    column->addSpacing(gridUnit);
    return {label, chips};
}

void SearchStart::fill(const Part &part, const QStringList &texts)
{
    auto *flow = part.chips->layout();
    while (auto *item = flow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &text : texts) {
        auto *chip = new Chip(text);
        chip->setAccessibleName(tr("Search “%1”").arg(text));
        connect(chip, &QAbstractButton::clicked, this, [this, text] { Q_EMIT chosen(text); });
        flow->addWidget(chip);
    }
    part.title->setVisible(!texts.isEmpty());
    part.chips->setVisible(!texts.isEmpty());
}

void SearchStart::refresh()
{
    if (!m_session->catalogue())
        return;
    const QStringList recent = texts(m_session->catalogue()->recentSearches(12));
    fill(m_saved, texts(m_session->catalogue()->savedSearches()));
    fill(m_recent, recent);
    // In English whatever the window speaks: these are the words that the encoder knows.
    fill(m_examples, recent.size() >= 4
                         ? QStringList()
                         : QStringList{QStringLiteral("dog"), QStringLiteral("food on a plate"),
                                       QStringLiteral("people at the beach"), QStringLiteral("mountains"),
                                       QStringLiteral("a street at night")});
}

} // namespace photolex::ui
