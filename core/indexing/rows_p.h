// Which photos have rows, and rows that are no longer true.
#pragma once

#include "core/indexing/indexer.h"

#include <span>
#include <vector>

namespace photolex::indexing {

// Photos with a feature of this network and a point of every encoder that is indexed, in order of id.
Result<std::vector<PhotoId>> embeddedPhotos(const catalogue::Catalogue &catalogue, const Models &models);

// The points that any encoder has of photos whose content is another now.
Result<> forgetOtherPoints(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos);

} // namespace photolex::indexing
