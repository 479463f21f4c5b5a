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

bool isLabel(std::int64_t label)
{
    return label >= 0 && label < half;
}

} // namespace

Result<> savePicture(const std::filesystem::path &file, const Picture &picture)
{
    const auto subject = displayText(file);
    const auto n = picture.ids.size();
    if (picture.positions.size() != n || picture.clusters.size() != n ||
        (!picture.parts.empty() && picture.parts.size() != n))
        return fail(Errc::Invalid, subject, "a picture needs a position and a cluster for each id");
    TensorData ids{.name = "ids", .shape = {static_cast<std::int64_t>(n), 2}, .values = {}};
    TensorData positions{.name = "positions", .shape = {static_cast<std::int64_t>(n), 2}, .values = {}};
    TensorData clusters{.name = "clusters", .shape = {static_cast<std::int64_t>(n)}, .values = {}};
    TensorData parts{.name = "parts", .shape = {static_cast<std::int64_t>(picture.parts.size())}, .values = {}};
    for (std::size_t i = 0; i < n; ++i) {
        const auto [x, y] = picture.positions[i];
        if (picture.ids[i] < 0 || picture.ids[i] >= half * half || !std::isfinite(x) || !std::isfinite(y) ||
            !isLabel(picture.clusters[i]) || (!picture.parts.empty() && !isLabel(picture.parts[i])))
            return fail(Errc::Invalid, subject, "an id, a position or a cluster is out of range");
        ids.values.push_back(static_cast<float>(picture.ids[i] / half));
        ids.values.push_back(static_cast<float>(picture.ids[i] % half));
        positions.values.push_back(x);
        positions.values.push_back(y);
        clusters.values.push_back(static_cast<float>(picture.clusters[i]));
    }
    parts.values.assign(picture.parts.begin(), picture.parts.end());
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        return fail(systemError(error.value(), subject));
    const std::array tensors = {std::move(ids), std::move(positions), std::move(clusters), std::move(parts)};
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
    const auto *ids = opened->find("ids"), *positions = opened->find("positions"), *clusters = opened->find("clusters"),
               *parts = opened->find("parts");
    if (!ids || !positions || !clusters)
        return corrupt("it is no picture");
    const auto n = clusters->count();
    if (ids->count() != 2 * n || positions->count() != 2 * n || (parts && parts->count() != 0 && parts->count() != n))
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
    const auto partLabels = parts ? parts->toFloats() : std::vector<float>();
    const auto isWhole = [](float value) {
        return value >= 0 && value < static_cast<float>(half) && std::floor(value) == value;
    };
    const auto isOfCluster = [&](float value) { return isWhole(value) && value < static_cast<float>(n); };
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!isWhole(idValues[2 * i]) || !isWhole(idValues[2 * i + 1]) || !isOfCluster(labels[i]) ||
            (!partLabels.empty() && !isOfCluster(partLabels[i])) || !std::isfinite(places[2 * i]) ||
            !std::isfinite(places[2 * i + 1]))
            return corrupt("an id, a position or a cluster is out of range");
        picture.ids.push_back(static_cast<std::int64_t>(idValues[2 * i]) * half +
                              static_cast<std::int64_t>(idValues[2 * i + 1]));
        picture.positions.push_back({places[2 * i], places[2 * i + 1]});
        picture.clusters.push_back(static_cast<std::int32_t>(labels[i]));
        if (!partLabels.empty())
            picture.parts.push_back(static_cast<std::int32_t>(partLabels[i]));
    }
    return picture;
}

} // namespace photolex::projection
