// Small bundles for tests: random but well-formed encoders over words that the test names.
#pragma once

#include "core/base/result.h"
#include "core/model/bundle.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace photolex::test {

struct BundleShape {
    std::vector<std::string> words = {"a", "dog", "runs", "on", "the", "beach", "red", "car", "'s", "ball"};
    int dimension = 12;         // of every space
    int otherWordDimension = 7; // of kinds whose words need not have the dimension of the space
    bool everyKind = false; // besides, "gru", "skip-gram", "devise", and "power": linear, with powers and byte words
    std::uint64_t seed = 20141110;
    bool realNetwork = false; // the shipped weights; otherwise a file with one number, enough for the manifest
};

// Encoders "linear" and "lstm", their vocabulary, network and manifest, without self-tests. Returns what was written.
Result<model::Manifest> writeBundle(const std::filesystem::path &folder, const BundleShape &shape = {});

// A tail of the real network (blocks from 16 on, and the head) whose projections are those of `network` times `factor`.
Result<> writeTail(const std::filesystem::path &network, const std::filesystem::path &file, float factor);

} // namespace photolex::test
