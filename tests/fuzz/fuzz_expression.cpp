// Any bytes as an expression: what is read prints as a line that reads the same.
#include "core/base/bytes.h"
#include "core/search/expression.h"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace photolex;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto expression = search::parseExpression(text);
    if (!expression) {
        if (search::isExpression(text) || !isValidUtf8(expression.error().detail))
            std::abort();
        return 0;
    }
    const auto printed = search::printExpression(*expression);
    if (!isValidUtf8(printed))
        std::abort();
    // Escaped, an expression near the longest may be longer than is read.
    const auto again = search::parseExpression(printed);
    if (again ? *again != *expression : printed.size() <= (std::size_t{64} << 10))
        std::abort();
    return 0;
}
