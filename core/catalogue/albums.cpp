// Albums: photos put together by hand. They go with their photos and leave files alone.
#include "core/catalogue/catalogue_p.h"

namespace photolex::catalogue {

namespace {

// Without blanks around, NFC; empty when nothing is left.
std::string cleanName(std::string_view name)
{
    std::string clean = normalized(name);
    const auto first = clean.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return clean.substr(first, clean.find_last_not_of(" \t\r\n") - first + 1);
}

bool isTaken(Connection &c, std::string_view name, AlbumId except)
{
    auto query = c.query("SELECT 1 FROM album WHERE name = ? AND id <> ?");
    query << name << except.value;
    return query.next();
}

} // namespace

Result<AlbumId> Catalogue::addAlbum(std::string_view name)
{
    const std::string clean = cleanName(name);
    if (clean.empty())
        return fail(Errc::Invalid, std::string(name), "an album needs a name");
    auto added = m_impl->change([&](Connection &c) -> AlbumId {
        if (isTaken(c, clean, {}))
            return {};
        (c.query("INSERT INTO album (name) VALUES (?)") << clean).run();
        return {c.lastId()};
    });
    if (added && !*added)
        return fail(Errc::Invalid, clean, "an album of this name is there already");
    return added;
}

Result<> Catalogue::renameAlbum(AlbumId album, std::string_view name)
{
    const std::string clean = cleanName(name);
    if (clean.empty())
        return fail(Errc::Invalid, std::string(name), "an album needs a name");
    enum class Outcome { Done, Taken, Gone };
    const auto renamed = m_impl->change([&](Connection &c) {
        if (isTaken(c, clean, album))
            return Outcome::Taken;
        (c.query("UPDATE album SET name = ? WHERE id = ?") << clean << album.value).run();
        return c.changes() > 0 ? Outcome::Done : Outcome::Gone;
    });
    if (!renamed)
        return fail(renamed.error());
    if (*renamed == Outcome::Taken)
        return fail(Errc::Invalid, clean, "an album of this name is there already");
    if (*renamed == Outcome::Gone)
        return fail(Errc::NotFound, clean, "no album has this id");
    return {};
}

Result<> Catalogue::removeAlbum(AlbumId album)
{
    return m_impl->change([&](Connection &c) { (c.query("DELETE FROM album WHERE id = ?") << album.value).run(); });
}

Result<std::vector<Album>> Catalogue::albums() const
{
    return m_impl->read([](Connection &c) {
        std::vector<Album> albums;
        auto query = c.query(
            "SELECT album.id, album.name, (SELECT count(*) FROM album_photo JOIN photo ON photo.id = album_photo.photo "
            "WHERE album_photo.album = album.id AND photo.state <> 4) FROM album ORDER BY album.name COLLATE NOCASE");
        while (query.next())
            albums.push_back({{query.number(0)}, query.text(1), query.number(2)});
        return albums;
    });
}

Result<std::int64_t> Catalogue::addToAlbum(AlbumId album, std::span<const PhotoId> photos)
{
    auto added = m_impl->change([&](Connection &c) -> std::int64_t {
        auto there = c.query("SELECT 1 FROM album WHERE id = ?");
        there << album.value;
        if (!there.next())
            return -1;
        std::int64_t count = 0;
        for (const auto photo : photos) {
            // A photo that left the library meanwhile is passed over.
            (c.query("INSERT OR IGNORE INTO album_photo (album, photo) SELECT ?, id FROM photo WHERE id = ?")
             << album.value << photo.value)
                .run();
            count += c.changes();
        }
        return count;
    });
    if (added && *added < 0)
        return fail(Errc::NotFound, std::to_string(album.value), "no album has this id");
    return added;
}

Result<> Catalogue::removeFromAlbum(AlbumId album, std::span<const PhotoId> photos)
{
    return m_impl->change([&](Connection &c) {
        for (const auto photo : photos)
            (c.query("DELETE FROM album_photo WHERE album = ? AND photo = ?") << album.value << photo.value).run();
    });
}

} // namespace photolex::catalogue
