#include "core/exchange/chosen_p.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace photolex::exchange {

std::optional<catalogue::Caption> captionOf(std::span<const catalogue::Caption> captions)
{
    using catalogue::CaptionOrigin;
    for (const auto origin : {CaptionOrigin::User, CaptionOrigin::File})
        if (const auto found = std::ranges::find(captions, origin, &catalogue::Caption::origin);
            found != captions.end())
            return *found;
    return std::nullopt;
}

Result<> eachChosen(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos, const std::stop_token &stop,
                    const ProgressSink &progress, const std::function<Result<>(const Chosen &)> &visit)
{
    ProgressThrottle throttle(progress);
    std::int64_t done = 0;
    for (const auto id : photos) {
        if (stop.stop_requested())
            return fail(Errc::Cancelled, "exchange", "what was finished stays");
        throttle.report({"export", done++, static_cast<std::int64_t>(photos.size())});
        auto photo = catalogue.photo(id);
        if (!photo)
            return fail(photo.error());
        if (!*photo)
            continue;
        auto path = catalogue.absolutePath(id);
        const auto captions = catalogue.captions(id);
        if (!path || !captions)
            return fail(path ? captions.error() : path.error());
        Chosen chosen{std::move(**photo), std::move(*path), captionOf(*captions), {}};
        if (const auto found =
                std::ranges::find(*captions, catalogue::CaptionOrigin::Generated, &catalogue::Caption::origin);
            found != captions->end())
            chosen.proposal = *found;
        if (auto visited = visit(chosen); !visited)
            return visited;
    }
    throttle.report({"export", done, done});
    return {};
}

bool isReadOnlyFolder(const std::filesystem::path &folder)
{
    struct stat status = {};
    if (::stat(folder.c_str(), &status) != 0)
        return false;
    constexpr auto anyoneWrites = S_IWUSR | S_IWGRP | S_IWOTH;
    return (status.st_mode & anyoneWrites) == 0 || ::access(folder.c_str(), W_OK) != 0;
}

Result<> writableFolder(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(systemError(error.value(), displayText(folder)));
    if (isReadOnlyFolder(folder))
        return fail(Errc::Denied, displayText(folder), "this folder is read-only: export to another place");
    return {};
}

} // namespace photolex::exchange
