#include "core/search/snapshot_p.h"

#include "core/base/log.h"

#include <algorithm>
#include <cmath>

namespace photolex::search {

namespace {

constexpr std::uintmax_t smallFileBytes = 24U << 20; // read again within a few milliseconds
constexpr std::size_t sampleSize = 1000;             // photos that the background is measured on
constexpr std::size_t backgroundWords = 400;
constexpr std::size_t nameWords = 1000;
constexpr std::size_t backgroundPhotos = 100;
constexpr std::size_t typicalSentences = 1000; // that crowding is measured with
constexpr std::size_t fewPhotos = 50;          // among so few, two that are alike would count as what is usual
constexpr std::size_t frequentWords = 8000;    // the vocabulary is ordered by frequency

// Indices of `count` words spread over the frequent part of the vocabulary, less the stop words among them.
std::vector<std::size_t> spreadWords(const text::Vocabulary &vocabulary, std::size_t count)
{
    std::vector<std::size_t> words;
    const auto last = std::min(vocabulary.size(), frequentWords);
    const auto step = std::max<std::size_t>(1, last / count);
    for (std::size_t i = 2; i < last; i += step)
        if (!text::isStopWord(vocabulary.words()[i]))
            words.push_back(i);
    return words;
}

} // namespace

float endLine(const Snapshot &snapshot, const Crowd *crowd, std::span<const Candidate> hits,
              std::span<const std::string> own)
{
    const float plain = crowd ? crowd->background().above(Background::loweredStrictness)
                              : snapshot.background.above(Background::strictness);
    const float lowest = crowd ? crowd->background().above(Background::leastLoweredStrictness)
                               : snapshot.background.above(Background::leastStrictness);
    const auto &names = *snapshot.names;
    if (names.words.empty())
        return plain;
    std::vector<std::size_t> counted;
    for (std::size_t i = 0; i < names.words.size(); ++i)
        if (std::ranges::find(own, names.words[i]) == own.end())
            counted.push_back(i);
    std::vector<float> scores(names.words.size());
    double logarithms = 0;
    std::size_t kept = 0, seen = 0;
    for (const auto &hit : hits.first(std::min(hits.size(), hitsForLine))) {
        const auto index = snapshot.rows->indexOf(hit.photo);
        if (hit.score < lowest || index < 0)
            break;
        embedding::scoreAll(*names.points, snapshot.rows->row(static_cast<std::size_t>(index)), scores);
        const auto better = std::ranges::count_if(counted, [&](std::size_t i) { return scores[i] > hit.similarity; });
        // Half a word more, so that the logarithm of none is a number.
        logarithms += std::log((static_cast<double>(better) + 0.5) / static_cast<double>(names.words.size()));
        ++seen;
        const double most = hit.score >= plain ? Background::mostBetterWords : Background::fewestBetterWords;
        if (logarithms / static_cast<double>(seen) <= std::log(most))
            kept = seen;
    }
    if (kept == 0)
        return hits.empty() ? plain : std::max(plain, std::nextafter(hits.front().score, 2.0F));
    // Everything that was looked at is well named: then the first measure alone ends it.
    if (kept == seen)
        return std::min(plain, seen == hitsForLine ? hits[kept - 1].score : lowest);
    return hits[kept - 1].score;
}

Snapshots::Snapshots(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const joint::Encoder> encoder)
    : m_catalogue(std::move(catalogue))
    , m_encoder(std::move(encoder))
    , m_file(m_catalogue->rowFile(embedding::pointRowsName(m_encoder->hash())))
{
}

Snapshots::~Snapshots() = default;

std::shared_ptr<const Names> Snapshots::names(std::span<const float> points) const
{
    const std::lock_guard lock(m_namesMutex);
    if (m_names)
        return m_names;
    auto names = std::make_shared<Names>();
    const auto width = static_cast<std::size_t>(m_encoder->dimension());
    std::vector<PhotoId> numbers;
    std::vector<float> values;
    for (const auto index : spreadWords(m_encoder->vocabulary(), nameWords)) {
        const auto point = points.subspan(index * width, width);
        numbers.push_back({static_cast<std::int64_t>(numbers.size() + 1)});
        values.insert(values.end(), point.begin(), point.end());
        names->words.push_back(m_encoder->vocabulary().words()[index]);
    }
    names->points = embedding::Rows::fromMemory(std::move(numbers), values, m_encoder->dimension());
    // A word whose point is not finite has left the rows: then the words no longer stand beside them.
    if (names->points->size() != names->words.size())
        names = std::make_shared<Names>();
    m_names = std::move(names);
    return m_names;
}

Result<std::shared_ptr<const embedding::Rows>> Snapshots::typical() const
{
    const std::lock_guard lock(m_namesMutex);
    if (m_typical)
        return m_typical;
    const auto points = joint::typicalPoints(*m_encoder, typicalSentences);
    if (!points)
        return fail(points.error());
    std::vector<PhotoId> numbers(points->size() / static_cast<std::size_t>(m_encoder->dimension()));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = {static_cast<std::int64_t>(i + 1)};
    return m_typical = embedding::Rows::fromMemory(std::move(numbers), *points, m_encoder->dimension());
}

Result<std::shared_ptr<const Snapshot>> Snapshots::load(std::uint64_t revision) const
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->revision = revision;
    auto rows = embedding::Rows::open(m_file, m_encoder->hash());
    if (rows)
        snapshot->rows = std::move(*rows);
    else if (rows.error().code == Errc::NotFound)
        snapshot->rows = embedding::Rows::fromMemory({}, {}, m_encoder->dimension());
    else
        return fail(rows.error());

    const auto points = m_encoder->wordPoints();
    if (!points)
        return fail(points.error());
    const auto width = static_cast<std::size_t>(m_encoder->dimension());
    snapshot->names = names(*points);
    snapshot->mean.assign(width, 0);
    const auto &all = *snapshot->rows;
    const auto count = std::min(all.size(), sampleSize);
    if (count == 0)
        return snapshot;
    std::vector<PhotoId> ids;
    std::vector<float> values;
    ids.reserve(count);
    values.reserve(count * width);
    for (std::size_t i = 0; i < count; ++i) {
        const auto index = i * all.size() / count;
        const auto row = all.row(index);
        for (std::size_t k = 0; k < width; ++k)
            snapshot->mean[k] += row[k] / static_cast<float>(count);
        ids.push_back(all.ids()[index]);
        values.insert(values.end(), row.begin(), row.end());
    }
    // As rows, so that the fast scan does the work: this runs again whenever photos were added.
    const auto sample = embedding::Rows::fromMemory(std::move(ids), values, all.dimension());
    std::vector<float> scores(count);
    std::vector<float> words;
    Spread ofWords;
    for (const auto word : spreadWords(m_encoder->vocabulary(), backgroundWords)) {
        const auto point = points->subspan(word * width, width);
        embedding::scoreAll(*sample, point, scores);
        for (const float score : scores)
            ofWords.add(score);
        words.insert(words.end(), point.begin(), point.end());
    }
    snapshot->ofWords = std::make_shared<Crowd>(joint::crowdingOfWords, snapshot->names->points, *sample, words);
    auto sentences = typical();
    if (!sentences)
        return fail(sentences.error());
    snapshot->ofSentences = std::make_shared<Crowd>(joint::crowdingOfSentences, std::move(*sentences), *sample, words);
    snapshot->background = snapshot->photoBackground = ofWords.background();
    if (count < fewPhotos)
        return snapshot;
    Spread ofPhotos;
    for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, count / backgroundPhotos)) {
        embedding::scoreAll(*sample, std::span(values).subspan(i * width, width), scores);
        for (std::size_t other = 0; other < count; ++other)
            if (other != i)
                ofPhotos.add(scores[other]);
    }
    snapshot->photoBackground = ofPhotos.background();
    return snapshot;
}

Result<std::shared_ptr<const Snapshot>> Snapshots::current()
{
    const auto revision = m_catalogue->revision();
    std::error_code ignored;
    const std::lock_guard lock(m_mutex);
    if (m_snapshot && m_snapshot->revision == revision)
        return m_snapshot;
    const auto size = std::filesystem::file_size(m_file, ignored);
    if (!m_snapshot || ignored || size < smallFileBytes) {
        auto loaded = load(revision);
        if (!loaded)
            return fail(loaded.error());
        m_snapshot = std::move(*loaded);
        return m_snapshot;
    }
    if (!m_isLoading && std::chrono::steady_clock::now() >= m_nextLoad) {
        m_isLoading = true;
        m_loader = std::jthread([this, revision] {
            const auto begin = std::chrono::steady_clock::now();
            auto loaded = load(revision);
            const auto end = std::chrono::steady_clock::now();
            const std::lock_guard inner(m_mutex);
            if (loaded)
                m_snapshot = std::move(*loaded);
            else
                log::warn("{}: {}", loaded.error().subject, loaded.error().detail);
            m_isLoading = false;
            m_nextLoad =
                end + std::max<std::chrono::steady_clock::duration>(std::chrono::seconds(1), 10 * (end - begin));
        });
    }
    return m_snapshot;
}

} // namespace photolex::search
