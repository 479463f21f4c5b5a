// How ids and file names in a bundle are read.
#pragma once

#include <string>
#include <string_view>

namespace photolex::model {

// Without spaces, tabs, line ends and other control characters around it: ids are typed and pasted by people.
inline std::string trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

} // namespace photolex::model
