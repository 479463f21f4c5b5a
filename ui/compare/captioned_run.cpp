#include "ui/compare/captioned_run.h"

#include "core/base/paths.h"
#include "core/image/metadata.h"
#include "core/train/measure.h"
#include "ui/common/photo_text.h"

#include <algorithm>

namespace photolex::ui {

namespace {

QStringList splitsOf(const dataset::Dataset &set)
{
    QStringList splits;
    for (const auto &split : set.splits)
        if (const auto name = QString::fromStdString(split); !splits.contains(name))
            splits << name;
    return splits;
}

QString chosenSplit(const QStringList &splits, const QString &wanted)
{
    for (const auto &name : {wanted, QStringLiteral("test"), QStringLiteral("dev"), QStringLiteral("val")})
        if (splits.contains(name))
            return name;
    return splits.value(0);
}

CaptionedOutcome::Way way(const std::vector<std::vector<std::int64_t>> &groups, const eval::Ranking &ranking,
                          std::int64_t most)
{
    const eval::BootstrapOptions options{.draws = 500}; // the bands of 1,000 draws differ by less than a line's width
    return {ranking, eval::recallCurve(groups, eval::curveSteps(most), options),
            eval::rankHistogram(groups, most, options)};
}

} // namespace

Result<CaptionedOutcome> measureCaptioned(EncoderShelf &shelf, const std::vector<std::string> &encoders,
                                          const CaptionedSource &source, CaptionedProgress &progress,
                                          const std::stop_token &stop)
{
    const auto whole = dataset::loadPlace(pathBytes(source.place), {}, [](const std::filesystem::path &photo) {
        const auto metadata = image::readMetadata(photo);
        return metadata ? metadata->caption : std::string();
    });
    if (!whole)
        return fail(whole.error());
    CaptionedOutcome outcome;
    outcome.name = QString::fromStdString(whole->name);
    outcome.splits = splitsOf(*whole);
    outcome.split = chosenSplit(outcome.splits, source.split);
    if (!whole->hasImages() || outcome.splits.isEmpty())
        return fail(Errc::Invalid, pathBytes(source.place), "it has no photos");
    const auto set = dataset::split(*whole, outcome.split.toStdString());
    if (!set)
        return fail(set.error());
    outcome.images = static_cast<std::int64_t>(set->images.size());
    outcome.captions = static_cast<std::int64_t>(set->captions.size());
    for (const auto &id : encoders) {
        const auto encoder = shelf.encoder(id);
        if (!encoder)
            return fail(encoder.error());
        const auto points = train::photoPoints(set->images, *shelf.bundleOf(id), **encoder,
                                               {.featureCache = paths::cacheHome() / "features",
                                                .progress =
                                                    [&progress](const Progress &now) {
                                                        progress.done = now.done;
                                                        progress.total = now.total;
                                                    }},
                                               stop);
        if (!points)
            return fail(points.error());
        if (stop.stop_requested())
            return fail(Errc::Cancelled, pathBytes(source.place), "the features so far are kept");
        const auto found = train::captionRanks(*set, *points, **encoder);
        if (!found && found.error().code == Errc::Unsupported) {
            outcome.encoders.push_back({.id = id, .hasNoText = true});
            ++progress.encoder;
            continue;
        }
        if (!found)
            return fail(found.error());
        const auto figures = eval::retrieval(found->ranks, found->imageOfText);
        const auto groups = eval::groups(found->ranks, found->imageOfText);
        outcome.encoders.push_back({id, way(groups.imageToText, figures.imageToText, figures.texts),
                                    way(groups.textToImage, figures.textToImage, figures.images), found->unreadable});
        ++progress.encoder;
    }
    return outcome;
}

} // namespace photolex::ui
