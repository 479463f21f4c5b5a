// One photo: read once, then everything from those bytes and one decode.
#include "core/indexing/pipeline_p.h"

#include "core/base/bytes.h"
#include "core/base/log.h"
#include "core/image/decode.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <sys/stat.h>
#include <thread>

namespace photolex::indexing {

namespace fs = std::filesystem;

using catalogue::PhotoState;

namespace {

constexpr int kThumbnailSide = 256;
constexpr int kShortSide = 260; // what the shipped network takes; enough for the thumbnail too

std::int64_t sidecarTime(const fs::path &photo)
{
    const auto sidecar = image::sidecarOf(photo);
    struct stat status {};
    return !sidecar.empty() && ::stat(sidecar.c_str(), &status) == 0 ? stampOf(status).mtimeNs : 0;
}

void takeMetadata(const image::Metadata &metadata, catalogue::Photo &photo)
{
    photo.takenAt = metadata.takenAt;
    photo.takenAtSource = static_cast<int>(metadata.takenAtSource);
    photo.camera = metadata.camera;
    photo.title = metadata.title;
    photo.keywords = metadata.keywords;
    photo.rating = metadata.rating;
}

// Errors leave the metadata out: a photo without a date is still a photo.
void readMetadata(std::span<const std::byte> bytes, const fs::path &path, Finished &finished)
{
    // The time is taken first: a change while reading is then seen by the next scan.
    const auto time = sidecarTime(path);
    auto metadata = bytes.empty() ? image::readMetadata(path) : image::readMetadata(bytes, path);
    if (!metadata)
        return;
    finished.work.photo.sidecarMtimeNs = time;
    takeMetadata(*metadata, finished.work.photo);
    finished.metadata = std::move(*metadata);
}

bool isFinite(std::span<const float> values)
{
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

Result<> embed(const image::Pixels &pixels, const Models &models, Finished &finished)
{
    const auto notFinite = [] {
        return fail(Errc::Internal, {}, "the network gave values that are not finite, so it cannot be searched");
    };
    const auto tails = models.tails();
    auto features = models.network->features(pixels, tails);
    if (!features)
        return fail(features.error());
    if (!std::ranges::all_of(*features, isFinite))
        return notFinite();
    std::vector<std::vector<float>> points;
    for (const auto &encoder : models.indexed()) {
        const auto tail = std::ranges::find(tails, encoder->entry().tail) - tails.begin();
        auto point = encoder->imagePoints((*features)[static_cast<std::size_t>(tail)]);
        if (!point || !isFinite(*point))
            return notFinite();
        points.push_back(std::move(*point));
    }
    finished.feature = std::move(features->front());
    finished.points = std::move(points);
    return {};
}

void failPhoto(Finished &finished, Error error, const fs::path &path)
{
    error.subject = displayText(path);
    finished.work.photo.state = PhotoState::Failed;
    finished.work.photo.error = std::move(error);
}

void storeThumbnail(const image::Pixels &pixels, const PipelineContext &context, Finished &finished)
{
    if (!context.thumbnails)
        return;
    const auto &photo = finished.work.photo;
    const image::ThumbnailKey key{photo.id, photo.stamp.size, photo.stamp.mtimeNs};
    const auto written = context.thumbnails->write(key, kThumbnailSide, pixels);
    if (written)
        return;
    if (written.error().code == Errc::DiskFull)
        finished.fatal = written.error();
    else // made again when it is wanted
        log::debug("thumbnail {}: {}", written.error().subject, written.error().detail);
}

void processBytes(std::span<const std::byte> bytes, const fs::path &path, const PipelineContext &context,
                  Finished &finished)
{
    auto &photo = finished.work.photo;
    photo.partialHash = partialHash(bytes);
    photo.contentHash = contentHash(bytes);
    const int side = context.models ? std::max(kShortSide, context.models->network->inputSide()) : kShortSide;
    const auto decoded = image::decode(bytes, path, {.wantedShortSide = side});
    if (!decoded) {
        failPhoto(finished, decoded.error(), path);
        return;
    }
    photo.format = image::formatName(decoded->format);
    photo.width = decoded->fullSize.width;
    photo.height = decoded->fullSize.height;
    photo.animated = decoded->animated;
    readMetadata(bytes, path, finished);
    storeThumbnail(decoded->pixels, context, finished);
    photo.error.reset();
    if (decoded->damaged)
        photo.error = Error{Errc::Corrupt, displayText(path),
                            decoded->warning.empty() ? "part of the picture is missing" : decoded->warning};
    if (!context.models)
        return; // stays Found
    if (auto embedded = embed(decoded->pixels, *context.models, finished); !embedded)
        failPhoto(finished, embedded.error(), path);
    else
        photo.state = decoded->damaged ? PhotoState::Damaged : PhotoState::Ready;
}

// A file that changed while it was read is left as Found: what was read may be half of it.
bool isStill(const fs::path &path, const catalogue::FileStamp &stamp)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return false;
    const auto now = stampOf(status);
    return now.size == stamp.size && now.mtimeNs == stamp.mtimeNs;
}

void processFile(const fs::path &path, const PipelineContext &context, Finished &finished)
{
    // The catalogue may know an older state than the one that is read now: bytes and stamp belong together.
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        const auto now = stampOf(status);
        const auto &known = finished.work.photo.stamp;
        finished.isAsBefore =
            finished.work.counting == Counting::Counted && now.size == known.size && now.mtimeNs == known.mtimeNs;
        finished.work.photo.stamp = now;
    }
    const auto bytes = readFile(path);
    if (!bytes) {
        if (bytes.error().code == Errc::NotFound)
            finished.gone = true;
        else
            failPhoto(finished, bytes.error(), path);
        return;
    }
    processBytes(*bytes, path, context, finished);
    if (!isStill(path, finished.work.photo.stamp) ||
        finished.work.photo.stamp.size != static_cast<std::int64_t>(bytes->size())) {
        finished.work.photo.state = PhotoState::Found;
        finished.work.photo.error.reset();
        finished.feature.clear();
        finished.points.clear();
    }
}

// For the points of another bundle. What is not the file that the catalogue knows waits for the next scan.
void processForPoints(const fs::path &path, const PipelineContext &context, Finished &finished)
{
    finished.isAsBefore = true; // its feature may be there already
    const auto bytes = readFile(path);
    if (!bytes && bytes.error().code != Errc::NotFound) {
        failPhoto(finished, bytes.error(), path);
        return;
    }
    if (!bytes || !isStill(path, finished.work.photo.stamp)) {
        finished.gone = true;
        return;
    }
    const auto decoded = image::decode(*bytes, path, {.wantedShortSide = context.models->network->inputSide()});
    if (!decoded)
        failPhoto(finished, decoded.error(), path);
    else if (auto embedded = embed(decoded->pixels, *context.models, finished); !embedded)
        failPhoto(finished, embedded.error(), path);
}

} // namespace

Finished process(Work work, const fs::path &path, const PipelineContext &context)
{
    Finished finished{.work = std::move(work)};
    try {
        if (finished.work.task == Task::Metadata)
            readMetadata({}, path, finished);
        else if (finished.work.task == Task::Points)
            processForPoints(path, context, finished);
        else
            processFile(path, context, finished);
    } catch (const std::bad_alloc &) {
        failPhoto(finished, {Errc::TooLarge, {}, "not enough memory"}, path);
    } catch (const std::exception &error) {
        failPhoto(finished, {Errc::Internal, {}, displayText(error.what())}, path);
    }
    return finished;
}

void giveWay(const IndexOptions &options, const std::stop_token &stop)
{
    using namespace std::chrono_literals;
    const auto mustWait = [&] {
        return (options.paused && options.paused->load(std::memory_order_relaxed)) ||
               (options.interactive && options.interactive->load(std::memory_order_relaxed) > 0);
    };
    while (!stop.stop_requested() && mustWait())
        std::this_thread::sleep_for(5ms);
}

} // namespace photolex::indexing
