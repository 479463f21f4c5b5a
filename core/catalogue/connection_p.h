// SQLite behind the catalogue: connections, statements that are compiled once, and exceptions that end here.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/catalogue.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace photolex::catalogue {

// How every connection of one library is opened.
struct ConnectionOptions {
    std::filesystem::path file;
    Access access = Access::Read;
    bool networkFileSystem = false; // TRUNCATE journal and an exclusive lock instead of WAL, and one connection in all
    bool immutable = false;         // nothing beside the file can be written: no locks, no journal
};

// A compiled statement on loan from its connection. Bind in order with `<<`; text is bound as given, BLOBs through
// blob().
class Query {
public:
    explicit Query(SQLite::Statement &statement)
        : m_statement(&statement)
    {
    }
    Query(Query &&other) noexcept
        : m_statement(std::exchange(other.m_statement, nullptr))
        , m_next(other.m_next)
    {
    }
    Query &operator=(Query &&) = delete;
    ~Query();

    Query &operator<<(std::int64_t value);
    Query &operator<<(int value) { return *this << std::int64_t{value}; }
    Query &operator<<(double value);
    Query &operator<<(std::string_view text);
    Query &operator<<(std::nullptr_t);
    template <class T>
    Query &operator<<(const std::optional<T> &value)
    {
        return value ? *this << std::int64_t{*value} : *this << nullptr;
    }
    Query &blob(std::string_view bytes);
    void continueAt(int parameter) { m_next = parameter; } // number of the next one bound

    bool next() { return m_statement->executeStep(); }
    void run(); // to its end, results ignored

    bool isNull(int column) const { return m_statement->getColumn(column).isNull(); }
    std::int64_t number(int column) const { return m_statement->getColumn(column).getInt64(); }
    double real(int column) const { return m_statement->getColumn(column).getDouble(); }
    std::string text(int column) const { return m_statement->getColumn(column).getString(); }

private:
    SQLite::Statement *m_statement;
    int m_next = 1;
};

class Connection {
public:
    explicit Connection(const ConnectionOptions &options); // throws SQLite::Exception

    SQLite::Database &database() { return m_database; }
    Query query(const std::string &sql); // one at a time for the same text
    std::int64_t lastId() const { return m_database.getLastInsertRowid(); }
    int changes() { return m_database.getChanges(); }

private:
    SQLite::Database m_database;
    std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> m_statements;
};

// Connections on loan, so that any thread may read while another one writes. A borrower waits when all are out: it must
// not borrow a second one meanwhile.
class ConnectionPool {
public:
    explicit ConnectionPool(ConnectionOptions options)
        : m_options(std::move(options))
    {
    }

    class Loan {
    public:
        Loan(ConnectionPool &pool, std::unique_ptr<Connection> connection)
            : m_pool(pool)
            , m_connection(std::move(connection))
        {
        }
        Loan(const Loan &) = delete;
        Loan &operator=(const Loan &) = delete;
        ~Loan() { m_pool.giveBack(std::move(m_connection)); }
        Connection &operator*() { return *m_connection; }

    private:
        ConnectionPool &m_pool;
        std::unique_ptr<Connection> m_connection;
    };
    Loan borrow(); // throws SQLite::Exception
    const ConnectionOptions &options() const { return m_options; }

private:
    void giveBack(std::unique_ptr<Connection> connection);

    ConnectionOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_returned;
    std::vector<std::unique_ptr<Connection>> m_idle;
    std::size_t m_lent = 0;
};

// What an exception of SQLite stands for. Full disks and quotas are DiskFull however SQLite met them.
Error errorOf(const SQLite::Exception &exception, const std::filesystem::path &file);

// Runs `work`, and turns what SQLite throws into an Error.
template <class Work>
auto guarded(const std::filesystem::path &file, Work &&work) -> Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const SQLite::Exception &exception) {
        return fail(errorOf(exception, file));
    } catch (const std::exception &exception) {
        return fail(Errc::Internal, file.string(), exception.what());
    }
}

} // namespace photolex::catalogue
