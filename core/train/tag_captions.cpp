#include "core/train/tagger.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace photolex::train {

namespace {

constexpr std::size_t oneOf = 4; // of the captions in which nothing was wrong

template <std::size_t N>
bool isAmong(std::string_view value, const std::array<std::string_view, N> &values)
{
    return std::ranges::find(values, value) != values.end();
}

bool isNoun(std::string_view tag)
{
    return tag.starts_with("NN");
}

bool isSmall(std::string_view word)
{
    return std::ranges::none_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Where the noun group that ends before `at` begins: nouns, adjectives and participles in a row.
std::size_t groupBefore(const dataset::TaggedSentence &sentence, std::size_t at)
{
    static constexpr std::array<std::string_view, 5> inside = {"JJ", "VBG", "VBN", "CD", "HYPH"};
    while (at > 0 && (isNoun(sentence.tags[at - 1]) || isAmong(sentence.tags[at - 1], inside)))
        --at;
    return at;
}

bool putRight(dataset::TaggedSentence &sentence)
{
    static constexpr std::array<std::string_view, 6> singular = {"a", "an", "one", "another", "each", "every"};
    static constexpr std::array<std::string_view, 7> behindVerb = {"DT", "IN", "RP", "RB", "TO", "PRP$", "PRP"};
    bool changed = false;
    const auto set = [&](std::size_t at, const char *tag) {
        sentence.tags[at] = tag;
        changed = true;
    };
    for (std::size_t i = 1; i < sentence.words.size(); ++i) {
        const std::string_view tag = sentence.tags[i];
        const std::string_view before = sentence.tags[i - 1];
        const std::string_view next = i + 1 < sentence.tags.size() ? std::string_view(sentence.tags[i + 1]) : ".";
        const auto &word = sentence.words[i];
        // Names are written with a capital.
        if (tag.starts_with("NNP") && isSmall(word))
            set(i, word.ends_with('s') && !word.ends_with("ss") ? "NNS" : "NN");
        if (isNoun(sentence.tags[i]) && sentence.tags[i] != "NN" && before == "NN" && word.ends_with('s') &&
            isSmall(word) && !isNoun(next)) {
            const auto from = groupBefore(sentence, i);
            const auto first = from > 0 ? text::taggerForm(sentence.words[from - 1]) : std::string();
            const bool isSingular = isAmong(first, singular);
            // "the woman models a dress": no article stands behind a noun of the same group.
            const bool hasObject = from > 0 && (next == "DT" || next == "PRP$");
            if (isSingular || hasObject)
                set(i, "VBZ");
        }
        if (sentence.tags[i] == "VB" && (before == "NNS" || before == "NNPS"))
            set(i, "VBP");
        if ((sentence.tags[i] == "NN" || sentence.tags[i].starts_with("W")) && before == "NNS" &&
            isAmong(next, behindVerb) && !word.ends_with('s') && isSmall(word) && !word.starts_with("wh"))
            set(i, "VBP");
    }
    return changed;
}

} // namespace

std::vector<dataset::TaggedSentence> tagCaptions(const text::Tagger &tagger, std::span<const std::string> captions)
{
    std::vector<dataset::TaggedSentence> all;
    std::size_t plain = 0;
    for (const auto &caption : captions) {
        dataset::TaggedSentence sentence;
        sentence.words = text::split(caption);
        sentence.tags = tagger.tag(sentence.words);
        if (putRight(sentence) || ++plain % oneOf == 0)
            all.push_back(std::move(sentence));
    }
    return all;
}

} // namespace photolex::train
