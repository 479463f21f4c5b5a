// Captions written for the photos of a library, one after another: a job that can be broken off and goes on where it
// was.
//
//     auto report = captioning::captionPhotos(catalogue, *captioner, *rows, photos, {}, stop, progress, {});
//
// What is written is a proposal: it stands beside the user's and the file's text and never becomes a photo's caption
// until the user accepts it.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/caption/captioner.h"
#include "core/catalogue/catalogue.h"
#include "core/embedding/rows.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace photolex::captioning {

struct JobOptions {
    caption::Options captions;  // of its seed and the photo's id, so that every photo draws structures of its own and
                                // a second run writes the same
    bool withCaptioned = false; // photos with a text of the user or the file get a proposal too
    bool again = false;         // a proposal of this bundle is written anew; otherwise the photo is done already
};

struct JobReport {
    std::int64_t written = 0;
    std::int64_t doneBefore = 0;   // had a proposal of this bundle
    std::int64_t captioned = 0;    // passed over: they have a text of the user or the file
    std::int64_t withoutPoint = 0; // not indexed by the captioner's encoder
    double distinctShare = 1;      // of the texts of `written` and `doneBefore`: different ones among all
};

// Told after every photo; `change`: what was written for it, for undo (Catalogue::setProposedCaptions), or null.
using JobSink = std::function<void(const JobReport &report, const catalogue::ProposalChange *change)>;

// `rows`: points of the captioner's encoder; Invalid otherwise. Each photo is saved as soon as it is done; Cancelled
// keeps what was written. `report` may be empty.
Result<JobReport> captionPhotos(catalogue::Catalogue &catalogue, const caption::Captioner &captioner,
                                const embedding::Rows &rows, std::span<const PhotoId> photos, const JobOptions &options,
                                const std::stop_token &stop, const ProgressSink &progress, const JobSink &report);

} // namespace photolex::captioning
