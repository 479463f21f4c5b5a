#include "core/joint/nn/outside_encoder.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/model/outside.h"
#include "core/tensor/tensor.h"
#include "core/text/pieces.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

namespace photolex::joint::nn {

namespace {

constexpr std::size_t sentencesAtOnce = 32;

class OutsideEncoder : public Encoder {
public:
    OutsideEncoder(torch::jit::Module module, const model::EncoderEntry &entry, std::string hash, text::Pieces pieces,
                   int textLength, text::Vocabulary vocabulary, std::vector<float> wordPoints)
        : m_module(std::move(module))
        , m_entry(entry)
        , m_hash(std::move(hash))
        , m_pieces(std::move(pieces))
        , m_textLength(textLength)
        , m_vocabulary(std::move(vocabulary))
        , m_wordPoints(std::move(wordPoints))
    {
    }

    const model::EncoderEntry &entry() const override { return m_entry; }
    const std::string &hash() const override { return m_hash; }
    const text::Vocabulary &vocabulary() const override { return m_vocabulary; }
    Result<std::span<const float>> wordPoints() const override { return std::span<const float>(m_wordPoints); }

    // By its own pieces: they make up many more words than the vocabulary, which holds those whose points are kept.
    Result<text::ReadText> read(std::string_view sentence) const override
    {
        const auto normal = text::normalize(sentence);
        if (!normal)
            return fail(normal.error());
        text::ReadText understood;
        for (auto &word : text::tokenize(*normal)) {
            if (m_pieces.knows(word)) {
                understood.ids.push_back(m_vocabulary.id(word));
                understood.words.push_back(std::move(word));
            } else if (std::ranges::find(understood.unknown, word) == understood.unknown.end()) {
                understood.unknown.push_back(std::move(word));
            }
        }
        return understood;
    }

    Result<std::vector<float>> imagePoints(std::span<const float> features) const override
    {
        if (features.size() % width() != 0)
            return fail(Errc::Invalid, "features", "their number is no multiple of the network's dimension");
        return unitRows({features.begin(), features.end()}, "features");
    }

    Result<std::vector<float>> sentencePoints(std::span<const std::string> sentences) const override
    {
        std::vector<float> points;
        const auto length = static_cast<std::size_t>(m_textLength);
        for (std::size_t from = 0; from < sentences.size(); from += sentencesAtOnce) {
            const auto block = sentences.subspan(from, std::min(sentencesAtOnce, sentences.size() - from));
            auto ids = at::empty({std::ssize(block), m_textLength}, at::kLong);
            auto *out = ids.data_ptr<std::int64_t>();
            for (const auto &sentence : block) {
                const auto own = m_pieces.ids(sentence, length);
                if (!own)
                    return fail(own.error());
                out = std::copy(own->begin(), own->end(), out);
            }
            try {
                tensor::useOneThread();
                const c10::InferenceMode guard;
                const auto rows = m_module.forward({ids}).toTensor().contiguous();
                if (rows.dim() != 2 || rows.size(0) != std::ssize(block) || rows.size(1) != m_entry.dimension)
                    return fail(Errc::Corrupt, m_entry.file,
                                fmt::format("a sentence gives no row of {} numbers", m_entry.dimension));
                const auto values = tensor::toFloats(rows);
                points.insert(points.end(), values.begin(), values.end());
            } catch (const std::exception &error) {
                return fail(Errc::Corrupt, m_entry.file, tensor::firstLine(error));
            }
        }
        return unitRows(std::move(points), "sentences");
    }

    Result<SentencePoint> sentencePoint(std::string_view sentence) const override
    {
        auto understood = read(sentence);
        if (!understood)
            return fail(understood.error());
        if (const auto ids = m_pieces.ids(sentence, static_cast<std::size_t>(m_textLength), &understood->cut); !ids)
            return fail(ids.error());
        const std::string whole(sentence);
        auto point = sentencePoints(std::span(&whole, 1));
        if (!point)
            return fail(point.error());
        return SentencePoint{std::move(*point), std::move(*understood)};
    }

private:
    std::size_t width() const { return static_cast<std::size_t>(m_entry.dimension); }

    Result<std::vector<float>> unitRows(std::vector<float> rows, const char *subject) const
    {
        for (auto row = rows.begin(); row != rows.end(); row += m_entry.dimension) {
            double squares = 0;
            for (auto value = row; value != row + m_entry.dimension; ++value)
                squares += static_cast<double>(*value) * *value;
            const auto length = std::sqrt(squares);
            if (!(length > 0) || !std::isfinite(length))
                return fail(Errc::Invalid, subject, "a row is zero or not finite");
            for (auto value = row; value != row + m_entry.dimension; ++value)
                *value = static_cast<float>(*value / length);
        }
        return rows;
    }

    mutable torch::jit::Module m_module; // forward() is not const in LibTorch, and safe from many threads
    model::EncoderEntry m_entry;
    std::string m_hash;
    text::Pieces m_pieces;
    int m_textLength;
    text::Vocabulary m_vocabulary;
    std::vector<float> m_wordPoints; // V × d
};

} // namespace

Result<std::shared_ptr<const Encoder>> openOutsideEncoder(const std::shared_ptr<const model::Bundle> &bundle,
                                                          const model::EncoderEntry &entry)
{
    const auto outside = model::readOutside(*bundle);
    if (!outside)
        return fail(outside.error());
    auto pieces = text::Pieces::load(outside->tokenizer, bundle->file(outside->pieces));
    if (!pieces)
        return fail(pieces.error());
    auto vocabulary = text::Vocabulary::load(bundle->file(entry.vocabulary));
    if (!vocabulary)
        return fail(vocabulary.error());
    // Computed once, at import: each word is a run of a whole transformer. Missing while the bundle is being made.
    std::vector<float> wordPoints(vocabulary->size() * static_cast<std::size_t>(entry.dimension));
    if (!outside->wordPoints.empty()) {
        const auto file = TensorFile::open(bundle->file(outside->wordPoints));
        if (!file)
            return fail(file.error());
        const auto *view = file->find("word_points");
        if (!view || view->count() != std::ssize(wordPoints))
            return fail(Errc::Corrupt, displayText(bundle->file(outside->wordPoints)),
                        "\"word_points\" is missing or has another shape");
        wordPoints = view->toFloats();
    }
    try {
        auto module = torch::jit::load(bundle->file(entry.file).native(), at::Device(at::kCPU));
        module.eval();
        return std::make_shared<OutsideEncoder>(std::move(module), entry, bundle->encoderHash(entry),
                                                std::move(*pieces), outside->textLength, std::move(*vocabulary),
                                                std::move(wordPoints));
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(bundle->file(entry.file)), tensor::firstLine(error));
    }
}

} // namespace photolex::joint::nn
