// What a training step looks at: pairs of photo and sentence, class names, and sentences of one photo.
//
// Everything is drawn without replacement (all items once in random order, then again), from streams that depend on
// seed and epoch alone, so an epoch can be repeated.
#pragma once

#include "core/base/random.h"
#include "core/train/prepared_p.h"

#include <ATen/core/Tensor.h>

namespace photolex::train::nn {

// Numbers 0 … size − 1, all once in random order, then again.
class Deck {
public:
    Deck(std::size_t size, Generator random);
    // The next batches hold sentences of nearly one length: what is drawn is sorted by length, cut into batches, and
    // the batches are shuffled. An LSTM then walks no further than its sentences are long.
    Deck(std::span<const Ids> sentences, std::size_t batch, Generator random);

    std::size_t size() const { return m_order.size(); }
    std::size_t draw();
    std::size_t below(std::size_t count);
    Generator &random() { return m_random; }

private:
    void reshuffle();

    std::vector<std::size_t> m_order;
    std::size_t m_next = 0;
    std::span<const Ids> m_sentences; // empty: lengths do not matter
    std::size_t m_batch = 0;
    Generator m_random;
};

// same: n × n, true where i and j belong to one photo, class or group.
struct PairBatch {
    std::vector<std::int32_t> photos; // rows of Pairs::features
    std::vector<std::uint8_t> views;  // 0: the photo, 1: its mirror image
    std::vector<Ids> sentences;
    at::Tensor same;
};

struct ClassBatch {
    at::Tensor rows; // n × 1280
    std::vector<Ids> sentences;
    at::Tensor same;
};

struct ParaphraseBatch {
    std::vector<Ids> sentences; // first halves, then second halves: 2n
    at::Tensor same;            // n × n
};

class Batches {
public:
    // Both are borrowed.
    Batches(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed, int epoch);

    PairBatch pairs();
    at::Tensor features(const PairBatch &batch) const; // n × 1280, of the views that were drawn
    ClassBatch classes();
    ParaphraseBatch paraphrases();
    std::vector<std::int64_t> rehearsedPhotos(std::size_t count); // rows of Rehearsal, no more than there are
    std::vector<std::int64_t> rehearsedSentences(std::size_t count);

private:
    Ids dropped(const Ids &sentence, Deck &deck) const; // some of its words left out, never all

    const EncoderRecipe &m_recipe;
    const Prepared &m_prepared;
    Deck m_pairs, m_classes, m_groups, m_keptPhotos, m_keptSentences;
};

} // namespace photolex::train::nn
