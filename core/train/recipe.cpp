// Recipes are JSON; a wrong key or value is refused by name, since a mistyped one would silently train something else.
#include "core/base/bytes.h"
#include "core/train/train.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace photolex::train {

namespace {

using Json = nlohmann::json;
using Setters = std::map<std::string, std::function<void(const Json &)>, std::less<>>;

template <class T>
std::function<void(const Json &)> into(T &target)
{
    return [&target](const Json &value) { target = value.get<T>(); };
}

std::function<void(const Json &)> positive(double &target)
{
    return [&target](const Json &value) {
        target = value.get<double>();
        if (!(target > 0))
            throw std::invalid_argument("it must be above zero");
    };
}

std::function<void(const Json &)> between(double &target, double most)
{
    return [&target, most](const Json &value) {
        target = value.get<double>();
        if (!(target >= 0 && target <= most))
            throw std::invalid_argument(fmt::format("it must lie in 0 to {}", most));
    };
}

std::function<void(const Json &)> counted(int &target, int most)
{
    return [&target, most](const Json &value) {
        target = value.get<int>();
        if (target < 1 || target > most)
            throw std::invalid_argument(fmt::format("it must lie in 1 to {}", most));
    };
}

std::function<void(const Json &)> objective(Objective &target)
{
    return [&target](const Json &value) {
        static const std::map<std::string, Objective> names = {{"hinge-sum", Objective::SumOfHinges},
                                                               {"hinge-photo", Objective::PhotoHinges},
                                                               {"hinge-hardest", Objective::HardestHinges},
                                                               {"contrastive", Objective::Contrastive}};
        const auto found = names.find(value.get<std::string>());
        if (found == names.end())
            throw std::invalid_argument("it is \"hinge-sum\", \"hinge-photo\", \"hinge-hardest\" or \"contrastive\"");
        target = found->second;
    };
}

// Throws std::invalid_argument with the key's name in front.
void apply(const Json &json, const Setters &setters, const std::string &place)
{
    for (const auto &[key, value] : json.items()) {
        const auto found = setters.find(key);
        if (found == setters.end())
            throw std::invalid_argument(fmt::format("{}\"{}\": there is no such key", place, key));
        try {
            found->second(value);
        } catch (const std::exception &error) {
            throw std::invalid_argument(fmt::format("{}\"{}\": {}", place, key, error.what()));
        }
    }
}

FineTune fineTuneFrom(const Json &json)
{
    if (!json.is_object())
        throw std::invalid_argument("it must be an object");
    FineTune recipe;
    apply(json,
          {{"from_block",
            [&](const Json &value) {
                recipe.fromBlock = value.get<int>();
                if (recipe.fromBlock < 16 || recipe.fromBlock > 20)
                    throw std::invalid_argument("it must lie in 16 to 20");
            }},
           {"epochs", counted(recipe.epochs, 10000)},
           {"batch", counted(recipe.batch, 65536)},
           {"sentences", counted(recipe.sentences, 1000)},
           {"learning_rate", positive(recipe.learningRate)},
           {"space_learning_rate", positive(recipe.spaceLearningRate)},
           {"warm_up_steps", into(recipe.warmUpSteps)}},
          "");
    return recipe;
}

SkipGram skipGramFrom(const Json &json)
{
    if (!json.is_object())
        throw std::invalid_argument("it must be an object");
    SkipGram recipe;
    apply(json,
          {{"window", counted(recipe.window, 100)},
           {"negatives", counted(recipe.negatives, 100)},
           {"epochs", counted(recipe.epochs, 1000)},
           {"subsampling", between(recipe.subsampling, 1)}},
          "");
    return recipe;
}

EncoderRecipe encoderFrom(const Json &json)
{
    if (!json.is_object())
        throw std::invalid_argument("an encoder must be an object");
    EncoderRecipe recipe;
    apply(json,
          {{"id",
            [&](const Json &value) {
                // It becomes the name of files.
                recipe.id = value.get<std::string>();
                if (!std::ranges::all_of(recipe.id, [](unsigned char c) { return std::isalnum(c) || c == '-'; }))
                    throw std::invalid_argument("letters, digits and hyphens only");
            }},
           {"name", into(recipe.name)},
           {"kind",
            [&](const Json &value) {
                recipe.kind = value.get<std::string>();
                static const std::set<std::string> kinds = {"linear", "lstm", "gru", "skip-gram", "devise"};
                if (!kinds.contains(recipe.kind))
                    throw std::invalid_argument(fmt::format("it is one of: {}", fmt::join(kinds, ", ")));
            }},
           {"dimension", counted(recipe.dimension, 4096)},
           {"word_dimension", counted(recipe.wordDimension, 4096)},
           {"objective", objective(recipe.objective)},
           {"class_objective", objective(recipe.classObjective)},
           {"paraphrase_objective", objective(recipe.paraphraseObjective)},
           {"margin", positive(recipe.margin)},
           {"epochs", counted(recipe.epochs, 10000)},
           {"batch", counted(recipe.batch, 65536)},
           {"learning_rate", positive(recipe.learningRate)},
           {"warm_up_steps", into(recipe.warmUpSteps)},
           {"gradient_norm", positive(recipe.gradientNorm)},
           {"word_init", positive(recipe.wordInit)},
           {"mirrored", between(recipe.mirrored, 1)},
           {"equal_lengths", into(recipe.equalLengths)},
           {"feature_dropout", between(recipe.featureDropout, 0.95)},
           {"word_dropout", between(recipe.wordDropout, 0.95)},
           {"weight_decay", between(recipe.weightDecay, 1)},
           {"averaging", between(recipe.averaging, 0.99999)},
           {"class_weight", between(recipe.classWeight, 1e6)},
           {"class_batch", counted(recipe.classBatch, 1000)},
           {"paraphrase_weight", between(recipe.paraphraseWeight, 1e6)},
           {"paraphrase_batch", counted(recipe.paraphraseBatch, 65536)},
           {"temperature", positive(recipe.temperature)},
           {"class_temperature", positive(recipe.classTemperature)},
           {"paraphrase_temperature", positive(recipe.paraphraseTemperature)},
           {"feature_power", between(recipe.featurePower, 4)},
           {"fixed_word_vectors", into(recipe.fixedWordVectors)},
           {"minimum_count", into(recipe.minimumCount)},
           {"patience", counted(recipe.patience, 10000)},
           {"skip_gram", [&](const Json &value) { recipe.skipGram = skipGramFrom(value); }},
           {"fine_tune", [&](const Json &value) { recipe.fineTune = fineTuneFrom(value); }}},
          fmt::format("encoder {}: ", json.value("id", std::string("without id"))));
    if (recipe.id.empty())
        throw std::invalid_argument("an encoder has no \"id\"");
    if (recipe.kind == "linear" || recipe.kind == "devise")
        recipe.wordDimension = recipe.dimension;
    if (recipe.readsSkipGrams() && !recipe.fixedWordVectors.empty())
        throw std::invalid_argument(
            fmt::format("encoder {}: its word vectors are made by skip-gram, not fixed", recipe.id));
    if (recipe.fineTune && recipe.kind != "linear")
        throw std::invalid_argument(fmt::format("encoder {}: \"fine_tune\" is for the kind \"linear\"", recipe.id));
    return recipe;
}

} // namespace

Result<Recipe> readRecipe(const std::filesystem::path &file)
{
    const auto subject = displayText(file);
    const auto text = readTextFile(file, std::size_t{1} << 20);
    if (!text)
        return fail(text.error());
    try {
        Recipe recipe;
        recipe.text = *text;
        const auto json = Json::parse(*text);
        if (!json.is_object())
            throw std::invalid_argument("a recipe is one JSON object");
        apply(json,
              {{"bundle", into(recipe.bundleId)},
               {"title", into(recipe.title)},
               {"licence", into(recipe.licence)},
               {"provenance", into(recipe.provenance)},
               {"trained_on", into(recipe.trainedOn)},
               {"seed", into(recipe.seed)},
               {"sets", [](const Json &) {}},
               {"encoders",
                [&](const Json &value) {
                    for (const auto &encoder : value) {
                        auto one = encoderFrom(encoder);
                        if (std::ranges::find(recipe.encoders, one.id, &EncoderRecipe::id) != recipe.encoders.end())
                            throw std::invalid_argument("two encoders are called " + one.id);
                        recipe.encoders.push_back(std::move(one));
                    }
                }}},
              "");
        if (recipe.bundleId.empty() || recipe.encoders.empty())
            throw std::invalid_argument("\"bundle\" and at least one of \"encoders\" are needed");
        return recipe;
    } catch (const std::exception &error) {
        return fail(Errc::Invalid, subject, displayText(error.what()));
    }
}

} // namespace photolex::train
