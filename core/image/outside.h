// How the neural module hands over image networks from outside (nn/outside_network.h).
#pragma once

#include "core/image/network.h"

namespace photolex::image {

using OutsideBackend = Result<std::shared_ptr<const Network>> (*)(const model::Bundle &bundle);
void setOutsideBackend(OutsideBackend backend);

} // namespace photolex::image
