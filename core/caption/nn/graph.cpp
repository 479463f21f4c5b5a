#include "core/caption/nn/graph.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/tensor/tensor.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/tensor.h>
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

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

at::Tensor contextFactors(const Weights &weights, const at::Tensor &vectors)
{
    const auto dimension = weights.context.size(1);
    const auto next = vectors.mm(weights.context.reshape({contextLength * dimension, dimension})); // r̂
    return weights.kind == Kind::LogBilinear ? next : next.mm(weights.wordFactors.t());
}

at::Tensor attributeFactors(const Weights &weights, const at::Tensor &windows, const at::Tensor &content)
{
    if (weights.kind != Kind::StructureContent)
        return content;
    auto attributes = content;
    for (std::int64_t i = 0; i < tagWindow; ++i)
        attributes = attributes + weights.structure[i].index_select(0, windows.select(1, i));
    return attributes.relu().mm(weights.attributeFactors.t()); // W_fd û
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
        const auto vectors = wordVectors(weights, weights.words);
        for (std::int64_t i = 0; i < contextLength; ++i)
            model->m_contexts.push_back(vectors.mm(
                kind == Kind::LogBilinear ? weights.context[i] : weights.context[i].mm(weights.wordFactors.t())));
        for (const auto &part : shape.parts) {
            if (std::ranges::any_of(part, [&](auto word) { return word < 0 || word >= shape.words; }))
                return fail(Errc::Invalid, "parts", "a word lies outside the vocabulary");
            const auto rows = at::tensor(at::ArrayRef<std::int32_t>(part.data(), part.size())).to(at::kLong);
            model->m_parts.push_back(
                {weights.words.index_select(0, rows).t().contiguous(), weights.bias.index_select(0, rows)});
        }
        return model;
    }

    Result<std::vector<float>> logProbabilities(const Rows &rows, std::span<const float> contents) const override
    {
        return guarded(rows, contents, [&](const at::Tensor &factors) {
            return tensor::toFloats(at::addmm(m_weights.bias, factors, m_weights.words.t()).log_softmax(1));
        });
    }

    Result<Among> logProbabilitiesAmong(std::span<const std::uint8_t> parts, const Rows &rows,
                                        std::span<const float> contents) const override
    {
        if (parts.size() != rows.size() ||
            std::ranges::any_of(parts, [this](std::uint8_t part) { return part >= m_parts.size(); }))
            return fail(Errc::Invalid, "parts", "there is no such choice of words");
        return guarded(rows, contents, [&](const at::Tensor &factors) {
            // Rows of one part lie together, so that one product serves them all.
            std::vector<std::vector<std::int64_t>> members(m_parts.size());
            for (std::size_t row = 0; row < parts.size(); ++row)
                members[parts[row]].push_back(static_cast<std::int64_t>(row));
            Among among;
            among.first.resize(parts.size());
            std::size_t total = 0;
            for (std::size_t part = 0; part < members.size(); ++part)
                for (const auto row : members[part]) {
                    among.first[static_cast<std::size_t>(row)] = total;
                    total += static_cast<std::size_t>(m_parts[part].bias.numel());
                }
            among.logs.resize(total);
            for (std::size_t part = 0; part < members.size(); ++part) {
                if (members[part].empty() || m_parts[part].bias.numel() == 0)
                    continue;
                const auto own = factors.index_select(0, at::tensor(members[part], at::kLong));
                auto logs = at::from_blob(among.logs.data() + among.first[static_cast<std::size_t>(members[part][0])],
                                          {own.size(0), m_parts[part].bias.numel()}, at::kFloat);
                at::log_softmax_out(logs, at::addmm(m_parts[part].bias, own, m_parts[part].words), 1);
            }
            return among;
        });
    }

private:
    // What `use` makes of the factors of all rows, rows × F.
    template <typename Use>
    auto guarded(const Rows &rows, std::span<const float> contents, Use use) const
        -> Result<decltype(use(std::declval<const at::Tensor &>()))>
    {
        const auto count = static_cast<std::int64_t>(rows.size());
        if (std::ssize(rows.contexts) != count * contextLength || std::ssize(rows.windows) != count * tagWindow ||
            (std::ssize(contents) != m_shape.contents && std::ssize(contents) != count * m_shape.contents))
            return fail(Errc::Invalid, "contexts", "words, tags and points are not of the same rows");
        for (const auto word : rows.contexts)
            if (word < 0 || word >= m_shape.words)
                return fail(Errc::Invalid, "contexts", "a word lies outside the vocabulary");
        for (const auto tag : rows.windows)
            if (tag > m_shape.tags)
                return fail(Errc::Invalid, "windows", "there is no such tag");
        if (count == 0)
            return decltype(use(std::declval<const at::Tensor &>()))();
        try {
            const c10::InferenceMode guard;
            return use(factorsOf(rows, contents));
        } catch (const std::exception &error) {
            return fail(Errc::Internal, "language model", tensor::firstLine(error));
        }
    }

    at::Tensor factorsOf(const Rows &rows, std::span<const float> contents) const
    {
        const auto count = static_cast<std::int64_t>(rows.size());
        const auto words = at::tensor(at::ArrayRef<std::int32_t>(rows.contexts.data(), rows.contexts.size()), at::kInt)
                               .view({count, -1});
        auto factors = m_contexts[0].index_select(0, words.select(1, 0));
        for (std::int64_t i = 1; i < contextLength; ++i)
            factors += m_contexts[static_cast<std::size_t>(i)].index_select(0, words.select(1, i));
        if (m_weights.kind == Kind::LogBilinear)
            return factors;
        const auto points = std::ssize(contents) / m_shape.contents;
        const auto content = contentTerm(m_weights, tensor::fromFloats(contents, {points, m_shape.contents}));
        if (points == count && count > 1)
            return factors * attributeFactors(m_weights, windowsOf(rows.windows), content);
        // The beginnings of one structure are to be followed by the same tags: û is made once for them.
        std::map<std::array<std::uint8_t, tagWindow>, std::int64_t> seen;
        std::vector<std::uint8_t> windows;
        std::vector<std::int64_t> windowOf;
        for (std::int64_t row = 0; row < count; ++row) {
            std::array<std::uint8_t, tagWindow> window;
            std::ranges::copy_n(rows.windows.begin() + row * tagWindow, tagWindow, window.begin());
            const auto [found, isNew] = seen.emplace(window, std::ssize(seen));
            if (isNew)
                windows.insert(windows.end(), window.begin(), window.end());
            windowOf.push_back(found->second);
        }
        const auto attributes = attributeFactors(m_weights, windowsOf(windows), content);
        return factors *
               (attributes.size(0) == 1 ? attributes : attributes.index_select(0, at::tensor(windowOf, at::kLong)));
    }

    static at::Tensor windowsOf(const std::vector<std::uint8_t> &windows)
    {
        return at::tensor(at::ArrayRef<std::uint8_t>(windows.data(), windows.size()), at::kByte)
            .to(at::kLong)
            .view({-1, tagWindow});
    }

    struct Part {
        at::Tensor words, bias;
    };
    std::vector<Part> m_parts;
    Weights m_weights;
    std::vector<at::Tensor> m_contexts; // W_fk C^(i) E (LBL: C^(i) E) of every word at each place before: V × F
    Shape m_shape;
};

} // namespace

Result<std::shared_ptr<const LanguageModel>> openLanguageModel(const std::filesystem::path &file, Kind kind,
                                                               const LanguageModel::Shape &shape)
{
    return TorchLanguageModel::open(file, kind, shape);
}

} // namespace photolex::caption::nn
