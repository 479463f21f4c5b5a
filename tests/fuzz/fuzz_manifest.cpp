// Any bytes as a bundle's manifest.
#include "core/model/bundle.h"
#include "tests/fuzz/input_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const photolex::fuzz::InputFile file(data, size);
    (void)photolex::model::readManifest(file.path());
    return 0;
}
