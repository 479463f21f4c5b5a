// The words that lie nearest to the point, strongest first. One that is clicked is added; any can be dragged into the
// expression.
#pragma once

#include "core/search/search.h"

#include <QString>
#include <QWidget>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace photolex::ui {

class WordPanel : public QWidget {
    Q_OBJECT
public:
    explicit WordPanel(QWidget *parent = nullptr);
    void setWords(const std::vector<search::Engine::Word> &words);
    int count() const { return static_cast<int>(m_shown); }

Q_SIGNALS:
    void wordChosen(const QString &word, bool isNegative); // with Shift it is taken away

private:
    class WordChip;
    QWidget *m_words;
    QLabel *m_hint;
    std::vector<WordChip *> m_chips; // kept from one answer to the next: they come many times a second
    std::size_t m_shown = 0;
};

} // namespace photolex::ui
