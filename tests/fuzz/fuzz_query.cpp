// Any bytes as what a person asks: read as a query, as words, and looked up in a catalogue's full text.
#include "core/base/bytes.h"
#include "core/catalogue/catalogue_p.h"
#include "core/search/search.h"
#include "core/text/text.h"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace photolex;
    const std::string text(reinterpret_cast<const char *>(data), size);
    if (!search::parseQuery(text) && isValidUtf8(text))
        std::abort(); // only what is no text is refused
    const auto normal = text::normalize(text);
    if (normal) {
        for (const auto &word : text::tokenize(*normal)) {
            if (word.empty() || !isValidUtf8(word))
                std::abort();
        }
    }
    (void)catalogue::matchExpression(std::vector{text, text});
    if (!isValidUtf8(catalogue::wordsOfName(text)) || catalogue::naturalKey(text).empty())
        std::abort();
    return 0;
}
