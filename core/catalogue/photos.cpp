#include "core/base/bytes.h"
#include "core/catalogue/filter_p.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <unordered_map>

namespace photolex::catalogue {

namespace {

// Keywords lie in one column; the unit separator occurs in none.
constexpr char separator = '\x1f';

std::string joined(const std::vector<std::string> &keywords)
{
    std::string text;
    for (const auto &keyword : keywords) {
        if (!text.empty())
            text += separator;
        std::copy_if(keyword.begin(), keyword.end(), std::back_inserter(text), [](char c) { return c != separator; });
    }
    return text;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> keywords;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        keywords.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return keywords;
}

Errc errcOf(std::string_view name)
{
    for (int code = 0; code <= static_cast<int>(Errc::Internal); ++code) {
        if (errcName(static_cast<Errc>(code)) == name)
            return static_cast<Errc>(code);
    }
    return Errc::Internal;
}

constexpr auto columns =
    "SELECT photo.id, folder.root, folder.absolute, name, size, mtime_ns, ctime_ns, inode, device, "
    "partial_hash, state, error_code, error_subject, error_detail, format, width, height, taken_at, "
    "taken_source, camera, title, keywords, rating, animated, root.path, sidecar_mtime_ns, companion_of, content_hash "
    "FROM photo JOIN folder ON folder.id = photo.folder JOIN (SELECT id, path FROM root) AS root "
    "ON root.id = folder.root ";

std::string relativeTo(std::string_view root, std::string_view folder, std::string_view name)
{
    auto below = folder.substr(std::min(root.size(), folder.size()));
    while (!below.empty() && below.front() == '/')
        below.remove_prefix(1);
    return below.empty() ? std::string(name) : joinedPath(below, name);
}

Photo photoFrom(const Query &row)
{
    Photo photo;
    photo.id = {row.number(0)};
    photo.root = {row.number(1)};
    photo.relativePath = relativeTo(row.text(24), row.text(2), row.text(3));
    photo.stamp = {row.number(4), row.number(5), row.number(6), row.number(7), row.number(8)};
    photo.partialHash = std::bit_cast<std::uint64_t>(row.number(9));
    photo.state = static_cast<PhotoState>(std::clamp<std::int64_t>(row.number(10), 0, 4));
    if (!row.isNull(11))
        photo.error = Error{errcOf(row.text(11)), row.text(12), row.text(13)};
    photo.format = row.text(14);
    photo.width = static_cast<int>(row.number(15));
    photo.height = static_cast<int>(row.number(16));
    if (!row.isNull(17))
        photo.takenAt = row.number(17);
    photo.takenAtSource = static_cast<int>(row.number(18));
    photo.camera = row.text(19);
    photo.title = row.text(20);
    photo.keywords = split(row.text(21));
    if (!row.isNull(22))
        photo.rating = static_cast<int>(row.number(22));
    photo.animated = row.number(23) != 0;
    photo.sidecarMtimeNs = row.number(25);
    photo.companionOf = {row.number(26)};
    photo.contentHash = std::bit_cast<std::uint64_t>(row.number(27));
    return photo;
}

std::pair<std::string, std::string> folderAndName(const std::string &absolute)
{
    const auto slash = absolute.rfind('/');
    if (slash == std::string::npos)
        return {"", absolute};
    return {slash == 0 ? std::string("/") : absolute.substr(0, slash), absolute.substr(slash + 1)};
}

// Ids of folders within one transaction, made where they are missing.
class Folders {
public:
    explicit Folders(Connection &connection)
        : m_connection(connection)
    {
    }

    std::int64_t id(RootId root, const std::string &absolute)
    {
        if (const auto known = m_ids.find(absolute); known != m_ids.end())
            return known->second;
        auto insert = m_connection.query("INSERT OR IGNORE INTO folder (root, absolute) VALUES (?, ?)");
        (insert << root.value).blob(absolute).run();
        auto found = m_connection.query("SELECT id FROM folder WHERE absolute = ?");
        found.blob(absolute).next();
        return m_ids.emplace(absolute, found.number(0)).first->second;
    }

    // Empty: no such root.
    const std::string &rootPath(RootId root)
    {
        auto known = m_roots.find(root.value);
        if (known == m_roots.end())
            known = m_roots.emplace(root.value, catalogue::rootPath(m_connection, root)).first;
        return known->second;
    }

private:
    Connection &m_connection;
    std::unordered_map<std::string, std::int64_t> m_ids;
    std::unordered_map<std::int64_t, std::string> m_roots;
};

void bindPhoto(Query &query, const Photo &photo, std::int64_t folder, const std::string &name)
{
    query << folder;
    query.blob(name).blob(naturalKey(name));
    query << photo.stamp.size << photo.stamp.mtimeNs << photo.stamp.ctimeNs << photo.stamp.inode << photo.stamp.device
          << std::bit_cast<std::int64_t>(photo.partialHash) << static_cast<int>(photo.state);
    if (photo.error)
        query << errcName(photo.error->code) << photo.error->subject << photo.error->detail;
    else
        query << nullptr << nullptr << nullptr;
    // Photos without a date sort by their file's time, never all in front.
    const auto sortTime = photo.takenAt.value_or(photo.stamp.mtimeNs / 1'000'000'000);
    query << photo.format << photo.width << photo.height << photo.takenAt << photo.takenAtSource << sortTime
          << photo.camera << photo.title << joined(photo.keywords) << photo.rating << (photo.animated ? 1 : 0)
          << photo.sidecarMtimeNs << std::bit_cast<std::int64_t>(photo.contentHash);
}

// A photo that comes without an id to a path that is known already becomes that row: a file is never in the library
// twice, whoever scans it.
constexpr auto insertPhoto =
    "INSERT INTO photo (folder, name, name_key, size, mtime_ns, ctime_ns, inode, device, partial_hash, state, "
    "error_code, "
    "error_subject, error_detail, format, width, height, taken_at, taken_source, sort_time, camera, title, keywords, "
    "rating, animated, sidecar_mtime_ns, content_hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "ON CONFLICT (folder, name) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
    "ctime_ns = excluded.ctime_ns, inode = excluded.inode, device = excluded.device, "
    "partial_hash = excluded.partial_hash, state = excluded.state, error_code = excluded.error_code, "
    "error_subject = excluded.error_subject, error_detail = excluded.error_detail, format = excluded.format, "
    "width = excluded.width, height = excluded.height, taken_at = excluded.taken_at, "
    "taken_source = excluded.taken_source, sort_time = excluded.sort_time, camera = excluded.camera, "
    "title = excluded.title, keywords = excluded.keywords, rating = excluded.rating, animated = excluded.animated, "
    "sidecar_mtime_ns = excluded.sidecar_mtime_ns, content_hash = excluded.content_hash "
    "RETURNING id";

constexpr auto updatePhoto =
    "UPDATE photo SET folder=?, name=?, name_key=?, size=?, mtime_ns=?, ctime_ns=?, inode=?, device=?, partial_hash=?, "
    "state=?, error_code=?, error_subject=?, error_detail=?, format=?, width=?, height=?, taken_at=?, taken_source=?, "
    "sort_time=?, camera=?, title=?, keywords=?, rating=?, animated=?, sidecar_mtime_ns=?, content_hash=? WHERE id=?";

void removePhoto(Connection &c, PhotoId id)
{
    (c.query("DELETE FROM words WHERE rowid = ?") << id.value).run();
    (c.query("DELETE FROM photo WHERE id = ?") << id.value).run(); // its captions go with it
}

} // namespace

Result<std::optional<Photo>> Catalogue::photo(PhotoId id) const
{
    return m_impl->read([&](Connection &c) -> std::optional<Photo> {
        auto query = c.query(std::string(columns) + "WHERE photo.id = ?");
        query << id.value;
        return query.next() ? std::optional(photoFrom(query)) : std::nullopt;
    });
}

Result<std::optional<Photo>> Catalogue::photoAt(const std::filesystem::path &absolute) const
{
    const auto [folder, name] = folderAndName(absolute.native());
    return m_impl->read([&, &folder = folder, &name = name](Connection &c) -> std::optional<Photo> {
        auto query = c.query(std::string(columns) + "WHERE folder.absolute = ? AND name = ?");
        query.blob(folder).blob(name);
        return query.next() ? std::optional(photoFrom(query)) : std::nullopt;
    });
}

Result<std::vector<Photo>> Catalogue::photos(std::span<const PhotoId> ids) const
{
    return m_impl->read([&](Connection &c) {
        std::vector<Photo> photos;
        photos.reserve(ids.size());
        for (const auto id : ids) {
            auto query = c.query(std::string(columns) + "WHERE photo.id = ?");
            query << id.value;
            if (query.next())
                photos.push_back(photoFrom(query));
        }
        return photos;
    });
}

Result<std::vector<PhotoId>> Catalogue::photoIds(const PhotoFilter &filter, SortKey sort, bool descending) const
{
    return m_impl->read([&](Connection &c) {
        const auto text = textOf(filter, rootPath(c, filter.root));
        auto query = c.query("SELECT id FROM photo " + text.where + orderOf(sort, descending));
        text.bindTo(query);
        std::vector<PhotoId> ids;
        while (query.next())
            ids.push_back({query.number(0)});
        return ids;
    });
}

Result<std::vector<PhotoId>> Catalogue::companions(PhotoId id) const
{
    return m_impl->read([&](Connection &c) {
        std::vector<PhotoId> raws;
        auto query = c.query("SELECT id FROM photo WHERE companion_of = ? AND state <> 4 ORDER BY name_key, id");
        query << id.value;
        while (query.next())
            raws.push_back({query.number(0)});
        return raws;
    });
}

Result<std::vector<Photo>> Catalogue::photosOfRoot(RootId root) const
{
    return m_impl->read([&](Connection &c) {
        std::vector<Photo> photos;
        auto query = c.query(std::string(columns) + "WHERE folder.root = ?");
        query << root.value;
        while (query.next())
            photos.push_back(photoFrom(query));
        return photos;
    });
}

Result<std::string> Catalogue::absolutePath(PhotoId id) const
{
    auto path = m_impl->read([&](Connection &c) {
        auto query =
            c.query("SELECT absolute, name FROM photo JOIN folder ON folder.id = photo.folder WHERE photo.id = ?");
        query << id.value;
        return query.next() ? joinedPath(query.text(0), query.text(1)) : std::string();
    });
    if (path && path->empty())
        return fail(Errc::NotFound, std::to_string(id.value), "no photo has this id");
    return path;
}

Result<std::map<std::int64_t, std::int64_t>> Catalogue::photosPerDay(const PhotoFilter &filter) const
{
    return m_impl->read([&](Connection &c) {
        const auto text = textOf(filter, rootPath(c, filter.root));
        // By the time that the order by date uses, so that counts add up to rows. Rounded down before 1970 too.
        auto query =
            c.query("SELECT (sort_time - ((sort_time % 86400) + 86400) % 86400) / 86400 AS day, count(*) FROM photo " +
                    text.where + " GROUP BY day");
        text.bindTo(query);
        std::map<std::int64_t, std::int64_t> days;
        while (query.next())
            days.emplace(query.number(0), query.number(1));
        return days;
    });
}

Result<std::vector<std::string>> Catalogue::folders() const
{
    return m_impl->read([](Connection &c) {
        std::vector<std::string> folders;
        auto query =
            c.query("SELECT absolute FROM folder WHERE EXISTS (SELECT 1 FROM photo WHERE photo.folder = folder.id "
                    "AND state <> 4) ORDER BY absolute");
        while (query.next())
            folders.push_back(query.text(0));
        return folders;
    });
}

Result<Catalogue::Counts> Catalogue::counts() const
{
    return m_impl->read([](Connection &c) {
        Counts counts;
        auto query = c.query("SELECT state, count(*) FROM photo GROUP BY state");
        while (query.next()) {
            const auto count = query.number(1);
            switch (static_cast<PhotoState>(query.number(0))) {
            case PhotoState::Found:
                counts.waiting += count;
                break;
            case PhotoState::Ready:
                counts.ready += count;
                break;
            case PhotoState::Damaged:
                counts.damaged += count;
                break;
            case PhotoState::Failed:
                counts.failed += count;
                break;
            case PhotoState::Missing:
                counts.missing += count;
                break;
            }
        }
        counts.photos = counts.waiting + counts.ready + counts.damaged + counts.failed;
        return counts;
    });
}

Result<> Catalogue::save(std::span<Photo> photos)
{
    std::vector<PhotoId> ids(photos.size());
    std::optional<Error> refused;
    auto done = m_impl->change([&](Connection &c) {
        Folders folders(c);
        for (std::size_t index = 0; index < photos.size(); ++index) {
            const Photo &photo = photos[index];
            const auto &root = folders.rootPath(photo.root);
            if (root.empty() || photo.relativePath.empty()) {
                refused =
                    Error{Errc::Invalid, displayText(photo.relativePath), "a photo needs a root and a path below it"};
                throw SQLite::Exception("refused");
            }
            const auto [folder, name] = folderAndName(joinedPath(root, photo.relativePath));
            const auto folderId = folders.id(photo.root, folder);
            ids[index] = photo.id;
            if (photo.id) {
                // Whoever held the path before is gone: the file there now is this one.
                auto rival = c.query("SELECT id FROM photo WHERE folder = ? AND name = ? AND id <> ?");
                (rival << folderId).blob(name) << photo.id.value;
                if (rival.next())
                    removePhoto(c, {rival.number(0)});
                auto update = c.query(updatePhoto);
                bindPhoto(update, photo, folderId, name);
                (update << photo.id.value).run();
                if (c.changes() == 0) {
                    refused = Error{Errc::NotFound, displayText(photo.relativePath), "no photo has this id"};
                    throw SQLite::Exception("refused");
                }
            } else {
                auto insert = c.query(insertPhoto);
                bindPhoto(insert, photo, folderId, name);
                insert.next();
                ids[index] = {insert.number(0)};
                insert.run();
            }
            refreshWords(c, ids[index]);
            if (photo.id || !photo.format.empty())
                joinCompanions(c, ids[index], folderId, name);
        }
    });
    if (refused)
        return fail(std::move(*refused));
    if (done) {
        for (std::size_t index = 0; index < photos.size(); ++index)
            photos[index].id = ids[index];
    }
    return done;
}

Result<> Catalogue::setState(std::span<const PhotoId> ids, PhotoState state)
{
    return m_impl->change([&](Connection &c) {
        for (const auto id : ids)
            (c.query("UPDATE photo SET state = ? WHERE id = ?") << static_cast<int>(state) << id.value).run();
    });
}

Result<> Catalogue::removePhotos(std::span<const PhotoId> ids)
{
    return m_impl->change([&](Connection &c) {
        for (const auto id : ids)
            removePhoto(c, id);
    });
}

Result<std::vector<Problem>> Catalogue::problems() const
{
    return m_impl->read([](Connection &c) {
        std::vector<Problem> problems;
        auto query =
            c.query("SELECT photo.id, absolute, name, error_code, error_subject, error_detail FROM photo JOIN folder "
                    "ON folder.id = photo.folder WHERE state IN (2, 3) ORDER BY absolute, name_key");
        while (query.next())
            problems.push_back({{query.number(0)},
                                joinedPath(query.text(1), query.text(2)),
                                query.isNull(3) ? Error{Errc::Corrupt, {}, {}}
                                                : Error{errcOf(query.text(3)), query.text(4), query.text(5)}});
        return problems;
    });
}

} // namespace photolex::catalogue
