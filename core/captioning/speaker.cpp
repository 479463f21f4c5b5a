#include "core/captioning/speaker.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/tensor_file.h"
#include "core/caption/parts.h"
#include "core/joint/ready_rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace photolex::captioning {

namespace {

constexpr std::size_t sentencesAtOnce = 64; // between looks at the stop token

// Of the encoder itself, of its bundle, else of the lender's; empty: there are none.
Result<std::vector<std::string>> sentencesFor(const joint::Encoder &encoder, const model::Bundle &bundle,
                                              const SpeakerOptions &options, std::string &of)
{
    of = bundle.manifest().id;
    if (const auto *rows = encoder.readyRows())
        return rows->sentences();
    auto found = caption::readSentences(bundle);
    if (!found && found.error().code == Errc::NotFound && options.lender) {
        of = options.lender->manifest().id;
        found = caption::readSentences(*options.lender);
    }
    if (!found && found.error().code == Errc::NotFound)
        return std::vector<std::string>();
    return found;
}

std::filesystem::path keptPoints(const joint::Encoder &encoder, const std::vector<std::string> &sentences,
                                 const std::filesystem::path &cache)
{
    std::string identity = encoder.hash();
    for (const auto &sentence : sentences)
        identity += '\n' + sentence;
    return cache / fmt::format("sentences-{:016x}.safetensors",
                               xxh3(std::as_bytes(std::span(identity.data(), identity.size()))));
}

// n × dimension, from the file where they are kept. What cannot be kept is made again the next time.
Result<std::vector<float>> pointsOf(const joint::Encoder &encoder, const std::vector<std::string> &sentences,
                                    const SpeakerOptions &options, const std::stop_token &stop)
{
    const auto total = sentences.size() * static_cast<std::size_t>(encoder.dimension());
    const auto file = options.cache.empty() ? options.cache : keptPoints(encoder, sentences, options.cache);
    if (!file.empty())
        if (const auto kept = TensorFile::open(file))
            if (const auto *points = kept->find("points");
                points && points->count() == static_cast<std::int64_t>(total))
                return points->toFloats();
    std::vector<float> points;
    points.reserve(total);
    ProgressThrottle progress(options.progress);
    for (std::size_t from = 0; from < sentences.size(); from += sentencesAtOnce) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "sentences", "nothing is kept");
        const auto block = std::span(sentences).subspan(from, std::min(sentencesAtOnce, sentences.size() - from));
        const auto own = encoder.sentencePoints(block);
        if (!own)
            return fail(own.error());
        points.insert(points.end(), own->begin(), own->end());
        progress.report({"sentences", static_cast<std::int64_t>(from + block.size()), std::ssize(sentences)});
    }
    if (!file.empty()) {
        std::error_code ignored;
        std::filesystem::create_directories(options.cache, ignored);
        const TensorData kept{"points", {std::ssize(sentences), encoder.dimension()}, points, TensorType::Float32};
        if (const auto written = writeTensorFile(file, std::span(&kept, 1)); !written)
            log::warn("{}: {}", written.error().subject, written.error().detail);
    }
    return points;
}

} // namespace

std::string_view silenceName(Silence silence)
{
    switch (silence) {
    case Silence::None:
        break;
    case Silence::NoText:
        return "no-text";
    case Silence::NoSentences:
        return "no-sentences";
    case Silence::NoModels:
        return "no-caption-models";
    case Silence::OtherEncoder:
        return "other-encoder";
    case Silence::Stale:
        return "stale-caption-models";
    }
    return {};
}

Result<std::shared_ptr<const Speaker>> Speaker::open(const std::shared_ptr<const model::Bundle> &bundle,
                                                     std::shared_ptr<const joint::Encoder> encoder,
                                                     const SpeakerOptions &options, const std::stop_token &stop)
{
    auto speaker = std::make_shared<Speaker>();
    speaker->m_encoder = std::move(encoder);
    const auto *rows = speaker->m_encoder->readyRows();
    if (rows && rows->sentences().empty()) {
        speaker->m_retrieving = speaker->m_generating = Silence::NoText;
        return speaker;
    }
    if (auto opened = speaker->openSentences(*bundle, options, stop); !opened)
        return fail(opened.error());
    if (auto opened = speaker->openCaptioner(bundle); !opened)
        return fail(opened.error());
    return speaker;
}

Result<> Speaker::openSentences(const model::Bundle &bundle, const SpeakerOptions &options, const std::stop_token &stop)
{
    auto sentences = sentencesFor(*m_encoder, bundle, options, m_sentencesOf);
    if (!sentences)
        return fail(sentences.error());
    std::erase_if(*sentences, [&](const std::string &sentence) { return !caption::isReadable(sentence, *m_encoder); });
    if (sentences->empty()) {
        m_retrieving = Silence::NoSentences;
        return {};
    }
    auto points = pointsOf(*m_encoder, *sentences, options, stop);
    if (!points)
        return fail(points.error());
    m_sentences = caption::Sentences::withPoints(std::move(*sentences), std::move(*points));
    return {};
}

Result<> Speaker::openCaptioner(const std::shared_ptr<const model::Bundle> &bundle)
{
    if (!caption::Captioner::isIn(*bundle)) {
        m_generating = Silence::NoModels;
        return {};
    }
    const auto parts = caption::readParts(*bundle);
    if (!parts)
        return fail(parts.error());
    if (parts->encoderHash != m_encoder->hash()) {
        m_writer = parts->encoder;
        m_generating = parts->encoder == m_encoder->entry().id ? Silence::Stale : Silence::OtherEncoder;
        return {};
    }
    auto captioner = caption::Captioner::open(bundle);
    if (!captioner)
        return fail(captioner.error());
    m_captioner = std::move(*captioner);
    return {};
}

Result<Said> Speaker::say(std::span<const float> point, const Wanted &wanted, const std::stop_token &stop) const
{
    if (std::ssize(point) != m_encoder->dimension())
        return fail(Errc::Invalid, "point", "it is of another encoder");
    Said said;
    if (m_sentences)
        said.retrieved = m_sentences->nearest(point, wanted.count);
    if (m_captioner) {
        auto captions = m_captioner->captions(point, wanted.captions, stop);
        if (!captions)
            return fail(captions.error());
        captions->resize(std::min(captions->size(), wanted.count));
        said.generated = std::move(*captions);
    }
    return said;
}

} // namespace photolex::captioning
