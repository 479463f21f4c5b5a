// The language of the window: its own sentences, Qt's, numbers and dates. May be changed at any time; what is built
// already keeps its words until it is built again.
#pragma once

#include <QString>

namespace photolex::ui {

void applyLanguage(const QString &code); // "en", "de"; empty: that of the system, English where there is none

} // namespace photolex::ui
