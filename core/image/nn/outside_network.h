// An image module from outside, in TorchScript: float32 (n, 3, N, N) of the range 0 to 1 after mean and deviation →
// (n, d). The shorter side of a photo is scaled to N and the middle is cut out, as such networks are trained.
//
// TorchScript is code. This opens it without asking: whoever calls has seen to it that the user accepted the bundle.
#pragma once

#include "core/image/network.h"

namespace photolex::image::nn {

// Corrupt: no TorchScript, or an output of another shape than the manifest says.
Result<std::shared_ptr<const Network>> openOutsideNetwork(const model::Bundle &bundle);

} // namespace photolex::image::nn
