// Arithmetic over photos and words: what is written, the point that it stands for, and what lies there.
//
//     auto expression = search::parseExpression("photo:'blue car.jpg' - 'blue' + 2*'red'");
//     auto points = ...;                                    // TermReader::read for each term
//     auto answer = search::answerExpression(engine, *expression, points, {.photos = 20}, stop);
//
// The point is the sum of the terms' points, each of length 1, times sign and weight, scaled to length 1: the paper's
// x − v("blue") + v("red"). What lies near it are photos and words; the photos that the expression is made of are left
// out, since the nearest photo of "photo − word" is nearly always that photo.
//
//     expression = [sign] term { sign term }
//     sign       = "+" | "-"
//     term       = [weight "*"] operand
//     weight     = digits ["." digits]                      0 to 100, three digits behind the point count
//     operand    = quoted | "photo:" quoted | "saved:" quoted
//     quoted     = ' … ' or " … "; \xNN is the byte NN, a backslash before anything else stands for that alone
//
// Read besides: typographic quotes and minus signs, and words without quotes, which end at a blank that a sign follows
// (a minus inside a word is a hyphen).
#pragma once

#include "core/search/search.h"

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace photolex::search {

struct Term {
    enum class Kind : std::uint8_t {
        Words, // a word or a phrase, read as one sentence
        Photo, // `text` is a path, bytes
        Saved, // `text` is the name of a saved expression
    };
    Kind kind = Kind::Words;
    std::string text;
    bool isNegative = false;
    double weight = 1; // 0 to 100, in thousandths
    bool operator==(const Term &) const = default;
};

struct Expression {
    static constexpr std::size_t mostTerms = 64;
    static constexpr double largestWeight = 100;
    std::vector<Term> terms;
    bool operator==(const Expression &) const = default;
};

// Invalid, with the place (bytes from the beginning) and what was expected there in the detail: what is not an
// expression, an empty operand, words that are not UTF-8, more than mostTerms terms, more than 64 KiB.
Result<Expression> parseExpression(std::string_view text);
// One line of printable UTF-8, in single quotes; parseExpression gives the same expression again.
std::string printExpression(const Expression &expression);
std::string printTerm(const Term &term, bool isFirst); // "2*'red'", "- photo:'a.jpg'"

// Is a query an expression rather than words with filters? It must parse, and name a photo or a saved expression, or
// carry a weight on something quoted, or be all quoted with a sign between blanks: "beach -people", -"red car" and
// "red car" street stay what they are.
bool isExpression(std::string_view query);

// What one term stands for.
struct TermPoint {
    std::vector<float> point;         // length 1; empty: nothing of the term is known, or it cancels out
    std::vector<PhotoId> photos;      // of the library, that it is made of
    std::vector<std::string> unknown; // words that the encoder does not know
};

// Reads terms and remembers their points, so that only a term that is new costs anything. Thread-safe.
class TermReader {
public:
    using OpenNetwork = std::function<Result<std::shared_ptr<const image::Network>>()>;
    // `openNetwork` is called when a photo is met that has no row: one outside of the library, or not indexed yet.
    TermReader(std::shared_ptr<catalogue::Catalogue> catalogue, std::shared_ptr<const Engine> engine,
               OpenNetwork openNetwork);

    // A path that is not absolute is taken from the working folder. NotFound: no such file, or no saved expression of
    // that name. Invalid: a saved expression that leads to itself. Errors of decoding as pointOfFile gives them.
    Result<TermPoint> read(const Term &term, const std::stop_token &stop) const;
    // Of all terms, in order. The first error ends it; its subject names the term's photo or name.
    Result<std::vector<TermPoint>> read(const Expression &expression, const std::stop_token &stop) const;

private:
    Result<TermPoint> readNested(const Term &term, std::vector<std::string> &within, const std::stop_token &stop) const;
    Result<TermPoint> readPhoto(const std::string &path) const;
    Result<TermPoint> readSaved(const std::string &name, std::vector<std::string> &within,
                                const std::stop_token &stop) const;

    std::shared_ptr<catalogue::Catalogue> m_catalogue;
    std::shared_ptr<const Engine> m_engine;
    OpenNetwork m_openNetwork;
    struct Remembered {
        std::uint64_t revision = 0; // of the catalogue, for photos: a file may be replaced, or get its row
        TermPoint point;
    };
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::string, Remembered> m_remembered; // by printed term without sign and weight
};

enum class SumState : std::uint8_t {
    Point,
    CancelsOut,   // what is left is shorter than a hundredth of what was added: its direction is rounding
    NothingKnown, // no term has a point
};
struct Sum {
    SumState state = SumState::NothingKnown;
    std::vector<float> point; // length 1 when state is Point, else empty
};
// Of terms and their points, one to one; terms without a point count nothing.
Sum sumOf(std::span<const Term> terms, std::span<const TermPoint> points);

struct ExpressionQuery {
    std::size_t photos = 50;
    std::size_t words = 20;
    bool steps = false; // the partial sums too, one for each term
    catalogue::PhotoFilter filter;
};
struct ExpressionStep {
    SumState state = SumState::NothingKnown;
    std::vector<float> point;        // empty unless state is Point
    std::vector<Hit> hits;           // best first; always min(photos, passing) when state is Point
    std::vector<Engine::Word> words; // best first
};
struct ExpressionAnswer {
    ExpressionStep result;
    std::vector<ExpressionStep> steps; // after the first term, after the first two, ...; the last is `result`
    std::vector<std::string> unknown;  // words that the encoder does not know, each once
};
// `points` as TermReader gives them for the expression's terms.
Result<ExpressionAnswer> answerExpression(const Engine &engine, const Expression &expression,
                                          std::span<const TermPoint> points, const ExpressionQuery &query,
                                          const std::stop_token &stop);

} // namespace photolex::search
