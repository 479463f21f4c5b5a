#include "core/model/outside.h"

#include "core/base/bytes.h"
#include "core/model/names_p.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace photolex::model {

namespace {

constexpr std::string_view fileName = "outside.json";
constexpr std::string_view stagingName = ".being-made"; // below the user's models; no list shows it

std::string firstWrong(const Outside &outside, const Manifest &manifest)
{
    const auto isListed = [&](const std::string &name) { return isPlainName(name) && manifest.files.contains(name); };
    if (!isListed(outside.pieces) || (!outside.wordPoints.empty() && !isListed(outside.wordPoints)))
        return "a file of it is no plain name, or has no checksum";
    if (outside.textLength < 2 || outside.textLength > 4096)
        return fmt::format("a sentence of {} pieces", outside.textLength);
    for (std::size_t i = 0; i < outside.means.size(); ++i)
        if (!std::isfinite(outside.means[i]) || !(outside.deviations[i] > 0) || !std::isfinite(outside.deviations[i]))
            return "a mean is not finite, or a deviation not above 0";
    return {};
}

} // namespace

Result<Outside> readOutside(const Bundle &bundle)
{
    const auto file = bundle.file(fileName);
    if (!bundle.manifest().files.contains(std::string(fileName)))
        return fail(Errc::Corrupt, displayText(file), "the manifest has no checksum of it");
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    try {
        const auto json = nlohmann::json::parse(*text);
        Outside outside;
        outside.means = json.at("means").get<std::array<float, 3>>();
        outside.deviations = json.at("deviations").get<std::array<float, 3>>();
        outside.tokenizer = json.at("tokenizer").get<std::string>();
        outside.pieces = json.at("pieces").get<std::string>();
        outside.wordPoints = json.at("word_points").get<std::string>();
        outside.textLength = json.at("text_length").get<int>();
        if (auto wrong = firstWrong(outside, bundle.manifest()); !wrong.empty())
            return fail(Errc::Corrupt, displayText(file), std::move(wrong));
        return outside;
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(file), displayText(error.what()));
    }
}

Result<> writeOutside(const std::filesystem::path &folder, const Outside &outside, Manifest &manifest)
{
    for (const auto &name : {std::string(fileName), outside.pieces, outside.wordPoints})
        if (!name.empty())
            manifest.files[name] = {};
    const nlohmann::ordered_json json = {
        {"means", outside.means},   {"deviations", outside.deviations},  {"tokenizer", outside.tokenizer},
        {"pieces", outside.pieces}, {"word_points", outside.wordPoints}, {"text_length", outside.textLength}};
    return writeFileAtomically(folder / fileName, json.dump(2) + "\n");
}

bool holdsCode(const Manifest &manifest)
{
    return manifest.network.kind == outsideNetwork;
}

Result<> mayOpen(const Bundle &bundle)
{
    if (!holdsCode(bundle.manifest()))
        return {};
    std::error_code ignored;
    const auto place = std::filesystem::weakly_canonical(bundle.folder(), ignored).parent_path();
    const auto models = std::filesystem::weakly_canonical(userModels(), ignored);
    if (place == models || place == models / stagingName)
        return {};
    return fail(
        Errc::Denied, displayText(bundle.folder()),
        "it holds TorchScript, which is code that runs when it is opened: import it first, if you trust whoever "
        "made it");
}

Result<std::filesystem::path> stagingFolder(std::string_view id)
{
    if (!isPlainName(id) || id.starts_with('.') || id != trimmed(id))
        return fail(Errc::Invalid, displayText(id), "the id is no plain name");
    for (const auto &other : installedBundles())
        if (other.id == id)
            return fail(Errc::Invalid, std::string(id), "a bundle of that id is installed already: remove it first");
    return userModels() / stagingName / id;
}

Result<Installed> installStaged(std::string_view id)
{
    const auto target = userModels() / id;
    std::error_code error;
    std::filesystem::rename(userModels() / stagingName / id, target, error);
    if (error)
        return fail(systemError(error.value(), displayText(target)));
    return Installed{std::string(id), target, false};
}

} // namespace photolex::model
