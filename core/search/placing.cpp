#include "core/search/placing.h"

#include <algorithm>

namespace photolex::search {

Result<Placing> place(const Engine &engine, std::span<const PhotoId> photos, const PlacingQuery &query)
{
    Placing placing;
    std::vector<float> point;
    if (query.similarTo) {
        auto own = engine.pointOf(*query.similarTo);
        if (!own)
            return fail(own.error());
        point = std::move(*own);
    } else {
        const auto parsed = parseQuery(query.text);
        if (!parsed)
            return fail(parsed.error());
        const auto read = engine.encoder().read(parsed->positive);
        if (!read)
            return fail(read.error());
        placing.unknown = read->unknown;
        if (read->ids.empty())
            return placing;
        auto sentence = engine.encoder().sentencePoint(parsed->positive);
        if (!sentence)
            return fail(sentence.error());
        point = std::move(sentence->point);
    }
    const auto rows = engine.rows();
    if (!rows)
        return fail(rows.error());
    const auto ids = (*rows)->ids();
    std::vector<std::uint8_t> allowed(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        allowed[i] = std::ranges::binary_search(photos, ids[i]) && ids[i] != query.similarTo ? 1 : 0;
    placing.photos = nearest(**rows, point, ids.size(), allowed);
    return placing;
}

std::optional<std::string> photoOfQuery(std::string_view text)
{
    constexpr std::string_view head = "photo:";
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    const auto trim = [&] {
        while (!text.empty() && isBlank(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && isBlank(text.back()))
            text.remove_suffix(1);
    };
    trim();
    if (!text.starts_with(head))
        return std::nullopt;
    text.remove_prefix(head.size());
    trim();
    if (text.size() >= 2 && text.front() == text.back() && (text.front() == '\'' || text.front() == '"')) {
        text.remove_prefix(1);
        text.remove_suffix(1);
    }
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

Result<std::vector<PhotoId>> placeablePhotos(const catalogue::Catalogue &catalogue)
{
    auto photos = catalogue.photoIds({}, catalogue::SortKey::Added, false);
    if (photos)
        std::ranges::sort(*photos);
    return photos;
}

std::span<const std::string_view> sampleQueries()
{
    static constexpr std::string_view queries[] = {
        "a dog running on grass",
        "children playing in water",
        "a group of people smiling",
        "a sunset over the sea",
        "snow on the mountains",
        "a man riding a bicycle",
        "a birthday cake",
        "a red car in the street",
        "a woman in a white dress",
        "a cat sleeping on a bed",
        "people at a beach",
        "a bird in a tree",
        "food on a plate",
        "a building at night",
        "a boy kicking a ball",
        "someone climbing a rock",
        "flowers in a garden",
        "a baby with a toy",
        "two dogs playing in the snow",
        "a crowd watching a game",
    };
    return queries;
}

} // namespace photolex::search
