#include "core/joint/encoder.h"

#include "core/base/bytes.h"
#include "core/base/neural_module.h"
#include "core/joint/ready_rows.h"
#include "core/model/outside.h"
#include "core/model/ready_rows.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <set>

namespace photolex::joint {

namespace {
std::atomic<Encoder::Backend> encoderBackend = nullptr;
}

void Encoder::setBackend(Backend backend)
{
    encoderBackend = backend;
}

Result<std::shared_ptr<const Encoder>> Encoder::open(std::shared_ptr<const model::Bundle> bundle, std::string_view id)
{
    const auto *entry = bundle->encoder(id);
    if (!entry) {
        std::vector<std::string> ids;
        for (const auto &encoder : bundle->manifest().encoders)
            ids.push_back(encoder.id);
        return fail(
            Errc::NotFound, displayText(id),
            fmt::format("the bundle {} has no such encoder; it has: {}", bundle->manifest().id, fmt::join(ids, ", ")));
    }
    if (model::holdsReadyRows(bundle->manifest()))
        return openReadyRows(*bundle);
    if (auto allowed = model::mayOpen(*bundle); !allowed)
        return fail(allowed.error());
    if (auto opened = openNeuralModule(); !opened)
        return fail(opened.error());
    const auto backend = encoderBackend.load();
    if (!backend)
        return fail(Errc::Internal, "neural module", "it brings no encoders");
    return backend(std::move(bundle), *entry);
}

Result<text::ReadText> Encoder::read(std::string_view sentence) const
{
    return text::read(sentence, vocabulary());
}

Result<std::vector<WordShare>> Encoder::explain(std::string_view sentence, std::span<const float> point) const
{
    auto shares =
        explainAll(sentence, point.size() == static_cast<std::size_t>(dimension()) ? point : std::span<const float>());
    if (!shares)
        return fail(shares.error());
    return std::move(shares->front());
}

Result<std::vector<std::vector<WordShare>>> Encoder::explainAll(std::string_view sentence,
                                                                std::span<const float> points) const
{
    const auto width = static_cast<std::size_t>(dimension());
    if (points.empty() || points.size() % width != 0)
        return fail(Errc::Invalid, "point",
                    fmt::format("{} numbers, the space has {} dimensions", points.size(), width));
    std::vector<std::vector<WordShare>> all(points.size() / width);
    const auto read = this->read(sentence);
    if (!read)
        return fail(read.error());
    // Distinct words in their order; leaving one out leaves out every occurrence.
    std::vector<std::string> words;
    std::set<std::string> seen;
    for (const auto &word : read->words)
        if (seen.insert(word).second)
            words.push_back(word);
    if (words.size() <= 1) {
        for (auto &shares : all)
            for (const auto &word : words)
                shares.push_back({word, 1});
        return all;
    }
    std::vector<std::string> sentences = {fmt::format("{}", fmt::join(read->words, " "))};
    for (const auto &left : words) {
        auto rest = read->words;
        std::erase(rest, left);
        sentences.push_back(fmt::format("{}", fmt::join(rest, " ")));
    }
    const auto rows = sentencePoints(sentences);
    if (!rows)
        return fail(rows.error());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto *point = points.data() + i * width;
        const auto score = [&](std::size_t row) {
            return std::inner_product(point, point + width, rows->data() + row * width, 0.0F);
        };
        const float whole = score(0);
        for (std::size_t w = 0; w < words.size(); ++w)
            all[i].push_back({words[w], whole - score(w + 1)});
        std::ranges::stable_sort(all[i], [](const WordShare &a, const WordShare &b) {
            const bool aStop = text::isStopWord(a.word);
            const bool bStop = text::isStopWord(b.word);
            return aStop != bStop ? bStop : a.share > b.share;
        });
    }
    return all;
}

} // namespace photolex::joint
