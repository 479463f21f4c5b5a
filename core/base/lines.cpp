#include "core/base/lines.h"

#include "core/base/bytes.h"

#include <algorithm>

namespace photolex {

std::vector<std::string_view> partsOf(std::string_view text, char end)
{
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from < text.size();) {
        const auto to = std::min(text.find(end, from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    auto lines = partsOf(text, '\n');
    for (auto &line : lines)
        if (line.ends_with('\r'))
            line.remove_suffix(1);
    return lines;
}

Result<std::vector<std::string>> readLines(const std::filesystem::path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto lines = linesOf(*text);
    return std::vector<std::string>(lines.begin(), lines.end());
}

} // namespace photolex
