// Beside the text: suggestions, where the text comes from and what was there before, and the words of the captions.
#pragma once

#include "core/search/captioned.h"
#include "ui/captions/caption_desk.h"
#include "ui/captions/suggestions.h"

#include <QTabWidget>
#include <vector>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListWidget;
QT_END_NAMESPACE

namespace photolex::ui {

// "Written by you · 12 March 2024, 14:03", "From the file (XMP)", ...
QString captionOriginText(const catalogue::Caption &caption);

class CaptionPanels : public QTabWidget {
    Q_OBJECT
public:
    explicit CaptionPanels(QWidget *parent = nullptr);

    // `names`: of the photos that they come from, in the same order; empty where there is none.
    void setSuggestions(std::vector<Suggestion> suggestions, const QStringList &names);
    void setSuggestionHint(const QString &hint); // why there is none; shown while the list is empty
    const std::vector<Suggestion> &suggestions() const { return m_suggestions; }
    void setHistory(const std::vector<catalogue::Caption> &history);
    void setWords(std::vector<search::CountedWord> words);
    bool areWordsShown() const;

Q_SIGNALS:
    void suggestionChosen(int index);
    void earlierTextChosen(const QString &text);
    void wordChosen(const QString &word); // captions with it are wanted
    void wordsShown();                    // they should be fresh

private:
    void showWords();

    std::vector<Suggestion> m_suggestions;
    std::vector<search::CountedWord> m_words;
    QListWidget *m_suggestionList, *m_history, *m_wordList;
    QLabel *m_hint;
    QLineEdit *m_wordFilter;
    QWidget *m_wordPage;
};

} // namespace photolex::ui
