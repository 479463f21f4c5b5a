// A text in parts: lines, or whatever a sign ends.
#pragma once

#include <string_view>
#include <vector>

namespace photolex {

// Each part is ended by `end`, which is not in it; the last may lack it. Empty parts count. Views into `text`.
std::vector<std::string_view> partsOf(std::string_view text, char end);

// Lines ended by LF or CR LF.
std::vector<std::string_view> linesOf(std::string_view text);

} // namespace photolex
