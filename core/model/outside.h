// Bundles that hold modules from outside (core/joint/outside.h): what their manifest leaves to a file of its own, and
// the rule about code.
//
// The manifest of such a bundle names an image network of the kind "torchscript" (file, input_side, feature_dimension;
// 1 while the bundle is made and nobody knows yet) and encoders of the kind "outside"; outside.json, which it lists
// with a checksum, says how pictures and sentences are made ready.
//
// TorchScript is code that runs when it is opened, with the rights of the user. So it is opened from the user's own
// models alone, where nothing comes in without a person having agreed: mayOpen. A bundle that lies anywhere else is
// only looked at.
#pragma once

#include "core/model/bundle.h"

#include <array>

namespace photolex::model {

struct Outside {
    std::array<float, 3> means{}, deviations{1, 1, 1}; // of red, green and blue in 0 to 1
    std::string tokenizer;                             // "words" | "wordpiece" | "bpe" (core/text/pieces.h)
    std::string pieces;                                // its file
    std::string wordPoints;                            // tensor file: `word_points`, V × d; empty: none yet
    int textLength = 0;                                // ids of a sentence
};
// Corrupt: no such file, a key that is missing or wrong, a file name that is no plain name or has no checksum.
Result<Outside> readOutside(const Bundle &bundle);
// Writes outside.json, and names it and the files in it in the manifest.
Result<> writeOutside(const std::filesystem::path &folder, const Outside &outside, Manifest &manifest);

bool holdsCode(const Manifest &manifest);
// Denied: the bundle holds code and does not lie among the user's models.
Result<> mayOpen(const Bundle &bundle);

// Where a bundle is made before installStaged gives it its place; whoever makes it removes what is left. Invalid: the
// id is no plain name, or taken.
Result<std::filesystem::path> stagingFolder(std::string_view id);
Result<Installed> installStaged(std::string_view id);

} // namespace photolex::model
