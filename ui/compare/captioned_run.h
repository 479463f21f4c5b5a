// How well several encoders find the photos of captions, and the captions of photos, in one captioned set. Blocks: for
// workers.
#pragma once

#include "core/dataset/dataset.h"
#include "core/eval/curves.h"
#include "ui/compare/compare_run.h"

#include <QString>
#include <QStringList>
#include <atomic>
#include <vector>

namespace photolex::ui {

struct CaptionedSource {
    QString place; // a folder or a file: its content tells what it is
    QString split; // empty: "test" where there is one, else the first of "dev", "val" and whatever comes first
    bool operator==(const CaptionedSource &) const = default;
};

struct CaptionedOutcome {
    struct Way {
        eval::Ranking ranking;
        std::vector<eval::CurvePoint> curve;
        std::vector<eval::RankBin> histogram;
    };
    struct OfEncoder {
        std::string id;
        Way imageToText, textToImage;
        std::int64_t unreadable = 0; // captions without a known word
        bool hasNoText = false;      // it reads no captions: nothing above is measured
    };
    QString name;
    QStringList splits; // that the set has
    QString split;      // that was asked
    std::int64_t images = 0, captions = 0;
    std::vector<OfEncoder> encoders;
};

// Read by the window's thread while a worker counts.
struct CaptionedProgress {
    std::atomic<std::int64_t> done = 0, total = 0; // photos looked at for one encoder
    std::atomic<int> encoder = 0;
};

// NotFound, Corrupt, Invalid: as dataset::loadPlace and train::photoPoints; Invalid too when no photo has a caption.
Result<CaptionedOutcome> measureCaptioned(EncoderShelf &shelf, const std::vector<std::string> &encoders,
                                          const CaptionedSource &source, CaptionedProgress &progress,
                                          const std::stop_token &stop);

} // namespace photolex::ui
