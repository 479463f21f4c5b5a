#include "ui/captions/caption_bar.h"

#include "ui/common/photo_text.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QComboBox>
#include <QDataStream>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <array>

namespace photolex::ui {

namespace {

constexpr int folderRole = Qt::UserRole, albumRole = Qt::UserRole + 1, selectedRole = Qt::UserRole + 2;
constexpr quint32 barStateVersion = 1;

struct Order {
    catalogue::SortKey sort;
    bool descending;
    search::ByLength byLength;
};
// In the order of the box.
constexpr std::array orders = {
    Order{catalogue::SortKey::Path, false, search::ByLength::No},
    Order{catalogue::SortKey::TakenAt, false, search::ByLength::No},
    Order{catalogue::SortKey::TakenAt, true, search::ByLength::No},
    Order{catalogue::SortKey::Path, false, search::ByLength::ShortestFirst},
    Order{catalogue::SortKey::Path, false, search::ByLength::LongestFirst},
};

QComboBox *box(const QString &name, const QString &accessibleName, const QStringList &items)
{
    auto *made = new QComboBox;
    made->setObjectName(name);
    made->setAccessibleName(accessibleName);
    made->setToolTip(accessibleName);
    made->addItems(items);
    made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    made->setMinimumContentsLength(10);
    return made;
}

} // namespace

CaptionBar::CaptionBar(QAction *bench, QAction *undo, QAction *redo, QMenu *menu, QWidget *parent)
    : QWidget(parent)
    , m_scope(box(QStringLiteral("captionScope"), tr("Photos of"), {tr("All photos")}))
    , m_which(box(QStringLiteral("captionWhich"), tr("With or without a caption"),
                  {tr("All"), tr("Without caption"), tr("With caption")}))
    , m_order(box(QStringLiteral("captionOrder"), tr("Order"),
                  {tr("By folder"), tr("Oldest first"), tr("Newest first"), tr("Shortest caption first"),
                   tr("Longest caption first")}))
    , m_words(new QLineEdit)
    , m_count(new ElidedLabel)
    , m_typing(new QTimer(this))
{
    m_words->setObjectName(QStringLiteral("captionWordFilter"));
    m_words->setPlaceholderText(tr("Words in the caption"));
    m_words->setAccessibleName(tr("Words in the caption"));
    m_words->setToolTip(tr("Shows only photos whose caption has these words"));
    m_words->setClearButtonEnabled(true);
    m_words->setMinimumWidth(12 * gridUnit);
    m_words->setTextMargins(gridUnit / 2, 0, 0, 0);
    m_count->setObjectName(QStringLiteral("captionCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto *undoButton = iconButton(QStringLiteral("expression/undo"), undo->text());
    auto *redoButton = iconButton(QStringLiteral("expression/redo"), redo->text());
    for (const auto &[button, action] : {std::pair(undoButton, undo), std::pair(redoButton, redo)}) {
        button->setEnabled(action->isEnabled());
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button = button, action = action] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->text());
        });
    }
    auto *menuButton = iconButton(QStringLiteral("window/menu"), tr("Everything that can be done with captions"));
    menuButton->setObjectName(QStringLiteral("captionMenu"));
    menuButton->setPopupMode(QToolButton::InstantPopup);
    menuButton->setMenu(menu);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * gridUnit, 0, gridUnit, gridUnit / 2);
    row->setSpacing(gridUnit);
    row->addWidget(m_scope, 3);
    row->addWidget(m_which, 2);
    row->addWidget(m_order, 2);
    row->addWidget(m_words, 2);
    row->addWidget(m_count, 2);
    auto *benchButton = new QToolButton;
    benchButton->setObjectName(QStringLiteral("captionBenchButton"));
    benchButton->setDefaultAction(bench);
    benchButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    row->addWidget(benchButton);
    row->addWidget(undoButton);
    row->addWidget(redoButton);
    row->addWidget(menuButton);

    m_typing->setSingleShot(true);
    m_typing->setInterval(200);
    connect(m_typing, &QTimer::timeout, this, &CaptionBar::take);
    connect(m_words, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_words, &QLineEdit::returnPressed, this, &CaptionBar::take);
    for (auto *each : {m_scope, m_which, m_order})
        connect(each, &QComboBox::currentIndexChanged, this, &CaptionBar::take);
}

void CaptionBar::take()
{
    m_typing->stop();
    if (m_isSetting)
        return;
    search::CaptionQuery query;
    query.filter.folder = m_scope->currentData(folderRole).toByteArray().toStdString();
    if (const auto album = m_scope->currentData(albumRole).toLongLong(); album != 0)
        query.filter.album = AlbumId{album};
    if (m_scope->currentData(selectedRole).toBool())
        query.among = m_selected;
    query.filter.includeCompanions = query.filter.album || query.among; // as in the Library
    query.which = static_cast<search::Captioned>(std::max(0, m_which->currentIndex()));
    const auto &order = orders[static_cast<std::size_t>(std::max(0, m_order->currentIndex()))];
    query.sort = order.sort;
    query.descending = order.descending;
    query.byLength = order.byLength;
    query.words = m_words->text().trimmed().toStdString();
    if (query == m_query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
}

void CaptionBar::setScopes(const std::vector<std::string> &folders, const std::vector<catalogue::Album> &albums)
{
    const auto same = [](const catalogue::Album &a, const catalogue::Album &b) {
        return a.id == b.id && a.name == b.name;
    };
    if (folders == m_folders && std::ranges::equal(albums, m_albums, same))
        return;
    m_folders = folders;
    m_albums = albums;
    showScopes();
}

void CaptionBar::setSelected(const std::vector<PhotoId> &photos)
{
    const bool isShown = m_query.among.has_value();
    if (photos.size() < 2 && (isShown || m_selected.empty()))
        return; // one looks at something there, and comes back to what one was at
    m_selected = photos.size() < 2 ? std::vector<PhotoId>() : photos;
    showScopes();
}

void CaptionBar::showScopes()
{
    m_isSetting = true;
    m_scope->clear();
    m_scope->addItem(tr("All photos"));
    int chosen = 0;
    if (!m_selected.empty()) {
        //: photos that were selected in the library, the search or on the map
        m_scope->addItem(tr("Selected photos (%L1)").arg(m_selected.size()));
        m_scope->setItemData(1, true, selectedRole);
        m_scope->setItemData(1, tr("Those that were selected in the library, among results, or on the map"),
                             Qt::ToolTipRole);
        chosen = m_query.among ? 1 : 0;
    }
    for (const auto &folder : m_folders) {
        m_scope->addItem(fileName(folder));
        const int at = m_scope->count() - 1;
        m_scope->setItemData(at, QByteArray::fromStdString(folder), folderRole);
        m_scope->setItemData(at, toolTipText(displayPath(folder)), Qt::ToolTipRole);
        chosen = !m_query.filter.folder.empty() && folder == m_query.filter.folder ? at : chosen;
    }
    if (!m_albums.empty())
        m_scope->insertSeparator(m_scope->count());
    for (const auto &album : m_albums) {
        m_scope->addItem(QString::fromStdString(album.name));
        const int at = m_scope->count() - 1;
        m_scope->setItemData(at, static_cast<qlonglong>(album.id.value), albumRole);
        chosen = m_query.filter.album == album.id ? at : chosen;
    }
    m_scope->setCurrentIndex(chosen);
    m_isSetting = false;
    take();
}

QString CaptionBar::scopeText() const
{
    return m_scope->currentText();
}

void CaptionBar::chooseFolder(const std::string &folder)
{
    m_scope->setCurrentIndex(std::max(0, m_scope->findData(QByteArray::fromStdString(folder), folderRole)));
}

void CaptionBar::chooseSelected()
{
    m_scope->setCurrentIndex(std::max(0, m_scope->findData(true, selectedRole)));
}

bool CaptionBar::isScoped() const
{
    return m_query.among || m_query.filter.album || !m_query.filter.folder.empty();
}

void CaptionBar::setWords(const QString &words)
{
    m_words->setText(words);
    take();
}

void CaptionBar::setWhich(search::Captioned which)
{
    m_which->setCurrentIndex(static_cast<int>(which));
}

bool CaptionBar::isFiltering() const
{
    return m_query.which != search::Captioned::All || !m_query.words.empty();
}

void CaptionBar::clearFilter()
{
    m_isSetting = true;
    m_words->clear();
    m_which->setCurrentIndex(0);
    m_isSetting = false;
    take();
}

void CaptionBar::setCounts(qint64 shown, qint64 without)
{
    const QString photos = tr("%n photo(s)", nullptr, static_cast<int>(shown));
    //: how many photos are shown, and how many of the folder have no caption
    m_count->setText(
        without == 0 ? photos : tr("%1 · %2 without").arg(photos, QLocale().toString(static_cast<qlonglong>(without))));
}

QByteArray CaptionBar::saveState() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << barStateVersion << QByteArray::fromStdString(m_query.filter.folder) << m_which->currentIndex()
           << m_order->currentIndex();
    return bytes;
}

void CaptionBar::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 version = 0;
    QByteArray folder;
    int which = 0, order = 0;
    stream >> version >> folder >> which >> order;
    if (stream.status() != QDataStream::Ok || version != barStateVersion)
        return;
    m_isSetting = true;
    m_which->setCurrentIndex(std::clamp(which, 0, m_which->count() - 1));
    m_order->setCurrentIndex(std::clamp(order, 0, m_order->count() - 1));
    chooseFolder(folder.toStdString());
    m_isSetting = false;
    take();
}

} // namespace photolex::ui
