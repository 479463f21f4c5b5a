#include "ui/map/map_work.h"

#include "core/embedding/rows.h"
#include "core/projection/clusters.h"
#include "core/search/group_names.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace photolex::ui {

namespace {

constexpr std::size_t wordsOfName = 2, wordsOfPart = 2;
constexpr double partsResolution = 6; // smaller groups than those that are coloured: where words come from
constexpr std::size_t mostWords = 160, mostCaptions = 240;

projection::Position middleOf(std::vector<projection::Position> &members)
{
    // The median of each axis: a few members far outside do not pull the name away from the crowd.
    const auto half = static_cast<std::ptrdiff_t>(members.size() / 2);
    projection::Position middle;
    std::ranges::nth_element(members, members.begin() + half, {}, &projection::Position::x);
    middle.x = members[static_cast<std::size_t>(half)].x;
    std::ranges::nth_element(members, members.begin() + half, {}, &projection::Position::y);
    middle.y = members[static_cast<std::size_t>(half)].y;
    return middle;
}

Result<std::vector<MapLabel>> captionLabels(const catalogue::Catalogue &catalogue, const MapPicture &picture)
{
    catalogue::PhotoFilter without;
    without.withoutCaption = true;
    const auto bare = catalogue.photoIds(without, catalogue::SortKey::Path, false);
    if (!bare)
        return fail(bare.error());
    const std::unordered_set<PhotoId> bareOnes(bare->begin(), bare->end());
    std::vector<std::size_t> captioned;
    for (std::size_t i = 0; i < picture.photos.size(); ++i)
        if (!bareOnes.contains(picture.photos[i]))
            captioned.push_back(i);
    std::vector<MapLabel> labels;
    const std::size_t wanted = std::min(captioned.size(), mostCaptions);
    for (std::size_t k = 0; k < wanted; ++k) {
        const auto index = captioned[k * captioned.size() / wanted]; // evenly over the library
        const auto captions = catalogue.captions(picture.photos[index]);
        if (!captions)
            return fail(captions.error());
        if (captions->empty())
            continue;
        MapLabel label;
        label.kind = MapLabel::Kind::Caption;
        label.text = QString::fromStdString(captions->front().text).simplified();
        label.at = picture.positions[index];
        label.photo = picture.photos[index];
        if (!label.text.isEmpty())
            labels.push_back(std::move(label));
    }
    return labels;
}

} // namespace

Result<MapSpace> readMapSpace(const search::Engine &engine, const catalogue::Catalogue &catalogue)
{
    catalogue::PhotoFilter shown;
    shown.includeCompanions = false;
    const auto there = catalogue.photoIds(shown, catalogue::SortKey::Path, false);
    if (!there)
        return fail(there.error());
    const std::unordered_set<PhotoId> known(there->begin(), there->end());
    const auto rows = engine.rows();
    if (!rows)
        return fail(rows.error());
    MapSpace space;
    space.dimension = static_cast<std::size_t>(engine.encoder().dimension());
    space.hash = engine.encoder().hash();
    for (std::size_t i = 0; i < (*rows)->size(); ++i) {
        if (!known.contains((*rows)->ids()[i]))
            continue;
        const auto row = (*rows)->row(i);
        space.photos.push_back((*rows)->ids()[i]);
        space.values.insert(space.values.end(), row.begin(), row.end());
    }
    return space;
}

std::filesystem::path keptPictureFile(const catalogue::Catalogue &catalogue)
{
    return catalogue.library() / "map" / "picture.safetensors";
}

Result<MapPicture> loadKeptPicture(const catalogue::Catalogue &catalogue, const std::string &hash,
                                   std::span<const PhotoId> photos)
{
    auto kept = projection::loadPicture(keptPictureFile(catalogue));
    if (!kept)
        return fail(kept.error());
    if (!hash.empty() && kept->space != hash)
        return fail(Errc::NotFound, "map", "it was made with another encoder");
    const std::unordered_set<PhotoId> there(photos.begin(), photos.end());
    MapPicture picture;
    picture.method = kept->method;
    for (std::size_t i = 0; i < kept->ids.size(); ++i) {
        const PhotoId photo{kept->ids[i]};
        if (!there.contains(photo))
            continue;
        picture.photos.push_back(photo);
        picture.positions.push_back(kept->positions[i]);
        picture.groups.push_back(kept->clusters[i]);
        if (!kept->parts.empty())
            picture.parts.push_back(kept->parts[i]);
    }
    if (picture.photos.empty())
        return fail(Errc::NotFound, "map", "none of its photos is here any more");
    // So many photos went that there were more parts than there are photos now.
    if (!picture.parts.empty() && std::ranges::max(picture.parts) >= static_cast<std::int64_t>(picture.photos.size()))
        picture.parts.clear();
    return picture;
}

Result<> keepPicture(const catalogue::Catalogue &catalogue, const std::string &hash, const MapPicture &picture)
{
    projection::Picture kept;
    kept.method = picture.method;
    kept.space = hash;
    for (const auto photo : picture.photos)
        kept.ids.push_back(photo.value);
    kept.positions = picture.positions;
    kept.clusters = picture.groups;
    kept.parts = picture.parts;
    return projection::savePicture(keptPictureFile(catalogue), kept);
}

Result<std::vector<projection::Position>> placePoints(const MapSpace &space, const MapPicture &picture,
                                                      std::span<const float> points, const std::stop_token &stop)
{
    auto places = projection::place(space.points(), picture.positions, {points, space.dimension}, {}, stop);
    if (!places)
        return places;
    // What is near to no photo is pushed out of the picture, where nobody would find it: it lies at the edge instead.
    const auto box = projection::boundsOf(picture.positions);
    for (auto &place : *places)
        place = {std::clamp(place.x, box.low.x, box.high.x), std::clamp(place.y, box.low.y, box.high.y)};
    return places;
}

void findGroups(MapPicture &picture, const projection::Neighbours &neighbours, std::span<const std::int32_t> previous)
{
    // As many neighbours whatever laid the picture out, so that another layout has the same groups and words.
    const auto near = projection::nearestOf(neighbours, projection::NeighbourOptions().count);
    picture.groups = projection::clusters(near, {.previous = previous}).label;
    picture.parts = projection::clusters(near, {.resolution = partsResolution}).label;
    for (auto *labels : {&picture.groups, &picture.parts})
        labels->resize(picture.photos.size()); // a single photo has no neighbours
}

Result<MapPicture> withNewPhotos(const MapSpace &space, const MapPicture &picture, const std::stop_token &stop)
{
    std::unordered_map<PhotoId, std::size_t> known;
    for (std::size_t i = 0; i < picture.photos.size(); ++i)
        known.emplace(picture.photos[i], i);
    std::vector<float> there, added;
    std::vector<projection::Position> positions;
    for (std::size_t i = 0; i < space.photos.size(); ++i) {
        const auto row = space.points().row(i);
        const auto found = known.find(space.photos[i]);
        auto &side = found == known.end() ? added : there;
        side.insert(side.end(), row.begin(), row.end());
        if (found != known.end())
            positions.push_back(picture.positions[found->second]);
    }
    const auto placed = projection::place({there, space.dimension}, positions, {added, space.dimension}, {}, stop);
    if (!placed)
        return fail(placed.error());

    MapPicture result;
    result.method = picture.method;
    result.photos = space.photos;
    positions.insert(positions.end(), placed->begin(), placed->end());
    const auto apart = projection::withoutCovering(positions, positions.size() - placed->size());
    std::vector<std::int32_t> previous;
    std::size_t nextOld = 0, nextNew = positions.size() - placed->size();
    for (const auto photo : space.photos) {
        const auto found = known.find(photo);
        result.positions.push_back(apart[found == known.end() ? nextNew++ : nextOld++]);
        previous.push_back(found == known.end() ? -1 : picture.groups[found->second]);
    }
    const auto near = projection::nearestNeighbours(space.points(), {}, stop);
    if (!near)
        return fail(near.error());
    findGroups(result, *near, previous);
    return result;
}

Result<MapNames> nameMap(const search::Engine &engine, const catalogue::Catalogue &catalogue, const MapSpace &space,
                         const MapPicture &picture, const std::stop_token &stop)
{
    MapNames names;
    const auto &encoder = engine.encoder();
    const auto count = picture.groups.empty() ? 0 : std::ranges::max(picture.groups) + 1;
    const auto named = search::groupNames(encoder, space.values, picture.groups, count, wordsOfName);
    if (!named)
        return fail(named.error());
    std::vector<std::vector<projection::Position>> members(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < picture.groups.size(); ++i)
        members[static_cast<std::size_t>(picture.groups[i])].push_back(picture.positions[i]);
    std::unordered_set<std::string> said;
    for (std::size_t group = 0; group < members.size(); ++group) {
        QStringList words;
        for (const auto &word : (*named)[group]) {
            words += QString::fromStdString(word);
            said.insert(word);
        }
        names.groups.push_back(words.join(QStringLiteral(", ")));
        if (members[group].empty() || words.isEmpty())
            continue;
        MapLabel label;
        label.kind = MapLabel::Kind::Group;
        label.text = names.groups.back();
        label.at = middleOf(members[group]);
        label.group = static_cast<std::int32_t>(group);
        names.labels.push_back(std::move(label));
    }
    if (count < 2) // one group is the whole map: what is common to all of it names no place
        names.labels.clear();

    const auto parts = picture.parts.empty() ? 0 : std::ranges::max(picture.parts) + 1;
    const auto partWords = search::groupNames(encoder, space.values, picture.parts, parts, wordsOfPart);
    const auto wordPoints = encoder.wordPoints();
    if (!partWords || !wordPoints)
        return fail(partWords ? wordPoints.error() : partWords.error());
    std::vector<std::string> words;
    std::vector<float> points;
    for (std::size_t rank = 0; rank < wordsOfPart; ++rank) // the best word of every part before the second of any
        for (const auto &candidates : *partWords)
            if (rank < candidates.size() && words.size() < mostWords && said.insert(candidates[rank]).second) {
                const auto id = encoder.vocabulary().id(candidates[rank]);
                if (id < 0)
                    continue;
                const auto row = wordPoints->subspan(static_cast<std::size_t>(id) * space.dimension, space.dimension);
                words.push_back(candidates[rank]);
                points.insert(points.end(), row.begin(), row.end());
            }
    if (space.photos.size() > 3 && !words.empty()) {
        const auto places = placePoints(space, picture, points, stop);
        if (!places)
            return fail(places.error());
        for (std::size_t i = 0; i < words.size(); ++i) {
            MapLabel label;
            label.text = QString::fromStdString(words[i]);
            label.at = (*places)[i];
            names.labels.push_back(std::move(label));
        }
    }
    auto captions = captionLabels(catalogue, picture);
    if (!captions)
        return fail(captions.error());
    std::ranges::move(*captions, std::back_inserter(names.labels));
    return names;
}

} // namespace photolex::ui
