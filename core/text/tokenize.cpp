// A word is a run of letters, digits and marks with inner apostrophes; one pass finds them. What is written without
// spaces (Chinese, Japanese, Thai) is one run, which ICU cuts.
#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace photolex::text {

namespace {

constexpr std::string_view possessive = "'s";

enum class Kind : std::uint8_t { Other, Letter, Mark, Apostrophe, Picture };

struct Sign {
    Kind kind = Kind::Other;
    std::size_t end = 0; // of its bytes
};

Sign signAt(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return {Kind::Other, at};
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
        const bool isLetter = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        return {isLetter ? Kind::Letter : byte == '\'' ? Kind::Apostrophe : Kind::Other, at + 1};
    }
    UChar32 c = 0;
    U8_NEXT(text.data(), at, text.size(), c);
    if (c < 0)
        return {Kind::Other, at};
    const auto mask = U_GET_GC_MASK(c);
    if (u_isalnum(c))
        return {Kind::Letter, at};
    if (mask & U_GC_M_MASK)
        return {Kind::Mark, at};
    // Emoji are words that no vocabulary knows: they are named, not lost.
    return {mask & U_GC_SO_MASK ? Kind::Picture : Kind::Other, at};
}

bool isInWord(Kind kind)
{
    return kind == Kind::Letter || kind == Kind::Mark;
}

// Building one costs more than reading a sentence, and it is not thread-safe: each thread keeps its own. Null: ICU has
// no data here.
icu::BreakIterator *wordBreaks()
{
    thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    return breaks.get();
}

// Where ICU sees several words in one run. An apostrophe is inside a word here, whatever stands beside it.
std::vector<std::string> cut(std::string_view run)
{
    auto *breaks = wordBreaks();
    if (!breaks)
        return {std::string(run)};
    const auto unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(run.data(), static_cast<std::int32_t>(run.size())));
    breaks->setText(unicode);
    std::vector<std::string> parts;
    std::int32_t from = 0;
    for (auto to = breaks->next(); to != icu::BreakIterator::DONE; to = breaks->next()) {
        if (to < unicode.length() && (unicode.charAt(to) == u'\'' || unicode.charAt(to - 1) == u'\''))
            continue;
        unicode.tempSubStringBetween(from, to).toUTF8String(parts.emplace_back());
        from = to;
    }
    return parts;
}

// Words with a letter in front that are written with a hyphen, as two words and as one: T-shirt, t shirt, tshirt. The
// hyphen splits them, so the third way is split too, and all three are the same words.
std::vector<std::string> apart(std::string_view run)
{
    static constexpr std::array<std::string_view, 9> oneLetterFirst = {
        "tshirt", "tshirts", "teeshirt", "teeshirts", "xray", "xrays", "vneck", "uturn", "uturns"};
    if (std::ranges::find(oneLetterFirst, run) == oneLetterFirst.end())
        return {};
    const std::size_t rest = run.starts_with("tee") ? 3 : 1;
    return {std::string(run.substr(0, 1)), std::string(run.substr(rest))};
}

void addRun(std::string_view run, std::vector<std::string> &words)
{
    std::size_t owners = 0;
    for (; run.size() > possessive.size() && run.ends_with(possessive); ++owners)
        run.remove_suffix(possessive.size());
    const bool isAscii = run.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789'") == std::string_view::npos;
    const auto parts = isAscii ? apart(run) : cut(run);
    if (parts.size() <= 1)
        words.emplace_back(run);
    else // a dictionary may cut a word once more when it stands alone: the words of words are the same words
        for (const auto &part : parts)
            addRun(part, words);
    words.insert(words.end(), owners, std::string(possessive));
}

} // namespace

std::vector<std::string> tokenize(std::string_view text)
{
    std::vector<std::string> words;
    const auto normal = normalize(text);
    if (!normal)
        return words;
    for (std::size_t at = 0; at < normal->size();) {
        auto sign = signAt(*normal, at);
        if (sign.kind == Kind::Apostrophe) {
            // A possessive that stands alone already, as in captions that come split: "a man 's hat".
            if (std::string_view(*normal).substr(at).starts_with(possessive)) {
                const auto next = signAt(*normal, at + possessive.size()).kind;
                if (!isInWord(next) && next != Kind::Apostrophe) {
                    words.emplace_back(possessive);
                    sign.end = at + possessive.size();
                }
            }
        } else if (sign.kind == Kind::Letter) {
            for (auto next = signAt(*normal, sign.end);
                 isInWord(next.kind) ||
                 (next.kind == Kind::Apostrophe && signAt(*normal, next.end).kind == Kind::Letter);
                 next = signAt(*normal, sign.end))
                sign.end = next.end;
            addRun(std::string_view(*normal).substr(at, sign.end - at), words);
        } else if (sign.kind == Kind::Picture) {
            words.push_back(normal->substr(at, sign.end - at));
        }
        at = sign.end;
    }
    return words;
}

} // namespace photolex::text
