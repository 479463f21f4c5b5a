// A model bundle: a folder with manifest.json and weight files.
//
//     auto bundle = model::Bundle::open(folder);      // hashes, shapes and files checked, or one message with all
//     faults
//
// The manifest names the image network and its tails, the image maps, the sentence encoders with their vocabularies,
// provenance, measured metrics, and three stored picture/vector pairs for the self-test. Weights are plain safetensors:
// no code runs.
#pragma once

#include "core/base/result.h"
#include "core/base/tensor_file.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::model {

// Another end of the image network: its last blocks and head, trained further together with a joint space. What comes
// before is shared, so that a photo goes through it once, whatever number of tails is asked. The file holds
// `blocks.N.*` from `fromBlock` on and `head.*`, each of the shape that it has in the network's file. A manifest with
// tails is of format 2; older versions of the program refuse it, since to them an encoder's tail would be nothing.
struct TailEntry {
    std::string id;     // unique in its bundle, trimmed
    std::string file;   // safetensors
    std::string sha256; // of that file
    int fromBlock = 16; // the first block that is another one
};

struct NetworkEntry {
    std::string kind; // "photolex" (built from our list of layers) | "torchscript" (outside.h) | "rows" (ready_rows.h)
    std::string file; // safetensors
    std::string sha256; // of that file: the "hash of the network" in the head of feature rows
    int inputSide = 260;
    std::string resize = "squash";
    float mean = 127, standardDeviation = 128; // (x − mean) / standardDeviation on RGB 0..255
    std::string featureLayer = "mean(head)";
    int featureDimension = 1280; // of every tail
    std::vector<TailEntry> tails = {};
};

struct EncoderEntry {
    std::string id;    // "linear", "lstm", "paper-linear", ...: unique in its bundle, trimmed
    std::string kind;  // "linear" | "lstm" | "gru" | "skip-gram" | "devise" (core/joint/encoder.h) |
                       // "outside" | "rows"
    std::string name;  // for people, English
    int dimension = 0; // of the joint space
    int wordDimension = 0;
    std::string file;       // safetensors: image map, word vectors, recurrent weights
    std::string sha256;     // of that file; with the network's: the "hash of the encoder" in the head of point rows
    std::string vocabulary; // text file, one word a line, in the order of the word vectors
    std::map<std::string, double> metrics;
    std::string tail = {}; // which feature the image map takes: that of this tail; "": the network's own
};

struct SelfTest {
    std::string picture; // JPEG in the bundle
    std::string vectors; // tensor file with `feature`, one tensor per encoder id, and `tail:ID` for each tail
};

struct Manifest {
    int formatVersion = 1;
    std::string id, version, title, licence, provenance, language; // language: "en"
    std::vector<std::string> trainedOn;                            // data sets with their terms
    NetworkEntry network;
    std::vector<EncoderEntry> encoders; // the first is the default one
    std::vector<SelfTest> selfTests;
    std::map<std::string, std::string> files; // name → SHA-256 of every other file
    std::string recipe;                       // file name of the (first) recipe, and
    std::uint64_t seed = 0;                   // its seed
};

class Bundle {
public:
    // Every fault is collected and told in one Error: subject = the folder, detail = one line a fault. Corrupt: hashes,
    // shapes, disguised weights; NotFound: files missing; Unsupported: newer format. Checking hashes takes some 100 ms.
    static Result<std::shared_ptr<const Bundle>> open(const std::filesystem::path &folder);

    const Manifest &manifest() const { return m_manifest; }
    const std::filesystem::path &folder() const { return m_folder; }
    std::filesystem::path file(std::string_view name) const { return m_folder / name; }
    const EncoderEntry *encoder(std::string_view id) const; // null: none; "" gives the default one
    const TailEntry *tail(std::string_view id) const;       // null: none, and for ""
    // The file of the encoder's tail; empty: it takes the network's own feature.
    std::filesystem::path tailFile(const EncoderEntry &encoder) const;
    std::string encoderHash(const EncoderEntry &encoder) const; // hex; changes with network, tail or encoder weights

private:
    std::filesystem::path m_folder;
    Manifest m_manifest;
};

Result<Manifest> readManifest(const std::filesystem::path &manifestFile);
// Fills in the hashes of all files named, then writes manifest.json atomically.
Result<> writeManifest(const std::filesystem::path &folder, Manifest manifest);

// One bundle with the encoders of several that share an image network: the files are copied to `out`, which is made.
// The texts are those of the first, what the others were trained on is added. Returns the manifest; its self-tests are
// still to be made (joint::writeSelfTests). Invalid: another network, an encoder id that occurs twice, or two tails
// that share an id or a file name and are not the same.
Result<Manifest> joinBundles(const std::vector<std::filesystem::path> &folders, const std::filesystem::path &out);

// Installed bundles: those of the program (resources/models) and the user's (dataHome()/models), by id.
struct Installed {
    std::string id;
    std::filesystem::path folder;
    bool ours = false; // part of the program; cannot be removed
};
std::filesystem::path userModels(); // dataHome()/models
std::vector<Installed> installedBundles();
// `idOrFolder`: a folder, or an id (trimmed); "" gives photolex-en. NotFound lists the ids that exist.
Result<std::shared_ptr<const Bundle>> openBundle(std::string_view idOrFolder);
// Checks a foreign bundle, then copies it to the user's models. Invalid: the id is taken.
Result<Installed> importBundle(const std::filesystem::path &folder);
Result<> removeBundle(std::string_view id);

} // namespace photolex::model
