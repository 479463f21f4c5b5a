#include "app/cli/command.h"
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/joint/encoder.h"
#include "core/model/bundle.h"

#include <fmt/format.h>

namespace photolex::cli {

namespace {

// Faults of the row files: unreadable ones, and rows of photos that the catalogue does not know.
std::vector<std::string> rowFaults(const catalogue::Catalogue &catalogue)
{
    std::vector<std::string> faults;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(catalogue.library() / "rows", ignored)) {
        if (entry.path().extension() != ".rows")
            continue;
        const auto rows = embedding::Rows::open(entry.path());
        if (!rows) {
            faults.push_back(sentence(rows.error()));
            continue;
        }
        const auto known = catalogue.photos((*rows)->ids());
        if (known && known->size() != (*rows)->size())
            faults.push_back(fmt::format("{}: {} rows belong to no photo", displayText(entry.path()),
                                         (*rows)->size() - known->size()));
    }
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
