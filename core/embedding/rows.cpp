#include "core/embedding/rows.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/embedding/block_file_p.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <numeric>
#include <set>
#include <sys/stat.h>

namespace photolex::embedding {

namespace {

bool isFinite(std::span<const std::uint16_t> row)
{
    bool finite = true;
    for (const auto half : row)
        finite &= (half & 0x7c00) != 0x7c00; // no branch, so that the compiler uses vectors
    return finite;
}

std::string fileName(std::string_view kind, std::string_view hash)
{
    return fmt::format("{}-{}", kind, hash.substr(0, 16));
}

} // namespace

std::string featureRowsName(std::string_view networkHash)
{
    return fileName("features", networkHash);
}

std::string pointRowsName(std::string_view encoderHash)
{
    return fileName("points", encoderHash);
}

// Keeps the last row of each photo, in order of id. `ids` may repeat, and −p forgets p.
void Rows::settle(std::span<const std::int64_t> ids)
{
    const auto width = static_cast<std::size_t>(m_dimension);
    bool inOrder = true;
    for (std::size_t index = 0; index < ids.size() && inOrder; ++index)
        inOrder = ids[index] > (index == 0 ? 0 : ids[index - 1]) &&
                  isFinite(std::span(m_halves).subspan(index * width, width));
    if (inOrder) {
        m_ids.reserve(ids.size());
        for (const auto id : ids)
            m_ids.push_back({id});
        return;
    }
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), 0);
    const auto key = [&](std::size_t index) { return ids[index] < 0 ? -ids[index] : ids[index]; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::vector<std::size_t> living;
    for (std::size_t place = 0; place < order.size(); ++place) {
        const auto index = order[place];
        const bool last = place + 1 == order.size() || key(order[place + 1]) != key(index);
        if (!last || ids[index] <= 0)
            continue;
        if (isFinite(std::span(m_halves).subspan(index * width, width)))
            living.push_back(index);
        else
            m_unusable.push_back({ids[index]});
    }
    std::vector<std::uint16_t> halves(living.size() * width);
    m_ids.reserve(living.size());
    for (std::size_t row = 0; row < living.size(); ++row) {
        m_ids.push_back({ids[living[row]]});
        std::memcpy(halves.data() + row * width, m_halves.data() + living[row] * width, width * sizeof(std::uint16_t));
    }
    m_halves = std::move(halves);
}

Result<std::shared_ptr<const Rows>> Rows::open(const std::filesystem::path &file, std::string_view hash)
{
    return read(file, hash, /*despiteDamage=*/false);
}

Result<std::shared_ptr<const Rows>> Rows::recover(const std::filesystem::path &file)
{
    return read(file, {}, /*despiteDamage=*/true);
}

Result<std::shared_ptr<const Rows>> Rows::read(const std::filesystem::path &file, std::string_view hash,
                                               bool despiteDamage)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about = {};
    if (descriptor.get() < 0 || fstat(descriptor.get(), &about) != 0)
        return fail(systemError(errno, displayText(file)));
    if (!S_ISREG(about.st_mode))
        return fail(Errc::Invalid, displayText(file), "not a file");
    auto head = readHead(descriptor.get(), file);
    if (!head)
        return fail(head.error());
    if (!hash.empty() && hash != head->hash)
        return fail(Errc::Invalid, displayText(file), "rows of another encoder");
    auto rows = std::make_shared<Rows>();
    rows->m_dimension = head->dimension;
    rows->m_hash = std::move(head->hash);
    std::vector<std::int64_t> ids;
    const auto payload = static_cast<std::size_t>(std::max<std::int64_t>(about.st_size - head->end, 0));
    const auto rowBytes = sizeof(std::int64_t) + static_cast<std::size_t>(head->dimension) * sizeof(std::uint16_t);
    ids.reserve(payload / rowBytes);
    rows->m_halves.reserve(payload / rowBytes * static_cast<std::size_t>(head->dimension));
    const auto walk = walkBlocks(descriptor.get(), *head, file, [&](auto blockIds, auto values) {
        ids.insert(ids.end(), blockIds.begin(), blockIds.end());
        rows->m_halves.insert(rows->m_halves.end(), values.begin(), values.end());
    });
    if (!walk)
        return fail(walk.error());
    if (walk->damaged > 0 && !despiteDamage)
        return fail(Errc::Corrupt, displayText(file),
                    fmt::format("{}; {} rows in good blocks", walk->firstDamage, ids.size()));
    rows->settle(ids);
    return rows;
}

Result<std::vector<PhotoId>> rowIds(const std::filesystem::path &file, std::string_view hash)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.get() < 0)
        return fail(systemError(errno, displayText(file)));
    const auto head = readHead(descriptor.get(), file);
    if (!head)
        return fail(head.error());
    if (hash != head->hash)
        return fail(Errc::Invalid, displayText(file), "rows of another encoder");
    const auto width = static_cast<std::size_t>(head->dimension);
    std::set<std::int64_t> living;
    const auto walk = walkBlocks(descriptor.get(), *head, file, [&](auto ids, auto values) {
        for (std::size_t row = 0; row < ids.size(); ++row) {
            if (ids[row] > 0 && isFinite(values.subspan(row * width, width)))
                living.insert(living.end(), ids[row]); // mostly in order
            else
                living.erase(ids[row] < 0 ? -ids[row] : ids[row]);
        }
    });
    if (!walk)
        return fail(walk.error());
    std::vector<PhotoId> photos;
    photos.reserve(living.size());
    for (const auto id : living)
        photos.push_back({id});
    return photos;
}

std::shared_ptr<const Rows> Rows::fromMemory(std::vector<PhotoId> ids, std::span<const float> values, int dimension)
{
    assert(values.size() == ids.size() * static_cast<std::size_t>(dimension));
    auto rows = std::make_shared<Rows>();
    rows->m_dimension = dimension;
    rows->m_halves.resize(values.size());
    std::transform(values.begin(), values.end(), rows->m_halves.begin(), floatToHalf);
    std::vector<std::int64_t> numbers;
    numbers.reserve(ids.size());
    for (const auto id : ids)
        numbers.push_back(id.value);
    rows->settle(numbers);
    return rows;
}

std::vector<float> Rows::row(std::size_t index) const
{
    const auto width = static_cast<std::size_t>(m_dimension);
    std::vector<float> values(width);
    std::transform(m_halves.begin() + static_cast<std::ptrdiff_t>(index * width),
                   m_halves.begin() + static_cast<std::ptrdiff_t>((index + 1) * width), values.begin(), halfToFloat);
    return values;
}

std::ptrdiff_t Rows::indexOf(PhotoId photo) const
{
    const auto found = std::lower_bound(m_ids.begin(), m_ids.end(), photo);
    return found != m_ids.end() && *found == photo ? found - m_ids.begin() : -1;
}

} // namespace photolex::embedding
