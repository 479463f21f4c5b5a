#include "core/train/nn/rehearsing.h"

#include "core/tensor/tensor.h"
#include "core/train/nn/steps.h"

#include <torch/types.h>

namespace photolex::train::nn {

namespace {

constexpr std::size_t atOnce = 128; // photos, and sentences, of a step

at::Tensor distance(const at::Tensor &points, const at::Tensor &first)
{
    return 1 - points.mul(first).sum(1).mean();
}

} // namespace

Rehearsing::Rehearsing(const Prepared &prepared, Space &space)
    : m_rehearsal(prepared.rehearsal)
{
    if (m_rehearsal.weight <= 0)
        return;
    const torch::NoGradGuard guard;
    if (!m_rehearsal.rows.empty()) {
        m_rows = tensor::fromFloats(m_rehearsal.rows,
                                    {static_cast<std::int64_t>(m_rehearsal.rows.size()) / prepared.featureDimension,
                                     prepared.featureDimension});
        m_photos = space.photos(m_rows);
    }
    if (!m_rehearsal.sentences.empty()) {
        const auto points = pointsOfMany(space, m_rehearsal.sentences);
        const auto count = static_cast<std::int64_t>(m_rehearsal.sentences.size());
        m_sentences = tensor::fromFloats(points, {count, static_cast<std::int64_t>(points.size()) / count});
    }
}

at::Tensor Rehearsing::loss(Space &space, Batches &batches, int pairs) const
{
    at::Tensor sum;
    if (m_photos.defined()) {
        const auto drawn = torch::tensor(batches.rehearsedPhotos(atOnce), torch::kLong);
        sum = distance(space.photos(m_rows.index_select(0, drawn)), m_photos.index_select(0, drawn));
    }
    if (m_sentences.defined()) {
        const auto drawn = batches.rehearsedSentences(atOnce);
        std::vector<Ids> sentences;
        for (const auto place : drawn)
            sentences.push_back(m_rehearsal.sentences[static_cast<std::size_t>(place)]);
        const auto part =
            distance(space.sentences(sentences), m_sentences.index_select(0, torch::tensor(drawn, torch::kLong)));
        sum = sum.defined() ? sum + part : part;
    }
    return sum.defined() ? sum * (m_rehearsal.weight * pairs) : sum;
}

} // namespace photolex::train::nn
