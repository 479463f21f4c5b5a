#include "core/train/nn/batches.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <torch/types.h>

namespace photolex::train::nn {

namespace {

at::Tensor sameOwner(const std::vector<std::int64_t> &owners)
{
    const auto ids = torch::tensor(owners, torch::kLong);
    return ids.unsqueeze(0).eq(ids.unsqueeze(1));
}

Generator stream(const char *name, std::uint64_t seed, int epoch)
{
    return generator(seed, fmt::format("{} {}", name, epoch));
}

Deck pairDeck(const EncoderRecipe &recipe, const Pairs &pairs, Generator random)
{
    if (recipe.equalLengths)
        return {pairs.sentences, static_cast<std::size_t>(recipe.batch), std::move(random)};
    return {pairs.sentences.size(), std::move(random)};
}

std::vector<std::int64_t> drawn(Deck &deck, std::size_t count)
{
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < std::min(count, deck.size()); ++i)
        places.push_back(static_cast<std::int64_t>(deck.draw()));
    return places;
}

} // namespace

Deck::Deck(std::size_t size, Generator random)
    : m_order(size)
    , m_random(std::move(random))
{
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    m_next = size;
}

Deck::Deck(std::span<const Ids> sentences, std::size_t batch, Generator random)
    : Deck(sentences.size(), std::move(random))
{
    m_sentences = sentences;
    m_batch = batch;
}

std::size_t Deck::draw()
{
    if (m_next >= m_order.size())
        reshuffle();
    return m_order[m_next++];
}

std::size_t Deck::below(std::size_t count)
{
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
}

void Deck::reshuffle()
{
    std::ranges::shuffle(m_order, m_random);
    m_next = 0;
    const auto batches = m_batch == 0 ? 0 : m_sentences.size() / m_batch;
    if (batches == 0)
        return;
    // What fills no batch stays at the end, other sentences in each epoch.
    const auto whole = m_order.begin() + static_cast<std::ptrdiff_t>(batches * m_batch);
    std::stable_sort(m_order.begin(), whole,
                     [&](std::size_t a, std::size_t b) { return m_sentences[a].size() < m_sentences[b].size(); });
    std::vector<std::size_t> places(batches);
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::shuffle(places, m_random);
    std::vector<std::size_t> order;
    order.reserve(m_order.size());
    for (const auto place : places)
        order.insert(order.end(), m_order.begin() + static_cast<std::ptrdiff_t>(place * m_batch),
                     m_order.begin() + static_cast<std::ptrdiff_t>((place + 1) * m_batch));
    order.insert(order.end(), whole, m_order.end());
    m_order = std::move(order);
}

Batches::Batches(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed, int epoch)
    : m_recipe(recipe)
    , m_prepared(prepared)
    , m_pairs(pairDeck(recipe, prepared.train, stream("pairs", seed, epoch)))
    , m_classes(prepared.classes.names.size(), stream("classes", seed, epoch))
    , m_groups(prepared.groups.size(), stream("groups", seed, epoch))
    , m_keptPhotos(prepared.rehearsal.rows.size() / static_cast<std::size_t>(std::max(1, prepared.featureDimension)),
                   stream("kept photos", seed, epoch))
    , m_keptSentences(prepared.rehearsal.sentences.size(), stream("kept sentences", seed, epoch))
{
}

Ids Batches::dropped(const Ids &sentence, Deck &deck) const
{
    if (m_recipe.wordDropout <= 0)
        return sentence;
    std::bernoulli_distribution leaves(m_recipe.wordDropout);
    Ids kept = {sentence.front()};
    for (std::size_t i = 1; i + 1 < sentence.size(); ++i)
        if (!leaves(deck.random()))
            kept.push_back(sentence[i]);
    if (kept.size() == 1)
        return sentence;
    kept.push_back(sentence.back());
    return kept;
}

PairBatch Batches::pairs()
{
    const auto &set = m_prepared.train;
    PairBatch batch;
    std::vector<std::int64_t> owners;
    std::bernoulli_distribution mirrors(set.mirrored.empty() ? 0 : m_recipe.mirrored);
    for (int i = 0; i < m_recipe.batch; ++i) {
        const auto pair = m_pairs.draw();
        batch.photos.push_back(set.imageOf[pair]);
        batch.views.push_back(mirrors(m_pairs.random()) ? 1 : 0);
        batch.sentences.push_back(dropped(set.sentences[pair], m_pairs));
        owners.push_back(set.imageOf[pair]);
    }
    batch.same = sameOwner(owners);
    return batch;
}

at::Tensor Batches::features(const PairBatch &batch) const
{
    const auto &set = m_prepared.train;
    const auto dimension = static_cast<std::size_t>(m_prepared.featureDimension);
    auto rows = torch::empty({static_cast<std::int64_t>(batch.photos.size()), m_prepared.featureDimension});
    auto *out = rows.data_ptr<float>();
    for (std::size_t i = 0; i < batch.photos.size(); ++i) {
        const auto &from = batch.views[i] ? set.mirrored : set.features;
        out = std::copy_n(from.data() + static_cast<std::size_t>(batch.photos[i]) * dimension, dimension, out);
    }
    return rows;
}

ClassBatch Batches::classes()
{
    const auto &set = m_prepared.classes;
    const auto dimension = static_cast<std::size_t>(m_prepared.featureDimension);
    const auto count = std::min<std::size_t>(static_cast<std::size_t>(m_recipe.classBatch), set.names.size());
    ClassBatch batch;
    std::vector<std::int64_t> owners;
    std::vector<float> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const auto c = m_classes.draw();
        if (set.names[c].empty())
            continue;
        const auto &name = set.names[c][m_classes.below(set.names[c].size())];
        const auto &[before, after] = set.templates[m_classes.below(set.templates.size())];
        auto &ids = batch.sentences.emplace_back(before);
        ids.insert(ids.end(), name.begin(), name.end());
        ids.insert(ids.end(), after.begin(), after.end());
        owners.push_back(static_cast<std::int64_t>(c));
        rows.insert(rows.end(), set.rows.begin() + static_cast<std::ptrdiff_t>(c * dimension),
                    set.rows.begin() + static_cast<std::ptrdiff_t>((c + 1) * dimension));
    }
    batch.rows = torch::tensor(rows).view({static_cast<std::int64_t>(owners.size()), m_prepared.featureDimension});
    batch.same = sameOwner(owners);
    return batch;
}

ParaphraseBatch Batches::paraphrases()
{
    ParaphraseBatch batch;
    std::vector<Ids> others;
    std::vector<std::int64_t> owners;
    for (int i = 0; i < m_recipe.paraphraseBatch; ++i) {
        const auto place = m_groups.draw();
        const auto &group = m_prepared.groups[place];
        const auto one = m_groups.below(group.size());
        const auto other = (one + 1 + m_groups.below(group.size() - 1)) % group.size();
        batch.sentences.push_back(dropped(group[one], m_groups));
        others.push_back(dropped(group[other], m_groups));
        owners.push_back(static_cast<std::int64_t>(place));
    }
    batch.sentences.insert(batch.sentences.end(), std::make_move_iterator(others.begin()),
                           std::make_move_iterator(others.end()));
    batch.same = sameOwner(owners);
    return batch;
}

std::vector<std::int64_t> Batches::rehearsedPhotos(std::size_t count)
{
    return drawn(m_keptPhotos, count);
}

std::vector<std::int64_t> Batches::rehearsedSentences(std::size_t count)
{
    return drawn(m_keptSentences, count);
}

} // namespace photolex::train::nn
