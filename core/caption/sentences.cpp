#include "core/caption/sentences.h"

#include "core/caption/vectors_p.h"
#include "core/text/text.h"

#include <algorithm>
#include <set>

namespace photolex::caption {

bool isReadable(const std::string &sentence, const joint::Encoder &encoder)
{
    const auto read = encoder.read(sentence);
    return read && !read->ids.empty();
}

Result<std::shared_ptr<const Sentences>> Sentences::create(std::shared_ptr<const joint::Encoder> encoder,
                                                           std::vector<std::string> sentences)
{
    std::erase_if(sentences, [&](const std::string &sentence) { return !isReadable(sentence, *encoder); });
    if (sentences.empty())
        return fail(Errc::NotFound, "sentences", "none has a word that the encoder knows");
    auto points = encoder->sentencePoints(sentences);
    if (!points)
        return fail(points.error());
    return withPoints(std::move(sentences), std::move(*points));
}

std::shared_ptr<const Sentences> Sentences::withPoints(std::vector<std::string> sentences, std::vector<float> points)
{
    auto store = std::make_shared<Sentences>();
    store->m_sentences = std::move(sentences);
    store->m_points = std::move(points);
    return store;
}

std::vector<std::pair<float, std::size_t>> Sentences::order(std::span<const float> point, std::size_t count) const
{
    std::vector<std::pair<float, std::size_t>> order;
    order.reserve(m_sentences.size());
    for (std::size_t i = 0; i < m_sentences.size(); ++i)
        order.emplace_back(dot(point, std::span(m_points).subspan(i * point.size(), point.size())), i);
    const auto kept = std::min(count, order.size());
    std::ranges::partial_sort(
        order, order.begin() + static_cast<std::ptrdiff_t>(kept),
        [](const auto &a, const auto &b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    order.resize(kept);
    return order;
}

std::vector<Sentences::Nearest> Sentences::nearest(std::span<const float> point, std::size_t count) const
{
    std::vector<Nearest> found;
    std::set<std::string_view> texts;
    for (const auto &[cosine, i] : order(point, 2 * count + 8)) {
        if (found.size() == count)
            break;
        if (texts.insert(m_sentences[i]).second)
            found.push_back({m_sentences[i], cosine});
    }
    return found;
}

std::vector<float> Sentences::meanOfNearest(std::span<const float> point, std::size_t count) const
{
    std::vector<float> mean(point.size(), 0);
    for (const auto &[cosine, i] : order(point, count))
        for (std::size_t k = 0; k < point.size(); ++k)
            mean[k] += m_points[i * point.size() + k];
    return scaled(std::move(mean));
}

} // namespace photolex::caption
