// What all ways in and out share: photos with their captions one after another, and folders that can be written to.
#pragma once

#include "core/exchange/exchange.h"

#include <functional>
#include <optional>

namespace photolex::exchange {

// The caption that goes out: the user's, else the file's.
std::optional<catalogue::Caption> captionOf(std::span<const catalogue::Caption> captions);

struct Chosen {
    catalogue::Photo photo;
    std::string path; // absolute
    std::optional<catalogue::Caption> caption;
    std::optional<catalogue::Caption> proposal; // that a model wrote
};
// Each photo in order; one that the library no longer knows is passed over. Errors of `visit` end it.
Result<> eachChosen(const catalogue::Catalogue &catalogue, std::span<const PhotoId> photos, const std::stop_token &stop,
                    const ProgressSink &progress, const std::function<Result<>(const Chosen &)> &visit);

// Made when missing. Denied: read-only, also for those whom permissions do not bind.
Result<> writableFolder(const std::filesystem::path &folder);

} // namespace photolex::exchange
