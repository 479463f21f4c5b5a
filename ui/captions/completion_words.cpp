#include "ui/captions/completion_words.h"

#include "core/text/text.h"

namespace photolex::ui {

namespace {

constexpr int fewestLetters = 2;

QString asTyped(const QString &word, const QString &letters)
{
    if (letters.size() > 1 && letters.isUpper())
        return word.toUpper();
    return letters.front().isUpper() ? word.left(1).toUpper() + word.mid(1) : word;
}

} // namespace

void CompletionWords::setOwn(const std::vector<search::CountedWord> &words)
{
    m_own.clear();
    m_known.clear();
    for (const auto &[word, photos, times] : words)
        if (m_known.insert(word).second)
            m_own.push_back(word);
}

void CompletionWords::setVocabulary(const std::vector<std::string> &words)
{
    m_vocabulary = words;
}

void CompletionWords::learn(const QString &caption)
{
    for (auto &word : text::tokenize(caption.toStdString()))
        if (m_known.insert(word).second)
            m_own.push_back(std::move(word));
}

QStringList CompletionWords::complete(const QString &letters, int count) const
{
    QStringList found;
    if (letters.size() < fewestLetters)
        return found;
    const std::string begin = letters.toCaseFolded().toStdString();
    const auto add = [&](const std::vector<std::string> &words) {
        for (const auto &word : words) {
            if (found.size() >= count)
                return;
            if (word.size() > begin.size() && word.starts_with(begin) && word.front() != '<')
                if (const QString shown = asTyped(QString::fromStdString(word), letters); !found.contains(shown))
                    found.append(shown);
        }
    };
    add(m_own);
    add(m_vocabulary);
    return found;
}

} // namespace photolex::ui
