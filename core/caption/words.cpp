#include "core/caption/words.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace photolex::caption {

namespace {

std::vector<std::string_view> fields(std::string_view line, char separator)
{
    std::vector<std::string_view> all;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find(separator, at), line.size());
        if (end > at)
            all.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

std::optional<std::int64_t> number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

Result<Lexicon> Lexicon::load(const std::filesystem::path &file)
{
    const auto subject = displayText(file);
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    Lexicon lexicon;
    std::vector<std::string> words;
    const auto lines = linesOf(*text);
    const auto corrupt = [&](std::size_t line) {
        return fail(Errc::Corrupt, subject, fmt::format("line {} is wrong", line + 1));
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == 0) {
            for (const auto tag : fields(lines[0], ' '))
                lexicon.m_tags.emplace_back(tag);
            if (lexicon.m_tags.empty() || lexicon.m_tags.size() > 250)
                return corrupt(0);
            lexicon.m_words.resize(lexicon.m_tags.size());
            continue;
        }
        const auto parts = fields(lines[i], '\t');
        if (parts.size() % 2 != 1)
            return corrupt(i);
        for (std::size_t k = 1; k < parts.size(); k += 2) {
            const auto tag = number(parts[k]);
            const auto share = number(parts[k + 1]);
            if (!tag || *tag < 0 || *tag >= std::ssize(lexicon.m_tags) || !share || *share < 1 || *share > 1000)
                return corrupt(i);
            lexicon.m_words[static_cast<std::size_t>(*tag)].push_back({static_cast<std::int32_t>(words.size()),
                                                                       static_cast<float>(*share) / 1000,
                                                                       std::log(static_cast<float>(*share) / 1000)});
        }
        words.emplace_back(parts[0]);
    }
    if (words.size() < 4 || words[0] != "<s>" || words[1] != "</s>" || words[2] != "<unknown>")
        return fail(Errc::Corrupt, subject, "its first words are not <s>, </s> and <unknown>");
    auto vocabulary = text::Vocabulary::create(std::move(words));
    if (!vocabulary)
        return fail(Errc::Corrupt, subject, vocabulary.error().detail);
    lexicon.m_vocabulary = std::move(*vocabulary);
    return lexicon;
}

std::vector<std::vector<std::int32_t>> Lexicon::parts() const
{
    std::vector<std::vector<std::int32_t>> parts;
    for (const auto &uses : m_words) {
        auto &part = parts.emplace_back();
        part.reserve(uses.size());
        for (const auto &use : uses)
            part.push_back(use.word);
    }
    return parts;
}

float Lexicon::share(std::int32_t word, std::uint8_t tag) const
{
    if (tag >= m_words.size())
        return 0;
    const auto found = std::ranges::lower_bound(m_words[tag], word, {}, &Use::word);
    return found == m_words[tag].end() || found->word != word ? 0 : found->share;
}

std::int32_t Lexicon::id(std::string_view word) const
{
    const auto id = m_vocabulary.id(word);
    return id < 0 ? unknown : id;
}

Result<Tags> Lexicon::read(std::string_view text) const
{
    Tags tags;
    for (const auto name : fields(text, ' ')) {
        const auto found = std::ranges::find(m_tags, name);
        if (found == m_tags.end())
            return fail(Errc::Invalid, displayText(name), "there is no such tag");
        tags.push_back(static_cast<std::uint8_t>(found - m_tags.begin()));
    }
    if (tags.empty())
        return fail(Errc::Invalid, "structure", "it names no tag");
    return tags;
}

std::vector<std::string> Lexicon::names(const Tags &tags) const
{
    std::vector<std::string> names;
    for (const auto tag : tags)
        names.push_back(tag < m_tags.size() ? m_tags[tag] : std::string());
    return names;
}

Result<StructureStore> StructureStore::load(const std::filesystem::path &file, const Lexicon &lexicon)
{
    const auto subject = displayText(file);
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    StructureStore store;
    for (const auto line : linesOf(*text)) {
        const auto space = line.find(' ');
        const auto count = number(line.substr(0, space));
        auto tags = lexicon.read(space == std::string_view::npos ? std::string_view() : line.substr(space));
        if (!count || *count < 1 || !tags)
            return fail(Errc::Corrupt, subject, fmt::format("\"{}\" is no structure", displayText(line)));
        store.m_structures.push_back({std::move(*tags), *count});
        store.m_total += *count;
    }
    if (store.m_structures.empty())
        return fail(Errc::Corrupt, subject, "it holds no structure");
    std::ranges::stable_sort(store.m_structures, std::greater(), &Structure::count);
    return store;
}

double StructureStore::logShare(const Tags &tags) const
{
    const auto found = std::ranges::find(m_structures, tags, &Structure::tags);
    const double count = found == m_structures.end() ? 0 : static_cast<double>(found->count);
    return std::log((count + 0.5) / static_cast<double>(m_total));
}

std::vector<Structure> StructureStore::sample(std::size_t count, std::size_t shortest, std::size_t longest,
                                              Generator &random) const
{
    // The largest of u^{1/w}, u uniform, are a sample without replacement by the weights w.
    std::vector<std::pair<double, const Structure *>> keys;
    for (const auto &structure : m_structures)
        if (structure.tags.size() >= shortest && structure.tags.size() <= longest) {
            const double uniform = (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
            keys.emplace_back(-std::log(uniform) / static_cast<double>(structure.count), &structure);
        }
    const auto kept = std::min(count, keys.size());
    std::ranges::partial_sort(keys, keys.begin() + static_cast<std::ptrdiff_t>(kept));
    std::vector<Structure> drawn;
    for (std::size_t i = 0; i < kept; ++i)
        drawn.push_back(*keys[i].second);
    return drawn;
}

} // namespace photolex::caption
