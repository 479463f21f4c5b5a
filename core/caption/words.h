// The words that captions are made of, which parts of speech each of them is, and the sequences of tags that captions
// have: what the decoder draws from.
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/text/text.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::caption {

// Tags by number, in the order of the lexicon's first line. One more number stands for what is behind the last word.
using Tags = std::vector<std::uint8_t>;

// A text file: the tags in the first line; then a word a line, with tabs between: the word, and for each tag that it
// takes the tag's number and the share of its uses in thousandths. The first three words are <s>, </s> and <unknown>.
class Lexicon {
public:
    static constexpr std::int32_t unknown = 2;

    // Corrupt: the first words are others, numbers are out of range, words occur twice.
    static Result<Lexicon> load(const std::filesystem::path &file);

    const text::Vocabulary &vocabulary() const { return m_vocabulary; }
    const std::vector<std::string> &tags() const { return m_tags; }
    std::uint8_t beyond() const { return static_cast<std::uint8_t>(m_tags.size()); }

    struct Use {
        std::int32_t word;
        float share;     // of the word's uses that have this tag, in (0, 1]
        float logarithm; // of the share
    };
    const std::vector<Use> &wordsOf(std::uint8_t tag) const { return m_words[tag]; }
    std::vector<std::vector<std::int32_t>> parts() const;   // the words of each tag, for LanguageModel::Shape
    float share(std::int32_t word, std::uint8_t tag) const; // 0: never seen

    std::int32_t id(std::string_view word) const; // `unknown` where it is not there
    // "DT JJ NN". Invalid: a tag that is not there (the first is named), or none.
    Result<Tags> read(std::string_view tags) const;
    std::vector<std::string> names(const Tags &tags) const;

private:
    text::Vocabulary m_vocabulary;
    std::vector<std::string> m_tags;
    std::vector<std::vector<Use>> m_words; // by tag, frequent words first
};

struct Structure {
    Tags tags;
    std::int64_t count = 0; // training captions that have it
};

// A text file: a sequence a line, its count first, then its tags, spaces between; most frequent first.
class StructureStore {
public:
    // Corrupt: a tag that the lexicon lacks, or a count that is none.
    static Result<StructureStore> load(const std::filesystem::path &file, const Lexicon &lexicon);

    std::span<const Structure> all() const { return m_structures; } // most frequent first
    double logShare(const Tags &tags) const; // log of (count + 1/2) / all counts, of any sequence

    // `count` different ones of a length in [shortest, longest], drawn by their counts without replacement: otherwise
    // the few frequent ones would come again and again. Fewer where there are not as many.
    std::vector<Structure> sample(std::size_t count, std::size_t shortest, std::size_t longest,
                                  Generator &random) const;

private:
    std::vector<Structure> m_structures;
    std::int64_t m_total = 0;
};

} // namespace photolex::caption
