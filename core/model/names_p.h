// How ids and file names in a bundle are read.
#pragma once

#include <filesystem>
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

// A name in a manifest is a file of that folder, never a path out of it.
inline bool isPlainName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

// Kinds that stand for modules from outside; they come as a pair.
inline constexpr std::string_view outsideNetwork = "torchscript", outsideEncoder = "outside";

} // namespace photolex::model
