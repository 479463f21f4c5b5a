#include "core/catalogue/connection_p.h"

#include "core/base/bytes.h"

#include <cerrno>
#include <fmt/format.h>
#include <sqlite3.h>

namespace photolex::catalogue {

namespace {

constexpr int busyTimeoutMs = 10'000; // only checkpoints and short transactions of our own threads are waited for
constexpr std::size_t connectionLimit = 8;

std::string uriOf(const std::filesystem::path &file)
{
    std::string uri = "file:";
    for (const char byte : file.native()) {
        if (std::isalnum(static_cast<unsigned char>(byte)) || byte == '/' || byte == '.' || byte == '-' || byte == '_')
            uri += byte;
        else
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
    return uri + "?immutable=1";
}

SQLite::Database openDatabase(const ConnectionOptions &options)
{
    const int flags =
        (options.access == Access::Write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY) |
        SQLite::OPEN_NOMUTEX;
    if (options.immutable)
        return SQLite::Database(uriOf(options.file), flags | SQLite::OPEN_URI, busyTimeoutMs);
    return SQLite::Database(options.file.native(), flags, busyTimeoutMs);
}

} // namespace

Query::~Query()
{
    if (!m_statement)
        return;
    try {
        m_statement->tryReset(); // its code repeats the failure that was thrown already
        m_statement->clearBindings();
    } catch (const SQLite::Exception &) {
        // A statement that cannot be unbound is bound anew before its next use.
    }
}

Query &Query::operator<<(std::int64_t value)
{
    m_statement->bind(m_next++, value);
    return *this;
}

Query &Query::operator<<(double value)
{
    m_statement->bind(m_next++, value);
    return *this;
}

Query &Query::operator<<(std::string_view text)
{
    m_statement->bind(m_next++, std::string(text));
    return *this;
}

Query &Query::operator<<(std::nullptr_t)
{
    m_statement->bind(m_next++);
    return *this;
}

Query &Query::blob(std::string_view bytes)
{
    // An empty view may hold a null pointer, which SQLite would bind as NULL.
    m_statement->bind(m_next++, bytes.empty() ? "" : static_cast<const void *>(bytes.data()),
                      static_cast<int>(bytes.size()));
    return *this;
}

void Query::run()
{
    while (m_statement->executeStep())
        ;
}

Connection::Connection(const ConnectionOptions &options)
    : m_database(openDatabase(options))
{
    m_database.exec("PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY");
    if (options.access == Access::Read)
        return;
    if (options.networkFileSystem) {
        m_database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE");
    } else {
        m_database.exec("PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864");
    }
    // Every commit is synced: what was reported done survives a power cut, not only a kill. One sync a batch of photos.
    m_database.exec("PRAGMA synchronous = FULL");
}

Query Connection::query(const std::string &sql)
{
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        if (m_statements.size() > 200)
            m_statements.clear(); // filters make many texts; none is on loan between two calls of a function
        found = m_statements.emplace(sql, std::make_unique<SQLite::Statement>(m_database, sql)).first;
    }
    return Query(*found->second);
}

ConnectionPool::Loan ConnectionPool::borrow()
{
    // An exclusive lock shuts out a second connection of our own process too.
    const std::size_t limit = m_options.networkFileSystem ? 1 : connectionLimit;
    std::unique_lock lock(m_mutex);
    m_returned.wait(lock, [&] { return m_lent < limit; });
    std::unique_ptr<Connection> connection;
    if (m_idle.empty()) {
        connection = std::make_unique<Connection>(m_options);
    } else {
        connection = std::move(m_idle.back());
        m_idle.pop_back();
    }
    ++m_lent;
    return Loan(*this, std::move(connection));
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection)
{
    {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(connection));
        --m_lent;
    }
    m_returned.notify_one();
}

Error errorOf(const SQLite::Exception &exception, const std::filesystem::path &file)
{
    const int systemErrno = errno; // read first: nothing has called the system since SQLite did
    const std::string subject = displayText(file);
    const std::string detail = exception.what();
    switch (exception.getErrorCode()) {
    case SQLITE_FULL:
        return {Errc::DiskFull, subject, detail};
    case SQLITE_IOERR:
        if (systemErrno == ENOSPC || systemErrno == EDQUOT || exception.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE)
            return {Errc::DiskFull, subject, detail};
        return {Errc::Internal, subject, fmt::format("{} ({})", detail, exception.getExtendedErrorCode())};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {Errc::Busy, subject, detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {Errc::Corrupt, subject, detail};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {Errc::Denied, subject, detail};
    case SQLITE_CANTOPEN:
        return {systemErrno == ENOENT   ? Errc::NotFound
                : systemErrno == ENOSPC ? Errc::DiskFull
                                        : Errc::Denied,
                subject, detail};
    case SQLITE_TOOBIG:
        return {Errc::TooLarge, subject, detail};
    default:
        return {Errc::Internal, subject, fmt::format("{} ({})", detail, exception.getExtendedErrorCode())};
    }
}

} // namespace photolex::catalogue
