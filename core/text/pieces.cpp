#include "core/text/pieces.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>
#include <unordered_map>

namespace photolex::text {

class Pieces::Kind {
public:
    Kind() = default;
    Kind(const Kind &) = delete;
    Kind &operator=(const Kind &) = delete;
    virtual ~Kind() = default;
    virtual Result<std::vector<std::int64_t>> ids(std::string_view text) const = 0; // without marks
    virtual std::vector<std::int64_t> before() const { return {}; }
    virtual std::vector<std::int64_t> after() const { return {}; }
    virtual std::int64_t filling() const { return 0; }
    virtual bool knows(std::string_view word) const
    {
        const auto own = ids(word);
        return own && !own->empty();
    }
    virtual std::vector<std::string> wholeWords() const = 0;
};

namespace {

using Ids = std::unordered_map<std::string, std::int64_t>;

Result<std::vector<std::string>> readLines(const std::filesystem::path &file)
{
    constexpr std::size_t largest = std::size_t{64} << 20;
    const auto text = readTextFile(file, largest);
    if (!text)
        return fail(text.error());
    if (!isValidUtf8(*text))
        return fail(Errc::Corrupt, displayText(file), "it is not UTF-8");
    const auto lines = linesOf(*text);
    if (lines.empty())
        return fail(Errc::Corrupt, displayText(file), "empty file");
    return std::vector<std::string>(lines.begin(), lines.end());
}

std::string utf8Of(const icu::UnicodeString &text)
{
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

bool isLetters(std::string_view word)
{
    const auto text = icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (!u_isalpha(text.char32At(i)))
            return false;
    return text.length() > 0;
}

std::vector<std::string> distinctLower(const std::vector<std::string> &words)
{
    std::vector<std::string> distinct;
    std::set<std::string> seen;
    for (const auto &word : words) {
        auto lower = utf8Of(icu::UnicodeString::fromUTF8(word).toLower());
        if (isLetters(lower) && seen.insert(lower).second)
            distinct.push_back(std::move(lower));
    }
    return distinct;
}

// Characters of UTF-8 text, as strings.
std::vector<std::string> characters(std::string_view text)
{
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t next = at;
        UChar32 c = 0;
        U8_NEXT(text.data(), next, text.size(), c);
        all.emplace_back(text.substr(at, next - at));
        at = next;
    }
    return all;
}

class WordList : public Pieces::Kind {
public:
    explicit WordList(std::vector<std::string> lines)
        : m_words(std::move(lines))
    {
        for (std::size_t i = 1; i < m_words.size(); ++i)
            m_ids.emplace(m_words[i], static_cast<std::int64_t>(i));
    }
    Result<std::vector<std::int64_t>> ids(std::string_view text) const override
    {
        std::vector<std::int64_t> found;
        for (const auto &word : tokenize(text))
            if (const auto id = m_ids.find(word); id != m_ids.end())
                found.push_back(id->second);
        if (found.empty())
            return fail(Errc::Invalid, displayText(text.substr(0, 200)), "no word of it is known");
        return found;
    }
    std::vector<std::string> wholeWords() const override
    {
        return distinctLower({m_words.begin() + std::min<std::ptrdiff_t>(1, std::ssize(m_words)), m_words.end()});
    }

private:
    std::vector<std::string> m_words;
    Ids m_ids;
};

class WordPiece : public Pieces::Kind {
public:
    static Result<std::shared_ptr<const Kind>> create(std::vector<std::string> lines, const std::string &file)
    {
        auto made = std::make_shared<WordPiece>();
        made->m_lower = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto &line = lines[i];
            made->m_ids.emplace(line, static_cast<std::int64_t>(i));
            const bool isMark = line.starts_with('[') && line.ends_with(']') && line.size() > 2;
            if (!isMark && std::ranges::any_of(line, [](char c) { return c >= 'A' && c <= 'Z'; }))
                made->m_lower = false;
        }
        for (const auto &[mark, id] : {std::pair("[CLS]", &made->m_start), std::pair("[SEP]", &made->m_end),
                                       std::pair("[PAD]", &made->m_filling), std::pair("[UNK]", &made->m_unknown)}) {
            const auto found = made->m_ids.find(mark);
            if (found == made->m_ids.end())
                return fail(Errc::Corrupt, file, fmt::format("the list of pieces lacks {}", mark));
            *id = found->second;
        }
        made->m_lines = std::move(lines);
        return made;
    }

    Result<std::vector<std::int64_t>> ids(std::string_view text) const override
    {
        std::vector<std::int64_t> all;
        for (const auto &word : words(text)) {
            const auto pieces = piecesOf(word);
            all.insert(all.end(), pieces.begin(), pieces.end());
        }
        return all;
    }
    std::vector<std::int64_t> before() const override { return {m_start}; }
    std::vector<std::int64_t> after() const override { return {m_end}; }
    std::int64_t filling() const override { return m_filling; }
    bool knows(std::string_view word) const override
    {
        const auto own = ids(word);
        return own && !own->empty() && std::ranges::find(*own, m_unknown) == own->end();
    }
    std::vector<std::string> wholeWords() const override { return distinctLower(m_lines); }

private:
    // Words and single signs of punctuation; characters that are written without spaces stand alone.
    std::vector<std::string> words(std::string_view text) const
    {
        auto read = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
        if (m_lower) {
            UErrorCode status = U_ZERO_ERROR;
            read.toLower(icu::Locale::getRoot());
            if (const auto *nfd = icu::Normalizer2::getNFDInstance(status); nfd && U_SUCCESS(status))
                read = nfd->normalize(read, status);
        }
        std::vector<std::string> all;
        icu::UnicodeString word;
        const auto close = [&] {
            if (!word.isEmpty())
                all.push_back(utf8Of(word));
            word.remove();
        };
        for (std::int32_t i = 0; i < read.length(); i = read.moveIndex32(i, 1)) {
            const UChar32 c = read.char32At(i);
            if (m_lower && u_charType(c) == U_NON_SPACING_MARK)
                continue;
            if (u_isUWhiteSpace(c) || u_iscntrl(c)) {
                close();
            } else if (u_ispunct(c) || (c < 0x80 && !u_isalnum(c)) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) {
                close();
                word.append(c);
                close();
            } else {
                word.append(c);
            }
        }
        close();
        return all;
    }

    // The longest piece first, then the longest that goes on.
    std::vector<std::int64_t> piecesOf(const std::string &word) const
    {
        constexpr std::size_t longest = 100;
        const auto letters = characters(word);
        if (letters.size() > longest)
            return {m_unknown};
        std::vector<std::int64_t> pieces;
        for (std::size_t begin = 0; begin < letters.size();) {
            std::size_t end = letters.size();
            for (; end > begin; --end) {
                std::string piece = begin > 0 ? "##" : "";
                for (std::size_t i = begin; i < end; ++i)
                    piece += letters[i];
                if (const auto found = m_ids.find(piece); found != m_ids.end()) {
                    pieces.push_back(found->second);
                    break;
                }
            }
            if (end == begin)
                return {m_unknown};
            begin = end;
        }
        return pieces;
    }

    std::vector<std::string> m_lines;
    Ids m_ids;
    bool m_lower = true;
    std::int64_t m_start = 0, m_end = 0, m_filling = 0, m_unknown = 0;
};

class BytePairs : public Pieces::Kind {
public:
    static constexpr std::size_t mostMerges = 49'152 - 256 - 2; // CLIP reads no more of a longer file

    static Result<std::shared_ptr<const Kind>> create(const std::vector<std::string> &lines, const std::string &file)
    {
        auto made = std::make_shared<BytePairs>();
        made->nameBytes();
        std::vector<std::string> symbols;
        for (const auto &name : made->m_byteOrder)
            symbols.push_back(name);
        for (const auto &name : made->m_byteOrder)
            symbols.push_back(name + wordEnd);
        for (std::size_t i = lines.front().find("#version") != std::string::npos ? 1 : 0;
             i < lines.size() && made->m_ranks.size() < mostMerges; ++i) {
            if (lines[i].empty())
                continue;
            const auto space = lines[i].find(' ');
            if (space == std::string::npos || space == 0 || space + 1 == lines[i].size() ||
                lines[i].find(' ', space + 1) != std::string::npos)
                return fail(Errc::Corrupt, file, fmt::format("line {} is no merge of two pieces", i + 1));
            std::pair pair(lines[i].substr(0, space), lines[i].substr(space + 1));
            symbols.push_back(pair.first + pair.second);
            made->m_ranks.emplace(std::move(pair), made->m_ranks.size());
        }
        for (std::size_t i = 0; i < symbols.size(); ++i)
            made->m_ids.emplace(symbols[i], static_cast<std::int64_t>(i));
        made->m_start = static_cast<std::int64_t>(symbols.size());
        made->m_symbols = std::move(symbols);
        return made;
    }

    Result<std::vector<std::int64_t>> ids(std::string_view text) const override
    {
        std::vector<std::int64_t> all;
        for (const auto &word : words(text))
            for (const auto &symbol : merged(word))
                if (const auto id = m_ids.find(symbol); id != m_ids.end())
                    all.push_back(id->second);
        return all;
    }
    std::vector<std::int64_t> before() const override { return {m_start}; }
    std::vector<std::int64_t> after() const override { return {m_start + 1}; }
    std::vector<std::string> wholeWords() const override
    {
        std::vector<std::string> words;
        for (const auto &symbol : m_symbols)
            if (symbol.ends_with(wordEnd) && std::ranges::all_of(symbol, [](char c) { return c > 0; }))
                words.push_back(symbol.substr(0, symbol.size() - wordEnd.size()));
        return distinctLower(words); // beyond ASCII, symbols are names of bytes and not letters
    }

private:
    static inline const std::string wordEnd = "</w>";

    // A printable character for each byte: itself where it is one, else those from U+0100 on. In CLIP's order: the
    // printable ones first.
    void nameBytes()
    {
        const auto isPrintable = [](int byte) {
            return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
        };
        const auto named = [](int code) { return utf8Of(icu::UnicodeString(static_cast<UChar32>(code))); };
        for (int byte = 0; byte < 256; ++byte)
            if (isPrintable(byte))
                m_byteOrder.push_back(m_byteNames[static_cast<std::size_t>(byte)] = named(byte));
        int next = 256;
        for (int byte = 0; byte < 256; ++byte)
            if (!isPrintable(byte))
                m_byteOrder.push_back(m_byteNames[static_cast<std::size_t>(byte)] = named(next++));
    }

    // Runs of letters, single digits, runs of other signs; 's and the like are words.
    static std::vector<std::string> words(std::string_view text)
    {
        const auto read = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}).toLower();
        static constexpr std::array<const char *, 7> endings = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
        const auto isLetter = [](UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_L_MASK) != 0; };
        const auto isDigit = [](UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_N_MASK) != 0; };
        const auto isOther = [&](UChar32 c) { return !isLetter(c) && !isDigit(c) && !u_isUWhiteSpace(c); };
        std::vector<std::string> all;
        for (std::int32_t i = 0; i < read.length();) {
            const UChar32 c = read.char32At(i);
            if (u_isUWhiteSpace(c)) {
                i = read.moveIndex32(i, 1);
                continue;
            }
            std::int32_t end = i;
            for (const char *ending : endings) {
                const auto sign = icu::UnicodeString::fromUTF8(ending);
                if (read.compare(i, sign.length(), sign) == 0) {
                    end = i + sign.length();
                    break;
                }
            }
            const auto run = [&](const auto &belongs) {
                while (end < read.length() && belongs(read.char32At(end)))
                    end = read.moveIndex32(end, 1);
            };
            if (end == i && isDigit(c))
                end = read.moveIndex32(i, 1);
            else if (end == i)
                isLetter(c) ? run(isLetter) : run(isOther);
            all.push_back(utf8Of(read.tempSubStringBetween(i, end)));
            i = end;
        }
        return all;
    }

    std::vector<std::string> merged(const std::string &word) const
    {
        std::vector<std::string> symbols;
        for (const char byte : word)
            symbols.push_back(m_byteNames[static_cast<unsigned char>(byte)]);
        symbols.back() += wordEnd;
        while (symbols.size() > 1) {
            std::size_t best = std::numeric_limits<std::size_t>::max();
            std::pair<std::string, std::string> chosen;
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
                if (const auto rank = m_ranks.find({symbols[i], symbols[i + 1]});
                    rank != m_ranks.end() && rank->second < best) {
                    best = rank->second;
                    chosen = rank->first;
                }
            if (best == std::numeric_limits<std::size_t>::max())
                break;
            std::vector<std::string> next;
            for (std::size_t i = 0; i < symbols.size(); ++i)
                if (i + 1 < symbols.size() && symbols[i] == chosen.first && symbols[i + 1] == chosen.second) {
                    next.push_back(symbols[i] + symbols[i + 1]);
                    ++i;
                } else {
                    next.push_back(symbols[i]);
                }
            symbols = std::move(next);
        }
        return symbols;
    }

    std::array<std::string, 256> m_byteNames;
    std::vector<std::string> m_byteOrder, m_symbols;
    std::map<std::pair<std::string, std::string>, std::size_t> m_ranks;
    Ids m_ids;
    std::int64_t m_start = 0;
};

} // namespace

Result<Pieces> Pieces::load(std::string_view kind, const std::filesystem::path &file)
{
    auto lines = readLines(file);
    if (!lines)
        return fail(lines.error());
    Result<std::shared_ptr<const Kind>> made =
        fail(Errc::Invalid, std::string(kind), "a tokenizer is \"words\", \"wordpiece\" or \"bpe\"");
    if (kind == "words")
        made = std::make_shared<WordList>(std::move(*lines));
    else if (kind == "wordpiece")
        made = WordPiece::create(std::move(*lines), displayText(file));
    else if (kind == "bpe")
        made = BytePairs::create(*lines, displayText(file));
    if (!made)
        return fail(made.error());
    Pieces pieces;
    pieces.m_kind = std::move(*made);
    return pieces;
}

Result<std::vector<std::int64_t>> Pieces::ids(std::string_view text, std::size_t length, bool *cut) const
{
    if (!isValidUtf8(text))
        return fail(Errc::Invalid, displayText(text.substr(0, 200)), "it is not UTF-8");
    const auto inner = m_kind->ids(text);
    if (!inner)
        return fail(inner.error());
    auto all = m_kind->before();
    const auto after = m_kind->after();
    const auto room = length > all.size() + after.size() ? length - all.size() - after.size() : 0;
    if (cut)
        *cut = inner->size() > room;
    all.insert(all.end(), inner->begin(), inner->begin() + static_cast<std::ptrdiff_t>(std::min(room, inner->size())));
    all.insert(all.end(), after.begin(), after.end());
    all.resize(length, m_kind->filling());
    return all;
}

bool Pieces::knows(std::string_view word) const
{
    return isValidUtf8(word) && m_kind->knows(word);
}

std::vector<std::string> Pieces::wholeWords() const
{
    return m_kind->wholeWords();
}

} // namespace photolex::text
