#include "core/train/nn/fine_tune.h"

#include "core/base/bytes.h"
#include "core/base/threads.h"
#include "core/image/network.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/batches.h"
#include "core/train/nn/objectives.h"
#include "core/train/nn/row_adam.h"
#include "core/train/nn/space.h"
#include "core/train/nn/steps.h"
#include "core/train/nn/tail.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>
#include <torch/serialize.h>

namespace photolex::train::nn {

namespace {

// The space needs no table besides its own words: what was added to them is folded in by now.
Prepared withoutTable(const Prepared &prepared)
{
    Prepared plain;
    plain.featureDimension = prepared.featureDimension;
    plain.vocabularySize = prepared.vocabularySize;
    return plain;
}

Result<> adopt(Space &space, const std::vector<TensorData> &tensors, const std::string &encoder)
{
    const torch::NoGradGuard guard;
    auto parameters = space.named_parameters();
    std::size_t adopted = 0;
    for (const auto &tensor : tensors) {
        if (tensor.name == "feature_power")
            continue; // the recipe's own
        auto *parameter = parameters.find(tensor.name);
        if (!parameter || parameter->sizes() != at::IntArrayRef(tensor.shape))
            return fail(Errc::Invalid, encoder,
                        fmt::format("\"{}\" does not fit what was trained before", tensor.name));
        parameter->copy_(tensor::fromFloats(tensor.values, tensor.shape));
        ++adopted;
    }
    if (adopted != parameters.size())
        return fail(Errc::Invalid, encoder, "what was trained before lacks a part of it");
    return {};
}

class FineTuner {
public:
    FineTuner(const EncoderRecipe &recipe, const Prepared &prepared, const FineTuneInput &input,
              const LoopOptions &options, std::shared_ptr<Space> space, std::shared_ptr<Tail> tail)
        : m_recipe(recipe)
        , m_settings(*recipe.fineTune)
        , m_prepared(prepared)
        , m_input(input)
        , m_options(options)
        , m_space(std::move(space))
        , m_tail(std::move(tail))
        , m_tailOptimiser(trained(*m_tail), torch::optim::AdamWOptions(m_settings.learningRate).weight_decay(0))
        , m_mapOptimiser(m_space->otherParameters(),
                         torch::optim::AdamWOptions(m_settings.spaceLearningRate).weight_decay(0))
        , m_wordOptimiser(m_space->wordParameter())
    {
        std::vector<std::vector<std::size_t>> sentencesOf(input.train.size());
        for (std::size_t i = 0; i < prepared.train.sentences.size(); ++i)
            sentencesOf[static_cast<std::size_t>(prepared.train.imageOf[i])].push_back(i);
        for (std::size_t photo = 0; photo < sentencesOf.size(); ++photo)
            if (!sentencesOf[photo].empty())
                m_photos.push_back({photo, std::move(sentencesOf[photo])});
        m_stepsPerEpoch = m_photos.size() / static_cast<std::size_t>(m_settings.batch);
    }

    Result<FineTuned> run(const std::stop_token &stop)
    {
        if (m_stepsPerEpoch == 0)
            return fail(Errc::Invalid, m_recipe.id,
                        fmt::format("{} photos do not fill one batch of {}", m_photos.size(), m_settings.batch));
        for (int epoch = restored(); epoch < m_settings.epochs; ++epoch) {
            const auto begin = std::chrono::steady_clock::now();
            const auto loss = runEpoch(epoch, stop);
            if (!loss)
                return fail(loss.error());
            EpochReport report{
                .encoder = m_recipe.id + " with its tail", .epoch = epoch + 1, .loss = *loss, .dev = {}, .seconds = 0};
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
        return FineTuned{m_space->exported(), m_tail->exported()};
    }

private:
    struct Photo {
        std::size_t row;
        std::vector<std::size_t> sentences;
    };

    static std::vector<at::Tensor> trained(const Tail &tail)
    {
        auto parameters = tail.parameters();
        std::erase_if(parameters, [](const at::Tensor &parameter) { return !parameter.requires_grad(); });
        return parameters;
    }

    // Mean loss of a pair.
    Result<double> runEpoch(int epoch, const std::stop_token &stop)
    {
        Batches others(m_recipe, m_prepared, m_options.seed, epoch);
        Deck photos(m_photos.size(), generator(m_options.seed, fmt::format("tail {}", epoch)));
        ProgressThrottle progress(m_options.progress);
        const auto total = static_cast<std::int64_t>(m_stepsPerEpoch) * m_settings.epochs;
        double sum = 0;
        m_space->train();
        for (std::size_t step = 0; step < m_stepsPerEpoch; ++step) {
            if (stop.stop_requested())
                return fail(Errc::Cancelled, m_recipe.id, fmt::format("epoch {} is kept", epoch));
            const auto number = static_cast<std::int64_t>(epoch) * static_cast<std::int64_t>(m_stepsPerEpoch) +
                                static_cast<std::int64_t>(step);
            m_space->zero_grad(/*set_to_none=*/true);
            m_tail->zero_grad(/*set_to_none=*/true);
            const auto loss = withOtherLosses(pairLoss(photos), *m_space, others, m_recipe, m_prepared);
            const auto value = loss.item<double>();
            if (!std::isfinite(value))
                return fail(Errc::Internal, m_recipe.id,
                            fmt::format("the loss is not finite at epoch {}, batch {} of the tail; the checkpoint of "
                                        "the last epoch is kept",
                                        epoch + 1, step + 1));
            loss.backward();
            update(number, total);
            sum += value;
            progress.report({"fine-tune " + m_recipe.id, number + 1, total});
        }
        return sum / static_cast<double>(m_stepsPerEpoch * static_cast<std::size_t>(m_settings.batch));
    }

    // The norm is cut for tail and space apart: the gradients differ in scale by their place.
    void update(std::int64_t step, std::int64_t total)
    {
        const auto scheduledNow = [&](double rate) { return scheduled(rate, m_settings.warmUpSteps, step, total); };
        const auto rate = [](torch::optim::AdamW &optimiser, double value) {
            for (auto &group : optimiser.param_groups())
                static_cast<torch::optim::AdamWOptions &>(group.options()).lr(value);
        };
        rate(m_tailOptimiser, scheduledNow(m_settings.learningRate));
        const double spaceRate = scheduledNow(m_settings.spaceLearningRate);
        rate(m_mapOptimiser, spaceRate);
        torch::nn::utils::clip_grad_norm_(trained(*m_tail), m_recipe.gradientNorm);
        torch::nn::utils::clip_grad_norm_(m_space->otherParameters(), m_recipe.gradientNorm);
        m_tailOptimiser.step();
        m_mapOptimiser.step();
        const auto words = m_space->wordParameter().grad().coalesce();
        const double norm = std::sqrt(words.values().square().sum().item<double>());
        const double factor = norm > m_recipe.gradientNorm ? m_recipe.gradientNorm / norm : 1;
        m_wordOptimiser.step(words.indices()[0], words.values() * factor, spaceRate);
    }

    // n × 208 × 9 × 9 as float32
    static at::Tensor fronts(const FrontOutputs &outputs, const std::vector<std::pair<std::size_t, bool>> &photos)
    {
        const auto &shape = image::Network::frontShape;
        auto halves = torch::empty({static_cast<std::int64_t>(photos.size()), shape[0], shape[1], shape[2]}, at::kHalf);
        auto *out = static_cast<std::byte *>(halves.data_ptr());
        for (const auto &[photo, mirrored] : photos) {
            const auto bytes = outputs.halves(photo, mirrored);
            std::memcpy(out, bytes.data(), bytes.size());
            out += bytes.size();
        }
        return halves.to(at::kFloat);
    }

    at::Tensor points(const FrontOutputs &outputs, const std::vector<std::pair<std::size_t, bool>> &photos)
    {
        const auto q = m_tail->features(fronts(outputs, photos));
        return m_space->photos(q / q.norm(2, 1, true).clamp_min(1e-12));
    }

    at::Tensor pairLoss(Deck &deck)
    {
        const auto &set = m_prepared.train;
        std::vector<std::pair<std::size_t, bool>> photos;
        std::vector<Ids> sentences(static_cast<std::size_t>(m_settings.batch) *
                                   static_cast<std::size_t>(m_settings.sentences));
        std::bernoulli_distribution mirrors(m_recipe.mirrored);
        for (int i = 0; i < m_settings.batch; ++i) {
            const auto &photo = m_photos[deck.draw()];
            photos.emplace_back(photo.row, mirrors(deck.random()));
            // Its sentences in random order; again from the first where there are fewer.
            auto order = photo.sentences;
            std::ranges::shuffle(order, deck.random());
            for (int k = 0; k < m_settings.sentences; ++k)
                sentences[static_cast<std::size_t>(k * m_settings.batch + i)] =
                    set.sentences[order[static_cast<std::size_t>(k) % order.size()]];
        }
        const auto scores = points(m_input.train, photos).mm(m_space->sentences(sentences).t());
        const auto same = torch::eye(m_settings.batch, torch::kBool);
        auto loss = torch::zeros({});
        for (int k = 0; k < m_settings.sentences; ++k)
            loss = loss + lossOf(m_recipe.objective, scores.narrow(1, k * m_settings.batch, m_settings.batch), same,
                                 m_recipe.margin, m_recipe.temperature);
        return loss / m_settings.sentences;
    }

    Result<eval::Retrieval> onDev()
    {
        const torch::NoGradGuard guard;
        m_space->eval();
        const auto &set = m_prepared.dev;
        std::vector<float> images;
        constexpr std::size_t photosAtOnce = 64;
        for (std::size_t from = 0; from < m_input.dev.size(); from += photosAtOnce) {
            std::vector<std::pair<std::size_t, bool>> part;
            for (std::size_t i = from; i < std::min(from + photosAtOnce, m_input.dev.size()); ++i)
                part.emplace_back(i, false);
            const auto values = tensor::toFloats(points(m_input.dev, part));
            images.insert(images.end(), values.begin(), values.end());
        }
        const auto texts = pointsOfMany(*m_space, set.sentences);
        return eval::retrieval({images, m_recipe.dimension}, {texts, m_recipe.dimension}, set.imageOf);
    }

    // The epoch to go on with.
    int restored()
    {
        return readCheckpoint(m_options, [&](auto &archive) {
            readPart(archive, "space", *m_space);
            readPart(archive, "tail", *m_tail);
            readPart(archive, "tail_optimiser", m_tailOptimiser);
            readPart(archive, "map_optimiser", m_mapOptimiser);
            readPart(archive, "words", m_wordOptimiser);
        });
    }

    Result<> save(int epoch)
    {
        return writeCheckpoint(m_options.checkpoint, epoch, [&](auto &archive) {
            addPart(archive, "space", *m_space);
            addPart(archive, "tail", *m_tail);
            addPart(archive, "tail_optimiser", m_tailOptimiser);
            addPart(archive, "map_optimiser", m_mapOptimiser);
            addPart(archive, "words", m_wordOptimiser);
        });
    }

    const EncoderRecipe &m_recipe;
    const FineTune &m_settings;
    const Prepared &m_prepared;
    const FineTuneInput &m_input;
    const LoopOptions &m_options;
    std::shared_ptr<Space> m_space;
    std::shared_ptr<Tail> m_tail;
    torch::optim::AdamW m_tailOptimiser, m_mapOptimiser;
    RowAdam m_wordOptimiser;
    std::vector<Photo> m_photos; // those that have a sentence
    std::size_t m_stepsPerEpoch = 0;
};

} // namespace

Result<FineTuned> fineTune(const EncoderRecipe &recipe, const Prepared &prepared, const FineTuneInput &input,
                           const LoopOptions &options, const std::stop_token &stop)
{
    try {
        at::set_num_threads(threads::count());
        const auto weights = TensorFile::open(input.network);
        if (!weights)
            return fail(weights.error());
        auto tail = Tail::open(*weights, displayText(input.network), recipe.fineTune->fromBlock);
        if (!tail)
            return fail(tail.error());
        auto space = std::make_shared<Space>(recipe, withoutTable(prepared), options.seed);
        if (auto adopted = adopt(*space, input.space, recipe.id); !adopted)
            return fail(adopted.error());
        return FineTuner(recipe, prepared, input, options, std::move(space), std::move(*tail)).run(stop);
    } catch (const std::exception &error) {
        return fail(Errc::Internal, recipe.id, tensor::firstLine(error));
    }
}

} // namespace photolex::train::nn
