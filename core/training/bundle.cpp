// What was trained, as a bundle like any other: network, tail, encoder, words, manifest, stored pictures.
#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/image/network.h"
#include "core/joint/crowding.h"
#include "core/joint/encoder.h"
#include "core/text/text.h"
#include "core/training/folder_p.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <numeric>
#include <set>

namespace photolex::training {

namespace {

// "Our garden, 2024" → "our-garden-2024": it becomes the name of a folder. One that is taken gets a number.
std::string idOf(const std::string &name)
{
    std::string id;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)))
            id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    if (id.empty())
        id = "own";
    std::set<std::string> taken;
    for (const auto &installed : model::installedBundles())
        taken.insert(installed.id);
    auto free = id;
    for (int number = 2; taken.contains(free); ++number)
        free = fmt::format("{}-{}", id, number);
    return free;
}

model::Manifest manifestOf(const JobState &job, const model::Bundle &first, const joint::Encoder *encoder,
                           const KeptRows &rows)
{
    model::Manifest manifest;
    const auto &before = first.manifest();
    manifest.title = job.settings.name.empty() ? job.set : job.settings.name;
    manifest.id = idOf(manifest.title);
    manifest.version = "1";
    manifest.language = before.language;
    manifest.seed = job.settings.seed;
    const auto own =
        fmt::format("{}: {} photos, {} captions (one's own)", job.set, rows.photos, rows.train.captions.size());
    manifest.licence = "For oneself: what it was trained on decides who else may have it";
    if (encoder) {
        manifest.licence += ". The encoder that it began with: " + before.licence;
        manifest.trainedOn = before.trainedOn;
        manifest.provenance = fmt::format("Trained further by Photolex from the encoder \"{}\" of {}, on {}",
                                          encoder->entry().id, before.id, own);
    } else {
        manifest.licence += ". Image network: Apache-2.0";
        manifest.provenance =
            fmt::format("Trained by Photolex on the features of the image network of {}, on {}", before.id, own);
    }
    manifest.trainedOn.push_back(own);
    manifest.network = before.network;
    manifest.network.sha256.clear();
    manifest.network.tails.clear();
    return manifest;
}

Result<> copyFile(const model::Bundle &from, const std::string &name, const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::copy_file(from.file(name), folder / name, std::filesystem::copy_options::overwrite_existing,
                               error);
    if (error)
        return fail(systemError(error.value(), displayText(folder / name)));
    return {};
}

// The ten best words of each row, by number.
std::vector<std::set<std::int32_t>> nearestWords(std::span<const float> points, std::span<const float> words,
                                                 std::span<const std::int32_t> among, std::size_t width)
{
    constexpr std::size_t count = 10;
    std::vector<std::set<std::int32_t>> all;
    std::vector<std::pair<float, std::int32_t>> scores(among.size());
    for (std::size_t i = 0; i * width < points.size(); ++i) {
        const auto *point = points.data() + i * width;
        for (std::size_t w = 0; w < among.size(); ++w)
            scores[w] = {std::inner_product(point, point + width,
                                            words.data() + static_cast<std::size_t>(among[w]) * width, 0.0F),
                         among[w]};
        const auto first = std::min(count, scores.size());
        std::partial_sort(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(first), scores.end(),
                          std::greater<>());
        auto &own = all.emplace_back();
        for (std::size_t k = 0; k < first; ++k)
            own.insert(scores[k].second);
    }
    return all;
}

} // namespace

Result<model::Installed> installTrained(const JobState &job, const model::Bundle &first, const joint::Encoder *encoder,
                                        const train::TrainedEncoder &trained, const KeptRows &rows,
                                        const eval::Retrieval &measured)
{
    auto manifest = manifestOf(job, first, encoder, rows);
    const auto target = model::userModels() / manifest.id;
    auto folder = target;
    folder += ".training";
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    const auto build = [&]() -> Result<> {
        if (auto copied = copyFile(first, manifest.network.file, folder); !copied)
            return copied;
        auto entry = trained.entry;
        entry.file = entry.id + ".safetensors";
        entry.vocabulary = entry.id + ".words.txt";
        entry.metrics = {{"held_out_text_to_image_r1", measured.textToImage.recall1},
                         {"held_out_text_to_image_r5", measured.textToImage.recall5},
                         {"held_out_text_to_image_r10", measured.textToImage.recall10},
                         {"held_out_text_to_image_median", measured.textToImage.medianRank},
                         {"held_out_image_to_text_r1", measured.imageToText.recall1},
                         {"held_out_image_to_text_r5", measured.imageToText.recall5},
                         {"held_out_image_to_text_r10", measured.imageToText.recall10},
                         {"held_out_image_to_text_median", measured.imageToText.medianRank},
                         {"held_out_photos", static_cast<double>(measured.images)}};
        if (const auto *tail = first.tail(entry.tail)) {
            if (auto copied = copyFile(first, tail->file, folder); !copied)
                return copied;
            manifest.network.tails.push_back({tail->id, tail->file, {}, tail->fromBlock});
        }
        const auto metadata = encoder ? std::map<std::string, std::string>{{"points_of", encoder->hash()}}
                                      : std::map<std::string, std::string>();
        if (auto written = writeTensorFile(folder / entry.file, trained.tensors, metadata); !written)
            return written;
        std::string words;
        for (const auto &word : trained.words)
            words += word + "\n";
        if (auto written = writeFileAtomically(folder / entry.vocabulary, words); !written)
            return written;
        if (auto written = writeFileAtomically(folder / settingsFile, settingsJson(job)); !written)
            return written;
        manifest.files[settingsFile] = {};
        if (const std::string typical(joint::typicalFile); first.manifest().files.contains(typical)) {
            if (auto copied = copyFile(first, typical, folder); !copied)
                return copied;
            manifest.files[typical] = {};
        }
        manifest.encoders.push_back(std::move(entry));
        return joint::writeSelfTests(folder, manifest);
    };
    auto built = build();
    if (built)
        std::filesystem::rename(folder, target, error);
    if (built && error)
        built = fail(systemError(error.value(), displayText(target)));
    if (!built) {
        std::filesystem::remove_all(folder, error);
        return fail(built.error());
    }
    return model::Installed{manifest.id, target, false};
}

bool isTrainedHere(const model::Manifest &manifest)
{
    return manifest.files.contains(settingsFile);
}

Result<double> keptWords(const model::Bundle &first, const joint::Encoder &before, const joint::Encoder &after)
{
    const auto network = image::Network::open(first);
    if (!network)
        return fail(network.error());
    constexpr std::size_t every = 4; // classes and words are many; a part of them tells as much
    constexpr std::size_t mostWords = 4000;
    const auto rows = (*network)->classifierRows();
    const auto features = static_cast<std::size_t>((*network)->featureDimension());
    std::vector<float> classes;
    for (std::size_t i = 0; i * features < rows.size(); i += every)
        classes.insert(classes.end(), rows.begin() + static_cast<std::ptrdiff_t>(i * features),
                       rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * features));
    std::vector<std::int32_t> among; // ids in both: the new vocabulary begins with the old one
    const auto &vocabulary = before.vocabulary();
    for (std::size_t id = 2; id < vocabulary.size() && among.size() < mostWords; ++id)
        if (!text::isStopWord(vocabulary.word(static_cast<std::int32_t>(id))))
            among.push_back(static_cast<std::int32_t>(id));
    const auto width = static_cast<std::size_t>(before.dimension());
    std::vector<std::vector<std::set<std::int32_t>>> nearest;
    for (const auto *encoder : {&before, &after}) {
        const auto points = encoder->imagePoints(classes);
        if (!points)
            return fail(points.error());
        const auto words = encoder->wordPoints();
        if (!words)
            return fail(words.error());
        nearest.push_back(nearestWords(*points, *words, among, width));
    }
    std::size_t kept = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < nearest[0].size(); ++i) {
        all += nearest[0][i].size();
        kept += static_cast<std::size_t>(
            std::ranges::count_if(nearest[0][i], [&](std::int32_t word) { return nearest[1][i].contains(word); }));
    }
    return all == 0 ? 1 : static_cast<double>(kept) / static_cast<double>(all);
}

} // namespace photolex::training
