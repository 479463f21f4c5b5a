// The image network: EfficientNet-Lite2, trained on ImageNet-1k. Pixels in, a feature q of 1,280 numbers out.
#pragma once

#include "core/base/result.h"
#include "core/image/pixels.h"
#include "core/model/bundle.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace photolex::image {

struct NetworkOutput {
    std::vector<float> feature; // 1,280: mean over space of the last convolution; not normalised
    std::vector<float> logits;  // 1,000 class scores before the softmax, only when asked
};

class Network {
public:
    // Opens the neural module when it is not open yet, then builds and optimises the graph (some 250 ms).
    static Result<std::shared_ptr<const Network>> open(const model::Bundle &bundle);

    // From a weight file alone; for training, which makes bundles and has none yet.
    static Result<std::shared_ptr<const Network>> openFile(const std::filesystem::path &weights);

    virtual ~Network() = default;
    virtual int inputSide() const = 0;        // 260: photos are squashed whole to inputSide() × inputSide()
    virtual int featureDimension() const = 0; // 1,280

    // Any size comes in and is squashed. Any number of threads may call at once, each runs on one thread.
    // Invalid: an empty picture. Internal: the feature is not finite.
    virtual Result<NetworkOutput> run(const Pixels &pixels, bool withLogits = false) const = 0;
    virtual Result<NetworkOutput> runMirrored(const Pixels &pixels) const = 0; // flipped left to right

    // 1,000 × 1,280 classifier rows, in the order of ImageNet-1k; row c stands for a photo of class c in training.
    virtual std::span<const float> classifierRows() const = 0;

    // How the module hands this room its backend.
    using Backend = Result<std::shared_ptr<const Network>> (*)(const std::filesystem::path &weights);
    static void setBackend(Backend backend);
};

} // namespace photolex::image
