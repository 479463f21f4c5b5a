#include "app/cli/command.h"
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/joint/encoder.h"
#include "core/model/bundle.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace photolex::cli {

namespace {

// Photos that the catalogue calls ready. Their rows may be lost to a damaged file.
std::vector<PhotoId> readyPhotos(const catalogue::Catalogue &catalogue)
{
    auto ids = catalogue.photoIds({.includeFailed = false}, catalogue::SortKey::Added, false);
    if (!ids)
        return {};
    const auto photos = catalogue.photos(*ids);
    ids->clear();
    if (photos)
        for (const auto &photo : *photos)
            if (photo.state == catalogue::PhotoState::Ready || photo.state == catalogue::PhotoState::Damaged)
                ids->push_back(photo.id);
    std::ranges::sort(*ids);
    return std::move(*ids);
}

// Faults of one row file. What is lost of it is embedded again in the next index run.
void addFaultsOf(const std::filesystem::path &file, const catalogue::Catalogue &catalogue,
                 std::span<const PhotoId> ready, std::vector<std::string> &faults)
{
    auto rows = embedding::Rows::open(file);
    if (!rows) {
        faults.push_back(sentence(rows.error()));
        if (rows.error().code != Errc::Corrupt)
            return;
        rows = embedding::Rows::recover(file);
        if (!rows)
            return;
    }
    const auto name = displayText(file);
    const auto &ids = (*rows)->ids();
    if (const auto unusable = (*rows)->unusable().size(); unusable > 0)
        faults.push_back(fmt::format("{}: {} rows hold values that are not finite; the next index run makes them again",
                                     name, unusable));
    if (const auto known = catalogue.photos(ids); known && known->size() != ids.size())
        faults.push_back(fmt::format("{}: {} rows belong to no photo", name, ids.size() - known->size()));
    const auto without =
        std::ranges::count_if(ready, [&](PhotoId photo) { return !std::ranges::binary_search(ids, photo); });
    if (without > 0)
        faults.push_back(
            fmt::format("{}: {} photos that are ready have no row; the next index run makes them", name, without));
}

std::vector<std::string> rowFaults(const catalogue::Catalogue &catalogue)
{
    std::vector<std::string> faults;
    const auto ready = readyPhotos(catalogue);
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(catalogue.library() / "rows", ignored))
        if (entry.path().extension() == ".rows")
            addFaultsOf(entry.path(), catalogue, ready, faults);
    return faults;
}

Result<Output> runDoctor(const Context &context)
{
    Json faults = Json::array();
    Json library = nullptr;
    std::string text;
    const auto catalogue = openForReading(context);
    if (catalogue) {
        auto lines = (*catalogue)->integrityFaults();
        if (!lines)
            return fail(lines.error());
        for (auto &line : rowFaults(**catalogue))
            lines->push_back(std::move(line));
        for (const auto &line : *lines)
            faults.push_back(line);
        if (const auto counts = (*catalogue)->counts())
            library = {{"path", displayText(context.library)},
                       {"photos", counts->photos},
                       {"ready", counts->ready},
                       {"failed", counts->failed},
                       {"damaged", counts->damaged},
                       {"missing", counts->missing},
                       {"waiting", counts->waiting}};
        text +=
            fmt::format("Library {}: {}\n", displayText(context.library), lines->empty() ? "sound" : "faults found");
    } else if (catalogue.error().code == Errc::NotFound) {
        text += fmt::format("Library {}: none yet\n", displayText(context.library));
    } else {
        faults.push_back(sentence(catalogue.error()));
    }
    const auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        faults.push_back(sentence(bundle.error()));
    else if (auto tested = joint::selfTest(*bundle); !tested)
        faults.push_back(sentence(tested.error()));
    else
        text += fmt::format("Bundle {}: sound\n", (*bundle)->manifest().id);
    for (const auto &fault : faults)
        text += fault.get<std::string>() + "\n";
    const int exitCode = faults.empty() ? 0 : 1;
    return Output{
        .json = {{"ok", faults.empty()}, {"library", library}, {"faults", faults}}, .text = text, .exitCode = exitCode};
}

} // namespace

Command doctorCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("doctor", "Check the library and the bundle");
    return {app, runDoctor};
}

Command backupCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("backup", "Write a copy of the catalogue");
    auto file = std::make_shared<std::string>();
    app->add_option("FILE", *file, "The copy")->required();
    return {app, [file](const Context &context) -> Result<Output> {
                const auto catalogue = openForReading(context);
                if (!catalogue)
                    return fail(catalogue.error());
                const auto target = absolutePath(*file);
                if (auto saved = (*catalogue)->backup(target); !saved)
                    return fail(saved.error());
                return Output{.json = {{"path", displayText(target)}},
                              .text = fmt::format("{} written\n", displayText(target))};
            }};
}

} // namespace photolex::cli
