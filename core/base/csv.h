// Tables as text (RFC 4180), as spreadsheets read them.
#pragma once

#include <string>
#include <string_view>

namespace photolex {

// As it is, or in quotes where a reader could take it apart (a comma, semicolon, tab, quote or the end of a line) or
// trim it (a space at an end).
std::string csvField(std::string_view text);

} // namespace photolex
