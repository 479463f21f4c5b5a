// Any bytes as a file with EXIF, IPTC and XMP; the file name is one without a date and without a sidecar.
#include "core/image/metadata.h"

#include "core/base/bytes.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::span bytes(reinterpret_cast<const std::byte *>(data), size);
    const auto metadata = photolex::image::readMetadata(bytes, "/nowhere/photo");
    if (!metadata || !photolex::isValidUtf8(metadata->caption))
        std::abort();
    return 0;
}
