// What a bundle holds for captions: captions.json, listed among the files of its manifest, and the files it stands for.
#pragma once

#include "core/base/result.h"
#include "core/caption/language_model.h"
#include "core/model/bundle.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::caption {

inline constexpr std::string_view partsFile = "captions.json";
inline constexpr std::string_view lexiconFile = "captions.lexicon.txt";
inline constexpr std::string_view structuresFile = "captions.structures.txt";
inline constexpr std::string_view mapFile = "captions.map.safetensors"; // `map` d × d, `shift` d
inline constexpr std::string_view sentencesFile = "captions.sentences.txt";
inline constexpr std::string_view taggerFile = "tagger.safetensors";
std::string modelFile(Kind kind); // "captions.sc-nlm.safetensors"

struct Parts {
    std::string encoder;     // id, whose points the models were trained on, and
    std::string encoderHash; // its hash then: with another one they are stale
    std::vector<Kind> models;
    bool hasSentences = false;
    std::map<std::string, double> metrics;
};

// NotFound: the bundle has none. Corrupt: a key is wrong or missing, or a file is not listed in the manifest.
Result<Parts> readParts(const model::Bundle &bundle);
// Those that may be retrieved. NotFound: the bundle has none.
Result<std::vector<std::string>> readSentences(const model::Bundle &bundle);
// Writes captions.json and adds it and its files, which are there already, to the manifest.
Result<> writeParts(const std::filesystem::path &folder, const Parts &parts);

} // namespace photolex::caption
