// An encoder whose space is known: every word of the vocabulary has a direction of its own, a sentence is the sum of
// its words. A photo "of" some words is their sum with noise, so what a search must find is known too.
#pragma once

#include "core/joint/encoder.h"

#include <cmath>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace photolex::test {

inline void scaleToUnit(std::span<float> point)
{
    double squares = 0;
    for (const float value : point)
        squares += static_cast<double>(value) * value;
    for (float &value : point)
        value = static_cast<float>(value / std::sqrt(squares));
}

class WordEncoder : public joint::Encoder {
public:
    static constexpr int width = 128;

    // `names`, then 400 words that nobody asks for.
    explicit WordEncoder(std::vector<std::string> names)
    {
        for (int i = 0; i < 400; ++i)
            names.push_back("filler" + std::string(1, static_cast<char>('a' + i / 26)) +
                            std::string(1, static_cast<char>('a' + i % 26)));
        m_vocabulary = *text::Vocabulary::create(std::move(names));
        m_entry.id = "words";
        m_entry.dimension = width;
        std::mt19937 random(20141110);
        std::normal_distribution<float> normal;
        m_words.resize(m_vocabulary.size() * width);
        for (float &value : m_words)
            value = normal(random);
        for (std::size_t i = 0; i < m_vocabulary.size(); ++i)
            scaleToUnit(std::span(m_words).subspan(i * width, width));
    }

    const model::EncoderEntry &entry() const override { return m_entry; }
    const std::string &hash() const override { return m_hash; }
    const text::Vocabulary &vocabulary() const override { return m_vocabulary; }
    std::vector<std::string> typical; // none of them: only queries of a word or two are measured against a crowd
    std::span<const std::string> typicalSentences() const override { return typical; }
    Result<std::vector<float>> imagePoints(std::span<const float>) const override
    {
        return fail(Errc::Unsupported, "imagePoints");
    }
    Result<std::vector<float>> sentencePoints(std::span<const std::string> sentences) const override
    {
        std::vector<float> rows;
        for (const auto &sentence : sentences) {
            auto one = sentencePoint(sentence);
            if (!one)
                return fail(one.error());
            rows.insert(rows.end(), one->point.begin(), one->point.end());
        }
        return rows;
    }
    Result<joint::SentencePoint> sentencePoint(std::string_view sentence) const override
    {
        auto read = text::read(sentence, m_vocabulary);
        if (!read)
            return fail(read.error());
        if (read->ids.empty())
            return fail(Errc::Invalid, std::string(sentence), "no known word");
        joint::SentencePoint point{.point = std::vector<float>(width), .read = std::move(*read)};
        for (const auto id : point.read.ids)
            for (std::size_t k = 0; k < width; ++k)
                point.point[k] += m_words[static_cast<std::size_t>(id) * width + k];
        scaleToUnit(point.point);
        return point;
    }
    Result<std::span<const float>> wordPoints() const override { return std::span<const float>(m_words); }

    // A photo that shows these words, or nothing that has a name.
    std::vector<float> photoOf(const std::string &words, unsigned seed) const
    {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal;
        std::vector<float> point(width);
        for (float &value : point)
            value = normal(random);
        scaleToUnit(point);
        if (!words.empty()) {
            const auto shown = sentencePoint(words);
            for (std::size_t k = 0; k < width; ++k)
                point[k] = 0.6F * point[k] + 0.8F * shown->point[k];
            scaleToUnit(point);
        }
        return point;
    }

private:
    model::EncoderEntry m_entry;
    std::string m_hash = std::string(64, 'e');
    text::Vocabulary m_vocabulary;
    std::vector<float> m_words;
};

} // namespace photolex::test
