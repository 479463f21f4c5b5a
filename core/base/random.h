// Randomness is an argument. One generator per stream (shuffle, sampling, start values), derived from one seed.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>

namespace photolex {

using Generator = std::mt19937_64;

// The same seed and stream name give the same numbers on every machine; streams do not disturb each other.
Generator generator(std::uint64_t seed, std::string_view stream);

} // namespace photolex
