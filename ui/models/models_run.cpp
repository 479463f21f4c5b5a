#include "ui/models/models_run.h"

#include "core/joint/encoder.h"
#include "ui/common/folder_size.h"

namespace photolex::ui {

std::vector<BundleInfo> readBundles(const std::stop_token &stop)
{
    std::vector<BundleInfo> all;
    for (const auto &installed : model::installedBundles()) {
        auto &info = all.emplace_back(BundleInfo{.installed = installed});
        auto manifest = model::readManifest(installed.folder / "manifest.json");
        if (manifest)
            info.manifest = std::move(*manifest);
        else
            info.error = manifest.error();
        info.bytes = bytesBelow(installed.folder, stop);
    }
    return all;
}

Result<> checkBundle(const std::filesystem::path &folder)
{
    const auto bundle = model::Bundle::open(folder);
    if (!bundle)
        return fail(bundle.error());
    return joint::selfTest(*bundle);
}

Result<joint::Speed> measureBundle(const std::filesystem::path &folder, const std::stop_token &stop)
{
    const auto bundle = model::Bundle::open(folder);
    if (!bundle)
        return fail(bundle.error());
    return joint::measureSpeed(*bundle, stop);
}

Result<RowsImported> importRows(const joint::RowFiles &files, const std::shared_ptr<catalogue::Catalogue> &catalogue,
                                const std::stop_token &stop)
{
    auto rows = joint::importRows(files, stop);
    if (!rows)
        return fail(rows.error());
    const auto bundle = model::Bundle::open(rows->installed.folder);
    if (!bundle)
        return fail(bundle.error());
    const auto encoder = joint::Encoder::open(*bundle);
    if (!encoder)
        return fail(encoder.error());
    auto report = indexing::fillReadyRows(*catalogue, **encoder, stop);
    if (!report)
        return fail(report.error());
    return RowsImported{std::move(*rows), std::move(*report)};
}

} // namespace photolex::ui
