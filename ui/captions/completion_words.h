// Words that may be meant by the letters typed so far: the user's own first, those in most captions before others, then
// the vocabulary's, which is in order of frequency.
#pragma once

#include "core/search/captioned.h"

#include <QString>
#include <QStringList>
#include <string>
#include <unordered_set>
#include <vector>

namespace photolex::ui {

class CompletionWords {
public:
    void setOwn(const std::vector<search::CountedWord> &words);
    void setVocabulary(const std::vector<std::string> &words);
    void learn(const QString &caption); // its words become own words

    // At most `count`, none of them `letters` itself; with a capital first letter, or all capital, where `letters` are.
    // Fewer than two letters: none.
    QStringList complete(const QString &letters, int count = 6) const;

private:
    std::vector<std::string> m_own, m_vocabulary;
    std::unordered_set<std::string> m_known; // of m_own
};

} // namespace photolex::ui
