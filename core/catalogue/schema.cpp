#include "core/catalogue/schema_p.h"

#include "core/base/bytes.h"
#include "core/base/log.h"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

namespace photolex::catalogue {

namespace {

constexpr int applicationId = 0x50484c58; // "PHLX", in the file's head: another program's database is not touched

// A folder belongs to the root it was found under first; its absolute path is what it is known by, so that nested roots
// share their photos instead of doubling them. Paths are BLOBs: bytes, compared as bytes.
constexpr auto schema1 = R"(
CREATE TABLE root (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB NOT NULL UNIQUE,
    state INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    root INTEGER NOT NULL REFERENCES root(id),
    absolute BLOB NOT NULL UNIQUE
);
CREATE INDEX folder_root ON folder(root);
CREATE TABLE photo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folder(id),
    name BLOB NOT NULL,
    name_key BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    device INTEGER NOT NULL,
    partial_hash INTEGER NOT NULL,
    state INTEGER NOT NULL,
    error_code TEXT,
    error_subject TEXT,
    error_detail TEXT,
    format TEXT NOT NULL DEFAULT '',
    width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0,
    taken_at INTEGER,
    taken_source INTEGER NOT NULL DEFAULT 0,
    sort_time INTEGER NOT NULL,
    camera TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    keywords TEXT NOT NULL DEFAULT '',
    rating INTEGER,
    animated INTEGER NOT NULL DEFAULT 0,
    sidecar_mtime_ns INTEGER NOT NULL DEFAULT 0,
    UNIQUE (folder, name)
);
CREATE INDEX photo_time ON photo(sort_time, id, state, taken_at);
CREATE INDEX photo_name ON photo(name_key, id, state);
CREATE INDEX photo_size ON photo(size, id, state);
CREATE INDEX photo_state ON photo(state);
CREATE TABLE caption (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    photo INTEGER NOT NULL REFERENCES photo(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    origin INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL,
    current INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX caption_photo ON caption(photo, current);
CREATE VIRTUAL TABLE words USING fts5(
    caption, keyword, title, name, folder,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TABLE search (
    query TEXT PRIMARY KEY,
    used INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (value INTEGER NOT NULL);
INSERT INTO revision VALUES (1);
)";

constexpr auto schema2 = R"(
CREATE TABLE expression (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;
)";

// Which photo a RAW file is shown with, and what tells one content from another that has the same size and ends.
// Libraries from before learn both as their photos are read and saved again.
constexpr auto schema3 = R"(
ALTER TABLE photo ADD COLUMN companion_of INTEGER;
ALTER TABLE photo ADD COLUMN content_hash INTEGER NOT NULL DEFAULT 0;
CREATE INDEX photo_companion ON photo(companion_of) WHERE companion_of IS NOT NULL;
)";

// Photos put together by hand.
constexpr auto schema4 = R"(
CREATE TABLE album (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
CREATE TABLE album_photo (
    album INTEGER NOT NULL REFERENCES album(id) ON DELETE CASCADE,
    photo INTEGER NOT NULL REFERENCES photo(id) ON DELETE CASCADE,
    PRIMARY KEY (album, photo)
) WITHOUT ROWID;
CREATE INDEX album_photo_photo ON album_photo(photo);
)";

// What a model says of its captions, how the user's came to be, and what is being typed.
constexpr auto schema5 = R"(
ALTER TABLE caption ADD COLUMN entry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE caption ADD COLUMN structure TEXT NOT NULL DEFAULT '';
ALTER TABLE caption ADD COLUMN score REAL NOT NULL DEFAULT 0;
CREATE TABLE draft (
    photo INTEGER PRIMARY KEY REFERENCES photo(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);
)";

constexpr std::array steps{Migration{1, schema1}, Migration{2, schema2}, Migration{3, schema3}, Migration{4, schema4},
                           Migration{5, schema5}};

int bigEndian(const char *bytes)
{
    std::uint32_t value = 0;
    for (int index = 0; index < 4; ++index)
        value = value << 8 | static_cast<unsigned char>(bytes[index]);
    return static_cast<int>(value);
}

} // namespace

Error newerSchema(const std::filesystem::path &file, int found, int known)
{
    return {Errc::Unsupported, displayText(file),
            fmt::format("the library has schema version {}, this program knows up to {}", found, known)};
}

std::span<const Migration> migrations()
{
    return steps;
}

Result<int> storedVersion(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 100> head{};
    stream.read(head.data(), head.size());
    if (stream.gcount() == 0)
        return 0;
    if (stream.gcount() < static_cast<std::streamsize>(head.size()) ||
        std::memcmp(head.data(), "SQLite format 3", 16) != 0)
        return fail(Errc::Corrupt, displayText(file), "this is not an SQLite database");
    const int version = bigEndian(head.data() + 60);
    const int application = bigEndian(head.data() + 68);
    // The first commit of a new library may still lie in the WAL alone: then the head holds zeros.
    if (application != applicationId && (version != 0 || application != 0))
        return fail(Errc::Corrupt, displayText(file), "this is the database of another program");
    return version;
}

Result<> migrate(const ConnectionOptions &options, std::span<const Migration> wanted)
{
    const int known = wanted.back().version;
    std::optional<Error> refused;
    auto done = guarded(options.file, [&] {
        Connection connection(options);
        auto &database = connection.database();
        const int found = database.execAndGet("PRAGMA user_version").getInt();
        if (found > known)
            refused = newerSchema(options.file, found, known);
        if (found >= known)
            return;
        if (found > 0) {
            const auto copy = options.file.parent_path() / fmt::format("catalogue-schema{}.sqlite", found);
            std::error_code ignored;
            std::filesystem::remove(copy, ignored);
            SQLite::Database target(copy.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            SQLite::Backup(target, database).executeStep(-1);
            log::info("{}: schema {} becomes {}; a copy lies in {}", displayText(options.file), found, known,
                      displayText(copy));
        }
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::EXCLUSIVE);
        for (const auto &step : wanted) {
            if (step.version > found)
                database.exec(step.sql);
        }
        database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", applicationId, known));
        transaction.commit();
    });
    if (refused)
        return fail(std::move(*refused));
    return done;
}

} // namespace photolex::catalogue
