#include "core/training/job.h"

#include "core/base/bytes.h"
#include "core/base/lines.h"
#include "core/base/paths.h"
#include "core/base/random.h"
#include "core/caption/parts.h"
#include "core/embedding/rows.h"
#include "core/image/network.h"
#include "core/indexing/indexer.h"
#include "core/train/on_rows.h"
#include "core/training/first_p.h"
#include "core/training/folder_p.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <mutex>

namespace photolex::training {

namespace {

constexpr std::size_t mostKeptPhotos = 2000; // of the library, without captions
constexpr std::size_t mostKeptWords = 4000;  // said alone

std::string checkpointName()
{
    return "checkpoint";
}

void dropZeroRows(const train::PhotoRows &rows, std::span<const dataset::Caption> captions, bool withMirrored,
                  train::RowSet &set, std::int64_t &unreadable)
{
    const auto width = static_cast<std::size_t>(rows.width);
    const auto count = rows.plain.size() / width;
    std::vector<std::int32_t> places(count, -1);
    std::int32_t next = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = std::span(rows.plain).subspan(i * width, width);
        if (std::ranges::all_of(row, [](float value) { return value == 0; })) {
            ++unreadable;
            continue;
        }
        places[i] = next++;
        set.rows.insert(set.rows.end(), row.begin(), row.end());
        if (withMirrored && !rows.mirrored.empty()) {
            const auto mirrored = std::span(rows.mirrored).subspan(i * width, width);
            set.mirrored.insert(set.mirrored.end(), mirrored.begin(), mirrored.end());
        }
    }
    for (const auto &caption : captions)
        if (const auto place = places[static_cast<std::size_t>(caption.image)]; place >= 0)
            set.captions.push_back({place, caption.text});
}

// Rows of photos that were read from their files.
Result<KeptRows> rowsOfFiles(const Material &material, const First &first, const Watching &watching,
                             const std::stop_token &stop)
{
    train::Options options;
    options.featureCache = paths::cacheHome() / "features";
    options.threads = watching.threads;
    options.unreadable = [&](const std::filesystem::path &photo, const Error &error) {
        if (watching.unreadable)
            watching.unreadable(photo, error);
    };
    const auto all = static_cast<std::int64_t>(material.train.images.size() + material.heldOut.images.size());
    std::int64_t before = 0;
    options.progress = [&](const Progress &progress) {
        if (watching.progress)
            watching.progress({"photos", before + progress.done, all});
    };
    KeptRows kept;
    const auto read = [&](const dataset::Dataset &set, train::RowSet &target, bool withMirrored) -> Result<> {
        if (set.images.empty())
            return {};
        const auto rows = train::photoRows(set.images, *first.bundle, first.encoder.get(), options, stop);
        if (!rows)
            return fail(rows.error());
        kept.width = rows->width;
        dropZeroRows(*rows, set.captions, withMirrored, target, kept.unreadable);
        before += static_cast<std::int64_t>(set.images.size());
        return {};
    };
    if (auto done = read(material.train, kept.train, true); !done)
        return fail(done.error());
    if (auto done = read(material.heldOut, kept.heldOut, false); !done)
        return fail(done.error());
    return kept;
}

// Rows that the library has: no photo is opened.
Result<KeptRows> rowsOfLibrary(const Material &material, const First &first, catalogue::Catalogue &library,
                               const std::stop_token &stop)
{
    if (first.encoder) {
        // What the encoder has no points of yet it gets from the features; one with a tail has what indexing gave it.
        const auto filled =
            indexing::fillPoints(library, *first.encoder, first.bundle->manifest().network.sha256, stop);
        if (!filled && filled.error().code != Errc::NotFound)
            return fail(filled.error());
    }
    const auto stored = storedRows(library, first);
    auto rows = embedding::Rows::open(stored.file, stored.hash);
    if (!rows && rows.error().code == Errc::Corrupt)
        rows = embedding::Rows::recover(stored.file);
    if (!rows)
        return fail(rows.error());
    KeptRows kept;
    kept.width = (*rows)->dimension();
    const auto width = static_cast<std::size_t>(kept.width);
    const auto take = [&](const dataset::Dataset &set, std::span<const PhotoId> ids, train::RowSet &target) {
        train::PhotoRows found{.plain = std::vector<float>(ids.size() * width), .mirrored = {}, .width = kept.width};
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (const auto place = (*rows)->indexOf(ids[i]); place >= 0)
                std::ranges::copy((*rows)->row(static_cast<std::size_t>(place)),
                                  found.plain.begin() + static_cast<std::ptrdiff_t>(i * width));
        dropZeroRows(found, set.captions, false, target, kept.unreadable);
    };
    take(material.train, material.trainIds, kept.train);
    take(material.heldOut, material.heldOutIds, kept.heldOut);
    if (!first.encoder) {
        // Features are stored as the network gave them.
        for (auto *set : {&kept.train, &kept.heldOut})
            for (std::size_t i = 0; i < set->rows.size(); i += width) {
                double squares = 0;
                for (std::size_t k = 0; k < width; ++k)
                    squares += static_cast<double>(set->rows[i + k]) * set->rows[i + k];
                for (std::size_t k = 0; k < width && squares > 0; ++k)
                    set->rows[i + k] = static_cast<float>(set->rows[i + k] / std::sqrt(squares));
            }
        return kept;
    }
    // Photos without captions stand for what is not to change.
    std::vector<PhotoId> captioned = material.trainIds;
    captioned.insert(captioned.end(), material.heldOutIds.begin(), material.heldOutIds.end());
    std::ranges::sort(captioned);
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < (*rows)->size(); ++i)
        if (!std::ranges::binary_search(captioned, (*rows)->ids()[i]))
            others.push_back(i);
    auto random = generator(1, "kept photos");
    std::ranges::shuffle(others, random);
    others.resize(std::min(others.size(), mostKeptPhotos));
    for (const auto place : others) {
        const auto row = (*rows)->row(place);
        kept.kept.insert(kept.kept.end(), row.begin(), row.end());
    }
    return kept;
}

// Reads the photos, once; what comes of it stays in the folder.
Result<> readPhotos(const JobState &job, const First &first, catalogue::Catalogue *library, const Watching &watching,
                    const std::stop_token &stop)
{
    const auto material = gather(job.source, job.settings, library, stop);
    if (!material)
        return fail(material.error());
    if (material->findings.tooFew)
        return fail(Errc::Invalid, material->name,
                    fmt::format("{} photos with {} captions to learn from, and {} to measure with, are too few",
                                material->findings.trainPhotos, material->findings.trainCaptions,
                                material->findings.heldOutPhotos));
    auto kept = job.source.isLibrary() ? rowsOfLibrary(*material, first, *library, stop)
                                       : rowsOfFiles(*material, first, watching, stop);
    if (!kept)
        return fail(kept.error());
    kept->photos = static_cast<std::int64_t>(kept->train.rows.size()) / std::max(1, kept->width);
    if (kept->photos < fewestPhotos || kept->heldOut.rows.empty())
        return fail(Errc::Invalid, material->name,
                    fmt::format("{} of its photos can be read: too few to learn from", kept->photos));
    return writeRows(job.folder, *kept);
}

// What the encoder is held to: the network's classes, photos without captions, the sentences of its bundle, and words.
Result<> addKept(train::FirstEncoder &first, const KeptRows &rows)
{
    const auto network = image::Network::open(*first.bundle);
    if (!network)
        return fail(network.error());
    auto classes = first.encoder->imagePoints((*network)->classifierRows());
    if (!classes)
        return fail(classes.error());
    first.keptRows = std::move(*classes);
    first.keptRows.insert(first.keptRows.end(), rows.kept.begin(), rows.kept.end());
    if (auto sentences = readLines(first.bundle->file(caption::sentencesFile)))
        std::ranges::move(*sentences, std::back_inserter(first.keptSentences));
    const auto &vocabulary = first.encoder->vocabulary();
    for (std::size_t id = 2; id < std::min(vocabulary.size(), mostKeptWords + 2); ++id)
        first.keptSentences.push_back(vocabulary.word(static_cast<std::int32_t>(id)));
    return {};
}

const train::EpochReport *bestOf(const std::vector<train::EpochReport> &epochs)
{
    const train::EpochReport *best = nullptr;
    for (const auto &report : epochs)
        if (report.best)
            best = &report;
    return best;
}

} // namespace

Result<JobState> create(const Material &material, const Settings &settings)
{
    JobState job{.folder = {}, .source = material.source, .settings = settings, .set = material.name, .epochs = {}};
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    job.folder = trainingsFolder() / fmt::format("{:013}", now);
    std::error_code error;
    std::filesystem::create_directories(job.folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(job.folder)));
    if (auto written = writeFileAtomically(job.folder / "job.json", settingsJson(job)); !written)
        return fail(written.error());
    return job;
}

std::vector<JobState> unfinished()
{
    std::vector<JobState> found;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(trainingsFolder(), ignored))
        if (auto job = readJob(entry.path()))
            found.push_back(std::move(*job));
    std::ranges::sort(found, std::greater<>(), &JobState::folder);
    return found;
}

Result<> discard(const JobState &job)
{
    std::error_code error;
    std::filesystem::remove_all(job.folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(job.folder)));
    return {};
}

Result<Outcome> run(const JobState &job, catalogue::Catalogue *library, const Watching &watching,
                    const std::stop_token &stop)
{
    const auto first = openFirst(job.settings.from);
    if (!first)
        return fail(first.error());
    if (!hasRows(job.folder))
        if (auto read = readPhotos(job, *first, library, watching, stop); !read)
            return fail(read.error());
    auto rows = readRows(job.folder);
    if (!rows)
        return fail(rows.error());
    const auto current = readJob(job.folder);
    if (!current)
        return fail(current.error());
    auto epochs = current->epochs;

    train::OnRows work;
    work.recipe = recipeOf(job.settings, *first, rows->train.captions.size());
    work.width = rows->width;
    work.seed = job.settings.seed;
    work.train = std::move(rows->train);
    work.heldOut = std::move(rows->heldOut);
    rows->train.captions = work.train.captions; // counted in the manifest
    Outcome outcome;
    outcome.unreadable = rows->unreadable;
    if (first->encoder) {
        work.first = train::FirstEncoder{
            .bundle = first->bundle, .encoder = first->encoder, .keep = job.settings.keep, .keptRows = {}};
        if (auto added = addKept(*work.first, *rows); !added)
            return fail(added.error());
        const auto before = train::figuresBefore(work);
        if (!before)
            return fail(before.error());
        outcome.before = *before;
    }
    std::optional<Error> fault; // of writing the curve: it is drawn from what is in memory as well
    const auto trained = train::trainOnRows(
        work,
        {.checkpoint = job.folder / checkpointName(),
         .resume = true,
         .control = watching.control,
         .threads = watching.threads,
         .progress = watching.progress,
         .report =
             [&](const train::EpochReport &report) {
                 std::erase_if(epochs, [&](const auto &known) { return known.epoch >= report.epoch; });
                 epochs.push_back(report);
                 if (auto kept = writeCurve(job.folder, epochs); !kept)
                     fault = kept.error();
                 if (watching.epoch)
                     watching.epoch(report);
             },
         .step = watching.step},
        stop);
    if (!trained)
        return fail(trained.error());
    const auto *best = bestOf(epochs);
    if (!best || !best->dev)
        return fail(fault ? *fault : Error{Errc::Internal, job.set, "no epoch was measured"});
    outcome.best = best->epoch;
    outcome.epochs = epochs.back().epoch;
    outcome.early = outcome.epochs < job.settings.epochs;
    outcome.after = *best->dev;
    if (watching.progress)
        watching.progress({"bundle", 0, 1});
    auto installed = installTrained(job, *first->bundle, first->encoder.get(), *trained, *rows, outcome.after);
    if (!installed)
        return fail(installed.error());
    outcome.bundle = std::move(*installed);
    outcome.encoder = trained->entry.id;
    if (first->encoder) {
        const auto bundle = model::Bundle::open(outcome.bundle.folder);
        if (!bundle)
            return fail(bundle.error());
        const auto encoder = joint::Encoder::open(*bundle, outcome.encoder);
        if (!encoder)
            return fail(encoder.error());
        const auto kept = keptWords(*first->bundle, *first->encoder, **encoder);
        if (!kept)
            return fail(kept.error());
        outcome.keptWords = *kept;
    }
    if (watching.progress)
        watching.progress({"bundle", 1, 1});
    std::error_code ignored; // what stays of it would only be offered again
    std::filesystem::remove_all(job.folder, ignored);
    return outcome;
}

} // namespace photolex::training
