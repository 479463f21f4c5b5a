#include "core/search/examples.h"

#include "core/search/expression.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace photolex::search {

namespace {

constexpr std::size_t photosTried = 4;       // for each pair of words
constexpr std::size_t photosRemembered = 24; // of those that show a word best
constexpr std::size_t hitsJudged = 3, hitsNeeded = 2;
constexpr std::size_t sampleSize = 500; // photos that likeness of the rest is measured against
// In standard deviations over the library. That a photo shows a word must be beyond doubt for the one that is begun
// with; of those that are found, less is asked.
constexpr double clearlyShown = 3.0, shown = 2.2, moreThanBefore = 1.0, restKept = 1.8, leastKept = 1.2,
                 worthwhile = 0.3;
constexpr double fullMarks = 6; // beyond this nothing is better
constexpr double leastScore = 0.2;

double dot(std::span<const float> a, std::span<const float> b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

struct Spread {
    double mean = 0, deviation = 1;
    double of(double value) const { return (value - mean) / deviation; }
};

Spread spreadOf(std::span<const float> values)
{
    if (values.size() < 2)
        return {};
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double squares = 0;
    for (const float value : values)
        squares += (value - mean) * (value - mean);
    return {mean, std::max(1e-6, std::sqrt(squares / static_cast<double>(values.size())))};
}

struct Word {
    std::string text;
    std::vector<float> point;       // empty: not known, or nothing shows it
    Spread spread;                  // of its scores over the library
    float line = 0;                 // a search for the word ends there
    std::vector<std::size_t> shows; // rows, best first
};

// One photo of one pair.
struct Trial {
    Attribute attribute;
    std::size_t from = 0, to = 0; // words
    std::size_t row = 0;
};

} // namespace

struct ExampleSearch::Impl {
    std::shared_ptr<const Engine> engine;
    std::shared_ptr<const embedding::Rows> rows;
    std::optional<Error> failure;
    std::vector<Word> words;
    std::vector<Trial> trials;
    std::size_t wordsDone = 0, trialsDone = 0;
    std::vector<float> mean;                // of the sample
    std::vector<std::vector<float>> sample; // rows, widened
    std::vector<float> scores;              // scratch, one a row
    std::vector<Example> found;

    void measure(Word &word);
    void makeTrials();
    std::optional<Example> judge(const Trial &trial) const;
    std::vector<float> restOf(std::span<const float> point, std::span<const float> first,
                              std::span<const float> second) const;
};

ExampleSearch::ExampleSearch(std::shared_ptr<const Engine> engine)
    : m_impl(std::make_unique<Impl>())
{
    auto &d = *m_impl;
    d.engine = std::move(engine);
    auto rows = d.engine->rows();
    if (!rows) {
        d.failure = rows.error();
        return;
    }
    d.rows = std::move(*rows);
    for (const auto &group : wordGroups())
        for (const auto word : group.words)
            d.words.push_back({.text = std::string(word), .point = {}, .spread = {}, .shows = {}});
    const auto width = static_cast<std::size_t>(d.rows->dimension());
    const auto count = std::min(d.rows->size(), sampleSize);
    d.mean.assign(width, 0);
    for (std::size_t i = 0; i < count; ++i) {
        d.sample.push_back(d.rows->row(i * d.rows->size() / count));
        for (std::size_t k = 0; k < width; ++k)
            d.mean[k] += d.sample.back()[k] / static_cast<float>(count);
    }
}

ExampleSearch::~ExampleSearch() = default;
ExampleSearch::ExampleSearch(ExampleSearch &&) noexcept = default;
ExampleSearch &ExampleSearch::operator=(ExampleSearch &&) noexcept = default;

void ExampleSearch::Impl::measure(Word &word)
{
    if (engine->encoder().vocabulary().id(word.text) == text::Vocabulary::unknown || rows->size() < 2)
        return;
    auto sentence = engine->encoder().sentencePoint(word.text);
    if (!sentence)
        return;
    const auto answer = engine->search(
        {.text = word.text, .point = {}, .similarTo = {}, .count = 1, .filter = {}, .explain = false}, {});
    if (!answer)
        return;
    word.line = answer->cut;
    scores.resize(rows->size());
    embedding::scoreAll(*rows, sentence->point, scores);
    word.spread = spreadOf(scores);
    word.point = std::move(sentence->point);
    for (std::size_t row = 0; row < scores.size(); ++row)
        if (word.spread.of(scores[row]) >= shown && scores[row] >= word.line)
            word.shows.push_back(row);
    std::ranges::sort(word.shows, [this](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    });
    if (word.shows.size() > photosRemembered)
        word.shows.resize(photosRemembered);
}

void ExampleSearch::Impl::makeTrials()
{
    std::size_t first = 0;
    for (const auto &group : wordGroups()) {
        const auto end = first + group.words.size();
        for (std::size_t from = first; from < end; ++from)
            for (std::size_t to = first; to < end; ++to) {
                if (from == to || words[to].shows.size() < hitsNeeded)
                    continue;
                std::size_t tried = 0;
                for (const auto row : words[from].shows) {
                    const auto point = rows->row(row);
                    const double before = words[from].spread.of(dot(point, words[from].point));
                    if (before < clearlyShown || tried == photosTried)
                        break; // best first
                    if (words[to].spread.of(dot(point, words[to].point)) > before - 2 * moreThanBefore)
                        continue; // shows both
                    trials.push_back({group.attribute, from, to, row});
                    ++tried;
                }
            }
        first = end;
    }
}

std::vector<float> ExampleSearch::Impl::restOf(std::span<const float> point, std::span<const float> first,
                                               std::span<const float> second) const
{
    std::vector<float> rest(point.begin(), point.end());
    for (std::size_t k = 0; k < rest.size(); ++k)
        rest[k] -= mean[k];
    for (const auto direction : {first, second}) {
        const double along = dot(rest, direction);
        for (std::size_t k = 0; k < rest.size(); ++k)
            rest[k] -= static_cast<float>(along * direction[k]);
    }
    const double length = std::sqrt(dot(rest, rest));
    for (auto &value : rest)
        value = length > 1e-6 ? static_cast<float>(value / length) : 0;
    return rest;
}

std::optional<Example> ExampleSearch::Impl::judge(const Trial &trial) const
{
    const auto &from = words[trial.from];
    const auto &to = words[trial.to];
    const auto begun = rows->row(trial.row);
    const Term terms[] = {{Term::Kind::Photo, {}, false, 1},
                          {Term::Kind::Words, from.text, true, 1},
                          {Term::Kind::Words, to.text, false, 1}};
    const TermPoint points[] = {{begun, {}, {}}, {from.point, {}, {}}, {to.point, {}, {}}};
    const auto sum = sumOf(terms, points);
    if (sum.state != SumState::Point)
        return std::nullopt;

    // An orthonormal pair that spans both words.
    std::vector<float> second = to.point;
    const double along = dot(second, from.point);
    for (std::size_t k = 0; k < second.size(); ++k)
        second[k] -= static_cast<float>(along * from.point[k]);
    const double length = std::sqrt(dot(second, second));
    if (length < 1e-3)
        return std::nullopt; // two names of one thing
    for (auto &value : second)
        value = static_cast<float>(value / length);
    const auto rest = restOf(begun, from.point, second);
    std::vector<float> likeness;
    likeness.reserve(sample.size());
    for (const auto &other : sample)
        likeness.push_back(static_cast<float>(dot(rest, restOf(other, from.point, second))));
    const Spread usual = spreadOf(likeness);

    // What the word alone finds shows it too: arithmetic is worth something when it finds photos that are more alike.
    const auto keptBy = [&](std::size_t row) {
        return usual.of(dot(rest, restOf(rows->row(row), from.point, second)));
    };
    double byWordAlone = 0;
    std::size_t alone = 0;
    for (std::size_t i = 0; i < to.shows.size() && alone < hitsJudged; ++i)
        if (to.shows[i] != trial.row) {
            byWordAlone += keptBy(to.shows[i]);
            ++alone;
        }
    byWordAlone = alone > 0 ? byWordAlone / static_cast<double>(alone) : 0;

    Example example{trial.attribute, rows->ids()[trial.row], from.text, to.text, {}, 0};
    std::size_t good = 0;
    double keptByHits = 0;
    for (const auto &hit : nearest(*rows, sum.point, hitsJudged + 1)) {
        if (hit.photo == example.photo || example.found.size() == hitsJudged)
            continue;
        const auto row = static_cast<std::size_t>(rows->indexOf(hit.photo));
        const auto point = rows->row(row);
        const double score = dot(point, to.point), showsTo = to.spread.of(score);
        const double changed = showsTo - from.spread.of(dot(point, from.point));
        const double kept = keptBy(row);
        const bool isGood = showsTo >= shown && changed >= moreThanBefore && kept >= restKept;
        // One that a search for the word would not show, or that is nothing like the photo, spoils the other two.
        if (score < to.line || kept < leastKept || (example.found.empty() && !isGood))
            return std::nullopt;
        example.found.push_back(hit.photo);
        keptByHits += kept / hitsJudged;
        if (!isGood)
            continue;
        ++good;
        example.score += std::sqrt(std::min(changed / fullMarks, 1.0) * std::min(kept / fullMarks, 1.0)) / hitsJudged;
    }
    if (good < hitsNeeded || keptByHits < byWordAlone + worthwhile || example.score < leastScore)
        return std::nullopt;
    return example;
}

Result<bool> ExampleSearch::step(const std::stop_token &stop)
{
    auto &d = *m_impl;
    if (d.failure)
        return fail(*d.failure);
    if (stop.stop_requested())
        return fail(Errc::Cancelled, "examples");
    if (d.wordsDone < d.words.size()) {
        d.measure(d.words[d.wordsDone]);
        if (++d.wordsDone == d.words.size())
            d.makeTrials();
        return true;
    }
    if (d.trialsDone < d.trials.size())
        if (auto example = d.judge(d.trials[d.trialsDone++]))
            d.found.push_back(std::move(*example));
    return d.trialsDone < d.trials.size();
}

std::size_t ExampleSearch::done() const
{
    return m_impl->wordsDone + m_impl->trialsDone;
}

std::size_t ExampleSearch::total() const
{
    return m_impl->words.size() + m_impl->trials.size();
}

std::vector<Example> ExampleSearch::best(std::size_t count) const
{
    auto sorted = m_impl->found;
    std::ranges::stable_sort(sorted, std::ranges::greater(), &Example::score);
    const auto mostOfOne = std::max<std::size_t>(1, (count + 2) / 3);
    std::vector<Example> chosen;
    std::unordered_map<int, std::size_t> ofAttribute;
    for (auto &example : sorted) {
        if (chosen.size() == count)
            break;
        auto &taken = ofAttribute[static_cast<int>(example.attribute)];
        const bool isKnown = std::ranges::any_of(chosen, [&](const Example &other) {
            return other.photo == example.photo || (other.from == example.from && other.to == example.to);
        });
        if (isKnown || taken == mostOfOne)
            continue;
        ++taken;
        chosen.push_back(std::move(example));
    }
    return chosen;
}

} // namespace photolex::search
