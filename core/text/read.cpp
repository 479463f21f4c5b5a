// What of a sentence a vocabulary knows, in whatever number and spelling.
#include "core/base/bytes.h"
#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace photolex::text {

namespace {

using Irregular = std::pair<std::string_view, std::string_view>;
constexpr std::array<Irregular, 11> irregulars = {{{"child", "children"},
                                                   {"foot", "feet"},
                                                   {"goose", "geese"},
                                                   {"knife", "knives"},
                                                   {"leaf", "leaves"},
                                                   {"man", "men"},
                                                   {"mouse", "mice"},
                                                   {"person", "people"},
                                                   {"shelf", "shelves"},
                                                   {"tooth", "teeth"},
                                                   {"woman", "women"}}};

// The word in its other number, likeliest spelling first.
std::vector<std::string> otherNumber(const std::string &word)
{
    std::vector<std::string> found;
    for (const auto &[one, many] : irregulars)
        if (word == one || word == many)
            found.emplace_back(word == one ? many : one);
    const auto changed = [&](std::size_t without, std::string_view instead) {
        found.push_back(word.substr(0, word.size() - without) + std::string(instead));
    };
    const bool isHissing = word.ends_with("s") || word.ends_with("x") || word.ends_with("z") || word.ends_with("ch") ||
                           word.ends_with("sh");
    if (word.size() < 3)
        return found;
    if (word.size() > 4 && word.ends_with("ies"))
        changed(3, "y");
    if (word.size() > 4 && word.ends_with("ves"))
        changed(3, "f");
    // Before the ending "es": planes are no plan.
    if (word.ends_with("s") && !word.ends_with("ss"))
        changed(1, "");
    if (word.size() > 3 && word.ends_with("es"))
        changed(2, "");
    if (word.ends_with("y"))
        changed(1, "ies");
    if (isHissing)
        changed(0, "es");
    else
        changed(0, "s");
    return found;
}

std::int32_t idOf(const std::string &word, const Vocabulary &vocabulary)
{
    auto id = vocabulary.id(word);
    if (id == Vocabulary::unknown)
        for (const auto &other : otherNumber(word))
            if (id = vocabulary.id(other); id != Vocabulary::unknown)
                break;
    return id;
}

// Two known words written as one (lighthouse), the two as even in length as can be; nothing when there are none. Short
// parts are left alone: they are found inside words of any language.
std::vector<std::int32_t> idsOfParts(const std::string &word, const Vocabulary &vocabulary)
{
    constexpr std::size_t shortest = 3;
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
        const auto secondId = idOf(second, vocabulary);
        if (firstId > Vocabulary::end && secondId > Vocabulary::end) {
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
    for (const auto &word : words) {
        std::vector<std::int32_t> ids = {idOf(word, vocabulary)};
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
