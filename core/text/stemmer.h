// The stems of English words: dog and dogs, runs and running have one each.
#pragma once

#include <memory>
#include <string>

struct sb_stemmer;

namespace photolex::text {

// Snowball's. One for each thread.
class Stemmer {
public:
    Stemmer();
    std::string stem(const std::string &word) const; // small letters; what it cannot stem stays as it is

private:
    std::unique_ptr<sb_stemmer, void (*)(sb_stemmer *)> m_stemmer;
};

} // namespace photolex::text
