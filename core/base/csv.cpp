#include "core/base/csv.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace photolex {

std::string csvField(std::string_view text)
{
    const bool padded = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (!padded && text.find_first_of(",;\t\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + '"';
}

Result<std::vector<std::vector<std::string>>> csvRecords(std::string_view text, std::string_view subject)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const auto head = text.substr(0, text.find('\n'));
    char separator = ',';
    for (const char other : {';', '\t'})
        if (std::ranges::count(head, other) > std::ranges::count(head, separator))
            separator = other;

    std::vector<std::vector<std::string>> records;
    std::vector<std::string> record;
    std::string field;
    bool quoted = false, wasQuoted = false;
    std::size_t line = 1, opened = 0;
    const auto endField = [&] {
        record.push_back(std::exchange(field, {}));
        wasQuoted = false;
    };
    const auto endRecord = [&] {
        const bool blank = record.empty() && field.empty() && !wasQuoted;
        endField();
        if (!blank)
            records.push_back(std::move(record));
        record.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n')
            ++line;
        if (quoted) {
            if (c != '"')
                field += c;
            else if (at + 1 < text.size() && text[at + 1] == '"')
                field += text[++at];
            else
                quoted = false;
        } else if (c == '"' && field.empty() && !wasQuoted) {
            quoted = wasQuoted = true;
            opened = line;
        } else if (c == separator) {
            endField();
        } else if (c == '\n') {
            endRecord();
        } else if (c != '\r' || at + 1 >= text.size() || text[at + 1] != '\n') {
            field += c;
        }
    }
    if (quoted)
        return fail(Errc::Corrupt, displayText(subject), fmt::format("line {}: a quote is not closed", opened));
    if (!record.empty() || !field.empty() || wasQuoted)
        endRecord();
    return records;
}

} // namespace photolex
