// The lines of a text file and the fields of a line, for all readers of tables here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace photolex::dataset {

// line(text, number): each line without its end, "\n" or "\r\n", counted from 1.
template <class Line>
void eachLine(std::string_view text, const Line &line)
{
    for (std::size_t at = 0, number = 1; at < text.size(); ++number) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto one = text.substr(at, end - at);
        if (one.ends_with('\r'))
            one.remove_suffix(1);
        line(one, number);
        at = end + 1;
    }
}

// One more than there are separators.
inline std::vector<std::string_view> fieldsOf(std::string_view line, char separator = '\t')
{
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= line.size();) {
        const auto to = std::min(line.find(separator, from), line.size());
        fields.push_back(line.substr(from, to - from));
        from = to + 1;
    }
    return fields;
}

} // namespace photolex::dataset
