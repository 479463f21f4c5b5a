// export and import: captions and points in and out of the library.
#include "app/cli/command.h"
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/exchange/exchange.h"

#include <fmt/format.h>

namespace photolex::cli {

namespace {

struct ExchangeArguments {
    std::string format, place, folder, encoder;
    bool replace = false;

    exchange::Differing differing() const
    {
        return replace ? exchange::Differing::Replace : exchange::Differing::Report;
    }
};

// Of a table a folder may be named too.
std::filesystem::path fileIn(const std::filesystem::path &place, std::string_view name)
{
    std::error_code ignored;
    return std::filesystem::is_directory(place, ignored) ? place / name : place;
}

Output outputOf(const exchange::Report &report, const ExchangeArguments &arguments, const std::filesystem::path &place)
{
    Json conflicts = Json::array(), problems = Json::array(), unmatched = Json::array();
    auto text = fmt::format("{} written, {} unchanged, {} without caption, {} conflicts, {} problems, {} unmatched\n",
                            report.written, report.unchanged, report.withoutCaption, report.conflicts.size(),
                            report.problems.size(), report.unmatched.size());
    for (const auto &conflict : report.conflicts) {
        conflicts.push_back(
            {{"path", displayText(conflict.path)}, {"ours", conflict.ours}, {"theirs", conflict.theirs}});
        text += fmt::format("{}: two texts, both stay (--replace takes the one that is handed over)\n",
                            displayText(conflict.path));
    }
    for (const auto &problem : report.problems) {
        problems.push_back({{"path", displayText(problem.path)},
                            {"code", errcName(problem.error.code)},
                            {"detail", problem.error.detail}});
        text += fmt::format("{}: {}\n", displayText(problem.path), problem.error.detail);
    }
    for (const auto &path : report.unmatched) {
        unmatched.push_back(displayText(path));
        text += fmt::format("{}: no such photo in the library\n", displayText(path));
    }
    return {.json = {{"format", arguments.format},
                     {"place", displayText(place)},
                     {"written", report.written},
                     {"unchanged", report.unchanged},
                     {"without_caption", report.withoutCaption},
                     {"conflicts", conflicts},
                     {"problems", problems},
                     {"unmatched", unmatched}},
            .text = text};
}

Result<exchange::Report> exportSidecars(const ExchangeArguments &arguments, const std::filesystem::path &place,
                                        const Context &context)
{
    const auto catalogue = openForWriting(context);
    if (!catalogue)
        return fail(catalogue.error());
    exchange::SidecarOptions options;
    options.kind = arguments.format == "xmp" ? exchange::Sidecar::Xmp : exchange::Sidecar::Text;
    options.differing = arguments.differing();
    catalogue::PhotoFilter filter;
    filter.folder = arguments.folder.empty() ? place.native() : absolutePath(arguments.folder).native();
    auto photos = (*catalogue)->photoIds(filter, catalogue::SortKey::Path, false);
    if (photos && arguments.folder.empty() && photos->empty()) {
        // No photo lies there, so the captions of all go there.
        filter.folder.clear();
        options.place = place;
        photos = (*catalogue)->photoIds(filter, catalogue::SortKey::Path, false);
    } else if (!arguments.folder.empty() && filter.folder != place.native()) {
        options.place = place;
        options.from = filter.folder;
    }
    if (!photos)
        return fail(photos.error());
    return exchange::writeSidecars(**catalogue, *photos, options, context.stop, progressLine(context));
}

Result<exchange::Report> exportRows(const ExchangeArguments &arguments, const std::filesystem::path &place,
                                    const Context &context)
{
    const auto opened = openLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    const auto file = opened->catalogue->rowFile(embedding::pointRowsName(opened->encoder->hash()));
    const auto rows = embedding::Rows::open(file, opened->encoder->hash());
    if (!rows)
        return fail(rows.error());
    return exchange::writeRows(*opened->catalogue, **rows, place, context.stop);
}

Result<exchange::Report> exportAs(const ExchangeArguments &arguments, const std::filesystem::path &place,
                                  const Context &context)
{
    if (arguments.format == "npy")
        return exportRows(arguments, place, context);
    if (arguments.format == "xmp" || arguments.format == "txt")
        return exportSidecars(arguments, place, context);
    const auto catalogue = openForReading(context);
    if (!catalogue)
        return fail(catalogue.error());
    catalogue::PhotoFilter filter;
    if (!arguments.folder.empty())
        filter.folder = absolutePath(arguments.folder).native();
    const auto photos = (*catalogue)->photoIds(filter, catalogue::SortKey::Path, false);
    if (!photos)
        return fail(photos.error());
    const auto progress = progressLine(context);
    if (arguments.format == "html")
        return exchange::writeGallery(**catalogue, *photos, place, context.stop, progress);
    if (arguments.format == "copies" || arguments.format == "links")
        return exchange::writePhotos(**catalogue, *photos, place,
                                     arguments.format == "links" ? exchange::Transfer::Link
                                                                 : exchange::Transfer::CopyWithCaptions,
                                     context.stop, progress);
    const auto table = arguments.format == "csv" ? exchange::Table::Csv : exchange::Table::Json;
    return exchange::writeTable(**catalogue, *photos, table, fileIn(place, "captions." + arguments.format),
                                context.stop, progress);
}

Result<exchange::Report> importFrom(const ExchangeArguments &arguments, const std::filesystem::path &place,
                                    const Context &context)
{
    const auto catalogue = openForWriting(context);
    if (!catalogue)
        return fail(catalogue.error());
    const auto progress = progressLine(context);
    if (arguments.format == "csv")
        return exchange::readCsv(**catalogue, fileIn(place, "captions.csv"), arguments.differing(), context.stop,
                                 progress);
    const auto kind = arguments.format == "xmp"   ? exchange::FolderOf::Xmp
                      : arguments.format == "txt" ? exchange::FolderOf::Text
                                                  : exchange::FolderOf::Takeout;
    return exchange::readFolder(**catalogue, place, kind, arguments.differing(), context.stop, progress);
}

using Exchange = Result<exchange::Report> (*)(const ExchangeArguments &, const std::filesystem::path &,
                                              const Context &);

Run running(const std::shared_ptr<ExchangeArguments> &arguments, Exchange exchange)
{
    return [arguments, exchange](const Context &context) -> Result<Output> {
        const auto place = absolutePath(arguments->place);
        const auto report = exchange(*arguments, place, context);
        if (!report)
            return fail(report.error());
        return outputOf(*report, *arguments, place);
    };
}

} // namespace

std::vector<Command> exchangeCommands(CLI::App &parent)
{
    auto *out = parent.add_subcommand("export", "Captions or points out of the library");
    auto outgoing = std::make_shared<ExchangeArguments>();
    out->add_option("--format", outgoing->format, "csv, json, xmp, txt, html, npy, copies or links")
        ->required()
        ->check(CLI::IsMember({"csv", "json", "xmp", "txt", "html", "npy", "copies", "links"}));
    out->add_option("PLACE", outgoing->place, "A file (csv, json) or a folder")->required();
    out->add_option("--folder", outgoing->folder, "Only photos below this folder");
    out->add_option("--encoder", outgoing->encoder, "npy: encoder of the bundle; by default its first");
    out->add_flag("--replace", outgoing->replace, "Write over other texts; they stay in the history");

    auto *in = parent.add_subcommand("import", "Captions into the library");
    auto incoming = std::make_shared<ExchangeArguments>();
    in->add_option("--format", incoming->format, "csv, txt, xmp or takeout")
        ->required()
        ->check(CLI::IsMember({"csv", "txt", "xmp", "takeout"}));
    in->add_option("PLACE", incoming->place, "A file (csv) or a folder")->required();
    in->add_flag("--replace", incoming->replace, "Take other texts than one's own; those stay in the history");
    return {{out, running(outgoing, exportAs)}, {in, running(incoming, importFrom)}};
}

} // namespace photolex::cli
