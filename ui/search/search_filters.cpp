#include "ui/search/search_filters.h"

#include "ui/common/latest.h"
#include "ui/common/photo_text.h"
#include "ui/common/session.h"
#include "ui/style/theme.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace photolex::ui {

namespace {

struct Known {
    std::vector<int> years; // newest first
    std::vector<std::string> folders;
};

constexpr int customYear = -1;
constexpr std::size_t foldersShown = 500;

std::int64_t secondsOf(QDate day, QTime time)
{
    return QDateTime(day, time, QTimeZone::utc()).toSecsSinceEpoch();
}

// Only what tells one folder from another: the part below the common beginning.
std::string commonFolder(const std::vector<std::string> &folders)
{
    if (folders.empty())
        return {};
    std::string common = folders.front();
    for (const auto &folder : folders)
        while (!common.empty() &&
               !(folder.starts_with(common) && (folder.size() == common.size() || folder[common.size()] == '/')))
            common.resize(common.find_last_of('/') == std::string::npos ? 0 : common.find_last_of('/'));
    return common;
}

} // namespace

struct SearchFilters::Impl {
    Session *session;
    QComboBox *when;
    QComboBox *where;
    catalogue::PhotoFilter filter{.includeCompanions = false};
    QDate since, until;
    std::unique_ptr<Latest<Known>> reading = std::make_unique<Latest<Known>>();
};

SearchFilters::SearchFilters(Session *session, QWidget *parent)
    : QWidget(parent)
    , m_impl(std::make_unique<Impl>())
{
    m_impl->session = session;
    m_impl->when = new QComboBox(this);
    m_impl->when->setAccessibleName(tr("Taken"));
    m_impl->when->setToolTip(tr("Only photos taken then"));
    m_impl->when->setObjectName(QStringLiteral("when"));
    m_impl->where = new QComboBox(this);
    m_impl->where->setAccessibleName(tr("Folder"));
    m_impl->where->setToolTip(tr("Only photos in this folder"));
    m_impl->where->setObjectName(QStringLiteral("where"));
    m_impl->where->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_impl->where->setMinimumContentsLength(14);
    m_impl->when->addItem(tr("Any time"), 0);
    m_impl->when->addItem(tr("Between two days…"), customYear);
    m_impl->where->addItem(tr("Any folder"), QByteArray());
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_impl->when);
    line->addWidget(m_impl->where);

    connect(m_impl->when, &QComboBox::activated, this, [this] {
        const int year = m_impl->when->currentData().toInt();
        if (year == customYear) {
            auto *dialog = new QDialog(window());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setObjectName(QStringLiteral("daysDialog"));
            dialog->setWindowTitle(tr("Between two days"));
            const QDate today = QDate::currentDate();
            auto *from = new QDateEdit(m_impl->since.isValid() ? m_impl->since : today.addYears(-1));
            auto *to = new QDateEdit(m_impl->until.isValid() ? m_impl->until : today);
            for (auto *edit : {from, to})
                edit->setCalendarPopup(true);
            from->setAccessibleName(tr("First day"));
            to->setAccessibleName(tr("Last day"));
            auto *form = new QFormLayout(dialog);
            form->addRow(tr("First day"), from);
            form->addRow(tr("Last day"), to);
            auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
            buttons->addButton(tr("Show these days"), QDialogButtonBox::AcceptRole);
            form->addRow(buttons);
            connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
            connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
            connect(dialog, &QDialog::accepted, this, [this, from, to] {
                setDays(std::min(from->date(), to->date()), std::max(from->date(), to->date()));
            });
            connect(dialog, &QDialog::rejected, this, [this] {
                if (!m_impl->since.isValid())
                    m_impl->when->setCurrentIndex(0);
            });
            dialog->open();
            return;
        }
        if (year == 0)
            setDays({}, {});
        else
            setDays(QDate(year, 1, 1), QDate(year, 12, 31));
    });
    connect(m_impl->where, &QComboBox::activated, this, [this] {
        const QByteArray folder = m_impl->where->currentData().toByteArray();
        m_impl->filter.folder = folder.toStdString();
        Q_EMIT changed();
    });
}

SearchFilters::~SearchFilters() = default;

const catalogue::PhotoFilter &SearchFilters::filter() const
{
    return m_impl->filter;
}

bool SearchFilters::isNarrowed() const
{
    return m_impl->filter.since || m_impl->filter.until || !m_impl->filter.folder.empty();
}

void SearchFilters::setDays(QDate since, QDate until)
{
    m_impl->since = since;
    m_impl->until = until;
    m_impl->filter.since.reset();
    m_impl->filter.until.reset();
    if (since.isValid())
        m_impl->filter.since = secondsOf(since, QTime(0, 0));
    if (until.isValid())
        m_impl->filter.until = secondsOf(until, QTime(23, 59, 59));
    const bool wholeYear = since.isValid() && since.dayOfYear() == 1 && until == QDate(since.year(), 12, 31);
    const int index = m_impl->when->findData(!since.isValid() ? 0 : wholeYear ? since.year() : customYear);
    const int custom = m_impl->when->findData(customYear);
    const QLocale locale;
    m_impl->when->setItemText(custom, since.isValid() && !wholeYear
                                          ? tr("%1 to %2")
                                                .arg(locale.toString(since, QLocale::ShortFormat),
                                                     locale.toString(until, QLocale::ShortFormat))
                                          : tr("Between two days…"));
    m_impl->when->setCurrentIndex(index >= 0 ? index : custom);
    Q_EMIT changed();
}

void SearchFilters::clear()
{
    m_impl->filter = {};
    m_impl->where->setCurrentIndex(0);
    setDays({}, {});
}

void SearchFilters::refresh()
{
    if (!m_impl->session->catalogue())
        return;
    m_impl->reading->run(
        [catalogue = m_impl->session->catalogue()](const std::stop_token &) -> Result<Known> {
            Known known;
            const auto days = catalogue->photosPerDay({});
            if (!days)
                return fail(days.error());
            std::set<int, std::greater<>> years;
            const QDate first(1970, 1, 1);
            for (const auto &[day, photos] : *days)
                years.insert(first.addDays(day).year());
            known.years.assign(years.begin(), years.end());
            auto folders = catalogue->folders();
            if (!folders)
                return fail(folders.error());
            known.folders = std::move(*folders);
            return known;
        },
        [this](Result<Known> known) {
            if (!known)
                return;
            const int year = m_impl->when->currentData().toInt();
            while (m_impl->when->count() > 2)
                m_impl->when->removeItem(1);
            int at = 1;
            for (const int each : known->years)
                m_impl->when->insertItem(at++, QString::number(each), each);
            m_impl->when->setCurrentIndex(std::max(0, m_impl->when->findData(year)));
            const std::string common = commonFolder(known->folders);
            while (m_impl->where->count() > 1)
                m_impl->where->removeItem(1);
            int chosen = 0;
            for (std::size_t each = 0; each < std::min(known->folders.size(), foldersShown); ++each) {
                const std::string &folder = known->folders[each];
                std::string shown = folder.substr(common.size());
                if (shown.starts_with('/'))
                    shown.erase(0, 1);
                m_impl->where->addItem(shown.empty() ? fileName(folder) : displayPath(shown),
                                       QByteArray::fromStdString(folder));
                m_impl->where->setItemData(m_impl->where->count() - 1, displayPath(folder), Qt::ToolTipRole);
                if (folder == m_impl->filter.folder)
                    chosen = m_impl->where->count() - 1;
            }
            m_impl->where->setCurrentIndex(chosen);
        });
}

} // namespace photolex::ui
