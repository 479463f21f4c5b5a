// The feature of one photo by the tail that is trained. Apart from the test, since Qt's and LibTorch's words clash.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <span>
#include <vector>

namespace photolex::test {

// front: 208 × 9 × 9
Result<std::vector<float>> featureOfTail(const std::filesystem::path &network, std::span<const float> front);

} // namespace photolex::test
