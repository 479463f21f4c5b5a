// Indexing beside its own ceiling: the processor time of the bare network plus that of the bare decode of the same
// files.
//
//     bench_indexing LIST SCRATCH     LIST: one path a line; SCRATCH: an empty folder
#include "core/base/threads.h"
#include "core/catalogue/catalogue.h"
#include "core/image/decode.h"
#include "core/image/metadata.h"
#include "core/indexing/indexer.h"
#include "tests/bench/measure.h"

#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <thread>

using namespace photolex;

namespace {

constexpr int workers = 2;

// Runs `work(i)` for i in [0, count) on the workers; returns processor seconds for one.
template <class Work>
double cpuPerItem(std::size_t count, const Work &work)
{
    std::atomic<std::size_t> next = 0;
    const double before = bench::cpuSeconds();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&] {
                for (auto item = next++; item < count; item = next++)
                    work(item);
            });
    }
    return (bench::cpuSeconds() - before) / static_cast<double>(count);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    threads::prepareProcess(workers);
    image::initialiseMetadata();
    const auto paths = bench::readLines(argv[1]);
    const std::filesystem::path scratch = argv[2];

    const auto bundle = model::openBundle("");
    if (!bundle)
        return bench::failed(bundle.error());
    const auto models = indexing::openModels(*bundle);
    if (!models)
        return bench::failed(models.error());

    // The photos under one root, as links: nothing is copied.
    std::filesystem::create_directories(scratch / "photos");
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto target =
            scratch / "photos" / fmt::format("{:06}{}", i, std::filesystem::path(paths[i]).extension().native());
        std::error_code error;
        std::filesystem::create_hard_link(paths[i], target, error);
        if (error)
            std::filesystem::copy_file(paths[i], target);
    }

    const image::Pixels grey{{260, 260}, std::vector<std::uint8_t>(std::size_t{260} * 260 * 3, 128)};
    const auto tails = models->tails();
    for (int i = 0; i < 6; ++i) // the graphs optimise themselves during their first calls
        (void)models->network->features(grey, tails);
    const double alone = cpuPerItem(200, [&](std::size_t) { (void)models->network->run(grey); });
    const double network = cpuPerItem(200, [&](std::size_t) { (void)models->network->features(grey, tails); });
    std::atomic<std::int64_t> unreadable = 0;
    const double decode = cpuPerItem(paths.size(), [&](std::size_t i) {
        const auto decoded = image::decode(paths[i], {.wantedShortSide = 260});
        if (decoded)
            (void)image::resized(decoded->pixels, {260, 260});
        else
            ++unreadable;
    });

    auto catalogue = catalogue::Catalogue::open(scratch / "library.photolex", catalogue::Access::Write);
    if (!catalogue)
        return bench::failed(catalogue.error());
    auto thumbnails = image::ThumbnailCache::open(scratch / "library.photolex" / "thumbnails");
    if (!thumbnails)
        return bench::failed(thumbnails.error());
    indexing::Indexer indexer(*catalogue, std::make_shared<const image::ThumbnailCache>(std::move(*thumbnails)),
                              [&]() -> Result<indexing::Models> { return *models; });
    const double wallBefore = bench::wallSeconds();
    const double cpuBefore = bench::cpuSeconds();
    const std::vector<std::filesystem::path> folders = {scratch / "photos"};
    const auto report = indexer.run(folders, {.workers = workers}, {});
    if (!report)
        return bench::failed(report.error());
    const double wall = bench::wallSeconds() - wallBefore;
    const double cpu = bench::cpuSeconds() - cpuBefore;
    const auto photos = static_cast<double>(report->embedded);
    const double limit = workers / (network + decode);
    fmt::print("{{\"photos\": {}, \"network_ms\": {:.2f}, \"without_tails_ms\": {:.2f}, \"decode_ms\": {:.2f}, "
               "\"indexing_ms\": {:.2f}, "
               "\"images_per_s\": {:.2f}, "
               "\"limit_images_per_s\": {:.2f}, \"share_of_limit\": {:.3f}, \"cpu_share\": {:.3f}, \"resident_mb\": "
               "{:.0f}}}\n",
               report->embedded, network * 1e3, alone * 1e3, decode * 1e3, cpu / photos * 1e3, photos / wall, limit,
               photos / wall / limit, (network + decode) * photos / cpu, bench::residentMegabytes());
    return 0;
}
