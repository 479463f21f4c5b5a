// Photos into a folder, as copies or links.
#include "core/base/bytes.h"
#include "core/exchange/chosen_p.h"
#include "core/image/metadata_write.h"

#include <fmt/format.h>

namespace photolex::exchange {

namespace fs = std::filesystem;

namespace {

// Whatever lies there keeps its name, a link that leads nowhere too.
fs::path freeName(const fs::path &folder, const fs::path &name)
{
    std::error_code ignored;
    const auto taken = [&](const fs::path &file) {
        return fs::symlink_status(file, ignored).type() != fs::file_type::not_found;
    };
    auto file = folder / name;
    for (int number = 2; taken(file); ++number) {
        file = folder / name.stem();
        file += fmt::format(" ({})", number);
        file += name.extension();
    }
    return file;
}

Result<> copyWithCaption(const Chosen &chosen, const fs::path &target)
{
    auto bytes = readFile(chosen.path);
    if (!bytes)
        return fail(bytes.error());
    if (!chosen.caption)
        return writeFileAtomically(target, *bytes);
    const auto captioned = image::withCaption(*bytes, target.filename(), chosen.caption->text);
    if (captioned)
        return writeFileAtomically(target, *captioned);
    const auto packet = image::withDescription({}, chosen.caption->text);
    if (!packet)
        return fail(packet.error());
    if (auto written = writeFileAtomically(target, *bytes); !written)
        return written;
    return writeFileAtomically(fs::path(target.native() + ".xmp"), *packet);
}

Result<> transferOne(const Chosen &chosen, const fs::path &target, Transfer transfer)
{
    if (transfer == Transfer::CopyWithCaptions)
        return copyWithCaption(chosen, target);
    if (transfer == Transfer::Link) {
        std::error_code error;
        fs::create_symlink(chosen.path, target, error);
        return error ? Result<>(fail(systemError(error.value(), displayText(target)))) : Result<>();
    }
    const auto bytes = readFile(chosen.path);
    return bytes ? writeFileAtomically(target, *bytes) : fail(bytes.error());
}

} // namespace

Result<Report> writePhotos(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos,
                           const fs::path &folder, Transfer transfer, const std::stop_token &stop,
                           const ProgressSink &progress)
{
    if (auto writable = writableFolder(folder); !writable)
        return fail(writable.error());
    Report report;
    const auto visited = eachChosen(catalogue, photos, stop, progress, [&](const Chosen &chosen) -> Result<> {
        const auto target = freeName(folder, fs::path(chosen.path).filename());
        auto done = transferOne(chosen, target, transfer);
        if (!done && done.error().code == Errc::DiskFull)
            return done;
        if (!done)
            report.problems.push_back({chosen.path, done.error()});
        else
            ++report.written;
        return {};
    });
    if (!visited)
        return fail(visited.error());
    return report;
}

} // namespace photolex::exchange
