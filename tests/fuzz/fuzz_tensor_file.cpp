// Any bytes as a safetensors file: every tensor that it names lies inside it.
#include "core/base/tensor_file.h"
#include "tests/fuzz/input_file.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const photolex::fuzz::InputFile input(data, size);
    const auto file = photolex::TensorFile::open(input.path());
    if (!file)
        return 0;
    for (const auto &[name, tensor] : file->tensors()) {
        if (tensor.toFloats().size() * photolex::bytesPerValue(tensor.type) != tensor.bytes.size())
            std::abort();
    }
    return 0;
}
