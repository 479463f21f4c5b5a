// The colours of dots: what they stand for, and what the legend says about them.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/search/search.h"

#include <QColor>
#include <QPalette>
#include <QString>
#include <cstdint>
#include <span>
#include <vector>

namespace photolex::ui {

enum class ColourBy : std::uint8_t { Group, Date, Folder, Nearness };

// A number in [0, 1] or of a kind for each photo, in colours only when it is painted: light and dark share it.
struct DotColours {
    ColourBy by = ColourBy::Group;
    std::vector<std::uint16_t> value; // one for each photo: a kind from 0, or a share of `steps`
    std::vector<QString> names;       // of the first kinds, or of both ends of the ramp
    static constexpr std::uint16_t steps = 255;
    bool isRamp() const { return by == ColourBy::Date || by == ColourBy::Nearness; }
};

inline constexpr int kindColours = 12; // then they begin again
QRgb colourOf(const DotColours &colours, std::uint16_t value, bool dark);
QColor kindColour(int kind, bool dark);

DotColours groupColours(std::span<const std::int32_t> groups);
// These block: for workers. A photo that is not in the catalogue gets the first colour.
Result<DotColours> dateColours(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos);
Result<DotColours> folderColours(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos);
// Between the least and the greatest score; a photo without a row is the farthest.
Result<DotColours> nearnessColours(const search::Engine &engine, std::span<const PhotoId> photos,
                                   std::span<const float> point);

} // namespace photolex::ui
