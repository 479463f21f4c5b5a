// Word vectors from the words around: skip-gram with negative sampling (Mikolov et al. 2013, eq. 4).
//
//     maximise  Σ over words w and neighbours c of  log σ(v_w · u_c) + Σ_k log σ(−v_w · u_k)
//
// with k drawn from the word counts to the power 3/4. A window is drawn from 1 to `window` at each word, and frequent
// words are left out at random (eq. 5), both as the authors' program does.
#pragma once

#include "core/train/prepared_p.h"

#include <stop_token>

namespace photolex::train {

// vocabularySize × dimension rows of length 1; those of <s>, </s> and of words that no sentence has are zero.
// One thread, so the same seed gives the same vectors. Cancelled: nothing is kept.
Result<std::vector<float>> skipGramVectors(std::span<const Ids> sentences, std::size_t vocabularySize, int dimension,
                                           const SkipGram &settings, std::uint64_t seed, const ProgressSink &progress,
                                           const std::stop_token &stop);

} // namespace photolex::train
