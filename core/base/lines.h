// A text in parts: lines, or whatever a sign ends.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace photolex {

// Each part is ended by `end`, which is not in it; the last may lack it. Empty parts count. Views into `text`.
std::vector<std::string_view> partsOf(std::string_view text, char end);

// Lines ended by LF or CR LF.
std::vector<std::string_view> linesOf(std::string_view text);
// Of a file. NotFound, Permission and so on, as readTextFile says.
Result<std::vector<std::string>> readLines(const std::filesystem::path &file);

} // namespace photolex
