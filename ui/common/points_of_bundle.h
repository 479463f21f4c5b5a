// The job behind Session::indexFor. Blocks: for workers.
#pragma once

#include "core/indexing/indexer.h"

#include <memory>
#include <stop_token>
#include <string>

namespace photolex::ui {

// Gives the photos of the library the points of an installed bundle, where they lack them: by its network
// (indexing::embedPhotos), or from the rows that it holds (indexing::fillReadyRows; `embedded` counts them). Errors of
// these and of opening the bundle.
Result<indexing::IndexReport> pointsOfBundle(const std::shared_ptr<catalogue::Catalogue> &catalogue,
                                             const std::string &id, const indexing::IndexOptions &options,
                                             const std::stop_token &stop);

} // namespace photolex::ui
