// Parts of speech: Penn tags for the words of a sentence.
//
//     auto tagger = text::Tagger::load(bundle.file("tagger.safetensors"));
//     tagger->tag(text::split("A dog jumps over a fence."));       // DT NN VBZ IN DT NN .
//
// An averaged perceptron that goes through a sentence twice, each time word by word from left to right: the second time
// it also knows what the first made of the words behind. Each tag's score is the sum of its weights over the features
// of the word (its letters, its neighbours, the tags before it), and the best one stands.
#pragma once

#include "core/base/result.h"
#include "core/text/tagger_features.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::text {

// Words and punctuation as a tagger wants them: case kept, "don't" as do n't, "man's" as man 's, every other sign
// alone. Words separated by spaces and split like this already stay as they are.
std::vector<std::string> split(std::string_view text);

class Tagger {
public:
    explicit Tagger(TaggerWeights weights);
    // Corrupt: sizes that do not fit, tags out of range.
    static Result<Tagger> load(const std::filesystem::path &file);
    // Weights as bytes (an eighth of a bit of accuracy is lost, measured: none).
    Result<> save(const std::filesystem::path &file) const;

    const std::vector<std::string> &tags() const { return m_table->tags; }
    int number(std::string_view tag) const; // −1: no such tag

    // One tag's number a word; any thread may call.
    std::vector<std::uint8_t> numbers(std::span<const std::string> words) const;
    std::vector<std::string> tag(std::span<const std::string> words) const;
    bool knows(const std::string &word) const { return m_table->lexicon.contains(taggerForm(word)); }

private:
    // The weights in one block: a sentence asks for hundreds of features, most of which are not there.
    struct Table {
        struct Slot {
            Feature feature = 0;
            std::uint32_t first = 0, count = 0; // into `weights`; count 0: the slot is empty
        };
        explicit Table(TaggerWeights &&from);
        std::span<const TagWeight> of(Feature feature) const;

        std::vector<std::string> tags;
        std::unordered_map<std::string, AmbiguityClass> lexicon;
        std::vector<Slot> slots; // a power of two, at most half of them taken; the next free one after feature mod size
        std::vector<TagWeight> weights;
    };
    std::shared_ptr<const Table> m_table; // shared by copies
};

} // namespace photolex::text
