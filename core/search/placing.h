// Every photo in the order in which an encoder puts it for a query: what encoders are compared by.
//
// By meaning alone. What names, captions and keywords say would let encoders agree without deserving it, so it finds
// nothing here; and since what is excluded with a minus sign is told from them too, such words play no part.
#pragma once

#include "core/search/search.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::search {

struct PlacingQuery {
    std::string text;
    std::optional<PhotoId> similarTo = {}; // instead of text: photos like this one, which is left out
};

struct Placing {
    std::vector<Hit> photos;          // best first, equal scores in order of id; empty: no word of the text is known
    std::vector<std::string> unknown; // words
};

// `photos`, in order of id, are those that may be placed; those without a point of the engine's encoder are left out.
// Invalid: the text is not UTF-8. Unsupported: the encoder reads no text. NotFound: the photo to compare with has no
// point.
Result<Placing> place(const Engine &engine, std::span<const PhotoId> photos, const PlacingQuery &query);

// "photo:PATH", with or without quotes: a query that asks for photos like that one, as expressions write it. None: the
// text is words.
std::optional<std::string> photoOfQuery(std::string_view text);

// All that a search finds, in order of id.
Result<std::vector<PhotoId>> placeablePhotos(const catalogue::Catalogue &catalogue);

// What people ask of photos of everyday life, when nobody says what else to ask.
std::span<const std::string_view> sampleQueries();

} // namespace photolex::search
