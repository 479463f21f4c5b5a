// What one encoder says of a photo: the sentences that lie nearest to it in this encoder's space, and a caption written
// from the photo's point where models were trained on this encoder's points. So that encoders can be compared by it.
//
//     auto speaker = captioning::Speaker::open(bundle, encoder, {.lender = own}, stop);
//     auto said = (*speaker)->say(point, {.count = 3}, stop);
#pragma once

#include "core/base/progress.h"
#include "core/caption/captioner.h"
#include "core/caption/sentences.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace photolex::captioning {

enum class Silence : std::uint8_t {
    None,         // it speaks
    NoText,       // the encoder reads no sentences
    NoSentences,  // neither its bundle nor the lender holds any that it can read
    NoModels,     // its bundle has no caption models
    OtherEncoder, // they were trained on the points of another one: writer() names it
    Stale,        // they were trained on this one before it was trained again
};
std::string_view silenceName(Silence silence); // "no-text", ...: stable, for --json; empty for None

struct SpeakerOptions {
    std::shared_ptr<const model::Bundle>
        lender;                  // whose sentences are read where the encoder's bundle has none; or null
    std::filesystem::path cache; // folder where the points of sentences are kept: a text module from
                                 // outside may take 30 ms each. Empty: they are not
    ProgressSink progress;       // stage "sentences"
};

struct Said {
    std::vector<caption::Sentences::Nearest> retrieved; // best first
    std::vector<caption::Caption> generated;            // best first
};

class Speaker {
public:
    // Seconds where the bundle writes captions or many sentences are read. `bundle` is the one that the encoder was
    // opened from. Cancelled; else what reading its files says.
    static Result<std::shared_ptr<const Speaker>> open(const std::shared_ptr<const model::Bundle> &bundle,
                                                       std::shared_ptr<const joint::Encoder> encoder,
                                                       const SpeakerOptions &options, const std::stop_token &stop);

    Silence retrieving() const { return m_retrieving; }              // why `retrieved` will be empty
    Silence generating() const { return m_generating; }              // why `generated` will be
    const std::string &writer() const { return m_writer; }           // id of the encoder that OtherEncoder speaks of
    const std::string &sentencesOf() const { return m_sentencesOf; } // id of the bundle whose sentences are retrieved

    struct Wanted {
        std::size_t count = 3; // of either
        caption::Options captions = {};
    };
    // `point`: of the encoder; Invalid: another dimension. Any number of threads may ask.
    Result<Said> say(std::span<const float> point, const Wanted &wanted, const std::stop_token &stop) const;

private:
    Result<> openSentences(const model::Bundle &bundle, const SpeakerOptions &options, const std::stop_token &stop);
    Result<> openCaptioner(const std::shared_ptr<const model::Bundle> &bundle);

    std::shared_ptr<const joint::Encoder> m_encoder;
    std::shared_ptr<const caption::Sentences> m_sentences; // null: see m_retrieving
    std::shared_ptr<const caption::Captioner> m_captioner; // null: see m_generating
    Silence m_retrieving = Silence::None, m_generating = Silence::None;
    std::string m_writer, m_sentencesOf;
};

} // namespace photolex::captioning
