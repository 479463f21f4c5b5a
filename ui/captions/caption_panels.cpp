#include "ui/captions/caption_panels.h"

#include "ui/common/photo_text.h"
#include "ui/style/theme.h"
#include "ui/widgets/photo_facts.h"

#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace photolex::ui {

namespace {

constexpr int textRole = Qt::UserRole;
constexpr int wordsListed = 1000; // the filter above the list finds the others

struct OriginText {
    Q_DECLARE_TR_FUNCTIONS(photolex::ui::OriginText)
};

QString entryText(catalogue::CaptionEntry entry)
{
    using enum catalogue::CaptionEntry;
    switch (entry) {
    case Typed:
        return OriginText::tr("Written by you");
    case Retrieved:
        return OriginText::tr("Accepted from a similar photo");
    case Generated:
        return OriginText::tr("Accepted from a model");
    case Copied:
        return OriginText::tr("Copied from another photo");
    case BulkEdit:
        return OriginText::tr("Changed together with others");
    case Imported:
        return OriginText::tr("Imported");
    case Undone:
        return OriginText::tr("Brought back by undo");
    }
    return {};
}

// A text, and below it in one line where it comes from. Qt's own delegate measures with another width than it paints
// with, and cuts what it measured too short.
class TextDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *list = static_cast<const QListView *>(option.widget);
        const int width = list->viewport()->width() - 2 * list->spacing();
        const auto [text, from] = parts(index);
        return {width, textRect(fontOf(option, index), text, width - 2 * inset).height() +
                           QFontMetrics(option.font).height() + 2 * inset};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const auto *style = option.widget->style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        const QRect inside = option.rect.adjusted(inset, inset, -inset, -inset);
        const auto [text, from] = parts(index);
        const QFont font = fontOf(given, index);
        const int height = textRect(font, text, inside.width()).height();
        const auto aligned = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignTop);
        painter->save();
        painter->setFont(font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(QRect(inside.topLeft(), QSize(inside.width(), height)), static_cast<int>(aligned) | wrapped,
                          text);
        painter->setFont(given.font);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(inside.adjusted(0, height, 0, 0), static_cast<int>(aligned),
                          QFontMetrics(given.font).elidedText(from, Qt::ElideMiddle, inside.width()));
        painter->restore();
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            QStyleOptionFocusRect focus;
            focus.QStyleOption::operator=(option);
            style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
        }
    }

private:
    static constexpr int inset = 5, wrapped = Qt::TextWordWrap;
    static constexpr qsizetype longestText = 600; // signs; the tool tip and the field show more

    static std::pair<QString, QString> parts(const QModelIndex &index)
    {
        const QString all = index.data().toString();
        const auto last = all.lastIndexOf(QLatin1Char('\n'));
        const QString text = all.left(last);
        return {text.size() > longestText ? text.left(longestText) + QChar(0x2026) : text, all.mid(last + 1)};
    }
    static QFont fontOf(const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const auto own = index.data(Qt::FontRole);
        return own.isValid() ? own.value<QFont>() : option.font;
    }
    static QRect textRect(const QFont &font, const QString &text, int width)
    {
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), wrapped, text);
    }
};

QListWidget *makeList(const QString &name, const QString &accessibleName)
{
    auto *list = new QListWidget;
    list->setObjectName(name);
    list->setAccessibleName(accessibleName);
    list->setFrameShape(QFrame::NoFrame);
    list->setWordWrap(true);
    list->setTextElideMode(Qt::ElideNone);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setSpacing(2);
    return list;
}

QWidget *page(const QList<QWidget *> &widgets)
{
    auto *made = new QWidget;
    auto *column = new QVBoxLayout(made);
    column->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    for (auto *widget : widgets)
        column->addWidget(widget, qobject_cast<QListWidget *>(widget) ? 1 : 0);
    return made;
}

QLabel *quietLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QString captionOriginText(const catalogue::Caption &caption)
{
    const bool isOwn = caption.origin == catalogue::CaptionOrigin::User;
    QString text = isOwn ? entryText(caption.entry) : originText(caption.origin);
    if (!isOwn && !caption.detail.empty())
        text = OriginText::tr("%1 (%2)").arg(text, QString::fromStdString(caption.detail));
    if (caption.changedAt == 0)
        return text;
    return OriginText::tr("%1 · %2").arg(
        text, QLocale().toString(QDateTime::fromSecsSinceEpoch(caption.changedAt), QLocale::ShortFormat));
}

CaptionPanels::CaptionPanels(QWidget *parent)
    : QTabWidget(parent)
    , m_suggestionList(makeList(QStringLiteral("suggestions"), tr("Suggestions")))
    , m_history(makeList(QStringLiteral("captionHistory"), tr("History of this photo's captions")))
    , m_wordList(makeList(QStringLiteral("captionWords"), tr("Words of the captions")))
    , m_hint(quietLabel({}))
    , m_wordFilter(new QLineEdit)
{
    setObjectName(QStringLiteral("captionPanels"));
    setDocumentMode(true);
    m_wordFilter->setPlaceholderText(tr("Find a word"));
    m_wordFilter->setAccessibleName(tr("Find a word"));
    m_wordFilter->setClearButtonEnabled(true);
    m_hint->setObjectName(QStringLiteral("suggestionHint"));
    for (auto *list : {m_suggestionList, m_history}) {
        list->setItemDelegate(new TextDelegate(list));
        list->setResizeMode(QListView::Adjust);
    }
    addTab(page({m_hint, m_suggestionList}), tr("Suggestions"));
    addTab(page({quietLabel(tr("A double click brings an earlier text back.")), m_history}), tr("History"));
    m_wordPage =
        page({m_wordFilter, m_wordList, quietLabel(tr("A click shows the photos whose caption has the word."))});
    addTab(m_wordPage, tr("Words"));
    setMinimumWidth(24 * gridUnit);

    connect(m_suggestionList, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { Q_EMIT suggestionChosen(m_suggestionList->row(item)); });
    connect(m_history, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT earlierTextChosen(item->data(textRole).toString()); });
    connect(m_wordList, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT wordChosen(item->data(textRole).toString()); });
    connect(m_wordFilter, &QLineEdit::textChanged, this, [this] { showWords(); });
    connect(this, &QTabWidget::currentChanged, this, [this] {
        if (areWordsShown())
            Q_EMIT wordsShown();
    });
    setSuggestions({}, {});
}

void CaptionPanels::setSuggestions(std::vector<Suggestion> suggestions, const QStringList &names)
{
    m_suggestions = std::move(suggestions);
    m_suggestionList->clear();
    for (std::size_t i = 0; i < m_suggestions.size(); ++i) {
        const auto &suggestion = m_suggestions[i];
        const QString name = names.value(static_cast<int>(i));
        const QString from = name.isEmpty() ? originText(suggestion.origin) : tr("as %1").arg(name);
        //: a suggestion: the key that takes it, its text, and where it comes from
        auto *item = new QListWidgetItem(
            tr("Alt+%1  %2\n%3").arg(QString::number(i + 1), QString::fromStdString(suggestion.text), from),
            m_suggestionList);
        item->setToolTip(toolTipText(QString::fromStdString(suggestion.text)));
    }
    m_hint->setVisible(m_suggestions.empty());
    m_suggestionList->setVisible(!m_suggestions.empty());
}

void CaptionPanels::setSuggestionHint(const QString &hint)
{
    m_hint->setText(hint);
}

void CaptionPanels::setHistory(const std::vector<catalogue::Caption> &history)
{
    m_history->clear();
    for (const auto &caption : history) {
        const QString text = QString::fromStdString(caption.text);
        auto *item = new QListWidgetItem(text + QLatin1Char('\n') + captionOriginText(caption), m_history);
        item->setData(textRole, text);
        if (caption.stands) {
            QFont strong = item->font();
            strong.setBold(true);
            item->setFont(strong);
        }
    }
}

void CaptionPanels::setWords(std::vector<search::CountedWord> words)
{
    m_words = std::move(words);
    showWords();
}

bool CaptionPanels::areWordsShown() const
{
    return isVisible() && currentWidget() == m_wordPage;
}

void CaptionPanels::showWords()
{
    m_wordList->clear();
    const std::string begin = m_wordFilter->text().trimmed().toCaseFolded().toStdString();
    for (const auto &[word, photos, times] : m_words) {
        if (!word.starts_with(begin))
            continue;
        //: a word, and in how many captions it is
        auto *item = new QListWidgetItem(
            tr("%1 (%2)").arg(QString::fromStdString(word), QLocale().toString(static_cast<qlonglong>(photos))),
            m_wordList);
        item->setData(textRole, QString::fromStdString(word));
        if (m_wordList->count() >= wordsListed)
            break;
    }
}

} // namespace photolex::ui
