#include "core/search/snapshot_p.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace photolex::search {

namespace {

constexpr std::size_t mostTextHits = 5000;
constexpr std::size_t mostExplained = 200; // matches whose words are weighed: those that a screen or a page shows
// Rare words are noise where common ones fit nearly as well, and the only right ones for a toucan: none is left out,
// but each loses this part of the background's deviation for every e-fold of its place in the vocabulary, which is
// ordered by frequency. Measured beside the first 10,000 words alone and no cost: of the five nearest words of the
// 1,000 dev photos of Flickr8k, 33 instead of 25 % stand in their captions (39 % at 0.4, but captions name what is
// usual), and for the classifier's rows of ImageNet's 1,000 classes the class is among the five for 99.9 instead of 76
// %.
constexpr float rarityCost = 0.2F;
constexpr double commonWords = 50;     // these are equally common
constexpr std::ptrdiff_t fewWords = 2; // a query of no more is like a word, one of more like a sentence
constexpr float meanShare = 0.5F;      // of a word's score with the average photo, taken off its score

// Text hits come before every meaning score, and among themselves in this order.
float textScore(const catalogue::Catalogue::TextHit &hit)
{
    static const std::map<std::string_view, float> weights = {
        {"caption", 1.8F}, {"keyword", 1.6F}, {"title", 1.4F}, {"name", 1.2F}, {"folder", 1.0F}};
    const auto found = weights.find(hit.where);
    const auto within = static_cast<float>(0.19 * (1 - 1 / (1 + std::max(0.0, hit.rank))));
    return (found == weights.end() ? 1.0F : found->second) + within;
}

Why whyOf(std::string_view where)
{
    static const std::map<std::string_view, Why> kinds = {{"caption", Why::Caption},
                                                          {"keyword", Why::Keyword},
                                                          {"title", Why::Title},
                                                          {"name", Why::Name},
                                                          {"folder", Why::Folder}};
    const auto found = kinds.find(where);
    return found == kinds.end() ? Why::Name : found->second;
}

bool scaleToUnit(std::vector<float> &point)
{
    const double squares = std::inner_product(point.begin(), point.end(), point.begin(), 0.0);
    if (!(squares > 1e-12) || !std::isfinite(squares))
        return false;
    for (auto &value : point)
        value = static_cast<float>(value / std::sqrt(squares));
    return true;
}

// "dogs" beside "dog", "boxes" beside "box": one of them says enough.
std::string stemOf(std::string_view word)
{
    for (const std::string_view ending : {"ies", "es", "s"})
        if (word.size() > ending.size() + 2 && word.ends_with(ending))
            return std::string(word.substr(0, word.size() - ending.size()));
    return std::string(word.ends_with('y') || word.ends_with('e') ? word.substr(0, word.size() - 1) : word);
}

// What to ask the full text for, so that "-car" drops cars and leaves the carpet: the last word of a text query also
// finds what begins with it, so it is given twice, in both numbers and all spellings.
std::vector<std::vector<std::string>> exactForms(const std::vector<std::string> &words)
{
    std::vector<std::vector<std::string>> forms;
    if (words.empty())
        return forms;
    const auto add = [&](const std::string &last) {
        forms.push_back(words);
        forms.back().back() = last;
        forms.back().push_back(last);
    };
    const auto &last = words.back();
    add(last);
    for (const auto &other : text::variants(last))
        add(other);
    return forms;
}

class EngineOfRows : public Engine {
public:
    EngineOfRows(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const joint::Encoder> encoder)
        : m_catalogue(std::move(catalogue))
        , m_encoder(std::move(encoder))
        , m_snapshots(m_catalogue, m_encoder)
        , m_passing(m_catalogue)
    {
    }

    const joint::Encoder &encoder() const override { return *m_encoder; }
    Result<Answer> search(const Query &query, const std::stop_token &stop) const override;
    Result<std::vector<Word>> nearestWords(std::span<const float> point, std::size_t count) const override;

    Result<std::shared_ptr<const embedding::Rows>> rows() const override
    {
        const auto snapshot = m_snapshots.current();
        if (!snapshot)
            return fail(snapshot.error());
        return (*snapshot)->rows;
    }

    Result<std::vector<float>> pointOf(PhotoId photo) const override
    {
        const auto snapshot = m_snapshots.current();
        if (!snapshot)
            return fail(snapshot.error());
        const auto index = (*snapshot)->rows->indexOf(photo);
        if (index < 0)
            return fail(Errc::NotFound, fmt::format("photo {}", photo.value), "it is not embedded yet");
        return (*snapshot)->rows->row(static_cast<std::size_t>(index));
    }

private:
    // The query's point; empty: nothing in it has a meaning that is known.
    Result<std::vector<float>> pointOfQuery(const Query &query, Answer &answer) const;
    static std::vector<std::uint8_t> allowedRows(const Query &query, std::span<const PhotoId> passing,
                                                 const embedding::Rows &rows, Answer &answer);
    Result<> dropNegatives(const ParsedQuery &parsed, const Snapshot &snapshot, std::vector<std::uint8_t> &allowed,
                           std::unordered_set<std::int64_t> &dropped) const;
    Result<std::vector<catalogue::Catalogue::TextHit>> textHits(const ParsedQuery &parsed) const;
    // What the query is like: a word or two, or a sentence. Null: its scores stay as they are.
    static const Crowd *crowdOf(const Query &query, const Snapshot &snapshot, const ParsedQuery &parsed);
    static float lineOf(const Query &query, const Snapshot &snapshot, const ParsedQuery &parsed, const Crowd *crowd,
                        std::span<const Candidate> hits);
    Result<> explainMatches(const Query &query, const embedding::Rows &rows, Answer &answer) const;

    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const joint::Encoder> m_encoder;
    mutable Snapshots m_snapshots;
    mutable PassingPhotos m_passing;
};

Result<std::vector<float>> EngineOfRows::pointOfQuery(const Query &query, Answer &answer) const
{
    std::vector<float> point = query.point;
    if (!point.empty() && point.size() != static_cast<std::size_t>(m_encoder->dimension()))
        return fail(Errc::Invalid, "point", "it is of another encoder");
    if (answer.parsed.words.empty())
        return point;
    const auto &vocabulary = m_encoder->vocabulary();
    const auto read = m_encoder->read(answer.parsed.positive);
    if (!read)
        return fail(read.error());
    answer.queryCut = answer.queryCut || read->cut;
    answer.unknown = read->unknown;
    answer.mostlyUnknown = 2 * read->unknown.size() > read->unknown.size() + read->words.size();
    for (const auto &word : answer.unknown)
        if (auto neighbours = vocabulary.spellingNeighbours(word); !neighbours.empty())
            answer.suggestions.emplace_back(word, std::move(neighbours));
    if (read->ids.empty())
        return point;
    auto sentence = m_encoder->sentencePoint(answer.parsed.positive);
    if (!sentence)
        return fail(sentence.error());
    if (point.empty())
        return std::move(sentence->point);
    for (std::size_t k = 0; k < point.size(); ++k)
        point[k] += sentence->point[k];
    if (!scaleToUnit(point))
        point.clear();
    return point;
}

// One flag a row: passes the filter, is not missing, is not the photo itself.
std::vector<std::uint8_t> EngineOfRows::allowedRows(const Query &query, std::span<const PhotoId> passing,
                                                    const embedding::Rows &rows, Answer &answer)
{
    std::vector<std::uint8_t> allowed(rows.size(), 0);
    std::size_t i = 0;
    std::size_t found = 0;
    for (const auto id : passing) {
        while (i < rows.size() && rows.ids()[i] < id)
            ++i;
        if (i < rows.size() && rows.ids()[i] == id) {
            allowed[i] = 1;
            ++found;
        }
    }
    answer.withoutRow = static_cast<std::int64_t>(passing.size() - found);
    if (query.similarTo)
        if (const auto own = rows.indexOf(*query.similarTo); own >= 0)
            allowed[static_cast<std::size_t>(own)] = 0;
    return allowed;
}

// A photo goes when its own words contain the negative one, or when the word is likely to be seen in it.
Result<> EngineOfRows::dropNegatives(const ParsedQuery &parsed, const Snapshot &snapshot,
                                     std::vector<std::uint8_t> &allowed,
                                     std::unordered_set<std::int64_t> &dropped) const
{
    const auto &rows = *snapshot.rows;
    for (const auto &negative : parsed.negative) {
        for (const auto &words : exactForms(text::tokenize(negative))) {
            const auto named = m_catalogue->findText(words, std::numeric_limits<std::int32_t>::max());
            if (!named)
                return fail(named.error());
            for (const auto &hit : *named)
                dropped.insert(hit.photo.value);
        }
        const auto point = m_encoder->sentencePoint(negative);
        if (!point)
            continue; // no word of it is known: its text alone decides
        std::vector<float> scores(rows.size());
        embedding::scoreAll(rows, point->point, scores);
        for (std::size_t i = 0; i < scores.size(); ++i)
            if (scores[i] >= snapshot.background.above(Background::negativeStrictness))
                dropped.insert(rows.ids()[i].value);
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (dropped.contains(rows.ids()[i].value))
            allowed[i] = 0;
    return {};
}

Result<std::vector<catalogue::Catalogue::TextHit>> EngineOfRows::textHits(const ParsedQuery &parsed) const
{
    std::vector<std::string> words;
    std::ranges::copy_if(parsed.words, std::back_inserter(words),
                         [](const auto &word) { return !text::isStopWord(word); });
    if (words.empty())
        words = parsed.words;
    if (words.empty())
        return std::vector<catalogue::Catalogue::TextHit>();
    return m_catalogue->findText(words, mostTextHits);
}

Result<> EngineOfRows::explainMatches(const Query &query, const embedding::Rows &rows, Answer &answer) const
{
    if (!query.explain || answer.parsed.words.empty())
        return {};
    std::vector<float> points;
    std::vector<Match *> explained;
    for (auto &match : answer.matches) {
        if (explained.size() >= mostExplained)
            break;
        if (const auto index = rows.indexOf(match.photo); index >= 0) {
            const auto row = rows.row(static_cast<std::size_t>(index));
            points.insert(points.end(), row.begin(), row.end());
            explained.push_back(&match);
        }
    }
    if (explained.empty())
        return {};
    auto shares = m_encoder->explainAll(answer.parsed.positive, points);
    if (!shares)
        return fail(shares.error());
    for (std::size_t i = 0; i < explained.size(); ++i)
        explained[i]->why = std::move((*shares)[i]);
    return {};
}

const Crowd *EngineOfRows::crowdOf(const Query &query, const Snapshot &snapshot, const ParsedQuery &parsed)
{
    if (!query.point.empty())
        return nullptr;
    const auto words = std::ranges::count_if(parsed.words, [](const auto &word) { return !text::isStopWord(word); });
    const auto *crowd = words <= fewWords ? snapshot.ofWords.get() : snapshot.ofSentences.get();
    return crowd && !crowd->isEmpty() ? crowd : nullptr;
}

float EngineOfRows::lineOf(const Query &query, const Snapshot &snapshot, const ParsedQuery &parsed, const Crowd *crowd,
                           std::span<const Candidate> hits)
{
    if (query.point.empty())
        return endLine(snapshot, crowd, hits, parsed.words);
    const float ofPhotos = snapshot.photoBackground.above(Background::photoStrictness);
    if (parsed.words.empty())
        return ofPhotos;
    return std::max(ofPhotos, snapshot.background.above(Background::photoStrictness));
}

Result<Answer> EngineOfRows::search(const Query &query, const std::stop_token &stop) const
{
    Answer answer;
    auto parsed = parseQuery(query.text);
    if (!parsed)
        return fail(parsed.error());
    answer.parsed = std::move(*parsed);
    answer.queryCut = answer.parsed.cut;
    const auto current = m_snapshots.current();
    if (!current)
        return fail(current.error());
    const auto &snapshot = **current;
    const auto &rows = *snapshot.rows;
    const auto cancelled = [&] {
        return fail(Errc::Cancelled, displayText(query.text.substr(0, 80)), "a newer query came");
    };

    const auto point = pointOfQuery(query, answer);
    if (!point)
        return fail(point.error());
    answer.point = *point;
    if (stop.stop_requested())
        return cancelled();
    const auto passed = m_passing.photos(query.filter);
    if (!passed)
        return fail(passed.error());
    const auto &passing = **passed;
    auto allowed = allowedRows(query, passing, rows, answer);
    if (answer.parsed.words.empty() && answer.parsed.negative.empty() && point->empty())
        return answer; // nothing was asked
    std::unordered_set<std::int64_t> dropped;
    if (!answer.parsed.negative.empty())
        if (auto done = dropNegatives(answer.parsed, snapshot, allowed, dropped); !done)
            return fail(done.error());
    const auto texts = textHits(answer.parsed);
    if (!texts)
        return fail(texts.error());
    if (stop.stop_requested())
        return cancelled();

    answer.cut = snapshot.background.above(Background::strictness);
    std::vector<Candidate> hits;
    if (!point->empty()) {
        const auto *crowd = crowdOf(query, snapshot, answer.parsed);
        const auto count = std::max(query.count + texts->size(), crowd ? Crowd::mostLowered : hitsForLine);
        for (const auto &hit : nearest(rows, *point, count, allowed))
            hits.push_back({hit.photo, hit.score, hit.score});
        if (crowd)
            crowd->lower(hits, rows);
        answer.cut = lineOf(query, snapshot, answer.parsed, crowd, hits);
    } else {
        // Only negative or unknown words: what is left, in order of id, with no claim of relevance.
        for (std::size_t i = 0; i < rows.size() && hits.size() < query.count + texts->size(); ++i)
            if (allowed[i])
                hits.push_back({.photo = rows.ids()[i]});
    }
    std::unordered_map<std::int64_t, const catalogue::Catalogue::TextHit *> byText;
    if (!texts->empty()) {
        // A text hit must pass the filters too, embedded or not.
        const bool isNarrowed = query.filter != catalogue::PhotoFilter{};
        for (const auto &hit : *texts) {
            const auto id = hit.photo.value;
            if (dropped.contains(id) || (isNarrowed && !std::ranges::binary_search(passing, hit.photo)) ||
                (query.similarTo && *query.similarTo == hit.photo))
                continue;
            const auto [found, isNew] = byText.emplace(id, &hit);
            if (!isNew && textScore(hit) > textScore(*found->second))
                found->second = &hit;
        }
    }
    for (const auto &[id, hit] : byText) {
        Match match{.photo = {id}, .score = textScore(*hit), .relevant = true, .kind = whyOf(hit->where)};
        if (const auto index = rows.indexOf(match.photo); index >= 0 && !point->empty()) {
            const auto row = rows.row(static_cast<std::size_t>(index));
            match.similarity = std::inner_product(row.begin(), row.end(), point->begin(), 0.0F);
        }
        answer.matches.push_back(std::move(match));
    }
    for (const auto &hit : hits)
        if (!byText.contains(hit.photo.value))
            answer.matches.push_back({.photo = hit.photo,
                                      .score = hit.score,
                                      .similarity = hit.similarity,
                                      .relevant = !point->empty() && hit.score >= answer.cut});
    // Equal scores in order of similarity, then of id.
    std::ranges::sort(answer.matches, [](const Match &a, const Match &b) {
        if (a.score != b.score)
            return a.score > b.score;
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.photo < b.photo;
    });
    if (answer.matches.size() > query.count)
        answer.matches.resize(query.count);
    if (auto explained = explainMatches(query, rows, answer); !explained)
        return fail(explained.error());
    return answer;
}

Result<std::vector<Engine::Word>> EngineOfRows::nearestWords(std::span<const float> point, std::size_t count) const
{
    const auto snapshot = m_snapshots.current();
    if (!snapshot)
        return fail(snapshot.error());
    const auto points = m_encoder->wordPoints();
    if (!points)
        return fail(points.error());
    const auto width = static_cast<std::size_t>(m_encoder->dimension());
    if (point.size() != width)
        return fail(Errc::Invalid, "point", "it is of another encoder");
    // Words that are near to every photo of the library say little about this one.
    std::vector<float> turned(point.begin(), point.end());
    for (std::size_t k = 0; k < width; ++k)
        turned[k] -= meanShare * (*snapshot)->mean[k];
    const auto &vocabulary = m_encoder->vocabulary();
    std::vector<std::pair<float, std::size_t>> scored;
    const float cost = rarityCost * (*snapshot)->background.deviation;
    for (std::size_t i = 2; i < vocabulary.size(); ++i) {
        const auto &word = vocabulary.words()[i];
        if (word.size() < 2 || text::isStopWord(word))
            continue;
        const auto rarity = static_cast<float>(std::log((static_cast<double>(i) + commonWords) / commonWords));
        scored.emplace_back(
            std::inner_product(turned.begin(), turned.end(), points->data() + i * width, 0.0F) - cost * rarity, i);
    }
    std::ranges::sort(scored, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<Word> words;
    std::unordered_set<std::string> stems;
    for (const auto &[score, index] : scored) {
        if (words.size() >= count)
            break;
        if (stems.insert(stemOf(vocabulary.words()[index])).second)
            words.push_back({vocabulary.words()[index], score});
    }
    return words;
}

} // namespace

Result<std::shared_ptr<Engine>> Engine::create(std::shared_ptr<catalogue::Catalogue> catalogue,
                                               std::shared_ptr<const joint::Encoder> encoder)
{
    return std::make_shared<EngineOfRows>(std::move(catalogue), std::move(encoder));
}

Engine::~Engine() = default;

} // namespace photolex::search
