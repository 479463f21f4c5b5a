#include "core/training/material.h"

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/embedding/rows.h"
#include "core/image/metadata.h"
#include "core/train/on_rows.h"
#include "core/training/first_p.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <set>

namespace photolex::training {

namespace {

// Absent photos are told and left out.
void dropMissing(dataset::Dataset &set, Findings &findings)
{
    std::vector<bool> keep(set.images.size());
    std::error_code ignored;
    for (std::size_t i = 0; i < set.images.size(); ++i) {
        keep[i] = std::filesystem::is_regular_file(set.images[i], ignored);
        if (!keep[i] && ++findings.missingPhotos.count <= 5)
            findings.missingPhotos.examples.push_back(displayText(set.images[i]));
    }
    std::vector<PhotoId> none;
    if (findings.missingPhotos.count > 0)
        keepPhotos(set, none, keep);
}

struct Gathered {
    dataset::Dataset set;
    std::vector<PhotoId> ids; // of the library
};

Result<Gathered> fromPlace(const Source &source, Findings &findings, const std::stop_token &stop)
{
    auto set = dataset::loadPlace(source.place, source.photos, [](const std::filesystem::path &photo) {
        const auto metadata = image::readMetadata(photo);
        return metadata ? metadata->caption : std::string();
    });
    if (!set)
        return fail(set.error());
    if (!set->hasImages())
        return fail(Errc::Invalid, displayText(source.place), "it has sentences only, no photos");
    Gathered gathered{.set = std::move(*set), .ids = {}};
    dropMissing(gathered.set, findings);
    dropEmptyCaptions(gathered.set, findings);
    mergeRepeated(gathered.set, gathered.ids, contentKeys(gathered.set.images, stop), findings);
    return gathered;
}

Result<Gathered> fromLibrary(const catalogue::Catalogue &library, const First &first, Findings &findings)
{
    const auto texts = library.standingTexts({.includeFailed = false}, catalogue::SortKey::Path, false);
    if (!texts)
        return fail(texts.error());
    std::vector<PhotoId> captioned;
    std::vector<std::string> captions;
    for (const auto &text : *texts)
        if (!text.text.empty()) {
            captioned.push_back(text.photo);
            captions.push_back(text.text);
        }
    const auto photos = library.photos(captioned);
    if (!photos)
        return fail(photos.error());
    if (photos->size() != captioned.size())
        return fail(Errc::Busy, displayText(library.library()), "it is being changed: try again");
    const auto stored = storedRows(library, first);
    const auto known = embedding::rowIds(stored.file, stored.hash).value_or(std::vector<PhotoId>());
    Gathered gathered;
    gathered.set.name = "library";
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i < captioned.size(); ++i) {
        const auto path = library.absolutePath(captioned[i]);
        if (!path)
            return fail(path.error());
        if (!std::ranges::binary_search(known, captioned[i])) {
            if (++findings.notRead.count <= 5)
                findings.notRead.examples.push_back(displayText(*path));
            continue;
        }
        gathered.set.captions.push_back({static_cast<std::int32_t>(gathered.set.images.size()), captions[i]});
        gathered.set.images.emplace_back(*path);
        gathered.set.keys.push_back(*path);
        gathered.set.splits.emplace_back("train");
        gathered.ids.push_back(captioned[i]);
        keys.push_back((*photos)[i].partialHash);
    }
    mergeRepeated(gathered.set, gathered.ids, keys, findings);
    return gathered;
}

// Which photos are held out; the set's own parting is kept where it has one.
std::vector<bool> heldOutOf(const dataset::Dataset &set, const Settings &settings)
{
    const auto count = set.images.size();
    std::vector<bool> held(count);
    bool hasOwn = false;
    for (std::size_t i = 0; i < count; ++i) {
        held[i] = set.splits[i] == "dev" || set.splits[i] == "val";
        hasOwn = hasOwn || held[i];
    }
    if (hasOwn)
        return held;
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto random = generator(settings.seed, "held out");
    std::ranges::shuffle(order, random);
    const auto wanted = static_cast<std::size_t>(std::lround(settings.heldOut * static_cast<double>(count)));
    for (std::size_t i = 0; i < std::min(std::max<std::size_t>(2, wanted), count / 2); ++i)
        held[order[i]] = true;
    return held;
}

} // namespace

Result<First> openFirst(const std::string &from)
{
    First first;
    const auto slash = from.rfind('/');
    std::error_code ignored;
    const bool isFolder = std::filesystem::exists(std::filesystem::path(from) / "manifest.json", ignored);
    const bool namesEncoder = slash != std::string::npos && !isFolder;
    auto bundle = model::openBundle(namesEncoder ? from.substr(0, slash) : from);
    if (!bundle)
        return fail(bundle.error());
    first.bundle = std::move(*bundle);
    if (from.empty())
        return first;
    const auto id = namesEncoder ? from.substr(slash + 1) : std::string();
    const auto *entry = first.bundle->encoder(id);
    if (entry && !train::isTrainedFurther(*entry))
        return fail(Errc::Invalid, from,
                    fmt::format("encoders of the kind \"{}\" are not trained further: their words come from elsewhere",
                                entry->kind));
    auto encoder = joint::Encoder::open(first.bundle, id);
    if (!encoder)
        return fail(encoder.error());
    first.encoder = std::move(*encoder);
    return first;
}

StoredRows storedRows(const catalogue::Catalogue &library, const First &first)
{
    if (first.encoder) {
        const auto &hash = first.encoder->hash();
        const auto file = library.rowFile(embedding::pointRowsName(hash));
        std::error_code ignored;
        if (!first.encoder->entry().tail.empty() || std::filesystem::exists(file, ignored))
            return {file, hash};
    }
    const auto &network = first.bundle->manifest().network.sha256;
    return {library.rowFile(embedding::featureRowsName(network)), network};
}

train::EncoderRecipe recipeOf(const Settings &settings, const First &first, std::size_t trainCaptions)
{
    train::EncoderRecipe recipe;
    recipe.kind = settings.kind;
    recipe.dimension = settings.dimension;
    recipe.wordDimension = settings.kind == "linear" ? settings.dimension : std::min(settings.dimension, 128);
    recipe.objective = settings.objective;
    recipe.temperature = 0.07;
    recipe.epochs = settings.epochs;
    recipe.patience = settings.patience;
    // Some dozen steps a pass at least: with fewer, nothing moves.
    recipe.batch = static_cast<int>(std::min(std::clamp<std::size_t>(trainCaptions / 24, 16, 128), trainCaptions));
    recipe.mirrored = 0.5;
    if (first.encoder) {
        recipe.id = first.encoder->entry().id;
        recipe.name = first.encoder->entry().name;
        recipe.kind = first.encoder->entry().kind;
        recipe.learningRate = 0.0005;
        recipe.warmUpSteps = 20;
    } else {
        recipe.id = settings.kind;
        recipe.name = settings.kind == "lstm" ? "LSTM" : settings.kind == "gru" ? "GRU" : "Sum of word vectors";
        recipe.featurePower = 0.5;
        recipe.warmUpSteps = 50;
    }
    recipe.equalLengths = recipe.kind != "linear";
    return recipe;
}

Result<Material> gather(const Source &source, const Settings &settings, const catalogue::Catalogue *library,
                        const std::stop_token &stop)
{
    if (source.isLibrary() && !library)
        return fail(Errc::Invalid, "library", "there is none to take captions from");
    const auto first = openFirst(settings.from);
    if (!first)
        return fail(first.error());
    Material material;
    material.source = source;
    auto &findings = material.findings;
    auto gathered = source.isLibrary() ? fromLibrary(*library, *first, findings) : fromPlace(source, findings, stop);
    if (!gathered)
        return fail(gathered.error());
    if (stop.stop_requested())
        return fail(Errc::Cancelled, gathered->set.name, "nothing was changed");
    material.name = gathered->set.name;
    std::error_code ignored; // a folder goes by its own name, whatever its file of captions is called
    if (std::filesystem::is_directory(source.place, ignored) && source.place.has_filename())
        material.name = displayText(source.place.filename());
    if (first->encoder)
        findUnknownWords(gathered->set, first->encoder->vocabulary(), findings);
    const auto held = heldOutOf(gathered->set, settings);
    auto learnt = held;
    for (std::size_t i = 0; i < held.size(); ++i) {
        // A set's own test part is for nobody's training. What COCO calls "restval" is for training.
        const auto &split = gathered->set.splits[i];
        learnt[i] = !held[i] && split != "test";
    }
    material.heldOut = gathered->set;
    material.heldOutIds = gathered->ids;
    keepPhotos(material.heldOut, material.heldOutIds, held);
    material.train = std::move(gathered->set);
    material.trainIds = std::move(gathered->ids);
    keepPhotos(material.train, material.trainIds, learnt);
    findings.trainPhotos = static_cast<std::int64_t>(material.train.images.size());
    findings.heldOutPhotos = static_cast<std::int64_t>(material.heldOut.images.size());
    findings.trainCaptions = static_cast<std::int64_t>(material.train.captions.size());
    findings.heldOutCaptions = static_cast<std::int64_t>(material.heldOut.captions.size());
    findings.photos = findings.trainPhotos + findings.heldOutPhotos;
    findings.captions = findings.trainCaptions + findings.heldOutCaptions;
    findings.tooFew =
        findings.trainPhotos < fewestPhotos || findings.trainCaptions < fewestCaptions || findings.heldOutPhotos < 2;
    return material;
}

Result<Expected> expect(const Material &material, const Settings &settings, int threads, const std::stop_token &stop)
{
    const auto first = openFirst(settings.from);
    if (!first)
        return fail(first.error());
    train::OnRows work;
    work.recipe = recipeOf(settings, *first, material.train.captions.size());
    work.width = first->encoder ? first->encoder->dimension() : first->bundle->manifest().network.featureDimension;
    work.train.captions = material.train.captions;
    if (first->encoder)
        work.first = train::FirstEncoder{.bundle = first->bundle, .encoder = first->encoder};
    const auto words = train::vocabularyOn(work).size();
    const auto epoch = train::secondsPerEpoch(work, material.train.captions.size(), words, threads, stop);
    if (!epoch)
        return fail(epoch.error());
    Expected expected{.photos = 0, .epoch = *epoch, .epochs = settings.epochs};
    if (material.source.isLibrary() || material.train.images.empty())
        return expected;
    // The first one opens the network as well; what is timed are the others, in a cache of their own.
    const auto scratch =
        std::filesystem::temp_directory_path() / fmt::format("photolex-time-{:x}", std::random_device()());
    train::Options options;
    options.featureCache = scratch;
    options.threads = 1;
    options.unreadable = [](const std::filesystem::path &, const Error &) {};
    const auto timed = [&](std::size_t count) -> Result<double> {
        const auto begin = std::chrono::steady_clock::now();
        const auto rows = train::photoRows(std::span(material.train.images).first(count), *first->bundle,
                                           first->encoder.get(), options, stop);
        if (!rows)
            return fail(rows.error());
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    const auto few = timed(1);
    const auto more = few ? timed(std::min<std::size_t>(4, material.train.images.size())) : few;
    std::error_code ignored;
    std::filesystem::remove_all(scratch, ignored);
    if (!more)
        return fail(more.error());
    const double each = std::max(0.005, (*more - *few) / 3);
    const double workers = threads > 0 ? threads : 1;
    expected.photos = each * static_cast<double>(material.findings.photos) / workers;
    return expected;
}

} // namespace photolex::training
