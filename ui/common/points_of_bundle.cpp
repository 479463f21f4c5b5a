#include "ui/common/points_of_bundle.h"

#include "core/model/ready_rows.h"

#include <chrono>
#include <thread>

namespace photolex::ui {

Result<indexing::IndexReport> pointsOfBundle(const std::shared_ptr<catalogue::Catalogue> &catalogue,
                                             const std::string &id, const indexing::IndexOptions &options,
                                             const std::stop_token &stop)
{
    const auto bundle = model::openBundle(id);
    if (!bundle)
        return fail(bundle.error());
    if (model::holdsReadyRows((*bundle)->manifest())) {
        const auto encoder = joint::Encoder::open(*bundle);
        if (!encoder)
            return fail(encoder.error());
        const auto filled = indexing::fillReadyRows(*catalogue, **encoder, stop);
        if (!filled)
            return fail(filled.error());
        return indexing::IndexReport{.embedded = filled->filled};
    }
    const auto models = indexing::openModels(*bundle);
    if (!models)
        return fail(models.error());
    // A place may be filling the same rows from features just now: that takes seconds.
    for (;;) {
        auto report = indexing::embedPhotos(catalogue, *models, options, stop);
        if (report || report.error().code != Errc::Busy || stop.stop_requested())
            return report;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

} // namespace photolex::ui
