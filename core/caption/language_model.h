// Language models of captions: how likely each word is next.
//
//     auto model = caption::LanguageModel::open(file, "sc-nlm", lexicon);
//     auto logs = model->logProbabilities(rows, contents);    // rows × V
//
// With E the table of word vectors (V × K), w_1 … w_{n−1} the words so far, u the sentence's or photo's point and
// t_n … t_{n+k} the tags of the words to come:
//
//   LBL      r̂ = Σ_{i=1..5} C^(i) E(w_{n−i});  P(w_n = w) ∝ exp(r̂ · E(w) + b_w)
//   MLBL     E = W_fk^T W_fv;  f = (W_fk r̂) • (W_fd u);  P(w_n = w) ∝ exp(f · W_fv(:, w) + b_w)
//   SC-NLM   the same with û = max(0, Σ_{i=0..k} T^(i) t_{n+i} + T_u u + b) in place of u
//
// What a model's tensor file holds (F factors, K word dimension, U dimension of u, G of û, T tags and one more):
//
//   words V × F (LBL: V × K), bias V, context 5 × K × K; MLBL: word_factors F × K, attribute_factors F × U;
//   SC-NLM: word_factors, attribute_factors F × G, structure (k+1) × T × G, content G × U, attribute_bias G
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::caption {

inline constexpr int contextLength = 5;
inline constexpr int tagWindow = 4; // t_n … t_{n+3}

enum class Kind : std::uint8_t { LogBilinear, Multiplicative, StructureContent };
std::string_view kindName(Kind kind); // "lbl", "mlbl", "sc-nlm"
Result<Kind> kindFrom(std::string_view name);

// What the model is asked: for each row, what comes after some words where some tags are to come.
struct Rows {
    std::vector<std::int32_t> contexts; // rows × contextLength, the word before first; <s> in front of the sentence
    std::vector<std::uint8_t> windows;  // rows × tagWindow, the tag of the word asked for first

    std::size_t size() const { return windows.size() / tagWindow; }
    // The word at `place` of a sentence: only the words before it and the tags from it on count. `beyond` is the tag of
    // what lies behind the end.
    void add(std::span<const std::int32_t> words, std::size_t place, std::span<const std::uint8_t> tags,
             std::uint8_t beyond);
};

class LanguageModel {
public:
    struct Shape {
        std::int64_t words = 0;    // V
        std::int64_t tags = 0;     // without the one for what lies behind the end
        std::int64_t contents = 0; // U
        // Words that can be asked for among themselves; each a choice of rows of the vocabulary.
        std::vector<std::vector<std::int32_t>> parts = {};
    };
    // Opens the neural module when needed. Corrupt: tensors are missing or of another shape.
    static Result<std::shared_ptr<const LanguageModel>> open(const std::filesystem::path &file, Kind kind,
                                                             const Shape &shape);
    virtual ~LanguageModel() = default;

    // contents  one or `rows` points u; one stands for all rows
    // Returns rows × V natural logarithms. Invalid: sizes or numbers that do not fit. Any number of threads may ask.
    virtual Result<std::vector<float>> logProbabilities(const Rows &rows, std::span<const float> contents) const = 0;

    // The same, of each row among the words of its part alone, whose probabilities sum to 1.
    // parts  `rows` numbers of Shape::parts
    struct Among {
        std::vector<float> logs;
        std::vector<std::size_t> first; // of each row: where the logarithms of its part's words begin
    };
    virtual Result<Among> logProbabilitiesAmong(std::span<const std::uint8_t> parts, const Rows &rows,
                                                std::span<const float> contents) const = 0;

    using Backend = Result<std::shared_ptr<const LanguageModel>> (*)(const std::filesystem::path &, Kind,
                                                                     const Shape &);
    static void setBackend(Backend backend);
};

} // namespace photolex::caption
