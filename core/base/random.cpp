#include "core/base/random.h"

#include <xxhash.h>

namespace photolex {

Generator generator(std::uint64_t seed, std::string_view stream)
{
    return Generator(XXH3_64bits_withSeed(stream.data(), stream.size(), seed));
}

} // namespace photolex
