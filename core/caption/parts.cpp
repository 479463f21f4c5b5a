#include "core/caption/parts.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace photolex::caption {

namespace {

std::vector<std::string> filesOf(const Parts &parts)
{
    std::vector<std::string> files = {std::string(partsFile), std::string(lexiconFile), std::string(structuresFile),
                                      std::string(mapFile), std::string(taggerFile)};
    if (parts.hasSentences)
        files.emplace_back(sentencesFile);
    for (const auto kind : parts.models)
        files.push_back(modelFile(kind));
    return files;
}

} // namespace

std::string modelFile(Kind kind)
{
    return fmt::format("captions.{}.safetensors", kindName(kind));
}

Result<Parts> readParts(const model::Bundle &bundle)
{
    const auto &files = bundle.manifest().files;
    if (!files.contains(std::string(partsFile)))
        return fail(Errc::NotFound, bundle.manifest().id, "the bundle has no models of captions");
    const auto subject = displayText(bundle.file(partsFile));
    const auto text = readTextFile(bundle.file(partsFile), std::size_t{1} << 20);
    if (!text)
        return fail(text.error());
    Parts parts;
    try {
        const auto json = nlohmann::json::parse(*text);
        parts.encoder = json.at("encoder").get<std::string>();
        parts.encoderHash = json.at("encoder_hash").get<std::string>();
        parts.hasSentences = json.at("sentences").get<bool>();
        parts.metrics = json.at("metrics").get<std::map<std::string, double>>();
        for (const auto &name : json.at("models")) {
            const auto kind = kindFrom(name.get<std::string>());
            if (!kind)
                return fail(Errc::Corrupt, subject, kind.error().detail);
            parts.models.push_back(*kind);
        }
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, subject, displayText(error.what()));
    }
    if (parts.models.empty())
        return fail(Errc::Corrupt, subject, "it names no language model");
    for (const auto &file : filesOf(parts))
        if (!files.contains(file))
            return fail(Errc::Corrupt, subject, fmt::format("the manifest does not list {}", file));
    return parts;
}

Result<std::vector<std::string>> readSentences(const model::Bundle &bundle)
{
    const auto parts = readParts(bundle);
    if (!parts)
        return fail(parts.error());
    if (!parts->hasSentences)
        return fail(Errc::NotFound, bundle.manifest().id, "the bundle has no sentences to retrieve");
    return readLines(bundle.file(sentencesFile));
}

Result<> writeParts(const std::filesystem::path &folder, const Parts &parts)
{
    auto manifest = model::readManifest(folder / "manifest.json");
    if (!manifest)
        return fail(manifest.error());
    nlohmann::ordered_json json = {{"encoder", parts.encoder},
                                   {"encoder_hash", parts.encoderHash},
                                   {"models", nlohmann::ordered_json::array()},
                                   {"sentences", parts.hasSentences},
                                   {"metrics", parts.metrics}};
    for (const auto kind : parts.models)
        json["models"].push_back(kindName(kind));
    if (auto written = writeFileAtomically(folder / partsFile, json.dump(2) + "\n"); !written)
        return written;
    for (const auto &file : filesOf(parts))
        manifest->files[file] = {};
    return model::writeManifest(folder, *manifest);
}

} // namespace photolex::caption
