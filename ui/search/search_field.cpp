#include "ui/search/search_field.h"

#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>

namespace photolex::ui {

namespace {

QToolButton *button(const char *iconName, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setIcon(icon(QString::fromLatin1(iconName)));
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::TabFocus);
    made->setCursor(Qt::ArrowCursor);
    return made;
}

} // namespace

SearchField::SearchField(QWidget *parent)
    : QWidget(parent)
    , m_picture(button("search/query-picture", this))
    , m_edit(new QLineEdit(this))
    , m_clear(button("search/search-clear", this))
    , m_history(button("search/search-history", this))
{
    setAcceptDrops(true);
    setCursor(Qt::IBeamCursor);
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(5 * gridUnit);

    m_edit->setFrame(false);
    m_edit->setAcceptDrops(false); // the whole field takes drops
    m_edit->setPlaceholderText(tr("Search by words, or drop a picture here"));
    m_edit->setAccessibleName(tr("Search"));
    m_edit->setMaxLength(100'000);
    m_edit->setAutoFillBackground(false);
    m_edit->installEventFilter(this);

    m_picture->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_picture->setIconSize({24, 24});
    m_picture->setMaximumWidth(28 * gridUnit);
    m_picture->hide();
    m_clear->setToolTip(tr("Clear the search"));
    m_clear->setAccessibleName(tr("Clear the search"));
    m_clear->hide();
    m_history->setToolTip(tr("Recent and saved searches"));
    m_history->setAccessibleName(tr("Recent and saved searches"));

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(inReadingOrder({5 * gridUnit, 4, gridUnit, 4}));
    line->setSpacing(4);
    line->addWidget(m_picture);
    line->addWidget(m_edit, 1);
    line->addWidget(m_clear);
    line->addWidget(m_history);

    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_request.text = text;
        changed();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] { Q_EMIT confirmed(m_request); });
    connect(m_picture, &QToolButton::clicked, this, &SearchField::clearPicture);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        clear();
        focusField();
    });
    connect(m_history, &QToolButton::clicked, this,
            [this] { Q_EMIT historyRequested(m_history->mapToGlobal(QPoint(0, m_history->height() + 4))); });
}

void SearchField::changed()
{
    m_clear->setVisible(!m_request.isEmpty());
    Q_EMIT requested(m_request);
}

void SearchField::setText(const QString &text)
{
    m_edit->setText(text);
}

void SearchField::insertText(const QString &text)
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->deselect();
    m_edit->insert(text);
}

void SearchField::setPicture(const SearchRequest &picture, const QString &name)
{
    m_request = picture;
    {
        const QSignalBlocker silent(m_edit);
        m_edit->setText(picture.text);
    }
    m_picture->setIcon(icon(QStringLiteral("search/query-picture")));
    const QString shown = m_picture->fontMetrics().elidedText(name, Qt::ElideMiddle, 18 * gridUnit);
    m_picture->setText(shown + QStringLiteral("  ✕"));
    m_picture->setToolTip(tr("Photos like “%1”. Click to take it out of the search.").arg(name));
    m_picture->setAccessibleName(tr("Take “%1” out of the search").arg(name));
    m_picture->show();
    changed();
}

void SearchField::setPicturePreview(const QPixmap &preview)
{
    if (!preview.isNull())
        m_picture->setIcon(QIcon(preview));
}

void SearchField::clearPicture()
{
    if (!m_request.hasPicture())
        return;
    m_request.similarTo = {};
    m_request.pictureFile.clear();
    m_request.image = {};
    m_picture->hide();
    changed();
}

void SearchField::clear()
{
    if (m_request.isEmpty() && m_edit->text().isEmpty())
        return;
    const QSignalBlocker silent(m_edit);
    m_edit->clear();
    m_request = {};
    m_picture->hide();
    changed();
}

void SearchField::focusField()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

bool SearchField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        // A picture, or addresses, in the clipboard become the picture of the query; text is pasted as ever.
        if (key->matches(QKeySequence::Paste)) {
            const QMimeData *clipboard = QApplication::clipboard()->mimeData();
            if (mayBeDropped(clipboard)) {
                Q_EMIT dropReceived(readDropped(clipboard));
                return true;
            }
        }
        if (key->key() == Qt::Key_Down) {
            Q_EMIT leftDownwards();
            return true;
        }
        if (key->key() == Qt::Key_Backspace && m_edit->cursorPosition() == 0 && !m_edit->hasSelectedText() &&
            m_request.hasPicture()) {
            clearPicture();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SearchField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = m_edit->hasFocus() || m_dropOver;
    const QColor edge = active ? palette().color(QPalette::Highlight)
                               : blend(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.2);
    painter.setPen(QPen(edge, m_dropOver ? 2.5 : active ? 1.5 : 1));
    painter.setBrush(m_dropOver ? blend(palette().color(QPalette::Base), palette().color(QPalette::Highlight), 0.12)
                                : palette().color(QPalette::Base));
    const double radius = height() / 2.0 - 1;
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    const QRect glass = QStyle::visualRect(layoutDirection(), rect(), QRect(14, (height() - 18) / 2, 18, 18));
    icon(QStringLiteral("window/search")).paint(&painter, glass);
}

void SearchField::dragEnterEvent(QDragEnterEvent *event)
{
    if (!mayBeDroppedOrText(event->mimeData()))
        return;
    event->setDropAction(Qt::CopyAction); // never a move: originals stay where they are
    event->accept();
    m_dropOver = true;
    update();
}

void SearchField::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropOver = false;
    update();
}

void SearchField::dropEvent(QDropEvent *event)
{
    m_dropOver = false;
    update();
    const Dropped dropped = readDropped(event->mimeData());
    event->setDropAction(Qt::CopyAction);
    event->accept();
    if (!dropped.isEmpty())
        Q_EMIT dropReceived(dropped);
}

void SearchField::mousePressEvent(QMouseEvent *)
{
    m_edit->setFocus(Qt::MouseFocusReason);
}

} // namespace photolex::ui
