// The equations of core/caption/language_model.h, for use and for training alike.
#pragma once

#include "core/caption/language_model.h"

#include <ATen/core/Tensor.h>

namespace photolex::caption::nn {

struct Weights {
    Kind kind = Kind::StructureContent;
    at::Tensor words, bias, context;              // V × F, V, 5 × K × K
    at::Tensor wordFactors, attributeFactors;     // W_fk: F × K, W_fd: F × G
    at::Tensor structure, content, attributeBias; // T: (k+1) × T × G, T_u: G × U, G
};

// E(w) of rows of `words`: rows × K.
at::Tensor wordVectors(const Weights &weights, const at::Tensor &rows);
// What u adds, rows × U: W_fd u for MLBL, T_u u + b for SC-NLM (rows × G), nothing (undefined) for LBL.
at::Tensor contentTerm(const Weights &weights, const at::Tensor &contents);
// W_fk r̂ (LBL: r̂) of rows × 5·K, E of the context, the word before first: rows × F.
at::Tensor contextFactors(const Weights &weights, const at::Tensor &vectors);
// W_fd û of windows, rows × tagWindow int64, and contentTerm, a row each or one for all: rows × F; nothing for LBL.
// What is multiplied with a row of `words` to give that word's score is the product of both.
at::Tensor attributeFactors(const Weights &weights, const at::Tensor &windows, const at::Tensor &content);

Result<std::shared_ptr<const LanguageModel>> openLanguageModel(const std::filesystem::path &file, Kind kind,
                                                               const LanguageModel::Shape &shape);

} // namespace photolex::caption::nn
