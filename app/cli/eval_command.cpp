#include "app/cli/caption_commands.h"
#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/image/metadata.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace photolex::cli {

namespace {

const std::map<std::string, Task> &tasks()
{
    static const std::map<std::string, Task> all = {
        {"analogies", measureAnalogies},   {"arithmetic", measureArithmetic}, {"caption", measureCaptions},
        {"language", measureLanguage},     {"classes", measureClasses},       {"ratings", measureRatings},
        {"retrieval", measureRetrieval},   {"similarity", measureSimilarity}, {"tags", measureTags},
        {"vocabulary", measureVocabulary},
    };
    return all;
}

// Bundles among `places`: each a bundle's folder, or a folder that holds some.
Result<std::vector<std::string>> bundlesIn(const std::vector<std::string> &places)
{
    std::vector<std::string> bundles;
    for (const auto &place : places) {
        std::error_code error;
        if (std::filesystem::exists(std::filesystem::path(place) / "manifest.json", error)) {
            bundles.push_back(place);
            continue;
        }
        std::vector<std::string> inside;
        for (const auto &entry : std::filesystem::directory_iterator(place, error))
            if (std::filesystem::exists(entry.path() / "manifest.json"))
                inside.push_back(entry.path().native());
        if (error)
            return fail(systemError(error.value(), displayText(place)));
        if (inside.empty())
            return fail(Errc::NotFound, displayText(place), "it is no bundle, and holds none");
        std::ranges::sort(inside);
        std::ranges::move(inside, std::back_inserter(bundles));
    }
    return bundles;
}

// The numbers that stand at one place in all documents: their mean in `mean`, which begins as the first document, their
// deviation in what comes back. Intervals are of one bundle and are left out.
Json combine(const std::vector<const Json *> &documents, Json &mean)
{
    Json deviation;
    if (mean.is_number()) {
        std::vector<double> values;
        values.reserve(documents.size());
        for (const auto *document : documents)
            values.push_back(document->get<double>());
        const auto [middle, spread] = eval::spread(values);
        if (!mean.is_number_integer() || spread > 0)
            mean = middle;
        return spread;
    }
    if (!mean.is_object())
        return deviation;
    for (auto it = mean.begin(); it != mean.end();) {
        std::vector<const Json *> parts;
        for (const auto *document : documents)
            if (const auto found = document->find(it.key()); found != document->end())
                parts.push_back(&*found);
        if (it.key() == "interval" || parts.size() != documents.size()) {
            it = mean.erase(it);
            continue;
        }
        if (auto own = combine(parts, it.value()); !own.is_null())
            deviation[it.key()] = std::move(own);
        ++it;
    }
    return deviation;
}

std::string scalarText(const Json &value)
{
    if (value.is_number_float())
        return fmt::format("{:.4g}", value.get<double>());
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string words(std::string key)
{
    std::ranges::replace(key, '_', ' ');
    return key;
}

// For people: one line a scalar; an object's scalars in one line; what is nested deeper below it, indented.
void describe(const Json &json, const std::string &name, const std::string &indent, std::string &text)
{
    if (json.is_array()) {
        if (std::ranges::none_of(json, [](const auto &item) { return item.is_structured(); })) {
            text += fmt::format("{}{}:", indent, words(name));
            for (const auto &item : json)
                text += " " + scalarText(item);
            text += "\n";
        } else {
            for (const auto &item : json)
                describe(item, name, indent, text);
        }
        return;
    }
    if (!json.is_object()) {
        text += fmt::format("{}{}: {}\n", indent, words(name), scalarText(json));
        return;
    }
    std::string line;
    for (const auto &[key, value] : json.items())
        if (!value.is_structured())
            line += fmt::format("{}{} {}", line.empty() ? "" : ", ", words(key), scalarText(value));
    text += fmt::format("{}{}{}{}\n", indent, words(name), name.empty() || line.empty() ? "" : ": ", line);
    for (const auto &[key, value] : json.items())
        if (value.is_structured())
            describe(value, key, name.empty() ? indent : indent + "  ", text);
}

Result<Json> measure(const EvalArguments &arguments, const std::string &bundleName, const Context &context)
{
    Measured measured;
    auto bundle = model::openBundle(bundleName);
    if (!bundle)
        return fail(bundle.error());
    measured.bundle = std::move(*bundle);
    auto encoder = joint::Encoder::open(measured.bundle, arguments.encoder);
    if (!encoder)
        return fail(encoder.error());
    measured.encoder = std::move(*encoder);
    auto figures = tasks().at(arguments.task)(arguments, measured, context);
    if (!figures)
        return fail(figures.error());
    Json json = {{"task", arguments.task}, {"encoder", measured.encoder->entry().id}};
    json.update(*figures);
    return json;
}

Result<Output> runEval(const EvalArguments &arguments, const Context &context)
{
    auto bundles = arguments.seeds.empty() ? Result<std::vector<std::string>>(std::vector{context.bundle})
                                           : bundlesIn(arguments.seeds);
    if (!bundles)
        return fail(bundles.error());
    std::vector<Json> documents;
    for (const auto &bundle : *bundles) {
        auto measured = measure(arguments, bundle, context);
        if (!measured)
            return fail(measured.error());
        documents.push_back(std::move(*measured));
    }
    Json json = documents.front();
    if (!arguments.seeds.empty()) {
        std::vector<const Json *> all;
        all.reserve(documents.size());
        for (const auto &document : documents)
            all.push_back(&document);
        auto spread = combine(all, json);
        json["spread"] = std::move(spread);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            Json one = {{"bundle", displayText((*bundles)[i])}};
            one.update(documents[i]);
            json["seeds"].push_back(std::move(one));
        }
    }
    std::string text;
    auto shown = json;
    shown.erase("seeds");
    describe(shown, "", "", text);
    return Output{.json = std::move(json), .text = std::move(text)};
}

} // namespace

Result<std::string> onlySet(const EvalArguments &arguments)
{
    if (arguments.data.specifications.size() != 1)
        return fail(Errc::Invalid, "--data", "one set at a time");
    return arguments.data.specifications.front();
}

Result<std::filesystem::path> fileOfKind(std::string_view specification, std::string_view kind)
{
    if (!specification.starts_with(kind) || specification.substr(kind.size(), 1) != ":" ||
        specification.size() == kind.size() + 1)
        return fail(Errc::Invalid, displayText(specification), fmt::format("this task reads {}:FILE", kind));
    return std::filesystem::path(std::string(specification.substr(kind.size() + 1)));
}

Result<OnlyTable> onlyTable(const EvalArguments &arguments, std::string_view kind)
{
    const auto specification = onlySet(arguments);
    if (!specification)
        return fail(specification.error());
    auto file = fileOfKind(*specification, kind);
    if (!file)
        return fail(file.error());
    auto table = dataset::loadTable(*file);
    if (!table)
        return fail(table.error());
    return OnlyTable{std::move(*table), std::move(*file)};
}

Json intervalJson(const eval::Interval &interval)
{
    return Json::array({interval.low, interval.high});
}

void addDataOptions(CLI::App &app, DataArguments &arguments, const std::string &kinds)
{
    app.add_option("--data", arguments.specifications, kinds)->required();
    app.add_option("--photos", arguments.photos, "Folder of the photos, when they do not lie beside the file");
}

Result<dataset::Dataset> loadData(const std::string &specification, const DataArguments &arguments)
{
    return dataset::load(specification, arguments.photos, [](const std::filesystem::path &photo) {
        const auto metadata = image::readMetadata(photo);
        return metadata ? metadata->caption : std::string();
    });
}

std::filesystem::path featureCache()
{
    return paths::cacheHome() / "features";
}

Command evalCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("eval", "Measure an encoder on captioned photos, sentences and words");
    auto arguments = std::make_shared<EvalArguments>();
    addDataOptions(*app, arguments->data,
                   std::string(captionedKinds) +
                       "; by task: pairs:FILE, ratings:FILE, analogies:FILE, words:FILE, tagged:FILE");
    std::vector<std::string> names;
    for (const auto &[name, task] : tasks())
        names.push_back(name);
    app->add_option("--task", arguments->task, "What to measure; by default retrieval")->check(CLI::IsMember(names));
    app->add_option("--split", arguments->split, "Which part of the set; by default test");
    app->add_option("--encoder", arguments->encoder, "Encoder of the bundle; by default its first");
    app->add_option("--classes", arguments->classes, "Table of class names, for the task classes");
    app->add_option("--seeds", arguments->seeds,
                    "Bundles, or folders of bundles, trained with other seeds: means and spread");
    app->add_option("--retrieve", arguments->retrieveFrom,
                    "SET or SET@SPLIT whose captions are retrieved, for the task caption; by default the bundle's");
    addCaptionOptions(*app, arguments->captioning);
    app->add_option("--folds", arguments->folds, "Groups of photos, each ranked among its own")
        ->check(CLI::PositiveNumber);
    app->add_option("--draws", arguments->draws, "Draws of the bootstrap behind the intervals; 0: no intervals")
        ->check(CLI::NonNegativeNumber);
    return {app, [arguments](const Context &context) { return runEval(*arguments, context); }};
}

} // namespace photolex::cli
