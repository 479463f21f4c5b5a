// Fine-tuning of the image network's tail together with a trained joint space: the part without torch.
//
// 1. The front's output is computed once for every photo and its mirror image, and kept in the feature cache.
// 2. The loop (nn/fine_tune.h) goes on from the space that was trained on the network's own feature.
// 3. It gives the tail's tensors and the space that fits it; the tail becomes a file of the bundle.
#pragma once

#include "core/train/prepared_p.h"

namespace photolex::train {

// What the front gives (image::Network::frontShape) for photos and their mirror images, in memory-mapped files: 67 KB a
// photo, so a set may be larger than the memory.
class FrontOutputs {
public:
    // Corrupt: not as many photos as said, or another shape.
    Result<> add(TensorFile file, const std::string &name, std::size_t photos);

    std::size_t size() const { return m_plain.size(); }
    std::span<const std::byte> halves(std::size_t photo, bool mirrored) const // 16-bit floats, channels first
    {
        return (mirrored ? m_mirrored : m_plain)[photo];
    }

private:
    std::vector<TensorFile> m_files;
    std::vector<std::span<const std::byte>> m_plain, m_mirrored;
};

// Corrupt and the like: the first photo that cannot be read. Cancelled: whole files are kept.
Result<> addFrontOutputs(FrontOutputs &outputs, std::span<const std::filesystem::path> photos, const Options &options,
                         const std::stop_token &stop);

struct FineTuneInput {
    const FrontOutputs &train; // in the order of Prepared::train's photos
    const FrontOutputs &dev;
    const std::vector<TensorData> &space; // what was trained on the network's own feature
    std::filesystem::path network;
};

struct FineTuned {
    std::vector<TensorData> space, tail;
};

using FineTuneBackend = Result<FineTuned> (*)(const EncoderRecipe &, const Prepared &, const FineTuneInput &,
                                              const LoopOptions &, const std::stop_token &);
void setFineTuneBackend(FineTuneBackend backend);

// The space and the tail that fits it, from the space before.
Result<FineTuned> fineTune(const EncoderRecipe &recipe, const Data &data, const Prepared &prepared,
                           const std::vector<TensorData> &space, const Options &options, const LoopOptions &loop,
                           const std::stop_token &stop);

} // namespace photolex::train
