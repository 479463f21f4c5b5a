// Row files: their names, and points made from features that are stored already.
#include "core/base/bytes.h"
#include "core/embedding/rows.h"
#include "core/indexing/rows_p.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>

namespace photolex::indexing {

namespace {

// What the points of an encoder are made from: stored rows, and what turns some of them into points.
struct Origin {
    std::filesystem::path file;
    std::string hash;
    std::function<Result<std::vector<float>>(std::span<const float>)> points;
};

// `columns`: the map, a column after the other, so that a compiler may take many numbers at once.
std::vector<float> mapped(std::span<const float> rows, const std::vector<float> &columns, std::size_t width)
{
    std::vector<float> points(rows.size());
    for (std::size_t i = 0; i * width < rows.size(); ++i) {
        auto *point = points.data() + i * width;
        for (std::size_t j = 0; j < width; ++j) {
            const float value = rows[i * width + j];
            const auto *column = columns.data() + j * width;
            for (std::size_t k = 0; k < width; ++k)
                point[k] += value * column[k];
        }
        const float length = std::sqrt(std::inner_product(point, point + width, point, 0.0F));
        for (std::size_t k = 0; k < width && length > 0; ++k)
            point[k] /= length;
    }
    return points;
}

std::vector<float> columnsOf(const std::vector<float> &map, std::size_t width)
{
    std::vector<float> columns(map.size());
    for (std::size_t row = 0; row < width; ++row)
        for (std::size_t column = 0; column < width; ++column)
            columns[column * width + row] = map[row * width + column];
    return columns;
}

// NotFound: nothing of the kind is stored.
Result<Origin> originOf(const catalogue::Catalogue &catalogue, const joint::Encoder &encoder,
                        std::string_view networkHash)
{
    if (const auto *map = encoder.pointMap()) {
        const auto width = static_cast<std::size_t>(encoder.dimension());
        const auto file = catalogue.rowFile(embedding::pointRowsName(map->from));
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored))
            return Origin{file, map->from,
                          [columns = columnsOf(map->map, width), width](std::span<const float> rows)
                              -> Result<std::vector<float>> { return mapped(rows, columns, width); }};
    }
    if (!encoder.entry().tail.empty())
        return fail(Errc::NotFound, encoder.entry().id,
                    "its points are made from the photos themselves: index their folders again");
    return Origin{catalogue.rowFile(embedding::featureRowsName(networkHash)), std::string(networkHash),
                  [&encoder](std::span<const float> rows) { return encoder.imagePoints(rows); }};
}

} // namespace

Result<std::int64_t> fillPoints(catalogue::Catalogue &catalogue, const joint::Encoder &encoder,
                                std::string_view networkHash, const std::stop_token &stop)
{
    if (encoder.readyRows()) {
        const auto report = fillReadyRows(catalogue, encoder, stop);
        if (!report)
            return fail(report.error());
        return report->filled;
    }
    const auto origin = originOf(catalogue, encoder, networkHash);
    if (!origin)
        return fail(origin.error());
    const auto file = catalogue.rowFile(embedding::pointRowsName(encoder.hash()));
    const auto known = embedding::rowIds(origin->file, origin->hash);
    if (!known)
        return fail(known.error());
    auto present = embedding::rowIds(file, encoder.hash()).value_or(std::vector<PhotoId>());
    // Features are large: they are read only when there is something to do.
    if (std::includes(present.begin(), present.end(), known->begin(), known->end()))
        return 0;
    auto features = embedding::Rows::open(origin->file, origin->hash);
    if (!features && features.error().code == Errc::Corrupt)
        features = embedding::Rows::recover(origin->file);
    if (!features)
        return fail(features.error());
    auto writer = embedding::RowWriter::open(file, encoder.dimension(), encoder.hash());
    if (!writer)
        return fail(writer.error());

    constexpr std::size_t block = 256; // rows mapped at once
    std::int64_t filled = 0;
    std::vector<PhotoId> ids;
    std::vector<float> values;
    const auto store = [&]() -> Result<> {
        if (ids.empty())
            return {};
        const auto points = origin->points(values);
        if (!points)
            return fail(points.error());
        const auto dimension = static_cast<std::size_t>(encoder.dimension());
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (auto appended = writer->append(ids[i], std::span(*points).subspan(i * dimension, dimension)); !appended)
                return appended;
        filled += static_cast<std::int64_t>(ids.size());
        ids.clear();
        values.clear();
        return {};
    };
    const auto &rows = **features;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (std::binary_search(present.begin(), present.end(), rows.ids()[i]))
            continue;
        if (stop.stop_requested())
            break;
        ids.push_back(rows.ids()[i]);
        const auto row = rows.row(i);
        values.insert(values.end(), row.begin(), row.end());
        if (ids.size() == block)
            if (auto stored = store(); !stored)
                return fail(stored.error());
    }
    if (auto stored = store(); !stored)
        return fail(stored.error());
    if (auto flushed = writer->flush(); !flushed)
        return fail(flushed.error());
    if (stop.stop_requested())
        return fail(Errc::Cancelled, displayText(file), fmt::format("{} points are stored", filled));
    return filled;
}

Result<std::vector<PhotoId>> embeddedPhotos(const catalogue::Catalogue &catalogue, const Models &models)
{
    // A file that is missing, or was made by another network or encoder, holds nothing of use.
    const auto features =
        embedding::rowIds(catalogue.rowFile(embedding::featureRowsName(models.networkHash)), models.networkHash);
    auto embedded = features.value_or(std::vector<PhotoId>());
    for (const auto &encoder : models.indexed()) {
        const auto points =
            embedding::rowIds(catalogue.rowFile(embedding::pointRowsName(encoder->hash())), encoder->hash())
                .value_or(std::vector<PhotoId>());
        std::vector<PhotoId> both;
        std::set_intersection(embedded.begin(), embedded.end(), points.begin(), points.end(), std::back_inserter(both));
        embedded = std::move(both);
    }
    return embedded;
}

Result<> forgetOtherPoints(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos)
{
    if (photos.empty())
        return {};
    std::error_code error;
    const auto folder = catalogue.rowFile("x").parent_path();
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        if (!entry.path().filename().native().starts_with("points-") || entry.path().extension() != ".rows")
            continue;
        const auto rows = embedding::Rows::open(entry.path());
        if (!rows)
            continue;
        auto writer = embedding::RowWriter::open(entry.path(), (*rows)->dimension(), (*rows)->hash());
        if (!writer)
            return fail(writer.error());
        for (const auto photo : photos)
            if ((*rows)->indexOf(photo) >= 0)
                if (auto forgotten = writer->forget(photo); !forgotten)
                    return forgotten;
        if (auto flushed = writer->flush(); !flushed)
            return flushed;
    }
    return {};
}

Result<Models> openModels(const std::shared_ptr<const model::Bundle> &bundle)
{
    auto network = image::Network::open(*bundle);
    if (!network)
        return fail(network.error());
    auto encoder = joint::Encoder::open(bundle);
    if (!encoder)
        return fail(encoder.error());
    Models models{.network = std::move(*network),
                  .encoder = std::move(*encoder),
                  .networkHash = bundle->manifest().network.sha256};
    for (const auto &entry : bundle->manifest().encoders) {
        if (entry.tail.empty() || entry.id == models.encoder->entry().id)
            continue;
        auto other = joint::Encoder::open(bundle, entry.id);
        if (!other)
            return fail(other.error());
        models.tailed.push_back(std::move(*other));
    }
    return models;
}

std::vector<std::shared_ptr<const joint::Encoder>> Models::indexed() const
{
    std::vector<std::shared_ptr<const joint::Encoder>> all = {encoder};
    all.insert(all.end(), tailed.begin(), tailed.end());
    return all;
}

std::vector<std::string> Models::tails() const
{
    std::vector<std::string> tails = {{}};
    for (const auto &each : indexed())
        if (std::ranges::find(tails, each->entry().tail) == tails.end())
            tails.push_back(each->entry().tail);
    return tails;
}

} // namespace photolex::indexing
