#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/base/tensor_file.h"
#include "core/embedding/block_file_p.h"
#include "core/embedding/rows.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace photolex::embedding {

namespace fs = std::filesystem;

struct RowWriter::Impl {
    fs::path file;
    Descriptor descriptor;
    std::size_t dimension = 0;
    std::int64_t end = 0; // after the last synced block
    std::vector<std::int64_t> ids;
    std::vector<std::uint16_t> values;

    Result<> add(std::int64_t id, std::span<const std::uint16_t> row)
    {
        ids.push_back(id);
        values.insert(values.end(), row.begin(), row.end());
        return ids.size() < maximumRows ? Result<>() : write();
    }

    Result<> write()
    {
        if (ids.empty())
            return {};
        const auto block = blockBytes(ids, values);
        auto done = writeWhole(descriptor.get(), block, end, file);
        if (done && fileCalls().sync(descriptor.get()) != 0)
            done = fail(systemError(errno, displayText(file)));
        if (!done) {
            // The half block goes; its rows stay here for the next try, which begins at the same place. Should even the
            // cut fail, the next opening makes it.
            if (fileCalls().truncate(descriptor.get(), end) != 0)
                log::warn("{}: a half block could not be cut off", displayText(file));
            return done;
        }
        end += static_cast<std::int64_t>(block.size());
        ids.clear();
        values.clear();
        return {};
    }
};

namespace {

// The first free name beside the file.
fs::path asideName(const fs::path &file)
{
    for (int number = 1;; ++number) {
        auto name = file;
        name += fmt::format(".aside{}", number);
        std::error_code ignored;
        if (!fs::exists(name, ignored))
            return name;
    }
}

Result<> setAside(const fs::path &file, std::string_view reason)
{
    const auto name = asideName(file);
    log::warn("{}: {}; it is kept as {}", displayText(file), reason, displayText(name.filename()));
    if (fileCalls().rename(file.c_str(), name.c_str()) != 0)
        return fail(systemError(errno, displayText(file)));
    return {};
}

// The file appears with its whole head, or not at all.
Result<> create(const fs::path &file, std::span<const std::byte> bytes)
{
    auto part = file;
    part += ".part";
    const Descriptor descriptor(::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (descriptor.get() < 0)
        return fail(systemError(errno, displayText(part)));
    auto done = writeWhole(descriptor.get(), bytes, 0, part);
    if (done && fileCalls().sync(descriptor.get()) != 0)
        done = fail(systemError(errno, displayText(part)));
    if (done && fileCalls().rename(part.c_str(), file.c_str()) != 0)
        done = fail(systemError(errno, displayText(file)));
    if (!done) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return done;
    }
    return syncFolderOf(file);
}

Result<Descriptor> openLocked(const fs::path &file)
{
    Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    if (descriptor.get() < 0)
        return fail(systemError(errno, displayText(file)));
    // A second lock beside the library's: two writers in one process would overwrite each other's blocks.
    if (flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return fail(Errc::Busy, displayText(file), "these rows are being written already");
    return descriptor;
}

} // namespace

RowWriter::RowWriter() = default;
RowWriter::RowWriter(RowWriter &&) noexcept = default;

RowWriter &RowWriter::operator=(RowWriter &&other) noexcept
{
    std::swap(m_impl, other.m_impl);
    return *this;
}

RowWriter::~RowWriter()
{
    if (m_impl && !m_impl->ids.empty()) {
        if (const auto done = m_impl->write(); !done)
            log::error("{}: {} rows were not written: {}", done.error().subject, m_impl->ids.size(),
                       done.error().detail);
    }
}

Result<RowWriter> RowWriter::open(const fs::path &file, int dimension, std::string_view hash)
{
    if (dimension < 1 || dimension > maximumDimension || hash.size() > maximumHash)
        return fail(Errc::Invalid, displayText(file),
                    fmt::format("{} dimensions, a hash of {} bytes", dimension, hash.size()));
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const bool exists = fs::exists(file, error);
    if (exists) {
        auto descriptor = openLocked(file);
        if (!descriptor)
            return fail(descriptor.error());
        const auto head = readHead(descriptor->get(), file);
        if (!head && head.error().code != Errc::Corrupt)
            return fail(head.error());
        std::string reason;
        if (!head)
            reason = head.error().detail;
        else if (head->dimension != dimension)
            reason = fmt::format("rows of {} numbers, {} are wanted", head->dimension, dimension);
        else if (head->hash != hash)
            reason = "rows of another encoder";
        if (!reason.empty()) {
            if (auto moved = setAside(file, reason); !moved)
                return fail(moved.error());
        }
    }
    if (!fs::exists(file, error)) {
        if (auto made = create(file, headBytes(dimension, hash)); !made)
            return fail(made.error());
    }
    auto descriptor = openLocked(file);
    if (!descriptor)
        return fail(descriptor.error());
    const auto head = readHead(descriptor->get(), file);
    if (!head)
        return fail(head.error());
    const auto walk = walkBlocks(descriptor->get(), *head, file, [](auto, auto) {});
    if (!walk)
        return fail(walk.error());
    if (walk->damaged > 0) {
        log::warn("{}: {}; the good blocks are carried over into a new file", displayText(file), walk->firstDamage);
        *descriptor = Descriptor();
        if (const auto kept = repair(file); !kept)
            return fail(kept.error());
        return open(file, dimension, hash);
    }
    if (walk->size > walk->goodEnd) {
        log::info("{}: {} bytes of an unfinished block are cut off", displayText(file), walk->size - walk->goodEnd);
        if (fileCalls().truncate(descriptor->get(), walk->goodEnd) != 0)
            return fail(systemError(errno, displayText(file)));
    }
    RowWriter writer;
    writer.m_impl = std::make_unique<Impl>();
    writer.m_impl->file = file;
    writer.m_impl->descriptor = std::move(*descriptor);
    writer.m_impl->dimension = static_cast<std::size_t>(dimension);
    writer.m_impl->end = walk->goodEnd;
    return writer;
}

Result<> RowWriter::append(PhotoId photo, std::span<const float> row)
{
    const auto refuse = [&](std::string_view reason) {
        return fail(Errc::Invalid, displayText(m_impl->file), fmt::format("row of photo {}: {}", photo.value, reason));
    };
    if (photo.value <= 0)
        return refuse("no such id");
    if (row.size() != m_impl->dimension)
        return refuse(fmt::format("{} numbers instead of {}", row.size(), m_impl->dimension));
    std::vector<std::uint16_t> halves(row.size());
    bool anything = false;
    for (std::size_t index = 0; index < row.size(); ++index) {
        if (!std::isfinite(row[index]) || std::abs(row[index]) > 65504.0F)
            return refuse("a value is not finite as float16");
        halves[index] = floatToHalf(row[index]);
        anything = anything || (halves[index] & 0x7fff) != 0;
    }
    if (!anything)
        return refuse("its length is zero");
    return m_impl->add(photo.value, halves);
}

Result<> RowWriter::forget(PhotoId photo)
{
    if (photo.value <= 0)
        return fail(Errc::Invalid, displayText(m_impl->file), fmt::format("photo {}: no such id", photo.value));
    return m_impl->add(-photo.value, std::vector<std::uint16_t>(m_impl->dimension));
}

Result<> RowWriter::flush()
{
    return m_impl->write();
}

std::size_t RowWriter::pending() const
{
    return m_impl->ids.size();
}

Result<std::size_t> repair(const fs::path &file)
{
    auto descriptor = openLocked(file);
    if (!descriptor)
        return fail(descriptor.error());
    const auto head = readHead(descriptor->get(), file);
    if (!head)
        return fail(head.error());
    auto part = file;
    part += ".repaired";
    const auto start = headBytes(head->dimension, head->hash);
    std::size_t rows = 0;
    {
        const Descriptor target(::open(part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (target.get() < 0)
            return fail(systemError(errno, displayText(part)));
        auto done = writeWhole(target.get(), start, 0, part);
        auto end = static_cast<std::int64_t>(start.size());
        const auto walk = walkBlocks(descriptor->get(), *head, file, [&](auto ids, auto values) {
            if (!done)
                return;
            const auto block = blockBytes(ids, values);
            done = writeWhole(target.get(), block, end, part);
            end += static_cast<std::int64_t>(block.size());
            rows += ids.size();
        });
        if (!walk)
            done = fail(walk.error());
        if (done && fileCalls().sync(target.get()) != 0)
            done = fail(systemError(errno, displayText(part)));
        if (!done) {
            std::error_code ignored;
            fs::remove(part, ignored);
            return fail(done.error());
        }
    }
    // A second name for the damaged file first: at no moment is there no file of that name.
    std::error_code error;
    fs::create_hard_link(file, asideName(file), error);
    if (fileCalls().rename(part.c_str(), file.c_str()) != 0)
        return fail(systemError(errno, displayText(file)));
    if (auto synced = syncFolderOf(file); !synced)
        return fail(synced.error());
    return rows;
}

} // namespace photolex::embedding
