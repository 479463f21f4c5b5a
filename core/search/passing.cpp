#include "core/search/snapshot_p.h"

#include <algorithm>

namespace photolex::search {

namespace {

constexpr std::size_t mostLists = 4;
constexpr std::size_t quickPhotos = 20'000; // so many are read within a few milliseconds
constexpr int restFactor = 20; // for how many times its own reading a list may be used while the catalogue changes

} // namespace

Result<PassingPhotos::List> PassingPhotos::photos(const catalogue::PhotoFilter &filter)
{
    const auto revision = m_catalogue->revision();
    {
        const std::lock_guard lock(m_mutex);
        const auto known = std::ranges::find(m_entries, filter, &Entry::filter);
        if (known != m_entries.end() && (known->revision == revision || Clock::now() < known->goodUntil))
            return known->photos;
    }
    const auto begin = Clock::now();
    auto ids = m_catalogue->photoIds(filter, catalogue::SortKey::Added, false);
    if (!ids)
        return fail(ids.error());
    std::ranges::sort(*ids);
    const auto end = Clock::now();
    const bool isQuick = ids->size() <= quickPhotos;
    Entry entry{filter, std::make_shared<const std::vector<PhotoId>>(std::move(*ids)), revision,
                isQuick ? begin : end + restFactor * (end - begin)};
    auto list = entry.photos;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_entries, [&](const Entry &other) { return other.filter == filter; });
    if (m_entries.size() >= mostLists)
        m_entries.erase(m_entries.begin());
    m_entries.push_back(std::move(entry));
    return list;
}

} // namespace photolex::search
