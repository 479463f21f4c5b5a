#include "core/train/fine_tune_p.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/image/network.h"
#include "core/train/photo_cache_p.h"

#include <algorithm>
#include <atomic>

namespace photolex::train {

namespace {

std::atomic<FineTuneBackend> fineTuneBackend = nullptr;

constexpr const char *kind = "front";
constexpr std::size_t photosPerFile = 256; // some 17 MB, and a broken run loses no more

constexpr std::int64_t frontCount =
    std::int64_t{image::Network::frontShape[0]} * image::Network::frontShape[1] * image::Network::frontShape[2];

struct Computed {
    std::vector<float> plain, mirrored;
};

Result<Computed> compute(std::span<const std::filesystem::path> photos, const image::Network &network,
                         const std::stop_token &stop)
{
    Computed computed;
    computed.plain.resize(photos.size() * frontCount);
    computed.mirrored.resize(photos.size() * frontCount);
    const auto use = [&](std::size_t i, const image::Pixels &pixels) -> Result<> {
        for (const bool mirrored : {false, true}) {
            const auto output = network.frontOutput(pixels, mirrored);
            if (!output)
                return fail(output.error());
            auto &rows = mirrored ? computed.mirrored : computed.plain;
            std::ranges::copy(*output, rows.begin() + static_cast<std::ptrdiff_t>(i * frontCount));
        }
        return {};
    };
    if (auto done = forEachPhoto(kind, photos, network, use, {}, stop); !done)
        return fail(done.error());
    return computed;
}

Result<> computeFile(const std::filesystem::path &file, std::span<const std::filesystem::path> photos,
                     const image::Network &network, const std::stop_token &stop)
{
    auto computed = compute(photos, network, stop);
    if (!computed)
        return fail(computed.error());
    const auto &shape = image::Network::frontShape;
    const std::vector<std::int64_t> sizes = {static_cast<std::int64_t>(photos.size()), shape[0], shape[1], shape[2]};
    const std::vector<TensorData> tensors = {{"plain", sizes, std::move(computed->plain), TensorType::Float16},
                                             {"mirrored", sizes, std::move(computed->mirrored), TensorType::Float16}};
    return writeTensorFile(file, tensors);
}

} // namespace

void setFineTuneBackend(FineTuneBackend backend)
{
    fineTuneBackend = backend;
}

Result<> FrontOutputs::add(TensorFile file, const std::string &name, std::size_t photos)
{
    constexpr std::size_t rowBytes = frontCount * 2;
    const auto views = {std::pair(file.find("plain"), &m_plain), std::pair(file.find("mirrored"), &m_mirrored)};
    for (const auto &[view, rows] : views)
        if (!view || view->type != TensorType::Float16 || view->bytes.size() != photos * rowBytes)
            return fail(Errc::Corrupt, name, "it does not hold what the front gives for its photos");
    for (const auto &[view, rows] : views)
        for (std::size_t i = 0; i < photos; ++i)
            rows->push_back(view->bytes.subspan(i * rowBytes, rowBytes));
    m_files.push_back(std::move(file)); // keeps the bytes mapped
    return {};
}

Result<> addFrontOutputs(FrontOutputs &outputs, std::span<const std::filesystem::path> photos, const Options &options,
                         const std::stop_token &stop)
{
    std::error_code error;
    std::filesystem::create_directories(options.featureCache, error);
    if (error)
        return fail(systemError(error.value(), displayText(options.featureCache)));
    const auto hash = sha256HexOfFile(options.networkFile);
    if (!hash)
        return fail(hash.error());
    std::shared_ptr<const image::Network> network; // opened only when something is missing
    ProgressThrottle progress(options.progress);
    for (std::size_t from = 0; from < photos.size(); from += photosPerFile) {
        const auto part = photos.subspan(from, std::min(photosPerFile, photos.size() - from));
        const auto name = cacheName(kind, part, *hash);
        if (!name)
            return fail(name.error());
        const auto path = options.featureCache / *name;
        auto file = TensorFile::open(path);
        if (!file || !outputs.add(std::move(*file), displayText(path), part.size())) {
            if (!network) {
                auto opened = image::Network::openFile(options.networkFile);
                if (!opened)
                    return fail(opened.error());
                network = std::move(*opened);
            }
            if (auto computed = computeFile(path, part, *network, stop); !computed)
                return computed;
            file = TensorFile::open(path);
            if (!file)
                return fail(file.error());
            if (auto added = outputs.add(std::move(*file), displayText(path), part.size()); !added)
                return added;
        }
        progress.report(
            {kind, static_cast<std::int64_t>(from + part.size()), static_cast<std::int64_t>(photos.size())});
    }
    return {};
}

Result<FineTuned> fineTune(const EncoderRecipe &recipe, const Data &data, const Prepared &prepared,
                           const std::vector<TensorData> &space, const Options &options, const LoopOptions &loop,
                           const std::stop_token &stop)
{
    const auto backend = fineTuneBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no fine-tuning");
    FrontOutputs train;
    FrontOutputs dev;
    for (const auto &set : data.photos)
        if (auto added = addFrontOutputs(train, set.images, options, stop); !added)
            return fail(added.error());
    if (data.dev)
        if (auto added = addFrontOutputs(dev, data.dev->images, options, stop); !added)
            return fail(added.error());
    return backend(recipe, prepared, {train, dev, space, options.networkFile}, loop, stop);
}

} // namespace photolex::train
