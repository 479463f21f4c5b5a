// The tail of the image network as it is trained: the same layers as in core/image/nn, with gradients.
#pragma once

#include "core/base/result.h"
#include "core/base/tensor_file.h"

#include <memory>
#include <string>
#include <torch/nn/module.h>
#include <vector>

namespace photolex::train::nn {

class Tail : public torch::nn::Module {
public:
    // From the network's weights, whose batch norms are folded into the convolutions, so none is left to be frozen.
    // Blocks before `fromBlock` are part of the tail and keep their weights. Corrupt: a tensor is missing.
    static Result<std::shared_ptr<Tail>> open(const TensorFile &network, const std::string &fileName, int fromBlock);

    at::Tensor features(const at::Tensor &front) const; // n × 208 × 9 × 9 → n × 1280, not normalised
    std::vector<TensorData> exported() const;           // as image::Tail names them, in float16

private:
    struct Convolution {
        std::string name;
        at::Tensor weight, bias;
    };
    Result<Convolution> convolution(const TensorFile &network, const std::string &fileName, const std::string &name,
                                    bool isTrained);

    struct Block {
        Convolution expand, depthwise, project;
    };
    std::vector<Block> m_blocks;
    Convolution m_head;
};

} // namespace photolex::train::nn
