#include "ui/expression/word_panel.h"

#include "ui/style/margins.h"
#include "ui/style/theme.h"
#include "ui/widgets/chip.h"

#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace photolex::ui {

class WordPanel::WordChip : public Chip {
public:
    using Chip::Chip;

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        m_pressed = event->position().toPoint();
        Chip::mousePressEvent(event);
    }
    void mouseMoveEvent(QMouseEvent *event) override
    {
        Chip::mouseMoveEvent(event);
        if (!(event->buttons() & Qt::LeftButton) ||
            (event->position().toPoint() - m_pressed).manhattanLength() < QApplication::startDragDistance())
            return;
        setDown(false);
        auto *mime = new QMimeData;
        mime->setText(text());
        auto *drag = new QDrag(this);
        drag->setMimeData(mime);
        drag->setPixmap(grab());
        drag->setHotSpot(m_pressed);
        drag->exec(Qt::CopyAction);
    }

private:
    QPoint m_pressed;
};

WordPanel::WordPanel(QWidget *parent)
    : QWidget(parent)
{
    auto *title = new QLabel(tr("Words there"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_words = makeFlow(6);
    m_hint = new QLabel(tr("Click adds a word, with Shift takes it away. Words can be dragged, too."));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(inReadingOrder({2 * gridUnit, gridUnit, gridUnit, gridUnit}));
    column->addWidget(title);
    column->addWidget(m_words);
    column->addWidget(m_hint);
    column->addStretch();
    fillScrolling(this, inside);
    setMinimumWidth(20 * gridUnit);
}

void WordPanel::setWords(const std::vector<search::Engine::Word> &words)
{
    auto *flow = m_words->layout();
    while (m_chips.size() < words.size()) {
        auto *chip = new WordChip(QString(), m_words);
        connect(chip, &QAbstractButton::clicked, this, [this, chip] {
            Q_EMIT wordChosen(chip->text(), QApplication::keyboardModifiers() & Qt::ShiftModifier);
        });
        flow->addWidget(chip);
        m_chips.push_back(chip);
    }
    const float best = words.empty() ? 1 : std::max(words.front().score, 1e-3F);
    m_shown = words.size();
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i]->setVisible(i < words.size());
        if (i >= words.size())
            continue;
        const QString word = QString::fromStdString(words[i].word);
        if (m_chips[i]->text() != word) {
            m_chips[i]->setText(word);
            m_chips[i]->setAccessibleName(tr("Add “%1”").arg(word));
            m_chips[i]->updateGeometry();
        }
        m_chips[i]->setStrength(std::clamp(static_cast<double>(words[i].score / best), 0.0, 1.0));
        m_chips[i]->setToolTip(
            tr("“%1”, score %2").arg(word, QLocale().toString(static_cast<double>(words[i].score), 'f', 2)));
    }
    flow->invalidate();
    m_words->updateGeometry();
    m_hint->setVisible(!words.empty());
}

} // namespace photolex::ui
