#include "core/image/network.h"

#include "core/base/neural_module.h"

#include <atomic>

namespace photolex::image {

namespace {
std::atomic<Network::Backend> networkBackend = nullptr;
}

Result<std::shared_ptr<const Network>> Network::open(const model::Bundle &bundle)
{
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = networkBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no image network");
    return backend(bundle);
}

void Network::setBackend(Backend backend)
{
    networkBackend = backend;
}

} // namespace photolex::image
