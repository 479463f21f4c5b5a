// The sentence encoders and the image map on LibTorch.
#pragma once

#include "core/joint/encoder.h"

#include <memory>

namespace photolex::joint::nn {

Result<std::shared_ptr<const Encoder>> openEncoder(std::shared_ptr<const model::Bundle> bundle,
                                                   const model::EncoderEntry &entry);

} // namespace photolex::joint::nn
