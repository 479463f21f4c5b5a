#include "core/captioning/captioning.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace photolex::captioning {

namespace {

using catalogue::CaptionOrigin;

// Whose text stands for a photo, and what was proposed.
struct Standing {
    bool isCaptioned = false;
    std::string proposal; // of this bundle; empty: none
};

Result<Standing> standing(const catalogue::Catalogue &catalogue, PhotoId photo, const std::string &bundle)
{
    const auto captions = catalogue.captions(photo);
    if (!captions)
        return fail(captions.error());
    Standing found;
    for (const auto &one : *captions) {
        if (one.origin == CaptionOrigin::User || one.origin == CaptionOrigin::File)
            found.isCaptioned = true;
        else if (one.origin == CaptionOrigin::Generated && one.detail == bundle)
            found.proposal = one.text;
    }
    return found;
}

} // namespace

Result<JobReport> captionPhotos(catalogue::Catalogue &catalogue, const caption::Captioner &captioner,
                                const embedding::Rows &rows, std::span<const PhotoId> photos, const JobOptions &options,
                                const std::stop_token &stop, const ProgressSink &progress,
                                const std::function<void(const JobReport &)> &report)
{
    if (rows.hash() != captioner.encoder()->hash())
        return fail(Errc::Invalid, "rows", "they are not points of the encoder that the captions were trained on");
    const auto &bundle = captioner.bundleId();
    JobReport job;
    std::set<std::string> different;
    std::int64_t texts = 0;
    const auto count = [&](const std::string &text) {
        different.insert(text);
        job.distinctShare = static_cast<double>(different.size()) / static_cast<double>(++texts);
    };
    ProgressThrottle throttle(progress);
    std::int64_t done = 0;
    for (const auto photo : photos) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "captions", "what was written stays");
        const auto found = standing(catalogue, photo, bundle);
        if (!found)
            return fail(found.error());
        const auto row = rows.indexOf(photo);
        if (found->isCaptioned && !options.withCaptioned) {
            ++job.captioned;
        } else if (!found->proposal.empty() && !options.again) {
            ++job.doneBefore;
            count(found->proposal);
        } else if (row < 0) {
            ++job.withoutPoint;
        } else {
            auto own = options.captions;
            own.seed += static_cast<std::uint64_t>(photo.value);
            const auto captions = captioner.captions(rows.row(static_cast<std::size_t>(row)), own, stop);
            if (!captions)
                return fail(captions.error());
            const auto &best = captions->front();
            const auto saved =
                catalogue.setProposedCaption(photo, {.origin = CaptionOrigin::Generated,
                                                     .text = best.text,
                                                     .bundle = bundle,
                                                     .structure = fmt::format("{}", fmt::join(best.tags, " ")),
                                                     .score = best.score});
            if (!saved)
                return fail(saved.error());
            ++job.written;
            count(best.text);
        }
        throttle.report({"captions", ++done, static_cast<std::int64_t>(photos.size())});
        if (report)
            report(job);
    }
    return job;
}

} // namespace photolex::captioning
