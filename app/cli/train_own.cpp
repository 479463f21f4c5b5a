#include "app/cli/train_own.h"

#include "core/base/bytes.h"
#include "core/training/job.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace photolex::cli {

namespace {

const std::map<std::string, train::Objective> objectives = {{"hinge-sum", train::Objective::SumOfHinges},
                                                            {"hinge-photo", train::Objective::PhotoHinges},
                                                            {"hinge-hardest", train::Objective::HardestHinges},
                                                            {"contrastive", train::Objective::Contrastive}};

training::Settings settingsOf(const OwnTraining &own)
{
    training::Settings settings;
    settings.name = own.name;
    settings.from = own.from == "none" ? std::string() : own.from;
    settings.keep = own.keep;
    settings.kind = own.kind;
    settings.dimension = own.dimension;
    settings.objective = objectives.at(own.objective);
    settings.epochs = own.epochs;
    settings.patience = own.patience;
    settings.heldOut = own.heldOut;
    if (!own.seed.empty())
        settings.seed = std::stoull(own.seed);
    return settings;
}

// A kind in front is taken off: the content tells it.
Result<training::Source> sourceOf(const OwnTraining &own)
{
    if (own.data.size() != 1)
        return fail(Errc::Invalid, "--data", "one folder, file or \"library:\" is trained on without a recipe");
    auto place = own.data.front();
    if (place == "library:")
        return training::Source{};
    for (const std::string_view kind : {"tsv:", "karpathy:", "flickr:", "coco:", "table:", "folder:"})
        if (place.starts_with(kind))
            place.erase(0, kind.size());
    training::Source source{.place = absolutePath(place)};
    if (!own.photos.empty())
        source.photos = absolutePath(own.photos);
    return source;
}

Json findingJson(const training::Finding &finding)
{
    return {{"count", finding.count}, {"examples", finding.examples}};
}

Json findingsJson(const training::Findings &findings)
{
    return {{"photos", findings.photos},
            {"captions", findings.captions},
            {"train_photos", findings.trainPhotos},
            {"train_captions", findings.trainCaptions},
            {"held_out_photos", findings.heldOutPhotos},
            {"held_out_captions", findings.heldOutCaptions},
            {"missing_photos", findingJson(findings.missingPhotos)},
            {"not_read", findingJson(findings.notRead)},
            {"empty_captions", findingJson(findings.emptyCaptions)},
            {"repeated_photos", findingJson(findings.repeatedPhotos)},
            {"unknown_words", findingJson(findings.unknownWords)},
            {"words", findings.words},
            {"unknown_uses", findings.unknownUses},
            {"too_few", findings.tooFew}};
}

std::string findingsText(const training::Findings &findings)
{
    auto text = fmt::format("{} photos with {} captions to learn from, {} with {} held out\n", findings.trainPhotos,
                            findings.trainCaptions, findings.heldOutPhotos, findings.heldOutCaptions);
    const auto line = [&](const training::Finding &finding, std::string_view what) {
        if (finding.count > 0)
            text += fmt::format("{} {}: {}{}\n", finding.count, what, fmt::join(finding.examples, ", "),
                                static_cast<std::size_t>(finding.count) > finding.examples.size() ? ", …" : "");
    };
    line(findings.missingPhotos, "photos are missing and left out");
    line(findings.notRead, "photos of the library are not read yet and left out");
    line(findings.emptyCaptions, "captions hold no word and are left out");
    line(findings.repeatedPhotos, "photos are there twice and count once");
    line(findings.unknownWords, "words are new");
    return text;
}

Json figuresJson(const eval::Retrieval &figures)
{
    const auto way = [](const eval::Ranking &ranking) {
        return Json{{"r1", ranking.recall1},
                    {"r5", ranking.recall5},
                    {"r10", ranking.recall10},
                    {"median", ranking.medianRank},
                    {"mean", ranking.meanRank}};
    };
    return {{"image_to_text", way(figures.imageToText)},
            {"text_to_image", way(figures.textToImage)},
            {"photos", figures.images},
            {"captions", figures.texts}};
}

std::string figuresText(const eval::Retrieval &figures)
{
    return fmt::format("caption → photo: {:.1f} % first, {:.1f} % in ten; photo → caption: {:.1f} %, {:.1f} %",
                       figures.textToImage.recall1, figures.textToImage.recall10, figures.imageToText.recall1,
                       figures.imageToText.recall10);
}

struct Prepared {
    training::JobState job;
    Json json;
};

Result<Prepared> newJob(const OwnTraining &own, const catalogue::Catalogue *library, const training::Source &source,
                        const Context &context)
{
    const auto settings = settingsOf(own);
    const auto material = training::gather(source, settings, library, context.stop);
    if (!material)
        return fail(material.error());
    Prepared prepared;
    prepared.json["data"] = findingsJson(material->findings);
    fmt::print(stderr, "{}", findingsText(material->findings));
    if (material->findings.tooFew)
        return fail(Errc::Invalid, material->name,
                    fmt::format("there is too little to learn from: {} photos and {} captions at least are needed, and "
                                "2 photos to measure with",
                                training::fewestPhotos, training::fewestCaptions));
    const auto expected = training::expect(*material, settings, context.threads, context.stop);
    if (!expected)
        return fail(expected.error());
    prepared.json["expected_seconds"] = expected->seconds();
    fmt::print(stderr, "photolex-cli: about {:.0f} s at most\n", expected->seconds());
    if (own.checkOnly)
        return prepared;
    auto job = training::create(*material, settings);
    if (!job)
        return fail(job.error());
    prepared.job = std::move(*job);
    return prepared;
}

} // namespace

void addOwnTrainingOptions(CLI::App &app, OwnTraining &training)
{
    std::vector<std::string> names;
    names.reserve(std::size(objectives));
    for (const auto &[name, objective] : objectives)
        names.push_back(name);
    app.add_option("--name", training.name, "Without a recipe: name of the new bundle");
    app.add_option("--from", training.from,
                   "Without a recipe: BUNDLE or BUNDLE/ENCODER that is trained further; none: from nothing");
    app.add_option("--keep", training.keep, "How firmly the encoder is held to what it knows, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--kind", training.kind, "From nothing: what reads a sentence")
        ->check(CLI::IsMember({"linear", "lstm", "gru"}));
    app.add_option("--dimension", training.dimension, "From nothing: of the space")->check(CLI::Range(2, 4096));
    app.add_option("--objective", training.objective, "Loss")->check(CLI::IsMember(names));
    app.add_option("--epochs", training.epochs, "Passes over the captions, at most")->check(CLI::Range(1, 10000));
    app.add_option("--patience", training.patience, "Passes without a better one before it ends")
        ->check(CLI::Range(1, 10000));
    app.add_option("--share", training.heldOut, "Share of the photos that is held out to measure with")
        ->check(CLI::Range(0.01, 0.5));
}

Result<Output> runTrainOwn(const OwnTraining &own, const Context &context)
{
    Prepared prepared;
    if (own.resume) {
        auto jobs = training::unfinished();
        if (jobs.empty())
            return fail(Errc::NotFound, "--resume", "no training was broken off");
        prepared.job = std::move(jobs.front());
    }
    auto source = own.resume ? Result<training::Source>(prepared.job.source) : sourceOf(own);
    if (!source)
        return fail(source.error());
    std::shared_ptr<catalogue::Catalogue> library;
    if (source->isLibrary()) {
        auto opened = openForWriting(context); // points may be filled in
        if (!opened)
            return fail(opened.error());
        library = std::move(*opened);
    }
    if (!own.resume) {
        auto made = newJob(own, library.get(), *source, context);
        if (!made)
            return fail(made.error());
        prepared = std::move(*made);
        if (own.checkOnly)
            return Output{.json = std::move(prepared.json), .text = {}};
    }
    Json unreadable = Json::array();
    Json epochs = Json::array();
    training::Watching watching;
    watching.threads = context.threads;
    watching.progress = progressLine(context);
    watching.unreadable = [&](const std::filesystem::path &photo, const Error &error) {
        unreadable.push_back({{"path", displayText(photo)}, {"code", errcName(error.code)}, {"detail", error.detail}});
    };
    watching.epoch = [&](const train::EpochReport &report) {
        auto &json = epochs.emplace_back(
            Json{{"epoch", report.epoch}, {"loss", report.loss}, {"seconds", report.seconds}, {"best", report.best}});
        if (report.dev)
            json["held_out"] = figuresJson(*report.dev);
        fmt::print(stderr, "photolex-cli: epoch {}: loss {:.4f}; {}\n", report.epoch, report.loss,
                   report.dev ? figuresText(*report.dev) : std::string());
    };
    const auto outcome = training::run(prepared.job, library.get(), watching, context.stop);
    if (!outcome) {
        // What nothing can come of is not offered again.
        if (outcome.error().code == Errc::Invalid)
            if (const auto gone = training::discard(prepared.job); !gone)
                return fail(gone.error());
        return fail(outcome.error());
    }
    auto &json = prepared.json;
    json["bundle"] = outcome->bundle.id;
    json["path"] = displayText(outcome->bundle.folder);
    json["encoder"] = outcome->encoder;
    json["best_epoch"] = outcome->best;
    json["epochs"] = epochs;
    if (outcome->before)
        json["before"] = figuresJson(*outcome->before);
    json["after"] = figuresJson(outcome->after);
    if (outcome->keptWords)
        json["kept_words"] = *outcome->keptWords;
    json["unreadable"] = unreadable;
    std::string text;
    if (outcome->before)
        text += fmt::format("before: {}\n", figuresText(*outcome->before));
    text += fmt::format("after:  {}\n", figuresText(outcome->after));
    if (outcome->keptWords)
        text += fmt::format("of the ten words nearest to everyday things, {:.0f} % are those of before\n",
                            100 * *outcome->keptWords);
    text += fmt::format("{} written to {}\n", outcome->bundle.id, displayText(outcome->bundle.folder));
    return Output{.json = std::move(json), .text = std::move(text)};
}

} // namespace photolex::cli
