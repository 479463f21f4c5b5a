#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/tensor_file.h"
#include "core/embedding/file_p.h"
#include "core/embedding/format_p.h"
#include "core/embedding/rows.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace photolex::embedding {

FileCalls &fileCalls()
{
    static FileCalls calls = {::write, ::fdatasync, ::ftruncate};
    return calls;
}

struct RowWriter::Impl {
    std::string subject;
    int descriptor = -1;
    std::uint32_t dimension = 0;
    off_t end = 0; // after the last whole block
    std::vector<std::int64_t> ids;
    std::vector<std::uint16_t> halves;

    ~Impl()
    {
        if (descriptor >= 0)
            ::close(descriptor);
    }

    // Appends and syncs, or leaves the file as it was.
    Result<> append(std::span<const std::byte> bytes)
    {
        auto rest = bytes;
        while (!rest.empty()) {
            const auto written = fileCalls().write(descriptor, rest.data(), rest.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return restore(written == 0 ? ENOSPC : errno);
            rest = rest.subspan(static_cast<std::size_t>(written));
        }
        if (fileCalls().sync(descriptor) != 0)
            return restore(errno);
        end += static_cast<off_t>(bytes.size());
        return {};
    }

    // Cuts off what was written in part; if even that fails, the next opening does.
    tl::unexpected<Error> restore(int code)
    {
        if (fileCalls().truncate(descriptor, end) == 0)
            ::lseek(descriptor, end, SEEK_SET);
        return fail(systemError(code, subject));
    }
};

namespace {

// The end of the last whole, sound block. The head was checked by Rows::open.
off_t soundEnd(std::span<const std::byte> bytes, std::size_t dimension, std::size_t at)
{
    while (at + sizeof(BlockHead) <= bytes.size()) {
        BlockHead block = {};
        std::memcpy(&block, bytes.data() + at, sizeof(block));
        const std::size_t size = block.rows * (sizeof(std::int64_t) + 2 * dimension);
        if (block.magic != blockMagic || block.rows < 1 || block.rows > mostRowsInBlock ||
            size > bytes.size() - at - sizeof(block) || xxh3(bytes.subspan(at + sizeof(block), size)) != block.checksum)
            break;
        at += sizeof(block) + size;
    }
    return static_cast<off_t>(at);
}

std::vector<std::byte> headBytes(std::uint32_t dimension, std::string_view hash)
{
    FileHead head = {};
    std::memcpy(head.magic, fileMagic.data(), sizeof(head.magic));
    head.dimension = dimension;
    head.hashLength = static_cast<std::uint32_t>(hash.size());
    std::vector<std::byte> bytes((sizeof(head) + hash.size() + 7) / 8 * 8);
    std::memcpy(bytes.data(), &head, sizeof(head));
    std::memcpy(bytes.data() + sizeof(head), hash.data(), hash.size());
    return bytes;
}

} // namespace

RowWriter::RowWriter()
    : m_impl(std::make_unique<Impl>())
{
}
RowWriter::RowWriter(RowWriter &&) noexcept = default;
RowWriter &RowWriter::operator=(RowWriter &&) noexcept = default;

RowWriter::~RowWriter()
{
    if (m_impl && m_impl->descriptor >= 0)
        (void)flush();
}

Result<RowWriter> RowWriter::open(const std::filesystem::path &file, int dimension, std::string_view hash)
{
    const auto subject = displayText(file);
    if (dimension < 1 || static_cast<std::uint32_t>(dimension) > largestDimension || hash.size() > longestHash)
        return fail(Errc::Invalid, subject, "the dimension or the hash is out of range");
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        return fail(systemError(error.value(), displayText(file.parent_path())));
    RowWriter writer;
    auto &impl = *writer.m_impl;
    impl.subject = subject;
    impl.dimension = static_cast<std::uint32_t>(dimension);
    const auto head = headBytes(impl.dimension, hash);

    // Another network's rows, or a damaged file, are set aside and never mixed with ours.
    if (std::filesystem::exists(file)) {
        const auto bytes = readFile(file, std::size_t{1} << 40);
        if (!bytes)
            return fail(bytes.error());
        const bool headFits = bytes->size() >= head.size() && std::memcmp(bytes->data(), head.data(), head.size()) == 0;
        const auto sound = headFits ? soundEnd(*bytes, impl.dimension, head.size()) : 0;
        const bool damagedInside = headFits && !Rows::open(file);
        if (!headFits || damagedInside) {
            auto aside = file;
            aside += fmt::format(
                ".old-{:08x}", xxh3(std::span(*bytes).first(std::min<std::size_t>(bytes->size(), 4096))) & 0xFFFFFFFFU);
            std::filesystem::rename(file, aside, error);
            if (error)
                return fail(systemError(error.value(), subject));
        } else {
            impl.end = sound;
        }
    }
    impl.descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (impl.descriptor < 0)
        return fail(systemError(errno, subject));
    if (::ftruncate(impl.descriptor, impl.end) != 0 || ::lseek(impl.descriptor, impl.end, SEEK_SET) < 0)
        return fail(systemError(errno, subject));
    if (impl.end == 0) {
        if (auto written = impl.append(head); !written) {
            std::filesystem::remove(file, error);
            return fail(written.error());
        }
    }
    return writer;
}

Result<> RowWriter::append(PhotoId photo, std::span<const float> row)
{
    if (photo.value <= 0)
        return fail(Errc::Invalid, m_impl->subject, "a row needs a photo");
    if (row.size() != m_impl->dimension)
        return fail(Errc::Invalid, m_impl->subject,
                    fmt::format("a row of {} numbers, the file holds rows of {}", row.size(), m_impl->dimension));
    double squares = 0;
    for (const float value : row)
        squares += static_cast<double>(value) * value;
    // float16 ends at 65504; beyond it a value would become infinite on disk.
    const bool fits = std::ranges::all_of(row, [](float value) { return std::abs(value) <= 65504.0F; });
    if (!std::isfinite(squares) || squares == 0 || !fits)
        return fail(Errc::Invalid, fmt::format("photo {}", photo.value), "its row is zero, not finite or too large");
    m_impl->ids.push_back(photo.value);
    for (const float value : row)
        m_impl->halves.push_back(floatToHalf(value));
    return {};
}

Result<> RowWriter::forget(PhotoId photo)
{
    if (photo.value <= 0)
        return fail(Errc::Invalid, m_impl->subject, "no photo is named");
    m_impl->ids.push_back(-photo.value);
    m_impl->halves.resize(m_impl->halves.size() + m_impl->dimension, 0);
    return {};
}

Result<> RowWriter::flush()
{
    auto &impl = *m_impl;
    while (!impl.ids.empty()) {
        const auto rows = std::min<std::size_t>(impl.ids.size(), mostRowsInBlock);
        const auto idSize = rows * sizeof(std::int64_t);
        const auto halfSize = rows * impl.dimension * sizeof(std::uint16_t);
        std::vector<std::byte> bytes(sizeof(BlockHead) + idSize + halfSize);
        auto *body = bytes.data() + sizeof(BlockHead);
        std::memcpy(body, impl.ids.data(), idSize);
        std::memcpy(body + idSize, impl.halves.data(), halfSize);
        const BlockHead head = {blockMagic, static_cast<std::uint32_t>(rows), xxh3({body, idSize + halfSize})};
        std::memcpy(bytes.data(), &head, sizeof(head));
        if (auto written = impl.append(bytes); !written)
            return written;
        impl.ids.erase(impl.ids.begin(), impl.ids.begin() + static_cast<std::ptrdiff_t>(rows));
        impl.halves.erase(impl.halves.begin(),
                          impl.halves.begin() + static_cast<std::ptrdiff_t>(rows * impl.dimension));
    }
    return {};
}

std::size_t RowWriter::pending() const
{
    return m_impl->ids.size();
}

} // namespace photolex::embedding
