#include "tests/support/captions.h"

#include "core/train/captions.h"
#include "core/train/tagger.h"
#include "tests/support/bundles.h"

namespace photolex::test {

namespace {

const std::vector<std::string> nouns = {"dog", "car", "ball", "beach"};
const std::vector<std::string> adjectives = {"red", "small"};

std::vector<dataset::TaggedSentence> tagged()
{
    std::vector<dataset::TaggedSentence> all;
    for (const auto &noun : nouns)
        for (const auto &adjective : adjectives)
            for (const auto &verb : {"runs", "jumps"}) {
                all.push_back({{"a", adjective, noun, verb}, {"DT", "JJ", "NN", "VBZ"}});
                all.push_back({{"the", noun, verb}, {"DT", "NN", "VBZ"}});
                for (const auto &place : nouns)
                    if (place != noun)
                        all.push_back({{"a", adjective, noun, verb, "on", "the", place},
                                       {"DT", "JJ", "NN", "VBZ", "IN", "DT", "NN"}});
            }
    return all;
}

} // namespace

const std::vector<std::string> &smallWorldNouns()
{
    return nouns;
}

dataset::Dataset smallWorld()
{
    dataset::Dataset set;
    set.name = "written here";
    for (const auto &sentence : tagged()) {
        std::string text;
        for (const auto &word : sentence.words)
            text += word + " ";
        set.captions.push_back({static_cast<std::int32_t>(set.keys.size()), text});
        set.keys.push_back(std::to_string(set.keys.size()));
        set.splits.emplace_back("train");
    }
    return set;
}

Result<> writeCaptionBundle(const std::filesystem::path &folder, bool realNetwork)
{
    auto manifest = test::writeBundle(
        folder, {.words = {"a", "the", "dog", "car", "ball", "beach", "red", "small", "runs", "jumps", "on"},
                 .dimension = 24,
                 .realNetwork = realNetwork});
    if (!manifest)
        return fail(manifest.error());
    const auto tagger =
        train::trainTagger({{.sentences = tagged()}}, {.epochs = 5, .minimumUses = 1, .smallest = 0}, {});
    if (!tagger)
        return fail(tagger.error());
    if (auto done = tagger->save(folder / "tagger.safetensors"); !done)
        return done;
    manifest->files["tagger.safetensors"] = {};
    if (auto done = model::writeManifest(folder, *manifest); !done)
        return done;
    train::CaptionRecipe recipe;
    recipe.encoder = "linear";
    recipe.minimumCount = 1;
    for (const auto kind : {caption::Kind::StructureContent, caption::Kind::Multiplicative, caption::Kind::LogBilinear})
        recipe.models.push_back({.kind = kind,
                                 .factors = 24,
                                 .dimension = 24,
                                 .attributes = 24,
                                 .epochs = 60,
                                 .batch = 16,
                                 .samples = 20,
                                 .learningRate = 0.01,
                                 .warmUpSteps = 5,
                                 .noise = 0});
    train::CaptionData data;
    data.texts = {smallWorld()};
    data.shipped = {"a red dog runs", "the car jumps"};
    return train::trainCaptions(recipe, data, {.bundle = folder}, {});
}

} // namespace photolex::test
