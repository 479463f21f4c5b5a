#include "core/search/expression.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace photolex::search {

namespace {

constexpr std::size_t longestExpression = std::size_t{64} << 10; // bytes; paths may be long
constexpr double weightSteps = 1000;                             // in 1

bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// How a quoted operand ends, by how it begins.
constexpr std::pair<std::string_view, std::string_view> quotes[] = {
    {"'", "'"}, {"\"", "\""}, {"\u2018", "\u2019"}, {"\u201C", "\u201D"}, {"\u201E", "\u201C"}};
constexpr std::string_view minuses[] = {"-", "\u2212", "\u2013"};
constexpr std::string_view times[] = {"*", "\u00D7", "\u00B7"};

// What told an expression from words with filters, gathered while it is read.
struct Signs {
    bool hasReference = false; // photo: or saved:, quoted
    bool hasWeight = false;    // on something quoted
    bool hasBareWords = false;
    bool hasLooseSign = false; // between two terms, and not only glued to the second
    bool hasGluedSign = false; // as in: beach -"red car"
};

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
    }

    Result<Expression> parse()
    {
        if (m_text.size() > longestExpression)
            return fail(Errc::Invalid, "expression", "it is longer than 64 KiB");
        Expression expression;
        skipBlanks();
        if (atEnd())
            return expected("an expression");
        for (bool isFirst = true; isFirst || !atEnd(); isFirst = false) {
            Term term;
            const bool blankBefore = m_at > 0 && isBlank(m_text[m_at - 1]);
            const bool hasSign = readSign(term.isNegative);
            if (!hasSign && !isFirst)
                return expected("+ or -");
            const bool blankAfter = !atEnd() && isBlank(m_text[m_at]);
            if (hasSign && !isFirst)
                (blankBefore && !blankAfter ? m_signs.hasGluedSign : m_signs.hasLooseSign) = true;
            skipBlanks();
            if (expression.terms.size() == Expression::mostTerms)
                return fail(Errc::Invalid, "expression", fmt::format("more than {} terms", Expression::mostTerms));
            if (auto read = readTerm(term); !read)
                return fail(read.error());
            expression.terms.push_back(std::move(term));
            skipBlanks();
        }
        return expression;
    }

    const Signs &signs() const { return m_signs; }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    std::string_view rest() const { return m_text.substr(m_at); }

    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }

    bool take(std::string_view token)
    {
        if (!rest().starts_with(token))
            return false;
        m_at += token.size();
        return true;
    }

    tl::unexpected<Error> expected(std::string_view what) const
    {
        return fail(Errc::Invalid, "expression", fmt::format("at byte {}: {} expected", m_at, what));
    }

    bool isSignNext() const
    {
        return rest().starts_with('+') ||
               std::ranges::any_of(minuses, [this](auto sign) { return rest().starts_with(sign); });
    }

    bool isQuoteNext() const
    {
        return std::ranges::any_of(quotes, [this](const auto &quote) { return rest().starts_with(quote.first); });
    }

    bool readSign(bool &isNegative)
    {
        if (take("+"))
            return true;
        isNegative = std::ranges::any_of(minuses, [this](auto sign) { return take(sign); });
        return isNegative;
    }

    // A number with a times sign behind it; a number alone is a word.
    std::optional<double> readWeight()
    {
        const auto begin = m_at;
        const auto digit = [this] { return !atEnd() && m_text[m_at] >= '0' && m_text[m_at] <= '9'; };
        while (digit())
            ++m_at;
        if (!atEnd() && m_text[m_at] == '.') {
            ++m_at;
            while (digit())
                ++m_at;
        }
        double weight = 0;
        const auto *first = m_text.data() + begin;
        const auto *last = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(first, last, weight, std::chars_format::fixed);
        if (error == std::errc::result_out_of_range)
            weight = std::numeric_limits<double>::infinity(); // refused by the caller
        skipBlanks();
        if (first == last || end != last || error == std::errc::invalid_argument ||
            std::ranges::none_of(times, [this](auto sign) { return take(sign); })) {
            m_at = begin;
            return std::nullopt;
        }
        skipBlanks();
        return weight;
    }

    Result<> readTerm(Term &term)
    {
        const auto weight = readWeight();
        if (weight && !(*weight <= Expression::largestWeight))
            return expected(fmt::format("a weight of at most {}", Expression::largestWeight));
        if (weight)
            term.weight = std::round(*weight * weightSteps) / weightSteps;
        if (take("photo:"))
            term.kind = Term::Kind::Photo;
        else if (take("saved:"))
            term.kind = Term::Kind::Saved;
        const auto begin = m_at;
        for (const auto &[opening, closing] : quotes) {
            if (!take(opening))
                continue;
            if (!readQuoted(closing, term.text))
                return expected(fmt::format("{} to close the quote of byte {}", closing, begin));
            m_signs.hasReference = m_signs.hasReference || term.kind != Term::Kind::Words;
            m_signs.hasWeight = m_signs.hasWeight || weight;
            return check(term);
        }
        if (isSignNext())
            return expected("a word, a phrase, photo:'FILE' or saved:'NAME'");
        m_signs.hasBareWords = true;
        readBare(term);
        return check(term);
    }

    Result<> check(const Term &term) const
    {
        const auto nonBlank = std::ranges::any_of(term.text, [](char c) { return !isBlank(c); });
        if (!nonBlank)
            return expected("a word, a phrase, photo:'FILE' or saved:'NAME'");
        if (term.kind == Term::Kind::Photo ? term.text.find('\0') != std::string::npos : !isValidUtf8(term.text))
            return fail(Errc::Invalid, displayText(term.text),
                        term.kind == Term::Kind::Photo ? "a path holds no zero byte" : "it is not UTF-8");
        return {};
    }

    bool readQuoted(std::string_view closing, std::string &text)
    {
        while (!atEnd()) {
            if (take(closing))
                return true;
            if (m_text[m_at] != '\\') {
                text += m_text[m_at++];
                continue;
            }
            const auto escape = rest();
            if (escape.size() < 2)
                return false;
            if (escape.size() >= 4 && escape[1] == 'x' && hexDigit(escape[2]) >= 0 && hexDigit(escape[3]) >= 0) {
                text += static_cast<char>(16 * hexDigit(escape[2]) + hexDigit(escape[3]));
                m_at += 4;
            } else {
                text += escape[1];
                m_at += 2;
            }
        }
        return false;
    }

    // Words up to a blank with a sign or a quote behind it; a path or a name up to a blank.
    void readBare(Term &term)
    {
        while (!atEnd()) {
            const auto begin = m_at;
            while (!atEnd() && !isBlank(m_text[m_at]))
                ++m_at;
            term.text += m_text.substr(begin, m_at - begin);
            const auto end = m_at;
            skipBlanks();
            if (atEnd() || isSignNext() || isQuoteNext() || term.kind != Term::Kind::Words) {
                m_at = end;
                return;
            }
            term.text += ' ';
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Signs m_signs;
};

std::string inQuotes(std::string_view text)
{
    // displayText turns a byte outside of UTF-8 into \xNN; so that a name which holds these four characters is not
    // mistaken for it, backslashes are doubled first.
    std::string escaped;
    for (const char c : text) {
        if (c == '\\' || c == '\'')
            escaped += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            escaped += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            escaped += c;
    }
    return "'" + displayText(escaped) + "'";
}

} // namespace

Result<Expression> parseExpression(std::string_view text)
{
    return Parser(text).parse();
}

std::string printTerm(const Term &term, bool isFirst)
{
    std::string text = term.isNegative ? "-" : isFirst ? "" : "+";
    if (!isFirst)
        text += ' ';
    if (term.weight != 1) {
        auto weight = fmt::format("{:.3f}", term.weight);
        weight.erase(weight.find_last_not_of('0') + 1);
        if (weight.ends_with('.'))
            weight.pop_back();
        text += weight + '*';
    }
    if (term.kind == Term::Kind::Photo)
        text += "photo:";
    else if (term.kind == Term::Kind::Saved)
        text += "saved:";
    return text + inQuotes(term.text);
}

std::string printExpression(const Expression &expression)
{
    std::string text;
    for (const auto &term : expression.terms) {
        if (!text.empty())
            text += ' ';
        text += printTerm(term, text.empty());
    }
    return text;
}

bool isExpression(std::string_view query)
{
    Parser parser(query);
    const auto expression = parser.parse();
    if (!expression)
        return false;
    const auto &signs = parser.signs();
    if (signs.hasReference || signs.hasWeight)
        return true;
    return !signs.hasBareWords && signs.hasLooseSign && !signs.hasGluedSign;
}

} // namespace photolex::search
