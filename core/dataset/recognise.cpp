// What a folder or a file of captions is, told by what is in it: names lie, and many of these files are only called
// "results" or "captions".
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/dataset/dataset.h"
#include "core/dataset/lines_p.h"
#include "core/dataset/table_p.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fstream>
#include <optional>

namespace photolex::dataset {

namespace {

using Path = std::filesystem::path;

constexpr std::size_t enough = std::size_t{1} << 16; // bytes that tell what a file is
constexpr std::string_view known =
    "a folder with .txt or XMP beside the photos, captions.tsv, a table with the columns path and caption, "
    "Karpathy's or COCO's JSON, or a Flickr token file is expected";

Result<std::string> beginOf(const Path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(Errc::NotFound, displayText(file), "it is not there, or may not be read");
    std::string begin(enough, '\0');
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(in.gcount()));
    return begin;
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::optional<std::string_view> kindOfJson(std::string_view begin)
{
    // Karpathy's files give each photo its sentences, COCO's name photos by number in a list of their own.
    if (has(begin, "\"sentences\""))
        return "karpathy";
    if (has(begin, "\"annotations\"") || (has(begin, "\"images\"") && has(begin, "\"file_name\"")))
        return "coco";
    if (has(begin, "\"photos\"") && has(begin, "\"path\"") && has(begin, "\"caption\""))
        return "table"; // as Photolex exports it
    return std::nullopt;
}

// image.jpg#0 TAB caption
bool isFlickrLine(std::string_view line)
{
    const auto tab = line.find('\t');
    const auto hash = line.substr(0, tab).rfind('#');
    return tab != std::string_view::npos && hash != std::string_view::npos && hash + 1 < tab &&
           std::ranges::all_of(line.substr(hash + 1, tab - hash - 1), [](unsigned char c) { return std::isdigit(c); });
}

std::optional<std::string_view> kindOfText(std::string_view begin)
{
    const auto first = begin.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos)
        return std::nullopt;
    if (begin[first] == '{')
        return kindOfJson(begin);
    auto line = begin.substr(first, begin.find('\n', first) - first);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (isFlickrLine(line))
        return "flickr";
    const auto head = csvRecords(line, {});
    if (head && !head->empty() && captionColumns(head->front()))
        return "table";
    return std::nullopt;
}

// The one file of captions that lies in a folder; empty: none, or several.
std::string fileIn(const Path &folder)
{
    std::error_code ignored;
    std::string found;
    constexpr int most = 64; // files of captions are few; a sidecar beside each photo is something else
    int looked = 0;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ignored)) {
        const auto extension = entry.path().extension();
        if (extension != ".json" && extension != ".csv" && extension != ".token" && extension != ".tsv")
            continue;
        if (++looked > most)
            return {};
        const auto begin = beginOf(entry.path());
        const auto kind = begin ? kindOfText(*begin) : std::nullopt;
        if (!kind)
            continue;
        if (!found.empty())
            return {};
        found = fmt::format("{}:{}", *kind, entry.path().native());
    }
    return found;
}

} // namespace

std::optional<CaptionColumns> captionColumns(const std::vector<std::string> &head)
{
    const auto columnOf = [&](std::initializer_list<std::string_view> names) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < head.size(); ++i) {
            auto name = head[i];
            std::ranges::transform(name, name.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            if (std::ranges::find(names, name) != names.end())
                return i;
        }
        return std::nullopt;
    };
    const auto path = columnOf({"path", "image", "file", "filename", "image_name"});
    const auto caption = columnOf({"caption", "description", "text", "comment"});
    if (!path || !caption)
        return std::nullopt;
    return CaptionColumns{*path, *caption, columnOf({"split"})};
}

Result<std::string> recognise(const Path &place)
{
    std::error_code ignored;
    auto clean = place;
    if (!clean.has_filename())
        clean = clean.parent_path();
    if (std::filesystem::is_directory(clean, ignored)) {
        if (std::filesystem::exists(clean / "captions.tsv", ignored))
            return "tsv:" + clean.native();
        const auto file = fileIn(clean);
        return file.empty() ? "folder:" + clean.native() : file;
    }
    const auto begin = beginOf(clean);
    if (!begin)
        return fail(begin.error());
    if (clean.filename() == "captions.tsv")
        return "tsv:" + clean.parent_path().native();
    const auto kind = kindOfText(*begin);
    if (!kind)
        return fail(Errc::Invalid, displayText(clean), fmt::format("it is no file of captions: {}", known));
    return fmt::format("{}:{}", *kind, clean.native());
}

Result<Dataset> loadPlace(const Path &place, const Path &photos, const CaptionOf &captionOf)
{
    const auto specification = recognise(place);
    if (!specification)
        return fail(specification.error());
    auto set = load(*specification, photos, captionOf);
    if (!set || !photos.empty() || !set->hasImages())
        return set;
    // Published sets keep their photos in a folder beside the file, each under another name.
    std::error_code ignored;
    const auto &first = set->images.front();
    if (std::filesystem::exists(first, ignored) || specification->starts_with("folder:"))
        return set;
    const auto file = Path(specification->substr(specification->find(':') + 1));
    const auto beside = specification->starts_with("tsv:") ? file : file.parent_path();
    for (const auto &entry : std::filesystem::directory_iterator(beside, ignored))
        if (entry.is_directory(ignored) && std::filesystem::exists(entry.path() / set->keys.front(), ignored)) {
            for (std::size_t i = 0; i < set->images.size(); ++i)
                set->images[i] = entry.path() / set->keys[i];
            break;
        }
    return set;
}

} // namespace photolex::dataset
