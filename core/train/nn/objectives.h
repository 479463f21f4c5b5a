// The losses over a batch of pairs. S is n × n, S_ij = s(x_i, v_j); `same` is n × n and true where i and j belong to
// one photo, the diagonal included.
#pragma once

#include "core/train/train.h"

#include <ATen/core/Tensor.h>

namespace photolex::train::nn {

// Eq. 1 of the paper, summed: Σ_i Σ_j max(0, α − S_ii + S_ij) + Σ_j Σ_i max(0, α − S_jj + S_ij), without pairs of one
// photo.
at::Tensor sumOfHinges(const at::Tensor &scores, const at::Tensor &same, double margin);

// The first sum alone: wrong sentences for a photo, as in DeViSE (Frome et al. 2013, eq. 1).
at::Tensor photoHinges(const at::Tensor &scores, const at::Tensor &same, double margin);

// Only the hardest wrong sentence of each photo, and the hardest wrong photo of each sentence (VSE++, Faghri et al.
// 2018, eq. 6), summed.
at::Tensor hardestHinges(const at::Tensor &scores, const at::Tensor &same, double margin);

// −Σ_i log softmax_j(S_ij / τ)_i − Σ_j log softmax_i(S_ij / τ)_j, halved, other pairs of one photo left out of the
// sums.
at::Tensor contrastive(const at::Tensor &scores, const at::Tensor &same, double temperature);

// One of them; margin or temperature, whichever it has.
at::Tensor lossOf(Objective objective, const at::Tensor &scores, const at::Tensor &same, double margin,
                  double temperature);

} // namespace photolex::train::nn
