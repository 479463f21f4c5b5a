// Photos for the tests of the catalogue.
#pragma once

#include "core/catalogue/catalogue.h"

#include <string>

namespace photolex::test {

inline catalogue::Photo makePhoto(RootId root, std::string relativePath, std::int64_t takenAt = 1'000'000)
{
    catalogue::Photo photo;
    photo.root = root;
    photo.relativePath = std::move(relativePath);
    photo.stamp = {.size = 1234, .mtimeNs = 5'000'000'000, .ctimeNs = 6, .inode = 7, .device = 8};
    photo.partialHash = 0xfedcba9876543210ULL;
    photo.contentHash = 0x8edcba9876543210ULL;
    photo.state = catalogue::PhotoState::Ready;
    photo.format = "JPEG";
    photo.width = 640;
    photo.height = 480;
    photo.takenAt = takenAt;
    return photo;
}

} // namespace photolex::test
