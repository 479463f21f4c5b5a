#include "core/caption/nn/graph.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/tensor/tensor.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/tensor.h>
#include <algorithm>
#include <optional>

namespace photolex::caption::nn {

at::Tensor wordVectors(const Weights &weights, const at::Tensor &rows)
{
    return weights.kind == Kind::LogBilinear ? rows : rows.mm(weights.wordFactors); // W_fk^T W_fv(:, w)
}

at::Tensor contentTerm(const Weights &weights, const at::Tensor &contents)
{
    if (weights.kind == Kind::LogBilinear)
        return {};
    return weights.kind == Kind::Multiplicative ? contents.mm(weights.attributeFactors.t())
                                                : at::addmm(weights.attributeBias, contents, weights.content.t());
}

at::Tensor predicted(const Weights &weights, const at::Tensor &vectors, const at::Tensor &windows,
                     const at::Tensor &content)
{
    const auto dimension = weights.context.size(1);
    const auto next = vectors.mm(weights.context.reshape({contextLength * dimension, dimension})); // r̂
    if (weights.kind == Kind::LogBilinear)
        return next;
    auto attributes = content;
    if (weights.kind == Kind::StructureContent) {
        for (std::int64_t i = 0; i < tagWindow; ++i)
            attributes = attributes + weights.structure[i].index_select(0, windows.select(1, i));
        attributes = attributes.relu().mm(weights.attributeFactors.t()); // W_fd û
    }
    return next.mm(weights.wordFactors.t()) * attributes; // f
}

namespace {

class TorchLanguageModel : public LanguageModel {
public:
    static Result<std::shared_ptr<const LanguageModel>> open(const std::filesystem::path &path, Kind kind,
                                                             const Shape &shape)
    {
        const auto subject = displayText(path);
        const auto file = TensorFile::open(path);
        if (!file)
            return fail(file.error());
        auto model = std::make_shared<TorchLanguageModel>();
        model->m_shape = shape;
        auto &weights = model->m_weights;
        weights.kind = kind;
        std::optional<Error> fault;
        const auto take = [&](at::Tensor &target, std::string_view name, std::vector<std::int64_t> sizes) {
            auto tensor = tensor::named(*file, subject, name, std::move(sizes));
            if (tensor)
                target = *tensor;
            else if (!fault)
                fault = tensor.error();
        };
        take(weights.words, "words", {shape.words, -1});
        take(weights.bias, "bias", {shape.words});
        take(weights.context, "context", {contextLength, -1, -1});
        if (fault)
            return fail(*fault);
        const auto factors = weights.words.size(1);
        const auto dimension = weights.context.size(1);
        if (kind == Kind::StructureContent) {
            take(weights.content, "content", {-1, shape.contents});
            if (fault)
                return fail(*fault);
            const auto attributes = weights.content.size(0);
            take(weights.structure, "structure", {tagWindow, shape.tags + 1, attributes});
            take(weights.attributeBias, "attribute_bias", {attributes});
            take(weights.attributeFactors, "attribute_factors", {factors, attributes});
        } else if (kind == Kind::Multiplicative) {
            take(weights.attributeFactors, "attribute_factors", {factors, shape.contents});
        }
        if (kind != Kind::LogBilinear)
            take(weights.wordFactors, "word_factors", {factors, dimension});
        if (!fault && (weights.context.size(2) != dimension || (kind == Kind::LogBilinear && factors != dimension)))
            fault = Error{Errc::Corrupt, subject, "its tensors do not fit each other"};
        if (fault)
            return fail(*fault);
        model->m_vectors = wordVectors(weights, weights.words);
        for (const auto &part : shape.parts) {
            if (std::ranges::any_of(part, [&](auto word) { return word < 0 || word >= shape.words; }))
                return fail(Errc::Invalid, "parts", "a word lies outside the vocabulary");
            const auto rows = at::tensor(at::ArrayRef<std::int32_t>(part.data(), part.size())).to(at::kLong);
            model->m_parts.push_back({weights.words.index_select(0, rows), weights.bias.index_select(0, rows)});
        }
        return model;
    }

    Result<std::vector<float>> logProbabilities(std::span<const std::int32_t> contexts,
                                                std::span<const std::uint8_t> windows,
                                                std::span<const float> contents) const override
    {
        return logarithms(m_weights.words, m_weights.bias, contexts, windows, contents);
    }

    Result<std::vector<float>> logProbabilitiesAmong(std::size_t part, std::span<const std::int32_t> contexts,
                                                     std::span<const std::uint8_t> windows,
                                                     std::span<const float> contents) const override
    {
        if (part >= m_parts.size())
            return fail(Errc::Invalid, "part", "there is no such choice of words");
        return logarithms(m_parts[part].words, m_parts[part].bias, contexts, windows, contents);
    }

private:
    Result<std::vector<float>> logarithms(const at::Tensor &words, const at::Tensor &bias,
                                          std::span<const std::int32_t> contexts, std::span<const std::uint8_t> windows,
                                          std::span<const float> contents) const
    {
        const auto rows = static_cast<std::int64_t>(contexts.size()) / contextLength;
        if (rows * contextLength != std::ssize(contexts) || rows * tagWindow != std::ssize(windows) ||
            (std::ssize(contents) != m_shape.contents && std::ssize(contents) != rows * m_shape.contents))
            return fail(Errc::Invalid, "contexts", "words, tags and points are not of the same rows");
        for (const auto word : contexts)
            if (word < 0 || word >= m_shape.words)
                return fail(Errc::Invalid, "contexts", "a word lies outside the vocabulary");
        for (const auto tag : windows)
            if (tag > m_shape.tags)
                return fail(Errc::Invalid, "windows", "there is no such tag");
        if (rows == 0)
            return std::vector<float>();
        try {
            const c10::InferenceMode guard;
            const auto ids = at::tensor(at::ArrayRef<std::int32_t>(contexts.data(), contexts.size())).to(at::kLong);
            const auto tags =
                at::tensor(at::ArrayRef<std::uint8_t>(windows.data(), windows.size())).to(at::kLong).view({rows, -1});
            const auto points =
                tensor::fromFloats(contents, {std::ssize(contents) / m_shape.contents, m_shape.contents});
            const auto vectors = m_vectors.index_select(0, ids).view({rows, -1});
            const auto scores =
                at::addmm(bias, predicted(m_weights, vectors, tags, contentTerm(m_weights, points)), words.t());
            return tensor::toFloats(scores.log_softmax(1));
        } catch (const std::exception &error) {
            return fail(Errc::Internal, "language model", tensor::firstLine(error));
        }
    }

    struct Part {
        at::Tensor words, bias;
    };
    std::vector<Part> m_parts;
    Weights m_weights;
    at::Tensor m_vectors; // E of every word
    Shape m_shape;
};

} // namespace

Result<std::shared_ptr<const LanguageModel>> openLanguageModel(const std::filesystem::path &file, Kind kind,
                                                               const LanguageModel::Shape &shape)
{
    return TorchLanguageModel::open(file, kind, shape);
}

} // namespace photolex::caption::nn
