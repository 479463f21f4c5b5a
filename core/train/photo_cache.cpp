#include "core/train/photo_cache_p.h"

#include "core/base/hash.h"
#include "core/base/threads.h"
#include "core/image/decode.h"
#include "core/image/network.h"

#include <atomic>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <thread>

namespace photolex::train {

Result<std::string> cacheName(const std::string &kind, std::span<const std::filesystem::path> photos,
                              const std::string &networkHash)
{
    std::string identity = networkHash;
    for (const auto &photo : photos) {
        const auto hash = xxh3OfFile(photo);
        if (!hash)
            return fail(hash.error());
        identity += fmt::format(" {:016x}", *hash);
    }
    return fmt::format("{}-{:016x}.safetensors", kind,
                       xxh3(std::as_bytes(std::span(identity.data(), identity.size()))));
}

Result<> forEachPhoto(const std::string &kind, std::span<const std::filesystem::path> photos,
                      const image::Network &network, const UsePhoto &use, const Options &options,
                      const std::stop_token &stop, Squash squash)
{
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::optional<Error> fault;
    const auto one = [&](std::size_t i) -> Result<> {
        const auto decoded = image::decode(photos[i], {.wantedShortSide = network.inputSide()});
        if (!decoded) {
            if (!options.unreadable || decoded.error().code == Errc::Cancelled)
                return fail(decoded.error());
            const std::lock_guard lock(mutex);
            options.unreadable(photos[i], decoded.error());
            return {};
        }
        if (squash == Squash::No)
            return use(i, decoded->pixels);
        return use(i, image::resized(decoded->pixels, {network.inputSide(), network.inputSide()}));
    };
    const auto work = [&] {
        for (auto i = next++; i < photos.size() && !stop.stop_requested(); i = next++) {
            if (const auto used = one(i); !used) {
                const std::lock_guard lock(mutex);
                fault = used.error();
                next = photos.size();
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < (options.threads > 0 ? options.threads : threads::count()); ++i)
            workers.emplace_back(work);
    }
    if (fault)
        return fail(*fault);
    if (stop.stop_requested())
        return fail(Errc::Cancelled, kind, "what was computed is kept");
    return {};
}

} // namespace photolex::train
