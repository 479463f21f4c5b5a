#include "core/joint/nn/encoders.h"

#include "core/base/bytes.h"
#include "core/base/tensor_file.h"
#include "core/joint/crowding.h"
#include "core/joint/nn/feature_power.h"
#include "core/joint/nn/outside_encoder.h"
#include "core/tensor/tensor.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/gru.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/lstm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>

namespace photolex::joint::nn {

namespace {

constexpr std::size_t rowsAtOnce = 1024; // bounds the memory of a batch, whatever comes in

enum class Zeros : std::uint8_t { Refused, Kept };

// Rows of length 1; a row of length 0 becomes NaN, which the callers refuse, or stays.
at::Tensor unitRows(const at::Tensor &rows, Zeros zeros = Zeros::Refused)
{
    const auto lengths = rows.norm(2, 1, true);
    return rows.div(zeros == Zeros::Kept ? lengths.clamp_min(1e-12) : lengths);
}

// n rows of ids of one length, n × length
at::Tensor idTensor(const std::vector<const std::vector<std::int64_t> *> &sentences)
{
    const auto length = static_cast<std::int64_t>(sentences.front()->size());
    auto ids = at::empty({static_cast<std::int64_t>(sentences.size()), length}, at::kLong);
    auto *out = ids.data_ptr<std::int64_t>();
    for (const auto *sentence : sentences)
        out = std::copy(sentence->begin(), sentence->end(), out);
    return ids;
}

class TorchEncoder : public Encoder {
public:
    static Result<std::shared_ptr<const Encoder>> open(const std::shared_ptr<const model::Bundle> &bundle,
                                                       const model::EncoderEntry &entry)
    {
        const auto name = displayText(bundle->file(entry.file));
        const auto file = TensorFile::open(bundle->file(entry.file));
        if (!file)
            return fail(file.error());
        auto vocabulary = text::Vocabulary::load(bundle->file(entry.vocabulary));
        if (!vocabulary)
            return fail(vocabulary.error());
        auto encoder = std::make_shared<TorchEncoder>();
        const auto words = static_cast<std::int64_t>(vocabulary->size());
        encoder->m_vocabulary = std::move(*vocabulary);
        encoder->m_entry = entry;
        encoder->m_hash = bundle->encoderHash(entry);
        auto typical = joint::typicalSentences(*bundle);
        if (!typical)
            return fail(typical.error());
        encoder->m_typical = std::move(*typical);
        encoder->m_features = bundle->manifest().network.featureDimension;
        std::optional<Error> fault;
        const auto take = [&](at::Tensor &target, std::string_view tensorName, std::vector<std::int64_t> shape) {
            auto tensor = tensor::named(*file, name, tensorName, std::move(shape));
            if (tensor)
                target = *tensor;
            else if (!fault)
                fault = tensor.error();
        };
        const std::int64_t d = entry.dimension;
        const std::int64_t w = entry.wordDimension;
        take(encoder->m_imageMap, "image_map", {d, encoder->m_features});
        if (file->find("power_map")) {
            at::Tensor power;
            take(encoder->m_powerMap, "power_map", {d, encoder->m_features});
            take(power, "feature_power", {1});
            encoder->m_featurePower = fault ? 0 : power.item<double>();
            if (!fault && !(encoder->m_featurePower > 0 && encoder->m_featurePower <= 4))
                return fail(Errc::Corrupt, name, "\"feature_power\" lies outside 0 to 4");
        }
        take(encoder->m_words, "words", {words, w});
        if (entry.kind == "lstm") {
            encoder->m_lstm.resize(4);
            take(encoder->m_lstm[0], "lstm.weight_ih", {4 * d, w});
            take(encoder->m_lstm[1], "lstm.weight_hh", {4 * d, d});
            take(encoder->m_lstm[2], "lstm.bias", {4 * d});
            encoder->m_lstm[3] = at::zeros({4 * d});
        } else if (entry.kind == "gru") {
            encoder->m_gru.resize(4);
            take(encoder->m_gru[0], "gru.weight_ih", {3 * d, w});
            take(encoder->m_gru[1], "gru.weight_hh", {3 * d, d});
            take(encoder->m_gru[2], "gru.bias_ih", {3 * d});
            take(encoder->m_gru[3], "gru.bias_hh", {3 * d});
        } else if (entry.kind == "skip-gram") {
            take(encoder->m_textMap, "text_map", {d, w});
        } else if (w != d) {
            return fail(Errc::Corrupt, name, "words that are only added up must have the dimension of the space");
        }
        if (const auto from = file->metadata().find("points_of"); from != file->metadata().end()) {
            at::Tensor map;
            take(map, "map_of_points", {d, d});
            if (!fault)
                encoder->m_pointMap = PointMap{from->second, tensor::toFloats(map)};
        }
        if (fault)
            return fail(*fault);
        return encoder;
    }

    const model::EncoderEntry &entry() const override { return m_entry; }
    const std::string &hash() const override { return m_hash; }
    const text::Vocabulary &vocabulary() const override { return m_vocabulary; }
    std::span<const std::string> typicalSentences() const override { return m_typical; }
    const PointMap *pointMap() const override { return m_pointMap ? &*m_pointMap : nullptr; }

    Result<std::vector<float>> imagePoints(std::span<const float> features) const override
    {
        if (m_features == 0 || features.size() % static_cast<std::size_t>(m_features) != 0)
            return fail(Errc::Invalid, "features", "their number is no multiple of the network's dimension");
        const auto rows = features.size() / static_cast<std::size_t>(m_features);
        return inBlocks(rows, "features", [&](std::size_t from, std::size_t count) {
            const auto block = features.subspan(from * static_cast<std::size_t>(m_features),
                                                count * static_cast<std::size_t>(m_features));
            const auto q = unitRows(tensor::fromFloats(block, {static_cast<std::int64_t>(count), m_features}));
            const auto x = q.mm(m_imageMap.t());
            return m_powerMap.defined() ? x.add(toPower(q, m_featurePower).mm(m_powerMap.t())) : x;
        });
    }

    Result<std::vector<float>> sentencePoints(std::span<const std::string> sentences) const override
    {
        std::vector<std::vector<std::int64_t>> ids;
        ids.reserve(sentences.size());
        for (const auto &sentence : sentences) {
            const auto read = text::read(sentence, m_vocabulary);
            if (!read)
                return fail(read.error());
            if (read->ids.empty())
                return fail(Errc::Invalid, displayText(sentence), "no word of it is known");
            ids.push_back(wrapped(read->ids));
        }
        return pointsOf(ids);
    }

    Result<SentencePoint> sentencePoint(std::string_view sentence) const override
    {
        auto read = text::read(sentence, m_vocabulary);
        if (!read)
            return fail(read.error());
        if (read->ids.empty())
            return fail(Errc::Invalid, displayText(sentence.substr(0, 200)), "no word of it is known");
        auto point = pointsOf({wrapped(read->ids)});
        if (!point)
            return fail(point.error());
        return SentencePoint{std::move(*point), std::move(*read)};
    }

    Result<std::span<const float>> wordPoints() const override
    {
        const std::lock_guard lock(m_wordPointsMutex);
        if (m_wordPoints.empty()) {
            std::vector<std::vector<std::int64_t>> ids;
            for (std::size_t word = 0; word < m_vocabulary.size(); ++word)
                ids.push_back(wrapped({static_cast<std::int32_t>(word)}));
            auto points = pointsOf(ids, Zeros::Kept);
            if (!points)
                return fail(points.error());
            m_wordPoints = std::move(*points);
        }
        return std::span<const float>(m_wordPoints);
    }

private:
    static std::vector<std::int64_t> wrapped(const std::vector<std::int32_t> &words)
    {
        std::vector<std::int64_t> ids = {text::Vocabulary::begin};
        ids.insert(ids.end(), words.begin(), words.end());
        ids.push_back(text::Vocabulary::end);
        return ids;
    }

    // `compute(from, count)` gives count × d, not yet of length 1.
    template <class Compute>
    Result<std::vector<float>> inBlocks(std::size_t rows, const char *subject, const Compute &compute,
                                        Zeros zeros = Zeros::Refused) const
    {
        std::vector<float> points;
        points.reserve(rows * static_cast<std::size_t>(m_entry.dimension));
        try {
            tensor::useOneThread();
            const c10::InferenceMode guard;
            for (std::size_t from = 0; from < rows; from += rowsAtOnce) {
                const auto block = tensor::toFloats(unitRows(compute(from, std::min(rowsAtOnce, rows - from)), zeros));
                points.insert(points.end(), block.begin(), block.end());
            }
        } catch (const std::exception &error) {
            return fail(Errc::Internal, subject, tensor::firstLine(error));
        }
        for (const float value : points)
            if (!std::isfinite(value))
                return fail(Errc::Invalid, subject, "a row is zero or not finite");
        return points;
    }

    // Sentences of one length go through together; the answer is in the order of `ids`.
    Result<std::vector<float>> pointsOf(const std::vector<std::vector<std::int64_t>> &ids,
                                        Zeros zeros = Zeros::Refused) const
    {
        std::map<std::size_t, std::vector<std::size_t>> byLength;
        for (std::size_t i = 0; i < ids.size(); ++i)
            byLength[ids[i].size()].push_back(i);
        const auto d = static_cast<std::size_t>(m_entry.dimension);
        std::vector<float> points(ids.size() * d);
        for (const auto &[length, places] : byLength) {
            const auto block = inBlocks(
                places.size(), "sentences",
                [&, &indices = places](std::size_t from, std::size_t count) {
                    std::vector<const std::vector<std::int64_t> *> sentences;
                    for (std::size_t i = 0; i < count; ++i)
                        sentences.push_back(&ids[indices[from + i]]);
                    return encode(idTensor(sentences));
                },
                zeros);
            if (!block)
                return fail(block.error());
            for (std::size_t i = 0; i < places.size(); ++i)
                std::copy_n(block->begin() + static_cast<std::ptrdiff_t>(i * d), d,
                            points.begin() + static_cast<std::ptrdiff_t>(places[i] * d));
        }
        return points;
    }

    // ids: n × length → n × d
    at::Tensor encode(const at::Tensor &ids) const
    {
        const auto n = ids.size(0);
        const auto words = m_words.index_select(0, ids.reshape({-1})).view({n, ids.size(1), m_words.size(1)});
        if (m_textMap.defined())
            return words.sum(1).mm(m_textMap.t());
        if (m_lstm.empty() && m_gru.empty())
            return words.sum(1);
        const auto zero = at::zeros({1, n, m_entry.dimension});
        if (!m_gru.empty())
            return std::get<1>(at::gru(words, zero, m_gru, /*has_biases=*/true, /*num_layers=*/1, /*dropout=*/0,
                                       /*train=*/false, /*bidirectional=*/false, /*batch_first=*/true))[0];
        const auto [output, hidden, cell] =
            at::lstm(words, {zero, zero}, m_lstm, /*has_biases=*/true, /*num_layers=*/1,
                     /*dropout=*/0, /*train=*/false, /*bidirectional=*/false, /*batch_first=*/true);
        return hidden[0];
    }

    model::EncoderEntry m_entry;
    std::string m_hash;
    std::vector<std::string> m_typical;
    text::Vocabulary m_vocabulary;
    std::optional<PointMap> m_pointMap;
    std::int64_t m_features = 0;
    at::Tensor m_imageMap; // d × 1280
    at::Tensor m_powerMap; // d × 1280; undefined: none
    double m_featurePower = 0;
    at::Tensor m_words;             // V × w
    at::Tensor m_textMap;           // d × w; undefined: none
    std::vector<at::Tensor> m_lstm; // weight_ih, weight_hh, bias, zero; empty: none
    std::vector<at::Tensor> m_gru;  // weight_ih, weight_hh, bias_ih, bias_hh; empty: none
    mutable std::mutex m_wordPointsMutex;
    mutable std::vector<float> m_wordPoints; // V × d
};

} // namespace

Result<std::shared_ptr<const Encoder>> openEncoder(std::shared_ptr<const model::Bundle> bundle,
                                                   const model::EncoderEntry &entry)
{
    if (entry.kind == "outside")
        return openOutsideEncoder(bundle, entry);
    try {
        return TorchEncoder::open(bundle, entry);
    } catch (const std::exception &error) {
        return fail(Errc::Corrupt, displayText(bundle->file(entry.file)), tensor::firstLine(error));
    }
}

} // namespace photolex::joint::nn
