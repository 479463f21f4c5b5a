#include "app/cli/data_arguments.h"
#include "core/base/paths.h"
#include "core/eval/retrieval.h"
#include "core/joint/encoder.h"
#include "core/train/train.h"

#include <fmt/format.h>

namespace photolex::cli {

namespace {

struct EvalArguments {
    DataArguments data;
    std::string split = "test", encoder, task = "retrieval";
    int folds = 1;
};

Json rankingJson(const eval::Ranking &ranking)
{
    return {{"r1", ranking.recall1},
            {"r5", ranking.recall5},
            {"r10", ranking.recall10},
            {"median", ranking.medianRank},
            {"mean", ranking.meanRank}};
}

std::string rankingText(const char *name, const eval::Ranking &ranking)
{
    return fmt::format("{}: recall@1 {:.1f}, @5 {:.1f}, @10 {:.1f}, median rank {:.0f}, mean rank {:.1f}\n", name,
                       ranking.recall1, ranking.recall5, ranking.recall10, ranking.medianRank, ranking.meanRank);
}

Result<Output> runEval(const EvalArguments &arguments, const Context &context)
{
    if (arguments.data.specifications.size() != 1)
        return fail(Errc::Invalid, "--data", "one set at a time");
    const auto whole = loadData(arguments.data.specifications.front(), arguments.data);
    if (!whole)
        return fail(whole.error());
    const auto set = dataset::split(*whole, arguments.split);
    if (!set)
        return fail(set.error());
    if (!set->hasImages())
        return fail(Errc::Invalid, set->name, "it has no photos");
    const auto bundle = model::openBundle(context.bundle);
    if (!bundle)
        return fail(bundle.error());
    const auto encoder = joint::Encoder::open(*bundle, arguments.encoder);
    if (!encoder)
        return fail(encoder.error());
    train::Options options;
    options.networkFile = (*bundle)->file((*bundle)->manifest().network.file);
    options.tailFile = (*bundle)->tailFile((*encoder)->entry());
    options.featureCache = featureCache();
    options.progress = progressLine(context);
    const auto features = train::photoFeatures(set->images, options, context.stop);
    if (!features)
        return fail(features.error());
    const auto images = (*encoder)->imagePoints(*features);
    if (!images)
        return fail(images.error());
    std::vector<std::string> sentences;
    std::vector<std::int32_t> owners;
    std::int64_t unreadable = 0;
    std::int64_t cut = 0;
    for (const auto &caption : set->captions) {
        const auto read = text::read(caption.text, (*encoder)->vocabulary());
        if (!read || read->ids.empty()) {
            ++unreadable;
            continue;
        }
        cut += read->cut ? 1 : 0;
        sentences.push_back(caption.text);
        owners.push_back(caption.image);
    }
    const auto texts = (*encoder)->sentencePoints(sentences);
    if (!texts)
        return fail(texts.error());
    const int dimension = (*encoder)->dimension();
    const auto result = eval::retrieval({*images, dimension}, {*texts, dimension}, owners, arguments.folds);
    if (!result)
        return fail(result.error());
    return Output{.json = {{"data", set->name},
                           {"split", arguments.split},
                           {"encoder", (*encoder)->entry().id},
                           {"images", result->images},
                           {"texts", result->texts},
                           {"folds", arguments.folds},
                           {"cut", cut},
                           {"without_known_word", unreadable},
                           {"image_to_text", rankingJson(result->imageToText)},
                           {"text_to_image", rankingJson(result->textToImage)}},
                  .text = fmt::format("{} {}, encoder {}, {} photos, {} sentences\n", set->name, arguments.split,
                                      (*encoder)->entry().id, result->images, result->texts) +
                          rankingText("photo to sentence", result->imageToText) +
                          rankingText("sentence to photo", result->textToImage)};
}

} // namespace

void addDataOptions(CLI::App &app, DataArguments &arguments)
{
    app.add_option("--data", arguments.specifications,
                   "tsv:DIR, karpathy:FILE, flickr:FILE, coco:FILE, folder:DIR, text:FILE")
        ->required();
    app.add_option("--photos", arguments.photos, "Folder of the photos, when they do not lie beside the file");
}

Result<dataset::Dataset> loadData(const std::string &specification, const DataArguments &arguments)
{
    return dataset::load(specification, arguments.photos);
}

std::filesystem::path featureCache()
{
    return paths::cacheHome() / "features";
}

Command evalCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("eval", "Measure an encoder on captioned photos");
    auto arguments = std::make_shared<EvalArguments>();
    addDataOptions(*app, arguments->data);
    app->add_option("--split", arguments->split, "Which part of the set");
    app->add_option("--encoder", arguments->encoder, "Encoder of the bundle; by default its first");
    app->add_option("--task", arguments->task, "retrieval")->check(CLI::IsMember({"retrieval"}));
    app->add_option("--folds", arguments->folds, "Groups of photos, each ranked among its own")
        ->check(CLI::PositiveNumber);
    return {app, [arguments](const Context &context) { return runEval(*arguments, context); }};
}

} // namespace photolex::cli
