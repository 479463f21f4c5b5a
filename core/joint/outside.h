// An encoder from outside, as a pair of TorchScript modules that somebody exported (a CLIP, say), made into a bundle
// like any other: it is indexed, searched, compared and measured as our own are.
//
// TorchScript is a program: opening a module runs what its author wrote, with the rights of whoever opens it. So
// nothing here opens one before `acceptCode` says that a person agreed, and bundles that hold one are opened only from
// among the installed ones, which came in this way.
#pragma once

#include "core/joint/installing.h"

#include <array>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace photolex::joint {

struct OutsidePair {
    std::filesystem::path imageModule;                 // float32 (n, 3, N, N) → (n, d)
    std::filesystem::path textModule;                  // int64 (n, L) → (n, d)
    std::string tokenizer;                             // text::Pieces: "words", "wordpiece" or "bpe"
    std::filesystem::path pieces;                      // its file
    int side = 224;                                    // N
    std::array<float, 3> means{}, deviations{1, 1, 1}; // of red, green, blue in 0 to 1
    int textLength = 0;                                // L; 0: 77 for bpe, else 64
    std::string id;                                    // of the bundle
    std::string licence;                               // empty: not told
    bool acceptCode = false;
};

struct ImportedPair {
    model::Installed installed;
    int dimension = 0;
    double secondsPerPhoto = 0;
    std::vector<ImportCheck> checks; // all passed: else the import is refused
};

// Denied: the code was not accepted. Invalid: the id is taken or no plain name, an option out of range, or a check that
// failed (the detail names each). NotFound, Corrupt: files. A refusal leaves nothing behind.
Result<ImportedPair> importPair(const OutsidePair &pair, const std::stop_token &stop);

} // namespace photolex::joint
