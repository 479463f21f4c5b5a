// The catalogue's tables, and how an older library becomes a new one.
#pragma once

#include "core/base/result.h"
#include "core/catalogue/connection_p.h"

#include <span>

namespace photolex::catalogue {

// One step up: from the version before it (user_version) to `version`. Steps follow each other without a gap.
struct Migration {
    int version;
    const char *sql;
};
std::span<const Migration> migrations();

// The schema version in a file's first page, read without SQLite, so that nothing beside the file is made or changed.
// 0: no file, or an empty one. Corrupt: not a database, or not a catalogue of ours.
Result<int> storedVersion(const std::filesystem::path &file);

Error newerSchema(const std::filesystem::path &file, int found, int known); // Unsupported, both versions named

// Brings the file up to the last of `steps`, in one transaction. An older library is first copied to
// catalogue-schemaN.sqlite beside it. Unsupported: newer than the last step.
Result<> migrate(const ConnectionOptions &options, std::span<const Migration> steps);

} // namespace photolex::catalogue
