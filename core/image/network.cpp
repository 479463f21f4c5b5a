#include "core/image/network.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"

#include <atomic>
#include <fmt/format.h>

namespace photolex::image {

namespace {
std::atomic<Network::Backend> networkBackend = nullptr;
}

Result<std::shared_ptr<const Network>> Network::open(const model::Bundle &bundle)
{
    const auto &entry = bundle.manifest().network;
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
    return openFile(bundle.file(entry.file));
}

Result<std::shared_ptr<const Network>> Network::openFile(const std::filesystem::path &weights)
{
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = networkBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no image network");
    return backend(weights);
}

void Network::setBackend(Backend backend)
{
    networkBackend = backend;
}

} // namespace photolex::image
