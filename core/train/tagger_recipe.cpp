#include "core/base/bytes.h"
#include "core/train/tagger.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace photolex::train {

namespace {

using Json = nlohmann::json;

double numberIn(const std::string &key, const Json &value, double least, double most)
{
    if (!value.is_number() || value.get<double>() < least || value.get<double>() > most)
        throw std::invalid_argument(fmt::format("\"{}\" must be a number from {} to {}", key, least, most));
    return value.get<double>();
}

TaggerSet setFrom(const Json &json)
{
    TaggerSet set;
    for (const auto &[key, value] : json.items()) {
        if (key == "share")
            set.share = numberIn(key, value, 0, 100);
        else if (key == "lexicon_weight")
            set.lexiconWeight = numberIn(key, value, 0, 100);
        else if (key == "unmarked")
            set.unmarked = numberIn(key, value, 0, 1);
        else
            throw std::invalid_argument(fmt::format("\"{}\": there is no such key", key));
    }
    return set;
}

TaggerRecipe recipeFrom(const Json &json)
{
    TaggerRecipe recipe;
    for (const auto &[key, value] : json.items()) {
        if (key == "epochs")
            recipe.options.epochs = static_cast<int>(numberIn(key, value, 1, 1000));
        else if (key == "runs")
            recipe.options.runs = static_cast<int>(numberIn(key, value, 1, 100));
        else if (key == "minimum_uses")
            recipe.options.minimumUses = static_cast<int>(numberIn(key, value, 1, 1e6));
        else if (key == "smallest")
            recipe.options.smallest = numberIn(key, value, 0, 100);
        else if (key == "rare_tag_share")
            recipe.options.rareTagShare = numberIn(key, value, 0, 1);
        else if (key == "seed")
            recipe.options.seed = value.get<std::uint64_t>();
        else if (key == "captions")
            recipe.captions = setFrom(value);
        else if (key == "caption_count")
            recipe.captionCount = static_cast<int>(numberIn(key, value, 1, 1e8));
        else if (key == "sets")
            for (const auto &[name, set] : value.items())
                recipe.sets[name] = setFrom(set);
        else
            throw std::invalid_argument(fmt::format("\"{}\": there is no such key", key));
    }
    if (recipe.sets.empty())
        throw std::invalid_argument("it names no set");
    return recipe;
}

} // namespace

bool isTaggerRecipe(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, std::size_t{1} << 20);
    const auto json = text ? Json::parse(*text, nullptr, /*allow_exceptions=*/false) : Json();
    return json.is_object() && json.contains("tagger");
}

Result<TaggerRecipe> readTaggerRecipe(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, std::size_t{1} << 20);
    if (!text)
        return fail(text.error());
    try {
        const auto json = Json::parse(*text);
        for (const auto &[key, value] : json.items())
            if (key != "tagger")
                throw std::invalid_argument(fmt::format("\"{}\": there is no such key beside \"tagger\"", key));
        return recipeFrom(json.at("tagger"));
    } catch (const std::exception &error) {
        return fail(Errc::Invalid, displayText(file), displayText(error.what()));
    }
}

} // namespace photolex::train
