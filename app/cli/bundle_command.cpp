#include "app/cli/command.h"
#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/indexing/indexer.h"
#include "core/joint/crowding.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/joint/outside.h"
#include "core/joint/ready_rows.h"
#include "core/model/bundle.h"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace photolex::cli {

namespace {

Json bundleJson(const model::Installed &installed, const model::Manifest &manifest)
{
    Json encoders = Json::array();
    for (const auto &encoder : manifest.encoders)
        encoders.push_back(encoder.id);
    return {{"id", manifest.id},           {"version", manifest.version},   {"title", manifest.title},
            {"licence", manifest.licence}, {"language", manifest.language}, {"path", displayText(installed.folder)},
            {"ours", installed.ours},      {"encoders", encoders}};
}

Json encoderJson(const model::EncoderEntry &encoder, const std::string &bundle)
{
    return {{"id", encoder.id}, {"kind", encoder.kind},       {"name", encoder.name}, {"dimension", encoder.dimension},
            {"bundle", bundle}, {"metrics", encoder.metrics}, {"tail", encoder.tail}};
}

Result<Output> runList()
{
    Output output{.json = {{"bundles", Json::array()}, {"encoders", Json::array()}}};
    for (const auto &installed : model::installedBundles()) {
        const auto manifest = model::readManifest(installed.folder / "manifest.json");
        if (!manifest) {
            output.json["bundles"].push_back({{"id", installed.id},
                                              {"path", displayText(installed.folder)},
                                              {"error", errorJson(manifest.error())}});
            output.text += fmt::format("{}: {}\n", installed.id, sentence(manifest.error()));
            continue;
        }
        output.json["bundles"].push_back(bundleJson(installed, *manifest));
        output.text +=
            fmt::format("{} {}: {} ({})\n", manifest->id, manifest->version, manifest->title, manifest->licence);
        for (const auto &encoder : manifest->encoders) {
            output.json["encoders"].push_back(encoderJson(encoder, manifest->id));
            output.text += fmt::format("    {} ({}, {} dimensions): {}\n", encoder.id, encoder.kind, encoder.dimension,
                                       encoder.name);
        }
    }
    return output;
}

Result<Output> runShow(const std::string &id)
{
    const auto bundle = model::openBundle(id);
    if (!bundle)
        return fail(bundle.error());
    const auto &manifest = (*bundle)->manifest();
    Output output;
    output.json = bundleJson({manifest.id, (*bundle)->folder(), false}, manifest);
    output.json.erase("ours");
    output.json["provenance"] = manifest.provenance;
    output.json["trained_on"] = manifest.trainedOn;
    output.json["encoders"] = Json::array();
    output.text = fmt::format("{} {}\n{}\nLicence: {}\n{}\n", manifest.id, manifest.version, manifest.title,
                              manifest.licence, manifest.provenance);
    for (const auto &set : manifest.trainedOn)
        output.text += fmt::format("Trained on: {}\n", set);
    for (const auto &encoder : manifest.encoders) {
        output.json["encoders"].push_back(encoderJson(encoder, manifest.id));
        output.text += fmt::format("Encoder {}: {}, {} dimensions{}\n", encoder.id, encoder.kind, encoder.dimension,
                                   encoder.tail.empty() ? "" : fmt::format(", tail {}", encoder.tail));
        for (const auto &[name, value] : encoder.metrics)
            output.text += fmt::format("    {} {:.1f}\n", name, value);
    }
    return output;
}

Result<Output> runVerify(const std::string &id)
{
    const auto bundle = model::openBundle(id); // checks files, hashes and shapes
    if (!bundle)
        return fail(bundle.error());
    if (auto tested = joint::selfTest(*bundle); !tested)
        return fail(tested.error());
    const auto &name = (*bundle)->manifest().id;
    return Output{.json = {{"id", name}, {"ok", true}}, .text = fmt::format("{}: sound\n", name)};
}

// "0.48,0.46,0.41"
Result<std::array<float, 3>> threeNumbers(const std::string &text, const std::string &option)
{
    std::array<float, 3> numbers{};
    const char *at = text.data();
    const char *const end = at + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        const bool isLast = i + 1 == numbers.size();
        if (error != std::errc() || (isLast ? next != end : next == end || *next != ','))
            return fail(Errc::Invalid, option, "three numbers with commas between them: R,G,B");
        at = next + (isLast ? 0 : 1);
    }
    return numbers;
}

struct ImportArguments {
    std::string folder, imageModule, textModule, tokenizer, mean, deviation, name, licence;
    std::string rows, paths, textRows, sentences, root;
    int side = 0, length = 0;
    bool acceptCode = false;
};

void addChecks(const std::vector<joint::ImportCheck> &checks, Output &output)
{
    output.json["checks"] = Json::array();
    for (const auto &check : checks) {
        output.json["checks"].push_back({{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
        output.text += fmt::format("    {}: {}\n", check.name, check.detail);
    }
}

Result<Output> runImportPair(const ImportArguments &arguments, const std::stop_token &stop)
{
    const auto colon = arguments.tokenizer.find(':');
    if (arguments.imageModule.empty() || arguments.textModule.empty() || arguments.name.empty() ||
        arguments.side == 0 || colon == std::string::npos)
        return fail(Errc::Invalid, "import",
                    "a pair of modules needs --image-module, --text-module, --tokenizer KIND:FILE, --size and --name");
    joint::OutsidePair pair;
    pair.imageModule = absolutePath(arguments.imageModule);
    pair.textModule = absolutePath(arguments.textModule);
    pair.tokenizer = arguments.tokenizer.substr(0, colon);
    pair.pieces = absolutePath(arguments.tokenizer.substr(colon + 1));
    pair.side = arguments.side;
    pair.textLength = arguments.length;
    pair.id = arguments.name;
    pair.licence = arguments.licence;
    pair.acceptCode = arguments.acceptCode;
    const auto means = threeNumbers(arguments.mean, "--mean");
    if (!means)
        return fail(means.error());
    const auto deviations = threeNumbers(arguments.deviation, "--std");
    if (!deviations)
        return fail(deviations.error());
    pair.means = *means;
    pair.deviations = *deviations;
    const auto imported = joint::importPair(pair, stop);
    if (!imported)
        return fail(imported.error());
    Output output{.json = {{"id", imported->installed.id},
                           {"path", displayText(imported->installed.folder)},
                           {"dimension", imported->dimension},
                           {"seconds_per_photo", imported->secondsPerPhoto}},
                  .text = fmt::format("{} installed, {} dimensions\n", imported->installed.id, imported->dimension)};
    addChecks(imported->checks, output);
    return output;
}

// Puts the rows to the photos of the library, where there is one, and tells which found none.
Result<> matchWithLibrary(const std::string &id, const Context &context, Output &output)
{
    std::error_code ignored;
    if (!std::filesystem::exists(context.library, ignored)) {
        output.text += "There is no library yet; once there is, its photos get the rows that are of them.\n";
        return {};
    }
    const auto catalogue = openForWriting(context);
    if (!catalogue)
        return fail(catalogue.error());
    auto bundle = model::openBundle(id);
    if (!bundle)
        return fail(bundle.error());
    const auto encoder = joint::Encoder::open(std::move(*bundle));
    if (!encoder)
        return fail(encoder.error());
    const auto report = indexing::fillReadyRows(**catalogue, **encoder, context.stop);
    if (!report)
        return fail(report.error());
    const auto texts = [](const std::vector<std::string> &paths) {
        Json json = Json::array();
        for (const auto &path : paths)
            json.push_back(displayText(path));
        return json;
    };
    output.json["matched"] = {
        {"by_path", report->byPath}, {"by_ending", report->byEnding}, {"by_name", report->byName}};
    output.json["unmatched"] = texts(report->unmatched);
    output.json["ambiguous"] = texts(report->ambiguous);
    output.text += fmt::format("{} rows found their photo in the library: {} by the whole path, {} by its end, {} by "
                               "the name alone; {} found none, {} could be several\n",
                               report->byPath + report->byEnding + report->byName, report->byPath, report->byEnding,
                               report->byName, report->unmatched.size(), report->ambiguous.size());
    for (const auto &[kind, paths] :
         {std::pair("no photo of the library", &report->unmatched), std::pair("several photos", &report->ambiguous)})
        for (const auto &path : *paths)
            output.text += fmt::format("    {}: {}\n", kind, displayText(path));
    return {};
}

Result<Output> runImportRows(const ImportArguments &arguments, const Context &context)
{
    if (arguments.rows.empty() || arguments.paths.empty() || arguments.name.empty())
        return fail(Errc::Invalid, "import", "ready-made rows need --rows, --paths and --name");
    const auto given = [](const std::string &file) {
        return file.empty() ? std::filesystem::path() : absolutePath(file);
    };
    const auto imported = joint::importRows({.rows = given(arguments.rows),
                                             .paths = given(arguments.paths),
                                             .texts = given(arguments.textRows),
                                             .sentences = given(arguments.sentences),
                                             .root = given(arguments.root),
                                             .id = arguments.name,
                                             .licence = arguments.licence},
                                            context.stop);
    if (!imported)
        return fail(imported.error());
    Output output{.json = {{"id", imported->installed.id},
                           {"path", displayText(imported->installed.folder)},
                           {"dimension", imported->dimension},
                           {"rows", imported->rows},
                           {"sentences", imported->sentences}},
                  .text =
                      fmt::format("{} installed: {} rows and {} sentences of {} dimensions\n", imported->installed.id,
                                  imported->rows, imported->sentences, imported->dimension)};
    addChecks(imported->checks, output);
    if (auto matched = matchWithLibrary(imported->installed.id, context, output); !matched)
        return fail(matched.error());
    return output;
}

Result<Output> runImport(const ImportArguments &arguments, const Context &context)
{
    const bool isFolder = !arguments.folder.empty();
    const bool isPair = !arguments.imageModule.empty() || !arguments.textModule.empty();
    const bool areRows = !arguments.rows.empty() || !arguments.paths.empty() || !arguments.textRows.empty();
    if (int{isFolder} + int{isPair} + int{areRows} != 1)
        return fail(Errc::Invalid, "import",
                    "one of these: the folder of a bundle, a pair of modules, ready-made rows");
    if (isPair)
        return runImportPair(arguments, context.stop);
    if (areRows)
        return runImportRows(arguments, context);
    const auto installed = joint::installBundle(
        absolutePath(arguments.folder), arguments.acceptCode ? joint::Code::Accepted : joint::Code::NotAccepted);
    if (!installed)
        return fail(installed.error());
    return Output{.json = {{"id", installed->id}, {"path", displayText(installed->folder)}},
                  .text = fmt::format("{} installed\n", installed->id)};
}

Result<Output> runJoin(const std::vector<std::string> &folders, const std::string &out, const std::string &metrics)
{
    const auto target = absolutePath(out);
    auto manifest = model::joinBundles({folders.begin(), folders.end()}, target);
    if (!manifest)
        return fail(manifest.error());
    if (!metrics.empty()) {
        const auto text = readTextFile(metrics);
        if (!text)
            return fail(text.error());
        const auto json = Json::parse(*text, nullptr, false);
        if (!json.is_object())
            return fail(Errc::Invalid, metrics, "it is no JSON object");
        for (auto &encoder : manifest->encoders)
            if (const auto figures = json.find(encoder.id); figures != json.end() && figures->is_object())
                for (const auto &[name, value] : figures->items())
                    if (value.is_number())
                        encoder.metrics[name] = value.get<double>();
    }
    if (auto written = joint::writeSelfTests(target, *manifest); !written)
        return fail(written.error());
    return Output{.json = {{"id", manifest->id}, {"path", displayText(target)}},
                  .text = fmt::format("{} written\n", displayText(target))};
}

Result<Output> runTypical(const std::string &folder, const std::string &file)
{
    auto sentences = readLines(file);
    if (!sentences)
        return fail(sentences.error());
    std::erase_if(*sentences, [](const auto &line) { return line.find_first_not_of(" \t") == std::string::npos; });
    const auto target = absolutePath(folder);
    if (auto written = joint::setTypicalSentences(target, *sentences); !written)
        return fail(written.error());
    return Output{.json = {{"path", displayText(target / joint::typicalFile)}, {"sentences", sentences->size()}},
                  .text = fmt::format("{} sentences written to {}\n", sentences->size(),
                                      displayText(target / joint::typicalFile))};
}

} // namespace

std::vector<Command> bundleCommands(CLI::App &parent)
{
    auto *bundle = parent.add_subcommand("bundle", "List, show, check, import and remove model bundles");
    bundle->require_subcommand(1);
    bundle->fallthrough();
    std::vector<Command> commands;

    commands.push_back({bundle->add_subcommand("list", "Installed bundles and their encoders"),
                        [](const Context &) { return runList(); }});

    const auto withId = [&](const char *name, const char *help, const char *what, bool required) {
        auto *app = bundle->add_subcommand(name, help);
        auto id = std::make_shared<std::string>();
        auto *option = app->add_option(what, *id, "Bundle id or folder");
        if (required)
            option->required();
        return std::pair(app, id);
    };
    const auto chosen = [](const std::string &id, const Context &context) { return id.empty() ? context.bundle : id; };

    const auto [show, showId] = withId("show", "Licence, provenance, encoders and metrics", "ID", false);
    commands.push_back({show, [id = showId, chosen](const Context &context) { return runShow(chosen(*id, context)); }});
    const auto [verify, verifyId] = withId("verify", "Check hashes, shapes and the stored pictures", "ID", false);
    commands.push_back(
        {verify, [id = verifyId, chosen](const Context &context) { return runVerify(chosen(*id, context)); }});
    auto *import = bundle->add_subcommand(
        "import", "Check a bundle, a pair of TorchScript modules or ready-made rows, then install it");
    auto given = std::make_shared<ImportArguments>();
    import->add_option("FOLDER", given->folder, "Folder of a bundle");
    import->add_option("--image-module", given->imageModule,
                       "TorchScript: float32 (n, 3, N, N) in 0..1 after mean and std to (n, d)");
    import->add_option("--text-module", given->textModule, "TorchScript: int64 (n, L) to (n, d)");
    import->add_option("--tokenizer", given->tokenizer, "words:FILE, wordpiece:FILE or bpe:FILE");
    import->add_option("--size", given->side, "N, pixels");
    import->add_option("--mean", given->mean, "R,G,B")->default_val("0,0,0");
    import->add_option("--std", given->deviation, "R,G,B")->default_val("1,1,1");
    import->add_option("--length", given->length, "L; by default 77 for bpe, else 64");
    import->add_option("--rows", given->rows, "Ready-made rows of photos: a matrix of NumPy (.npy), one row a photo");
    import->add_option("--paths", given->paths, "Their photos: a table with a column \"path\", or one path a line");
    import->add_option("--root", given->root, "Folder that relative paths are meant from");
    import->add_option("--text-rows", given->textRows, "Ready-made rows of sentences (.npy), of the same space");
    import->add_option("--sentences", given->sentences, "Their sentences, one a line");
    import->add_option("--name", given->name, "Id of the new bundle");
    import->add_option("--licence", given->licence, "Its licence, as the author says");
    import->add_flag("--accept-code", given->acceptCode,
                     "The modules are code that runs with your rights: you looked where they come from");
    commands.push_back({import, [given](const Context &context) { return runImport(*given, context); }});
    const auto [remove, removeId] = withId("remove", "Remove an imported bundle", "ID", true);
    commands.push_back({remove, [id = removeId](const Context &) -> Result<Output> {
                            if (auto removed = model::removeBundle(*id); !removed)
                                return fail(removed.error());
                            return Output{.json = {{"removed", *id}}, .text = fmt::format("{} removed\n", *id)};
                        }});
    auto *join = bundle->add_subcommand("join", "One bundle with the encoders of several");
    auto joinFolders = std::make_shared<std::vector<std::string>>();
    auto joinOut = std::make_shared<std::string>();
    auto joinMetrics = std::make_shared<std::string>();
    join->add_option("FOLDER", *joinFolders, "Bundles that share an image network")->required();
    join->add_option("--out", *joinOut, "Folder of the new bundle")->required();
    join->add_option("--metrics", *joinMetrics, "Measured figures (JSON: encoder, then name and number)");
    commands.push_back({join, [joinFolders, joinOut, joinMetrics](const Context &) {
                            return runJoin(*joinFolders, *joinOut, *joinMetrics);
                        }});
    auto *typical = bundle->add_subcommand(
        "typical", "Put sentences such as are asked for into a bundle, so that photos near to everything stand back");
    auto places = std::make_shared<std::vector<std::string>>();
    typical->add_option("FOLDER FILE", *places, "The bundle, and a text file with one sentence a line")
        ->required()
        ->expected(2);
    commands.push_back({typical, [places](const Context &) { return runTypical((*places)[0], (*places)[1]); }});
    auto *narrow = bundle->add_subcommand("make-network", "Write the image network's float32 weights as float16");
    auto files = std::make_shared<std::vector<std::string>>();
    narrow->add_option("FROM TO", *files, "Two safetensors files")->required()->expected(2);
    commands.push_back(
        {narrow, [files](const Context &) -> Result<Output> {
             if (auto written = narrowToHalf((*files)[0], (*files)[1]); !written)
                 return fail(written.error());
             return Output{.json = {{"path", (*files)[1]}}, .text = fmt::format("{} written\n", (*files)[1])};
         }});
    return commands;
}

} // namespace photolex::cli
