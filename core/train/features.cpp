#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/image/network.h"
#include "core/train/photo_cache_p.h"
#include "core/train/prepared_p.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace photolex::train {

namespace {

constexpr std::size_t chunkSize = 512; // photos a file
constexpr const char *tailId = "tail";
constexpr const char *kind = "features";

void scaleToUnit(std::span<float> row)
{
    double squares = 0;
    for (const float value : row)
        squares += static_cast<double>(value) * value;
    if (squares == 0) // a photo that could not be read
        return;
    const auto factor = static_cast<float>(1 / std::sqrt(squares));
    for (auto &value : row)
        value *= factor;
}

bool hasZeroRow(std::span<const float> rows, std::size_t count)
{
    const auto width = rows.size() / count;
    for (std::size_t i = 0; i < count; ++i)
        if (std::ranges::all_of(rows.subspan(i * width, width), [](float value) { return value == 0; }))
            return true;
    return false;
}

Result<> compute(std::span<const std::filesystem::path> photos, const image::Network &network, const std::string &tail,
                 Features &features, const Options &options, const std::stop_token &stop)
{
    const auto dimension = static_cast<std::size_t>(network.featureDimension());
    features.plain.resize(photos.size() * dimension);
    features.mirrored.resize(photos.size() * dimension);
    const auto use = [&](std::size_t i, const image::Pixels &pixels) -> Result<> {
        for (const bool mirrored : {false, true}) {
            const auto feature = network.feature(pixels, tail, mirrored);
            if (!feature)
                return fail(feature.error());
            auto &rows = mirrored ? features.mirrored : features.plain;
            std::ranges::copy(*feature, rows.begin() + static_cast<std::ptrdiff_t>(i * dimension));
        }
        return {};
    };
    return forEachPhoto(kind, photos, network, use, options, stop);
}

Result<Features> chunk(std::span<const std::filesystem::path> photos, const std::string &networkHash,
                       const std::function<Result<std::shared_ptr<const image::Network>>()> &network,
                       const Options &options, const std::stop_token &stop)
{
    const auto name = cacheName(kind, photos, networkHash);
    if (!name)
        return fail(name.error());
    const auto file = options.featureCache / *name;
    if (const auto stored = TensorFile::open(file)) {
        const auto *plain = stored->find("plain");
        const auto *mirrored = stored->find("mirrored");
        if (plain && mirrored && plain->shape == mirrored->shape && plain->shape.size() == 2 &&
            plain->shape[0] == static_cast<std::int64_t>(photos.size())) {
            Features features{plain->toFloats(), mirrored->toFloats()};
            // Where somebody passed over a photo that cannot be read, others must hear of it.
            if (options.unreadable || !hasZeroRow(features.plain, photos.size()))
                return features;
        }
    }
    auto opened = network();
    if (!opened)
        return fail(opened.error());
    Features features;
    if (auto computed = compute(photos, **opened, options.tailFile.empty() ? "" : tailId, features, options, stop);
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
                                const std::stop_token &stop)
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
    ProgressThrottle progress(options.progress);
    for (std::size_t from = 0; from < photos.size(); from += chunkSize) {
        auto part =
            chunk(photos.subspan(from, std::min(chunkSize, photos.size() - from)), *hash, network, options, stop);
        if (!part)
            return fail(part.error());
        all.plain.insert(all.plain.end(), part->plain.begin(), part->plain.end());
        all.mirrored.insert(all.mirrored.end(), part->mirrored.begin(), part->mirrored.end());
        progress.report({kind, static_cast<std::int64_t>(std::min(from + chunkSize, photos.size())),
                         static_cast<std::int64_t>(photos.size())});
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
                                         const std::stop_token &stop)
{
    auto features = cachedFeatures(photos, options, stop);
    if (!features)
        return fail(features.error());
    return std::move(features->plain);
}

} // namespace photolex::train
