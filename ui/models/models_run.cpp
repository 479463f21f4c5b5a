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

} // namespace photolex::ui
