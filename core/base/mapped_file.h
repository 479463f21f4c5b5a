// A file mapped read-only into memory. Moves, does not copy; the view ends with the object.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace photolex {

class MappedFile {
public:
    // An empty file gives an empty view. NotFound, Denied, Invalid (a folder).
    static Result<MappedFile> open(const std::filesystem::path &path);

    MappedFile() = default;
    MappedFile(MappedFile &&other) noexcept;
    MappedFile &operator=(MappedFile &&other) noexcept;
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }

private:
    const std::byte *m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace photolex
