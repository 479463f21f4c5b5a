#include "core/base/bytes.h"
#include "core/catalogue/catalogue_p.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace photolex::catalogue {

namespace {

Result<> syncFile(const std::filesystem::path &file)
{
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(systemError(errno, displayText(file)));
    const int failed = fsync(descriptor);
    const int reason = errno;
    close(descriptor);
    if (failed)
        return fail(systemError(reason, displayText(file)));
    return {};
}

// A question whose answer, in a sound catalogue, is 0.
struct Invariant {
    const char *count;
    const char *fault;
};
constexpr Invariant invariants[] = {
    {"SELECT count(*) FROM photo WHERE NOT EXISTS (SELECT 1 FROM folder WHERE folder.id = photo.folder)",
     "photos lie in no folder"},
    {"SELECT count(*) FROM folder WHERE NOT EXISTS (SELECT 1 FROM root WHERE root.id = folder.root)",
     "folders belong to no root"},
    {"SELECT count(*) FROM caption WHERE NOT EXISTS (SELECT 1 FROM photo WHERE photo.id = caption.photo)",
     "captions belong to no photo"},
    {"SELECT count(*) FROM photo WHERE NOT EXISTS (SELECT 1 FROM words WHERE words.rowid = photo.id)",
     "photos are missing from the full text"},
    {"SELECT count(*) FROM words WHERE NOT EXISTS (SELECT 1 FROM photo WHERE photo.id = words.rowid)",
     "full text belongs to no photo"},
    {"SELECT count(*) FROM photo WHERE state NOT BETWEEN 0 AND 4", "photos are in an unknown state"},
    {"SELECT count(*) FROM photo WHERE state = 3 AND error_code IS NULL", "photos failed without a reason"},
    {"SELECT count(*) FROM (SELECT 1 FROM caption WHERE current AND origin < 2 GROUP BY photo, origin HAVING count(*) "
     "> 1)",
     "photos have two standing captions of one origin"},
};

} // namespace

Result<> Catalogue::backup(const std::filesystem::path &file) const
{
    if (file.empty())
        return fail(Errc::Invalid, {}, "a file name is needed");
    std::error_code ignored;
    if (std::filesystem::equivalent(file, m_impl->file(), ignored))
        return fail(Errc::Invalid, displayText(file), "this is the library itself");
    // Whole or not at all: the copy gets its name when it is finished.
    auto part = file;
    part += ".part";
    std::filesystem::remove(part, ignored);
    std::optional<Error> failure;
    auto done = m_impl->read([&](Connection &c) {
        const auto copied = guarded(part, [&] {
            SQLite::Database target(part.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            SQLite::Backup(target, c.database()).executeStep(-1);
            target.exec("PRAGMA journal_mode = DELETE"); // one file, readable anywhere
        });
        if (!copied)
            failure = copied.error();
    });
    if (!done)
        failure = done.error();
    if (!failure) {
        if (auto synced = syncFile(part); !synced)
            failure = synced.error();
    }
    if (!failure && std::rename(part.c_str(), file.c_str()) != 0)
        failure = systemError(errno, displayText(file));
    if (failure) {
        std::filesystem::remove(part, ignored);
        return fail(std::move(*failure));
    }
    return {};
}

Result<std::vector<std::string>> Catalogue::integrityFaults() const
{
    return m_impl->read([&](Connection &c) {
        std::vector<std::string> faults;
        auto check = c.query("PRAGMA integrity_check(20)");
        while (check.next()) {
            if (const auto line = check.text(0); line != "ok")
                faults.push_back(line);
        }
        for (const auto &invariant : invariants) {
            auto query = c.query(invariant.count);
            if (query.next() && query.number(0) > 0)
                faults.push_back(fmt::format("{} {}", query.number(0), invariant.fault));
        }
        if (m_impl->pool.options().access == Access::Write) {
            try {
                c.database().exec("INSERT INTO words (words) VALUES ('integrity-check')");
            } catch (const SQLite::Exception &exception) {
                faults.push_back(fmt::format("the full text does not fit its index: {}", exception.what()));
            }
        }
        return faults;
    });
}

} // namespace photolex::catalogue
