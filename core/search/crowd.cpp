#include "core/search/crowd_p.h"

#include <algorithm>
#include <numeric>

namespace photolex::search {

namespace {

constexpr std::size_t photosOfSample = 250; // this is measured again whenever photos were added

}

Crowd::Crowd(joint::Crowding measure, std::shared_ptr<const embedding::Rows> bank, const embedding::Rows &sample,
             std::span<const float> words)
    : m_measure(measure)
    , m_bank(std::move(bank))
{
    std::vector<PhotoId> ids;
    std::vector<float> values;
    std::vector<float> own;
    const auto count = std::min(sample.size(), photosOfSample);
    for (std::size_t i = 0; i < count; ++i) {
        const auto index = i * sample.size() / count;
        const auto row = sample.row(index);
        ids.push_back(sample.ids()[index]);
        values.insert(values.end(), row.begin(), row.end());
        own.push_back(lowering(row));
    }
    if (count == 0)
        return;
    m_mean = std::accumulate(own.begin(), own.end(), 0.0F) / static_cast<float>(count);
    const auto photos = embedding::Rows::fromMemory(std::move(ids), values, sample.dimension());
    const auto width = static_cast<std::size_t>(sample.dimension());
    std::vector<float> scores(count);
    Spread spread;
    for (std::size_t word = 0; word + width <= words.size(); word += width) {
        embedding::scoreAll(*photos, words.subspan(word, width), scores);
        for (std::size_t i = 0; i < count; ++i)
            spread.add(scores[i] - (own[i] - m_mean));
    }
    m_background = spread.background();
}

float Crowd::lowering(std::span<const float> row) const
{
    if (isEmpty())
        return 0;
    std::vector<float> products(m_bank->size());
    embedding::scoreAll(*m_bank, row, products);
    return m_measure.share * joint::crowding(products, m_measure.sharpness) - m_mean;
}

void Crowd::lower(std::vector<Candidate> &candidates, const embedding::Rows &rows) const
{
    if (isEmpty())
        return;
    for (auto &candidate : std::span(candidates).first(std::min(candidates.size(), mostLowered))) {
        {
            const std::lock_guard lock(m_mutex);
            if (const auto kept = m_kept.find(candidate.photo.value); kept != m_kept.end()) {
                candidate.score -= kept->second;
                continue;
            }
        }
        const auto index = rows.indexOf(candidate.photo);
        if (index < 0)
            continue;
        const float own = lowering(rows.row(static_cast<std::size_t>(index)));
        candidate.score -= own;
        const std::lock_guard lock(m_mutex);
        m_kept.emplace(candidate.photo.value, own);
    }
    std::ranges::sort(candidates, [](const Candidate &a, const Candidate &b) {
        return a.score != b.score ? a.score > b.score : a.photo < b.photo;
    });
}

} // namespace photolex::search
