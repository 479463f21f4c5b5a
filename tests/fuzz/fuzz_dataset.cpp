// The first byte chooses the format, the rest is the file: captions belong to an image or a group that is there.
#include "core/dataset/dataset.h"
#include "tests/fuzz/input_file.h"

#include <array>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::array kinds{"karpathy:", "flickr:", "coco:", "text:", "tsv:"};
    if (size == 0)
        return 0;
    const photolex::fuzz::InputFile file(data + 1, size - 1);
    const auto set = photolex::dataset::load(kinds[data[0] % kinds.size()] + file.path().native(), "/nowhere");
    if (!set)
        return 0;
    for (const auto &caption : set->captions) {
        if (caption.image < 0 || static_cast<std::size_t>(caption.image) >= set->keys.size())
            std::abort();
    }
    return 0;
}
