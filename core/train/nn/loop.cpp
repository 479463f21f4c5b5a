#include "core/train/nn/loop.h"

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/batches.h"
#include "core/train/nn/objectives.h"
#include "core/train/nn/row_adam.h"
#include "core/train/nn/space.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
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
        for (int epoch = restored(); epoch < m_recipe.epochs; ++epoch) {
            const auto begin = std::chrono::steady_clock::now();
            const auto loss = runEpoch(epoch, stop);
            if (!loss)
                return fail(loss.error());
            EpochReport report{.encoder = m_recipe.id, .epoch = epoch + 1, .loss = *loss, .dev = {}, .seconds = 0};
            if (!m_prepared.dev.sentences.empty()) {
                m_average.swap();
                auto measured = onDev();
                m_average.swap();
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
        m_average.swap();
        return m_space->exported();
    }

private:
    // Mean loss of a pair.
    Result<double> runEpoch(int epoch, const std::stop_token &stop)
    {
        Batches batches(m_recipe, m_prepared, m_options.seed, epoch);
        m_dropout = at::detail::createCPUGenerator(generator(m_options.seed, fmt::format("dropout {}", epoch))());
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
            auto loss = pairLoss(batches);
            if (m_recipe.classWeight > 0 && !m_prepared.classes.names.empty())
                loss = loss + m_recipe.classWeight * classLoss(batches);
            if (m_recipe.paraphraseWeight > 0 && !m_prepared.groups.empty())
                loss = loss + m_recipe.paraphraseWeight * paraphraseLoss(batches);
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

    at::Tensor lossOf(Objective objective, const at::Tensor &scores, const at::Tensor &same) const
    {
        return nn::lossOf(objective, scores, same, m_recipe.margin, m_recipe.temperature);
    }

    at::Tensor pairLoss(Batches &batches)
    {
        const auto batch = batches.pairs();
        auto features = batches.features(batch);
        if (m_recipe.featureDropout > 0)
            features = features * torch::empty_like(features).bernoulli_(1 - m_recipe.featureDropout, m_dropout);
        const auto x = m_space->photos(features);
        return lossOf(m_recipe.objective, x.mm(m_space->sentences(batch.sentences).t()), batch.same);
    }

    at::Tensor classLoss(Batches &batches)
    {
        const auto batch = batches.classes();
        const auto x = m_space->photos(batch.rows);
        return lossOf(m_recipe.classObjective, x.mm(m_space->sentences(batch.sentences).t()), batch.same);
    }

    at::Tensor paraphraseLoss(Batches &batches)
    {
        const auto batch = batches.paraphrases();
        const auto n = batch.same.size(0);
        const auto points = m_space->sentences(batch.sentences);
        return lossOf(m_recipe.paraphraseObjective, points.narrow(0, 0, n).mm(points.narrow(0, n, n).t()), batch.same);
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
            const auto to = std::min(from + atOnce, set.sentences.size());
            const std::vector<Ids> part(set.sentences.begin() + static_cast<std::ptrdiff_t>(from),
                                        set.sentences.begin() + static_cast<std::ptrdiff_t>(to));
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
        torch::serialize::InputArchive average;
        archive.read("space", space);
        archive.read("optimiser", optimiser);
        archive.read("words", words);
        archive.read("average", average);
        m_space->load(space);
        m_optimiser.load(optimiser);
        m_average.load(average);
        if (m_wordOptimiser)
            m_wordOptimiser->load(words);
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
        torch::serialize::OutputArchive average;
        m_space->save(space);
        m_optimiser.save(optimiser);
        m_average.save(average);
        if (m_wordOptimiser)
            m_wordOptimiser->save(words);
        archive.write("space", space);
        archive.write("optimiser", optimiser);
        archive.write("words", words);
        archive.write("average", average);
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
    torch::optim::AdamW m_optimiser;        // of all but the words
    std::optional<RowAdam> m_wordOptimiser; // none where the word vectors are fixed
    Average m_average;
    at::Generator m_dropout;
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
