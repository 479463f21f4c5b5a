#include "core/dataset/table.h"

#include "core/base/bytes.h"
#include "core/dataset/lines_p.h"

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

Result<Table> tableOf(std::string_view text, const std::filesystem::path &file)
{
    if (!isValidUtf8(text))
        return fail(Errc::Corrupt, displayText(file), "it is not UTF-8");
    Table table;
    std::string wrong;
    eachLine(text, [&](std::string_view line, std::size_t number) {
        if (line.empty() || !wrong.empty())
            return;
        const auto fields = fieldsOf(line);
        if (table.columns.empty())
            table.columns.assign(fields.begin(), fields.end());
        else if (fields.size() == table.columns.size())
            table.rows.emplace_back(fields.begin(), fields.end());
        else
            wrong = fmt::format("line {} has {} fields, the first has {}", number, fields.size(), table.columns.size());
    });
    if (!wrong.empty())
        return fail(Errc::Corrupt, displayText(file), std::move(wrong));
    if (table.rows.empty())
        return fail(Errc::Invalid, displayText(file), "it holds nothing below its first line");
    return table;
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
    return tableOf(*text, file);
}

Result<std::vector<std::string>> loadNames(const std::filesystem::path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    std::vector<std::string> names;
    if (text->substr(0, text->find('\n')).find('\t') == std::string::npos) {
        eachLine(*text, [&](std::string_view line, std::size_t) {
            if (!line.empty())
                names.emplace_back(line);
        });
        return names;
    }
    const auto table = tableOf(*text, file);
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
