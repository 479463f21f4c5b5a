// What the parts of the catalogue share.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/catalogue/connection_p.h"
#include "core/catalogue/schema_p.h"

#include <functional>

namespace photolex::catalogue {

// True where shared memory maps and locks cannot be trusted: NFS, SMB, FUSE and their like.
bool isNetworkFileSystem(const std::filesystem::path &folder);

// What a test puts in the place of the machine and of this version.
struct Catalogue::Surroundings {
    std::span<const Migration> migrations = catalogue::migrations();
    std::function<bool(const std::filesystem::path &)> isNetworkFileSystem = catalogue::isNetworkFileSystem;
};

struct Catalogue::Impl {
    explicit Impl(ConnectionOptions options)
        : pool(std::move(options))
    {
    }

    std::filesystem::path library;
    std::string notice;
    std::optional<WriterLock> lock;
    ConnectionPool pool;
    std::mutex writing;

    const std::filesystem::path &file() const { return pool.options().file; }

    // `work` gets a connection and may throw SQLite::Exception.
    template <class Work>
    auto read(Work &&work) -> Result<std::invoke_result_t<Work, Connection &>>
    {
        return guarded(file(), [&] {
            auto loan = pool.borrow();
            return work(*loan);
        });
    }

    // One transaction, all or nothing.
    template <class Work>
    auto write(Work &&work) -> Result<std::invoke_result_t<Work, Connection &>>
    {
        if (pool.options().access != Access::Write)
            return fail(Errc::Denied, file().string(), "the library was opened for reading");
        return guarded(file(), [&] {
            const std::lock_guard oneWriter(writing);
            auto loan = pool.borrow();
            Connection &connection = *loan;
            SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
            if constexpr (std::is_void_v<std::invoke_result_t<Work, Connection &>>) {
                work(connection);
                transaction.commit();
            } else {
                auto result = work(connection);
                transaction.commit();
                return result;
            }
        });
    }

    // As write(), and readers that keep a view of the photos learn of it.
    template <class Work>
    auto change(Work &&work) -> Result<std::invoke_result_t<Work, Connection &>>
    {
        return write([&](Connection &connection) {
            connection.query("UPDATE revision SET value = value + 1").run();
            return work(connection);
        });
    }
};

// "holiday/IMG_2041BeachHouse" → "holiday IMG 2041 Beach House 2041BeachHouse": the words that a name holds, split at
// separators, between letters and digits and before capitals; what was split is there unsplit, too. NFC, UTF-8.
std::string wordsOfName(std::string_view nameBytes);

// A key that sorts as people count: IMG_2 before IMG_10, without regard to case; ties by bytes.
std::string naturalKey(std::string_view nameBytes);

std::string normalized(std::string_view text); // NFC, NULs become spaces

// "two" "dogs"*: every word must occur, the last may go on. Empty when no word holds a letter or digit.
std::string matchExpression(std::span<const std::string> words);

// Brings the full text of one photo up to date with its row and its captions.
void refreshWords(Connection &connection, PhotoId photo);

// After the photo was saved: RAW files of its folder and stem belong to the JPEG or HEIC of the same moment.
void joinCompanions(Connection &connection, PhotoId photo, std::int64_t folder, std::string_view name);

std::string joinedPath(std::string_view folder, std::string_view name);
// folder = ?1 or below it: ?2 <= folder < ?3. "/" holds everything.
struct PathRange {
    std::string self, first, last;
};
PathRange rangeBelow(std::string_view folder);

} // namespace photolex::catalogue
