// The parameters of one joint space while it is trained.
#pragma once

#include "core/train/prepared_p.h"

#include <torch/nn/module.h>

namespace photolex::train::nn {

class Space : public torch::nn::Module {
public:
    // From random numbers, or with the parameters of prepared.start; throws std::invalid_argument where one of them
    // does not fit.
    Space(const EncoderRecipe &recipe, const Prepared &prepared, std::uint64_t seed);

    at::Tensor photos(const at::Tensor &features);     // n × 1280 of length 1 → n × d of length 1
    at::Tensor sentences(const std::vector<Ids> &ids); // → n × d of length 1

    // V × w, undefined where the word vectors are fixed. Its gradient is sparse: a row a word that occurred.
    at::Tensor wordParameter() const { return m_words; }
    std::vector<at::Tensor> otherParameters() const;

    // As core/joint/encoder.h names them; a fixed table that is added to the learned words is folded into them.
    std::vector<TensorData> exported() const;

private:
    enum class Kind : std::uint8_t { Linear, Lstm, Gru, SkipGram, Devise };
    static Kind kindNamed(const std::string &name);
    at::Tensor recurrent(const at::Tensor &rows, const at::Tensor &alive, std::int64_t count);
    at::Tensor wordTable() const; // V × w: learned, plus the mapped fixed table
    void beginWith(const std::vector<TensorData> &start);

    Kind m_kind;
    std::int64_t m_dimension;
    double m_featurePower;
    at::Tensor m_imageMap, m_powerMap, m_words, m_fixedMap, m_textMap;
    at::Tensor m_inputWeight, m_hiddenWeight, m_inputBias, m_hiddenBias;
    at::Tensor m_fixed; // V × f; no parameter
};

} // namespace photolex::train::nn
