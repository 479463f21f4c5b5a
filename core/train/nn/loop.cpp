#include "core/train/nn/loop.h"

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/objectives.h"
#include "core/train/nn/row_adam.h"
#include "core/train/nn/space.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <numeric>
#include <torch/optim/adam.h>
#include <torch/serialize.h>

namespace photolex::train::nn {

namespace {

// Draws without replacement: all items once in random order, then again.
class Deck {
public:
    Deck(std::size_t size, Generator random)
        : m_order(size)
        , m_random(std::move(random))
    {
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
        m_next = size;
    }

    std::size_t draw()
    {
        if (m_next >= m_order.size()) {
            std::ranges::shuffle(m_order, m_random);
            m_next = 0;
        }
        return m_order[m_next++];
    }

    Generator &random() { return m_random; }
    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random); }

private:
    std::vector<std::size_t> m_order;
    std::size_t m_next = 0;
    Generator m_random;
};

at::Tensor sameOwner(const std::vector<std::int64_t> &owners)
{
    const auto ids = torch::tensor(owners, torch::kLong);
    return ids.unsqueeze(0).eq(ids.unsqueeze(1));
}

class Loop {
public:
    Loop(const EncoderRecipe &recipe, const Prepared &prepared, const LoopOptions &options)
        : m_recipe(recipe)
        , m_prepared(prepared)
        , m_options(options)
        , m_space(std::make_shared<Space>(recipe, prepared, options.seed))
        , m_optimiser(m_space->otherParameters(), torch::optim::AdamOptions(recipe.learningRate))
        , m_wordOptimiser(m_space->wordParameter())
        , m_stepsPerEpoch(prepared.train.sentences.size() / static_cast<std::size_t>(recipe.batch))
    {
    }

    Result<std::vector<TensorData>> run(const std::stop_token &stop)
    {
        if (m_stepsPerEpoch == 0)
            return fail(
                Errc::Invalid, m_recipe.id,
                fmt::format("{} pairs do not fill one batch of {}", m_prepared.train.sentences.size(), m_recipe.batch));
        for (int epoch = restored(); epoch < m_recipe.epochs; ++epoch) {
            const auto begin = std::chrono::steady_clock::now();
            const auto loss = runEpoch(epoch, stop);
            if (!loss)
                return fail(loss.error());
            EpochReport report{.encoder = m_recipe.id, .epoch = epoch + 1, .loss = *loss, .dev = {}, .seconds = 0};
            if (!m_prepared.dev.sentences.empty()) {
                auto measured = onDev();
                if (!measured)
                    return fail(measured.error());
                report.dev = *measured;
            }
            report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            if (auto saved = save(epoch + 1); !saved)
                return fail(saved.error());
            if (m_options.report)
                m_options.report(report);
        }
        return m_space->exported();
    }

private:
    // Mean loss of a pair.
    Result<double> runEpoch(int epoch, const std::stop_token &stop)
    {
        const auto stream = [&](const char *name) {
            return generator(m_options.seed, fmt::format("{} {}", name, epoch));
        };
        Deck pairs(m_prepared.train.sentences.size(), stream("pairs"));
        Deck classes(m_prepared.classes.names.size(), stream("classes"));
        Deck groups(m_prepared.groups.size(), stream("groups"));
        ProgressThrottle progress(m_options.progress);
        const auto total = static_cast<std::int64_t>(m_stepsPerEpoch) * m_recipe.epochs;
        double sum = 0;
        m_space->train();
        for (std::size_t step = 0; step < m_stepsPerEpoch; ++step) {
            if (stop.stop_requested())
                return fail(Errc::Cancelled, m_recipe.id, fmt::format("epoch {} is kept", epoch));
            const auto number = static_cast<std::int64_t>(epoch) * static_cast<std::int64_t>(m_stepsPerEpoch) +
                                static_cast<std::int64_t>(step);
            const double rate = learningRate(number, total);
            m_space->zero_grad(/*set_to_none=*/true);
            auto loss = pairLoss(pairs);
            if (m_recipe.classWeight > 0 && !m_prepared.classes.names.empty())
                loss = loss + m_recipe.classWeight * classLoss(classes);
            if (m_recipe.paraphraseWeight > 0 && !m_prepared.groups.empty())
                loss = loss + m_recipe.paraphraseWeight * paraphraseLoss(groups);
            const auto value = loss.item<double>();
            if (!std::isfinite(value))
                return fail(
                    Errc::Internal, m_recipe.id,
                    fmt::format(
                        "the loss is not finite at epoch {}, batch {}; the checkpoint of the last epoch is kept",
                        epoch + 1, step + 1));
            loss.backward();
            update(rate);
            sum += value;
            progress.report({"train " + m_recipe.id, number + 1, total});
        }
        return sum / static_cast<double>(m_stepsPerEpoch * static_cast<std::size_t>(m_recipe.batch));
    }

    double learningRate(std::int64_t step, std::int64_t total) const
    {
        const double warm = std::min(1.0, static_cast<double>(step + 1) / std::max(1, m_recipe.warmUpSteps));
        const double cosine =
            0.5 * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / static_cast<double>(total)));
        return m_recipe.learningRate * warm * cosine;
    }

    // Cuts the gradient's norm over all parameters, then moves them.
    void update(double rate)
    {
        const auto words = m_space->wordParameter().grad().coalesce();
        const auto others = m_space->otherParameters();
        auto wordGradient = words.values();
        auto squares = wordGradient.square().sum();
        for (const auto &parameter : others)
            if (parameter.grad().defined())
                squares = squares + parameter.grad().square().sum();
        const double norm = std::sqrt(squares.item<double>());
        if (norm > m_recipe.gradientNorm) {
            const double factor = m_recipe.gradientNorm / norm;
            wordGradient = wordGradient * factor;
            for (const auto &parameter : others)
                if (parameter.grad().defined())
                    parameter.mutable_grad().mul_(factor);
        }
        for (auto &group : m_optimiser.param_groups())
            static_cast<torch::optim::AdamOptions &>(group.options()).lr(rate);
        m_optimiser.step();
        m_wordOptimiser.step(words.indices()[0], wordGradient, rate);
    }

    at::Tensor loss(const at::Tensor &scores, const at::Tensor &same) const
    {
        return m_recipe.objective == Objective::SumOfHinges ? sumOfHinges(scores, same, m_recipe.margin)
                                                            : contrastive(scores, same, m_recipe.temperature);
    }

    at::Tensor pairLoss(Deck &deck)
    {
        const auto &set = m_prepared.train;
        const auto dimension = static_cast<std::size_t>(m_prepared.featureDimension);
        std::vector<const Ids *> sentences;
        std::vector<std::int64_t> owners;
        std::vector<float> features;
        std::bernoulli_distribution mirrors(set.mirrored.empty() ? 0 : m_recipe.mirrored);
        for (int i = 0; i < m_recipe.batch; ++i) {
            const auto pair = deck.draw();
            const auto image = static_cast<std::size_t>(set.imageOf[pair]);
            const auto &from = mirrors(deck.random()) ? set.mirrored : set.features;
            features.insert(features.end(), from.begin() + static_cast<std::ptrdiff_t>(image * dimension),
                            from.begin() + static_cast<std::ptrdiff_t>((image + 1) * dimension));
            sentences.push_back(&set.sentences[pair]);
            owners.push_back(static_cast<std::int64_t>(image));
        }
        const auto x = m_space->photos(tensor::fromFloats(features, {m_recipe.batch, m_prepared.featureDimension}));
        return loss(x.mm(m_space->sentences(sentences).t()), sameOwner(owners));
    }

    at::Tensor classLoss(Deck &deck)
    {
        const auto &set = m_prepared.classes;
        const auto dimension = static_cast<std::size_t>(m_prepared.featureDimension);
        const auto count = std::min<std::size_t>(static_cast<std::size_t>(m_recipe.classBatch), set.names.size());
        std::vector<Ids> made;
        std::vector<std::int64_t> owners;
        std::vector<float> rows;
        for (std::size_t i = 0; i < count; ++i) {
            const auto c = deck.draw();
            if (set.names[c].empty())
                continue;
            const auto &name = set.names[c][deck.below(set.names[c].size())];
            const auto &[before, after] = set.templates[deck.below(set.templates.size())];
            auto &ids = made.emplace_back(before);
            ids.insert(ids.end(), name.begin(), name.end());
            ids.insert(ids.end(), after.begin(), after.end());
            owners.push_back(static_cast<std::int64_t>(c));
            rows.insert(rows.end(), set.rows.begin() + static_cast<std::ptrdiff_t>(c * dimension),
                        set.rows.begin() + static_cast<std::ptrdiff_t>((c + 1) * dimension));
        }
        std::vector<const Ids *> sentences;
        for (const auto &ids : made)
            sentences.push_back(&ids);
        const auto x = m_space->photos(
            tensor::fromFloats(rows, {static_cast<std::int64_t>(made.size()), m_prepared.featureDimension}));
        return contrastive(x.mm(m_space->sentences(sentences).t()), sameOwner(owners), m_recipe.temperature);
    }

    at::Tensor paraphraseLoss(Deck &deck)
    {
        std::vector<const Ids *> sentences; // first halves, then second halves
        std::vector<const Ids *> others;
        std::vector<std::int64_t> owners;
        for (int i = 0; i < m_recipe.paraphraseBatch; ++i) {
            const auto place = deck.draw();
            const auto &group = m_prepared.groups[place];
            const auto one = deck.below(group.size());
            const auto other = (one + 1 + deck.below(group.size() - 1)) % group.size();
            sentences.push_back(&group[one]);
            others.push_back(&group[other]);
            owners.push_back(static_cast<std::int64_t>(place));
        }
        const auto n = static_cast<std::int64_t>(sentences.size());
        sentences.insert(sentences.end(), others.begin(), others.end());
        const auto points = m_space->sentences(sentences);
        return contrastive(points.narrow(0, 0, n).mm(points.narrow(0, n, n).t()), sameOwner(owners),
                           m_recipe.temperature);
    }

    Result<eval::Retrieval> onDev()
    {
        const torch::NoGradGuard guard;
        m_space->eval();
        const auto &set = m_prepared.dev;
        const auto rows = static_cast<std::int64_t>(set.features.size()) / m_prepared.featureDimension;
        const auto images =
            tensor::toFloats(m_space->photos(tensor::fromFloats(set.features, {rows, m_prepared.featureDimension})));
        std::vector<float> texts;
        constexpr std::size_t atOnce = 512;
        for (std::size_t from = 0; from < set.sentences.size(); from += atOnce) {
            std::vector<const Ids *> part;
            for (std::size_t i = from; i < std::min(from + atOnce, set.sentences.size()); ++i)
                part.push_back(&set.sentences[i]);
            const auto points = tensor::toFloats(m_space->sentences(part));
            texts.insert(texts.end(), points.begin(), points.end());
        }
        return eval::retrieval({images, m_recipe.dimension}, {texts, m_recipe.dimension}, set.imageOf);
    }

    // The epoch to go on with.
    int restored()
    {
        std::error_code ignored;
        if (!m_options.resume || !std::filesystem::exists(m_options.checkpoint, ignored))
            return 0;
        torch::serialize::InputArchive archive;
        archive.load_from(m_options.checkpoint.native());
        torch::serialize::InputArchive space;
        torch::serialize::InputArchive optimiser;
        torch::serialize::InputArchive words;
        archive.read("space", space);
        archive.read("optimiser", optimiser);
        archive.read("words", words);
        m_space->load(space);
        m_optimiser.load(optimiser);
        m_wordOptimiser.load(words);
        at::Tensor epoch;
        archive.read("epoch", epoch);
        return epoch.item<int>();
    }

    Result<> save(int epoch)
    {
        torch::serialize::OutputArchive archive;
        torch::serialize::OutputArchive space;
        torch::serialize::OutputArchive optimiser;
        torch::serialize::OutputArchive words;
        m_space->save(space);
        m_optimiser.save(optimiser);
        m_wordOptimiser.save(words);
        archive.write("space", space);
        archive.write("optimiser", optimiser);
        archive.write("words", words);
        archive.write("epoch", torch::tensor(epoch));
        // Beside, then renamed: a run that is killed while it writes still has the epoch before.
        auto temporary = m_options.checkpoint;
        temporary += ".part";
        archive.save_to(temporary.native());
        std::error_code error;
        std::filesystem::rename(temporary, m_options.checkpoint, error);
        if (error)
            return fail(systemError(error.value(), displayText(m_options.checkpoint)));
        return {};
    }

    const EncoderRecipe &m_recipe;
    const Prepared &m_prepared;
    const LoopOptions &m_options;
    std::shared_ptr<Space> m_space;
    torch::optim::Adam m_optimiser; // of all but the words
    RowAdam m_wordOptimiser;
    std::size_t m_stepsPerEpoch;
};

} // namespace

Result<std::vector<TensorData>> trainEncoder(const EncoderRecipe &recipe, const Prepared &prepared,
                                             const LoopOptions &options, std::stop_token stop)
{
    try {
        at::set_num_threads(threads::count());
        return Loop(recipe, prepared, options).run(stop);
    } catch (const std::exception &error) {
        return fail(Errc::Internal, recipe.id, tensor::firstLine(error));
    }
}

} // namespace photolex::train::nn
