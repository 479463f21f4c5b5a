// Photos by their captions: with or without one, by its length, by a word in it, and how often each word occurs. Of
// each photo the standing text counts: the user's, else its file's. Words are those that queries are made of.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::search {

enum class Captioned : std::uint8_t { All, Without, With };
enum class ByLength : std::uint8_t {
    No,
    ShortestFirst,
    LongestFirst
}; // characters; equal ones keep the order of `sort`

struct CaptionQuery {
    catalogue::PhotoFilter filter;
    std::optional<std::vector<PhotoId>> among; // only these of them
    catalogue::SortKey sort = catalogue::SortKey::Path;
    bool descending = false;
    Captioned which = Captioned::All;
    std::string words; // every one of them occurs; empty: any caption
    ByLength byLength = ByLength::No;
    bool operator==(const CaptionQuery &) const = default;
};

struct CaptionedPhotos {
    std::vector<PhotoId> photos;
    std::int64_t with = 0, without = 0; // of all that pass `filter` and `among`
};
// Invalid: words that are not UTF-8. Cancelled: within a thousand captions.
Result<CaptionedPhotos> captionedPhotos(const catalogue::Catalogue &catalogue, const CaptionQuery &query,
                                        const std::stop_token &stop);

// The next photo in the list behind number `from`, and round to it, that neither has a caption nor is being typed for;
// none: no other one. Mostly it lies near, and is found by looking at a few.
Result<std::optional<PhotoId>> nextWithoutCaption(const catalogue::Catalogue &catalogue,
                                                  std::span<const PhotoId> photos, std::size_t from,
                                                  const std::stop_token &stop);

struct CountedWord {
    std::string word;
    std::int64_t photos = 0; // whose caption holds it
    std::int64_t times = 0;
};
// Of the captions of all photos that pass `filter` and `among`: most photos first, equal ones by the alphabet.
Result<std::vector<CountedWord>> countedWords(const catalogue::Catalogue &catalogue, const CaptionQuery &query,
                                              const std::stop_token &stop);

} // namespace photolex::search
