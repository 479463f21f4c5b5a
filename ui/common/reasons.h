// Why something failed, in the language of the window. Core's details are English and meant for logs; those that a
// person meets are known here, with the numbers in them.
#pragma once

#include "core/base/result.h"

#include <QString>

namespace photolex::ui {

// A part of a sentence, to stand in brackets: "the file ends early". What a library said in English is left out in
// other languages, and a detail that is not known here becomes the short reason of the code.
QString reasonText(const Error &error);
// Is the detail one of those that are translated?
bool isKnownReason(const Error &error);

} // namespace photolex::ui
