// map: the library's photos in two dimensions, with clusters and their names.
#include "app/cli/command.h"
#include "app/cli/opened_library.h"
#include "core/base/bytes.h"
#include "core/base/csv.h"
#include "core/embedding/rows.h"
#include "core/projection/clusters.h"
#include "core/projection/projection.h"
#include "core/search/group_names.h"

#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace photolex::cli {

namespace {

constexpr std::size_t wordsOfName = 3;

struct MapArguments {
    std::string method = "umap", start = "pca", out, encoder;
    int dimensions = 2, epochs = 0;
    std::size_t neighbours = 15;
    std::uint64_t seed = 1;
};

// The photos that are in the library and have a point.
struct Mapped {
    std::vector<std::string> paths; // bytes
    std::vector<float> values;      // n × dimension
};

Result<Mapped> readPoints(const OpenedLibrary &opened)
{
    const auto file = opened.catalogue->rowFile(embedding::pointRowsName(opened.encoder->hash()));
    const auto rows = embedding::Rows::open(file, opened.encoder->hash());
    if (!rows && rows.error().code == Errc::NotFound)
        return Mapped{};
    if (!rows)
        return fail(rows.error());
    Mapped mapped;
    for (std::size_t i = 0; i < (*rows)->size(); ++i) {
        const auto path = opened.catalogue->absolutePath((*rows)->ids()[i]);
        if (!path)
            continue; // removed meanwhile
        mapped.paths.push_back(*path);
        const auto row = (*rows)->row(i);
        mapped.values.insert(mapped.values.end(), row.begin(), row.end());
    }
    return mapped;
}

std::string csvOf(const Mapped &mapped, std::span<const projection::Position> positions,
                  const projection::Clusters &clusters)
{
    std::string csv = "path,x,y,cluster\r\n";
    for (std::size_t i = 0; i < mapped.paths.size(); ++i)
        csv += fmt::format("{},{:.6f},{:.6f},{}\r\n", csvField(mapped.paths[i]), positions[i].x, positions[i].y,
                           clusters.label[i]);
    return csv;
}

Result<projection::Layout> layOut(projection::Points points, const MapArguments &arguments, const Context &context)
{
    using projection::Method;
    const auto progress = progressLine(context);
    auto layout = projection::Layout::create(
        points,
        {.method = arguments.method == "pca"    ? Method::Pca
                   : arguments.method == "tsne" ? Method::Tsne
                                                : Method::Umap,
         .neighbours = arguments.neighbours,
         .epochs = arguments.epochs,
         .start = arguments.start == "spectral" ? projection::Start::Spectral : projection::Start::Pca,
         .seed = arguments.seed,
         .threads = context.threads},
        context.stop, progress);
    if (!layout)
        return layout;
    ProgressThrottle throttle(progress);
    while (layout->epoch() < layout->epochs()) {
        if (auto ran = layout->runTo(layout->epoch() + 10, context.stop); !ran)
            return fail(Errc::Cancelled, "map", "nothing was written");
        throttle.report({"layout", layout->epoch(), layout->epochs()});
    }
    return layout;
}

Result<Output> runMap(const MapArguments &arguments, const Context &context)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto opened = openLibrary(arguments.encoder, context);
    if (!opened)
        return fail(opened.error());
    const auto mapped = readPoints(*opened);
    if (!mapped)
        return fail(mapped.error());
    const projection::Points points{mapped->values, static_cast<std::size_t>(opened->encoder->dimension())};
    const auto layout = layOut(points, arguments, context);
    if (!layout)
        return fail(layout.error());
    const auto positions = projection::normalised(layout->positions());
    projection::Clusters clusters;
    if (layout->neighbours().size() == points.size() && points.size() > 0) {
        clusters = projection::clusters(layout->neighbours(), {});
    } else {
        const auto near = projection::nearestNeighbours(
            points, {.count = arguments.neighbours, .threads = context.threads}, context.stop);
        if (!near)
            return fail(near.error());
        clusters = projection::clusters(*near, {});
    }
    clusters.label.resize(points.size()); // a single photo has no neighbours
    clusters.count = points.size() > 0 ? std::max(clusters.count, 1) : 0;
    const auto names =
        search::groupNames(*opened->encoder, mapped->values, clusters.label, clusters.count, wordsOfName);
    if (!names)
        return fail(names.error());

    Output output;
    const auto csv = csvOf(*mapped, positions, clusters);
    if (!arguments.out.empty()) {
        if (auto written = writeFileAtomically(absolutePath(arguments.out), csv); !written)
            return fail(written.error());
    } else {
        output.text = csv;
    }
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(clusters.count));
    for (const auto label : clusters.label)
        ++sizes[static_cast<std::size_t>(label)];
    output.json = {{"method", arguments.method},
                   {"encoder", opened->encoder->entry().id},
                   {"seed", arguments.seed},
                   {"seconds", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()},
                   {"clusters", Json::array()},
                   {"points", Json::array()}};
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        output.json["clusters"].push_back({{"cluster", c}, {"photos", sizes[c]}, {"words", (*names)[c]}});
        if (!arguments.out.empty())
            output.text += fmt::format("{:4}  {}\n", sizes[c], fmt::join((*names)[c], ", "));
    }
    for (std::size_t i = 0; i < mapped->paths.size(); ++i)
        output.json["points"].push_back({{"path", displayText(mapped->paths[i])},
                                         {"x", positions[i].x},
                                         {"y", positions[i].y},
                                         {"cluster", clusters.label[i]}});
    return output;
}

} // namespace

Command mapCommand(CLI::App &parent)
{
    auto *app = parent.add_subcommand("map", "The photos in two dimensions, with clusters");
    auto arguments = std::make_shared<MapArguments>();
    app->add_option("--method", arguments->method, "pca, umap or tsne")
        ->check(CLI::IsMember({"pca", "umap", "tsne"}))
        ->capture_default_str();
    app->add_option("--dimensions", arguments->dimensions, "2")->check(CLI::Range(2, 2));
    app->add_option("--out", arguments->out, "A CSV file: path,x,y,cluster; by default on stdout");
    app->add_option("--seed", arguments->seed, "The same seed gives the same map")->capture_default_str();
    app->add_option("--neighbours", arguments->neighbours, "How many stay near; few show detail, many the whole")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    app->add_option("--epochs", arguments->epochs, "0: as many as the method usually takes")
        ->check(CLI::Range(0, 100'000));
    app->add_option("--start", arguments->start, "What UMAP starts from: pca or spectral")
        ->check(CLI::IsMember({"pca", "spectral"}));
    app->add_option("--encoder", arguments->encoder, "Encoder of the bundle; by default its first");
    return {app, [arguments](const Context &context) { return runMap(*arguments, context); }};
}

} // namespace photolex::cli
