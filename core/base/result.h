// Errors are values at every public boundary of core.
//
//     Result<Photo> photo = catalogue.photo(id);
//     if (!photo)
//         return fail(photo.error());
//
// The code says what the caller can do about it, the subject names the file, bundle, column or argument, and the
// detail is English for the log and --json. Sentences for people are made in ui and app.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace photolex {

enum class Errc : std::uint8_t {
    Cancelled,   // the caller asked for it; what was finished stays
    NotFound,    // nothing is there by that name: check the name, or wait until the drive returns
    Denied,      // permission is missing, or the place is read-only
    DiskFull,    // no space (or quota) left: free some and go on
    Corrupt,     // the bytes contradict themselves or their checksum: restore or import again
    Unsupported, // understood, but not handled by this version: update, or convert
    Invalid,     // the caller's argument is wrong
    Busy,        // another process or job holds it: wait, then try again
    TooLarge,    // refused before allocation: raise the limit, or make it smaller
    Internal,    // our own mistake; the log tells more
};

// "cancelled", "not-found", "denied", "disk-full", ...: stable, for --json.
std::string_view errcName(Errc code);

struct Error {
    Errc code = Errc::Internal;
    std::string subject; // UTF-8
    std::string detail;  // English
    bool operator==(const Error &) const = default;
};

template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
    using Base = tl::expected<T, Error>;

public:
    using Base::Base;
};

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(Errc code, std::string subject, std::string detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(subject), std::move(detail)});
}

// The Error that an errno value stands for (ENOSPC and EDQUOT: DiskFull, EACCES and EROFS: Denied, ...).
Error systemError(int errnoValue, std::string subject);

} // namespace photolex
