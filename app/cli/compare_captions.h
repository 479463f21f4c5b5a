// What several encoders say of photos, for compare.
#pragma once

#include "app/cli/opened_library.h"

#include <string>
#include <vector>

namespace photolex::cli {

// Adds "captions" to the document, and lines to the text. `ids`: as the encoders were named.
Result<> addCaptions(const std::vector<std::string> &ids, const std::vector<ChosenEncoder> &chosen,
                     const std::vector<std::string> &photos, const Context &context, Output &output);

} // namespace photolex::cli
