// Normalising and splitting. Captions are nearly all ASCII and there are half a million of them, so that case takes a
// short way; everything else goes through ICU.
#include "core/base/bytes.h"
#include "core/text/text.h"

#include <algorithm>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace photolex::text {

namespace {

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isAsciiLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Typographic signs to the plain ones of the vocabulary; control and format characters to nothing (−1).
UChar32 plain(UChar32 c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x2026:
        return '.';
    default:
        break;
    }
    if (u_isUWhiteSpace(c))
        return ' ';
    const auto category = u_charType(c);
    if (category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_UNASSIGNED ||
        category == U_PRIVATE_USE_CHAR)
        return -1;
    return c;
}

std::string collapsed(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (c != ' ')
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

std::string normalizedAscii(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z')
            result += static_cast<char>(c - 'A' + 'a');
        else if (c == '`')
            result += '\'';
        else if (c == ' ' || (c >= '\t' && c <= '\r'))
            result += ' ';
        else if (c > ' ' && c != 0x7F)
            result += c;
    }
    return collapsed(result);
}

std::string normalizedUnicode(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *nfc = icu::Normalizer2::getNFCInstance(status);
    auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    unicode.foldCase();
    if (U_SUCCESS(status))
        unicode = nfc->normalize(unicode, status);
    icu::UnicodeString cleaned;
    for (std::int32_t at = 0; at < unicode.length(); at = unicode.moveIndex32(at, 1))
        if (const auto c = plain(unicode.char32At(at)); c >= 0)
            cleaned.append(c);
    std::string result;
    cleaned.toUTF8String(result);
    return collapsed(result);
}

// Splits at everything that is no letter, digit or inner apostrophe; "'s" is a word of its own.
void splitAscii(std::string_view text, std::vector<std::string> &words)
{
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && !isAsciiLetterOrDigit(text[at]))
            ++at;
        std::size_t end = at;
        while (end < text.size() &&
               (isAsciiLetterOrDigit(text[end]) ||
                (text[end] == '\'' && end > at && end + 1 < text.size() && isAsciiLetterOrDigit(text[end + 1]))))
            ++end;
        auto word = text.substr(at, end - at);
        at = end;
        const bool possessive = word.size() > 2 && word.ends_with("'s");
        if (possessive)
            word.remove_suffix(2);
        if (!word.empty())
            words.emplace_back(word);
        if (possessive)
            words.emplace_back("'s");
    }
}

void splitUnicode(std::string_view text, std::vector<std::string> &words)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    const std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status))
        return splitAscii(text, words);
    iterator->setText(unicode);
    std::int32_t from = iterator->first();
    for (auto to = iterator->next(); to != icu::BreakIterator::DONE; from = to, to = iterator->next()) {
        std::string word;
        unicode.tempSubStringBetween(from, to).toUTF8String(word);
        const bool isWord = iterator->getRuleStatus() >= UBRK_WORD_NUMBER;
        // Signs that are pictures (emoji) are words that no vocabulary knows: they are named, not lost.
        const bool isSymbol = !isWord && !isAscii(word) && u_charType(unicode.char32At(from)) == U_OTHER_SYMBOL;
        if (isWord && isAscii(word))
            splitAscii(word, words);
        else if (isWord || isSymbol)
            words.push_back(std::move(word));
    }
}

} // namespace

Result<std::string> normalize(std::string_view text)
{
    if (isAscii(text))
        return normalizedAscii(text);
    if (!isValidUtf8(text))
        return fail(Errc::Invalid, displayText(text.substr(0, 80)), "the text is not UTF-8");
    return normalizedUnicode(text);
}

std::vector<std::string> tokenize(std::string_view text)
{
    std::vector<std::string> words;
    if (const auto normalized = normalize(text)) {
        // A possessive that stands alone already, as in captions that come split: "a man 's hat".
        std::string_view rest = *normalized;
        while (!rest.empty()) {
            const auto alone = rest.starts_with("'s ") || rest == "'s" ? std::size_t{0} : rest.find(" 's ");
            const auto tail = rest.ends_with(" 's") ? rest.size() - 3 : std::string_view::npos;
            const auto at = std::min(alone, tail);
            const auto part = rest.substr(0, at);
            if (isAscii(part))
                splitAscii(part, words);
            else
                splitUnicode(part, words);
            if (at == std::string_view::npos)
                break;
            words.emplace_back("'s");
            rest.remove_prefix(std::min(rest.size(), at + (rest[at] == ' ' ? 3 : 2)));
        }
    }
    return words;
}

} // namespace photolex::text
