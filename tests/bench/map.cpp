// The map: how fluid it is, how soon the first picture is there, and how its layout compares with umap-learn's.
//
//     bench_map frames                                 panning over 10,000, 50,000 and 100,000 points
//     bench_map points LIBRARY CAPTIONS COUNT FILE     points of the library's photos, then of sentences, float32 rows
//     bench_map layout FILE DIMENSION                  our layout of these rows, timed, with its quality
//     bench_map quality FILE DIMENSION POSITIONS       of positions that another program found (float32 pairs)
//
// Prints one JSON line. A frame is what the window's thread does between two screens: move by some pixels and paint.
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/threads.h"
#include "core/catalogue/catalogue.h"
#include "core/embedding/rows.h"
#include "core/indexing/indexer.h"
#include "core/model/bundle.h"
#include "core/projection/projection.h"
#include "core/projection/quality.h"
#include "tests/bench/measure.h"
#include "ui/map/level_of_detail.h"
#include "ui/map/map_scene.h"
#include "ui/map/map_view.h"

#include <QApplication>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>

using namespace photolex;
using namespace photolex::ui;

namespace {

using Json = nlohmann::json;
constexpr int frames = 300, groupCount = 40, labelCount = 200;
constexpr std::size_t qualitySample = 2000, qualityNeighbours = 15;

// Groups as a picture of photos has them: dense in the middle, thin at the edge.
std::vector<projection::Position> cloud(std::size_t count)
{
    auto random = generator(1, "cloud");
    std::normal_distribution<float> normal;
    std::uniform_real_distribution<float> place(-0.85F, 0.85F);
    std::vector<projection::Position> middles(groupCount), positions;
    for (auto &middle : middles)
        middle = {place(random), place(random)};
    for (std::size_t i = 0; i < count; ++i) {
        const auto &middle = middles[i % middles.size()];
        positions.push_back({middle.x + 0.06F * normal(random), middle.y + 0.06F * normal(random)});
    }
    return projection::normalised(positions);
}

Json pan(std::size_t count, double closer)
{
    MapScene scene;
    std::vector<PhotoId> photos;
    std::vector<std::int32_t> groups;
    for (std::size_t i = 0; i < count; ++i) {
        photos.push_back({static_cast<std::int64_t>(i) + 1});
        groups.push_back(static_cast<std::int32_t>(i % groupCount));
    }
    scene.setPhotos(photos, cloud(count), groups);
    const auto sizes = tileSizes(scene.positions());
    scene.setTiles(sizes, tileScales(scene.positions(), sizes));
    std::vector<MapLabel> labels;
    for (int i = 0; i < labelCount; ++i)
        labels.push_back({.kind = i < groupCount ? MapLabel::Kind::Group : MapLabel::Kind::Word,
                          .text = QStringLiteral("word %1").arg(i),
                          .at = scene.positions()[static_cast<std::size_t>(i)],
                          .group = i,
                          .photo = {}});
    scene.setLabels(labels);
    MapView view(&scene, nullptr);
    view.resize(1280, 800);
    view.show();
    QCoreApplication::processEvents();
    view.zoomBy(closer);
    view.repaint();
    std::vector<double> moved, drawn;
    for (int frame = 0; frame < frames; ++frame) {
        auto viewport = view.viewport();
        const double begin = bench::cpuSeconds();
        viewport.pan(frame / 100 % 2 == 0 ? QPointF(7, 3) : QPointF(-6, -4));
        view.setViewport(viewport);
        view.repaint();
        moved.push_back((bench::cpuSeconds() - begin) * 1000);
    }
    for (int frame = 0; frame < frames / 3; ++frame) { // by parts of a pixel: nothing can be moved along
        auto viewport = view.viewport();
        const double begin = bench::cpuSeconds();
        viewport.zoom(frame % 2 == 0 ? 1.01 : 1 / 1.01, {300, 300});
        view.setViewport(viewport);
        view.repaint();
        drawn.push_back((bench::cpuSeconds() - begin) * 1000);
    }
    const double median = bench::quantile(moved, 0.5), whole = bench::quantile(drawn, 0.5);
    return {{"points", count},
            {"zoom", closer},
            {"pan_median_ms", median},
            {"pan_p95_ms", bench::quantile(moved, 0.95)},
            {"pan_frames_per_s", 1000 / median},
            {"zoom_median_ms", whole},
            {"zoom_frames_per_s", 1000 / whole}};
}

// From points to the painted PCA picture.
double firstPicture(std::size_t count, std::size_t dimension)
{
    auto random = generator(2, "points");
    std::normal_distribution<float> normal;
    std::vector<float> values(count * dimension);
    for (auto &value : values)
        value = normal(random);
    MapScene scene;
    MapView view(&scene, nullptr);
    view.resize(1280, 800);
    view.show();
    QCoreApplication::processEvents();
    const double begin = bench::wallSeconds();
    auto layout = projection::Layout::create({values, dimension}, {.method = projection::Method::Pca}, {});
    if (!layout)
        return -1;
    std::vector<PhotoId> photos(count);
    for (std::size_t i = 0; i < count; ++i)
        photos[i].value = static_cast<std::int64_t>(i) + 1;
    scene.setPhotos(photos, projection::normalised(layout->positions()), std::vector<std::int32_t>(count));
    view.repaint();
    return (bench::wallSeconds() - begin) * 1000;
}

int measureFrames()
{
    Json line = {{"first_picture_ms_10000_of_512", firstPicture(10'000, 512)}, {"views", Json::array()}};
    for (const std::size_t count : {10'000, 50'000, 100'000})
        for (const double closer : {1.0, 4.0})
            line["views"].push_back(pan(count, closer));
    fmt::print("{}\n", line.dump());
    return 0;
}

Result<std::vector<float>> readFloats(const std::string &path)
{
    const auto bytes = readFile(path);
    if (!bytes)
        return fail(bytes.error());
    std::vector<float> values(bytes->size() / sizeof(float));
    std::memcpy(values.data(), bytes->data(), values.size() * sizeof(float));
    return values;
}

int writePoints(const std::string &library, const std::string &captions, std::size_t count, const std::string &file)
{
    const auto bundle = model::openBundle("");
    if (!bundle)
        return bench::failed(bundle.error());
    const auto models = indexing::openModels(*bundle);
    if (!models)
        return bench::failed(models.error());
    const auto catalogue = catalogue::Catalogue::open(library, catalogue::Access::Read);
    if (!catalogue)
        return bench::failed(catalogue.error());
    const auto rows = embedding::Rows::open((*catalogue)->rowFile(embedding::pointRowsName(models->encoder->hash())),
                                            models->encoder->hash());
    if (!rows)
        return bench::failed(rows.error());
    const auto dimension = static_cast<std::size_t>(models->encoder->dimension());
    std::vector<float> values;
    for (std::size_t i = 0; i < std::min((*rows)->size(), count); ++i) {
        const auto row = (*rows)->row(i);
        values.insert(values.end(), row.begin(), row.end());
    }
    const auto photos = values.size() / dimension;
    for (const auto &line : bench::readLines(captions)) {
        if (values.size() >= count * dimension)
            break;
        const auto point = models->encoder->sentencePoint(line.substr(line.rfind('\t') + 1));
        if (point)
            values.insert(values.end(), point->point.begin(), point->point.end());
    }
    const std::string_view bytes(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(float));
    if (auto written = writeFileAtomically(file, bytes); !written)
        return bench::failed(written.error());
    fmt::print("{}\n", Json{{"dimension", dimension}, {"photos", photos}, {"rows", values.size() / dimension}}.dump());
    return 0;
}

int reportQuality(const std::vector<float> &values, std::size_t dimension,
                  std::span<const projection::Position> positions, Json line)
{
    const auto quality = projection::quality({values, dimension}, positions, qualityNeighbours, qualitySample);
    if (!quality)
        return bench::failed(quality.error());
    line["trustworthiness"] = quality->trustworthiness;
    line["neighbour_recall"] = quality->neighbourRecall;
    fmt::print("{}\n", line.dump());
    return 0;
}

int measureLayout(const std::string &file, std::size_t dimension)
{
    const auto values = readFloats(file);
    if (!values)
        return bench::failed(values.error());
    const projection::Points points{*values, dimension};
    const double wall = bench::wallSeconds(), cpu = bench::cpuSeconds();
    auto layout = projection::Layout::create(points, {.method = projection::Method::Umap}, {});
    if (!layout)
        return bench::failed(layout.error());
    if (auto ran = layout->runTo(layout->epochs(), {}); !ran)
        return bench::failed(ran.error());
    const Json line = {
        {"rows", points.size()}, {"seconds", bench::wallSeconds() - wall}, {"cpu_seconds", bench::cpuSeconds() - cpu}};
    return reportQuality(*values, dimension, layout->positions(), line);
}

int measureQuality(const std::string &file, std::size_t dimension, const std::string &positionsFile)
{
    const auto values = readFloats(file);
    const auto pairs = readFloats(positionsFile);
    if (!values || !pairs)
        return bench::failed(values ? pairs.error() : values.error());
    std::vector<projection::Position> positions;
    for (std::size_t i = 0; i + 1 < pairs->size(); i += 2)
        positions.push_back({(*pairs)[i], (*pairs)[i + 1]});
    return reportQuality(*values, dimension, positions, Json::object());
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    threads::prepareProcess(2);
    QApplication application(argc, argv);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const std::string what = arguments.empty() ? "" : arguments[0];
    if (what == "frames" && arguments.size() == 1)
        return measureFrames();
    if (what == "points" && arguments.size() == 5)
        return writePoints(arguments[1], arguments[2], std::stoul(arguments[3]), arguments[4]);
    if (what == "layout" && arguments.size() == 3)
        return measureLayout(arguments[1], std::stoul(arguments[2]));
    if (what == "quality" && arguments.size() == 4)
        return measureQuality(arguments[1], std::stoul(arguments[2]), arguments[3]);
    return 2;
}
