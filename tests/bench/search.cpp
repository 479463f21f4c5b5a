// A text query over 100,000 photos, encoding included: idle, and while two workers index; and an expression whose
// weight changes, as while a slider moves, with its photos and words. Beside it a flat faiss index over the same rows,
// which only scans.
//
//     bench_search LIST SCRATCH     LIST: photos to index meanwhile, one path a line
#include "core/search/search.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/catalogue/catalogue.h"
#include "core/image/metadata.h"
#include "core/indexing/indexer.h"
#include "core/search/examples.h"
#include "core/search/expression.h"
#include "tests/bench/measure.h"

#include <atomic>
#include <cmath>
#include <faiss/IndexFlat.h>
#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <thread>

using namespace photolex;

namespace {

constexpr int count = 100'000;
constexpr int queries = 60;
const std::vector<std::string> texts = {"a dog on the beach",   "food on a plate",         "mountains at sunset",
                                        "two children playing", "a red car in the street", "a cat on a sofa"};

Result<> fill(catalogue::Catalogue &catalogue, const joint::Encoder &encoder, std::vector<float> &values)
{
    const auto root = catalogue.addRoot("/nowhere");
    if (!root)
        return fail(root.error());
    std::vector<catalogue::Photo> photos(count);
    for (int i = 0; i < count; ++i) {
        auto &photo = photos[static_cast<std::size_t>(i)];
        photo.root = *root;
        photo.relativePath = fmt::format("{:03}/IMG_{:06}.jpg", i / 1000, i);
        photo.state = catalogue::PhotoState::Ready;
        photo.takenAt = 1'500'000'000 + i;
    }
    if (auto saved = catalogue.save(photos); !saved)
        return saved;
    auto writer = embedding::RowWriter::open(catalogue.rowFile(embedding::pointRowsName(encoder.hash())),
                                             encoder.dimension(), encoder.hash());
    if (!writer)
        return fail(writer.error());
    auto random = generator(1, "rows");
    std::normal_distribution<float> normal;
    const auto dimension = static_cast<std::size_t>(encoder.dimension());
    values.resize(count * dimension);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span row(values.data() + i * dimension, dimension);
        float squares = 0;
        for (auto &value : row) {
            value = normal(random);
            squares += value * value;
        }
        for (auto &value : row)
            value /= std::sqrt(squares);
        if (auto appended = writer->append(photos[i].id, row); !appended)
            return appended;
    }
    return writer->flush();
}

std::vector<double> ask(const search::Engine &engine)
{
    std::vector<double> milliseconds;
    for (int i = 0; i < queries; ++i) {
        const double before = bench::wallSeconds();
        const auto answer = engine.search({.text = texts[static_cast<std::size_t>(i) % texts.size()], .count = 50}, {});
        if (answer && answer->matches.size() == 50)
            milliseconds.push_back((bench::wallSeconds() - before) * 1e3);
    }
    return milliseconds;
}

// photo − word + w × word, w from 0 to 3: terms are read once, as in the window.
Result<std::vector<double>> slide(const std::shared_ptr<catalogue::Catalogue> &catalogue,
                                  const std::shared_ptr<search::Engine> &engine)
{
    const search::TermReader reader(catalogue, engine, [] {
        return Result<std::shared_ptr<const image::Network>>(fail(Errc::NotFound, "network"));
    });
    std::vector<double> milliseconds;
    for (int i = 0; i < queries; ++i) {
        const double before = bench::wallSeconds();
        const auto expression = search::parseExpression(
            fmt::format("photo:'/nowhere/042/IMG_042000.jpg' - 'blue' + {:.3f}*'red car'", 3.0 * i / queries));
        if (!expression)
            return fail(expression.error());
        const auto points = reader.read(*expression, {});
        if (!points)
            return fail(points.error());
        const auto answer =
            search::answerExpression(*engine, *expression, *points, {.photos = 100, .words = 24, .filter = {}}, {});
        if (!answer)
            return fail(answer.error());
        if (answer->result.hits.size() == 100 && i > 0)
            milliseconds.push_back((bench::wallSeconds() - before) * 1e3);
    }
    return milliseconds;
}

// One slice after the other, of the search for examples: how long the longest keeps a worker.
double longestSlice(const std::shared_ptr<search::Engine> &engine)
{
    search::ExampleSearch examples(engine);
    double longest = 0;
    for (bool more = true; more;) {
        const double before = bench::wallSeconds();
        const auto step = examples.step({});
        longest = std::max(longest, (bench::wallSeconds() - before) * 1e3);
        more = step && *step;
    }
    return longest;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    threads::prepareProcess(2);
    image::initialiseMetadata();
    const std::filesystem::path scratch = argv[2];
    auto catalogue = catalogue::Catalogue::open(scratch / "library.photolex", catalogue::Access::Write);
    if (!catalogue)
        return bench::failed(catalogue.error());
    const auto bundle = model::openBundle("");
    if (!bundle)
        return bench::failed(bundle.error());
    const auto models = indexing::openModels(*bundle);
    if (!models)
        return bench::failed(models.error());
    std::vector<float> values;
    if (auto filled = fill(**catalogue, *models->encoder, values); !filled)
        return bench::failed(filled.error());
    const auto engine = search::Engine::create(*catalogue, models->encoder);
    if (!engine)
        return bench::failed(engine.error());

    (void)ask(**engine); // the rows are read and the words' points made on the first query
    const auto idle = ask(**engine);
    const auto sliding = slide(*catalogue, *engine);
    if (!sliding)
        return bench::failed(sliding.error());
    const double slice = longestSlice(*engine);

    faiss::IndexFlatIP flat(models->encoder->dimension());
    flat.add(count, values.data());
    std::vector<double> faissMilliseconds;
    for (int i = 0; i < queries; ++i) {
        const auto point = models->encoder->sentencePoint(texts[static_cast<std::size_t>(i) % texts.size()]);
        if (!point)
            return bench::failed(point.error());
        std::vector<float> scores(50);
        std::vector<faiss::Index::idx_t> ids(50);
        const double before = bench::wallSeconds();
        flat.search(1, point->point.data(), 50, scores.data(), ids.data());
        faissMilliseconds.push_back((bench::wallSeconds() - before) * 1e3);
    }

    // The same library while it is indexed into: photos go through decode and network on both cores.
    auto thumbnails = image::ThumbnailCache::open(scratch / "library.photolex" / "thumbnails");
    if (!thumbnails)
        return bench::failed(thumbnails.error());
    std::filesystem::create_directories(scratch / "photos");
    std::size_t number = 0;
    for (int copy = 0; copy < 4; ++copy)
        for (const auto &path : bench::readLines(argv[1])) {
            std::error_code ignored;
            std::filesystem::copy_file(
                path,
                scratch / "photos" / fmt::format("{:06}{}", number++, std::filesystem::path(path).extension().native()),
                ignored);
        }
    indexing::Indexer indexer(*catalogue, std::make_shared<const image::ThumbnailCache>(std::move(*thumbnails)),
                              [&]() -> Result<indexing::Models> { return *models; });
    std::atomic<bool> running = false;
    std::vector<double> busy;
    {
        std::jthread indexingThread([&](const std::stop_token &stop) {
            const std::vector<std::filesystem::path> folders = {scratch / "photos"};
            (void)indexer.run(folders,
                              {.workers = 2,
                               .stored =
                                   [&](auto) {
                                       running = true;
                                       running.notify_all();
                                   }},
                              stop);
            running = true;
            running.notify_all();
        });
        running.wait(false);
        busy = ask(**engine);
    }
    const double idleMedian = bench::quantile(idle, 0.5);
    const double peer = bench::quantile(faissMilliseconds, 0.5);
    fmt::print(
        "{{\"rows\": {}, \"dimension\": {}, \"idle_ms\": {:.2f}, \"idle_p95_ms\": {:.2f}, \"indexing_ms\": {:.2f}, "
        "\"indexing_p95_ms\": {:.2f}, \"expression_ms\": {:.2f}, \"expression_p95_ms\": {:.2f}, "
        "\"longest_example_slice_ms\": {:.2f}, \"faiss_flat_ms\": {:.2f}, \"ratio_idle_to_faiss\": {:.2f}, "
        "\"resident_mb\": "
        "{:.0f}}}\n",
        count, models->encoder->dimension(), idleMedian, bench::quantile(idle, 0.95), bench::quantile(busy, 0.5),
        bench::quantile(busy, 0.95), bench::quantile(*sliding, 0.5), bench::quantile(*sliding, 0.95), slice, peer,
        idleMedian / peer, bench::residentMegabytes());
    return 0;
}
