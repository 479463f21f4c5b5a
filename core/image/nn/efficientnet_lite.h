// EfficientNet-Lite2 as a TorchScript graph that is made from the list of its layers.
//
// 1. Every convolution has its batch norm folded in: weight and bias only.
// 2. TensorFlow's SAME padding is symmetric at 260 × 260 but in two places, the stem and the second block's depthwise
//    convolution (3 × 3, stride 2), which pad one row and column after and none before. Everywhere else the convolution
//    pads by itself: a pad operation of its own would keep the optimizer from fusing.
// 3. The front and every tail are graphs of their own: what passes between them is one tensor of 66 KB.
// 4. `optimize_for_inference` freezes the weights into the graph and hands convolutions to oneDNN. It needs the
// attribute
//    `training`; without it nothing is fused, and nothing says so.
#pragma once

#include "core/base/tensor_file.h"
#include "core/image/network.h"

#include <memory>
#include <span>
#include <string>

namespace photolex::image::nn {

// The network of a file that holds `stem`, `blocks.N.*`, `head` and `classifier`; a tail's file holds the blocks from
// tailFromBlock on and `head`. Corrupt: tensors missing or misshapen.
Result<std::shared_ptr<const Network>> openEfficientNetLite2(const std::filesystem::path &file,
                                                             std::span<const Tail> tails);

} // namespace photolex::image::nn
