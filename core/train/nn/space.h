// The parameters of one joint space while it is trained.
#pragma once

#include "core/train/prepared_p.h"

#include <torch/nn/module.h>

namespace photolex::train::nn {

class Space : public torch::nn::Module {
public:
    Space(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed);

    at::Tensor photos(const at::Tensor &features);             // n × 1280 of length 1 → n × d of length 1
    at::Tensor sentences(const std::vector<const Ids *> &ids); // → n × d of length 1

    at::Tensor wordParameter() const { return m_words; } // V × w; its gradient is sparse, a row a word that occurred
    std::vector<at::Tensor> otherParameters() const;

    // As core/joint/encoder.h names them, in float16; the fixed table is folded into the words.
    std::vector<TensorData> exported() const;

private:
    at::Tensor wordTable() const; // V × w: learned, plus the mapped fixed table

    bool m_isLstm;
    std::int64_t m_dimension;
    at::Tensor m_imageMap, m_words, m_fixedMap;
    at::Tensor m_inputWeight, m_hiddenWeight, m_bias;
    at::Tensor m_fixed; // V × f; no parameter
};

} // namespace photolex::train::nn
