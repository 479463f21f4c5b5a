#include "core/train/tagger.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace photolex::train {

namespace {

constexpr std::size_t mostTags = 250;
constexpr std::size_t mostClasses = 240;
constexpr std::size_t tagsOfClass = 4;

// How often a word takes each tag.
using Counts = std::vector<std::pair<std::uint8_t, double>>;

void add(Counts &counts, std::uint8_t tag, double weight)
{
    const auto found = std::ranges::find(counts, tag, &std::pair<std::uint8_t, double>::first);
    if (found == counts.end())
        counts.emplace_back(tag, weight);
    else
        found->second += weight;
}

// Classes are numbered by how many running words have them; 0 is the unknown word's.
class Lexicon {
public:
    Lexicon(double share)
        : m_share(share)
    {
    }
    void count(const std::string &form, std::uint8_t tag, double weight) { add(m_counts[form], tag, weight); }

    void number()
    {
        std::map<std::string, double> uses;
        for (const auto &[form, counts] : m_counts) {
            double sum = 0;
            for (const auto &[tag, count] : counts)
                sum += count;
            uses[key(counts)] += sum;
        }
        std::vector<std::pair<double, std::string>> order;
        order.reserve(uses.size());
        for (const auto &[name, sum] : uses)
            order.emplace_back(-sum, name);
        std::ranges::sort(order);
        for (std::size_t i = 0; i < order.size() && i < mostClasses; ++i)
            m_numbers[order[i].second] = static_cast<text::AmbiguityClass>(i + 1);
    }

    // Without one use of `tag`: a word that a training sentence has is known from that sentence alone, and its class
    // would give the answer away.
    text::AmbiguityClass without(const std::string &form, std::uint8_t tag, double weight) const
    {
        auto counts = m_counts.at(form);
        add(counts, tag, -weight);
        std::erase_if(counts, [](const auto &one) { return one.second < 1e-3; });
        return classOf(counts);
    }

    std::unordered_map<std::string, text::AmbiguityClass> all(double atLeast) const
    {
        std::unordered_map<std::string, text::AmbiguityClass> lexicon;
        for (const auto &[form, counts] : m_counts) {
            double sum = 0;
            for (const auto &[tag, count] : counts)
                sum += count;
            // A tab or a line's end would break the table.
            if (sum >= atLeast && form.find_first_of("\t\n") == std::string::npos)
                if (const auto kind = classOf(counts); kind != 0)
                    lexicon[form] = kind;
        }
        return lexicon;
    }

private:
    std::string key(Counts counts) const
    {
        double sum = 0;
        for (const auto &[tag, count] : counts)
            sum += count;
        std::erase_if(counts, [&](const auto &one) { return one.second < m_share * sum; });
        std::ranges::sort(counts, [](const auto &a, const auto &b) { return a.second > b.second; });
        if (counts.size() > tagsOfClass)
            counts.resize(tagsOfClass);
        // The likeliest first, the others in any order.
        if (counts.size() > 1)
            std::sort(counts.begin() + 1, counts.end());
        std::string name;
        for (const auto &[tag, count] : counts)
            name += static_cast<char>(tag);
        return name;
    }

    text::AmbiguityClass classOf(const Counts &counts) const
    {
        if (counts.empty())
            return 0;
        auto name = key(counts);
        while (name.size() > 1 && !m_numbers.contains(name))
            name.pop_back();
        const auto found = m_numbers.find(name);
        return found == m_numbers.end() ? text::AmbiguityClass{0} : found->second;
    }

    double m_share;
    std::unordered_map<std::string, Counts> m_counts;
    std::map<std::string, text::AmbiguityClass> m_numbers;
};

struct Weight {
    std::uint8_t tag = 0;
    float value = 0;
    double sum = 0; // of the value after each step so far, up to `since`
    std::int64_t since = 0;
};

class Perceptron {
public:
    explicit Perceptron(std::size_t tags)
        : m_scores(tags)
    {
    }

    std::uint8_t best(const std::vector<text::Feature> &fixed, const std::vector<text::Feature> &rest)
    {
        std::ranges::fill(m_scores, 0.0F);
        for (const auto *features : {&fixed, &rest})
            for (const auto feature : *features)
                if (const auto found = m_rows.find(feature); found != m_rows.end())
                    for (const auto &weight : m_weights[found->second])
                        m_scores[weight.tag] += weight.value;
        return static_cast<std::uint8_t>(std::ranges::max_element(m_scores) - m_scores.begin());
    }

    void learn(const std::vector<text::Feature> &features, std::uint8_t right, std::uint8_t said)
    {
        for (const auto feature : features) {
            const auto [found, isNew] = m_rows.emplace(feature, m_weights.size());
            if (isNew)
                m_weights.emplace_back();
            move(m_weights[found->second], right, 1);
            move(m_weights[found->second], said, -1);
        }
    }
    void step() { ++m_steps; }

    // The mean over all steps of each weight, times `share`, is added to what is there.
    void addMeans(std::unordered_map<text::Feature, std::vector<text::TagWeight>> &all, float share) const
    {
        for (const auto &[feature, row] : m_rows) {
            auto &own = all[feature];
            for (const auto &one : m_weights[row]) {
                auto found = std::ranges::find(own, one.tag, &text::TagWeight::tag);
                if (found == own.end()) {
                    own.push_back({one.tag, 0});
                    found = own.end() - 1;
                }
                found->weight +=
                    share * static_cast<float>((one.sum + one.value * static_cast<double>(m_steps - one.since)) /
                                               static_cast<double>(std::max<std::int64_t>(m_steps, 1)));
            }
        }
    }

private:
    void move(std::vector<Weight> &weights, std::uint8_t tag, float by)
    {
        auto found = std::ranges::find(weights, tag, &Weight::tag);
        if (found == weights.end()) {
            weights.push_back({.tag = tag, .since = m_steps});
            found = weights.end() - 1;
        }
        found->sum += found->value * static_cast<double>(m_steps - found->since);
        found->since = m_steps;
        found->value += by;
    }

    std::vector<float> m_scores;
    std::unordered_map<text::Feature, std::size_t> m_rows;
    std::vector<std::vector<Weight>> m_weights;
    std::int64_t m_steps = 0;
};

// Features that were seen too seldom, and weights that hardly say anything, go.
void prune(std::unordered_map<text::Feature, std::vector<text::TagWeight>> &all, double smallest,
           const std::unordered_map<text::Feature, int> &uses, int minimumUses)
{
    double sum = 0;
    std::int64_t count = 0;
    for (const auto &[feature, weights] : all)
        for (const auto &one : weights) {
            sum += std::abs(one.weight);
            ++count;
        }
    const double least = count > 0 ? smallest * sum / static_cast<double>(count) : 0;
    for (auto &[feature, weights] : all)
        std::erase_if(weights, [&](const auto &one) { return std::abs(one.weight) <= least; });
    std::erase_if(all, [&](const auto &one) {
        const auto used = uses.find(one.first);
        return one.second.empty() || (used != uses.end() && used->second < minimumUses);
    });
}

struct Ready {
    text::TaggerSentence sentence;
    std::vector<std::uint8_t> tags;
};

bool isPunctuation(std::string_view word)
{
    return std::ranges::none_of(word, [](unsigned char c) { return std::isalnum(c) || c >= 0x80; });
}

// As a caption is typed: small letters, no punctuation.
dataset::TaggedSentence unmarked(const dataset::TaggedSentence &sentence)
{
    dataset::TaggedSentence plain;
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        if (isPunctuation(sentence.words[i]))
            continue;
        auto word = sentence.words[i];
        std::ranges::transform(word, word.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        plain.words.push_back(std::move(word));
        plain.tags.push_back(sentence.tags[i]);
    }
    return plain;
}

class Trainer {
public:
    Trainer(const std::vector<TaggerSet> &sets, const TaggerOptions &options)
        : m_options(options)
        , m_lexicon(options.rareTagShare)
    {
        auto random = generator(options.seed, "unmarked");
        std::uniform_real_distribution<double> uniform;
        for (const auto &set : sets) {
            for (const auto &sentence : set.sentences) {
                for (std::size_t i = 0; i < sentence.words.size(); ++i)
                    if (set.lexiconWeight > 0)
                        m_lexicon.count(text::taggerForm(sentence.words[i]), numberOf(sentence.tags[i]),
                                        set.lexiconWeight);
            }
        }
        m_lexicon.number();
        for (const auto &set : sets) {
            auto &ready = m_sets.emplace_back();
            for (const auto &sentence : set.sentences) {
                if (set.share > 0)
                    ready.push_back(made(sentence, set.lexiconWeight));
                if (set.share > 0 && uniform(random) < set.unmarked)
                    if (const auto plain = unmarked(sentence); !plain.words.empty())
                        ready.push_back(made(plain, set.lexiconWeight));
            }
            m_shares.push_back(set.share);
        }
    }

    Result<text::Tagger> run(const std::stop_token &stop)
    {
        if (m_tags.size() > mostTags)
            return fail(Errc::Invalid, "tagged text", fmt::format("{} tags are too many", m_tags.size()));
        ProgressThrottle progress(m_options.progress);
        text::TaggerWeights weights;
        weights.tags = m_tags;
        for (int turn = 0; turn < m_options.runs; ++turn) {
            Perceptron perceptron(m_tags.size());
            for (int epoch = 0; epoch < m_options.epochs; ++epoch) {
                auto random =
                    generator(m_options.seed + static_cast<std::uint64_t>(turn), fmt::format("epoch {}", epoch));
                const auto order = drawn(random);
                if (order.empty())
                    return fail(Errc::Invalid, "tagged text", "there is no sentence to train on");
                for (std::size_t i = 0; i < order.size(); ++i) {
                    if (stop.stop_requested())
                        return fail(Errc::Cancelled, "tagger", "nothing is kept");
                    learn(*order[i], perceptron, turn == 0 && epoch == 0);
                    const auto passes = std::int64_t{m_options.epochs} * turn + epoch;
                    progress.report({"train tagger", passes * std::ssize(order) + static_cast<std::int64_t>(i) + 1,
                                     std::int64_t{m_options.runs} * m_options.epochs * std::ssize(order)});
                }
            }
            perceptron.addMeans(weights.weights, 1 / static_cast<float>(m_options.runs));
        }
        prune(weights.weights, m_options.smallest, m_uses, m_options.minimumUses);
        weights.lexicon = m_lexicon.all(0.9);
        return text::Tagger(std::move(weights));
    }

private:
    std::uint8_t numberOf(const std::string &tag)
    {
        const auto [found, isNew] = m_numbers.emplace(tag, m_tags.size());
        if (isNew)
            m_tags.push_back(tag);
        return static_cast<std::uint8_t>(std::min<std::size_t>(found->second, 255));
    }

    Ready made(const dataset::TaggedSentence &sentence, double weight)
    {
        Ready ready;
        ready.sentence.words = sentence.words;
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            ready.tags.push_back(numberOf(sentence.tags[i]));
            ready.sentence.lower.push_back(text::taggerForm(sentence.words[i]));
            ready.sentence.classes.push_back(
                weight > 0 ? m_lexicon.without(ready.sentence.lower.back(), ready.tags.back(), weight)
                           : text::AmbiguityClass{0});
        }
        return ready;
    }

    std::vector<const Ready *> drawn(Generator &random) const
    {
        std::vector<const Ready *> order;
        std::uniform_real_distribution<double> uniform;
        for (std::size_t s = 0; s < m_sets.size(); ++s) {
            double whole = 0;
            const double rest = std::modf(m_shares[s], &whole);
            for (const auto &ready : m_sets[s]) {
                order.insert(order.end(), static_cast<std::size_t>(whole), &ready);
                if (rest > 0 && uniform(random) < rest)
                    order.push_back(&ready);
            }
        }
        std::ranges::shuffle(order, random);
        return order;
    }

    void learn(const Ready &ready, Perceptron &perceptron, bool isCounted)
    {
        const auto count = ready.tags.size();
        m_fixed.resize(std::max(m_fixed.size(), count));
        for (std::size_t i = 0; i < count; ++i) {
            m_fixed[i].clear();
            text::addWordFeatures(ready.sentence, i, m_fixed[i]);
            if (isCounted)
                for (const auto feature : m_fixed[i])
                    ++m_uses[feature];
        }
        std::vector<std::uint8_t> said(count);
        for (const bool isSecond : {false, true})
            for (std::size_t i = 0; i < count; ++i) {
                m_rest.clear();
                const int before = i > 0 ? said[i - 1] : text::noTag;
                text::addTagFeatures(ready.sentence, i, before, i > 1 ? said[i - 2] : text::noTag, m_rest);
                if (isSecond)
                    text::addNextTagFeatures(ready.sentence, i, before, i + 1 < count ? said[i + 1] : text::noTag,
                                             i + 2 < count ? said[i + 2] : text::noTag, m_rest);
                said[i] = perceptron.best(m_fixed[i], m_rest);
                perceptron.step();
                if (said[i] != ready.tags[i]) {
                    perceptron.learn(m_fixed[i], ready.tags[i], said[i]);
                    perceptron.learn(m_rest, ready.tags[i], said[i]);
                }
            }
    }

    const TaggerOptions &m_options;
    Lexicon m_lexicon;
    std::vector<std::string> m_tags;
    std::unordered_map<std::string, std::size_t> m_numbers;
    std::vector<std::vector<Ready>> m_sets;
    std::vector<double> m_shares;
    std::unordered_map<text::Feature, int> m_uses;
    std::vector<std::vector<text::Feature>> m_fixed;
    std::vector<text::Feature> m_rest;
};

} // namespace

Result<text::Tagger> trainTagger(const std::vector<TaggerSet> &sets, const TaggerOptions &options,
                                 const std::stop_token &stop)
{
    return Trainer(sets, options).run(stop);
}

TaggerFigures measureTagger(const text::Tagger &tagger, const std::vector<dataset::TaggedSentence> &sentences)
{
    TaggerFigures figures;
    for (const auto &sentence : sentences) {
        const auto said = tagger.tag(sentence.words);
        bool isWhole = true;
        for (std::size_t i = 0; i < said.size(); ++i) {
            const bool isRight = said[i] == sentence.tags[i];
            const bool isUnknown = !tagger.knows(sentence.words[i]);
            ++figures.words;
            figures.right += isRight;
            figures.unknownWords += isUnknown;
            figures.unknownRight += isUnknown && isRight;
            isWhole = isWhole && isRight;
        }
        ++figures.sentences;
        figures.wholeRight += isWhole;
    }
    return figures;
}

} // namespace photolex::train
