// One change to the captions of many photos: seen first, then made in one transaction that can be undone.
//
//     auto preview = bulkChanges(catalogue, photos, {.kind = BulkKind::Replace, .find = "dog", .text = "hound"}, stop);
//     auto made = catalogue.setUserCaptions(userTexts(preview->changes), CaptionEntry::BulkEdit);
//     auto back = catalogue.setUserCaptions(made->undo, CaptionEntry::Undone);
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::catalogue {

enum class BulkKind : std::uint8_t {
    Replace,  // `find` becomes `text`, in captions that are there
    Prepend,  // `text` and a space before it, unless `text` ends in white space or a line break
    Append,   // the same behind
    Template, // the whole caption becomes `text`
};

// Of Prepend, Append and Template, `text` may hold what is known of the photo: {folder}, {parent} (the folder above),
// {name} (without extension), {file}, {date} (2024-03-12), {year}, {month}, {day}, {time} (14:03), {camera}, {title},
// {number} (1, 2, 3 … in the order of the photos) and {caption}. "{{" is a brace. A photo of which one of them is not
// known keeps its caption.
struct BulkEdit {
    BulkKind kind = BulkKind::Replace;
    std::string find; // Replace
    std::string text;
    // `find` is a regular expression as ICU writes them, and `text` may hold $1, $2 … for its groups; ^ and $ are the
    // caption's begin and end.
    bool isPattern = false;
    bool matchCase = false;
    bool wholeWords = false;
    bool operator==(const BulkEdit &) const = default;
};

struct BulkChange {
    PhotoId photo;
    std::string before, after; // `before`: the standing text, the user's or the file's
    CaptionOrigin origin = CaptionOrigin::User;
};
struct BulkPreview {
    std::vector<BulkChange> changes; // in the order of the photos; only those that would change
    std::int64_t unchanged = 0;
    std::int64_t unknown = 0; // photos that lack what the text asks for
};

// Reads, and changes nothing. Invalid, with the place in the detail: a pattern that is none, a group that it lacks, an
// unknown {word}, bytes that are not UTF-8. TooLarge: the pattern takes too long on one caption (its steps are
// counted, so that the answer is the same on every machine), or makes more than a megabyte of it. Cancelled: within
// some milliseconds, also from inside a match.
Result<BulkPreview> bulkChanges(const Catalogue &catalogue, std::span<const PhotoId> photos, const BulkEdit &edit,
                                const std::stop_token &stop);

// For Catalogue::setUserCaptions: a caption that was changed since the preview is passed over there. A file's text
// stays where it is; the user's own stands before it.
std::vector<UserText> userTexts(std::span<const BulkChange> changes);

} // namespace photolex::catalogue
