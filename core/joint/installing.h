// Whole bundles: installed once they have proved themselves, and how fast they are on this machine.
#pragma once

#include "core/model/bundle.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

namespace photolex::joint {

// Whether a person agreed that the bundle's own code may run, where it holds some (model::holdsCode).
enum class Code : std::uint8_t { NotAccepted, Accepted };

// Checks files, hashes and shapes, embeds the stored pictures and compares (selfTest), and only then copies the bundle
// to the user's models. The folder is only read; a refusal changes nothing. Errors: those of Bundle::open, selfTest and
// model::importBundle; Denied: it
// holds code that was not accepted. Such a bundle is copied first and tested in its place, and goes again when it
// fails.
Result<model::Installed> installBundle(const std::filesystem::path &folder, Code code = Code::NotAccepted);

// What was looked at when something from outside came in.
struct ImportCheck {
    std::string name; // "modules", "shapes", "values", "unit length", "batches", "pictures", "self-test", "speed", ...
    bool ok = false;
    std::string detail;
};

struct Speed {
    double secondsPerPhoto = 0;                       // the network with all its tails, decoding not counted
    std::map<std::string, double> secondsPerSentence; // by encoder, of seven words
};
// One photo and one sentence at a time on one thread, as indexing and search ask; the median of some runs. Takes a
// second or two. Cancelled: between two runs. Unsupported: ready-made rows.
Result<Speed> measureSpeed(const std::shared_ptr<const model::Bundle> &bundle, const std::stop_token &stop);

} // namespace photolex::joint
