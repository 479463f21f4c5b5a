// Photos that are near to everything stand back: scores are lowered by how crowded it is around a photo
// (core/joint/crowding.h), measured with points that a query is like.
#pragma once

#include "core/joint/crowding.h"
#include "core/search/search.h"

#include <cmath>
#include <mutex>
#include <unordered_map>

namespace photolex::search {

// A photo that may be shown. `score` orders, `similarity` is s(x, v).
struct Candidate {
    PhotoId photo;
    float score = 0;
    float similarity = 0;
};

// Mean and deviation of many scores, added in double.
class Spread {
public:
    void add(double score)
    {
        m_sum += score;
        m_squares += score * score;
        m_count += 1;
    }
    Background background() const
    {
        if (m_count == 0)
            return {};
        const double mean = m_sum / m_count;
        return {static_cast<float>(mean),
                static_cast<float>(std::sqrt(std::max(0.0, m_squares / m_count - mean * mean)))};
    }

private:
    double m_sum = 0, m_squares = 0, m_count = 0;
};

class Crowd {
public:
    // Only so many of the best photos are looked at; further down, a score is left as it is, which is what it will be
    // in the mean.
    static constexpr std::size_t mostLowered = 500;

    // `bank`: without a row, nothing is lowered. `sample`: photos whose mean crowding is taken off, so that scores keep
    // their scale; some of them stand for all. `words`: n × dimension, those of the background.
    Crowd(joint::Crowding measure, std::shared_ptr<const embedding::Rows> bank, const embedding::Rows &sample,
          std::span<const float> words);

    bool isEmpty() const { return !m_bank || m_bank->size() == 0; }
    const Background &background() const { return m_background; } // of the words, their scores lowered

    // Lowers the scores of the first ones and brings all into order, equal scores in order of id. Thread-safe; what was
    // computed is kept by photo, so `rows` must be those of one snapshot.
    void lower(std::vector<Candidate> &candidates, const embedding::Rows &rows) const;

private:
    float lowering(std::span<const float> row) const; // λ (c(x) − the mean of it)

    joint::Crowding m_measure;
    std::shared_ptr<const embedding::Rows> m_bank;
    float m_mean = 0;
    Background m_background;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::int64_t, float> m_kept; // photo → lowering
};

} // namespace photolex::search
