// Sentences that can be retrieved: those of a bundle, or of a file that the user names.
#pragma once

#include "core/base/result.h"
#include "core/joint/encoder.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace photolex::caption {

// Whether the encoder understands a word of it.
bool isReadable(const std::string &sentence, const joint::Encoder &encoder);

class Sentences {
public:
    // Sentences without a word that the encoder knows are left out. NotFound: none is left.
    static Result<std::shared_ptr<const Sentences>> create(std::shared_ptr<const joint::Encoder> encoder,
                                                           std::vector<std::string> sentences);

    // Of points that are there already, n × dimension, one row a sentence.
    static std::shared_ptr<const Sentences> withPoints(std::vector<std::string> sentences, std::vector<float> points);

    struct Nearest {
        std::string text;
        float cosine = 0;
    };
    // To a point of the encoder, best first, texts alike once; fewer than `count` where there are not as many.
    std::vector<Nearest> nearest(std::span<const float> point, std::size_t count) const;
    // The mean of the points of the `count` nearest sentences, scaled to length 1.
    std::vector<float> meanOfNearest(std::span<const float> point, std::size_t count) const;

private:
    std::vector<std::pair<float, std::size_t>> order(std::span<const float> point, std::size_t count) const;

    std::vector<std::string> m_sentences;
    std::vector<float> m_points; // n × d
};

} // namespace photolex::caption
