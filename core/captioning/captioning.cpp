#include "core/captioning/captioning.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <set>

namespace photolex::captioning {

namespace {

using catalogue::CaptionOrigin;

// Whose text stands for a photo, and what was proposed.
struct Standing {
    bool isCaptioned = false;
    catalogue::ProposedCaption proposal; // of any bundle
    bool isOf(const std::string &bundle) const
    {
        return !proposal.text.empty() && proposal.origin == CaptionOrigin::Generated && proposal.bundle == bundle;
    }
};

Result<Standing> standing(const catalogue::Catalogue &catalogue, PhotoId photo)
{
    const auto captions = catalogue.captions(photo);
    auto proposal = catalogue.proposedCaption(photo);
    if (!captions || !proposal)
        return fail(captions ? proposal.error() : captions.error());
    return Standing{!captions->empty() && captions->front().origin <= CaptionOrigin::File, std::move(*proposal)};
}

} // namespace

Result<JobReport> captionPhotos(catalogue::Catalogue &catalogue, const caption::Captioner &captioner,
                                const embedding::Rows &rows, std::span<const PhotoId> photos, const JobOptions &options,
                                const std::stop_token &stop, const ProgressSink &progress, const JobSink &report)
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
        auto found = standing(catalogue, photo);
        if (!found)
            return fail(found.error());
        const auto row = rows.indexOf(photo);
        std::optional<catalogue::ProposalChange> change;
        if (found->isCaptioned && !options.withCaptioned) {
            ++job.captioned;
        } else if (found->isOf(bundle) && !options.again) {
            ++job.doneBefore;
            count(found->proposal.text);
        } else if (row < 0) {
            ++job.withoutPoint;
        } else {
            auto own = options.captions;
            own.seed += static_cast<std::uint64_t>(photo.value);
            const auto captions = captioner.captions(rows.row(static_cast<std::size_t>(row)), own, stop);
            if (!captions)
                return fail(captions.error());
            const auto &best = captions->front();
            change = {photo, std::move(found->proposal), {}};
            change->after = {.origin = CaptionOrigin::Generated,
                             .text = best.text,
                             .bundle = bundle,
                             .structure = fmt::format("{}", fmt::join(best.tags, " ")),
                             .score = best.score};
            if (const auto saved = catalogue.setProposedCaption(photo, change->after); !saved)
                return fail(saved.error());
            ++job.written;
            count(best.text);
        }
        throttle.report({"captions", ++done, static_cast<std::int64_t>(photos.size())});
        if (report)
            report(job, change ? &*change : nullptr);
    }
    return job;
}

} // namespace photolex::captioning
