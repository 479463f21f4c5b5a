#include "core/text/stemmer.h"

#include <libstemmer.h>

namespace photolex::text {

Stemmer::Stemmer()
    : m_stemmer(sb_stemmer_new("english", "UTF_8"), &sb_stemmer_delete)
{
}

std::string Stemmer::stem(const std::string &word) const
{
    const auto *stem = sb_stemmer_stem(m_stemmer.get(), reinterpret_cast<const sb_symbol *>(word.data()),
                                       static_cast<int>(word.size()));
    return stem ? std::string(reinterpret_cast<const char *>(stem),
                              static_cast<std::size_t>(sb_stemmer_length(m_stemmer.get())))
                : word;
}

} // namespace photolex::text
