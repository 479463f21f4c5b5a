// A table of judgements or words: tabs between columns, the first line names them, UTF-8.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::dataset {

struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; // as many fields each as there are columns
    std::optional<std::size_t> column(std::string_view name) const;
};

// Corrupt: not UTF-8, or a line with another number of fields (the first is named). Invalid: it holds no line.
Result<Table> loadTable(const std::filesystem::path &file);

// Names of things: of a table its column "name", "clip_name", "singular" or "word", else its first; of a file without
// tabs in its first line every line. "AliceBlue" is two words.
Result<std::vector<std::string>> loadNames(const std::filesystem::path &file);

// The whole field as a finite number; none when it is not one.
std::optional<double> number(std::string_view field);

} // namespace photolex::dataset
