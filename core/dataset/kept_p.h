// A part of a set.
#pragma once

#include "core/dataset/dataset.h"

#include <vector>

namespace photolex::dataset {

// Only the images (or groups) with a true in `keep`, one flag each, with their captions, indices renumbered.
Dataset keptOf(const Dataset &whole, const std::vector<bool> &keep);

} // namespace photolex::dataset
