// Captions beside photos, or below another folder in the same order of folders.
#include "core/base/bytes.h"
#include "core/exchange/chosen_p.h"
#include "core/image/metadata.h"
#include "core/image/metadata_write.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace photolex::exchange {

namespace fs = std::filesystem;
using catalogue::Catalogue;

namespace {

constexpr std::size_t sidecarLimitBytes = std::size_t{1} << 24;

struct Target {
    Chosen chosen;
    fs::path file;
};

class SidecarWriter {
public:
    SidecarWriter(Catalogue &catalogue, const SidecarOptions &options, Report &report)
        : m_catalogue(catalogue)
        , m_options(options)
        , m_report(report)
    {
    }

    fs::path fileFor(const Chosen &chosen) const
    {
        fs::path photo = chosen.path;
        if (!m_options.place.empty()) {
            const auto below =
                m_options.from.empty() ? fs::path(chosen.photo.relativePath) : photo.lexically_relative(m_options.from);
            photo = m_options.place / below;
        }
        if (m_options.kind == Sidecar::Text)
            return photo.replace_extension(".txt");
        photo += ".xmp";
        return photo;
    }

    Result<> write(const Target &target)
    {
        const auto &ours = target.chosen.caption->text;
        auto base = textOf(target.file);
        if (!base)
            return fail(base.error());
        if (m_options.kind == Sidecar::Xmp && base->empty() && m_options.place.empty()) {
            // The other school's photo.xmp: what it says goes along, since readers look at photo.jpg.xmp alone then.
            if (const auto other = image::sidecarOf(target.chosen.path); !other.empty())
                base = textOf(other);
            if (!base)
                return fail(base.error());
        }
        auto theirs = m_options.kind == Sidecar::Xmp ? image::descriptionOf(*base) : Result<std::string>(*base);
        if (!theirs)
            return fail(Errc::Corrupt, displayText(target.file), theirs.error().detail);
        if (m_options.kind == Sidecar::Text && theirs->ends_with('\n'))
            theirs->pop_back();
        if (*theirs == ours) {
            ++m_report.unchanged;
            return {};
        }
        if (!theirs->empty() && m_options.differing == Differing::Report && !isKnown(target.chosen, *theirs)) {
            m_report.conflicts.push_back({target.chosen.path, ours, *theirs});
            return {};
        }
        return replace(target, *base, *theirs);
    }

private:
    static Result<std::string> textOf(const fs::path &file)
    {
        auto text = readTextFile(file, sidecarLimitBytes);
        if (!text && text.error().code == Errc::NotFound)
            return std::string();
        return text;
    }

    // The user wrote it once, or saw it as the file's caption when writing the present one.
    bool isKnown(const Chosen &chosen, const std::string &theirs) const
    {
        if (const auto history = m_catalogue.captionHistory(chosen.photo.id))
            if (std::ranges::any_of(*history, [&](const catalogue::Caption &caption) {
                    return caption.origin == catalogue::CaptionOrigin::User && caption.text == theirs;
                }))
                return true;
        const auto captions = m_catalogue.captions(chosen.photo.id);
        if (!captions || chosen.caption->origin != catalogue::CaptionOrigin::User)
            return false;
        const auto file = std::ranges::find(*captions, catalogue::CaptionOrigin::File, &catalogue::Caption::origin);
        return file != captions->end() && file->text == theirs && file->changedAt <= chosen.caption->changedAt;
    }

    // The history takes in what is about to go from the file; the text that stands comes last, so it stands again.
    Result<> keep(const Chosen &chosen, const std::string &theirs)
    {
        const auto history = m_catalogue.captionHistory(chosen.photo.id);
        if (!history)
            return fail(history.error());
        if (theirs.empty() || std::ranges::find(*history, theirs, &catalogue::Caption::text) != history->end())
            return {};
        const auto imported = catalogue::CaptionEntry::Imported;
        if (auto kept = m_catalogue.setUserCaption(chosen.photo.id, theirs, imported); !kept)
            return kept;
        return m_catalogue.setUserCaption(chosen.photo.id, chosen.caption->text, chosen.caption->entry);
    }

    Result<> replace(const Target &target, const std::string &base, const std::string &theirs)
    {
        const auto &ours = target.chosen.caption->text;
        std::string text = ours + '\n';
        if (m_options.kind == Sidecar::Xmp) {
            auto packet = image::withDescription(base, ours);
            if (!packet)
                return fail(packet.error().code, displayText(target.file), packet.error().detail);
            text = std::move(*packet);
        }
        if (isValidUtf8(theirs))
            if (auto kept = keep(target.chosen, theirs); !kept)
                return kept;
        if (auto written = writeFileAtomically(target.file, text); !written)
            return written;
        ++m_report.written;
        if (m_options.kind == Sidecar::Xmp && m_options.place.empty())
            return m_catalogue.setFileCaption(target.chosen.photo.id, ours, "xmp-sidecar");
        return {};
    }

    Catalogue &m_catalogue;
    const SidecarOptions &m_options;
    Report &m_report;
};

// Never made: a drive that is away must not come back to folders in its place.
Result<> folderOfPhotos(const fs::path &folder)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fail(Errc::NotFound, displayText(folder), "this folder is not there now");
    return writableFolder(folder);
}

} // namespace

Result<Report> writeSidecars(Catalogue &catalogue, std::span<const PhotoId> photos, const SidecarOptions &options,
                             const std::stop_token &stop, const ProgressSink &progress)
{
    Report report;
    SidecarWriter writer(catalogue, options, report);
    std::vector<Target> targets;
    std::map<fs::path, std::string> claimed; // photo.jpg and photo.png would share photo.txt
    const auto collected = eachChosen(catalogue, photos, stop, {}, [&](const Chosen &chosen) -> Result<> {
        if (!chosen.caption) {
            ++report.withoutCaption;
            return {};
        }
        const auto file = writer.fileFor(chosen);
        const auto [first, isNew] = claimed.emplace(file, chosen.path);
        if (isNew)
            targets.push_back({chosen, file});
        else
            report.problems.push_back({chosen.path,
                                       {Errc::Invalid, displayText(file),
                                        fmt::format("this file belongs to {} already", displayText(first->second))}});
        return {};
    });
    if (!collected)
        return fail(collected.error());

    // All folders before the first file, so that a read-only place is said at once.
    std::map<fs::path, Result<>> folders;
    for (const auto &target : targets)
        if (const auto folder = target.file.parent_path(); !folders.contains(folder))
            folders.emplace(folder, options.place.empty() ? folderOfPhotos(folder) : writableFolder(folder));
    if (!folders.empty() && std::ranges::none_of(folders, [](const auto &entry) { return entry.second.has_value(); }))
        return fail(folders.begin()->second.error());

    ProgressThrottle throttle(progress);
    std::int64_t done = 0;
    for (const auto &target : targets) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "export", fmt::format("{} files were written and stay", report.written));
        throttle.report({"export", ++done, static_cast<std::int64_t>(targets.size())});
        const auto &folder = folders.at(target.file.parent_path());
        auto written = folder ? writer.write(target) : folder;
        if (!written && written.error().code == Errc::DiskFull)
            return fail(written.error());
        if (!written)
            report.problems.push_back({target.chosen.path, written.error()});
    }
    return report;
}

} // namespace photolex::exchange
