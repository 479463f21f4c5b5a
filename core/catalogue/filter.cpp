#include "core/catalogue/filter_p.h"

#include <fmt/format.h>

namespace photolex::catalogue {

namespace {

// Parameters carry numbers: ?1, ?2 … first those of `numbers`, then from ?50 on those of `paths`.
constexpr int firstPath = 50;

std::string below(std::vector<std::string> &paths, std::string_view folder)
{
    auto range = rangeBelow(folder);
    const int at = firstPath + static_cast<int>(paths.size());
    paths.insert(paths.end(), {std::move(range.self), std::move(range.first), std::move(range.last)});
    return fmt::format(" AND folder IN (SELECT id FROM folder WHERE absolute = ?{} OR (absolute >= ?{} AND absolute < "
                       "?{}))",
                       at, at + 1, at + 2);
}

} // namespace

Query &FilterText::bindTo(Query &query) const
{
    for (const auto number : numbers)
        query << number;
    query.continueAt(firstPath);
    for (const auto &path : paths)
        query.blob(path);
    return query;
}

std::string orderOf(SortKey sort, bool descending)
{
    const std::string direction = descending ? " DESC" : "";
    switch (sort) {
    case SortKey::TakenAt:
        return " ORDER BY sort_time" + direction + ", id" + direction;
    case SortKey::Name:
        return " ORDER BY name_key" + direction + ", id" + direction;
    case SortKey::Path:
        return " ORDER BY (SELECT absolute FROM folder WHERE folder.id = photo.folder)" + direction + ", name_key" +
               direction;
    case SortKey::Added:
        return " ORDER BY id" + direction;
    case SortKey::FileSize:
        break;
    }
    return " ORDER BY size" + direction + ", id" + direction;
}

std::string rootPath(Connection &connection, const std::optional<RootId> &root)
{
    if (!root)
        return {};
    auto query = connection.query("SELECT path FROM root WHERE id = ?");
    query << root->value;
    return query.next() ? query.text(0) : std::string();
}

FilterText textOf(const PhotoFilter &filter, const std::string &rootPath)
{
    FilterText text{.where = "WHERE 1", .numbers = {}, .paths = {}};
    const auto number = [&](std::int64_t value) {
        text.numbers.push_back(value);
        return fmt::format("?{}", text.numbers.size());
    };
    if (!filter.includeFailed)
        text.where += " AND state <> 3";
    if (!filter.includeMissing)
        text.where += " AND state <> 4";
    if (!filter.includeCompanions) // asked once, so that the orders still come from their index alone
        text.where += " AND id NOT IN (SELECT raw.id FROM photo AS raw JOIN photo AS shown ON shown.id = "
                      "raw.companion_of WHERE raw.companion_of IS NOT NULL AND shown.state IN (1, 2))";
    if (filter.since)
        text.where += " AND taken_at >= " + number(*filter.since);
    if (filter.until)
        text.where += " AND taken_at <= " + number(*filter.until);
    if (filter.minimumRating)
        text.where += " AND rating >= " + number(*filter.minimumRating);
    if (filter.withoutCaption)
        text.where +=
            " AND NOT EXISTS (SELECT 1 FROM caption WHERE caption.photo = photo.id AND current AND origin < 2)";
    if (filter.withoutProposal)
        text.where +=
            " AND NOT EXISTS (SELECT 1 FROM caption WHERE caption.photo = photo.id AND current AND origin > 1)";
    if (filter.album)
        text.where += " AND id IN (SELECT photo FROM album_photo WHERE album = " + number(filter.album->value) + ")";
    if (filter.root)
        text.where += rootPath.empty() ? std::string(" AND 0") : below(text.paths, rootPath);
    if (!filter.folder.empty())
        text.where += below(text.paths, filter.folder);
    return text;
}

} // namespace photolex::catalogue
