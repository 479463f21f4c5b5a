// Photos for a query: words, a photo, or both, with the library's own names and captions first.
//
//     auto engine = search::Engine::create(catalogue, encoder);
//     auto answer = engine->search({.text = "dog -people", .count = 50}, stop);
//
// A point is one row: dimension() float32 of length 1. A score is the dot product of two points, in [−1, 1]; larger is
// nearer.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/embedding/rows.h"
#include "core/image/network.h"
#include "core/joint/encoder.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::search {

struct Hit {
    PhotoId photo;
    float score = 0;
};

// The n best rows by exact scan, best first; equal scores in order of id. `allowed`, when given, holds one flag per
// row.
std::vector<Hit> nearest(const embedding::Rows &rows, std::span<const float> point, std::size_t count,
                         std::span<const std::uint8_t> allowed = {});

// "beach -people "red car"": words, phrases in quotes, and what must not be there.
struct ParsedQuery {
    std::string positive;              // normalised
    std::vector<std::string> negative; // words and phrases after a minus sign
    std::vector<std::string> words;    // of `positive`
    bool isBlank = false;              // nothing, only blanks
    bool hasNoWords = false;           // only punctuation or minus signs
    bool cut = false;                  // too long: the rest was not read
};
Result<ParsedQuery> parseQuery(std::string_view text); // Invalid: not UTF-8

enum class Why : std::uint8_t { Meaning, Caption, Keyword, Name, Folder, Title };

// Where relevance ends. Scores have no fixed meaning: 0.3 may be the best hit of one query and noise in another
// library. What is noise is measured on the library itself: the scores of its photos with some hundred words spread
// over the vocabulary, most of which are not in most photos; for a photo as the query, the scores of photos with each
// other. The end line lies `strictness` standard deviations above their mean, so a query that nothing in the library
// shows has few or no relevant hits, and one that everything shows keeps them all.
//
// Tuned on the 1,000 dev photos of Flickr8k, whose captions say what is there (65 words): at 2.2 deviations 29 % of the
// photos above the line were right and 51 % of the right ones were above it, at 2.6 38 and 45, at 3.0 46 and 36, at 3.5
// 59 and 28; F1 0.33, 0.36, 0.36, 0.33, where the best line for each word, chosen by looking, has 0.48. Of 22 words
// that no caption holds none, 5, 41 and 64 % were left without a hit. Lines from the median and spread of the query's
// own scores, and from each photo's own background, were no better.
struct Background {
    float mean = 0, deviation = 0;
    static constexpr float strictness = 3.0F;
    // For what must not be there: a photo too many is a smaller fault than one that shows what was excluded.
    static constexpr float negativeStrictness = 2.2F;
    float line() const { return mean + strictness * deviation; }
    float negativeLine() const { return mean + negativeStrictness * deviation; }
};

struct Match {
    PhotoId photo;
    float score = 0;      // s(x, v), or the text rank scaled above every meaning score for exact hits
    float similarity = 0; // s(x, v) alone
    bool relevant = true; // above the end line
    Why kind = Why::Meaning;
    std::vector<joint::WordShare> why; // the query's words that pull most, strongest first
};

struct Answer {
    std::vector<Match>
        matches;   // exact hits in captions, names and keywords first, then by score; always min(count, passing)
    float cut = 0; // score of the end line: from the library's own score distribution for this query
    std::vector<std::string> unknown;                                          // words the encoder does not know
    std::vector<std::pair<std::string, std::vector<std::string>>> suggestions; // unknown word → nearest known spellings
    bool mostlyUnknown = false; // more than half: probably another language
    bool queryCut = false;
    std::int64_t withoutRow = 0; // photos that are not embedded yet with this encoder
    ParsedQuery parsed;
};

struct Query {
    std::string text;
    std::vector<float> point;         // a photo's point, or empty; with text: the sum of both, length 1
    std::optional<PhotoId> similarTo; // left out of the answer
    std::size_t count = 50;
    catalogue::PhotoFilter filter;
    bool explain = true;
};

class Engine {
public:
    static Result<std::shared_ptr<Engine>> create(std::shared_ptr<catalogue::Catalogue> catalogue,
                                                  std::shared_ptr<const joint::Encoder> encoder);
    virtual ~Engine();

    // Thread-safe. Rows that were appended since are seen: the engine reloads when the catalogue's revision has moved.
    virtual Result<Answer> search(const Query &query, std::stop_token stop) const = 0;
    // Nearest words of a point, stop words and spelling variants of a better word left out, best first.
    struct Word {
        std::string word;
        float score = 0;
    };
    virtual Result<std::vector<Word>> nearestWords(std::span<const float> point, std::size_t count) const = 0;
    virtual Result<std::vector<float>> pointOf(PhotoId photo) const = 0; // NotFound: not embedded yet
    // The rows that queries are answered from just now; never null.
    virtual Result<std::shared_ptr<const embedding::Rows>> rows() const = 0;
    virtual const joint::Encoder &encoder() const = 0;
};

// The point of a picture that need not be in the library.
Result<std::vector<float>> pointOfFile(const std::filesystem::path &file, const image::Network &network,
                                       const joint::Encoder &encoder);
Result<std::vector<float>> pointOfPixels(const image::Pixels &pixels, const image::Network &network,
                                         const joint::Encoder &encoder);

// Groups of near-duplicates: photos whose features lie closer than `threshold` (cosine), each group best picture first.
// Bounded: at most `limit` groups, with `more` set.
struct Duplicates {
    std::vector<std::vector<PhotoId>> groups;
    bool more = false;
};
Result<Duplicates> duplicates(const embedding::Rows &features, float threshold, std::size_t limit,
                              std::stop_token stop);

} // namespace photolex::search
