// The encoder that a training begins with.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/joint/encoder.h"
#include "core/training/material.h"

#include <memory>
#include <optional>

namespace photolex::training {

struct First {
    std::shared_ptr<const model::Bundle> bundle;
    std::shared_ptr<const joint::Encoder> encoder; // null: from nothing, on the network of the bundle
};
// What Settings::from says; with nothing there, the network of the program's own bundle. Invalid: an encoder of a kind
// that is not trained further.
Result<First> openFirst(const std::string &from);

// The file of the library that holds what is trained on, and its hash: points of the encoder, else features of the
// network, from which the points can be made.
struct StoredRows {
    std::filesystem::path file;
    std::string hash;
};
StoredRows storedRows(const catalogue::Catalogue &library, const First &first);

// The checks. `keys` of the photos tell which are the same; captions of a repeated photo become those of the first.
void mergeRepeated(dataset::Dataset &set, std::vector<PhotoId> &ids, std::span<const std::uint64_t> keys,
                   Findings &findings);
std::vector<std::uint64_t> contentKeys(std::span<const std::filesystem::path> photos, const std::stop_token &stop);
void dropEmptyCaptions(dataset::Dataset &set, Findings &findings);
void findUnknownWords(const dataset::Dataset &set, const text::Vocabulary &vocabulary, Findings &findings);
// Only the photos with a true, with their ids.
void keepPhotos(dataset::Dataset &set, std::vector<PhotoId> &ids, const std::vector<bool> &keep);

// A dozen numbers that depend on how much there is: batch, rates, pauses.
train::EncoderRecipe recipeOf(const Settings &settings, const First &first, std::size_t trainCaptions);

} // namespace photolex::training
