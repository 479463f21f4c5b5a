#include "core/train/nn/language.h"

#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/caption/nn/graph.h"
#include "core/tensor/tensor.h"
#include "core/train/nn/steps.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <torch/nn/functional/loss.h>
#include <torch/optim/adam.h>
#include <torch/types.h>
#include <unordered_map>

namespace photolex::train::nn {

namespace {

constexpr double gradientNorm = 5;
constexpr std::size_t mostOthers = 4; // sentences of a photo that make a mean

class LanguageLoop {
public:
    LanguageLoop(const LanguageRecipe &recipe, const LanguageData &data, std::uint64_t seed)
        : m_recipe(recipe)
        , m_data(data)
        , m_seed(seed)
        , m_random(at::detail::createCPUGenerator(generator(seed, "language")()))
        , m_local(data.shape.words, -1)
    {
        const auto words = data.shape.words;
        const bool isPlain = recipe.kind == caption::Kind::LogBilinear;
        const std::int64_t factors = isPlain ? recipe.dimension : recipe.factors;
        m_weights.kind = recipe.kind;
        m_weights.words = made({words, factors}, 0.1);
        m_weights.bias = torch::zeros({words});
        // The words right before count most at the start.
        m_weights.context = made({caption::contextLength, recipe.dimension, recipe.dimension}, 0.02);
        for (std::int64_t i = 0; i < caption::contextLength; ++i)
            m_weights.context[i].diagonal().add_(0.5 / static_cast<double>(i + 1));
        if (!isPlain)
            m_weights.wordFactors = made({factors, recipe.dimension}, 1 / std::sqrt(recipe.dimension));
        if (recipe.kind == caption::Kind::Multiplicative) {
            m_weights.attributeFactors = made({factors, data.shape.contents}, 1);
        } else if (recipe.kind == caption::Kind::StructureContent) {
            m_weights.attributeFactors = made({factors, recipe.attributes}, 1.5 / std::sqrt(recipe.attributes));
            m_weights.structure = made({caption::tagWindow, data.shape.tags + 1, recipe.attributes}, 0.2);
            m_weights.content = made({recipe.attributes, data.shape.contents}, 1);
            m_weights.attributeBias = torch::full({recipe.attributes}, 0.3);
        }
        countWords();
        groupSentences();
        for (auto *tensor : tensors())
            if (tensor->defined())
                m_parameters.push_back(tensor->set_requires_grad(true));
    }

    Result<std::vector<TensorData>> run(const ProgressSink &sink, const std::stop_token &stop)
    {
        torch::optim::Adam optimiser(m_parameters, torch::optim::AdamOptions(m_recipe.learningRate));
        const auto batches = static_cast<std::int64_t>(m_data.words.size()) / m_recipe.batch;
        if (batches == 0)
            return fail(Errc::Invalid, "sentences", "they do not fill one batch");
        const auto total = batches * m_recipe.epochs;
        ProgressThrottle progress(sink);
        std::vector<std::size_t> order(m_data.words.size());
        for (std::int64_t step = 0; step < total; ++step) {
            if (stop.stop_requested())
                return fail(Errc::Cancelled, "language model", "nothing of it is kept");
            if (step % batches == 0) {
                std::iota(order.begin(), order.end(), std::size_t{0});
                auto random = generator(m_seed, fmt::format("sentences {}", step / batches));
                std::ranges::shuffle(order, random);
            }
            const auto first = static_cast<std::size_t>(step % batches * m_recipe.batch);
            auto loss = lossOf(std::span(order).subspan(first, static_cast<std::size_t>(m_recipe.batch)));
            if (!loss)
                return fail(loss.error());
            const auto value = loss->item<double>();
            if (!std::isfinite(value))
                return fail(Errc::Internal, "language model", fmt::format("the loss is not finite at step {}", step));
            optimiser.zero_grad();
            loss->backward();
            auto squares = torch::zeros({});
            for (const auto &parameter : m_parameters)
                squares = squares + parameter.grad().square().sum();
            const double norm = std::sqrt(squares.item<double>());
            if (norm > gradientNorm)
                for (const auto &parameter : m_parameters)
                    parameter.mutable_grad().mul_(gradientNorm / norm);
            for (auto &group : optimiser.param_groups())
                static_cast<torch::optim::AdamOptions &>(group.options())
                    .lr(scheduled(m_recipe.learningRate, m_recipe.warmUpSteps, step, total));
            optimiser.step();
            progress.report({fmt::format("train {} {:.3f}", caption::kindName(m_recipe.kind), value), step + 1, total});
        }
        return exported();
    }

private:
    at::Tensor made(std::vector<std::int64_t> shape, double scale)
    {
        return torch::empty(shape).normal_(0, scale, m_random);
    }

    std::vector<at::Tensor *> tensors()
    {
        return {&m_weights.words,     &m_weights.bias,    &m_weights.context,       &m_weights.wordFactors,
                &m_weights.structure, &m_weights.content, &m_weights.attributeBias, &m_weights.attributeFactors};
    }

    // The bias starts at log p, where it nearly stays.
    void countWords()
    {
        m_share.assign(static_cast<std::size_t>(m_data.shape.words), 1.0);
        double sum = static_cast<double>(m_share.size());
        for (const auto &sentence : m_data.words)
            for (const auto word : sentence) {
                m_share[static_cast<std::size_t>(word)] += 1;
                sum += 1;
            }
        std::vector<float> logs;
        for (auto &share : m_share) {
            share /= sum;
            logs.push_back(static_cast<float>(std::log(share)));
        }
        m_weights.bias = tensor::fromFloats(logs, {m_data.shape.words});
        m_draw = std::discrete_distribution<std::int32_t>(m_share.begin(), m_share.end());
        m_sampler = generator(m_seed, "samples");
    }

    void groupSentences()
    {
        for (std::size_t i = 0; i < m_data.groups.size(); ++i)
            if (m_data.groups[i] >= 0)
                m_members[m_data.groups[i]].push_back(i);
        m_chooser = generator(m_seed, "contents");
    }

    // u of each sentence: the point of its own, or the mean of those of the other sentences of its photo.
    Result<at::Tensor> contentsOf(std::span<const std::size_t> batch)
    {
        std::vector<std::string> texts;
        std::vector<std::int64_t> owners;
        std::uniform_real_distribution<double> uniform;
        for (std::size_t b = 0; b < batch.size(); ++b) {
            const auto group = m_data.groups.empty() ? -1 : m_data.groups[batch[b]];
            const auto found = m_members.find(group);
            if (uniform(m_chooser) < m_recipe.groupShare && found != m_members.end() && found->second.size() > 1) {
                std::size_t taken = 0;
                for (const auto other : found->second)
                    if (other != batch[b] && taken++ < mostOthers) {
                        texts.push_back(m_data.sentences[other]);
                        owners.push_back(static_cast<std::int64_t>(b));
                    }
            } else {
                texts.push_back(m_data.sentences[batch[b]]);
                owners.push_back(static_cast<std::int64_t>(b));
            }
        }
        const auto points = m_data.points(texts);
        if (!points)
            return fail(points.error());
        const auto rows = tensor::fromFloats(*points, {std::ssize(texts), m_data.shape.contents});
        const auto sums = torch::zeros({static_cast<std::int64_t>(batch.size()), m_data.shape.contents})
                              .index_add_(0, torch::tensor(at::ArrayRef<std::int64_t>(owners), at::kLong), rows);
        return sums / sums.norm(2, 1, true).clamp_min(1e-6);
    }

    Result<at::Tensor> lossOf(std::span<const std::size_t> batch)
    {
        caption::Rows asked;
        std::vector<std::int64_t> rowOf, targets;
        for (std::size_t b = 0; b < batch.size(); ++b) {
            const auto &words = m_data.words[batch[b]];
            const auto &tags = m_data.tags[batch[b]];
            for (std::size_t n = 0; n < words.size(); ++n) {
                asked.add(words, n, tags, static_cast<std::uint8_t>(m_data.shape.tags));
                rowOf.push_back(static_cast<std::int64_t>(b));
                targets.push_back(words[n]);
            }
        }
        const auto rows = static_cast<std::int64_t>(targets.size());
        // Candidates come first among the words that the step needs, then those of contexts alone.
        std::vector<std::int64_t> used;
        const auto localOf = [&](std::int64_t word) {
            auto &local = m_local[static_cast<std::size_t>(word)];
            if (local < 0) {
                local = static_cast<std::int64_t>(used.size());
                used.push_back(word);
            }
            return local;
        };
        for (auto &target : targets)
            target = localOf(target);
        for (int i = 0; i < m_recipe.samples; ++i)
            localOf(m_draw(m_sampler));
        const auto candidates = static_cast<std::int64_t>(used.size());
        std::vector<float> chance; // log of being among the candidates
        for (const auto word : used)
            chance.push_back(static_cast<float>(std::log(-std::expm1(
                static_cast<double>(rows + m_recipe.samples) * std::log1p(-m_share[static_cast<std::size_t>(word)])))));
        std::vector<std::int64_t> contexts;
        contexts.reserve(asked.contexts.size());
        for (const auto word : asked.contexts)
            contexts.push_back(localOf(word));
        for (const auto word : used)
            m_local[static_cast<std::size_t>(word)] = -1;

        const auto longs = [](const std::vector<std::int64_t> &values) {
            return torch::tensor(at::ArrayRef<std::int64_t>(values), at::kLong);
        };
        at::Tensor content;
        if (m_recipe.kind != caption::Kind::LogBilinear) {
            auto points = contentsOf(batch);
            if (!points)
                return fail(points.error());
            auto u = std::move(*points);
            if (m_recipe.noise > 0) {
                u = u + made({u.size(0), u.size(1)}, m_recipe.noise / std::sqrt(u.size(1)));
                u = u / u.norm(2, 1, true);
            }
            content = caption::nn::contentTerm(m_weights, u).index_select(0, longs(rowOf));
        }
        const auto table = m_weights.words.index_select(0, longs(used));
        const auto vectors =
            caption::nn::wordVectors(m_weights, table).index_select(0, longs(contexts)).view({rows, -1});
        auto factors = caption::nn::contextFactors(m_weights, vectors);
        if (content.defined())
            factors =
                factors * caption::nn::attributeFactors(
                              m_weights, longs({asked.windows.begin(), asked.windows.end()}).view({rows, -1}), content);
        used.resize(static_cast<std::size_t>(candidates));
        chance.resize(static_cast<std::size_t>(candidates));
        const auto bias = m_weights.bias.index_select(0, longs(used)) - tensor::fromFloats(chance, {candidates});
        const auto scores = torch::addmm(bias, factors, table.narrow(0, 0, candidates).t());
        return torch::nn::functional::cross_entropy(scores, longs(targets));
    }

    Result<std::vector<TensorData>> exported() const
    {
        std::vector<TensorData> all;
        const auto add = [&](const char *name, const at::Tensor &tensor) {
            if (tensor.defined())
                all.push_back({name, tensor.sizes().vec(), tensor::toFloats(tensor.detach()), TensorType::Float16});
        };
        add("words", m_weights.words);
        add("bias", m_weights.bias);
        add("context", m_weights.context);
        add("word_factors", m_weights.wordFactors);
        add("attribute_factors", m_weights.attributeFactors);
        add("structure", m_weights.structure);
        add("content", m_weights.content);
        add("attribute_bias", m_weights.attributeBias);
        return all;
    }

    const LanguageRecipe &m_recipe;
    const LanguageData &m_data;
    std::uint64_t m_seed;
    at::Generator m_random;
    caption::nn::Weights m_weights;
    std::vector<at::Tensor> m_parameters;
    std::vector<double> m_share; // of running words
    std::discrete_distribution<std::int32_t> m_draw;
    Generator m_sampler, m_chooser;
    std::unordered_map<std::int32_t, std::vector<std::size_t>> m_members; // sentences of each photo
    std::vector<std::int64_t> m_local; // of each word in the step at hand; −1: it is not in it
};

} // namespace

Result<std::vector<TensorData>> trainLanguageModel(const LanguageRecipe &recipe, const LanguageData &data,
                                                   std::uint64_t seed, const ProgressSink &progress,
                                                   const std::stop_token &stop)
{
    try {
        at::set_num_threads(threads::count());
        return LanguageLoop(recipe, data, seed).run(progress, stop);
    } catch (const std::exception &error) {
        return fail(Errc::Internal, "language model", tensor::firstLine(error));
    }
}

} // namespace photolex::train::nn
