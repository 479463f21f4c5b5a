// What reading and writing of metadata share.
#pragma once

#include <mutex>
#include <string>

namespace photolex::image {

// The XMP toolkit inside Exiv2 keeps global state and no lock of its own; reading or writing any file may reach it. It
// takes a fraction of a millisecond, so one lock around all of it costs nothing beside decoding.
std::mutex &toolkitLock();

// Fields are UTF-8 by their standard and Latin-1 by habit.
std::string toUtf8(std::string text);

} // namespace photolex::image
