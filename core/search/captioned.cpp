#include "core/search/captioned.h"

#include "core/text/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace photolex::search {

namespace {

constexpr std::size_t lookedAtTogether = 256, lookedAtFirst = 4096; // photos, for one without a caption
constexpr std::size_t betweenLooks = 1000;                          // captions, until a stop request is looked for

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

bool holdsAll(const std::string &caption, const std::vector<std::string> &wanted)
{
    const auto words = text::tokenize(caption);
    return std::ranges::all_of(wanted,
                               [&](const std::string &word) { return std::ranges::find(words, word) != words.end(); });
}

// Of the photos that pass `filter` and `among`.
Result<std::vector<catalogue::StandingText>> standingTexts(const catalogue::Catalogue &catalogue,
                                                           const CaptionQuery &query, catalogue::SortKey sort,
                                                           bool descending)
{
    auto standing = catalogue.standingTexts(query.filter, sort, descending);
    if (standing && query.among) {
        const std::unordered_set<PhotoId> among(query.among->begin(), query.among->end());
        std::erase_if(*standing, [&](const auto &one) { return !among.contains(one.photo); });
    }
    return standing;
}

} // namespace

Result<CaptionedPhotos> captionedPhotos(const catalogue::Catalogue &catalogue, const CaptionQuery &query,
                                        const std::stop_token &stop)
{
    const auto normal = text::normalize(query.words);
    if (!normal)
        return fail(normal.error());
    const auto wanted = text::tokenize(*normal);
    const auto standing = standingTexts(catalogue, query, query.sort, query.descending);
    if (!standing)
        return fail(standing.error());
    CaptionedPhotos found;
    std::vector<std::pair<std::size_t, PhotoId>> chosen;
    for (std::size_t i = 0; i < standing->size(); ++i) {
        if (i % betweenLooks == 0 && stop.stop_requested())
            return fail(Errc::Cancelled, "captions");
        const auto &[photo, caption, origin] = (*standing)[i];
        const bool has = !caption.empty();
        ++(has ? found.with : found.without);
        if ((query.which == Captioned::With && !has) || (query.which == Captioned::Without && has) ||
            !holdsAll(caption, wanted))
            continue;
        chosen.emplace_back(query.byLength == ByLength::No ? 0 : characters(caption), photo);
    }
    using Chosen = std::pair<std::size_t, PhotoId>;
    if (query.byLength == ByLength::ShortestFirst)
        std::ranges::stable_sort(chosen, {}, &Chosen::first);
    if (query.byLength == ByLength::LongestFirst)
        std::ranges::stable_sort(chosen, std::greater(), &Chosen::first);
    found.photos.reserve(chosen.size());
    for (const auto &[length, photo] : chosen)
        found.photos.push_back(photo);
    return found;
}

Result<std::optional<PhotoId>> nextWithoutCaption(const catalogue::Catalogue &catalogue,
                                                  std::span<const PhotoId> photos, std::size_t from,
                                                  const std::stop_token &stop)
{
    const std::size_t others = photos.empty() ? 0 : photos.size() - 1, near = std::min(others, lookedAtFirst);
    const auto at = [&](std::size_t step) { return photos[(from + step) % photos.size()]; };
    for (std::size_t step = 1; step <= near; step += lookedAtTogether) {
        std::vector<PhotoId> some;
        for (std::size_t i = step; i <= std::min(near, step + lookedAtTogether - 1); ++i)
            some.push_back(at(i));
        const auto states = catalogue.captionStates(some);
        if (!states)
            return fail(states.error());
        const auto bare =
            std::ranges::find_if(*states, [](auto state) { return state <= catalogue::CaptionState::Proposed; });
        if (bare != states->end())
            return std::optional(some[static_cast<std::size_t>(bare - states->begin())]);
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "captions");
    }
    if (near == others)
        return std::optional<PhotoId>();
    const auto bare = catalogue.photoIds({.withoutCaption = true}, catalogue::SortKey::Added, false);
    if (!bare)
        return fail(bare.error());
    const std::unordered_set<PhotoId> without(bare->begin(), bare->end());
    for (std::size_t step = near + 1; step <= others; ++step)
        if (without.contains(at(step)))
            return std::optional(at(step));
    return std::optional<PhotoId>();
}

Result<std::vector<CountedWord>> countedWords(const catalogue::Catalogue &catalogue, const CaptionQuery &query,
                                              const std::stop_token &stop)
{
    const auto standing = standingTexts(catalogue, query, catalogue::SortKey::Added, false);
    if (!standing)
        return fail(standing.error());
    std::unordered_map<std::string, CountedWord> counts;
    for (std::size_t i = 0; i < standing->size(); ++i) {
        if (i % betweenLooks == 0 && stop.stop_requested())
            return fail(Errc::Cancelled, "captions");
        std::unordered_set<std::string> here;
        for (auto &word : text::tokenize((*standing)[i].text)) {
            auto &count = counts[word];
            ++count.times;
            if (here.insert(word).second)
                ++count.photos;
        }
    }
    std::vector<CountedWord> words;
    words.reserve(counts.size());
    for (auto &[word, count] : counts)
        words.push_back({word, count.photos, count.times});
    std::ranges::sort(words, [](const CountedWord &a, const CountedWord &b) {
        return a.photos != b.photos ? a.photos > b.photos : a.word < b.word;
    });
    return words;
}

} // namespace photolex::search
