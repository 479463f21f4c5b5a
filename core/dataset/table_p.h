// Tables of photos and captions with a line of names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace photolex::dataset {

struct CaptionColumns {
    std::size_t path = 0, caption = 0;
    std::optional<std::size_t> split;
};
// path (or image, file, filename) and caption (or description, text) among the names; none: one of them is missing.
std::optional<CaptionColumns> captionColumns(const std::vector<std::string> &head);

} // namespace photolex::dataset
