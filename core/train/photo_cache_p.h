// What training computes once for each photo and keeps: files of some hundred photos each, so that a broken run loses
// little.
#pragma once

#include "core/base/result.h"
#include "core/image/pixels.h"
#include "core/train/train.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

namespace photolex::image {
class Network;
}

namespace photolex::train {

// "KIND-0123456789abcdef.safetensors": by the network and by the bytes of the photos. A copied or touched set is found
// again, a changed photo is not taken for what it was.
Result<std::string> cacheName(const std::string &kind, std::span<const std::filesystem::path> photos,
                              const std::string &networkHash);

// Gives each photo, decoded and squashed to the network's input (or in its own shape: networks from outside cut it), to
// `use` with its number; from several threads at once, each photo once. The first error ends it, but for photos that
// options.unreadable takes. Cancelled, with `kind` as subject.
enum class Squash : std::uint8_t { Yes, No };
using UsePhoto = std::function<Result<>(std::size_t, const image::Pixels &)>;
Result<> forEachPhoto(const std::string &kind, std::span<const std::filesystem::path> photos,
                      const image::Network &network, const UsePhoto &use, const Options &options,
                      const std::stop_token &stop, Squash squash = Squash::Yes);

} // namespace photolex::train
