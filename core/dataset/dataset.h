// Captioned data for training and evaluation, whatever file it comes from.
//
// Specifications on the command line: tsv:DIR (captions.tsv: image TAB split TAB caption; photos/ beside it),
// karpathy:FILE, flickr:FILE, coco:FILE, table:FILE (CSV with the columns path and caption, or Photolex's own JSON),
// folder:DIR (.txt or XMP beside each photo), text:FILE (tsv or plain lines; sentences of one key belong together),
// classes:FILE (class names for the classifier's rows).
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::text {
class Vocabulary;
}

namespace photolex::dataset {

struct Caption {
    std::int32_t image; // index into Dataset::images; for text sets: of the group that it belongs to
    std::string text;   // verbatim
};

struct Dataset {
    std::string name;                          // "flickr8k": the folder's or file's name
    std::vector<std::filesystem::path> images; // empty for text sets
    std::vector<std::string> keys;             // one per image or group
    std::vector<std::string> splits;           // one per image or group: "train", "dev", "test", ...
    std::vector<Caption> captions;
    bool hasImages() const { return !images.empty(); }
};

struct ClassNames {
    std::vector<std::vector<std::string>> names; // 1,000 × synonyms
    std::vector<std::string> templates;          // "a photo of a {}."
};

// The caption that a photo itself or its sidecar holds; empty: none. Of a folder, for photos without a .txt: reading
// metadata is another room's work (image::readMetadata), so whoever wants it brings it.
using CaptionOf = std::function<std::string(const std::filesystem::path &photo)>;

Result<Dataset> load(std::string_view specification, const std::filesystem::path &photos = {},
                     const CaptionOf &captionOf = {});
// The specification of a folder or a file, by its content: "karpathy:/x/dataset.json". A folder that holds one file of
// captions is that file's. Invalid: a file of none of these forms; NotFound.
Result<std::string> recognise(const std::filesystem::path &place);
// What is there, recognised and loaded. Photos that do not lie beside a file of captions are looked for in the folders
// there.
Result<Dataset> loadPlace(const std::filesystem::path &place, const std::filesystem::path &photos = {},
                          const CaptionOf &captionOf = {});
Result<ClassNames> loadClassNames(const std::filesystem::path &file, const std::filesystem::path &templates);

// Only the images of one split with their captions, indices renumbered. "train:1/3" is every third of the split's
// images in their order, beginning with the first; 2/3 and 3/3 are the others. Invalid: the split is not there (detail
// lists them), or it has no such share.
Result<Dataset> split(const Dataset &whole, std::string_view name);

// Checks before training: a report in numbers, and refusals where training would be senseless. Invalid: no captions,
// more than half of them empty, or more than 20 % of the words unknown to `vocabulary` (null: not looked at). NotFound:
// photos are missing (the first three are named).
struct Check {
    std::int64_t captions = 0, emptyCaptions = 0, duplicateCaptions = 0, missingPhotos = 0;
    std::int64_t words = 0, unknownWords = 0;  // running words
    std::vector<std::int64_t> lengthHistogram; // captions by number of words
    std::vector<std::string> missing;          // the first few
};
Result<Check> check(const Dataset &data, const text::Vocabulary *vocabulary = nullptr);

} // namespace photolex::dataset
