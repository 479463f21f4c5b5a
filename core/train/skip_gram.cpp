#include "core/train/skip_gram_p.h"

#include "core/base/random.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace photolex::train {

namespace {

constexpr float startRate = 0.025F; // as the authors' program; falls in a straight line
constexpr float leastRate = startRate * 1e-4F;
constexpr double countPower = 0.75;

using Row = Eigen::Map<Eigen::VectorXf>;

float sigmoid(float x)
{
    return 1 / (1 + std::exp(-x));
}

class Trainer {
public:
    Trainer(std::span<const Ids> sentences, std::size_t words, int dimension, const SkipGram &settings,
            std::uint64_t seed)
        : m_sentences(sentences)
        , m_settings(settings)
        , m_dimension(static_cast<std::size_t>(dimension))
        , m_counts(words)
        , m_random(generator(seed, "skip-gram"))
        , m_words(words * m_dimension)
        , m_contexts(words * m_dimension)
        , m_step(dimension)
    {
        for (const auto &sentence : sentences)
            for (const auto id : sentence)
                if (id > text::Vocabulary::end)
                    ++m_counts[static_cast<std::size_t>(id)];
        m_total = std::accumulate(m_counts.begin(), m_counts.end(), std::int64_t{0});
        std::vector<double> weights(words);
        for (std::size_t i = 0; i < words; ++i)
            weights[i] = std::pow(static_cast<double>(m_counts[i]), countPower);
        m_negative = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
        std::uniform_real_distribution<float> start(-0.5F / static_cast<float>(m_dimension),
                                                    0.5F / static_cast<float>(m_dimension));
        std::ranges::generate(m_words, [&] { return start(m_random); });
    }

    Result<std::vector<float>> run(const ProgressSink &sink, const std::stop_token &stop)
    {
        ProgressThrottle progress(sink);
        const auto total = static_cast<std::int64_t>(m_sentences.size()) * m_settings.epochs;
        std::vector<std::size_t> order(m_sentences.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::int64_t done = 0;
        for (int epoch = 0; epoch < m_settings.epochs; ++epoch) {
            std::ranges::shuffle(order, m_random);
            for (const auto place : order) {
                if (stop.stop_requested())
                    return fail(Errc::Cancelled, "skip-gram", "word vectors are made in one go");
                const auto share = static_cast<float>(done) / static_cast<float>(total);
                learn(m_sentences[place], std::max(leastRate, startRate * (1 - share)));
                if (++done % 1024 == 0)
                    progress.report({"skip-gram", done, total});
            }
        }
        return unitRows();
    }

private:
    // Of frequent words only some occurrences stay.
    bool stays(std::int64_t id)
    {
        if (id <= text::Vocabulary::end)
            return false;
        if (m_settings.subsampling <= 0)
            return true;
        const double share = static_cast<double>(m_counts[static_cast<std::size_t>(id)]) / static_cast<double>(m_total);
        const double ratio = m_settings.subsampling / share;
        return std::uniform_real_distribution<double>(0, 1)(m_random) < std::sqrt(ratio) + ratio;
    }

    void learn(const Ids &sentence, float rate)
    {
        m_kept.clear();
        for (const auto id : sentence)
            if (stays(id))
                m_kept.push_back(static_cast<std::size_t>(id));
        std::uniform_int_distribution<int> windows(1, m_settings.window);
        for (int at = 0; at < static_cast<int>(m_kept.size()); ++at) {
            const int window = windows(m_random);
            const int last = std::min(at + window, static_cast<int>(m_kept.size()) - 1);
            for (int near = std::max(0, at - window); near <= last; ++near)
                if (near != at)
                    learn(m_kept[static_cast<std::size_t>(at)], m_kept[static_cast<std::size_t>(near)], rate);
        }
    }

    void learn(std::size_t word, std::size_t context, float rate)
    {
        auto row = rowOf(m_words, word);
        m_step.setZero();
        for (int k = 0; k <= m_settings.negatives; ++k) {
            const auto other = k == 0 ? context : m_negative(m_random);
            if (k > 0 && other == context)
                continue;
            auto its = rowOf(m_contexts, other);
            const float slope = rate * ((k == 0 ? 1.0F : 0.0F) - sigmoid(row.dot(its)));
            m_step += slope * its;
            its += slope * row;
        }
        row += m_step;
    }

    Row rowOf(std::vector<float> &table, std::size_t word) const
    {
        return {table.data() + word * m_dimension, static_cast<Eigen::Index>(m_dimension)};
    }

    std::vector<float> unitRows()
    {
        for (std::size_t word = 0; word < m_counts.size(); ++word) {
            auto row = rowOf(m_words, word);
            const float length = row.norm();
            row *= m_counts[word] > 0 && length > 0 ? 1 / length : 0;
        }
        return std::move(m_words);
    }

    std::span<const Ids> m_sentences;
    const SkipGram &m_settings;
    std::size_t m_dimension;
    std::vector<std::int64_t> m_counts;
    std::int64_t m_total = 0;
    Generator m_random;
    std::discrete_distribution<std::size_t> m_negative;
    std::vector<float> m_words, m_contexts; // v and u, V × d
    Eigen::VectorXf m_step;
    std::vector<std::size_t> m_kept;
};

} // namespace

Result<std::vector<float>> skipGramVectors(std::span<const Ids> sentences, std::size_t vocabularySize, int dimension,
                                           const SkipGram &settings, std::uint64_t seed, const ProgressSink &progress,
                                           const std::stop_token &stop)
{
    return Trainer(sentences, vocabularySize, dimension, settings, seed).run(progress, stop);
}

} // namespace photolex::train
