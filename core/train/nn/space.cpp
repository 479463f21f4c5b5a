#include "core/train/nn/space.h"

#include "core/base/random.h"
#include "core/joint/nn/feature_power.h"
#include "core/tensor/tensor.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
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

// Words that no sentence has keep what they start with, which must not pull a query anywhere.
void clearUnread(at::Tensor &words, const Prepared &prepared)
{
    std::vector<bool> isRead(prepared.vocabularySize);
    const auto read = [&](const Ids &ids) {
        for (const auto id : ids)
            isRead[static_cast<std::size_t>(id)] = true;
    };
    std::ranges::for_each(prepared.train.sentences, read);
    for (const auto &group : prepared.groups)
        std::ranges::for_each(group, read);
    for (const auto &names : prepared.classes.names)
        std::ranges::for_each(names, read);
    for (const auto &[before, after] : prepared.classes.templates) {
        read(before);
        read(after);
    }
    for (std::size_t word = 0; word < isRead.size(); ++word)
        if (!isRead[word])
            words[static_cast<std::int64_t>(word)].zero_();
}

// Glorot's bound for a map from `from` to `to` numbers.
double glorot(std::int64_t from, std::int64_t to)
{
    return std::sqrt(6.0 / static_cast<double>(from + to));
}

} // namespace

Space::Space(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed)
    : m_kind(kindNamed(recipe.kind))
    , m_dimension(recipe.dimension)
    , m_featurePower(recipe.featurePower)
{
    auto random = generator(seed, "start");
    const auto words = static_cast<std::int64_t>(prepared.vocabularySize);
    const std::int64_t d = recipe.dimension;
    const std::int64_t w = recipe.wordDimension;
    const std::vector<std::int64_t> mapShape = {d, prepared.featureDimension};
    const double mapBound = glorot(prepared.featureDimension, d);
    m_imageMap = register_parameter("image_map", uniform(mapShape, mapBound, random));
    if (m_featurePower > 0)
        m_powerMap = register_parameter("power_map", uniform(mapShape, mapBound, random));
    if (prepared.fixedDimension > 0)
        m_fixed = tensor::fromFloats(prepared.fixed, {words, prepared.fixedDimension});
    if (m_kind == Kind::Devise)
        return;
    if (m_kind == Kind::SkipGram) {
        m_textMap = register_parameter("text_map", uniform({d, w}, glorot(w, d), random));
        return;
    }
    auto start = uniform({words, w}, recipe.wordInit, random);
    clearUnread(start, prepared);
    m_words = register_parameter("words", std::move(start));
    if (m_kind != Kind::Linear) {
        const std::int64_t gates = m_kind == Kind::Lstm ? 4 : 3;
        const double bound = 1 / std::sqrt(static_cast<double>(d));
        m_inputWeight = register_parameter("input_weight", uniform({gates * d, w}, bound, random));
        m_hiddenWeight = register_parameter("hidden_weight", uniform({gates * d, d}, bound, random));
        m_inputBias = register_parameter("input_bias", uniform({gates * d}, bound, random));
        m_hiddenBias = register_parameter("hidden_bias", uniform({gates * d}, bound, random));
    }
    if (m_fixed.defined()) {
        // Small at first, so that the learned vectors and the table begin on a par.
        const double bound = recipe.wordInit * std::sqrt(3.0);
        m_fixedMap = register_parameter("fixed_map", uniform({w, prepared.fixedDimension}, bound, random));
    }
    if (!prepared.start.empty())
        beginWith(prepared.start);
}

void Space::beginWith(const std::vector<TensorData> &start)
{
    const torch::NoGradGuard guard;
    const auto put = [&](at::Tensor &parameter, const char *name) {
        const auto found = std::ranges::find(start, name, &TensorData::name);
        if (found == start.end() || found->shape != parameter.sizes().vec())
            throw std::invalid_argument(std::string("\"") + name + "\" to begin with is missing or has another shape");
        parameter.copy_(tensor::fromFloats(found->values, found->shape));
    };
    put(m_imageMap, "image_map");
    put(m_words, "words");
    if (m_kind == Kind::Lstm) {
        put(m_inputWeight, "lstm.weight_ih");
        put(m_hiddenWeight, "lstm.weight_hh");
        put(m_inputBias, "lstm.bias"); // one bias is stored, their sum
        m_hiddenBias.zero_();
    } else if (m_kind == Kind::Gru) {
        put(m_inputWeight, "gru.weight_ih");
        put(m_hiddenWeight, "gru.weight_hh");
        put(m_inputBias, "gru.bias_ih");
        put(m_hiddenBias, "gru.bias_hh");
    }
}

Space::Kind Space::kindNamed(const std::string &name)
{
    if (name == "lstm")
        return Kind::Lstm;
    if (name == "gru")
        return Kind::Gru;
    if (name == "skip-gram")
        return Kind::SkipGram;
    return name == "devise" ? Kind::Devise : Kind::Linear;
}

at::Tensor Space::photos(const at::Tensor &features)
{
    const auto x = features.mm(m_imageMap.t());
    if (!m_powerMap.defined())
        return unitRows(x);
    return unitRows(x + joint::nn::toPower(features, m_featurePower).mm(m_powerMap.t()));
}

at::Tensor Space::wordTable() const
{
    if (!m_words.defined())
        return m_fixed;
    return m_fixed.defined() ? m_words + m_fixed.mm(m_fixedMap.t()) : m_words;
}

at::Tensor Space::sentences(const std::vector<Ids> &ids)
{
    const auto n = static_cast<std::int64_t>(ids.size());
    const bool isRecurrent = m_inputWeight.defined();
    // Longest first, as packed sequences want it.
    std::vector<std::int64_t> order(ids.size());
    std::iota(order.begin(), order.end(), 0);
    const auto sentence = [&](std::size_t place) -> const Ids & { return ids[static_cast<std::size_t>(order[place])]; };
    std::vector<std::int64_t> flat;
    std::vector<std::int64_t> second; // sums: offsets of sentences; recurrent: sentences alive at each step
    if (isRecurrent) {
        std::ranges::stable_sort(order, std::greater(),
                                 [&](std::int64_t i) { return ids[static_cast<std::size_t>(i)].size(); });
        for (std::size_t step = 0; step < sentence(0).size(); ++step) {
            std::size_t alive = 0;
            for (; alive < ids.size() && sentence(alive).size() > step; ++alive)
                flat.push_back(sentence(alive)[step]);
            second.push_back(static_cast<std::int64_t>(alive));
        }
    } else {
        for (const auto &one : ids) {
            second.push_back(static_cast<std::int64_t>(flat.size()));
            flat.insert(flat.end(), one.begin(), one.end());
        }
    }
    const auto words = torch::tensor(flat, torch::kLong);
    const auto counts = torch::tensor(second, torch::kLong);

    // Only the rows that occur are mapped: the table is far larger than a batch.
    const auto [distinct, places, occurrences] = torch::_unique2(words, true, true, false);
    at::Tensor rows;
    if (m_words.defined()) {
        rows = torch::embedding(m_words, distinct, /*padding_idx=*/-1, /*scale_grad_by_freq=*/false, /*sparse=*/true);
        if (m_fixed.defined())
            rows = rows + m_fixed.index_select(0, distinct).mm(m_fixedMap.t());
    } else {
        rows = m_fixed.index_select(0, distinct);
    }
    if (isRecurrent) {
        std::vector<std::int64_t> back(ids.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
        const auto last = recurrent(torch::embedding(rows, places), counts, n);
        return unitRows(last.index_select(0, torch::tensor(back, torch::kLong)));
    }
    const auto sums = std::get<0>(torch::embedding_bag(rows, places, counts, false, 0));
    return unitRows(m_textMap.defined() ? sums.mm(m_textMap.t()) : sums);
}

// rows: the packed words, alive: how many sentences each step has. The hidden state after each sentence's own end.
at::Tensor Space::recurrent(const at::Tensor &rows, const at::Tensor &alive, std::int64_t count)
{
    const auto zero = torch::zeros({1, count, m_dimension});
    const std::vector<at::Tensor> weights = {m_inputWeight, m_hiddenWeight, m_inputBias, m_hiddenBias};
    if (m_kind == Kind::Lstm)
        return std::get<1>(torch::lstm(rows, alive, {zero, zero}, weights, /*has_biases=*/true, /*num_layers=*/1,
                                       /*dropout=*/0, /*train=*/is_training(), /*bidirectional=*/false))[0];
    return std::get<1>(torch::gru(rows, alive, zero, weights, /*has_biases=*/true, /*num_layers=*/1, /*dropout=*/0,
                                  /*train=*/is_training(), /*bidirectional=*/false))[0];
}

std::vector<at::Tensor> Space::otherParameters() const
{
    std::vector<at::Tensor> others;
    for (const auto &parameter : parameters())
        if (!m_words.defined() || !parameter.is_same(m_words))
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
    if (m_powerMap.defined()) {
        add("power_map", m_powerMap);
        tensors.push_back({"feature_power", {1}, {static_cast<float>(m_featurePower)}});
    }
    add("words", wordTable());
    if (m_textMap.defined())
        add("text_map", m_textMap);
    if (m_kind == Kind::Lstm) {
        add("lstm.weight_ih", m_inputWeight);
        add("lstm.weight_hh", m_hiddenWeight);
        add("lstm.bias", m_inputBias + m_hiddenBias);
    } else if (m_kind == Kind::Gru) {
        add("gru.weight_ih", m_inputWeight);
        add("gru.weight_hh", m_hiddenWeight);
        add("gru.bias_ih", m_inputBias);
        add("gru.bias_hh", m_hiddenBias);
    }
    return tensors;
}

} // namespace photolex::train::nn
