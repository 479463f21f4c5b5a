// Tables as text (RFC 4180), as spreadsheets read them.
#pragma once

#include <string>
#include <string_view>

namespace photolex {

// As it is, or in quotes where it holds a comma, a quote or the end of a line.
std::string csvField(std::string_view text);

} // namespace photolex
