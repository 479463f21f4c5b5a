// Holds an encoder that is trained further near what it was: a step also takes some photos and sentences that stand for
// what was learnt before, and the cosine of each point to its first place is kept high. Nothing is asked of pairs, so
// that no photo of the first training is needed.
#pragma once

#include "core/train/nn/batches.h"
#include "core/train/nn/space.h"

namespace photolex::train::nn {

class Rehearsing {
public:
    // Takes the points of now; `prepared` is borrowed.
    Rehearsing(const Prepared &prepared, Space &space);

    // pairs · weight · (mean of 1 − cos over photos + the same over sentences); undefined where nothing is held.
    at::Tensor loss(Space &space, Batches &batches, int pairs) const;

private:
    const Rehearsal &m_rehearsal;
    at::Tensor m_rows, m_photos, m_sentences; // n × F, n × d, m × d
};

} // namespace photolex::train::nn
