#include "core/image/network.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"
#include "core/image/outside.h"
#include "core/model/outside.h"
#include "core/model/ready_rows.h"

#include <atomic>
#include <fmt/format.h>

namespace photolex::image {

namespace {
std::atomic<Network::Backend> networkBackend = nullptr;
std::atomic<OutsideBackend> outsideBackend = nullptr;
} // namespace

Result<std::shared_ptr<const Network>> Network::open(const model::Bundle &bundle)
{
    const auto &entry = bundle.manifest().network;
    if (model::holdsCode(bundle.manifest())) {
        if (auto allowed = model::mayOpen(bundle); !allowed)
            return fail(allowed.error());
        if (auto opened = openNeuralModule(); !opened)
            return fail(opened.error());
        const auto backend = outsideBackend.load();
        if (!backend)
            return fail(Errc::Internal, "neural module", "it brings no image network");
        return backend(bundle);
    }
    if (model::holdsReadyRows(bundle.manifest()))
        return fail(
            Errc::Unsupported, bundle.manifest().id,
            "its points came ready-made: there is no network, and only the photos that came with them have one");
    if (entry.kind != "photolex")
        return fail(Errc::Unsupported, displayText(bundle.folder()),
                    fmt::format("an image network of the kind \"{}\"", entry.kind));
    // These are fixed by the trained weights: NetworkEntry's defaults are EfficientNet-Lite2. A manifest that says
    // otherwise means another network.
    const model::NetworkEntry ours;
    if (entry.inputSide != ours.inputSide || entry.resize != ours.resize || entry.mean != ours.mean ||
        entry.standardDeviation != ours.standardDeviation || entry.featureLayer != ours.featureLayer ||
        entry.featureDimension != ours.featureDimension)
        return fail(Errc::Unsupported, displayText(bundle.folder()),
                    "the manifest asks for another input or feature than EfficientNet-Lite2 has");
    std::vector<Tail> tails;
    for (const auto &tail : entry.tails) {
        if (tail.fromBlock != tailFromBlock)
            return fail(Errc::Unsupported, displayText(bundle.file(tail.file)),
                        fmt::format("a tail from block {} on, where {} is wanted", tail.fromBlock, tailFromBlock));
        tails.push_back({tail.id, bundle.file(tail.file)});
    }
    return openFile(bundle.file(entry.file), tails);
}

Result<std::shared_ptr<const Network>> Network::openFile(const std::filesystem::path &weights,
                                                         std::span<const Tail> tails)
{
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = networkBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no image network");
    return backend(weights, tails);
}

Result<std::vector<float>> Network::feature(const Pixels &pixels, const std::string &tail, bool mirrored) const
{
    auto all = featuresOf(pixels, std::span(&tail, 1), mirrored);
    if (!all)
        return fail(all.error());
    return std::move(all->front());
}

Result<std::vector<float>> Network::frontOutput(const Pixels &, bool) const
{
    return fail(Errc::Unsupported, "image network", "it has no front of its own");
}

void Network::setBackend(Backend backend)
{
    networkBackend = backend;
}

void setOutsideBackend(OutsideBackend backend)
{
    outsideBackend = backend;
}

} // namespace photolex::image
