// The two corners where OpenCV decodes: BMP, and TIFF with floating point.
#pragma once

#include "core/image/decode_p.h"

namespace photolex::image {

// Only for bytes whose format is known: cv::imdecode hands unknown ones to GDAL by way of a temporary file.
// As stored (no orientation applied). Corrupt when OpenCV gives nothing.
enum class Samples : std::uint8_t { Octets, Floats };
Result<Pixels> decodeWithOpenCv(Bytes bytes, Samples samples);

// One thread: our workers are the parallel part. Called before every use of OpenCV; costs nothing.
void prepareOpenCv();

} // namespace photolex::image
