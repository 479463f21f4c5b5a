// Tagged text: `word TAB tag` a line, an empty line after each sentence.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace photolex::dataset {

struct TaggedSentence {
    std::vector<std::string> words, tags; // as many of each
};

// Corrupt: not UTF-8, or a line without exactly one tab (the first is named). Invalid: it holds no sentence.
Result<std::vector<TaggedSentence>> loadTagged(const std::filesystem::path &file);

} // namespace photolex::dataset
