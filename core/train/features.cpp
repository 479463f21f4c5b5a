// Features are computed once for a photo and kept in files of some hundred photos each, so that a broken run loses
// little. A file is named by the network and by the bytes of its photos: a copied or touched set is found again, a
// changed photo is not taken for what it was.
#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/threads.h"
#include "core/image/decode.h"
#include "core/image/network.h"
#include "core/train/prepared_p.h"

#include <atomic>
#include <cmath>
#include <fmt/format.h>
#include <mutex>
#include <thread>

namespace photolex::train {

namespace {

constexpr std::size_t chunkSize = 512; // photos a file
constexpr const char *tailId = "tail";

Result<std::string> chunkName(std::span<const std::filesystem::path> photos, const std::string &networkHash)
{
    std::string identity = networkHash;
    for (const auto &photo : photos) {
        const auto hash = xxh3OfFile(photo);
        if (!hash)
            return fail(hash.error());
        identity += fmt::format(" {:016x}", *hash);
    }
    return fmt::format("features-{:016x}.safetensors",
                       xxh3(std::as_bytes(std::span(identity.data(), identity.size()))));
}

void scaleToUnit(std::span<float> row)
{
    double squares = 0;
    for (const float value : row)
        squares += static_cast<double>(value) * value;
    const auto factor = static_cast<float>(1 / std::sqrt(squares));
    for (auto &value : row)
        value *= factor;
}

image::Pixels flipped(const image::Pixels &pixels)
{
    auto mirror = pixels;
    for (int y = 0; y < pixels.size.height; ++y)
        for (int x = 0; x < pixels.size.width; ++x) {
            const auto row = static_cast<std::ptrdiff_t>(y) * pixels.size.width;
            std::copy_n(pixels.rgb.begin() + 3 * (row + x), 3,
                        mirror.rgb.begin() + 3 * (row + pixels.size.width - 1 - x));
        }
    return mirror;
}

Result<> compute(std::span<const std::filesystem::path> photos, const image::Network &network, const std::string &tail,
                 Features &features, const std::stop_token &stop, std::atomic<std::int64_t> &done)
{
    const auto dimension = static_cast<std::size_t>(network.featureDimension());
    features.plain.resize(photos.size() * dimension);
    features.mirrored.resize(photos.size() * dimension);
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::optional<Error> fault;
    const auto work = [&] {
        for (auto i = next++; i < photos.size() && !stop.stop_requested(); i = next++) {
            const auto one = [&]() -> Result<> {
                const auto decoded = image::decode(photos[i], {.wantedShortSide = network.inputSide()});
                if (!decoded)
                    return fail(decoded.error());
                const auto pixels = image::resized(decoded->pixels, {network.inputSide(), network.inputSide()});
                const auto plain = network.feature(pixels, tail);
                const auto mirrored = network.feature(flipped(pixels), tail);
                if (!plain || !mirrored)
                    return fail(plain ? mirrored.error() : plain.error());
                std::ranges::copy(*plain, features.plain.begin() + static_cast<std::ptrdiff_t>(i * dimension));
                std::ranges::copy(*mirrored, features.mirrored.begin() + static_cast<std::ptrdiff_t>(i * dimension));
                return {};
            }();
            ++done;
            if (!one) {
                const std::lock_guard lock(mutex);
                fault = one.error();
                next = photos.size();
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads::count(); ++i)
            workers.emplace_back(work);
    }
    if (fault)
        return fail(*fault);
    if (stop.stop_requested())
        return fail(Errc::Cancelled, "features", "what was computed is kept");
    return {};
}

Result<Features> chunk(std::span<const std::filesystem::path> photos, const std::string &networkHash,
                       const std::function<Result<std::shared_ptr<const image::Network>>()> &network,
                       const Options &options, const std::stop_token &stop, std::atomic<std::int64_t> &done)
{
    const auto name = chunkName(photos, networkHash);
    if (!name)
        return fail(name.error());
    const auto file = options.featureCache / *name;
    if (const auto stored = TensorFile::open(file)) {
        const auto *plain = stored->find("plain");
        const auto *mirrored = stored->find("mirrored");
        if (plain && mirrored && plain->shape == mirrored->shape && plain->shape.size() == 2 &&
            plain->shape[0] == static_cast<std::int64_t>(photos.size())) {
            done += static_cast<std::int64_t>(photos.size());
            return Features{plain->toFloats(), mirrored->toFloats()};
        }
    }
    auto opened = network();
    if (!opened)
        return fail(opened.error());
    Features features;
    if (auto computed = compute(photos, **opened, options.tailFile.empty() ? "" : tailId, features, stop, done);
        !computed)
        return fail(computed.error());
    const auto n = static_cast<std::int64_t>(photos.size());
    const std::vector<TensorData> tensors = {
        {"plain", {n, (*opened)->featureDimension()}, features.plain, TensorType::Float16},
        {"mirrored", {n, (*opened)->featureDimension()}, features.mirrored, TensorType::Float16}};
    if (auto written = writeTensorFile(file, tensors); !written)
        return fail(written.error());
    return features;
}

} // namespace

Result<Features> cachedFeatures(std::span<const std::filesystem::path> photos, const Options &options,
                                std::stop_token stop)
{
    std::error_code error;
    std::filesystem::create_directories(options.featureCache, error);
    if (error)
        return fail(systemError(error.value(), displayText(options.featureCache)));
    auto hash = sha256HexOfFile(options.networkFile);
    if (!hash)
        return fail(hash.error());
    if (!options.tailFile.empty()) {
        const auto tail = sha256HexOfFile(options.tailFile);
        if (!tail)
            return fail(tail.error());
        *hash += *tail;
    }
    std::shared_ptr<const image::Network> opened;
    const auto network = [&]() -> Result<std::shared_ptr<const image::Network>> {
        if (!opened) {
            std::vector<image::Tail> tails;
            if (!options.tailFile.empty())
                tails.push_back({tailId, options.tailFile});
            auto made = image::Network::openFile(options.networkFile, tails);
            if (!made)
                return fail(made.error());
            opened = std::move(*made);
        }
        return opened;
    };
    Features all;
    std::atomic<std::int64_t> done = 0;
    ProgressThrottle progress(options.progress);
    for (std::size_t from = 0; from < photos.size(); from += chunkSize) {
        auto part =
            chunk(photos.subspan(from, std::min(chunkSize, photos.size() - from)), *hash, network, options, stop, done);
        if (!part)
            return fail(part.error());
        all.plain.insert(all.plain.end(), part->plain.begin(), part->plain.end());
        all.mirrored.insert(all.mirrored.end(), part->mirrored.begin(), part->mirrored.end());
        progress.report({"features", done, static_cast<std::int64_t>(photos.size())});
    }
    if (photos.empty())
        return all;
    const auto dimension = all.plain.size() / photos.size();
    for (std::size_t i = 0; i < photos.size(); ++i) {
        scaleToUnit(std::span(all.plain).subspan(i * dimension, dimension));
        scaleToUnit(std::span(all.mirrored).subspan(i * dimension, dimension));
    }
    return all;
}

Result<std::vector<float>> photoFeatures(std::span<const std::filesystem::path> photos, const Options &options,
                                         std::stop_token stop)
{
    auto features = cachedFeatures(photos, options, stop);
    if (!features)
        return fail(features.error());
    return std::move(features->plain);
}

} // namespace photolex::train
