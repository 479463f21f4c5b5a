#include "core/search/captioned.h"

#include "core/text/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace photolex::search {

namespace {

constexpr std::size_t betweenLooks = 1000; // captions, until a stop request is looked for

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

} // namespace

Result<CaptionedPhotos> captionedPhotos(const catalogue::Catalogue &catalogue, const CaptionQuery &query,
                                        const std::stop_token &stop)
{
    const auto normal = text::normalize(query.words);
    if (!normal)
        return fail(normal.error());
    const auto wanted = text::tokenize(*normal);
    const auto standing = catalogue.standingTexts(query.filter, query.sort, query.descending);
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

Result<std::vector<CountedWord>> countedWords(const catalogue::Catalogue &catalogue,
                                              const catalogue::PhotoFilter &filter, const std::stop_token &stop)
{
    const auto standing = catalogue.standingTexts(filter, catalogue::SortKey::Added, false);
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
