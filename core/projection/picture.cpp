#include "core/projection/picture.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace photolex::projection {

namespace {

// Ids go as two float32 that are whole numbers below 2^24: the file's writer knows no integers.
constexpr std::int64_t half = 1 << 24;
constexpr std::array<std::string_view, 3> methodNames = {"pca", "umap", "tsne"};

} // namespace

Result<> savePicture(const std::filesystem::path &file, const Picture &picture)
{
    const auto subject = displayText(file);
    const auto n = picture.ids.size();
    if (picture.positions.size() != n || picture.clusters.size() != n)
        return fail(Errc::Invalid, subject, "a picture needs a position and a cluster for each id");
    TensorData ids{.name = "ids", .shape = {static_cast<std::int64_t>(n), 2}, .values = {}};
    TensorData positions{.name = "positions", .shape = {static_cast<std::int64_t>(n), 2}, .values = {}};
    TensorData clusters{.name = "clusters", .shape = {static_cast<std::int64_t>(n)}, .values = {}};
    for (std::size_t i = 0; i < n; ++i) {
        const auto [x, y] = picture.positions[i];
        if (picture.ids[i] < 0 || picture.ids[i] >= half * half || !std::isfinite(x) || !std::isfinite(y) ||
            picture.clusters[i] < 0 || picture.clusters[i] >= half)
            return fail(Errc::Invalid, subject, "an id, a position or a cluster is out of range");
        ids.values.push_back(static_cast<float>(picture.ids[i] / half));
        ids.values.push_back(static_cast<float>(picture.ids[i] % half));
        positions.values.push_back(x);
        positions.values.push_back(y);
        clusters.values.push_back(static_cast<float>(picture.clusters[i]));
    }
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        return fail(systemError(error.value(), subject));
    const std::array tensors = {std::move(ids), std::move(positions), std::move(clusters)};
    return writeTensorFile(
        file, tensors,
        {{"method", std::string(methodNames[static_cast<std::size_t>(picture.method)])}, {"space", picture.space}});
}

Result<Picture> loadPicture(const std::filesystem::path &file)
{
    const auto opened = TensorFile::open(file);
    if (!opened)
        return fail(opened.error());
    const auto corrupt = [&](const char *detail) { return fail(Errc::Corrupt, displayText(file), detail); };
    const auto *ids = opened->find("ids"), *positions = opened->find("positions"), *clusters = opened->find("clusters");
    if (!ids || !positions || !clusters)
        return corrupt("it is no picture");
    const auto n = clusters->count();
    if (ids->count() != 2 * n || positions->count() != 2 * n)
        return corrupt("its lists are of different lengths");
    Picture picture;
    const auto method = opened->metadata().find("method"), space = opened->metadata().find("space");
    if (method == opened->metadata().end() || space == opened->metadata().end())
        return corrupt("it does not say what it shows");
    const auto name = std::ranges::find(methodNames, method->second);
    if (name == methodNames.end())
        return corrupt("unknown method");
    picture.method = static_cast<Method>(name - methodNames.begin());
    picture.space = space->second;
    const auto idValues = ids->toFloats(), places = positions->toFloats(), labels = clusters->toFloats();
    const auto isWhole = [](float value) {
        return value >= 0 && value < static_cast<float>(half) && std::floor(value) == value;
    };
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!isWhole(idValues[2 * i]) || !isWhole(idValues[2 * i + 1]) || !isWhole(labels[i]) ||
            labels[i] >= static_cast<float>(n) || !std::isfinite(places[2 * i]) || !std::isfinite(places[2 * i + 1]))
            return corrupt("an id, a position or a cluster is out of range");
        picture.ids.push_back(static_cast<std::int64_t>(idValues[2 * i]) * half +
                              static_cast<std::int64_t>(idValues[2 * i + 1]));
        picture.positions.push_back({places[2 * i], places[2 * i + 1]});
        picture.clusters.push_back(static_cast<std::int32_t>(labels[i]));
    }
    return picture;
}

} // namespace photolex::projection
