#include "app/cli/caption_commands.h"
#include "app/cli/train_own.h"
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/dataset/table.h"
#include "core/text/text.h"
#include "core/train/captions.h"
#include "core/train/tagger.h"
#include "core/train/train.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace photolex::cli {

namespace {

struct TrainArguments {
    DataArguments data;
    std::string recipe, out, classes, templates, dev, network, seed, tables;
    std::vector<std::string> names, heldOut, words, shipped;
    OwnTraining own; // without a recipe
    bool resume = false, checkOnly = false;
};

struct Collected {
    train::Data data;
    Json heldOut; // what is held out, and what went for it
};

// The parts of a set that figures are measured on.
Result<> holdOut(const dataset::Dataset &set, dataset::HeldOut &heldOut)
{
    for (const auto *name : {"dev", "val", "test"}) {
        if (std::ranges::find(set.splits, name) == set.splits.end())
            continue;
        const auto part = dataset::split(set, name);
        if (!part)
            return fail(part.error());
        heldOut.add(*part);
    }
    return {};
}

// SET@SPLIT, or a whole set.
Result<> holdOut(const std::string &specification, const DataArguments &arguments, dataset::HeldOut &heldOut)
{
    const auto at = specification.rfind('@');
    auto set = loadData(specification.substr(0, at), arguments);
    if (set && at != std::string::npos)
        set = dataset::split(*set, specification.substr(at + 1));
    if (!set)
        return fail(set.error());
    heldOut.add(*set);
    return {};
}

Result<Collected> collect(const TrainArguments &arguments)
{
    Collected collected;
    auto &data = collected.data;
    for (const auto &specification : arguments.data.specifications) {
        auto set = loadData(specification, arguments.data);
        if (!set)
            return fail(set.error());
        if (!set->hasImages()) {
            data.texts.push_back(std::move(*set));
            continue;
        }
        if (auto held = holdOut(*set, data.heldOut); !held)
            return fail(held.error());
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
    for (const auto &specification : arguments.heldOut)
        if (auto held = holdOut(specification, arguments.data, data.heldOut); !held)
            return fail(held.error());
    for (const auto &table : arguments.names)
        if (auto added = data.heldOut.addNames(table); !added)
            return fail(added.error());
    collected.heldOut = {{"photos", data.heldOut.names()}, {"captions", data.heldOut.captions()}};
    std::int64_t left = 0;
    for (auto *sets : {&data.photos, &data.texts})
        for (auto &set : *sets) {
            const auto removed = data.heldOut.removeFrom(set);
            const auto leaks = data.heldOut.leaks(set);
            left += leaks.photos + leaks.captions;
            collected.heldOut["sets"][set.name] = {{"removed_by_name", removed.byName},
                                                   {"removed_by_caption", removed.byCaption},
                                                   {"removed_captions", removed.captions},
                                                   {"captions", set.captions.size()},
                                                   {"left_in_common", leaks.photos + leaks.captions}};
        }
    collected.heldOut["left_in_common"] = left;
    for (const auto &list : arguments.words) {
        const auto names = dataset::loadNames(list);
        if (!names)
            return fail(names.error());
        for (const auto &name : *names)
            std::ranges::move(text::tokenize(name), std::back_inserter(data.extraWords));
    }
    if (!arguments.classes.empty()) {
        auto classes = dataset::loadClassNames(arguments.classes, arguments.templates);
        if (!classes)
            return fail(classes.error());
        data.classes = std::move(*classes);
    }
    return collected;
}

// For people, one line a set and what it comes to.
std::string heldOutText(const Json &heldOut)
{
    if (heldOut["captions"] == 0)
        return "nothing is held out: no set has a dev or test part\n";
    std::string text = fmt::format("held out: {} photos (all names), {} captions\n",
                                   heldOut["photos"].get<std::int64_t>(), heldOut["captions"].get<std::int64_t>());
    for (const auto &[name, set] : heldOut["sets"].items())
        text +=
            fmt::format("{}: {} photos or groups left out by name, {} by a caption in common; {} captions stay, {} in "
                        "common\n",
                        name, set["removed_by_name"].get<std::int64_t>(), set["removed_by_caption"].get<std::int64_t>(),
                        set["captions"].get<std::int64_t>(), set["left_in_common"].get<std::int64_t>());
    if (heldOut["left_in_common"] == 0)
        text += "no dev or test caption is in any training set\n";
    return text;
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
    if (arguments.recipe.empty()) {
        auto own = arguments.own;
        own.data = arguments.data.specifications;
        own.photos = arguments.data.photos;
        own.seed = arguments.seed;
        own.resume = arguments.resume;
        own.checkOnly = arguments.checkOnly;
        return runTrainOwn(own, context);
    }
    if (arguments.out.empty())
        return fail(Errc::Invalid, "--out", "with a recipe, the folder of the new bundle is needed");
    if (train::isTaggerRecipe(arguments.recipe))
        return runTrainTagger(arguments.recipe, arguments.data.specifications, absolutePath(arguments.out), context);
    if (train::isCaptionRecipe(arguments.recipe)) {
        auto collected = collect(arguments);
        if (!collected)
            return fail(collected.error());
        fmt::print(stderr, "{}", heldOutText(collected->heldOut));
        return runTrainCaptions({.recipe = arguments.recipe,
                                 .out = absolutePath(arguments.out),
                                 .photos = std::move(collected->data.photos),
                                 .texts = std::move(collected->data.texts),
                                 .dev = std::move(collected->data.dev),
                                 .heldOut = std::move(collected->data.heldOut),
                                 .shipped = arguments.shipped},
                                context);
    }
    auto recipe = train::readRecipe(arguments.recipe);
    if (!recipe)
        return fail(recipe.error());
    if (!arguments.seed.empty())
        recipe->seed = std::stoull(arguments.seed);
    for (auto &encoder : recipe->encoders)
        if (!encoder.fixedWordVectors.empty())
            encoder.fixedWordVectors = std::filesystem::path(arguments.tables) / encoder.fixedWordVectors;
    const auto collected = collect(arguments);
    if (!collected)
        return fail(collected.error());
    fmt::print(stderr, "{}", heldOutText(collected->heldOut));
    if (arguments.checkOnly)
        return Output{.json = {{"held_out", collected->heldOut}}, .text = {}};
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
    if (auto trained = train::train(*recipe, collected->data, options, context.stop); !trained)
        return fail(trained.error());
    return Output{.json = {{"bundle", recipe->bundleId},
                           {"path", displayText(options.out)},
                           {"held_out", collected->heldOut},
                           {"epochs", epochs}},
                  .text = fmt::format("{} written to {}\n", recipe->bundleId, displayText(options.out))};
}

} // namespace

Command trainCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("train", "Train encoders on captioned photos and write a bundle");
    auto arguments = std::make_shared<TrainArguments>();
    addDataOptions(*app, arguments->data,
                   std::string(captionedKinds) + "; without a recipe also a folder or a file alone, or library:");
    app->get_option("--data")->required(false);
    app->add_option("--config", arguments->recipe,
                    "Recipe (JSON); without one, one's own captions become an installed bundle");
    app->add_option("--out", arguments->out,
                    "With a recipe: folder of the new bundle; a tagger goes into one that is there");
    addOwnTrainingOptions(*app, arguments->own);
    app->add_option("--classes", arguments->classes, "Class names for the network's classifier rows");
    app->add_option("--templates", arguments->templates, "Sentences around a class name, {} in its place");
    app->add_option("--dev", arguments->dev, "Name of the set whose dev split is measured after each epoch");
    app->add_option("--without", arguments->names, "Tables of other names that dev and test photos have");
    app->add_option("--words", arguments->words,
                    "Lists of names whose words get vectors from the fixed word vectors, though no text has them");
    app->add_option("--held-out", arguments->heldOut,
                    "SET or SET@SPLIT, e.g. tsv:DIR@train:1/3: what must not be trained on either");
    app->add_option("--ship", arguments->shipped,
                    "Names of sets whose sentences the bundle holds, to be retrieved as captions");
    app->add_flag("--check", arguments->checkOnly, "Only tell what is held out and what goes for it");
    app->add_option("--tables", arguments->tables, "Folder of the recipe's fixed word vectors");
    app->add_option("--network", arguments->network, "Weights of the image network");
    app->add_option("--seed", arguments->seed, "Instead of the recipe's")->check(CLI::NonNegativeNumber);
    app->add_flag("--resume", arguments->resume, "Go on from the last whole epoch");
    return {app, [arguments](const Context &context) { return runTrain(*arguments, context); }};
}

} // namespace photolex::cli
