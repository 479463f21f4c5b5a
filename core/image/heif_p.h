#pragma once

#include "core/image/decode_p.h"

#include <string_view>

namespace photolex::image {

// irot or imir among the properties of the primary item.
bool hasOwnTransformation(Bytes file);

// The last box names more bytes than the file has: a download that broke off.
bool endsWithinABox(Bytes file);

// "no decoder for HEVC " where libheif has come without its plugins; empty: all are there.
std::string missingHeifDecoders();

// What a message of libheif means for the person: code and English detail, with the version that helps.
Error heifError(bool isUnsupported, std::string_view message);

} // namespace photolex::image
