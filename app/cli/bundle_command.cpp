#include "app/cli/command.h"
#include "core/base/bytes.h"
#include "core/joint/encoder.h"
#include "core/joint/installing.h"
#include "core/model/bundle.h"

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
    const auto [import, importFolder] = withId("import", "Check a bundle, then install a copy", "FOLDER", true);
    commands.push_back({import, [folder = importFolder](const Context &) -> Result<Output> {
                            const auto installed = joint::installBundle(absolutePath(*folder));
                            if (!installed)
                                return fail(installed.error());
                            return Output{.json = {{"id", installed->id}, {"path", displayText(installed->folder)}},
                                          .text = fmt::format("{} installed\n", installed->id)};
                        }});
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
