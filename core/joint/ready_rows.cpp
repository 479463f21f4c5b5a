#include "core/joint/ready_rows.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/model/ready_rows.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>

namespace photolex::joint {

namespace {

namespace fs = std::filesystem;

// What is left of a sentence when case and punctuation do not matter.
std::string wordsOf(std::string_view sentence)
{
    const auto normal = text::normalize(sentence);
    return normal ? fmt::format("{}", fmt::join(text::tokenize(*normal), " ")) : std::string();
}

std::vector<float> rowOf(const TensorView &rows, std::size_t index)
{
    std::vector<float> row(static_cast<std::size_t>(rows.shape[1]));
    const auto bytes = row.size() * sizeof(float);
    std::memcpy(row.data(), rows.bytes.data() + index * bytes, bytes); // they may be unaligned
    return row;
}

std::string_view nameOf(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1);
}

class RowsEncoder : public Encoder {
public:
    RowsEncoder(std::shared_ptr<const ReadyRows> rows, const model::EncoderEntry &entry, std::string hash,
                text::Vocabulary vocabulary)
        : m_rows(std::move(rows))
        , m_entry(entry)
        , m_hash(std::move(hash))
        , m_vocabulary(std::move(vocabulary))
        , m_wordPoints(m_vocabulary.size() * static_cast<std::size_t>(entry.dimension))
    {
    }

    const model::EncoderEntry &entry() const override { return m_entry; }
    const std::string &hash() const override { return m_hash; }
    const text::Vocabulary &vocabulary() const override { return m_vocabulary; } // the two marks: it knows no words
    const ReadyRows *readyRows() const override { return m_rows.get(); }
    Result<std::span<const float>> wordPoints() const override { return std::span<const float>(m_wordPoints); }

    // A sentence is one word to it, whose id is the number of its row.
    Result<text::ReadText> read(std::string_view sentence) const override
    {
        if (m_rows->sentences().empty())
            return fail(Errc::Unsupported, m_entry.id,
                        "these rows came without sentences, so the encoder has no text side: ask it with a photo");
        if (!isValidUtf8(sentence))
            return fail(Errc::Invalid, displayText(sentence), "it is not UTF-8");
        text::ReadText read;
        if (const auto row = m_rows->sentence(sentence); row >= 0) {
            read.ids.push_back(static_cast<std::int32_t>(row));
            read.words.emplace_back(sentence);
        } else {
            read.unknown.emplace_back(sentence);
        }
        return read;
    }

    Result<std::vector<float>> imagePoints(std::span<const float>) const override
    {
        return fail(Errc::Unsupported, m_entry.id,
                    "its rows were computed elsewhere: it has points of the photos that came with them alone");
    }

    Result<std::vector<float>> sentencePoints(std::span<const std::string> sentences) const override
    {
        std::vector<float> points;
        points.reserve(sentences.size() * static_cast<std::size_t>(dimension()));
        for (const auto &sentence : sentences) {
            const auto one = sentencePoint(sentence);
            if (!one)
                return fail(one.error());
            points.insert(points.end(), one->point.begin(), one->point.end());
        }
        return points;
    }

    Result<SentencePoint> sentencePoint(std::string_view sentence) const override
    {
        auto understood = read(sentence);
        if (!understood)
            return fail(understood.error());
        if (understood->ids.empty())
            return fail(Errc::Invalid, displayText(sentence.substr(0, 200)),
                        "it is none of the sentences that came with the rows");
        auto point = m_rows->sentenceRow(static_cast<std::size_t>(understood->ids.front()));
        return SentencePoint{std::move(point), std::move(*understood)};
    }

private:
    std::shared_ptr<const ReadyRows> m_rows;
    model::EncoderEntry m_entry;
    std::string m_hash;
    text::Vocabulary m_vocabulary;
    std::vector<float> m_wordPoints; // zeros
};

} // namespace

Result<std::shared_ptr<const ReadyRows>> ReadyRows::open(const model::Bundle &bundle)
{
    const auto &manifest = bundle.manifest();
    auto rows = std::make_shared<ReadyRows>();
    auto points = TensorFile::open(bundle.file(manifest.network.file));
    if (!points)
        return fail(points.error());
    auto texts = TensorFile::open(bundle.file(manifest.encoders.front().file));
    if (!texts)
        return fail(texts.error());
    const auto paths = readTextFile(bundle.file(model::rowPathsFile));
    if (!paths)
        return fail(paths.error());
    auto sentences = readLines(bundle.file(model::rowSentencesFile));
    if (!sentences)
        return fail(sentences.error());
    rows->m_points = std::move(*points);
    rows->m_texts = std::move(*texts);
    for (const auto path : partsOf(*paths, '\0'))
        rows->m_paths.emplace_back(path);
    rows->m_sentences = std::move(*sentences);
    const auto countOf = [](const TensorFile &file, std::string_view name) {
        const auto *tensor = file.find(name);
        return tensor ? static_cast<std::size_t>(tensor->shape[0]) : std::size_t{0};
    };
    if (countOf(rows->m_points, "points") != rows->m_paths.size() ||
        countOf(rows->m_texts, "texts") != rows->m_sentences.size())
        return fail(Errc::Corrupt, displayText(bundle.folder()),
                    "the numbers of rows, paths and sentences differ: import it again");
    for (std::size_t i = 0; i < rows->m_sentences.size(); ++i) {
        rows->m_byText.emplace(rows->m_sentences[i], i);
        if (auto words = wordsOf(rows->m_sentences[i]); !words.empty())
            rows->m_byWords.emplace(std::move(words), i);
    }
    return rows;
}

std::vector<float> ReadyRows::row(std::size_t index) const
{
    return rowOf(*m_points.find("points"), index);
}

std::vector<float> ReadyRows::sentenceRow(std::size_t index) const
{
    return rowOf(*m_texts.find("texts"), index);
}

std::ptrdiff_t ReadyRows::sentence(std::string_view text) const
{
    if (const auto found = m_byText.find(std::string(text)); found != m_byText.end())
        return static_cast<std::ptrdiff_t>(found->second);
    const auto found = m_byWords.find(wordsOf(text));
    return found == m_byWords.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
}

Result<std::vector<float>> ReadyRows::pointsOf(std::span<const fs::path> photos) const
{
    std::vector<std::string> absolute;
    for (const auto &photo : photos) {
        std::error_code ignored;
        absolute.push_back(fs::absolute(photo, ignored).lexically_normal().native());
    }
    const auto match = matchPaths(m_paths, absolute);
    std::vector<float> points;
    for (std::size_t i = 0; i < absolute.size(); ++i) {
        if (match.rowOf[i] < 0)
            return fail(Errc::NotFound, displayText(absolute[i]),
                        fmt::format("no row came for it; {} of {} photos have one",
                                    std::ranges::count_if(match.rowOf, [](auto row) { return row >= 0; }),
                                    absolute.size()));
        const auto own = row(static_cast<std::size_t>(match.rowOf[i]));
        points.insert(points.end(), own.begin(), own.end());
    }
    return points;
}

PathMatch matchPaths(std::span<const std::string> rows, std::span<const std::string> photos)
{
    PathMatch match;
    match.rowOf.assign(photos.size(), -1);
    std::unordered_map<std::string_view, std::vector<std::size_t>> photosOfName;
    for (std::size_t i = 0; i < photos.size(); ++i)
        photosOfName[nameOf(photos[i])].push_back(i);
    std::unordered_map<std::string_view, std::size_t> rowsOfName;
    for (const auto &row : rows)
        ++rowsOfName[nameOf(row)];

    enum class Fate : std::uint8_t { Open, Matched, Ambiguous };
    std::vector<Fate> fates(rows.size(), Fate::Open);
    const auto claim = [&](std::size_t row, std::size_t photo, std::size_t &counter) {
        if (match.rowOf[photo] >= 0) { // another row was there first
            fates[row] = Fate::Ambiguous;
            return;
        }
        match.rowOf[photo] = static_cast<std::ptrdiff_t>(row);
        fates[row] = Fate::Matched;
        ++counter;
    };
    const auto candidates = [&](std::size_t row) -> const std::vector<std::size_t> & {
        static const std::vector<std::size_t> none;
        const auto found = photosOfName.find(nameOf(rows[row]));
        return found == photosOfName.end() ? none : found->second;
    };
    // The surest way first, for all rows: what is found by its path is not taken by another's name.
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].starts_with('/'))
            for (const auto photo : candidates(i))
                if (photos[photo] == rows[i])
                    claim(i, photo, match.byPath);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (fates[i] != Fate::Open || rows[i].starts_with('/') || rows[i].find('/') == std::string::npos)
            continue;
        const auto ending = '/' + rows[i];
        std::vector<std::size_t> found;
        std::ranges::copy_if(candidates(i), std::back_inserter(found),
                             [&](std::size_t photo) { return photos[photo].ends_with(ending); });
        if (found.size() == 1)
            claim(i, found.front(), match.byEnding);
        else if (found.size() > 1)
            fates[i] = Fate::Ambiguous;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (fates[i] != Fate::Open)
            continue;
        const auto &found = candidates(i);
        if (found.size() == 1 && rowsOfName[nameOf(rows[i])] == 1)
            claim(i, found.front(), match.byName);
        else if (!found.empty())
            fates[i] = Fate::Ambiguous;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (fates[i] == Fate::Open)
            match.unmatched.push_back(i);
        else if (fates[i] == Fate::Ambiguous)
            match.ambiguous.push_back(i);
    }
    return match;
}

Result<std::shared_ptr<const Encoder>> openReadyRows(const model::Bundle &bundle)
{
    auto rows = ReadyRows::open(bundle);
    if (!rows)
        return fail(rows.error());
    auto vocabulary = text::Vocabulary::create({});
    if (!vocabulary)
        return fail(vocabulary.error());
    const auto &entry = bundle.manifest().encoders.front();
    return std::make_shared<RowsEncoder>(std::move(*rows), entry, bundle.encoderHash(entry), std::move(*vocabulary));
}

} // namespace photolex::joint
