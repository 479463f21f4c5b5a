// One joint space: photos and sentences as points of one sphere.
//
//     auto encoder = joint::Encoder::open(bundle, "linear");
//     auto q = network->feature(pixels, encoder->entry().tail);
//     auto x = encoder->imagePoints(*q);            // x = W_I q / |W_I q|
//     auto v = encoder->sentencePoint("a dog");     // linear: sum of word vectors; lstm: last hidden state
//
// What an encoder's tensor file holds (d = dimension, w = word dimension, V = size of the vocabulary):
//
//     image_map        d × 1280   W_I, applied to the feature (of the encoder's tail) scaled to length 1
//     power_map        d × 1280   W_P, only with feature_power
//     feature_power    1          p: x = W_I q + W_P q^p, q^p of each number, its sign kept, and scaled to length 1
//     words            V × w      one row a word, in the order of the vocabulary; row 0 is <s>, row 1 </s>
//     lstm.weight_ih   4d × w     only for the kind "lstm": gates in the order input, forget, cell, output
//     lstm.weight_hh   4d × d
//     lstm.bias        4d
//     gru.weight_ih    3d × w     only for the kind "gru": gates in the order reset, update, new
//     gru.weight_hh    3d × d
//     gru.bias_ih, gru.bias_hh  3d each
//     text_map         d × w      only for the kind "skip-gram"
//     map_of_points    d × d      A, only of an encoder that was trained further from another, whose hash is the file's
//                                 metadata "points_of": its points are A x / |A x| of the other's points x
//
// A matrix may be stored as bytes: then NAME.scale holds a number for each row, and a number of the matrix is
// (byte − 128) · the scale of its row.
//
// A sentence is <s> word … </s>. Linear and DeViSE-style (w = d): v is the sum of its rows. Skip-gram: v is the sum of
// its rows, mapped. LSTM and GRU: v is the hidden state after </s>. The rows of skip-gram and DeViSE were learned from
// text alone, before any photo.
//
// Every point is dimension() float32 of length 1; s(x, v) = x · v.
#pragma once

#include "core/base/result.h"
#include "core/model/bundle.h"
#include "core/text/text.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::joint {

class ReadyRows;

struct SentencePoint {
    std::vector<float> point;
    text::ReadText read; // what was understood of it
};

struct WordShare {
    std::string word;
    float share = 0; // how much leaving this word out would lower the score
};

// How the points of one encoder are made from those of another, without any photo being read.
struct PointMap {
    std::string from;       // hash of the other encoder
    std::vector<float> map; // d × d, applied to its points; the result is scaled to length 1
};

class Encoder {
public:
    // NotFound: no such encoder in the bundle (the detail lists those that exist). Opens the neural module when needed.
    static Result<std::shared_ptr<const Encoder>> open(std::shared_ptr<const model::Bundle> bundle,
                                                       std::string_view id = {});

    virtual ~Encoder() = default;
    virtual const model::EncoderEntry &entry() const = 0;
    virtual const std::string &hash() const = 0; // goes into the head of point rows
    virtual const text::Vocabulary &vocabulary() const = 0;
    // Sentences such as are asked for, that came with its bundle: what crowding is measured with
    // (core/joint/crowding.h). Empty: none came, or it would take long to read them.
    virtual std::span<const std::string> typicalSentences() const { return {}; }
    virtual const PointMap *pointMap() const { return nullptr; } // null: its points come from photos alone
    int dimension() const { return entry().dimension; }

    // What is understood of a sentence, without its point. Unsupported: the encoder has no text side. Invalid: not
    // UTF-8.
    virtual Result<text::ReadText> read(std::string_view sentence) const;
    // The rows that somebody else computed, of an encoder that is made of such (core/joint/ready_rows.h): it makes no
    // points of photos that did not come with it. Null: it makes them.
    virtual const ReadyRows *readyRows() const { return nullptr; }

    // `features`: n × 1,280 as the network gives them for entry().tail; those of another tail have the same shape, and
    // give points that mean nothing. Returns n × dimension(). Invalid: not finite, or zero.
    virtual Result<std::vector<float>> imagePoints(std::span<const float> features) const = 0;
    // One row per sentence; a sentence without a known word is Invalid with the sentence as subject.
    virtual Result<std::vector<float>> sentencePoints(std::span<const std::string> sentences) const = 0;
    virtual Result<SentencePoint> sentencePoint(std::string_view sentence) const = 0;

    // Vocabulary × dimension(): each word said alone; zeros where it has no vector. Computed once, then kept.
    virtual Result<std::span<const float>> wordPoints() const = 0;

    // Which words of the sentence pull it towards `point`, each once, strongest first; stop words last. Invalid: a
    // point of another dimension.
    Result<std::vector<WordShare>> explain(std::string_view sentence, std::span<const float> point) const;

    // The same for many points at once, n × dimension(): the sentence is read and encoded only once.
    Result<std::vector<std::vector<WordShare>>> explainAll(std::string_view sentence,
                                                           std::span<const float> points) const;

    using Backend = Result<std::shared_ptr<const Encoder>> (*)(std::shared_ptr<const model::Bundle>,
                                                               const model::EncoderEntry &);
    static void setBackend(Backend backend);
};

// Embeds the bundle's stored pictures and compares: cosine ≥ 0.999 for features (of every tail) and points, or Corrupt.
// A bundle without stored pictures is Corrupt too: nothing would notice a changed preprocessing. Of ready-made rows,
// which nothing here computes, every row is looked at.
Result<> selfTest(const std::shared_ptr<const model::Bundle> &bundle);

// Draws the bundle's stored pictures into its folder, embeds them, and writes vectors and manifest. `manifest` names
// the network and the encoders, whose files lie in the folder already; its self-tests and hashes are filled in.
Result<> writeSelfTests(const std::filesystem::path &folder, model::Manifest &manifest);

} // namespace photolex::joint
