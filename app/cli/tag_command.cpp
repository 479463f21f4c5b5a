#include "app/cli/caption_commands.h"
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/train/tagger.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace photolex::cli {

namespace {

constexpr std::string_view taggerFile = "tagger.safetensors";

struct TagArguments {
    std::vector<std::string> text;
    bool isPretokenized = false;
};

Result<Output> runTag(const TagArguments &arguments, const Context &context)
{
    const auto text = fmt::format("{}", fmt::join(arguments.text, " "));
    if (!isValidUtf8(text))
        return fail(Errc::Invalid, displayText(text), "it is not UTF-8");
    const auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    const auto tagger = openTagger(**bundle);
    if (!tagger)
        return fail(tagger.error());
    std::vector<std::string> words;
    if (arguments.isPretokenized) {
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find(' ', at), text.size());
            if (end > at)
                words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    } else {
        words = text::split(text);
    }
    const auto tags = tagger->tag(words);
    Output output{.json = {{"tokens", Json::array()}}, .text = {}};
    for (std::size_t i = 0; i < words.size(); ++i) {
        output.json["tokens"].push_back({{"word", words[i]}, {"tag", tags[i]}});
        output.text += fmt::format("{}{}/{}", i == 0 ? "" : " ", words[i], tags[i]);
    }
    output.text += "\n";
    return output;
}

} // namespace

Result<text::Tagger> openTagger(const model::Bundle &bundle)
{
    if (!bundle.manifest().files.contains(std::string(taggerFile)))
        return fail(Errc::NotFound, bundle.manifest().id, "the bundle has no tagger");
    return text::Tagger::load(bundle.file(taggerFile));
}

Command tagCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("tag", "Name the parts of speech of a text's words");
    auto arguments = std::make_shared<TagArguments>();
    app->add_option("text", arguments->text, "The text")->required();
    app->add_flag("--pretokenized", arguments->isPretokenized, "Split at spaces only");
    return {app, [arguments](const Context &context) { return runTag(*arguments, context); }};
}

Result<Output> runTrainTagger(const std::filesystem::path &recipeFile, const std::vector<std::string> &specifications,
                              const std::filesystem::path &out, const Context &context)
{
    auto recipe = train::readTaggerRecipe(recipeFile);
    if (!recipe)
        return fail(recipe.error());
    auto manifest = model::readManifest(out / "manifest.json");
    if (!manifest)
        return fail(manifest.error());
    std::set<std::string> read;
    std::vector<std::string> captions;
    for (const auto &specification : specifications) {
        if (!specification.starts_with("tagged:")) {
            const auto texts = loadData(specification, {});
            if (!texts)
                return fail(texts.error());
            for (const auto &caption : texts->captions)
                captions.push_back(caption.text);
            continue;
        }
        const auto file = fileOfKind(specification, "tagged");
        if (!file)
            return fail(file.error());
        const auto set = recipe->sets.find(file->stem().native());
        if (set == recipe->sets.end())
            return fail(Errc::Invalid, displayText(*file), "the recipe names no such set");
        auto sentences = dataset::loadTagged(*file);
        if (!sentences)
            return fail(sentences.error());
        set->second.sentences = std::move(*sentences);
        read.insert(set->first);
    }
    std::vector<train::TaggerSet> sets;
    for (auto &[name, set] : recipe->sets) {
        if (!read.contains(name))
            return fail(Errc::Invalid, name, "the recipe wants it: give it with --data tagged:FILE");
        sets.push_back(std::move(set));
    }
    recipe->options.progress = progressLine(context);
    auto tagger = train::trainTagger(sets, recipe->options, context.stop);
    if (tagger && recipe->captions.share > 0) {
        auto random = generator(recipe->options.seed, "captions");
        std::ranges::shuffle(captions, random);
        captions.resize(std::min(captions.size(), static_cast<std::size_t>(recipe->captionCount)));
        recipe->captions.sentences = train::tagCaptions(*tagger, captions);
        sets.push_back(std::move(recipe->captions));
        tagger = train::trainTagger(sets, recipe->options, context.stop);
    }
    if (!tagger)
        return fail(tagger.error());
    if (auto saved = tagger->save(out / taggerFile); !saved)
        return fail(saved.error());
    manifest->files[std::string(taggerFile)] = {};
    if (auto written = model::writeManifest(out, *manifest); !written)
        return fail(written.error());
    return Output{.json = {{"bundle", manifest->id}, {"path", displayText(out)}, {"file", taggerFile}},
                  .text = fmt::format("{} written to {}\n", taggerFile, displayText(out))};
}

Result<Json> measureTags(const EvalArguments &arguments, const Measured &measured, const Context &)
{
    const auto tagger = openTagger(*measured.bundle);
    if (!tagger)
        return fail(tagger.error());
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    const auto file = fileOfKind(*specification, "tagged");
    if (!file)
        return fail(file.error());
    const auto sentences = dataset::loadTagged(*file);
    if (!sentences)
        return fail(sentences.error());
    const auto figures = train::measureTagger(*tagger, *sentences);
    const auto percent = [](std::int64_t part, std::int64_t whole) {
        return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    return Json{{"data", displayText(file->stem())},
                {"words", figures.words},
                {"accuracy", percent(figures.right, figures.words)},
                {"unknown_words", figures.unknownWords},
                {"unknown_accuracy", percent(figures.unknownRight, figures.unknownWords)},
                {"sentences", figures.sentences},
                {"whole_sentences", percent(figures.wholeRight, figures.sentences)}};
}

} // namespace photolex::cli
