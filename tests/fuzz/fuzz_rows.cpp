// Any bytes as a file of rows: what is read is whole, in order and finite.
#include "core/embedding/rows.h"
#include "tests/fuzz/input_file.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const photolex::fuzz::InputFile file(data, size);
    (void)photolex::embedding::Rows::open(file.path());
    const auto rows = photolex::embedding::Rows::recover(file.path());
    if (rows && (!std::ranges::is_sorted((*rows)->ids()) ||
                 (*rows)->halves().size() != (*rows)->size() * static_cast<std::size_t>((*rows)->dimension())))
        std::abort();
    return 0;
}
