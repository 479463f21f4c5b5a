#include "ui/compare/paired_maps.h"

#include "core/projection/align.h"

#include <algorithm>
#include <numeric>

namespace photolex::ui {

namespace {

using projection::Layout;
using projection::Method;
using projection::Position;

constexpr int epochsAtOnce = 5; // between looks at the stop token and the bar

std::vector<float> valuesOf(const embedding::Rows &rows, std::span<const PhotoId> photos)
{
    std::vector<float> values;
    values.reserve(photos.size() * static_cast<std::size_t>(rows.dimension()));
    for (const auto photo : photos) {
        const auto row = rows.row(static_cast<std::size_t>(rows.indexOf(photo)));
        values.insert(values.end(), row.begin(), row.end());
    }
    return values;
}

Result<std::vector<Position>> settled(projection::Points points, std::span<const Position> start,
                                      MapsProgress &progress, const std::stop_token &stop)
{
    auto layout = Layout::create(points, {.method = Method::Umap}, stop, {}, start);
    if (!layout)
        return fail(layout.error());
    progress.total = 2 * layout->epochs();
    while (layout->epoch() < layout->epochs()) {
        if (const auto ran = layout->runTo(layout->epoch() + epochsAtOnce, stop); !ran)
            return fail(ran.error());
        progress.done += epochsAtOnce;
    }
    return layout->positions();
}

} // namespace

Result<PairedMaps> pairMaps(EncoderShelf &shelf, const std::string &first, const std::string &second, bool settle,
                            MapsProgress &progress, const std::stop_token &stop)
{
    const auto engineA = shelf.engine(first, stop);
    if (!engineA)
        return fail(engineA.error());
    const auto engineB = shelf.engine(second, stop);
    if (!engineB)
        return fail(engineB.error());
    const auto rowsA = (*engineA)->rows(), rowsB = (*engineB)->rows();
    if (!rowsA || !rowsB)
        return fail(rowsA ? rowsB.error() : rowsA.error());
    catalogue::PhotoFilter shown;
    shown.includeCompanions = false; // they stand behind another photo, as on the map
    auto there = shelf.catalogue()->photoIds(shown, catalogue::SortKey::Added, false);
    if (!there)
        return fail(there.error());
    std::ranges::sort(*there);

    PairedMaps maps;
    maps.isSettled = settle;
    std::vector<PhotoId> both;
    std::ranges::set_intersection((*rowsA)->ids(), (*rowsB)->ids(), std::back_inserter(both));
    std::ranges::set_intersection(both, *there, std::back_inserter(maps.photos));
    if (maps.photos.size() < 2) {
        maps.photos.clear();
        return maps;
    }
    const auto valuesA = valuesOf(**rowsA, maps.photos), valuesB = valuesOf(**rowsB, maps.photos);
    const projection::Points a{valuesA, static_cast<std::size_t>((*rowsA)->dimension())};
    const projection::Points b{valuesB, static_cast<std::size_t>((*rowsB)->dimension())};
    const auto axesA = Layout::create(a, {.method = Method::Pca}, stop);
    if (!axesA)
        return fail(axesA.error());
    const auto axesB = Layout::create(b, {.method = Method::Pca}, stop);
    if (!axesB)
        return fail(axesB.error());
    maps.first = projection::normalised(axesA->positions());
    maps.second = axesB->positions();
    if (settle) {
        const auto over = projection::alignment(maps.first, maps.second);
        if (!over)
            return fail(over.error());
        auto start = over->apply(maps.second);
        for (std::size_t i = 0; i < start.size(); ++i)
            start[i] = {(start[i].x + maps.first[i].x) / 2, (start[i].y + maps.first[i].y) / 2};
        auto pictureA = settled(a, start, progress, stop);
        if (!pictureA)
            return fail(pictureA.error());
        auto pictureB = settled(b, start, progress, stop);
        if (!pictureB)
            return fail(pictureB.error());
        maps.first = projection::normalised(*pictureA);
        maps.second = std::move(*pictureB);
    }
    const auto over = projection::alignment(maps.first, maps.second);
    if (!over)
        return fail(over.error());
    maps.second = over->apply(maps.second);
    maps.moved = projection::distances(maps.first, maps.second);
    for (auto &distance : maps.moved)
        distance /= 2; // the side of the map is 2

    std::vector<std::uint32_t> order(maps.moved.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, std::greater<>(), [&](std::uint32_t i) { return maps.moved[i]; });
    maps.median = maps.moved[order[order.size() / 2]];
    order.resize(std::min(order.size(), PairedMaps::mostListed));
    maps.farthest = std::move(order);
    std::vector<PhotoId> listed;
    for (const auto index : maps.farthest)
        listed.push_back(maps.photos[index]);
    auto infos = readInfos(*shelf.catalogue(), listed);
    if (!infos)
        return fail(infos.error());
    maps.infos = std::move(*infos);
    return maps;
}

} // namespace photolex::ui
