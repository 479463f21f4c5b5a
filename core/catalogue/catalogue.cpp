#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/catalogue/catalogue_p.h"

#include <fmt/format.h>
#include <unistd.h>

namespace photolex::catalogue {

namespace fs = std::filesystem;

Catalogue::Catalogue() = default;
Catalogue::~Catalogue() = default;

Result<std::shared_ptr<Catalogue>> Catalogue::open(const fs::path &library, Access access)
{
    return open(library, access, Surroundings{});
}

Result<std::shared_ptr<Catalogue>> Catalogue::open(const fs::path &library, Access access,
                                                   const Surroundings &surroundings)
{
    ConnectionOptions options{.file = library / "catalogue.sqlite", .access = access};
    const int known = surroundings.migrations.back().version;
    std::error_code error;
    if (access == Access::Read && !fs::exists(options.file, error))
        return fail(Errc::NotFound, displayText(library), "there is no library here");
    // A newer library is left alone before the first file is made in it.
    const auto stored = storedVersion(options.file);
    if (!stored)
        return fail(stored.error());
    if (*stored > known)
        return fail(newerSchema(options.file, *stored, known));

    std::optional<WriterLock> lock;
    if (access == Access::Write) {
        fs::create_directories(library / "rows", error);
        if (error)
            return fail(systemError(error.value(), displayText(library)));
        auto taken = WriterLock::take(library);
        if (!taken)
            return fail(taken.error());
        lock = std::move(*taken);
    }

    options.networkFileSystem = surroundings.isNetworkFileSystem(library);
    std::string notice;
    if (options.networkFileSystem)
        notice = "network file system: the library is kept with a plain journal and opened by one program at a time; "
                 "a local disk is faster and safer";
    if (access == Access::Read && ::access(library.c_str(), W_OK) != 0) {
        // Without a place for its shared memory SQLite opens a WAL database only when it may take it for unchanging.
        options.immutable = !fs::exists(library / "catalogue.sqlite-wal", error);
        notice = "read-only folder: changes by other programs are not seen";
    }

    if (access == Access::Write) {
        if (auto migrated = migrate(options, surroundings.migrations); !migrated)
            return fail(migrated.error());
    }
    auto catalogue = std::shared_ptr<Catalogue>(new Catalogue);
    catalogue->m_impl = std::make_unique<Impl>(options);
    auto &impl = *catalogue->m_impl;
    impl.library = library;
    impl.notice = std::move(notice);
    impl.lock = std::move(lock);
    const auto version =
        impl.read([](Connection &c) { return c.database().execAndGet("PRAGMA user_version").getInt(); });
    if (!version)
        return fail(version.error());
    if (*version > known)
        return fail(newerSchema(options.file, *version, known));
    if (*version == 0)
        return fail(Errc::NotFound, displayText(library), "the library here was never finished");
    if (*version < known)
        return fail(Errc::Unsupported, displayText(options.file),
                    fmt::format("the library has schema version {}, this program reads {}: open it for writing once",
                                *version, known));
    if (!impl.notice.empty())
        log::info("{}: {}", displayText(library), impl.notice);
    return catalogue;
}

const fs::path &Catalogue::library() const
{
    return m_impl->library;
}

fs::path Catalogue::rowFile(std::string_view name) const
{
    return m_impl->library / "rows" / fmt::format("{}.rows", name);
}

std::string Catalogue::notice() const
{
    return m_impl->notice;
}

std::uint64_t Catalogue::revision() const
{
    // A row of the file, so that the changes of other processes count too.
    const auto value = m_impl->read([](Connection &c) {
        auto query = c.query("SELECT value FROM revision");
        return query.next() ? query.number(0) : 0;
    });
    return value ? static_cast<std::uint64_t>(*value) : 0;
}

std::string joinedPath(std::string_view folder, std::string_view name)
{
    std::string path(folder);
    if (name.empty())
        return path;
    if (path.empty() || path.back() != '/')
        path += '/';
    return path.append(name);
}

PathRange rangeBelow(std::string_view folder)
{
    while (folder.size() > 1 && folder.back() == '/')
        folder.remove_suffix(1);
    if (folder == "/")
        return {"/", "/", "0"};
    // '0' follows '/': everything that begins with "FOLDER/" lies between the two.
    return {std::string(folder), std::string(folder) + "/", std::string(folder) + "0"};
}

Result<RootId> Catalogue::addRoot(const fs::path &absolute)
{
    const auto path = rangeBelow(absolute.lexically_normal().native()).self;
    if (path.empty() || path.front() != '/')
        return fail(Errc::Invalid, displayText(path), "a root is an absolute path");
    return m_impl->change([&](Connection &c) {
        c.query("INSERT OR IGNORE INTO root (path) VALUES (?)").blob(path).run();
        auto found = c.query("SELECT id FROM root WHERE path = ?");
        found.blob(path);
        found.next();
        return RootId{found.number(0)};
    });
}

Result<std::vector<Root>> Catalogue::roots() const
{
    return m_impl->read([](Connection &c) {
        std::vector<Root> roots;
        auto query = c.query("SELECT id, path, state FROM root ORDER BY path");
        while (query.next())
            roots.push_back({{query.number(0)}, query.text(1), static_cast<RootState>(query.number(2)), 0});
        for (auto &root : roots) {
            const auto range = rangeBelow(root.path.native());
            auto count = c.query("SELECT count(*) FROM photo WHERE state <> 4 AND folder IN (SELECT id FROM folder "
                                 "WHERE absolute = ? OR (absolute >= ? AND absolute < ?))");
            count.blob(range.self).blob(range.first).blob(range.last);
            count.next();
            root.photos = count.number(0);
        }
        return roots;
    });
}

Result<> Catalogue::setRootState(RootId root, RootState state)
{
    return m_impl->change([&](Connection &c) {
        (c.query("UPDATE root SET state = ? WHERE id = ?") << static_cast<int>(state) << root.value).run();
    });
}

Result<> Catalogue::removeRoot(RootId root)
{
    return m_impl->change([&](Connection &c) {
        std::vector<std::pair<std::int64_t, std::string>> others;
        {
            auto query = c.query("SELECT id, path FROM root WHERE id <> ? ORDER BY length(path) DESC");
            query << root.value;
            while (query.next())
                others.emplace_back(query.number(0), query.text(1));
        }
        // Folders that lie below another root too become that one's; the longest path is nearest.
        for (const auto &[id, path] : others) {
            const auto range = rangeBelow(path);
            auto move = c.query("UPDATE folder SET root = ? WHERE root = ? AND (absolute = ? OR (absolute >= ? AND "
                                "absolute < ?))");
            move << id << root.value;
            move.blob(range.self).blob(range.first).blob(range.last).run();
        }
        (c.query("DELETE FROM words WHERE rowid IN (SELECT photo.id FROM photo JOIN folder ON folder.id = photo.folder "
                 "WHERE folder.root = ?)")
         << root.value)
            .run();
        (c.query("DELETE FROM photo WHERE folder IN (SELECT id FROM folder WHERE root = ?)") << root.value).run();
        (c.query("DELETE FROM folder WHERE root = ?") << root.value).run();
        (c.query("DELETE FROM root WHERE id = ?") << root.value).run();
    });
}

} // namespace photolex::catalogue
