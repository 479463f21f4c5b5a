// What each of several encoders says of one photo. Blocks: for workers.
#pragma once

#include "core/captioning/speaker.h"
#include "ui/compare/compare_run.h"

#include <QString>
#include <atomic>
#include <string>
#include <vector>

namespace photolex::ui {

struct CaptionsOutcome {
    struct OfEncoder {
        captioning::Said said;
        captioning::Silence retrieving = captioning::Silence::None, generating = captioning::Silence::None;
        QString writer;       // see captioning::Speaker
        bool hasPoint = true; // false: the photo must be indexed for it first
    };
    PhotoInfo photo;
    std::vector<OfEncoder> encoders; // in the order that was asked
};

// Read by the window's thread while a worker reads sentences.
struct CaptionsProgress {
    std::atomic<int> encoder = 0;
    std::atomic<std::int64_t> done = 0, total = 0; // sentences of it
};

inline constexpr std::size_t saidSentences = 3; // of either kind

// NotFound: the photo is gone, or no such encoder. Cancelled.
Result<CaptionsOutcome> captionsOf(EncoderShelf &shelf, const std::vector<std::string> &encoders, PhotoId photo,
                                   CaptionsProgress &progress, const std::stop_token &stop);

} // namespace photolex::ui
