// What the map computes, off the window's thread: every function here blocks.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/projection/picture.h"
#include "core/projection/projection.h"
#include "core/search/search.h"
#include "ui/map/level_of_detail.h"
#include "ui/map/map_scene.h"

#include <QString>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::ui {

// The photos that can be shown, with their points.
struct MapSpace {
    std::vector<PhotoId> photos; // in order of id
    std::vector<float> values;   // n × dimension
    std::size_t dimension = 0;
    std::string hash; // of the encoder
    projection::Points points() const { return {values, dimension}; }
};
// Photos that are gone, or stand behind another one (a RAW file beside its JPEG), are left out.
Result<MapSpace> readMapSpace(const search::Engine &engine, const catalogue::Catalogue &catalogue);

struct MapPicture {
    projection::Method method = projection::Method::Pca;
    std::vector<PhotoId> photos;
    std::vector<projection::Position> positions; // map units
    std::vector<std::int32_t> groups;
    std::vector<std::int32_t> parts; // smaller groups, from which the words come; none: not looked for yet
};
std::filesystem::path keptPictureFile(const catalogue::Catalogue &catalogue);
// Of another encoder, or of no library: NotFound. Photos that are not in `photos` any more are left out. `hash` empty:
// whatever encoder it was.
Result<MapPicture> loadKeptPicture(const catalogue::Catalogue &catalogue, const std::string &hash,
                                   std::span<const PhotoId> photos);
Result<> keepPicture(const catalogue::Catalogue &catalogue, const std::string &hash, const MapPicture &picture);

// Groups and parts of points that have these neighbours. `previous`: groups that stay, where they are; −1 for new ones.
void findGroups(MapPicture &picture, const projection::Neighbours &neighbours,
                std::span<const std::int32_t> previous = {});

// The picture with the photos that it lacks put among their neighbours; those that it has stay where they are.
Result<MapPicture> withNewPhotos(const MapSpace &space, const MapPicture &picture, const std::stop_token &stop);

struct MapNames {
    std::vector<QString> groups;  // one for each group; empty for one without photos
    std::vector<MapLabel> labels; // most important first
};
// Names of groups, words of its parts at the places where photos look like them, and captions of some photos all over
// the map.
Result<MapNames> nameMap(const search::Engine &engine, const catalogue::Catalogue &catalogue, const MapSpace &space,
                         const MapPicture &picture, const std::stop_token &stop);

// Where points of the space lie in the picture: each among the photos nearest to it, and never outside of all photos.
Result<std::vector<projection::Position>> placePoints(const MapSpace &space, const MapPicture &picture,
                                                      std::span<const float> points, const std::stop_token &stop);

} // namespace photolex::ui
