// What a person wants to train on, looked at before anything starts: captioned photos of a folder, a file or the
// library, parted into those that are learnt from and those that are held out, with all that is wrong with them.
//
//     auto material = training::gather({.place = folder}, settings, nullptr, stop);
//     material->findings.tooFew;                 // nothing to learn from
//     auto time = training::expect(*material, settings, stop);
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/dataset/dataset.h"
#include "core/train/train.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::training {

struct Source {
    std::filesystem::path place;  // a folder or a file of captions (dataset::recognise); empty: those of the library
    std::filesystem::path photos; // where the photos of a file lie; empty: beside it, or in a folder there
    bool isLibrary() const { return place.empty(); }
    bool operator==(const Source &) const = default;
};

struct Settings {
    std::string name;                 // of the bundle, for people; its id is made of it
    std::string from = "photolex-en"; // BUNDLE or BUNDLE/ENCODER that is trained further; empty: from nothing
    double keep = 0.5;                // of what that one knows, 0 to 1
    std::string kind = "linear";      // from nothing: "linear", "lstm", "gru"
    int dimension = 300;              // from nothing: of the space
    train::Objective objective = train::Objective::Contrastive;
    int epochs = 15;      // at most
    int patience = 4;     // epochs without a better one; then it ends. The best one counts.
    double heldOut = 0.2; // share of the photos, where the set has no dev or val split of its own
    std::uint64_t seed = 1;
    bool operator==(const Settings &) const = default;
};

struct Finding {
    std::int64_t count = 0;
    std::vector<std::string> examples; // the first few, for people
};

struct Findings {
    std::int64_t photos = 0, captions = 0; // that are of use
    std::int64_t trainPhotos = 0, heldOutPhotos = 0;
    std::int64_t trainCaptions = 0, heldOutCaptions = 0;
    Finding missingPhotos;                   // are not where the captions say
    Finding notRead;                         // of the library: not embedded yet, or their drive is away
    Finding emptyCaptions;                   // without a word
    Finding repeatedPhotos;                  // the same file under another name: its captions count as the first one's
    Finding unknownWords;                    // different words that the first encoder lacks; most frequent first
    std::int64_t words = 0, unknownUses = 0; // running words of the captions, and unknown ones among them
    bool tooFew = false;                     // there is nothing to learn from
};

inline constexpr std::int64_t fewestPhotos = 10, fewestCaptions = 16; // to learn from; 2 photos more to measure with

// A photo is here once, with its captions; none is on both sides.
struct Material {
    Source source;
    std::string name; // of the set: the folder's or the file's; "library"
    dataset::Dataset train, heldOut;
    std::vector<PhotoId> trainIds, heldOutIds; // of the library: one a photo
    Findings findings;
};

// `library`: only for its captions; null otherwise. Errors: those of dataset::loadPlace; Invalid: it has no photos;
// NotFound, Corrupt: of the encoder to begin with. What is wrong with single photos and captions is in the findings.
Result<Material> gather(const Source &source, const Settings &settings, const catalogue::Catalogue *library,
                        const std::stop_token &stop);

struct Expected {
    double photos = 0; // seconds to read all of them; 0: the library has read them
    double epoch = 0;  // seconds a pass takes
    int epochs = 0;    // at most
    double seconds() const { return photos + epoch * epochs; } // at most
};
// By reading two photos and doing some steps of training, here and now. Takes some seconds.
Result<Expected> expect(const Material &material, const Settings &settings, int threads, const std::stop_token &stop);

} // namespace photolex::training
