#include "core/train/measure.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/image/network.h"
#include "core/joint/crowding.h"
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

enum class Side : std::uint8_t { Photos, Sentences };

// With two numbers more in each row, lowered scores are products again:
// [x, −λ c(x), 1] · [v, 1, −λ c(v)] = x · v − λ (c(x) + c(v))
std::vector<float> lowered(std::span<const float> points, std::span<const float> bank, std::size_t width, Side side)
{
    constexpr auto measure = joint::crowdingOfSentences;
    const auto crowding = joint::crowding(points, bank, static_cast<int>(width), measure.sharpness);
    std::vector<float> rows;
    rows.reserve(points.size() + 2 * crowding.size());
    for (std::size_t i = 0; i < crowding.size(); ++i) {
        const auto row = points.subspan(i * width, width);
        const float own = -measure.share * crowding[i];
        rows.insert(rows.end(), row.begin(), row.end());
        rows.push_back(side == Side::Photos ? own : 1);
        rows.push_back(side == Side::Photos ? 1 : own);
    }
    return rows;
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
                                  const joint::Encoder &encoder, const RankOptions &options)
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
    auto ranks = eval::ranks({points, dimension}, {*texts, dimension}, result.imageOfText, options.folds);
    if (!ranks)
        return fail(ranks.error());
    result.ranks = std::move(*ranks);
    if (!options.lowered)
        return result;
    const auto bank = joint::typicalPoints(encoder, encoder.typicalSentences().size());
    if (!bank)
        return fail(bank.error());
    if (bank->empty())
        return result;
    const auto width = static_cast<std::size_t>(dimension);
    const auto photoRows = lowered(points, *bank, width, Side::Photos);
    const auto textRows = lowered(*texts, *bank, width, Side::Sentences);
    auto loweredRanks =
        eval::ranks({photoRows, dimension + 2}, {textRows, dimension + 2}, result.imageOfText, options.folds);
    if (!loweredRanks)
        return fail(loweredRanks.error());
    result.lowered = std::move(*loweredRanks);
    return result;
}

} // namespace photolex::train
