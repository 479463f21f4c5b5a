// The image network: EfficientNet-Lite2, trained on ImageNet-1k. Pixels in, a feature q of 1,280 numbers out.
//
// Its front (stem and blocks 0 to 15) is common to all features; what follows is a tail. The network's own tail gives
// q. A bundle may bring others, whose weights were trained further with a joint space; each gives a feature q′ of its
// own, 1,280 numbers too, which only the encoders of that tail can map.
#pragma once

#include "core/base/result.h"
#include "core/image/pixels.h"
#include "core/model/bundle.h"

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace photolex::image {

struct NetworkOutput {
    std::vector<float> feature; // 1,280: mean over space of the last convolution; not normalised
    std::vector<float> logits;  // 1,000 class scores before the softmax, only when asked
};

// A tail by its file (see model::TailEntry); fromBlock is Network::tailFromBlock.
struct Tail {
    std::string id;
    std::filesystem::path file;
};

class Network {
public:
    static constexpr int tailFromBlock = 16;
    static constexpr std::array<int, 3> frontShape = {208, 9, 9}; // channels, rows, columns of block 15's output

    // Opens the neural module when it is not open yet, then builds and optimises the graph (some 250 ms), with all
    // tails of the bundle (some 60 ms each). Corrupt names the file and the tensor that is missing or misshapen.
    static Result<std::shared_ptr<const Network>> open(const model::Bundle &bundle);

    // From a weight file alone; for training, which makes bundles and has none yet.
    static Result<std::shared_ptr<const Network>> openFile(const std::filesystem::path &weights,
                                                           std::span<const Tail> tails = {});

    virtual ~Network() = default;
    virtual int inputSide() const = 0;        // 260: photos are squashed whole to inputSide() × inputSide()
    virtual int featureDimension() const = 0; // 1,280

    // Any size comes in and is squashed. Any number of threads may call at once, each runs on one thread.
    // Invalid: an empty picture. Internal: the feature is not finite.
    virtual Result<NetworkOutput> run(const Pixels &pixels, bool withLogits = false) const = 0;

    // One feature for each tail that is named, in that order; "" is the network's own. The front runs once, each tail
    // adds about a fifth of the whole. NotFound: no such tail was opened; besides, what `run` says.
    Result<std::vector<std::vector<float>>> features(const Pixels &pixels, std::span<const std::string> tails) const
    {
        return featuresOf(pixels, tails, false);
    }
    // The same for one tail; `mirrored`: of the photo flipped left to right.
    Result<std::vector<float>> feature(const Pixels &pixels, const std::string &tail, bool mirrored = false) const;

    // What the front gives, of frontShape: for training tails. Unsupported: a network without a front of its own.
    virtual Result<std::vector<float>> frontOutput(const Pixels &pixels, bool mirrored) const;

    // 1,000 × 1,280 classifier rows, in the order of ImageNet-1k; row c stands for a photo of class c in training.
    virtual std::span<const float> classifierRows() const = 0;

    // How the module hands this room its backend.
    using Backend = Result<std::shared_ptr<const Network>> (*)(const std::filesystem::path &weights,
                                                               std::span<const Tail> tails);
    static void setBackend(Backend backend);

protected:
    // As `features`, of the photo or of its mirror image.
    virtual Result<std::vector<std::vector<float>>> featuresOf(const Pixels &pixels, std::span<const std::string> tails,
                                                               bool mirrored) const = 0;
};

} // namespace photolex::image
