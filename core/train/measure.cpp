#include "core/train/measure.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/image/network.h"
#include "core/joint/ready_rows.h"
#include "core/model/outside.h"
#include "core/train/photo_cache_p.h"

#include <algorithm>

namespace photolex::train {

namespace {

constexpr const char *outsideKind = "outside"; // in the names of what is kept
constexpr std::size_t photosAtOnce = 64;       // a file: a network from outside may take a second a photo

// What a network from outside gives for some photos, n × its dimension, from the file where it was kept.
Result<std::vector<float>> outsideRows(std::span<const std::filesystem::path> photos, const image::Network &network,
                                       const std::filesystem::path &file, const std::stop_token &stop)
{
    const auto width = static_cast<std::size_t>(network.featureDimension());
    std::vector<float> rows(photos.size() * width);
    if (const auto kept = TensorFile::open(file))
        if (const auto *found = kept->find("rows"); found && found->count() == std::ssize(rows))
            return found->toFloats();
    const auto use = [&](std::size_t i, const image::Pixels &pixels) -> Result<> {
        const auto own = network.feature(pixels, {});
        if (!own)
            return fail(own.error());
        std::ranges::copy(*own, rows.begin() + static_cast<std::ptrdiff_t>(i * width));
        return {};
    };
    if (auto done = forEachPhoto(outsideKind, photos, network, use, {}, stop, Squash::No); !done)
        return fail(done.error());
    const TensorData kept{"rows", {std::ssize(photos), network.featureDimension()}, rows, TensorType::Float32};
    if (auto written = writeTensorFile(file, std::span(&kept, 1)); !written)
        return fail(written.error());
    return rows;
}

// Modules from outside scale and cut photos in their own way, and have no features that training could use.
Result<std::vector<float>> outsidePoints(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                                         const joint::Encoder &encoder, const PointsOptions &options,
                                         const std::stop_token &stop)
{
    const auto network = image::Network::open(bundle);
    if (!network)
        return fail(network.error());
    std::error_code error;
    std::filesystem::create_directories(options.featureCache, error);
    if (error)
        return fail(systemError(error.value(), displayText(options.featureCache)));
    ProgressThrottle progress(options.progress);
    std::vector<float> all;
    for (std::size_t from = 0; from < photos.size(); from += photosAtOnce) {
        const auto part = photos.subspan(from, std::min(photosAtOnce, photos.size() - from));
        const auto name = cacheName(outsideKind, part, encoder.hash());
        if (!name)
            return fail(name.error());
        const auto rows = outsideRows(part, **network, options.featureCache / *name, stop);
        if (!rows)
            return fail(rows.error());
        all.insert(all.end(), rows->begin(), rows->end());
        progress.report({outsideKind, static_cast<std::int64_t>(from + part.size()), std::ssize(photos)});
    }
    return encoder.imagePoints(all);
}

} // namespace

Result<std::vector<float>> photoPoints(std::span<const std::filesystem::path> photos, const model::Bundle &bundle,
                                       const joint::Encoder &encoder, const PointsOptions &options,
                                       const std::stop_token &stop)
{
    if (const auto *rows = encoder.readyRows())
        return rows->pointsOf(photos);
    if (model::holdsCode(bundle.manifest()))
        return outsidePoints(photos, bundle, encoder, options, stop);
    Options all;
    all.networkFile = bundle.file(bundle.manifest().network.file);
    all.tailFile = bundle.tailFile(encoder.entry());
    all.featureCache = options.featureCache;
    all.progress = options.progress;
    const auto features = photoFeatures(photos, all, stop);
    if (!features)
        return fail(features.error());
    return encoder.imagePoints(*features);
}

Result<CaptionRanks> captionRanks(const dataset::Dataset &set, std::span<const float> points,
                                  const joint::Encoder &encoder, int folds)
{
    CaptionRanks result;
    std::vector<std::string> sentences;
    for (const auto &caption : set.captions) {
        const auto read = encoder.read(caption.text);
        if (!read && read.error().code == Errc::Unsupported) // it reads none
            return fail(read.error());
        if (!read || read->ids.empty()) {
            ++result.unreadable;
            continue;
        }
        result.cut += read->cut ? 1 : 0;
        sentences.push_back(caption.text);
        result.imageOfText.push_back(caption.image);
    }
    const auto texts = encoder.sentencePoints(sentences);
    if (!texts)
        return fail(texts.error());
    const int dimension = encoder.dimension();
    auto ranks = eval::ranks({points, dimension}, {*texts, dimension}, result.imageOfText, folds);
    if (!ranks)
        return fail(ranks.error());
    result.ranks = std::move(*ranks);
    return result;
}

} // namespace photolex::train
