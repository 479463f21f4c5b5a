// Captions that come in: read from tables, sidecars and Takeout, matched to photos, and set where nothing is lost.
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/exchange/chosen_p.h"
#include "core/image/metadata_write.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace photolex::exchange {

namespace fs = std::filesystem;
using catalogue::Catalogue;

namespace {

constexpr std::size_t fileLimitBytes = std::size_t{1} << 24;

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// Which photo a path of another place or another machine means.
class Matcher {
public:
    Matcher(const Catalogue &catalogue, fs::path base)
        : m_catalogue(catalogue)
        , m_base(std::move(base))
    {
    }

    Result<std::optional<PhotoId>> find(const fs::path &written)
    {
        if (auto photos = needPhotos(); !photos)
            return fail(photos.error());
        std::vector<fs::path> tries = {written};
        if (written.is_relative()) {
            tries = {m_base / written};
            for (const auto &root : m_roots)
                tries.push_back(root.path / written);
        }
        for (const auto &path : tries) {
            const auto photo = m_catalogue.photoAt(path.lexically_normal());
            if (!photo)
                return fail(photo.error());
            if (*photo)
                return std::optional((*photo)->id);
        }
        return byEnd(written);
    }

    // "photo.jpg" and "photo" both name the photo; the second one every photo with that stem in the folder. What was
    // exported elsewhere, below `m_base`, lies at the same place below a root.
    Result<std::vector<PhotoId>> findSubject(const fs::path &subject)
    {
        const auto exact = find(subject);
        if (!exact)
            return fail(exact.error());
        if (*exact)
            return std::vector{**exact};
        auto found = m_byStem.find(subject.native());
        for (const auto &root : m_roots)
            if (found == m_byStem.end())
                found = m_byStem.find((root.path / subject.lexically_relative(m_base)).native());
        return found == m_byStem.end() ? std::vector<PhotoId>() : found->second;
    }

private:
    Result<> needPhotos()
    {
        if (m_known)
            return {};
        auto roots = m_catalogue.roots();
        if (!roots)
            return fail(roots.error());
        m_roots = std::move(*roots);
        const auto ids = m_catalogue.photoIds({}, catalogue::SortKey::Path, false);
        if (!ids)
            return fail(ids.error());
        for (const auto id : *ids) {
            const auto path = m_catalogue.absolutePath(id);
            if (!path)
                continue;
            m_byName[fs::path(*path).filename().native()].emplace_back(*path, id);
            m_byStem[fs::path(*path).replace_extension().native()].push_back(id);
        }
        m_known = true;
        return {};
    }

    static std::size_t sharedEnd(const fs::path &a, const fs::path &b)
    {
        const std::vector<fs::path> left(a.begin(), a.end()), right(b.begin(), b.end());
        return static_cast<std::size_t>(std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend()).first -
                                        left.rbegin());
    }

    std::optional<PhotoId> byEnd(const fs::path &written) const
    {
        const auto found = m_byName.find(written.filename().native());
        if (found == m_byName.end())
            return std::nullopt;
        std::size_t longest = 0;
        std::optional<PhotoId> best;
        for (const auto &[path, id] : found->second) {
            const auto shared = sharedEnd(written, path);
            if (shared > longest)
                best = id;
            else if (shared == longest)
                best = std::nullopt; // two photos would do: neither is taken
            longest = std::max(longest, shared);
        }
        return best;
    }

    const Catalogue &m_catalogue;
    fs::path m_base;
    bool m_known = false;
    std::vector<catalogue::Root> m_roots;
    std::unordered_map<std::string, std::vector<std::pair<std::string, PhotoId>>> m_byName;
    std::unordered_map<std::string, std::vector<PhotoId>> m_byStem; // the path without its extension
};

class Intake {
public:
    Intake(Catalogue &catalogue, const fs::path &base, Differing differing)
        : m_catalogue(catalogue)
        , m_matcher(catalogue, base)
        , m_differing(differing)
    {
    }

    Report report;

    Matcher &matcher() { return m_matcher; }

    // Errors are those of the library.
    Result<> take(const fs::path &photo, const std::string &text)
    {
        const auto found = m_matcher.find(photo);
        if (!found)
            return fail(found.error());
        if (!*found) {
            report.unmatched.push_back(photo.native());
            return {};
        }
        return set(**found, text);
    }

    Result<> set(PhotoId photo, const std::string &text)
    {
        if (text.empty()) {
            ++report.withoutCaption;
            return {};
        }
        const auto path = m_catalogue.absolutePath(photo);
        const auto captions = m_catalogue.captions(photo);
        if (!path || !captions)
            return fail(path ? captions.error() : path.error());
        if (!isValidUtf8(text)) {
            report.problems.push_back({*path, {Errc::Corrupt, displayText(*path), "the caption is not UTF-8"}});
            return {};
        }
        const auto standing = captionOf(*captions);
        if (standing && standing->text == text) {
            ++report.unchanged;
            return {};
        }
        if (standing && standing->origin == catalogue::CaptionOrigin::User && m_differing == Differing::Report) {
            report.conflicts.push_back({*path, standing->text, text});
            return {};
        }
        ++report.written;
        return m_catalogue.setUserCaption(photo, text, catalogue::CaptionEntry::Imported);
    }

private:
    Catalogue &m_catalogue;
    Matcher m_matcher;
    Differing m_differing;
};

std::optional<std::size_t> columnOf(const std::vector<std::string> &head, std::initializer_list<const char *> names)
{
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < head.size(); ++i)
            if (lower(head[i]) == name)
                return i;
    return std::nullopt;
}

// A file of the wanted kind: the photo's path that its name speaks of, without the extension where the name has none.
std::optional<fs::path> subjectOf(const fs::path &file, FolderOf kind)
{
    const auto extension = lower(file.extension().native());
    const auto wanted = kind == FolderOf::Xmp ? ".xmp" : kind == FolderOf::Text ? ".txt" : ".json";
    if (extension != wanted)
        return std::nullopt;
    return fs::path(file).replace_extension();
}

Result<std::string> textOf(const fs::path &file, FolderOf kind)
{
    auto text = readTextFile(file, fileLimitBytes);
    if (!text)
        return text;
    if (kind == FolderOf::Xmp)
        return image::descriptionOf(*text);
    for (const auto *end : {"\n", "\r"}) // one line end, in either writing
        if (text->ends_with(end))
            text->pop_back();
    return text;
}

struct TakeoutEntry {
    fs::path photo;
    std::string description;
};

// "IMG.jpg.json", "IMG.jpg.supplemental-metadata.json" (cut anywhere, since names end at 46 characters), and the
// number of a second IMG.jpg at the end: "IMG.jpg(1).json" speaks of "IMG(1).jpg". The title inside is the whole name.
Result<std::optional<TakeoutEntry>> takeoutEntry(const fs::path &file)
{
    const auto text = readTextFile(file, fileLimitBytes);
    if (!text)
        return fail(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (json.is_discarded())
        return fail(Errc::Corrupt, displayText(file), "not JSON");
    if (!json.is_object() || !json.contains("title") || !json["title"].is_string() || !json.contains("description") ||
        !json["description"].is_string())
        return std::optional<TakeoutEntry>(); // of an album, or of another program
    const fs::path title(json["title"].get<std::string>());
    auto name = title.filename();
    const auto stem = file.stem().native();
    if (const auto open = stem.rfind('('); open != std::string::npos && stem.ends_with(')')) {
        const auto number = stem.substr(open);
        if (number.find_first_not_of("()0123456789") == std::string::npos && !name.stem().native().ends_with(number))
            name = fs::path(name.stem().native() + number + name.extension().native());
    }
    return std::optional(TakeoutEntry{file.parent_path() / name, json["description"].get<std::string>()});
}

Result<> takeFile(Intake &intake, const fs::path &file, FolderOf kind)
{
    const auto problem = [&](const Error &error) -> Result<> {
        intake.report.problems.push_back({file.native(), error});
        return {};
    };
    if (kind == FolderOf::Takeout) {
        const auto entry = takeoutEntry(file);
        if (!entry)
            return problem(entry.error());
        if (!*entry)
            return {};
        return intake.take((*entry)->photo, (*entry)->description);
    }
    const auto text = textOf(file, kind);
    if (!text)
        return problem({text.error().code, displayText(file), text.error().detail});
    const auto photos = intake.matcher().findSubject(*subjectOf(file, kind));
    if (!photos)
        return fail(photos.error());
    if (photos->empty())
        intake.report.unmatched.push_back(file.native());
    for (const auto photo : *photos)
        if (auto set = intake.set(photo, *text); !set)
            return set;
    return {};
}

} // namespace

Result<Report> readCsv(Catalogue &catalogue, const fs::path &file, Differing differing, const std::stop_token &stop,
                       const ProgressSink &progress)
{
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    const auto records = csvRecords(*text, file.native());
    if (!records)
        return fail(records.error());
    const auto head = records->empty() ? std::vector<std::string>() : records->front();
    const auto path = columnOf(head, {"path", "image", "file", "filename"});
    const auto caption = columnOf(head, {"caption", "description", "text"});
    if (!path || !caption)
        return fail(Errc::Invalid, displayText(file), "the first line must name the columns path and caption");
    Intake intake(catalogue, file.parent_path(), differing);
    ProgressThrottle throttle(progress);
    for (std::size_t i = 1; i < records->size(); ++i) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "import", fmt::format("{} captions came in and stay", intake.report.written));
        throttle.report({"import", static_cast<std::int64_t>(i), static_cast<std::int64_t>(records->size() - 1)});
        const auto &record = (*records)[i];
        if (record.size() != head.size()) {
            intake.report.problems.push_back(
                {file.native(),
                 {Errc::Corrupt, displayText(file),
                  fmt::format("record {} has {} fields, not {}", i, record.size(), head.size())}});
            continue;
        }
        if (auto taken = intake.take(record[*path], record[*caption]); !taken)
            return fail(taken.error());
    }
    return std::move(intake.report);
}

Result<Report> readFolder(Catalogue &catalogue, const fs::path &folder, FolderOf kind, Differing differing,
                          const std::stop_token &stop, const ProgressSink &progress)
{
    std::error_code error;
    std::vector<fs::path> files;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        std::error_code ignored;
        if (subjectOf(at->path(), kind) && at->is_regular_file(ignored))
            files.push_back(at->path());
    }
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    // photo.jpg.xmp comes before photo.xmp and so is the one that counts, as when a photo is read.
    std::ranges::sort(files);
    Intake intake(catalogue, folder, differing);
    ProgressThrottle throttle(progress);
    std::int64_t done = 0;
    for (const auto &file : files) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "import", fmt::format("{} captions came in and stay", intake.report.written));
        throttle.report({"import", ++done, static_cast<std::int64_t>(files.size())});
        if (auto taken = takeFile(intake, file, kind); !taken)
            return fail(taken.error());
    }
    return std::move(intake.report);
}

} // namespace photolex::exchange
