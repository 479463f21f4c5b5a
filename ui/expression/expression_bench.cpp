#include "ui/expression/expression_bench.h"

#include "ui/common/photo_text.h"
#include "ui/expression/expression_document.h"
#include "ui/expression/expression_text.h"
#include "ui/expression/term_chip.h"
#include "ui/style/icons.h"
#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/widgets/chip.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

namespace photolex::ui {

namespace {

constexpr int margin = 2 * gridUnit;
constexpr int rowsShown = 2; // then it scrolls
constexpr int emptyHeight = 7 * gridUnit, adderHeight = 5 * gridUnit;

} // namespace

// Paints what the bench looks like while something is dragged over it.
class ExpressionBench::Row : public QWidget {
public:
    explicit Row(ExpressionBench *bench)
        : m_bench(bench)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const bool isEmpty = m_bench->m_chips.empty();
        if (m_bench->m_dropIndex < 0 && !isEmpty)
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor accent = palette().color(QPalette::Highlight);
        if (m_bench->m_dropIndex < 0) { // the place where something goes, drawn before there is anything
            painter.setPen(QPen(blend(palette().color(QPalette::Window), palette().color(QPalette::WindowText), 0.25),
                                1.2, Qt::DashLine));
            painter.drawRoundedRect(QRectF(rect()).adjusted(margin, 4, -margin, -4), 10, 10);
            return;
        }
        painter.setPen(QPen(accent, 2, Qt::DashLine));
        painter.setBrush(blend(palette().color(QPalette::Window), accent, 0.1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 10, 10);
        painter.setPen(QPen(accent, 3, Qt::SolidLine, Qt::RoundCap));
        const QRectF gap = m_bench->gapAt(m_bench->m_dropIndex);
        painter.drawLine(gap.center() - QPointF(0, gap.height() / 2 - 4),
                         gap.center() + QPointF(0, gap.height() / 2 - 4));
    }

private:
    ExpressionBench *m_bench;
};

ExpressionBench::ExpressionBench(ExpressionDocument *document, Session *session, QWidget *parent)
    : QScrollArea(parent)
    , m_document(document)
    , m_session(session)
    , m_row(new Row(this))
    , m_flow(new FlowLayout(m_row, gridUnit))
    , m_adder(new QWidget(m_row))
    , m_field(new QLineEdit(m_adder))
    , m_more(new QToolButton(m_adder))
    , m_hint(new QLabel(tr("or drop photos, pictures and words here"), m_adder))
{
    setObjectName(QStringLiteral("expressionBench"));
    setAccessibleName(tr("Expression"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_row);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_row->setAcceptDrops(true);
    m_row->installEventFilter(this);
    m_flow->setContentsMargins(margin, gridUnit, margin, gridUnit);

    m_field->setPlaceholderText(tr("Add words, - takes away"));
    m_field->setAccessibleName(tr("Add words to the expression"));
    m_field->setToolTip(tr("A word or a phrase; “- blue” takes it away, “2*red” counts twice"));
    m_field->setObjectName(QStringLiteral("addWords"));
    m_field->setMaxLength(2000);
    m_field->setTextMargins(6, 0, 6, 0);
    m_field->setFixedWidth(26 * gridUnit);
    m_field->installEventFilter(this);
    m_field->setAcceptDrops(false);
    m_more->setObjectName(QStringLiteral("addMore"));
    m_more->setIcon(icon(QStringLiteral("expression/term-add")));
    m_more->setToolTip(tr("Add a photo or a saved expression"));
    m_more->setAccessibleName(tr("Add a photo or a saved expression"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setAutoRaise(true);
    auto *line = new QHBoxLayout(m_adder);
    line->setContentsMargins(inReadingOrder({gridUnit, 0, 0, 0}));
    line->setSpacing(4);
    line->addWidget(m_field);
    line->addWidget(m_more);
    line->addSpacing(gridUnit);
    line->addWidget(m_hint);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_flow->addWidget(m_adder);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const auto terms = typedTerms(m_field->text());
        if (terms.empty())
            return;
        m_field->setText({}); // not clear(): what was typed is a term now, and undone as one
        m_document->insertTerms(m_document->count(), terms);
    });
    connect(m_document, &ExpressionDocument::changed, this, &ExpressionBench::follow);
    follow();
}

ExpressionBench::~ExpressionBench() = default;

void ExpressionBench::follow()
{
    const auto &terms = m_document->expression().terms;
    const bool fewer = m_chips.size() > terms.size();
    // A card that has the focus is among those that stay when possible: the focus must not jump out of the bench.
    int focused = -1;
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        if (m_chips[i]->hasFocus())
            focused = static_cast<int>(i);
    while (m_chips.size() > terms.size()) {
        m_flow->removeWidget(m_chips.back());
        m_chips.back()->hide();
        m_chips.back()->deleteLater();
        m_chips.pop_back();
    }
    const bool more = m_chips.size() < terms.size();
    while (m_chips.size() < terms.size())
        m_chips.push_back(makeChip());
    for (std::size_t i = 0; i < terms.size(); ++i)
        m_chips[i]->setTerm(terms[i], i == 0);
    if (more) { // the field stays last, also for the Tab key
        m_flow->removeWidget(m_adder);
        m_flow->addWidget(m_adder);
        QWidget *before = nullptr;
        for (auto *chip : m_chips) {
            if (before)
                QWidget::setTabOrder(before, chip);
            before = chip;
        }
        QWidget::setTabOrder(before, m_field);
        QWidget::setTabOrder(m_field, m_more);
    }
    if (fewer && focused >= 0)
        focusChip(std::min(focused, static_cast<int>(m_chips.size()) - 1));
    showEmptiness();
    m_flow->invalidate();
    adjustHeight();
    m_row->update();
    if (more)
        QTimer::singleShot(0, this, [this] { verticalScrollBar()->setValue(verticalScrollBar()->maximum()); });
}

TermChip *ExpressionBench::makeChip()
{
    auto *chip = new TermChip(m_session, m_row);
    connect(chip, &TermChip::signChosen, this,
            [this, chip](bool minus) { m_document->setNegative(indexOf(chip), minus); });
    connect(chip, &TermChip::weightChosen, this,
            [this, chip](double weight) { m_document->setWeight(indexOf(chip), weight); });
    connect(chip, &TermChip::gestureEnded, m_document, &ExpressionDocument::endGesture);
    connect(chip, &TermChip::wordsEdited, this,
            [this, chip](const QString &text) { m_document->setWords(indexOf(chip), text.toStdString()); });
    connect(chip, &TermChip::removeRequested, this, [this, chip] { m_document->removeTerm(indexOf(chip)); });
    connect(chip, &TermChip::dragRequested, this, [this, chip] { startDrag(chip); });
    connect(chip, &TermChip::focusWanted, this, [this, chip](int step) { focusChip(indexOf(chip) + step); });
    connect(chip, &TermChip::moveWanted, this, [this, chip](int step) {
        const int from = indexOf(chip), to = from + step;
        if (to < 0 || to >= m_document->count())
            return;
        m_document->moveTerm(from, to);
        focusChip(to);
    });
    m_flow->addWidget(chip);
    chip->show();
    return chip;
}

int ExpressionBench::indexOf(const TermChip *chip) const
{
    const auto found = std::find(m_chips.begin(), m_chips.end(), chip);
    return found == m_chips.end() ? -1 : static_cast<int>(found - m_chips.begin());
}

void ExpressionBench::focusChip(int index)
{
    if (index < 0)
        index = 0;
    if (index >= static_cast<int>(m_chips.size())) {
        m_field->setFocus(Qt::OtherFocusReason);
        return;
    }
    auto *chip = m_chips[static_cast<std::size_t>(index)];
    chip->setFocus(Qt::OtherFocusReason);
    ensureWidgetVisible(chip, 0, margin);
}

void ExpressionBench::setOutcomes(const std::vector<TermOutcome> &outcomes)
{
    for (std::size_t i = 0; i < m_chips.size() && i < outcomes.size(); ++i)
        m_chips[i]->setOutcome(outcomes[i]);
}

void ExpressionBench::showEmptiness()
{
    const bool isEmpty = m_chips.empty();
    m_hint->setVisible(isEmpty);
    m_adder->setFixedHeight(isEmpty ? emptyHeight : adderHeight);
    m_adder->layout()->activate();
    m_adder->updateGeometry();
}

void ExpressionBench::adjustHeight()
{
    const int wanted = m_flow->heightForWidth(std::max(viewport()->width(), TermChip::cardWidth * 2));
    m_row->setMinimumHeight(wanted);
    const int most = rowsShown * TermChip::cardHeight + (rowsShown + 1) * gridUnit + gridUnit / 2;
    const int height = std::min(wanted, most);
    if (height != minimumHeight())
        setFixedHeight(height);
}

void ExpressionBench::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    adjustHeight();
}

// --- Drag and drop ---

void ExpressionBench::startDrag(TermChip *chip)
{
    const int index = indexOf(chip);
    if (index < 0)
        return;
    const auto &term = chip->term();
    auto *mime = new QMimeData;
    if (term.kind == search::Term::Kind::Photo)
        mime->setUrls({fileUrl(term.text)});
    mime->setText(term.kind == search::Term::Kind::Photo ? displayPath(term.text) : termTitle(term));
    auto *drag = new QDrag(m_row);
    drag->setMimeData(mime);
    drag->setPixmap(chip->dragPicture());
    drag->setHotSpot({TermChip::cardWidth / 2, TermChip::cardHeight / 2});
    m_dragged = index;
    drag->exec(Qt::CopyAction | Qt::LinkAction, Qt::CopyAction); // never a move: originals stay where they are
    m_dragged = -1;
    setDropShown(false);
}

int ExpressionBench::indexAt(QPoint position) const
{
    return ui::gapAt(std::vector<QWidget *>(m_chips.begin(), m_chips.end()), position, layoutDirection());
}

QRect ExpressionBench::gapAt(int index) const
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QWidget *next = index < static_cast<int>(m_chips.size())
                              ? static_cast<const QWidget *>(m_chips[static_cast<std::size_t>(index)])
                              : m_adder;
    const QRect where = next->geometry();
    const int height = std::max(where.height(), next == m_adder ? adderHeight : TermChip::cardHeight);
    return {mirrored ? where.right() + 2 : where.left() - gridUnit / 2 - 2, where.top(), 4, height};
}

void ExpressionBench::setDropShown(bool shown)
{
    m_dropIndex = shown ? m_document->count() : -1;
    m_row->update();
}

bool ExpressionBench::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::ShortcutOverride) {
        // A field that has nothing to undo would keep the key to itself all the same.
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->matches(QKeySequence::Undo) && !m_field->isUndoAvailable()) ||
            (key->matches(QKeySequence::Redo) && !m_field->isRedoAvailable())) {
            event->ignore();
            return true;
        }
    }
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        // Backspace in the empty field goes back to the last term, as in a row of addresses.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool atStart = m_field->cursorPosition() == 0 && !m_field->hasSelectedText();
        const auto back = layoutDirection() == Qt::RightToLeft ? Qt::Key_Right : Qt::Key_Left;
        if (!m_chips.empty() &&
            ((key->key() == Qt::Key_Backspace && m_field->text().isEmpty()) || (key->key() == back && atStart))) {
            focusChip(static_cast<int>(m_chips.size()) - 1);
            return true;
        }
    }
    if (watched != m_row)
        return QScrollArea::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        if (m_dragged < 0 && !mayBeDroppedOrText(drag->mimeData())) {
            drag->ignore();
        } else if (acceptDrop(drag)) {
            m_dropIndex = indexAt(drag->position().toPoint());
            m_row->update();
        }
        return true;
    }
    case QEvent::DragLeave:
        m_dropIndex = -1;
        m_row->update();
        return true;
    case QEvent::Drop: {
        auto *drop = static_cast<QDropEvent *>(event);
        const int index = indexAt(drop->position().toPoint());
        m_dropIndex = -1;
        m_row->update();
        if (!acceptDrop(drop))
            return true;
        if (m_dragged >= 0) {
            const int from = m_dragged;
            m_document->moveTerm(from, std::min(index > from ? index - 1 : index, m_document->count() - 1));
            return true;
        }
        const Dropped dropped = readDropped(drop->mimeData());
        if (!dropped.isEmpty())
            Q_EMIT dropReceived(dropped, index);
        return true;
    }
    default:
        return QScrollArea::eventFilter(watched, event);
    }
}

} // namespace photolex::ui
