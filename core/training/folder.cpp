#include "core/training/folder_p.h"

#include "core/base/bytes.h"
#include "core/base/paths.h"
#include "core/base/tensor_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace photolex::training {

namespace {

using Json = nlohmann::ordered_json;

constexpr int formatVersion = 1;
constexpr std::array<std::pair<train::Objective, std::string_view>, 4> objectives = {{
    {train::Objective::SumOfHinges, "hinge-sum"},
    {train::Objective::PhotoHinges, "hinge-photo"},
    {train::Objective::HardestHinges, "hinge-hardest"},
    {train::Objective::Contrastive, "contrastive"},
}};

std::string dumped(const Json &json)
{
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json toJson(const eval::Ranking &ranking)
{
    return {ranking.recall1, ranking.recall5, ranking.recall10, ranking.medianRank, ranking.meanRank};
}

eval::Ranking rankingFrom(const Json &json)
{
    return {json.at(0).get<double>(), json.at(1).get<double>(), json.at(2).get<double>(), json.at(3).get<double>(),
            json.at(4).get<double>()};
}

Json toJson(const train::EpochReport &report)
{
    Json json = {{"epoch", report.epoch}, {"loss", report.loss}, {"seconds", report.seconds}, {"best", report.best}};
    if (report.dev)
        json["dev"] = {{"image_to_text", toJson(report.dev->imageToText)},
                       {"text_to_image", toJson(report.dev->textToImage)},
                       {"images", report.dev->images},
                       {"texts", report.dev->texts}};
    return json;
}

train::EpochReport reportFrom(const Json &json)
{
    train::EpochReport report;
    report.epoch = json.at("epoch").get<int>();
    report.loss = json.at("loss").get<double>();
    report.seconds = json.at("seconds").get<double>();
    report.best = json.at("best").get<bool>();
    if (json.contains("dev")) {
        const auto &dev = json["dev"];
        report.dev = eval::Retrieval{.imageToText = rankingFrom(dev.at("image_to_text")),
                                     .textToImage = rankingFrom(dev.at("text_to_image")),
                                     .images = dev.at("images").get<std::int64_t>(),
                                     .texts = dev.at("texts").get<std::int64_t>()};
    }
    return report;
}

Json toJson(const JobState &job)
{
    const auto &settings = job.settings;
    const auto objective =
        std::ranges::find(objectives, settings.objective, &std::pair<train::Objective, std::string_view>::first);
    return {{"format_version", formatVersion},
            {"set", job.set},
            {"place", job.source.place.native()},
            {"photos", job.source.photos.native()},
            {"name", settings.name},
            {"from", settings.from},
            {"keep", settings.keep},
            {"kind", settings.kind},
            {"dimension", settings.dimension},
            {"objective", objective->second},
            {"epochs", settings.epochs},
            {"patience", settings.patience},
            {"held_out", settings.heldOut},
            {"seed", settings.seed}};
}

JobState jobFrom(const Json &json)
{
    JobState job;
    auto &settings = job.settings;
    if (json.at("format_version").get<int>() > formatVersion)
        throw std::runtime_error("it was written by a newer version");
    job.set = json.at("set").get<std::string>();
    job.source.place = json.at("place").get<std::string>();
    job.source.photos = json.at("photos").get<std::string>();
    settings.name = json.at("name").get<std::string>();
    settings.from = json.at("from").get<std::string>();
    settings.keep = json.at("keep").get<double>();
    settings.kind = json.at("kind").get<std::string>();
    settings.dimension = json.at("dimension").get<int>();
    const auto named = json.at("objective").get<std::string>();
    for (const auto &[objective, name] : objectives)
        if (name == named)
            settings.objective = objective;
    settings.epochs = json.at("epochs").get<int>();
    settings.patience = json.at("patience").get<int>();
    settings.heldOut = json.at("held_out").get<double>();
    settings.seed = json.at("seed").get<std::uint64_t>();
    return job;
}

Json captionsJson(std::span<const dataset::Caption> captions)
{
    Json list = Json::array();
    for (const auto &caption : captions)
        list.push_back({caption.image, caption.text});
    return list;
}

std::vector<dataset::Caption> captionsFrom(const Json &json, std::int64_t photos)
{
    std::vector<dataset::Caption> captions;
    for (const auto &each : json) {
        captions.push_back({each.at(0).get<std::int32_t>(), each.at(1).get<std::string>()});
        if (captions.back().image < 0 || captions.back().image >= photos)
            throw std::runtime_error("a caption of a photo that is not there");
    }
    return captions;
}

} // namespace

std::filesystem::path trainingsFolder()
{
    return paths::dataHome() / "trainings";
}

std::string settingsJson(const JobState &job)
{
    return dumped(toJson(job));
}

Result<> writeRows(const std::filesystem::path &folder, const KeptRows &rows)
{
    std::vector<TensorData> tensors;
    const auto add = [&](const char *name, const std::vector<float> &values) {
        if (!values.empty())
            tensors.push_back({name,
                               {static_cast<std::int64_t>(values.size()) / rows.width, rows.width},
                               values,
                               TensorType::Float16});
    };
    add("train", rows.train.rows);
    add("train.mirrored", rows.train.mirrored);
    add("held_out", rows.heldOut.rows);
    add("kept", rows.kept);
    // The sentences first: rows that are there are taken for the end of this stage.
    const Json json = {{"train", captionsJson(rows.train.captions)},
                       {"held_out", captionsJson(rows.heldOut.captions)},
                       {"photos", rows.photos},
                       {"unreadable", rows.unreadable}};
    if (auto written = writeFileAtomically(folder / "data.json", dumped(json)); !written)
        return written;
    return writeTensorFile(folder / "data.safetensors", tensors);
}

bool hasRows(const std::filesystem::path &folder)
{
    std::error_code ignored;
    return std::filesystem::exists(folder / "data.safetensors", ignored);
}

Result<KeptRows> readRows(const std::filesystem::path &folder)
{
    const auto file = TensorFile::open(folder / "data.safetensors");
    if (!file)
        return fail(file.error());
    const auto text = readTextFile(folder / "data.json");
    if (!text)
        return fail(text.error());
    KeptRows rows;
    std::int64_t trainPhotos = 0;
    std::int64_t heldOutPhotos = 0;
    const auto read = [&](const char *name) {
        const auto *view = file->find(name);
        if (view)
            rows.width = static_cast<int>(view->shape.back());
        return view ? view->toFloats() : std::vector<float>();
    };
    rows.train.rows = read("train");
    rows.train.mirrored = read("train.mirrored");
    rows.heldOut.rows = read("held_out");
    rows.kept = read("kept");
    if (rows.width <= 0 || (!rows.train.mirrored.empty() && rows.train.mirrored.size() != rows.train.rows.size()))
        return fail(Errc::Corrupt, displayText(folder), "its rows do not fit each other");
    trainPhotos = static_cast<std::int64_t>(rows.train.rows.size()) / rows.width;
    heldOutPhotos = static_cast<std::int64_t>(rows.heldOut.rows.size()) / rows.width;
    try {
        const auto json = Json::parse(*text);
        rows.train.captions = captionsFrom(json.at("train"), trainPhotos);
        rows.heldOut.captions = captionsFrom(json.at("held_out"), heldOutPhotos);
        rows.photos = json.at("photos").get<std::int64_t>();
        rows.unreadable = json.at("unreadable").get<std::int64_t>();
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(folder / "data.json"), displayText(error.what()));
    }
    return rows;
}

Result<> writeCurve(const std::filesystem::path &folder, std::span<const train::EpochReport> epochs)
{
    Json list = Json::array();
    for (const auto &report : epochs)
        list.push_back(toJson(report));
    return writeFileAtomically(folder / "curve.json", dumped(list));
}

Result<JobState> readJob(const std::filesystem::path &folder)
{
    const auto text = readTextFile(folder / "job.json");
    if (!text)
        return fail(text.error());
    try {
        auto job = jobFrom(Json::parse(*text));
        job.folder = folder;
        job.hasRows = hasRows(folder);
        if (const auto curve = readTextFile(folder / "curve.json"))
            for (const auto &report : Json::parse(*curve))
                job.epochs.push_back(reportFrom(report));
        return job;
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(folder / "job.json"), displayText(error.what()));
    }
}

} // namespace photolex::training
