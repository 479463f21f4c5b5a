// An encoder from outside: its image module gives points already, its text module is TorchScript: int64 (n, L) → (n,
// d).
#pragma once

#include "core/joint/encoder.h"

namespace photolex::joint::nn {

// As image::nn::openOutsideNetwork: it runs the bundle's code. Corrupt: no TorchScript, a list of pieces that is none,
// or another shape than the manifest says.
Result<std::shared_ptr<const Encoder>> openOutsideEncoder(const std::shared_ptr<const model::Bundle> &bundle,
                                                          const model::EncoderEntry &entry);

} // namespace photolex::joint::nn
