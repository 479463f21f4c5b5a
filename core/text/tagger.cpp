#include "core/text/tagger.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/base/tensor_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace photolex::text {

namespace {

constexpr std::size_t mostTags = 250;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool isWordSign(UChar32 c)
{
    return c < 0 || u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool endsWith(std::string_view word, std::string_view end)
{
    return word.size() >= end.size() &&
           std::equal(end.rbegin(), end.rend(), word.rbegin(), [](char a, char b) { return a == lowerAscii(b); });
}

// don't: do n't; man's: man 's; they'll: they 'll.
void addWord(std::string_view word, std::vector<std::string> &words)
{
    static constexpr std::array<std::string_view, 7> ends = {"n't", "'s", "'m", "'d", "'re", "'ve", "'ll"};
    for (const auto end : ends)
        if (word.size() > end.size() && endsWith(word, end)) {
            words.emplace_back(word.substr(0, word.size() - end.size()));
            words.emplace_back(word.substr(word.size() - end.size()));
            return;
        }
    words.emplace_back(word);
}

// A run without spaces: signs in front and behind come off one by one, what is left in the middle is a word.
void addRun(std::string_view run, std::vector<std::string> &words)
{
    const auto signAt = [&](std::size_t at) {
        UChar32 c = 0;
        auto next = static_cast<std::int32_t>(at);
        U8_NEXT(run.data(), next, static_cast<std::int32_t>(run.size()), c);
        return std::pair(c, static_cast<std::size_t>(next));
    };
    static constexpr std::array<std::string_view, 8> whole = {"'s", "n't", "'m", "'d", "'re", "'ve", "'ll", "..."};
    std::size_t from = 0;
    while (from < run.size()) {
        if (std::ranges::any_of(
                whole, [&](auto one) { return run.size() - from == one.size() && endsWith(run.substr(from), one); }))
            break;
        const auto [c, next] = signAt(from);
        if (isWordSign(c))
            break;
        words.emplace_back(run.substr(from, next - from));
        from = next;
    }
    auto to = run.size();
    std::vector<std::string> behind;
    while (to > from) {
        auto at = static_cast<std::int32_t>(to);
        UChar32 c = 0;
        U8_PREV(run.data(), static_cast<std::int32_t>(from), at, c);
        const auto rest = run.substr(from, to - from);
        // "U.S." and "a.m." keep their last dot, "..." is one sign.
        const bool isAbbreviation = c == '.' && rest.find('.') + 1 < rest.size() && rest.size() <= 6;
        if (isWordSign(c) || isAbbreviation)
            break;
        behind.emplace_back(run.substr(static_cast<std::size_t>(at), to - static_cast<std::size_t>(at)));
        to = static_cast<std::size_t>(at);
    }
    // Inside, commas between letters and slashes part words; hyphens, dots and apostrophes do not.
    std::size_t begin = from;
    for (std::size_t at = from; at < to; ++at) {
        const char c = run[at];
        if ((c == '/' || c == ',' || c == ';' || c == '!' || c == '?') && at > begin && at + 1 < to &&
            !(c == ',' && run[at - 1] >= '0' && run[at - 1] <= '9' && run[at + 1] >= '0' && run[at + 1] <= '9')) {
            addWord(run.substr(begin, at - begin), words);
            words.emplace_back(1, c);
            begin = at + 1;
        }
    }
    if (begin < to)
        addWord(run.substr(begin, to - begin), words);
    words.insert(words.end(), std::make_move_iterator(behind.rbegin()), std::make_move_iterator(behind.rend()));
}

TensorData bytesNamed(std::string name, std::vector<float> values)
{
    const auto count = static_cast<std::int64_t>(values.size());
    return {std::move(name), {count}, std::move(values), TensorType::UInt8};
}

} // namespace

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && isSpace(text[at]))
            ++at;
        auto end = at;
        while (end < text.size() && !isSpace(text[end]))
            ++end;
        if (end > at)
            addRun(text.substr(at, end - at), words);
        at = end;
    }
    return words;
}

Tagger::Tagger(TaggerWeights weights)
    : m_table(std::make_shared<const Table>(std::move(weights)))
{
}

Tagger::Table::Table(TaggerWeights &&from)
    : tags(std::move(from.tags))
    , lexicon(std::move(from.lexicon))
    , slots(std::bit_ceil(2 * from.weights.size() + 1))
{
    for (const auto &[feature, own] : from.weights) {
        if (own.empty())
            continue;
        auto at = feature & (slots.size() - 1);
        while (slots[at].count > 0)
            at = (at + 1) & (slots.size() - 1);
        slots[at] = {feature, static_cast<std::uint32_t>(weights.size()), static_cast<std::uint32_t>(own.size())};
        weights.insert(weights.end(), own.begin(), own.end());
    }
}

std::span<const TagWeight> Tagger::Table::of(Feature feature) const
{
    for (auto at = feature & (slots.size() - 1); slots[at].count > 0; at = (at + 1) & (slots.size() - 1))
        if (slots[at].feature == feature)
            return std::span(weights).subspan(slots[at].first, slots[at].count);
    return {};
}

int Tagger::number(std::string_view tag) const
{
    const auto found = std::ranges::find(m_table->tags, tag);
    return found == m_table->tags.end() ? -1 : static_cast<int>(found - m_table->tags.begin());
}

std::vector<std::uint8_t> Tagger::numbers(std::span<const std::string> words) const
{
    TaggerSentence sentence;
    sentence.words.assign(words.begin(), words.end());
    for (const auto &word : words) {
        sentence.lower.push_back(taggerForm(word));
        const auto found = m_table->lexicon.find(sentence.lower.back());
        sentence.classes.push_back(found == m_table->lexicon.end() ? AmbiguityClass{0} : found->second);
    }
    std::vector<float> fixed(words.size() * m_table->tags.size());
    std::vector<Feature> features;
    const auto addTo = [&](float *scores) {
        for (const auto feature : features)
            for (const auto &[tag, weight] : m_table->of(feature))
                scores[tag] += weight;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        features.clear();
        addWordFeatures(sentence, i, features);
        addTo(fixed.data() + i * m_table->tags.size());
    }
    std::vector<std::uint8_t> numbers(words.size());
    std::vector<float> scores(m_table->tags.size());
    for (const bool isSecond : {false, true})
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto *own = fixed.data() + i * scores.size();
            std::copy(own, own + scores.size(), scores.begin());
            features.clear();
            const int before = i > 0 ? numbers[i - 1] : noTag;
            addTagFeatures(sentence, i, before, i > 1 ? numbers[i - 2] : noTag, features);
            if (isSecond) // the tags behind are still those of the first pass
                addNextTagFeatures(sentence, i, before, i + 1 < words.size() ? numbers[i + 1] : noTag,
                                   i + 2 < words.size() ? numbers[i + 2] : noTag, features);
            addTo(scores.data());
            numbers[i] = static_cast<std::uint8_t>(std::ranges::max_element(scores) - scores.begin());
        }
    return numbers;
}

std::vector<std::string> Tagger::tag(std::span<const std::string> words) const
{
    std::vector<std::string> named;
    for (const auto number : numbers(words))
        named.push_back(m_table->tags[number]);
    return named;
}

// tags, classes  text, one a line    lexicon  text, "word<TAB>class" a line
// keys   n × 4   the features' hashes, lowest byte first     counts  n   weights of each feature
// tag, weight  m bytes, in the order of the features; a weight is (byte − 128) × scale
Result<> Tagger::save(const std::filesystem::path &file) const
{
    float largest = 1e-6F;
    for (const auto &one : m_table->weights)
        largest = std::max(largest, std::abs(one.weight));
    const float scale = largest / 127;
    std::vector<Feature> order;
    for (const auto &slot : m_table->slots)
        if (slot.count > 0)
            order.push_back(slot.feature);
    std::ranges::sort(order);
    std::vector<float> keys, counts, tags, weights, lexicon;
    for (const auto feature : order) {
        std::vector<std::pair<std::uint8_t, int>> kept;
        for (const auto &one : m_table->of(feature))
            if (const auto step = static_cast<int>(std::lround(one.weight / scale)); step != 0)
                kept.emplace_back(one.tag, step);
        if (kept.empty())
            continue;
        for (unsigned shift = 0; shift < 32; shift += 8)
            keys.push_back(static_cast<float>((feature >> shift) & 0xFFU));
        counts.push_back(static_cast<float>(kept.size()));
        for (const auto &[tag, step] : kept) {
            tags.push_back(tag);
            weights.push_back(static_cast<float>(step + 128));
        }
    }
    std::vector<std::string> lines;
    for (const auto &[word, kind] : m_table->lexicon)
        lines.push_back(fmt::format("{}\t{}\n", word, kind));
    std::ranges::sort(lines);
    for (const auto &line : lines)
        for (const char c : line)
            lexicon.push_back(static_cast<unsigned char>(c));
    const std::vector<TensorData> tensors = {
        bytesNamed("keys", std::move(keys)), bytesNamed("counts", std::move(counts)),
        bytesNamed("tag", std::move(tags)), bytesNamed("weight", std::move(weights)),
        bytesNamed("lexicon", std::move(lexicon))};
    return writeTensorFile(
        file, tensors,
        {{"tags", fmt::format("{}", fmt::join(m_table->tags, " "))}, {"scale", fmt::format("{}", scale)}});
}

Result<Tagger> Tagger::load(const std::filesystem::path &path)
{
    const auto subject = displayText(path);
    const auto file = TensorFile::open(path);
    if (!file)
        return fail(file.error());
    const auto corrupt = [&](const char *what) { return fail(Errc::Corrupt, subject, what); };
    const auto names = file->metadata().find("tags");
    const auto scaleText = file->metadata().find("scale");
    std::array<std::span<const std::byte>, 5> parts;
    constexpr std::array<std::string_view, 5> partNames = {"keys", "counts", "tag", "weight", "lexicon"};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto *view = file->find(partNames[i]);
        if (!view || view->type != TensorType::UInt8)
            return corrupt("it is no tagger: a table of bytes is missing");
        parts[i] = view->bytes;
    }
    if (names == file->metadata().end() || scaleText == file->metadata().end())
        return corrupt("it is no tagger: its tags are missing");
    const auto [keys, counts, tags, weights, lexicon] = parts;
    TaggerWeights table;
    for (std::size_t at = 0; at < names->second.size();) {
        const auto end = std::min(names->second.find(' ', at), names->second.size());
        table.tags.push_back(names->second.substr(at, end - at));
        at = end + 1;
    }
    const float scale = std::strtof(scaleText->second.c_str(), nullptr);
    if (table.tags.empty() || table.tags.size() > mostTags || !std::isfinite(scale) || !(scale > 0))
        return corrupt("its tags or its scale are out of range");
    if (keys.size() != counts.size() * 4 || tags.size() != weights.size())
        return corrupt("its tables do not fit each other");
    const auto byte = [](std::byte value) { return std::to_integer<unsigned>(value); };
    std::size_t next = 0;
    table.weights.reserve(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        Feature feature = 0;
        for (unsigned k = 0; k < 4; ++k)
            feature |= byte(keys[i * 4 + k]) << (8 * k);
        auto &own = table.weights[feature];
        for (unsigned k = 0; k < byte(counts[i]); ++k, ++next) {
            if (next >= tags.size() || byte(tags[next]) >= table.tags.size())
                return corrupt("a weight belongs to no tag");
            own.push_back(
                {static_cast<std::uint8_t>(byte(tags[next])), (static_cast<float>(byte(weights[next])) - 128) * scale});
        }
    }
    if (next != tags.size())
        return corrupt("weights are left over");
    const std::string_view text(reinterpret_cast<const char *>(lexicon.data()), lexicon.size());
    for (const auto line : linesOf(text)) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos)
            return corrupt("a line of the lexicon has no class");
        table.lexicon[std::string(line.substr(0, tab))] =
            static_cast<AmbiguityClass>(std::atoi(std::string(line.substr(tab + 1)).c_str()));
    }
    return Tagger(std::move(table));
}

} // namespace photolex::text
