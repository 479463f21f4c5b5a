#include "ui/compare/captions_run.h"

namespace photolex::ui {

namespace {

Result<CaptionsOutcome::OfEncoder> saidBy(EncoderShelf &shelf, const std::string &id, PhotoId photo,
                                          CaptionsProgress &progress, const std::stop_token &stop)
{
    CaptionsOutcome::OfEncoder own;
    const auto speaker = shelf.speaker(
        id,
        [&progress](const Progress &now) {
            progress.total = now.total;
            progress.done = now.done;
        },
        stop);
    if (!speaker)
        return fail(speaker.error());
    own.retrieving = (*speaker)->retrieving();
    own.generating = (*speaker)->generating();
    own.writer = QString::fromStdString((*speaker)->writer());
    const auto engine = shelf.engine(id, stop);
    if (!engine)
        return fail(engine.error());
    const auto point = (*engine)->pointOf(photo);
    own.hasPoint = point.has_value();
    if (!point && point.error().code != Errc::NotFound)
        return fail(point.error());
    if (!point)
        return own;
    auto said = (*speaker)->say(*point, {.count = saidSentences}, stop);
    if (!said)
        return fail(said.error());
    own.said = std::move(*said);
    return own;
}

} // namespace

Result<CaptionsOutcome> captionsOf(EncoderShelf &shelf, const std::vector<std::string> &encoders, PhotoId photo,
                                   CaptionsProgress &progress, const std::stop_token &stop)
{
    auto info = readInfo(*shelf.catalogue(), photo);
    if (!info)
        return fail(info.error());
    CaptionsOutcome outcome{.photo = std::move(*info), .encoders = {}};
    for (const auto &id : encoders) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, id, "another photo was chosen");
        auto own = saidBy(shelf, id, photo, progress, stop);
        if (!own)
            return fail(own.error());
        outcome.encoders.push_back(std::move(*own));
        progress.total = progress.done = 0;
        ++progress.encoder;
    }
    return outcome;
}

} // namespace photolex::ui
