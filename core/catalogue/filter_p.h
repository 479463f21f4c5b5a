// A filter as the WHERE part of a statement over `photo`.
#pragma once

#include "core/catalogue/catalogue_p.h"

namespace photolex::catalogue {

struct FilterText {
    std::string where;                 // begins with "WHERE"
    std::vector<std::int64_t> numbers; // bound first
    std::vector<std::string> paths;    // bound after them, as BLOBs
    Query &bindTo(Query &query) const;
};
FilterText textOf(const PhotoFilter &filter, const std::string &rootPath);

std::string orderOf(SortKey sort, bool descending); // " ORDER BY …" over `photo`, ties by id

// The path of a filter's root; empty: no root asked, or unknown (then `filter.root` is all that is left to match).
std::string rootPath(Connection &connection, const std::optional<RootId> &root);

} // namespace photolex::catalogue
