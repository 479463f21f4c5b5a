// caption, the training of what writes captions, and the figures of captions.
#include "app/cli/caption_commands.h"
#include "core/base/bytes.h"
#include "core/caption/captioner.h"
#include "core/eval/captions.h"
#include "core/image/network.h"
#include "core/search/search.h"
#include "core/train/captions.h"
#include "core/train/train.h"

#include <algorithm>
#include <fmt/format.h>

namespace photolex::cli {

namespace {

struct CaptionArguments {
    std::vector<std::string> files;
    caption::Options options;
    std::string structure;
    int retrieved = 1, most = 5;
};

Json captionJson(const caption::Caption &caption)
{
    Json json = {{"text", caption.text}, {"tags", caption.tags}, {"score", caption.score}};
    json["parts"] = {{"cosine", caption.cosine}, {"language", caption.language}, {"structure", caption.structure}};
    json["origin"] = caption.isRetrieved ? "retrieved" : "generated";
    return json;
}

Result<Output> runCaption(const CaptionArguments &arguments, const Context &context)
{
    const auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    const auto captioner = caption::Captioner::open(*bundle);
    if (!captioner)
        return fail(captioner.error());
    const auto network = image::Network::open(**bundle);
    if (!network)
        return fail(network.error());
    auto options = arguments.options;
    if (!arguments.structure.empty())
        options.structures = {arguments.structure};
    Output output{.json = {{"photos", Json::array()}}, .text = {}};
    for (const auto &name : arguments.files) {
        if (context.stop.stop_requested())
            return fail(Errc::Cancelled, displayText(name), "nothing is kept");
        const auto path = absolutePath(name);
        const auto point = search::pointOfFile(path, **network, (*captioner)->encoder());
        if (!point)
            return fail(point.error());
        auto captions = (*captioner)->captions(*point, options, context.stop);
        if (!captions)
            return fail(captions.error());
        const auto nearest =
            (*captioner)->retrieved(*point, static_cast<std::size_t>(std::max(arguments.retrieved, 0)));
        if (!nearest)
            return fail(nearest.error());
        captions->resize(std::min(captions->size(), static_cast<std::size_t>(std::max(arguments.most, 1))));
        captions->insert(captions->end(), nearest->begin(), nearest->end());
        Json photo = {{"path", displayText(path)}, {"captions", Json::array()}};
        output.text += fmt::format("{}\n", displayText(path));
        for (const auto &one : *captions) {
            photo["captions"].push_back(captionJson(one));
            output.text +=
                fmt::format("  {:6.2f}  {}{}\n", one.score, one.text, one.isRetrieved ? "  (retrieved)" : "");
        }
        output.json["photos"].push_back(std::move(photo));
    }
    return output;
}

// The photos of a split as points of the captioner's encoder.
Result<std::vector<float>> photoPoints(const dataset::Dataset &set, const model::Bundle &bundle,
                                       const joint::Encoder &encoder, const Context &context)
{
    train::Options options;
    options.networkFile = bundle.file(bundle.manifest().network.file);
    options.tailFile = bundle.tailFile(encoder.entry());
    options.featureCache = featureCache();
    options.progress = progressLine(context);
    const auto features = train::photoFeatures(set.images, options, context.stop);
    if (!features)
        return fail(features.error());
    return encoder.imagePoints(*features);
}

Json figuresJson(const std::vector<eval::CaptionItem> &items, const eval::CaptionFigures &figures)
{
    std::vector<eval::Words> candidates;
    for (const auto &item : items)
        candidates.push_back(item.candidate);
    std::vector<std::string> common;
    for (const auto &words : candidates)
        for (const auto &word : words)
            if (text::isStopWord(word))
                common.push_back(word);
    std::ranges::sort(common);
    common.erase(std::ranges::unique(common).begin(), common.end());
    return Json{{"bleu1", figures.bleu[0]},
                {"bleu2", figures.bleu[1]},
                {"bleu3", figures.bleu[2]},
                {"bleu4", figures.bleu[3]},
                {"rouge_l", figures.rougeL},
                {"meteor_like", figures.meteor},
                {"cider", figures.ciderD},
                {"cider_plain", figures.cider},
                {"distinct", eval::distinctShare(candidates)},
                {"repeated", eval::repeatedShare(candidates, common)}};
}

} // namespace

Command captionCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("caption", "Write captions for photos");
    auto arguments = std::make_shared<CaptionArguments>();
    auto &options = arguments->options;
    app->add_option("files", arguments->files, "Photos")->required();
    app->add_option("--structure", arguments->structure, "Tags of the caption's words, e.g. \"DT NN VBZ\"");
    app->add_option("--include", options.required, "A word that must occur; repeatable");
    app->add_option("--ban", options.banned, "A word that must not occur; repeatable");
    app->add_option("--samples", options.samples, "Structures drawn")->check(CLI::Range(1, 4000));
    app->add_option("--beam", options.beam, "Beginnings kept at each word")->check(CLI::Range(1, 1000));
    app->add_option("--seed", options.seed, "Of the structures drawn");
    app->add_option("--retrieved", arguments->retrieved, "Nearest stored sentences shown beside")
        ->check(CLI::NonNegativeNumber);
    app->add_option("-k,--count", arguments->most, "Captions shown for each photo")->check(CLI::PositiveNumber);
    return {app, [arguments](const Context &context) { return runCaption(*arguments, context); }};
}

Result<Json> measureCaptions(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    auto set = loadData(*specification, arguments.data);
    if (set)
        set = dataset::split(*set, arguments.split);
    if (!set)
        return fail(set.error());
    const auto captioner = caption::Captioner::open(measured.bundle);
    if (!captioner)
        return fail(captioner.error());
    const auto &encoder = (*captioner)->encoder();
    const auto points = photoPoints(*set, *measured.bundle, encoder, context);
    if (!points)
        return fail(points.error());
    std::vector<eval::CaptionItem> generated(set->images.size());
    for (const auto &one : set->captions)
        generated[static_cast<std::size_t>(one.image)].references.push_back(text::tokenize(one.text));
    auto retrieved = generated;
    std::vector<eval::Words> wanted, read;
    auto progress = ProgressThrottle(progressLine(context));
    const auto width = static_cast<std::size_t>(encoder.dimension());
    for (std::size_t i = 0; i < generated.size(); ++i) {
        const auto point = std::span(*points).subspan(i * width, width);
        caption::Options options;
        options.seed = i + 1; // other structures for every photo
        const auto captions = (*captioner)->captions(point, options, context.stop);
        if (!captions)
            return fail(captions.error());
        generated[i].candidate = captions->front().words;
        for (const auto &one : *captions) {
            wanted.push_back(one.tags);
            read.push_back(one.readTags);
        }
        const auto nearest = (*captioner)->retrieved(point, 1);
        if (!nearest)
            return fail(nearest.error());
        if (!nearest->empty())
            retrieved[i].candidate = nearest->front().words;
        progress.report({"captions", static_cast<std::int64_t>(i + 1), std::ssize(generated)});
    }
    const auto figures = eval::captionFigures(generated);
    if (!figures)
        return fail(figures.error());
    const auto baseline = eval::captionFigures(retrieved);
    if (!baseline)
        return fail(baseline.error());
    const auto kept = eval::adherence(wanted, read);
    if (!kept)
        return fail(kept.error());
    Json json = {{"data", set->name}, {"split", arguments.split}, {"images", generated.size()}};
    json["caption"] = figuresJson(generated, *figures);
    json["caption"]["adherence"] = kept->words;
    json["caption"]["adherence_captions"] = kept->captions;
    json["retrieved"] = figuresJson(retrieved, *baseline);
    return json;
}

Result<Json> measureLanguage(const EvalArguments &arguments, const Measured &measured, const Context &context)
{
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    auto set = loadData(*specification, arguments.data);
    if (set)
        set = dataset::split(*set, arguments.split);
    if (!set)
        return fail(set.error());
    const auto measuredModels = train::perplexities(measured.bundle, *set, context.stop);
    if (!measuredModels)
        return fail(measuredModels.error());
    Json json = {{"data", set->name}, {"split", arguments.split}};
    for (const auto &[name, value] : *measuredModels)
        json["language"]["perplexity"][name] = value;
    return json;
}

Result<Output> runTrainCaptions(const CaptionTraining &training, const Context &context)
{
    auto recipe = train::readCaptionRecipe(training.recipe);
    if (!recipe)
        return fail(recipe.error());
    Json lines = Json::array();
    train::CaptionOptions options;
    options.bundle = training.out;
    options.featureCache = featureCache();
    options.progress = progressLine(context);
    options.report = [&](const std::string &line) {
        lines.push_back(line);
        fmt::print(stderr, "photolex-cli: {}\n", line);
    };
    train::CaptionData data;
    data.heldOut = training.heldOut;
    data.dev = training.dev;
    for (const auto *sets : {&training.photos, &training.texts})
        for (const auto &set : *sets) {
            data.texts.push_back(set);
            if (std::ranges::find(training.shipped, set.name) != training.shipped.end())
                for (const auto &one : set.captions)
                    data.shipped.push_back(one.text);
        }
    if (!training.photos.empty())
        data.photos = training.photos.front();
    if (auto trained = train::trainCaptions(*recipe, data, options, context.stop); !trained)
        return fail(trained.error());
    return Output{.json = {{"path", displayText(training.out)}, {"measured", lines}},
                  .text = fmt::format("captions written to {}\n", displayText(training.out))};
}

} // namespace photolex::cli
