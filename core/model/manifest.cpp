// manifest.json ↔ Manifest. A wrong or missing key is refused by name.
#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/model/bundle.h"
#include "core/model/names_p.h"
#include "core/model/ready_rows.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace photolex::model {

namespace {

using Json = nlohmann::ordered_json;

constexpr int plainFormat = 1;
constexpr int tailFormat = 2; // the network has tails
// Byte words, feature powers, and kinds beyond linear and LSTM: who knows of none would take them for something else.
constexpr int byteFormat = 3;
constexpr int outsideFormat = 4; // modules in TorchScript
constexpr int rowsFormat = 5;    // ready-made rows
constexpr int knownFormat = rowsFormat;

NetworkEntry networkFrom(const Json &json)
{
    NetworkEntry entry;
    entry.kind = json.at("kind").get<std::string>();
    entry.file = json.at("file").get<std::string>();
    entry.sha256 = json.at("sha256").get<std::string>();
    entry.inputSide = json.at("input_side").get<int>();
    entry.resize = json.at("resize").get<std::string>();
    entry.mean = json.at("mean").get<float>();
    entry.standardDeviation = json.at("standard_deviation").get<float>();
    entry.featureLayer = json.at("feature_layer").get<std::string>();
    entry.featureDimension = json.at("feature_dimension").get<int>();
    for (const auto &tail : json.value("tails", Json::array()))
        entry.tails.push_back({trimmed(tail.at("id").get<std::string>()), tail.at("file").get<std::string>(),
                               tail.at("sha256").get<std::string>(), tail.at("from_block").get<int>()});
    return entry;
}

Json toJson(const NetworkEntry &entry)
{
    Json json = {{"kind", entry.kind},
                 {"file", entry.file},
                 {"sha256", entry.sha256},
                 {"input_side", entry.inputSide},
                 {"resize", entry.resize},
                 {"mean", entry.mean},
                 {"standard_deviation", entry.standardDeviation},
                 {"feature_layer", entry.featureLayer},
                 {"feature_dimension", entry.featureDimension}};
    for (const auto &tail : entry.tails)
        json["tails"].push_back(
            {{"id", tail.id}, {"file", tail.file}, {"sha256", tail.sha256}, {"from_block", tail.fromBlock}});
    return json;
}

EncoderEntry encoderFrom(const Json &json)
{
    EncoderEntry entry;
    entry.id = trimmed(json.at("id").get<std::string>());
    entry.kind = json.at("kind").get<std::string>();
    entry.name = json.at("name").get<std::string>();
    entry.dimension = json.at("dimension").get<int>();
    entry.wordDimension = json.at("word_dimension").get<int>();
    entry.file = json.at("file").get<std::string>();
    entry.sha256 = json.at("sha256").get<std::string>();
    entry.vocabulary = json.at("vocabulary").get<std::string>();
    entry.metrics = json.value("metrics", std::map<std::string, double>());
    entry.tail = trimmed(json.value("tail", std::string()));
    return entry;
}

Json toJson(const EncoderEntry &entry)
{
    Json json = {{"id", entry.id},
                 {"kind", entry.kind},
                 {"name", entry.name},
                 {"dimension", entry.dimension},
                 {"word_dimension", entry.wordDimension},
                 {"file", entry.file},
                 {"sha256", entry.sha256},
                 {"vocabulary", entry.vocabulary},
                 {"metrics", entry.metrics}};
    if (!entry.tail.empty())
        json["tail"] = entry.tail;
    return json;
}

Manifest manifestFrom(const Json &json)
{
    Manifest manifest;
    manifest.formatVersion = json.at("format_version").get<int>();
    manifest.id = trimmed(json.at("id").get<std::string>());
    manifest.version = json.at("version").get<std::string>();
    manifest.title = json.at("title").get<std::string>();
    manifest.licence = json.at("licence").get<std::string>();
    manifest.provenance = json.at("provenance").get<std::string>();
    manifest.language = json.at("language").get<std::string>();
    manifest.trainedOn = json.at("trained_on").get<std::vector<std::string>>();
    manifest.recipe = json.value("recipe", std::string());
    manifest.seed = json.value("seed", std::uint64_t{0});
    manifest.network = networkFrom(json.at("network"));
    for (const auto &encoder : json.at("encoders"))
        manifest.encoders.push_back(encoderFrom(encoder));
    for (const auto &test : json.at("self_tests"))
        manifest.selfTests.push_back({test.at("picture").get<std::string>(), test.at("vectors").get<std::string>()});
    manifest.files = json.at("files").get<std::map<std::string, std::string>>();
    return manifest;
}

Json toJson(const Manifest &manifest)
{
    Json json = {{"format_version", manifest.formatVersion},
                 {"id", manifest.id},
                 {"version", manifest.version},
                 {"title", manifest.title},
                 {"licence", manifest.licence},
                 {"provenance", manifest.provenance},
                 {"language", manifest.language},
                 {"trained_on", manifest.trainedOn},
                 {"recipe", manifest.recipe},
                 {"seed", manifest.seed},
                 {"network", toJson(manifest.network)},
                 {"encoders", Json::array()},
                 {"self_tests", Json::array()},
                 {"files", manifest.files}};
    for (const auto &encoder : manifest.encoders)
        json["encoders"].push_back(toJson(encoder));
    for (const auto &test : manifest.selfTests)
        json["self_tests"].push_back({{"picture", test.picture}, {"vectors", test.vectors}});
    return json;
}

// The oldest format whose readers understand every encoder.
int neededFormat(const std::filesystem::path &folder, const Manifest &manifest)
{
    if (manifest.network.kind == outsideNetwork)
        return outsideFormat;
    if (holdsReadyRows(manifest))
        return rowsFormat;
    for (const auto &encoder : manifest.encoders) {
        if (encoder.kind != "linear" && encoder.kind != "lstm")
            return byteFormat;
        const auto file = TensorFile::open(folder / encoder.file);
        if (file && (file->find("words.scale") || file->find("power_map")))
            return byteFormat;
    }
    return manifest.network.tails.empty() ? plainFormat : tailFormat;
}

std::string firstWrongTail(const NetworkEntry &network)
{
    std::set<std::string> ids;
    for (const auto &tail : network.tails) {
        if (tail.id.empty() || !ids.insert(tail.id).second)
            return fmt::format("the tail id \"{}\" is empty or occurs twice", tail.id);
        if (!isPlainName(tail.file))
            return fmt::format("tail \"{}\": \"{}\" is no plain file name", tail.id, tail.file);
        if (tail.fromBlock < 1 || tail.fromBlock > 1000)
            return fmt::format("tail \"{}\": its first block is out of range", tail.id);
    }
    return {};
}

std::string firstWrong(const Manifest &manifest)
{
    if (manifest.id.empty())
        return "the id is empty";
    if (!isPlainName(manifest.id))
        return "the id is no plain name";
    if (manifest.encoders.empty())
        return "it names no encoder";
    const auto &network = manifest.network;
    if (network.inputSide < 1 || network.inputSide > 4096 || network.featureDimension < 1 ||
        network.featureDimension > 65536)
        return "the image network's sizes are out of range";
    if (!isPlainName(network.file))
        return fmt::format("\"{}\" is no plain file name", network.file);
    if (auto wrong = firstWrongTail(network); !wrong.empty())
        return wrong;
    std::set<std::string> ids;
    for (const auto &encoder : manifest.encoders) {
        if (encoder.id.empty() || !ids.insert(encoder.id).second)
            return fmt::format("the encoder id \"{}\" is empty or occurs twice", encoder.id);
        static const std::set<std::string> kinds = {
            "linear", "lstm", "gru", "skip-gram", "devise", std::string(outsideEncoder), std::string(rowsKind)};
        if (!kinds.contains(encoder.kind))
            return fmt::format("encoder \"{}\": unknown kind \"{}\"", encoder.id, encoder.kind);
        if (encoder.dimension < 1 || encoder.dimension > 4096 || encoder.wordDimension < 1 ||
            encoder.wordDimension > 4096)
            return fmt::format("encoder \"{}\": a dimension lies outside 1 to 4096", encoder.id);
        if (!isPlainName(encoder.file) || !isPlainName(encoder.vocabulary))
            return fmt::format("encoder \"{}\": a file name is no plain name", encoder.id);
        // Modules and rows from outside come as pairs: points of one side need the other.
        if ((encoder.kind == outsideEncoder) != (network.kind == outsideNetwork) ||
            (encoder.kind == rowsKind) != holdsReadyRows(manifest))
            return fmt::format("encoder \"{}\": its kind does not fit the kind of the image network", encoder.id);
        if ((encoder.kind == outsideEncoder || encoder.kind == rowsKind) &&
            encoder.dimension != network.featureDimension)
            return fmt::format("encoder \"{}\": photos and sentences have different dimensions", encoder.id);
        if (!encoder.tail.empty() &&
            std::ranges::find(network.tails, encoder.tail, &TailEntry::id) == network.tails.end())
            return fmt::format("encoder \"{}\": the network has no tail \"{}\"", encoder.id, encoder.tail);
    }
    for (const auto &[name, hash] : manifest.files)
        if (!isPlainName(name))
            return fmt::format("\"{}\" is no plain file name", name);
    for (const auto &test : manifest.selfTests)
        if (!isPlainName(test.picture) || !isPlainName(test.vectors))
            return "a self-test names no plain file";
    return {};
}

} // namespace

Result<Manifest> readManifest(const std::filesystem::path &manifestFile)
{
    const auto subject = displayText(manifestFile);
    const auto text = readTextFile(manifestFile, std::size_t{16} << 20);
    if (!text)
        return fail(text.error());
    try {
        const auto json = Json::parse(*text);
        const int version = json.at("format_version").get<int>();
        if (version > knownFormat)
            return fail(Errc::Unsupported, subject,
                        fmt::format("format {} is newer than format {}, which this version reads: update Photolex",
                                    version, knownFormat));
        auto manifest = manifestFrom(json);
        if (auto wrong = firstWrong(manifest); !wrong.empty())
            return fail(Errc::Corrupt, subject, std::move(wrong));
        return manifest;
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, subject, displayText(error.what()));
    }
}

Result<> writeManifest(const std::filesystem::path &folder, Manifest manifest)
{
    const auto hash = [&](const std::string &name) { return sha256HexOfFile(folder / name); };
    auto network = hash(manifest.network.file);
    if (!network)
        return fail(network.error());
    manifest.network.sha256 = *network;
    for (auto &tail : manifest.network.tails) {
        auto own = hash(tail.file);
        if (!own)
            return fail(own.error());
        tail.sha256 = *own;
    }
    manifest.formatVersion = neededFormat(folder, manifest);
    for (auto &encoder : manifest.encoders) {
        auto own = hash(encoder.file);
        if (!own)
            return fail(own.error());
        encoder.sha256 = *own;
        manifest.files[encoder.vocabulary] = {};
    }
    for (const auto &test : manifest.selfTests) {
        manifest.files[test.picture] = {};
        manifest.files[test.vectors] = {};
    }
    if (!manifest.recipe.empty())
        manifest.files[manifest.recipe] = {};
    for (auto &[name, sum] : manifest.files) {
        auto own = hash(name);
        if (!own)
            return fail(own.error());
        sum = *own;
    }
    if (auto wrong = firstWrong(manifest); !wrong.empty())
        return fail(Errc::Invalid, displayText(folder), std::move(wrong));
    return writeFileAtomically(folder / "manifest.json", toJson(manifest).dump(2) + "\n");
}

} // namespace photolex::model
