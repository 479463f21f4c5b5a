#include "core/catalogue/catalogue_p.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace photolex::catalogue {

namespace {

icu::UnicodeString composed(std::string_view text)
{
    const auto wide =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    UErrorCode status = U_ZERO_ERROR;
    const auto *nfc = icu::Normalizer2::getNFCInstance(status);
    auto result = U_SUCCESS(status) ? nfc->normalize(wide, status) : wide;
    return U_SUCCESS(status) ? result : wide;
}

std::string utf8(const icu::UnicodeString &text)
{
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

enum class Kind : std::uint8_t { Separator, Upper, Lower, Digit, Mark };

Kind kindOf(UChar32 character)
{
    if (u_isdigit(character))
        return Kind::Digit;
    if (U_GET_GC_MASK(character) & U_GC_M_MASK)
        return Kind::Mark; // belongs to the letter before it
    if (u_isupper(character) || u_istitle(character))
        return Kind::Upper;
    return u_isalpha(character) ? Kind::Lower : Kind::Separator;
}

bool beginsPiece(Kind before, Kind here, Kind after)
{
    if ((before == Kind::Digit) != (here == Kind::Digit))
        return true;
    return here == Kind::Upper && (before == Kind::Lower || (before == Kind::Upper && after == Kind::Lower));
}

} // namespace

std::string normalized(std::string_view text)
{
    std::string result = utf8(composed(text));
    std::replace(result.begin(), result.end(), '\0', ' ');
    return result;
}

std::string wordsOfName(std::string_view nameBytes)
{
    const auto name = composed(nameBytes);
    icu::UnicodeString split, whole, token;
    int pieces = 0;
    const auto endToken = [&] {
        if (pieces > 1)
            whole.append(u' ').append(token);
        token.remove();
        pieces = 0;
    };
    Kind before = Kind::Separator;
    for (std::int32_t at = 0; at < name.length();) {
        const UChar32 character = name.char32At(at);
        const std::int32_t following = name.moveIndex32(at, 1);
        Kind kind = kindOf(character);
        if (kind == Kind::Mark)
            kind = before;
        if (kind == Kind::Separator) {
            endToken();
        } else {
            const Kind after = following < name.length() ? kindOf(name.char32At(following)) : Kind::Separator;
            if (before == Kind::Separator || beginsPiece(before, kind, after)) {
                if (!split.isEmpty())
                    split.append(u' ');
                ++pieces;
            }
            split.append(character);
            token.append(character);
        }
        before = kind;
        at = following;
    }
    endToken();
    return utf8(split.append(whole));
}

std::string naturalKey(std::string_view nameBytes)
{
    auto name = composed(nameBytes);
    name.foldCase();
    const std::string folded = utf8(name);
    std::string key;
    for (std::size_t at = 0; at < folded.size();) {
        if (folded[at] < '0' || folded[at] > '9') {
            key += folded[at++];
            continue;
        }
        // A number sorts by its length, then by its digits: '0', the count of digits, the digits.
        auto end = at;
        while (end < folded.size() && folded[end] >= '0' && folded[end] <= '9')
            ++end;
        while (at + 1 < end && folded[at] == '0')
            ++at;
        key += '0';
        key += static_cast<char>(std::min<std::size_t>(end - at, 255));
        key.append(folded, at, end - at);
        at = end;
    }
    key += '\0';
    return key.append(nameBytes);
}

std::string matchExpression(std::span<const std::string> words)
{
    std::vector<std::string> terms;
    for (const auto &word : words) {
        const std::string split = wordsOfName(word);
        if (!split.empty())
            terms.push_back(normalized(word));
    }
    std::string expression;
    for (std::size_t index = 0; index < terms.size(); ++index) {
        const char *prefix = index + 1 == terms.size() ? "*" : "";
        const auto quoted = [&](const std::string &text) {
            std::string result = "\"";
            for (const char character : text)
                result += character == '"' ? ' ' : character;
            return result + "\"" + prefix;
        };
        // "img2041" is also looked for as "img 2041", the way names were split.
        icu::UnicodeString pieces;
        const auto term = composed(terms[index]);
        Kind before = Kind::Separator;
        for (std::int32_t at = 0; at < term.length(); at = term.moveIndex32(at, 1)) {
            const UChar32 character = term.char32At(at);
            Kind kind = kindOf(character);
            kind = kind == Kind::Mark ? before : kind == Kind::Upper ? Kind::Lower : kind;
            if (before != Kind::Separator && kind != Kind::Separator && kind != before)
                pieces.append(u' ');
            pieces.append(kind == Kind::Separator ? UChar32(u' ') : character);
            before = kind;
        }
        if (!expression.empty())
            expression += " AND ";
        const std::string apart = utf8(pieces);
        expression += apart == terms[index] ? quoted(terms[index])
                                            : fmt::format("({} OR {})", quoted(terms[index]), quoted(apart));
    }
    return expression;
}

} // namespace photolex::catalogue
