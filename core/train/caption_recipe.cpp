#include "core/base/bytes.h"
#include "core/train/captions.h"

#include <fmt/format.h>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace photolex::train {

namespace {

using Json = nlohmann::json;
using Setters = std::map<std::string, std::function<void(const Json &)>, std::less<>>;

void apply(const Json &json, const Setters &setters)
{
    if (!json.is_object())
        throw std::invalid_argument("an object is wanted");
    for (const auto &[key, value] : json.items()) {
        const auto found = setters.find(key);
        if (found == setters.end())
            throw std::invalid_argument(fmt::format("\"{}\": there is no such key", key));
        try {
            found->second(value);
        } catch (const std::exception &error) {
            throw std::invalid_argument(fmt::format("\"{}\": {}", key, error.what()));
        }
    }
}

template <class T>
std::function<void(const Json &)> within(T &target, T least, T most)
{
    return [&target, least, most](const Json &value) {
        target = value.get<T>();
        if (!(target >= least && target <= most))
            throw std::invalid_argument(fmt::format("it must lie in {} to {}", least, most));
    };
}

LanguageRecipe modelFrom(const Json &json)
{
    LanguageRecipe recipe;
    apply(json, {{"kind",
                  [&](const Json &value) {
                      const auto kind = caption::kindFrom(value.get<std::string>());
                      if (!kind)
                          throw std::invalid_argument(kind.error().detail);
                      recipe.kind = *kind;
                  }},
                 {"factors", within(recipe.factors, 1, 4096)},
                 {"dimension", within(recipe.dimension, 1, 4096)},
                 {"attributes", within(recipe.attributes, 1, 4096)},
                 {"epochs", within(recipe.epochs, 1, 1000)},
                 {"batch", within(recipe.batch, 1, 65536)},
                 {"samples", within(recipe.samples, 1, 65536)},
                 {"learning_rate", within(recipe.learningRate, 1e-9, 10.0)},
                 {"warm_up_steps", within(recipe.warmUpSteps, 0, 1000000)},
                 {"noise", within(recipe.noise, 0.0, 100.0)},
                 {"group_share", within(recipe.groupShare, 0.0, 1.0)}});
    return recipe;
}

} // namespace

bool isCaptionRecipe(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, std::size_t{1} << 20);
    const auto json = text ? Json::parse(*text, nullptr, /*allow_exceptions=*/false) : Json();
    return json.is_object() && json.contains("captions");
}

Result<CaptionRecipe> readCaptionRecipe(const std::filesystem::path &file)
{
    const auto text = readTextFile(file, std::size_t{1} << 20);
    if (!text)
        return fail(text.error());
    try {
        CaptionRecipe recipe;
        apply(Json::parse(*text),
              {{"captions", [&](const Json &captions) {
                    apply(captions, {{"encoder", [&](const Json &value) { recipe.encoder = value.get<std::string>(); }},
                                     {"vocabulary", within(recipe.vocabulary, 10, 60000)},
                                     {"minimum_count", within(recipe.minimumCount, 1, 1000000)},
                                     {"structures", within(recipe.structures, 1, 1000000)},
                                     {"sentences", within(recipe.sentences, std::int64_t{0}, std::int64_t{1} << 40)},
                                     {"ridge", within(recipe.ridge, 1e-9, 1e9)},
                                     {"seed", [&](const Json &value) { recipe.seed = value.get<std::uint64_t>(); }},
                                     {"models", [&](const Json &models) {
                                          for (const auto &model : models)
                                              recipe.models.push_back(modelFrom(model));
                                      }}});
                }}});
        if (recipe.models.empty())
            throw std::invalid_argument("\"captions\": at least one of \"models\" is needed");
        return recipe;
    } catch (const std::exception &error) {
        return fail(Errc::Invalid, displayText(file), displayText(error.what()));
    }
}

} // namespace photolex::train
