#include "core/image/nn/efficientnet_lite.h"

#include "core/base/bytes.h"
#include "core/image/decode.h"
#include "core/tensor/tensor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <numeric>
#include <torch/csrc/jit/api/module.h>

namespace photolex::image::nn {

namespace {

constexpr int side = 260;
constexpr int featureCount = 1280;
constexpr int classes = 1000;
constexpr float mean = 127;
constexpr float deviation = 128;

struct Group {
    int kernel, firstStride, width, blocks;
};
constexpr std::array<Group, 7> groups = {
    {{3, 1, 16, 1}, {3, 2, 24, 3}, {5, 2, 48, 3}, {3, 2, 88, 4}, {5, 1, 120, 4}, {5, 2, 208, 5}, {3, 1, 352, 1}}};

// Writes the source of `forward` and registers the weights that it names.
class GraphBuilder {
public:
    GraphBuilder(torch::jit::Module &module, const TensorFile &file, std::string fileName)
        : m_module(module)
        , m_file(file)
        , m_fileName(std::move(fileName))
    {
    }

    // shape: out × in/groups × kernel × kernel
    void convolution(const std::string &name, std::int64_t out, std::int64_t in, int kernel, int stride, int padding,
                     std::int64_t convolutionGroups, bool activation)
    {
        auto weight =
            tensor::named(m_file, m_fileName, name + ".weight", {out, in / convolutionGroups, kernel, kernel});
        auto bias = tensor::named(m_file, m_fileName, name + ".bias", {out});
        if (!weight || !bias) {
            m_fault = m_fault.value_or(weight ? bias.error() : weight.error());
            return;
        }
        auto variable = name;
        std::ranges::replace(variable, '.', '_');
        m_module.register_parameter(variable + "_weight", *weight, false);
        m_module.register_parameter(variable + "_bias", *bias, false);
        line(fmt::format("x = torch.conv2d(x, self.{0}_weight, self.{0}_bias, [{1}, {1}], [{2}, {2}], [1, 1], {3})",
                         variable, stride, padding, convolutionGroups));
        if (activation)
            line("x = torch.hardtanh(x, 0., 6.)");
    }

    void line(const std::string &text) { m_source += "    " + text + "\n"; }

    Result<> define()
    {
        if (m_fault)
            return fail(*m_fault);
        m_module.define("def forward(self, x):\n" + m_source);
        return {};
    }

private:
    torch::jit::Module &m_module;
    const TensorFile &m_file;
    std::string m_fileName;
    std::string m_source;
    std::optional<Error> m_fault;
};

void addBlock(GraphBuilder &builder, int index, const Group &group, int stride, int in)
{
    const auto name = fmt::format("blocks.{}", index);
    const int expansion = index == 0 ? 1 : 6;
    const int middle = in * expansion;
    const bool adds = stride == 1 && in == group.width;
    if (adds)
        builder.line("y = x");
    if (expansion != 1)
        builder.convolution(name + ".expand", middle, in, 1, 1, 0, 1, true);
    int padding = group.kernel / 2;
    if (index == 1) {
        builder.line("x = torch.constant_pad_nd(x, [0, 1, 0, 1], 0.)");
        padding = 0;
    }
    builder.convolution(name + ".depthwise", middle, middle, group.kernel, stride, padding, middle, true);
    builder.convolution(name + ".project", group.width, middle, 1, 1, 0, 1, false);
    if (adds)
        builder.line("x = x + y");
}

// A module that `define`s itself from our source must have this attribute to be optimised at all.
torch::jit::Module emptyModule(const char *name)
{
    torch::jit::Module module(name);
    module.register_attribute("training", c10::BoolType::get(), false);
    return module;
}

torch::jit::Module optimised(torch::jit::Module &module)
{
    module.eval();
    return torch::jit::optimize_for_inference(module, {});
}

// Blocks `from` to `to` − 1 of all that there are.
void addBlocks(GraphBuilder &builder, int from, int to)
{
    int index = 0;
    int width = 32;
    for (const auto &group : groups) {
        for (int block = 0; block < group.blocks; ++block, ++index) {
            if (index >= from && index < to)
                addBlock(builder, index, group, block == 0 ? group.firstStride : 1, width);
            width = group.width;
        }
    }
}

constexpr int blockCount = 21;

Result<torch::jit::Module> front(const TensorFile &file, const std::string &name)
{
    auto module = emptyModule("EfficientNetLite2Front");
    GraphBuilder builder(module, file, name);
    builder.convolution("stem", 32, 3, 3, 2, 0, 1, true);
    addBlocks(builder, 0, Network::tailFromBlock);
    builder.line("return x");
    if (auto defined = builder.define(); !defined)
        return fail(defined.error());
    return optimised(module);
}

Result<torch::jit::Module> tail(const TensorFile &file, const std::string &name)
{
    auto module = emptyModule("EfficientNetLite2Tail");
    GraphBuilder builder(module, file, name);
    addBlocks(builder, Network::tailFromBlock, blockCount);
    builder.convolution("head", featureCount, groups.back().width, 1, 1, 0, 1, true);
    builder.line("return torch.mean(x, [2, 3])");
    if (auto defined = builder.define(); !defined)
        return fail(defined.error());
    return optimised(module);
}

class EfficientNetLite2 : public Network {
public:
    using Tails = std::map<std::string, torch::jit::Module, std::less<>>; // "": the network's own

    EfficientNetLite2(torch::jit::Module front, Tails tails, std::vector<float> classifier,
                      std::vector<float> classifierBias)
        : m_front(std::move(front))
        , m_tails(std::move(tails))
        , m_classifier(std::move(classifier))
        , m_classifierBias(std::move(classifierBias))
    {
    }

    int inputSide() const override { return side; }
    int featureDimension() const override { return featureCount; }
    std::span<const float> classifierRows() const override { return m_classifier; }

    Result<NetworkOutput> run(const Pixels &pixels, bool withLogits) const override
    {
        auto own = feature(pixels, {});
        if (!own)
            return fail(own.error());
        NetworkOutput output{std::move(*own), {}};
        if (withLogits)
            output.logits = logits(output.feature);
        return output;
    }

    Result<std::vector<float>> frontOutput(const Pixels &pixels, bool mirrored) const override
    {
        std::vector<float> output;
        auto done = guarded(pixels, [&]() -> Result<> {
            output = tensor::toFloats(frontOf(pixels, mirrored));
            return {};
        });
        if (!done)
            return fail(done.error());
        return output;
    }

private:
    template <class Work>
    static Result<> guarded(const Pixels &pixels, const Work &work)
    {
        if (pixels.isEmpty())
            return fail(Errc::Invalid, "picture", "it has no pixels");
        try {
            tensor::useOneThread();
            const c10::InferenceMode guard;
            return work();
        } catch (const std::exception &error) {
            return fail(Errc::Internal, "image network", tensor::firstLine(error));
        }
    }

    at::Tensor frontOf(const Pixels &pixels, bool mirrored) const
    {
        const bool fits = pixels.size == Size{side, side};
        return m_front.forward({input(fits ? pixels : resized(pixels, {side, side}), mirrored)}).toTensor();
    }

    Result<std::vector<std::vector<float>>> featuresOf(const Pixels &pixels, std::span<const std::string> tails,
                                                       bool mirrored) const override
    {
        std::vector<std::vector<float>> all;
        auto done = guarded(pixels, [&]() -> Result<> {
            const auto x = frontOf(pixels, mirrored);
            for (const auto &id : tails) {
                const auto found = m_tails.find(id);
                if (found == m_tails.end())
                    return fail(Errc::NotFound, displayText(id), "the image network was opened without such a tail");
                const auto &feature = all.emplace_back(tensor::toFloats(found->second.forward({x}).toTensor()));
                if (!std::ranges::all_of(feature, [](float value) { return std::isfinite(value); }))
                    return fail(Errc::Internal, "picture", "the network's feature is not finite");
            }
            return {};
        });
        if (!done)
            return fail(done.error());
        return all;
    }

    // 1 × 3 × 261 × 261: the stem's one-sided padding is put in front of the graph, where it costs nothing.
    static at::Tensor input(const Pixels &pixels, bool mirrored)
    {
        constexpr int padded = side + 1;
        std::vector<float> values(std::size_t{3} * padded * padded, 0.0F);
        for (int y = 0; y < side; ++y) {
            const auto *row = pixels.rgb.data() + static_cast<std::size_t>(y) * side * 3;
            for (int x = 0; x < side; ++x) {
                const auto *pixel = row + 3 * (mirrored ? side - 1 - x : x);
                for (int channel = 0; channel < 3; ++channel)
                    values[static_cast<std::size_t>((channel * padded + y) * padded + x)] =
                        (static_cast<float>(pixel[channel]) - mean) / deviation;
            }
        }
        return tensor::fromFloats(values, {1, 3, padded, padded});
    }

    std::vector<float> logits(std::span<const float> feature) const
    {
        std::vector<float> scores(m_classifierBias);
        for (std::size_t c = 0; c < classes; ++c)
            scores[c] =
                std::inner_product(feature.begin(), feature.end(),
                                   m_classifier.begin() + static_cast<std::ptrdiff_t>(c * featureCount), scores[c]);
        return scores;
    }

    mutable torch::jit::Module m_front; // forward() is not const, and safe from any thread once it is optimised
    mutable Tails m_tails;
    std::vector<float> m_classifier; // 1,000 × 1,280
    std::vector<float> m_classifierBias;
};

Result<std::shared_ptr<const Network>> build(const TensorFile &file, const std::string &name,
                                             std::span<const Tail> tailFiles)
{
    auto classifier = tensor::named(file, name, "classifier.weight", {classes, featureCount});
    auto classifierBias = tensor::named(file, name, "classifier.bias", {classes});
    if (!classifier || !classifierBias)
        return fail(classifier ? classifierBias.error() : classifier.error());
    auto shared = front(file, name);
    auto own = tail(file, name);
    if (!shared || !own)
        return fail(shared ? own.error() : shared.error());
    EfficientNetLite2::Tails tails;
    tails.emplace(std::string(), std::move(*own));
    std::vector<std::string> ids = {{}};
    for (const auto &entry : tailFiles) {
        const auto weights = TensorFile::open(entry.file);
        if (!weights)
            return fail(weights.error());
        auto other = tail(*weights, displayText(entry.file));
        if (!other)
            return fail(other.error());
        tails.insert_or_assign(entry.id, std::move(*other));
        ids.push_back(entry.id);
    }
    auto network = std::make_shared<EfficientNetLite2>(
        std::move(*shared), std::move(tails), tensor::toFloats(*classifier), tensor::toFloats(*classifierBias));
    // The graphs specialise themselves during their first calls; better here than on the first photo.
    const Pixels grey{{side, side}, std::vector<std::uint8_t>(std::size_t{side} * side * 3, 127)};
    for (int turn = 0; turn < 3; ++turn)
        if (auto output = network->features(grey, ids); !output)
            return fail(output.error());
    return network;
}

} // namespace

Result<std::shared_ptr<const Network>> openEfficientNetLite2(const std::filesystem::path &path,
                                                             std::span<const Tail> tails)
{
    const auto file = TensorFile::open(path);
    if (!file)
        return fail(file.error());
    const auto name = displayText(path);
    try {
        // Optimising is many tiny loops: a team of OpenMP threads on busy cores spends it waiting for itself.
        tensor::useOneThread();
        return build(*file, name, tails);
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, name, tensor::firstLine(error));
    }
}

} // namespace photolex::image::nn
