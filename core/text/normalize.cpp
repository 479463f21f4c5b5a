// Normalising: captions are nearly all ASCII and there are half a million of them, so that case takes a short way;
// everything else goes through ICU.
#include "core/base/bytes.h"
#include "core/text/text.h"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace photolex::text {

namespace {

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Typographic signs to the plain ones of the vocabulary; signs that nobody sees to nothing (−1).
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
        category == U_PRIVATE_USE_CHAR || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
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

// Folding comes after taking apart, since a few marks fold to letters, and composing comes last, since a sign that was
// dropped may have stood between a letter and its mark. So all spellings of a text give one, and that gives itself.
std::string normalizedUnicode(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *nfd = icu::Normalizer2::getNFDInstance(status);
    const auto *nfc = icu::Normalizer2::getNFCInstance(status);
    auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    if (U_SUCCESS(status))
        unicode = nfd->normalize(unicode, status);
    unicode.foldCase();
    icu::UnicodeString cleaned;
    for (std::int32_t at = 0; at < unicode.length(); at = unicode.moveIndex32(at, 1))
        if (const auto c = plain(unicode.char32At(at)); c >= 0)
            cleaned.append(c);
    if (U_SUCCESS(status))
        cleaned = nfc->normalize(cleaned, status);
    std::string result;
    cleaned.toUTF8String(result);
    return collapsed(result);
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

} // namespace photolex::text
