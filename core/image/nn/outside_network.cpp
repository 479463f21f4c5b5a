#include "core/image/nn/outside_network.h"

#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/model/outside.h"
#include "core/tensor/tensor.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

namespace photolex::image::nn {

namespace {

class OutsideNetwork : public Network {
public:
    OutsideNetwork(torch::jit::Module module, const model::NetworkEntry &entry, const model::Outside &outside)
        : m_module(std::move(module))
        , m_entry(entry)
        , m_outside(outside)
    {
    }

    int inputSide() const override { return m_entry.inputSide; }
    int featureDimension() const override { return m_entry.featureDimension; }
    std::span<const float> classifierRows() const override { return {}; } // it tells no classes

    Result<NetworkOutput> run(const Pixels &pixels, bool withLogits) const override
    {
        if (withLogits)
            return fail(Errc::Unsupported, "image network", "it tells no classes");
        auto own = feature(pixels, {});
        if (!own)
            return fail(own.error());
        return NetworkOutput{std::move(*own), {}};
    }

private:
    Result<std::vector<std::vector<float>>> featuresOf(const Pixels &pixels, std::span<const std::string> tails,
                                                       bool mirrored) const override
    {
        if (pixels.isEmpty())
            return fail(Errc::Invalid, "picture", "it has no pixels");
        for (const auto &tail : tails)
            if (!tail.empty())
                return fail(Errc::NotFound, tail, "this network has no tails");
        std::vector<float> values;
        try {
            tensor::useOneThread();
            const c10::InferenceMode guard;
            const auto output = m_module.forward({input(pixels, mirrored)}).toTensor().contiguous();
            if (output.dim() != 2 || output.size(0) != 1 || output.size(1) != m_entry.featureDimension)
                return fail(Errc::Corrupt, m_entry.file,
                            fmt::format("one photo gives no row of {} numbers", m_entry.featureDimension));
            values = tensor::toFloats(output);
        } catch (const std::exception &error) {
            return fail(Errc::Corrupt, m_entry.file, tensor::firstLine(error));
        }
        if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
            return fail(Errc::Internal, "image network",
                        "the network gave values that are not finite, so it cannot be searched");
        return std::vector<std::vector<float>>(tails.size(), values);
    }

    at::Tensor input(const Pixels &photo, bool mirrored) const
    {
        const int side = m_entry.inputSide;
        const int shorter = std::min(photo.size.width, photo.size.height);
        const auto scaled = [&](int length) {
            return std::max(side, static_cast<int>(std::lround(static_cast<double>(length) * side / shorter)));
        };
        const Size size{scaled(photo.size.width), scaled(photo.size.height)};
        const auto small = size == photo.size ? photo : resized(photo, size);
        const int left = (size.width - side) / 2, top = (size.height - side) / 2;
        auto planes = at::empty({1, 3, side, side}, at::kFloat);
        auto *out = planes.data_ptr<float>();
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const float mean = m_outside.means[channel], deviation = m_outside.deviations[channel];
            for (int y = 0; y < side; ++y) {
                const auto *row = small.rgb.data() +
                                  (static_cast<std::size_t>(top + y) * static_cast<std::size_t>(size.width) +
                                   static_cast<std::size_t>(left)) *
                                      3 +
                                  channel;
                for (int x = 0; x < side; ++x)
                    *out++ = (static_cast<float>(row[3 * (mirrored ? side - 1 - x : x)]) / 255 - mean) / deviation;
            }
        }
        return planes;
    }

    mutable torch::jit::Module m_module; // forward() is not const in LibTorch, and safe from many threads
    model::NetworkEntry m_entry;
    model::Outside m_outside;
};

} // namespace

Result<std::shared_ptr<const Network>> openOutsideNetwork(const model::Bundle &bundle)
{
    const auto &entry = bundle.manifest().network;
    const auto name = displayText(bundle.file(entry.file));
    const auto outside = model::readOutside(bundle);
    if (!outside)
        return fail(outside.error());
    try {
        auto module = torch::jit::load(bundle.file(entry.file).native(), at::Device(at::kCPU));
        module.eval();
        tensor::useOneThread();
        const c10::InferenceMode guard;
        const auto output = module.forward({at::zeros({1, 3, entry.inputSide, entry.inputSide})}).toTensor();
        if (output.dim() != 2 || output.size(0) != 1)
            return fail(Errc::Corrupt, name, "one photo does not give one row of numbers");
        auto told = entry;
        told.featureDimension = static_cast<int>(output.size(1));
        if (entry.featureDimension > 1 && entry.featureDimension != told.featureDimension)
            return fail(Errc::Corrupt, name,
                        fmt::format("a photo gives {} numbers, the manifest says {}", told.featureDimension,
                                    entry.featureDimension));
        return std::make_shared<OutsideNetwork>(std::move(module), told, *outside);
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, name, tensor::firstLine(error));
    }
}

} // namespace photolex::image::nn
