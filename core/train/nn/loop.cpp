#include "core/train/nn/loop.h"

#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/batches.h"
#include "core/train/nn/objectives.h"
#include "core/train/nn/rehearsing.h"
#include "core/train/nn/row_adam.h"
#include "core/train/nn/space.h"
#include "core/train/nn/steps.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <torch/optim/adamw.h>
#include <torch/serialize.h>

namespace photolex::train::nn {

namespace {

// A running mean of the parameters, and a way to put it in their place. Updated every few steps: the mean hardly sees a
// difference, the table of words is large.
class Average {
public:
    Average(const Space &space, double decay)
        : m_parameters(space.parameters())
        , m_decay(decay)
    {
        if (decay > 0)
            for (const auto &parameter : m_parameters)
                m_means.push_back(parameter.detach().clone());
    }

    void step(std::int64_t number)
    {
        constexpr std::int64_t every = 8;
        if (m_means.empty() || number % every != 0)
            return;
        const torch::NoGradGuard guard;
        // The first parameters are random numbers and must not last.
        const auto updates = static_cast<double>(number) / every;
        const double decay = std::min(std::pow(m_decay, every), (1 + updates) / (10 + updates));
        for (std::size_t i = 0; i < m_means.size(); ++i)
            m_means[i].mul_(decay).add_(m_parameters[i].detach(), 1 - decay);
    }

    // Twice is as before.
    void swap()
    {
        const torch::NoGradGuard guard;
        for (std::size_t i = 0; i < m_means.size(); ++i) {
            const auto kept = m_parameters[i].detach().clone();
            m_parameters[i].detach().copy_(m_means[i]);
            m_means[i].copy_(kept);
        }
    }

    void save(torch::serialize::OutputArchive &archive) const
    {
        for (std::size_t i = 0; i < m_means.size(); ++i)
            archive.write(std::to_string(i), m_means[i]);
    }
    void load(torch::serialize::InputArchive &archive)
    {
        for (std::size_t i = 0; i < m_means.size(); ++i)
            archive.read(std::to_string(i), m_means[i]);
    }

private:
    std::vector<at::Tensor> m_parameters, m_means;
    double m_decay;
};

// The sum of the six recalls: what an epoch is judged by.
double worth(const eval::Retrieval &measured)
{
    double sum = 0;
    for (const auto *way : {&measured.imageToText, &measured.textToImage})
        sum += way->recall1 + way->recall5 + way->recall10;
    return sum;
}

// The parameters of the best epoch.
class Best {
public:
    explicit Best(const Space &space)
        : m_parameters(space.parameters())
    {
    }

    bool isKnown() const { return m_epoch >= 0; }
    int epoch() const { return m_epoch; }

    // True: it is better than what was offered before, and is kept.
    bool offer(int epoch, double offered)
    {
        if (isKnown() && offered <= m_worth)
            return false;
        m_epoch = epoch;
        m_worth = offered;
        m_kept.clear();
        for (const auto &parameter : m_parameters)
            m_kept.push_back(parameter.detach().clone());
        return true;
    }
    void putBack()
    {
        const torch::NoGradGuard guard;
        for (std::size_t i = 0; i < m_kept.size(); ++i)
            m_parameters[i].detach().copy_(m_kept[i]);
    }

    void save(torch::serialize::OutputArchive &archive) const
    {
        archive.write("epoch", torch::tensor(m_epoch));
        archive.write("worth", torch::tensor(m_worth, torch::kDouble));
        for (std::size_t i = 0; i < m_kept.size(); ++i)
            archive.write(std::to_string(i), m_kept[i]);
    }
    void load(torch::serialize::InputArchive &archive)
    {
        at::Tensor epoch; // a tensor each: one that is there keeps its type
        at::Tensor worth;
        archive.read("epoch", epoch);
        archive.read("worth", worth);
        m_epoch = epoch.item<int>();
        m_worth = worth.item<double>();
        m_kept.clear();
        for (std::size_t i = 0; isKnown() && i < m_parameters.size(); ++i) {
            at::Tensor kept;
            archive.read(std::to_string(i), kept);
            m_kept.push_back(kept);
        }
    }

private:
    std::vector<at::Tensor> m_parameters, m_kept;
    int m_epoch = -1; // none; 0: the start
    double m_worth = 0;
};

class Loop {
public:
    Loop(const EncoderRecipe &recipe, const Prepared &prepared, const LoopOptions &options)
        : m_recipe(recipe)
        , m_prepared(prepared)
        , m_options(options)
        , m_space(std::make_shared<Space>(recipe, prepared, options.seed))
        , m_optimiser(m_space->otherParameters(),
                      torch::optim::AdamWOptions(recipe.learningRate).weight_decay(recipe.weightDecay))
        , m_average(*m_space, recipe.averaging)
        , m_best(*m_space)
        , m_rehearsing(prepared, *m_space)
        , m_stepsPerEpoch(prepared.train.sentences.size() / static_cast<std::size_t>(recipe.batch))
    {
        if (m_space->wordParameter().defined())
            m_wordOptimiser.emplace(m_space->wordParameter());
    }

    Result<std::vector<TensorData>> run(const std::stop_token &stop)
    {
        if (m_stepsPerEpoch == 0)
            return fail(
                Errc::Invalid, m_recipe.id,
                fmt::format("{} pairs do not fill one batch of {}", m_prepared.train.sentences.size(), m_recipe.batch));
        int epoch = restored();
        if (epoch == 0 && keepsBest() && !m_prepared.start.empty())
            if (auto begun = measureStart(); !begun)
                return fail(begun.error());
        for (; epoch < m_recipe.epochs && !isFinished(epoch); ++epoch) {
            m_waited = {};
            const auto begin = std::chrono::steady_clock::now();
            const auto loss = runEpoch(epoch, stop);
            if (!loss)
                return fail(loss.error());
            if (!*loss) // ended early, in the middle of an epoch
                break;
            EpochReport report{.encoder = m_recipe.id, .epoch = epoch + 1, .loss = **loss, .dev = {}, .seconds = 0};
            if (!m_prepared.dev.sentences.empty()) {
                m_average.swap();
                auto measured = onDev();
                if (measured && keepsBest())
                    report.best = m_best.offer(epoch + 1, worth(*measured));
                m_average.swap();
                if (!measured)
                    return fail(measured.error());
                report.dev = *measured;
            }
            const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
            report.seconds = (passed - m_waited).count();
            if (auto saved = save(epoch + 1); !saved)
                return fail(saved.error());
            if (m_options.report)
                m_options.report(report);
        }
        if (m_best.isKnown())
            m_best.putBack();
        else
            m_average.swap();
        return m_space->exported();
    }

private:
    bool keepsBest() const { return m_recipe.patience > 0 && !m_prepared.dev.sentences.empty(); }
    bool isAskedToFinish() const { return m_options.control && m_options.control->isFinishing(); }
    // After `epochs` of them: no better one came for too long, or somebody has enough.
    bool isFinished(int epochs) const
    {
        return epochs > 0 && (isAskedToFinish() || (keepsBest() && epochs - m_best.epoch() >= m_recipe.patience));
    }

    Result<> measureStart()
    {
        const auto measured = onDev();
        if (!measured)
            return fail(measured.error());
        m_best.offer(0, worth(*measured));
        if (m_options.report)
            m_options.report({.encoder = m_recipe.id, .epoch = 0, .loss = 0, .dev = *measured, .best = true});
        return {};
    }

    // Mean loss of a pair; none: it was asked to end, and there is an epoch to end with.
    Result<std::optional<double>> runEpoch(int epoch, const std::stop_token &stop)
    {
        Batches batches(m_recipe, m_prepared, m_options.seed, epoch);
        m_dropout = at::detail::createCPUGenerator(generator(m_options.seed, fmt::format("dropout {}", epoch))());
        ProgressThrottle progress(m_options.progress);
        const auto total = static_cast<std::int64_t>(m_stepsPerEpoch) * m_recipe.epochs;
        double sum = 0;
        double sinceReport = 0;
        std::size_t stepsSince = 0;
        auto reported = std::chrono::steady_clock::now();
        m_space->train();
        for (std::size_t step = 0; step < m_stepsPerEpoch; ++step) {
            if (m_options.control)
                m_waited += m_options.control->wait(stop);
            if (stop.stop_requested())
                return fail(Errc::Cancelled, m_recipe.id, fmt::format("epoch {} is kept", epoch));
            if (isAskedToFinish() && (epoch > 0 || m_best.isKnown()))
                return std::optional<double>();
            const auto number = static_cast<std::int64_t>(epoch) * static_cast<std::int64_t>(m_stepsPerEpoch) +
                                static_cast<std::int64_t>(step);
            const double rate = scheduled(m_recipe.learningRate, m_recipe.warmUpSteps, number, total);
            m_space->zero_grad(/*set_to_none=*/true);
            auto loss = withOtherLosses(pairLoss(batches), *m_space, batches, m_recipe, m_prepared);
            if (const auto kept = m_rehearsing.loss(*m_space, batches, m_recipe.batch); kept.defined())
                loss = loss + kept;
            const auto value = loss.item<double>();
            if (!std::isfinite(value))
                return fail(
                    Errc::Internal, m_recipe.id,
                    fmt::format(
                        "the loss is not finite at epoch {}, batch {}; the checkpoint of the last epoch is kept",
                        epoch + 1, step + 1));
            loss.backward();
            update(rate);
            m_average.step(number + 1);
            sum += value;
            progress.report({"train " + m_recipe.id, number + 1, total});
            sinceReport += value;
            ++stepsSince;
            const auto now = std::chrono::steady_clock::now();
            if (m_options.step && now - reported >= std::chrono::milliseconds(100)) {
                m_options.step(
                    {.epochs = static_cast<double>(number + 1) / static_cast<double>(m_stepsPerEpoch),
                     .loss = sinceReport / static_cast<double>(stepsSince * static_cast<std::size_t>(m_recipe.batch))});
                sinceReport = 0;
                stepsSince = 0;
                reported = now;
            }
        }
        return sum / static_cast<double>(m_stepsPerEpoch * static_cast<std::size_t>(m_recipe.batch));
    }

    // Cuts the gradient's norm over all parameters, then moves them.
    void update(double rate)
    {
        const auto others = m_space->otherParameters();
        at::Tensor words; // sparse
        auto squares = torch::zeros({});
        if (m_wordOptimiser) {
            words = m_space->wordParameter().grad().coalesce();
            squares = words.values().square().sum();
        }
        for (const auto &parameter : others)
            if (parameter.grad().defined())
                squares = squares + parameter.grad().square().sum();
        const double norm = std::sqrt(squares.item<double>());
        const double factor = norm > m_recipe.gradientNorm ? m_recipe.gradientNorm / norm : 1;
        if (factor < 1)
            for (const auto &parameter : others)
                if (parameter.grad().defined())
                    parameter.mutable_grad().mul_(factor);
        for (auto &group : m_optimiser.param_groups())
            static_cast<torch::optim::AdamWOptions &>(group.options()).lr(rate);
        m_optimiser.step();
        if (m_wordOptimiser)
            m_wordOptimiser->step(words.indices()[0], words.values() * factor, rate);
    }

    at::Tensor pairLoss(Batches &batches)
    {
        const auto batch = batches.pairs();
        auto features = batches.features(batch);
        if (m_recipe.featureDropout > 0)
            features = features * torch::empty_like(features).bernoulli_(1 - m_recipe.featureDropout, m_dropout);
        const auto x = m_space->photos(features);
        return lossOf(m_recipe.objective, x.mm(m_space->sentences(batch.sentences).t()), batch.same, m_recipe.margin,
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
        const auto texts = pointsOfMany(*m_space, set.sentences);
        return eval::retrieval({images, m_recipe.dimension}, {texts, m_recipe.dimension}, set.imageOf);
    }

    // The epoch to go on with.
    int restored()
    {
        return readCheckpoint(m_options, [&](auto &archive) {
            readPart(archive, "space", *m_space);
            readPart(archive, "optimiser", m_optimiser);
            readPart(archive, "average", m_average);
            if (keepsBest())
                readPart(archive, "best", m_best);
            if (m_wordOptimiser)
                readPart(archive, "words", *m_wordOptimiser);
        });
    }

    Result<> save(int epoch)
    {
        return writeCheckpoint(m_options.checkpoint, epoch, [&](auto &archive) {
            addPart(archive, "space", *m_space);
            addPart(archive, "optimiser", m_optimiser);
            addPart(archive, "average", m_average);
            if (keepsBest())
                addPart(archive, "best", m_best);
            if (m_wordOptimiser)
                addPart(archive, "words", *m_wordOptimiser);
        });
    }

    const EncoderRecipe &m_recipe;
    const Prepared &m_prepared;
    const LoopOptions &m_options;
    std::shared_ptr<Space> m_space;
    torch::optim::AdamW m_optimiser;        // of all but the words
    std::optional<RowAdam> m_wordOptimiser; // none where the word vectors are fixed
    Average m_average;
    Best m_best;
    Rehearsing m_rehearsing; // holds what the first parameters gave
    std::chrono::duration<double> m_waited{};
    at::Generator m_dropout;
    std::size_t m_stepsPerEpoch;
};

} // namespace

Result<std::vector<TensorData>> trainEncoder(const EncoderRecipe &recipe, const Prepared &prepared,
                                             const LoopOptions &options, const std::stop_token &stop)
{
    try {
        at::set_num_threads(options.threads > 0 ? options.threads : threads::count());
        return Loop(recipe, prepared, options).run(stop);
    } catch (const std::exception &error) {
        return fail(Errc::Internal, recipe.id, tensor::firstLine(error));
    }
}

} // namespace photolex::train::nn
