#include "core/train/nn/space.h"

#include "core/base/random.h"
#include "core/tensor/tensor.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <torch/types.h>

namespace photolex::train::nn {

namespace {

at::Tensor unitRows(const at::Tensor &rows)
{
    return rows / rows.norm(2, 1, true).clamp_min(1e-12);
}

at::Tensor uniform(std::vector<std::int64_t> shape, double bound, Generator &random)
{
    auto tensor = torch::empty(shape);
    std::uniform_real_distribution<float> values(static_cast<float>(-bound), static_cast<float>(bound));
    auto *out = tensor.data_ptr<float>();
    std::generate_n(out, tensor.numel(), [&] { return values(random); });
    return tensor;
}

} // namespace

Space::Space(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed)
    : m_isLstm(recipe.kind == "lstm")
    , m_dimension(recipe.dimension)
{
    auto random = generator(seed, "start");
    const auto words = static_cast<std::int64_t>(prepared.vocabularySize);
    const std::int64_t d = recipe.dimension;
    const std::int64_t w = recipe.wordDimension;
    // Glorot's bound for the maps, the recipe's for the words.
    const double imageBound = std::sqrt(6.0 / static_cast<double>(d + prepared.featureDimension));
    m_imageMap = register_parameter("image_map", uniform({d, prepared.featureDimension}, imageBound, random));
    m_words = register_parameter("words", uniform({words, w}, recipe.wordInit, random));
    if (m_isLstm) {
        const double bound = 1 / std::sqrt(static_cast<double>(d));
        m_inputWeight = register_parameter("lstm_weight_ih", uniform({4 * d, w}, bound, random));
        m_hiddenWeight = register_parameter("lstm_weight_hh", uniform({4 * d, d}, bound, random));
        m_bias = register_parameter("lstm_bias", uniform({4 * d}, bound, random));
    }
    if (prepared.fixedDimension > 0) {
        m_fixed = tensor::fromFloats(prepared.fixed, {words, prepared.fixedDimension});
        // Small at first, so that the learned vectors and the table begin on a par.
        const double bound = recipe.wordInit * std::sqrt(3.0);
        m_fixedMap = register_parameter("fixed_map", uniform({w, prepared.fixedDimension}, bound, random));
    }
}

at::Tensor Space::photos(const at::Tensor &features)
{
    return unitRows(features.mm(m_imageMap.t()));
}

at::Tensor Space::wordTable() const
{
    return m_fixed.defined() ? m_words + m_fixed.mm(m_fixedMap.t()) : m_words;
}

at::Tensor Space::sentences(const std::vector<const Ids *> &ids)
{
    const auto n = static_cast<std::int64_t>(ids.size());
    // Longest first, as packed sequences want it.
    std::vector<std::int64_t> order(ids.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(),
                             [&](std::int64_t i) { return ids[static_cast<std::size_t>(i)]->size(); });
    std::vector<std::int64_t> flat;
    std::vector<std::int64_t> second; // linear: offsets of sentences; LSTM: sentences alive at each step
    if (m_isLstm) {
        for (std::size_t step = 0; step < ids[static_cast<std::size_t>(order.front())]->size(); ++step) {
            std::int64_t alive = 0;
            for (; alive < n && ids[static_cast<std::size_t>(order[static_cast<std::size_t>(alive)])]->size() > step;
                 ++alive)
                flat.push_back((*ids[static_cast<std::size_t>(order[static_cast<std::size_t>(alive)])])[step]);
            second.push_back(alive);
        }
    } else {
        for (const auto *sentence : ids) {
            second.push_back(static_cast<std::int64_t>(flat.size()));
            flat.insert(flat.end(), sentence->begin(), sentence->end());
        }
    }
    const auto words = torch::tensor(flat, torch::kLong);
    const auto counts = torch::tensor(second, torch::kLong);

    // Only the rows that occur are mapped: the table is far larger than a batch.
    const auto [distinct, places, occurrences] = torch::_unique2(words, true, true, false);
    auto rows = torch::embedding(m_words, distinct, /*padding_idx=*/-1, /*scale_grad_by_freq=*/false, /*sparse=*/true);
    if (m_fixed.defined())
        rows = rows + m_fixed.index_select(0, distinct).mm(m_fixedMap.t());
    if (!m_isLstm)
        return unitRows(std::get<0>(torch::embedding_bag(rows, places, counts, false, 0)));
    const auto zero = torch::zeros({1, n, m_dimension});
    const auto noBias = torch::zeros({4 * m_dimension});
    const auto result = torch::lstm(torch::embedding(rows, places), counts, {zero, zero},
                                    {m_inputWeight, m_hiddenWeight, m_bias, noBias},
                                    /*has_biases=*/true, /*num_layers=*/1, /*dropout=*/0, /*train=*/is_training(),
                                    /*bidirectional=*/false);
    std::vector<std::int64_t> back(ids.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
    return unitRows(std::get<1>(result)[0].index_select(0, torch::tensor(back, torch::kLong)));
}

std::vector<at::Tensor> Space::otherParameters() const
{
    std::vector<at::Tensor> others;
    for (const auto &parameter : parameters())
        if (!parameter.is_same(m_words))
            others.push_back(parameter);
    return others;
}

std::vector<TensorData> Space::exported() const
{
    const torch::NoGradGuard guard;
    std::vector<TensorData> tensors;
    const auto add = [&](const char *name, const at::Tensor &tensor) {
        tensors.push_back({name, tensor.sizes().vec(), tensor::toFloats(tensor), TensorType::Float16});
    };
    add("image_map", m_imageMap);
    add("words", wordTable());
    if (m_isLstm) {
        add("lstm.weight_ih", m_inputWeight);
        add("lstm.weight_hh", m_hiddenWeight);
        add("lstm.bias", m_bias);
    }
    return tensors;
}

} // namespace photolex::train::nn
