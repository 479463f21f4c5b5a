// Tables as text (RFC 4180), as spreadsheets write and read them.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace photolex {

// As it is, or in quotes where a reader could take it apart (a comma, semicolon, tab, quote or the end of a line) or
// trim it (a space at an end).
std::string csvField(std::string_view text);

// The records of RFC 4180; the separator (comma, semicolon or tab) is the one that the first line has most of. Corrupt:
// a quote that is not closed, with the line where it opened.
Result<std::vector<std::vector<std::string>>> csvRecords(std::string_view text, std::string_view subject);

} // namespace photolex
