#include "core/dataset/table.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace photolex::dataset {

namespace {

// "AliceBlue" is two words.
std::string withSpaces(std::string_view name)
{
    const auto isCapital = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    const auto isSmall = [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; };
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        // An iPod is one.
        if (i > 0 && isCapital(name.front()) && isCapital(name[i]) && isSmall(name[i - 1]))
            result += ' ';
        result += name[i];
    }
    return result;
}

} // namespace

std::optional<std::size_t> Table::column(std::string_view name) const
{
    const auto found = std::ranges::find(columns, name);
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

Result<Table> loadTable(const std::filesystem::path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    if (!isValidUtf8(*text))
        return fail(Errc::Corrupt, displayText(file), "it is not UTF-8");
    Table table;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        auto line = std::string_view(*text).substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        at = end + 1;
        ++number;
        if (line.empty())
            continue;
        std::vector<std::string> fields;
        for (std::size_t from = 0; from <= line.size();) {
            const auto to = std::min(line.find('\t', from), line.size());
            fields.emplace_back(line.substr(from, to - from));
            from = to + 1;
        }
        if (table.columns.empty())
            table.columns = std::move(fields);
        else if (fields.size() == table.columns.size())
            table.rows.push_back(std::move(fields));
        else
            return fail(
                Errc::Corrupt, displayText(file),
                fmt::format("line {} has {} fields, the first has {}", number, fields.size(), table.columns.size()));
    }
    if (table.rows.empty())
        return fail(Errc::Invalid, displayText(file), "it holds nothing below its first line");
    return table;
}

Result<std::vector<std::string>> loadNames(const std::filesystem::path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    std::vector<std::string> names;
    if (text->substr(0, text->find('\n')).find('\t') == std::string::npos) {
        for (std::size_t at = 0; at < text->size();) {
            const auto end = std::min(text->find('\n', at), text->size());
            if (end > at)
                names.push_back(text->substr(at, end - at));
            at = end + 1;
        }
        return names;
    }
    const auto table = loadTable(file);
    if (!table)
        return fail(table.error());
    std::size_t column = 0;
    for (const auto *name : {"word", "singular", "clip_name", "name"})
        column = table->column(name).value_or(column);
    for (const auto &row : table->rows)
        names.push_back(withSpaces(row[column]));
    return names;
}

std::optional<double> number(std::string_view field)
{
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace photolex::dataset
