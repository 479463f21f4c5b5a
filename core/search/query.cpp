#include "core/base/bytes.h"
#include "core/search/search.h"
#include "core/text/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::search {

namespace {

constexpr std::size_t longestQuery = 4096; // bytes; more is a pasted text, not a query
constexpr std::size_t mostNegatives = 16;

} // namespace

Result<ParsedQuery> parseQuery(std::string_view text)
{
    ParsedQuery query;
    if (text.size() > longestQuery) {
        auto end = longestQuery;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text = text.substr(0, end);
        query.cut = true;
    }
    const auto normalized = text::normalize(text);
    if (!normalized)
        return fail(normalized.error());
    query.isBlank = normalized->empty();

    // Words and "phrases", each with an optional minus sign in front. A minus inside a word is a hyphen.
    std::string positive;
    const std::string_view rest = *normalized;
    for (std::size_t at = 0; at < rest.size();) {
        if (rest[at] == ' ') {
            ++at;
            continue;
        }
        const bool isNegative = rest[at] == '-';
        if (isNegative)
            ++at;
        std::string_view part;
        if (at < rest.size() && rest[at] == '"') {
            const auto close = std::min(rest.find('"', at + 1), rest.size());
            part = rest.substr(at + 1, close - at - 1);
            at = std::min(close + 1, rest.size());
        } else {
            const auto end = std::min(rest.find(' ', at), rest.size());
            part = rest.substr(at, end - at);
            at = end;
        }
        auto words = text::tokenize(part);
        if (words.empty())
            continue;
        if (isNegative && query.negative.size() < mostNegatives)
            query.negative.push_back(fmt::format("{}", fmt::join(words, " ")));
        else if (!isNegative)
            std::ranges::move(words, std::back_inserter(query.words));
    }
    query.positive = fmt::format("{}", fmt::join(query.words, " "));
    query.hasNoWords = !query.isBlank && query.words.empty() && query.negative.empty();
    return query;
}

} // namespace photolex::search
