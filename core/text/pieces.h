// Sentences as the numbers that an encoder from outside was trained on.
//
//     words      one word a line; its id is the number of its line, from 0. Line 0 fills up what is short. Words that
//                are not in the list are left out.
//     wordpiece  BERT's: one piece a line, "##" before those that go on a word. [CLS] pieces [SEP], filled up with
//                [PAD]; a word that cannot be put together is [UNK]. Text is made lower case, and its accents go,
//                unless the list holds capital letters.
//     bpe        CLIP's: one merge a line, the likeliest first, after a head with "#version". <|startoftext|> pieces
//                <|endoftext|>, filled up with 0. The ids are those that CLIP's own reader gives: the 256 bytes, the
//                256 bytes at the end of a word, the merges, the two marks.
//
// Devlin et al. 2019 (WordPiece), Sennrich et al. 2016 and Radford et al. 2021 (byte pairs).
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::text {

class Pieces {
public:
    // `kind`: "words", "wordpiece" or "bpe". Invalid: another kind. Corrupt: not UTF-8, nothing in it, a line that is
    // no merge, or marks that are missing.
    static Result<Pieces> load(std::string_view kind, const std::filesystem::path &file);

    // Exactly `length` ids. What is longer is cut before the end mark, and `cut`, when given, says so. Invalid: not
    // UTF-8, or (of "words") no word of it is known.
    Result<std::vector<std::int64_t>> ids(std::string_view text, std::size_t length, bool *cut = nullptr) const;
    // Whether the ids say something of the word: of "bpe" always, since bytes are pieces.
    bool knows(std::string_view word) const;
    // Those pieces that are words by themselves, as they stand in the list, lower case, each once.
    std::vector<std::string> wholeWords() const;

    class Kind;

private:
    std::shared_ptr<const Kind> m_kind;
};

} // namespace photolex::text
