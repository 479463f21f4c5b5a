// Ids of rows in the catalogue. Tiny structs, so that a photo's id is never passed for a caption's.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace photolex {

struct PhotoId {
    std::int64_t value = 0; // 0: none
    auto operator<=>(const PhotoId &) const = default;
    explicit operator bool() const { return value != 0; }
};

struct RootId {
    std::int64_t value = 0; // 0: none
    auto operator<=>(const RootId &) const = default;
    explicit operator bool() const { return value != 0; }
};

struct AlbumId {
    std::int64_t value = 0; // 0: none
    auto operator<=>(const AlbumId &) const = default;
    explicit operator bool() const { return value != 0; }
};

struct CaptionId {
    std::int64_t value = 0; // 0: none
    auto operator<=>(const CaptionId &) const = default;
    explicit operator bool() const { return value != 0; }
};

} // namespace photolex

template <>
struct std::hash<photolex::PhotoId> {
    std::size_t operator()(photolex::PhotoId id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
