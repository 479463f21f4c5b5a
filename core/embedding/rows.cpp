#include "core/embedding/rows.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/mapped_file.h"
#include "core/base/tensor_file.h"
#include "core/embedding/format_p.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <unordered_map>

namespace photolex::embedding {

namespace {

constexpr std::size_t idBytes = sizeof(std::int64_t);

std::string fileName(std::string_view kind, std::string_view hash)
{
    return fmt::format("{}-{}", kind, hash.substr(0, 16));
}

// Where the living rows of a file are: photo → its last row.
using Places = std::unordered_map<std::int64_t, const std::byte *>;

} // namespace

std::string featureRowsName(std::string_view networkHash)
{
    return fileName("features", networkHash);
}

std::string pointRowsName(std::string_view encoderHash)
{
    return fileName("points", encoderHash);
}

Result<std::shared_ptr<const Rows>> Rows::open(const std::filesystem::path &path, std::string_view hash)
{
    const auto subject = displayText(path);
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    const auto bytes = file->bytes();
    FileHead head = {};
    if (bytes.size() < sizeof(head))
        return fail(Errc::Corrupt, subject, "the file is too short for a head");
    std::memcpy(&head, bytes.data(), sizeof(head));
    const std::string_view magic(head.magic, sizeof(head.magic));
    if (magic != fileMagic)
        return magic.starts_with("PLXROWS")
                   ? fail(Errc::Unsupported, subject, "it was written by a newer version: update Photolex")
                   : fail(Errc::Corrupt, subject, "it is no row file");
    if (head.dimension < 1 || head.dimension > largestDimension || head.hashLength > longestHash ||
        sizeof(head) + head.hashLength > bytes.size())
        return fail(Errc::Corrupt, subject, "the head's values are out of range");
    auto rows = std::make_shared<Rows>();
    rows->m_dimension = static_cast<int>(head.dimension);
    rows->m_hash.assign(reinterpret_cast<const char *>(bytes.data()) + sizeof(head), head.hashLength);
    if (!hash.empty() && rows->m_hash != hash)
        return fail(Errc::Invalid, subject, fmt::format("it belongs to {}, not to {}", rows->m_hash, hash));

    Places places;
    std::size_t bad = 0;
    const std::size_t rowBytes = std::size_t{2} * head.dimension;
    std::size_t at = (sizeof(head) + head.hashLength + 7) / 8 * 8;
    while (at + sizeof(BlockHead) <= bytes.size()) {
        BlockHead block = {};
        std::memcpy(&block, bytes.data() + at, sizeof(block));
        if (block.magic != blockMagic || block.rows < 1 || block.rows > mostRowsInBlock) {
            ++bad; // lengths cannot be trusted any more: what follows is not looked at
            break;
        }
        const std::size_t size = block.rows * (idBytes + rowBytes);
        if (size > bytes.size() - at - sizeof(block))
            break; // torn by a crash
        const auto body = bytes.subspan(at + sizeof(block), size);
        at += sizeof(block) + size;
        if (xxh3(body) != block.checksum) {
            if (at < bytes.size())
                ++bad;
            continue; // as the last block it is torn, too
        }
        for (std::uint32_t i = 0; i < block.rows; ++i) {
            std::int64_t id = 0;
            std::memcpy(&id, body.data() + i * idBytes, idBytes);
            if (id > 0)
                places[id] = body.data() + block.rows * idBytes + i * rowBytes;
            else
                places.erase(-id);
        }
    }
    if (bad > 0)
        return fail(
            Errc::Corrupt, subject,
            fmt::format("{} blocks do not match their checksum, {} rows are sound: index again", bad, places.size()));

    for (const auto &[id, place] : places)
        rows->m_ids.push_back({id});
    std::ranges::sort(rows->m_ids);
    rows->m_halves.resize(places.size() * head.dimension);
    for (std::size_t i = 0; i < rows->m_ids.size(); ++i)
        std::memcpy(rows->m_halves.data() + i * head.dimension, places[rows->m_ids[i].value], rowBytes);
    return rows;
}

std::shared_ptr<const Rows> Rows::fromMemory(std::vector<PhotoId> ids, std::span<const float> values, int dimension)
{
    auto rows = std::make_shared<Rows>();
    rows->m_dimension = dimension;
    std::vector<std::size_t> order(ids.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return ids[i]; });
    const auto width = static_cast<std::size_t>(dimension);
    for (const auto i : order) {
        rows->m_ids.push_back(ids[i]);
        for (std::size_t k = 0; k < width; ++k)
            rows->m_halves.push_back(floatToHalf(values[i * width + k]));
    }
    return rows;
}

std::vector<float> Rows::row(std::size_t index) const
{
    const auto width = static_cast<std::size_t>(m_dimension);
    std::vector<float> values(width);
    for (std::size_t k = 0; k < width; ++k)
        values[k] = halfToFloat(m_halves[index * width + k]);
    return values;
}

std::ptrdiff_t Rows::indexOf(PhotoId photo) const
{
    const auto found = std::ranges::lower_bound(m_ids, photo);
    return found != m_ids.end() && *found == photo ? found - m_ids.begin() : -1;
}

} // namespace photolex::embedding
