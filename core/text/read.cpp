// What of a sentence a vocabulary knows, in whatever number and spelling. The order of the steps stands in text.h.
#include "core/base/bytes.h"
#include "core/text/text.h"

#include <algorithm>
#include <set>

namespace photolex::text {

namespace {

constexpr std::size_t shortestPart = 3; // of a word of two: shorter ones are found inside words of any language

std::int32_t idOf(const std::string &word, const Vocabulary &vocabulary)
{
    auto id = vocabulary.id(word);
    if (id == Vocabulary::unknown)
        for (const auto &other : variants(word))
            if (id = vocabulary.id(other); id != Vocabulary::unknown)
                break;
    return id;
}

// Two words of which one is not known, written as one (wheel barrow); unknown when that is no word either. Two known
// words stay two: that is how captions have them.
std::int32_t idOfBoth(const std::string &first, std::int32_t firstId, const std::string &second,
                      const Vocabulary &vocabulary)
{
    const auto isWord = [](std::int32_t id) { return id > Vocabulary::end; };
    if (std::min(first.size(), second.size()) < shortestPart || isStopWord(first) || isStopWord(second) ||
        (isWord(firstId) && isWord(idOf(second, vocabulary))))
        return Vocabulary::unknown;
    return idOf(first + second, vocabulary);
}

// Two known words written as one (lighthouse), the two as even in length as can be; nothing when there are none.
std::vector<std::int32_t> idsOfParts(const std::string &word, const Vocabulary &vocabulary)
{
    constexpr auto shortest = shortestPart;
    constexpr std::size_t longest = 40;
    if (word.size() < 2 * shortest + 1 || word.size() > longest)
        return {};
    std::vector<std::int32_t> best;
    std::size_t bestShorter = 0;
    for (std::size_t at = shortest; at + shortest <= word.size(); ++at) {
        const auto shorter = std::min(at, word.size() - at);
        const auto first = word.substr(0, at);
        const auto second = word.substr(at);
        if (shorter <= bestShorter || isStopWord(first) || isStopWord(second))
            continue;
        const auto firstId = vocabulary.id(first);
        if (firstId <= Vocabulary::end)
            continue;
        if (const auto secondId = idOf(second, vocabulary); secondId > Vocabulary::end) {
            best = {firstId, secondId};
            bestShorter = shorter;
        }
    }
    return best;
}

} // namespace

Result<ReadText> read(std::string_view text, const Vocabulary &vocabulary, std::size_t limit)
{
    // Far more than `limit` words fit in this; what is pasted beyond it is never looked at.
    const std::size_t longest = 64 * std::min(limit, std::size_t{1} << 24) + 1024;
    ReadText result;
    if (text.size() > longest) {
        // At a space where there is one: half a word would be another word.
        auto end = text.find_last_of(" \n\t", longest);
        if (end == std::string_view::npos || end == 0)
            for (end = longest; end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U;)
                --end;
        text = text.substr(0, end);
        result.cut = true;
    }
    if (auto normalized = normalize(text); !normalized)
        return fail(normalized.error());
    auto words = tokenize(text);
    if (words.size() > limit) {
        words.resize(limit);
        result.cut = true;
    }
    std::set<std::string> named;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto &word = words[i];
        std::vector<std::int32_t> ids = {idOf(word, vocabulary)};
        if (i + 1 < words.size())
            if (const auto joined = idOfBoth(word, ids.front(), words[i + 1], vocabulary); joined > Vocabulary::end) {
                ids = {joined};
                ++i;
            }
        if (ids.front() <= Vocabulary::end)
            ids = idsOfParts(word, vocabulary);
        for (const auto id : ids) {
            result.ids.push_back(id);
            result.words.push_back(vocabulary.word(id));
        }
        // A possessive that the vocabulary lacks is no loss, and no news for anybody.
        if (ids.empty() && word != "'s" && named.insert(word).second)
            result.unknown.push_back(word);
    }
    return result;
}

bool isStopWord(std::string_view word)
{
    static const std::set<std::string_view> words = {
        "a",     "an", "the", "of",   "in",    "on",  "at",    "to",  "with", "and",   "or",    "is",   "are", "was",
        "be",    "by", "for", "from", "into",  "it",  "its",   "'s",  "that", "this",  "there", "as",   "his", "her",
        "their", "he", "she", "they", "while", "who", "which", "has", "have", "being", "some",  "very", "i",   "my"};
    return words.contains(word);
}

} // namespace photolex::text
