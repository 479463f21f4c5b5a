#include "core/base/result.h"

#include <cerrno>
#include <system_error>

namespace photolex {

std::string_view errcName(Errc code)
{
    switch (code) {
    case Errc::Cancelled:
        return "cancelled";
    case Errc::NotFound:
        return "not-found";
    case Errc::Denied:
        return "denied";
    case Errc::DiskFull:
        return "disk-full";
    case Errc::Corrupt:
        return "corrupt";
    case Errc::Unsupported:
        return "unsupported";
    case Errc::Invalid:
        return "invalid";
    case Errc::Busy:
        return "busy";
    case Errc::TooLarge:
        return "too-large";
    case Errc::Internal:
        break;
    }
    return "internal";
}

Error systemError(int errnoValue, std::string subject)
{
    Errc code = Errc::Internal;
    switch (errnoValue) {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
    case ESTALE:
        code = Errc::NotFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        code = Errc::Denied;
        break;
    case ENOSPC:
    case EDQUOT:
        code = Errc::DiskFull;
        break;
    case EBUSY:
    case EAGAIN:
    case ETXTBSY:
        code = Errc::Busy;
        break;
    case EFBIG:
    case EOVERFLOW:
    case ENOMEM:
        code = Errc::TooLarge;
        break;
    case EINVAL:
    case ENAMETOOLONG:
    case EISDIR:
    case ELOOP:
        code = Errc::Invalid;
        break;
    default:
        break;
    }
    return {code, std::move(subject), std::generic_category().message(errnoValue)};
}

} // namespace photolex
