#include "app/cli/data_arguments.h"
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/train/train.h"

#include <fmt/format.h>
#include <set>

namespace photolex::cli {

namespace {

struct TrainArguments {
    DataArguments data;
    std::string recipe, out, classes, templates, dev, network, without, seed, tables;
    bool resume = false;
};

// What each line of --without names in its first or third column: photos whose sentences must not be trained on.
Result<std::set<std::string>> keysToLeaveOut(const std::string &file)
{
    std::set<std::string> keys;
    if (file.empty())
        return keys;
    const auto text = readTextFile(file);
    if (!text)
        return fail(text.error());
    for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        for (std::size_t from = at; from < end;) {
            const auto to = std::min(text->find('\t', from), end);
            keys.insert(text->substr(from, to - from));
            from = to + 1;
        }
        at = end + 1;
    }
    return keys;
}

void leaveOut(dataset::Dataset &set, const std::set<std::string> &keys)
{
    std::erase_if(set.captions, [&](const auto &caption) {
        return keys.contains(set.keys[static_cast<std::size_t>(caption.image)]);
    });
}

Result<train::Data> collect(const TrainArguments &arguments)
{
    train::Data data;
    const auto unwanted = keysToLeaveOut(arguments.without);
    if (!unwanted)
        return fail(unwanted.error());
    for (const auto &specification : arguments.data.specifications) {
        auto set = loadData(specification, arguments.data);
        if (!set)
            return fail(set.error());
        if (!set->hasImages()) {
            leaveOut(*set, *unwanted);
            data.texts.push_back(std::move(*set));
            continue;
        }
        auto part = dataset::split(*set, "train");
        if (!part)
            return fail(part.error());
        data.photos.push_back(std::move(*part));
        if (arguments.dev == set->name) {
            auto dev = dataset::split(*set, "dev");
            if (!dev)
                return fail(dev.error());
            data.dev = std::move(*dev);
        }
    }
    if (!arguments.classes.empty()) {
        auto classes = dataset::loadClassNames(arguments.classes, arguments.templates);
        if (!classes)
            return fail(classes.error());
        data.classes = std::move(*classes);
    }
    return data;
}

Json reportJson(const train::EpochReport &report)
{
    Json json = {
        {"encoder", report.encoder}, {"epoch", report.epoch}, {"loss", report.loss}, {"seconds", report.seconds}};
    if (report.dev)
        json["dev"] = {{"image_to_text_r1", report.dev->imageToText.recall1},
                       {"text_to_image_r1", report.dev->textToImage.recall1}};
    return json;
}

Result<Output> runTrain(const TrainArguments &arguments, const Context &context)
{
    auto recipe = train::readRecipe(arguments.recipe);
    if (!recipe)
        return fail(recipe.error());
    if (!arguments.seed.empty())
        recipe->seed = std::stoull(arguments.seed);
    for (auto &encoder : recipe->encoders)
        if (!encoder.fixedWordVectors.empty())
            encoder.fixedWordVectors = std::filesystem::path(arguments.tables) / encoder.fixedWordVectors;
    const auto data = collect(arguments);
    if (!data)
        return fail(data.error());
    Json epochs = Json::array();
    train::Options options;
    options.networkFile = arguments.network.empty()
                              ? paths::resources() / "models" / "photolex-en" / "network.safetensors"
                              : absolutePath(arguments.network);
    options.featureCache = featureCache();
    options.out = absolutePath(arguments.out);
    options.resume = arguments.resume;
    options.progress = progressLine(context);
    options.report = [&](const train::EpochReport &report) {
        epochs.push_back(reportJson(report));
        fmt::print(stderr, "photolex-cli: {}\n", epochs.back().dump());
    };
    if (auto trained = train::train(*recipe, *data, options, context.stop); !trained)
        return fail(trained.error());
    return Output{.json = {{"bundle", recipe->bundleId}, {"path", displayText(options.out)}, {"epochs", epochs}},
                  .text = fmt::format("{} written to {}\n", recipe->bundleId, displayText(options.out))};
}

} // namespace

Command trainCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("train", "Train encoders on captioned photos and write a bundle");
    auto arguments = std::make_shared<TrainArguments>();
    addDataOptions(*app, arguments->data);
    app->add_option("--config", arguments->recipe, "Recipe (JSON)")->required();
    app->add_option("--out", arguments->out, "Folder of the new bundle")->required();
    app->add_option("--classes", arguments->classes, "Class names for the network's classifier rows");
    app->add_option("--templates", arguments->templates, "Sentences around a class name, {} in its place");
    app->add_option("--dev", arguments->dev, "Name of the set whose dev split is measured after each epoch");
    app->add_option("--without", arguments->without, "Table of photos whose sentences are left out of the texts");
    app->add_option("--tables", arguments->tables, "Folder of the recipe's fixed word vectors");
    app->add_option("--network", arguments->network, "Weights of the image network");
    app->add_option("--seed", arguments->seed, "Instead of the recipe's")->check(CLI::NonNegativeNumber);
    app->add_flag("--resume", arguments->resume, "Go on from the last whole epoch");
    return {app, [arguments](const Context &context) { return runTrain(*arguments, context); }};
}

} // namespace photolex::cli
