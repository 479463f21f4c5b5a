// What the Models place does with bundles, off the window's thread: every function here blocks.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/indexing/indexer.h"
#include "core/joint/installing.h"
#include "core/joint/ready_rows.h"
#include "core/model/bundle.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace photolex::ui {

struct BundleInfo {
    model::Installed installed;
    std::optional<model::Manifest> manifest; // none: `error` says why
    std::optional<Error> error;
    std::int64_t bytes = 0; // of all its files
};

// All that are installed, the program's own first. One that cannot be read is among them, with its error.
std::vector<BundleInfo> readBundles(const std::stop_token &stop);
// Everything that can be known of a bundle: hashes, shapes, and its stored pictures.
Result<> checkBundle(const std::filesystem::path &folder);
Result<joint::Speed> measureBundle(const std::filesystem::path &folder, const std::stop_token &stop);

struct RowsImported {
    joint::ImportedRows rows;
    indexing::ReadyRowsReport report; // of the library
};
// Installs ready-made rows and puts them to the photos of the library.
Result<RowsImported> importRows(const joint::RowFiles &files, const std::shared_ptr<catalogue::Catalogue> &catalogue,
                                const std::stop_token &stop);

} // namespace photolex::ui
