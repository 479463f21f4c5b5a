// A small world to write captions in: random points, a tagger and models trained on the spot on sentences written here.
#pragma once

#include "core/base/result.h"
#include "core/dataset/dataset.h"

#include <filesystem>
#include <string>
#include <vector>

namespace photolex::test {

// "a red dog runs on the beach", "the car jumps": dog, car, ball and beach, red and small, in three structures.
dataset::Dataset smallWorld();
const std::vector<std::string> &smallWorldNouns();

// A bundle with an encoder "linear" of 24 dimensions, a tagger, all three language models, and "a red dog runs" and
// "the car jumps" to retrieve.
Result<> writeCaptionBundle(const std::filesystem::path &folder, bool realNetwork = false);

} // namespace photolex::test
