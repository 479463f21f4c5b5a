// Sentences to words the bundle knows.
//
//     auto words = text::tokenize("Two dogs, running!");     // two dogs running
//     auto read = text::read("zxqv Dogs", vocabulary);       // ids of "dogs"; unknown: zxqv
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace photolex::text {

// NFC, case folded, typographic quotes and dashes made plain, white space collapsed, control characters and other signs
// that nobody sees dropped. Normal text stays as it is.
// Invalid: bytes that are not UTF-8.
Result<std::string> normalize(std::string_view text);

// Words of a text, normalised or not: letters and digits with inner apostrophes; hyphens split; punctuation dropped; an
// emoji is a word; "'s" is a word of its own as in Flickr8k's captions. What is written without spaces is cut by ICU.
// T-shirt, t shirt and tshirt are the same two words, and so are the few others with one letter in front.
// The words of words joined by spaces are the same words. Bytes that are not UTF-8: none.
std::vector<std::string> tokenize(std::string_view text);

// Other spellings of a word, likeliest first, without the word: its other number (dogs: dog), then British for American
// and the other way round (colour: color, centre: center, tyre: tire), in both numbers. They are proposals: not every
// one is a word.
std::vector<std::string> variants(const std::string &word);

class Vocabulary {
public:
    static constexpr std::int32_t begin = 0; // "<s>"
    static constexpr std::int32_t end = 1;   // "</s>"
    static constexpr std::int32_t unknown = -1;

    // One word a line, UTF-8, in the order of the word vectors; the first two are <s> and </s>. Corrupt: duplicates,
    // empty lines, bytes that are not UTF-8.
    static Result<Vocabulary> load(const std::filesystem::path &file);
    static Result<Vocabulary> create(std::vector<std::string> words); // <s> and </s> are put in front when missing

    std::int32_t id(std::string_view word) const; // unknown: not there
    const std::string &word(std::int32_t id) const { return m_words[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return m_words.size(); }
    const std::vector<std::string> &words() const { return m_words; }

    // Known words one or two edits away (one, for four letters and fewer), best first. What was meant is likelier a
    // frequent word than a rare one, and people rarely miss the first letter: a word costs its edits, 0.4 for each
    // power of ten of its place in the vocabulary (which is sorted by frequency), and 0.5 for another first letter. So
    // a word among the first hundred beats one edit less of a word beyond the thirty-thousandth.
    std::vector<std::string> spellingNeighbours(std::string_view word, std::size_t count = 3) const;

private:
    std::vector<std::string> m_words;
    std::unordered_map<std::string, std::int32_t> m_ids;
};

struct ReadText {
    std::vector<std::int32_t> ids;  // without <s> and </s>; unknown words left out. Encoders that read words in pieces
                                    // give those that no vocabulary lists Vocabulary::unknown
    std::vector<std::string> words; // the words read, one per id, as the vocabulary spells them
    std::vector<std::string> unknown; // in order, each once
    bool cut = false;                 // longer than `limit` words, known or not: the rest was not read
};
// A word the vocabulary lacks is looked up again, in this order: in its other number and spelling (`variants`); with
// the next word as one, when one of the two is not known (wheel barrow: wheelbarrow); as two words written as one
// (lighthouse: light house), which gives two ids. What is still not known is named in `unknown` and left out: a
// spelling neighbour is proposed to the reader, never read in its place. Invalid: not UTF-8.
Result<ReadText> read(std::string_view text, const Vocabulary &vocabulary, std::size_t limit = 80);

bool isStopWord(std::string_view word); // a, the, of, ...: they pull every query the same way

} // namespace photolex::text
