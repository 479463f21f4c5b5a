#include "core/train/nn/tail.h"

#include "core/image/network.h"
#include "core/tensor/tensor.h"

#include <algorithm>
#include <fmt/format.h>
#include <torch/types.h>

namespace photolex::train::nn {

namespace {

// Padding that keeps the size; in the tail no layer has a stride.
at::Tensor convolved(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias, std::int64_t groups)
{
    const std::int64_t padding = weight.size(2) / 2;
    return torch::conv2d(x, weight, bias, 1, padding, 1, groups);
}

at::Tensor activated(const at::Tensor &x)
{
    return torch::hardtanh(x, 0, 6);
}

} // namespace

Result<std::shared_ptr<Tail>> Tail::open(const TensorFile &network, const std::string &fileName, int fromBlock)
{
    auto tail = std::make_shared<Tail>();
    int block = image::Network::tailFromBlock;
    for (; network.find(fmt::format("blocks.{}.expand.weight", block)); ++block) {
        Block made;
        for (auto &[name, target] : {std::pair("expand", &made.expand), std::pair("depthwise", &made.depthwise),
                                     std::pair("project", &made.project)}) {
            auto layer =
                tail->convolution(network, fileName, fmt::format("blocks.{}.{}", block, name), block >= fromBlock);
            if (!layer)
                return fail(layer.error());
            *target = std::move(*layer);
        }
        tail->m_blocks.push_back(std::move(made));
    }
    auto head = tail->convolution(network, fileName, "head", true);
    if (!head)
        return fail(head.error());
    tail->m_head = std::move(*head);
    return tail;
}

Result<Tail::Convolution> Tail::convolution(const TensorFile &network, const std::string &fileName,
                                            const std::string &name, bool isTrained)
{
    Convolution layer{.name = name, .weight = {}, .bias = {}};
    for (auto &[part, target] : {std::pair("weight", &layer.weight), std::pair("bias", &layer.bias)}) {
        const auto tensorName = fmt::format("{}.{}", name, part);
        std::vector<std::int64_t> shape(part == std::string_view("weight") ? 4 : 1, -1);
        auto tensor = tensor::named(network, fileName, tensorName, std::move(shape));
        if (!tensor)
            return fail(tensor.error());
        auto parameter = tensorName;
        std::ranges::replace(parameter, '.', '_');
        *target = register_parameter(parameter, *tensor, isTrained);
    }
    return layer;
}

at::Tensor Tail::features(const at::Tensor &front) const
{
    auto x = front.contiguous(at::MemoryFormat::ChannelsLast);
    for (const auto &[expand, depthwise, project] : m_blocks) {
        auto y = activated(convolved(x, expand.weight, expand.bias, 1));
        y = activated(convolved(y, depthwise.weight, depthwise.bias, y.size(1)));
        y = convolved(y, project.weight, project.bias, 1);
        x = x.size(1) == y.size(1) ? x + y : y;
    }
    return activated(convolved(x, m_head.weight, m_head.bias, 1)).mean({2, 3});
}

std::vector<TensorData> Tail::exported() const
{
    const torch::NoGradGuard guard;
    std::vector<TensorData> tensors;
    const auto add = [&](const Convolution &layer) {
        for (const auto &[part, tensor] : {std::pair("weight", layer.weight), std::pair("bias", layer.bias)})
            tensors.push_back({fmt::format("{}.{}", layer.name, part), tensor.sizes().vec(), tensor::toFloats(tensor),
                               TensorType::Float16});
    };
    for (const auto &block : m_blocks)
        for (const auto *layer : {&block.expand, &block.depthwise, &block.project})
            add(*layer);
    add(m_head);
    return tensors;
}

} // namespace photolex::train::nn
