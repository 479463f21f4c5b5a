// One reader for each way in which captioned sets are published. None decodes a picture.
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/dataset/dataset.h"
#include "core/dataset/kept_p.h"
#include "core/dataset/lines_p.h"
#include "core/dataset/table_p.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

namespace photolex::dataset {

namespace {

using Path = std::filesystem::path;

// Gathers captions under their image or group, in order of first appearance.
class Builder {
public:
    explicit Builder(std::string name, Path photos)
        : m_photos(std::move(photos))
    {
        m_set.name = std::move(name);
    }

    void add(std::string_view key, std::string_view split, std::string_view caption)
    {
        const auto [found, isNew] = m_places.emplace(std::string(key), static_cast<std::int32_t>(m_set.keys.size()));
        if (isNew) {
            m_set.keys.emplace_back(key);
            m_set.splits.emplace_back(split);
            if (!m_photos.empty())
                m_set.images.push_back(m_photos / Path(std::string(key)));
        }
        m_set.captions.push_back({found->second, std::string(caption)});
    }

    Result<Dataset> done(const std::string &subject)
    {
        if (m_set.captions.empty())
            return fail(Errc::Invalid, subject, "it holds no captions");
        return std::move(m_set);
    }

private:
    Path m_photos; // empty: a set of texts
    Dataset m_set;
    std::unordered_map<std::string, std::int32_t> m_places;
};

// image TAB split TAB caption
Result<Dataset> loadTsv(const Path &file, const std::string &name, const Path &photos)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    Builder builder(name, photos);
    std::string wrong;
    eachLine(*text, [&](std::string_view line, std::size_t number) {
        const auto first = line.find('\t');
        const auto second = first == std::string_view::npos ? first : line.find('\t', first + 1);
        if (line.empty())
            return;
        if (second == std::string_view::npos || !isValidUtf8(line)) {
            if (wrong.empty())
                wrong =
                    fmt::format("line {}: image, split and caption are expected, with tabs between, in UTF-8", number);
            return;
        }
        builder.add(line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1));
    });
    if (!wrong.empty())
        return fail(Errc::Corrupt, displayText(file), std::move(wrong));
    return builder.done(displayText(file));
}

// Sentences: a TSV as above, or one sentence a line, each its own group.
Result<Dataset> loadText(const Path &file)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto name = displayText(file.stem());
    const auto firstLine = std::string_view(*text).substr(0, text->find('\n'));
    if (std::ranges::count(firstLine, '\t') >= 2)
        return loadTsv(file, name, {});
    Builder builder(name, {});
    eachLine(*text, [&](std::string_view line, std::size_t number) {
        if (!line.empty() && isValidUtf8(line))
            builder.add(std::to_string(number), "train", line);
    });
    return builder.done(displayText(file));
}

// image.jpg#0 TAB caption
Result<Dataset> loadFlickr(const Path &file, const Path &photos)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    Builder builder(displayText(file.stem()), photos);
    eachLine(*text, [&](std::string_view line, std::size_t) {
        const auto tab = line.find('\t');
        const auto hash = line.substr(0, tab).rfind('#');
        if (tab != std::string_view::npos && hash != std::string_view::npos && isValidUtf8(line))
            builder.add(line.substr(0, hash), "train", line.substr(tab + 1));
    });
    return builder.done(displayText(file));
}

// {"images": [{"filename", "split", "sentences": [{"raw"}]}]}
Result<Dataset> loadKarpathy(const Path &file, const Path &photos)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(*text);
    Builder builder(displayText(file.stem()), photos);
    for (const auto &image : json.at("images"))
        for (const auto &sentence : image.at("sentences"))
            builder.add(image.at("filename").get<std::string>(), image.at("split").get<std::string>(),
                        sentence.at("raw").get<std::string>());
    return builder.done(displayText(file));
}

// {"images": [{"id", "file_name"}], "annotations": [{"image_id", "caption"}]}
Result<Dataset> loadCoco(const Path &file, const Path &photos)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(*text);
    std::unordered_map<std::int64_t, std::string> names;
    for (const auto &image : json.at("images"))
        names.emplace(image.at("id").get<std::int64_t>(), image.at("file_name").get<std::string>());
    Builder builder(displayText(file.stem()), photos);
    for (const auto &annotation : json.at("annotations"))
        if (const auto found = names.find(annotation.at("image_id").get<std::int64_t>()); found != names.end())
            builder.add(found->second, "train", annotation.at("caption").get<std::string>());
    return builder.done(displayText(file));
}

// The first line names the columns path and caption (and perhaps split); or JSON as Photolex exports it.
Result<Dataset> loadCaptionTable(const Path &file, const Path &photos)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    Builder builder(displayText(file.stem()), photos);
    if (const auto first = text->find_first_not_of(" \t\r\n"); first != std::string::npos && (*text)[first] == '{') {
        const auto json = nlohmann::json::parse(*text);
        for (const auto &photo : json.at("photos"))
            builder.add(photo.at("path").get<std::string>(), "train", photo.at("caption").get<std::string>());
        return builder.done(displayText(file));
    }
    const auto records = csvRecords(*text, file.native());
    if (!records)
        return fail(records.error());
    const auto columns = records->empty() ? std::nullopt : captionColumns(records->front());
    if (!columns)
        return fail(Errc::Invalid, displayText(file), "the first line must name the columns path and caption");
    for (std::size_t i = 1; i < records->size(); ++i) {
        const auto &record = (*records)[i];
        if (record.size() != records->front().size())
            return fail(Errc::Corrupt, displayText(file),
                        fmt::format("record {} has {} fields, not {}", i, record.size(), records->front().size()));
        if (const auto &caption = record[columns->caption]; isValidUtf8(caption))
            builder.add(record[columns->path], columns->split ? record[*columns->split] : "train", caption);
    }
    return builder.done(displayText(file));
}

bool isPhoto(const Path &file)
{
    auto extension = file.extension().native();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::array known = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".avif"};
    return std::ranges::find(known, extension) != known.end();
}

// photo.jpg with photo.txt beside it, one caption a line; else what the photo or its sidecar says.
Result<Dataset> loadFolder(const Path &folder, const CaptionOf &captionOf)
{
    std::error_code error;
    std::vector<Path> photos;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, error))
        if (isPhoto(entry.path()))
            photos.push_back(entry.path());
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    std::ranges::sort(photos);
    Builder builder(displayText(folder.filename()), folder);
    for (const auto &photo : photos) {
        const auto beside = Path(photo).replace_extension(".txt");
        std::string captions;
        if (std::filesystem::exists(beside, error)) {
            auto text = readTextFile(beside);
            if (!text)
                return fail(text.error());
            captions = std::move(*text);
        } else if (captionOf) {
            captions = captionOf(photo);
            std::ranges::replace(captions, '\n', ' '); // one caption, however many lines
        }
        eachLine(captions, [&](std::string_view line, std::size_t) {
            if (!line.empty() && isValidUtf8(line))
                builder.add(photo.lexically_relative(folder).native(), "train", line);
        });
    }
    return builder.done(displayText(folder));
}

} // namespace

Result<Dataset> load(std::string_view specification, const Path &photos, const CaptionOf &captionOf)
{
    const auto colon = specification.find(':');
    const auto kind = specification.substr(0, colon);
    if (colon == std::string_view::npos || colon + 1 == specification.size())
        return fail(Errc::Invalid, displayText(specification), "a data set is KIND:PLACE, e.g. tsv:FOLDER");
    Path place(std::string(specification.substr(colon + 1)));
    if (!place.has_filename())
        place = place.parent_path();
    const auto beside = photos.empty() ? place.parent_path() : photos;
    try {
        if (kind == "tsv")
            return loadTsv(place / "captions.tsv", displayText(place.filename()),
                           photos.empty() ? place / "photos" : photos);
        if (kind == "text")
            return loadText(place);
        if (kind == "flickr")
            return loadFlickr(place, beside);
        if (kind == "karpathy")
            return loadKarpathy(place, beside);
        if (kind == "coco")
            return loadCoco(place, beside);
        if (kind == "table")
            return loadCaptionTable(place, beside);
        if (kind == "folder")
            return loadFolder(place, captionOf);
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(place), displayText(error.what()));
    }
    return fail(Errc::Invalid, displayText(kind),
                "unknown kind of data set; there are: tsv, karpathy, flickr, coco, table, folder, text");
}

Result<ClassNames> loadClassNames(const Path &file, const Path &templates)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    ClassNames result;
    eachLine(*text, [&](std::string_view line, std::size_t number) {
        if (number == 1 || line.empty()) // the header
            return;
        // index, wnid, short name, simple name, synonyms with bars between
        std::vector<std::string> names;
        const auto fields = fieldsOf(line);
        for (std::size_t column = 2; column < fields.size(); ++column)
            for (const auto one : fieldsOf(fields[column], '|'))
                if (!one.empty() && std::ranges::find(names, one) == names.end())
                    names.emplace_back(one);
        result.names.push_back(std::move(names));
    });
    if (result.names.empty())
        return fail(Errc::Invalid, displayText(file), "it names no classes");
    if (templates.empty()) {
        result.templates = {"a photo of a {}."};
        return result;
    }
    const auto lines = readTextFile(templates);
    if (!lines)
        return fail(lines.error());
    eachLine(*lines, [&](std::string_view line, std::size_t) {
        if (const auto tab = line.find('\t');
            tab != std::string_view::npos && line.find("{}") != std::string_view::npos)
            result.templates.emplace_back(line.substr(tab + 1));
    });
    if (result.templates.empty())
        return fail(Errc::Invalid, displayText(templates), "it holds no template with {} for the name");
    return result;
}

namespace {

struct Share {
    std::string_view name;
    std::size_t which = 0, of = 1; // every of-th, beginning with the which-th
};

// "train" or "train:1/3"
std::optional<Share> shareOf(std::string_view text)
{
    const auto colon = text.rfind(':');
    const auto slash = text.rfind('/');
    if (colon == std::string_view::npos || slash == std::string_view::npos || slash < colon)
        return Share{.name = text};
    Share share{.name = text.substr(0, colon)};
    const auto read = [](std::string_view digits, std::size_t &value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size();
    };
    if (!read(text.substr(colon + 1, slash - colon - 1), share.which) || !read(text.substr(slash + 1), share.of) ||
        share.which < 1 || share.which > share.of)
        return std::nullopt;
    --share.which;
    return share;
}

} // namespace

Dataset keptOf(const Dataset &whole, const std::vector<bool> &keep)
{
    Dataset part;
    part.name = whole.name;
    std::vector<std::int32_t> places(whole.keys.size(), -1);
    for (std::size_t i = 0; i < whole.keys.size(); ++i) {
        if (!keep[i])
            continue;
        places[i] = static_cast<std::int32_t>(part.keys.size());
        part.keys.push_back(whole.keys[i]);
        part.splits.push_back(whole.splits[i]);
        if (whole.hasImages())
            part.images.push_back(whole.images[i]);
    }
    for (const auto &caption : whole.captions)
        if (const auto image = places[static_cast<std::size_t>(caption.image)]; image >= 0)
            part.captions.push_back({image, caption.text});
    return part;
}

Result<Dataset> split(const Dataset &whole, std::string_view name)
{
    const auto share = shareOf(name);
    if (!share)
        return fail(Errc::Invalid, displayText(name), "a share of a split is SPLIT:K/N with 1 ≤ K ≤ N");
    std::vector<bool> keep(whole.keys.size());
    std::size_t place = 0;
    for (std::size_t i = 0; i < keep.size(); ++i)
        keep[i] = whole.splits[i] == share->name && place++ % share->of == share->which;
    auto part = keptOf(whole, keep);
    if (part.keys.empty()) {
        auto names = whole.splits;
        std::ranges::sort(names);
        names.erase(std::unique(names.begin(), names.end()), names.end());
        return fail(Errc::Invalid, displayText(name),
                    fmt::format("{} has no such split; it has: {}", whole.name, fmt::join(names, ", ")));
    }
    return part;
}

} // namespace photolex::dataset
