#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <unicode/utf8.h>

namespace photolex::text {

namespace {

constexpr std::size_t longestWord = 40; // longer ones have no spelling neighbours worth the time
constexpr double rarityCost = 0.4;      // for each power of ten of the place in the vocabulary, in edits
constexpr double firstLetterCost = 0.5; // in edits

// One edit is one sign as people see it, not one byte of it.
std::u32string codePoints(std::string_view word)
{
    std::u32string signs;
    for (std::size_t at = 0; at < word.size();) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(word.data(), at, word.size(), c);
        signs += static_cast<char32_t>(c);
    }
    return signs;
}

// Edits (insert, delete, replace, swap of neighbours) from a to b; anything above `most` gives most + 1.
std::size_t edits(std::u32string_view a, std::u32string_view b, std::size_t most)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > most || b.size() > longestWord)
        return most + 1;
    std::array<std::array<std::size_t, longestWord + 1>, 3> rows = {};
    std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto &row = rows[i % 3];
        const auto &above = rows[(i + 2) % 3];
        const auto &twoAbove = rows[(i + 1) % 3];
        row[0] = i;
        std::size_t best = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], twoAbove[j - 2] + 1);
            best = std::min(best, row[j]);
        }
        if (best > most)
            return most + 1;
    }
    return rows[a.size() % 3][b.size()];
}

} // namespace

Result<Vocabulary> Vocabulary::load(const std::filesystem::path &file)
{
    auto words = readLines(file);
    if (!words)
        return fail(words.error());
    const auto subject = displayText(file);
    if (words->size() < 2 || (*words)[0] != "<s>" || (*words)[1] != "</s>")
        return fail(Errc::Corrupt, subject, "a vocabulary begins with <s> and </s>");
    auto vocabulary = create(std::move(*words));
    if (!vocabulary)
        return fail(Errc::Corrupt, subject, vocabulary.error().detail);
    return vocabulary;
}

Result<Vocabulary> Vocabulary::create(std::vector<std::string> words)
{
    if (words.size() < 2 || words[0] != "<s>" || words[1] != "</s>")
        words.insert(words.begin(), {"<s>", "</s>"});
    Vocabulary vocabulary;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].empty())
            return fail(Errc::Invalid, "vocabulary", fmt::format("line {} is empty", i + 1));
        if (!isValidUtf8(words[i]))
            return fail(Errc::Invalid, "vocabulary", fmt::format("line {} is not UTF-8", i + 1));
        if (!vocabulary.m_ids.emplace(words[i], static_cast<std::int32_t>(i)).second)
            return fail(Errc::Invalid, "vocabulary", fmt::format("\"{}\" occurs twice", displayText(words[i])));
    }
    vocabulary.m_words = std::move(words);
    return vocabulary;
}

std::int32_t Vocabulary::id(std::string_view word) const
{
    const auto found = m_ids.find(std::string(word));
    return found == m_ids.end() ? unknown : found->second;
}

std::vector<std::string> Vocabulary::spellingNeighbours(std::string_view word, std::size_t count) const
{
    // One edit in a short word already makes another word.
    const auto signs = codePoints(word);
    if (signs.empty())
        return {};
    const std::size_t most = signs.size() <= 4 ? 1 : 2;
    std::vector<std::pair<double, std::size_t>> found; // cost, place in the vocabulary
    for (std::size_t i = 2; i < m_words.size(); ++i) {
        const auto other = codePoints(m_words[i]);
        const auto distance = edits(signs, other, most);
        if (distance < 1 || distance > most)
            continue;
        const double otherFirst = signs.front() == other.front() ? 0 : firstLetterCost;
        found.emplace_back(static_cast<double>(distance) + otherFirst + rarityCost * std::log10(i), i);
    }
    const auto kept = std::min(count, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<std::string> neighbours;
    for (std::size_t i = 0; i < kept; ++i)
        neighbours.push_back(m_words[found[i].second]);
    return neighbours;
}

} // namespace photolex::text
