// Examples of arithmetic that work in this very library: "this photo, less 'red', and 'blue'" leads to photos that show
// blue and are otherwise alike.
//
//     search::ExampleSearch examples(engine);
//     while (!stop.stop_requested() && *examples.step(stop)) {}
//     for (const auto &example : examples.best(12)) ...
//
// 1. Words come in groups that differ in one attribute (colours, animals, day and night, ...). For each, the photos
//    that show it are those whose score lies far above the word's scores over the library; both counted in standard
//    deviations of these scores, since a raw score means something else for each word.
// 2. For two words a and b of a group and a photo x that shows a and not b, the nearest photos of x − a + b are looked
//    at. Such a photo y *changed* when it shows b, and b better than a; it *kept the rest* when it is like x in what is
//    left of both without the directions of a and b and without what all photos share, again in standard deviations
//    over the library.
// 3. An example is offered when the nearest photo and at least two of the first three did both, when none of the three
//    is a stranger (one that a search for b would not show, or nothing like x), and when the three are more like x than
//    the photos that b alone finds: else the word would do. Its score is the mean of both over the three, so that
//    examples can be told apart; what did not is worth 0. In a small library that may leave none, which is said.
#pragma once

#include "core/search/search.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::search {

enum class Attribute : std::uint8_t { Colour, Animal, Light, Place, Ground, Clothes, Vehicle, Person, Sport, Food };

struct WordGroup {
    Attribute attribute;
    std::vector<std::string_view> words; // English, whatever the window speaks: the words that the encoders know
};
std::span<const WordGroup> wordGroups();

struct Example {
    Attribute attribute = Attribute::Colour;
    PhotoId photo; // photo − from + to
    std::string from, to;
    std::vector<PhotoId> found; // the first three hits, the photo itself left out
    double score = 0;           // 0 to 1
};

// Takes a view of the rows as they are when it is made. Not thread-safe; made for one worker that steps on when nothing
// more urgent is to be done.
class ExampleSearch {
public:
    explicit ExampleSearch(std::shared_ptr<const Engine> engine);
    ~ExampleSearch();
    ExampleSearch(ExampleSearch &&) noexcept;
    ExampleSearch &operator=(ExampleSearch &&) noexcept;

    // One slice, at most some 50 ms at 100,000 photos: one word, or one photo of one pair. False: all is done.
    Result<bool> step(const std::stop_token &stop);
    std::size_t done() const; // slices
    std::size_t total() const;

    // The best so far, best first: no photo twice, and no attribute more than a third of `count` times.
    std::vector<Example> best(std::size_t count) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::search
