// The desktop's programs that say they can open a photo, and opening one with them.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <span>
#include <string>
#include <vector>

namespace photolex::ui {

struct Program {
    QString id;   // of its desktop entry: "org.gimp.GIMP.desktop"
    QString name; // in the desktop's language
    QString icon; // in its theme, or a path; may be empty
    bool isDefault = false;
};

// For the kind of this file (absolute, bytes); the default first, then as the desktop orders them. Photolex itself is
// left out.
std::vector<Program> programsFor(const std::string &path);

// Opens the files (absolute, bytes) as the entry's Exec line says. Returns at once. NotFound: the program is gone.
// Internal: it could not be started; `detail` says why.
Result<> openWith(const QString &id, std::span<const std::string> paths);

} // namespace photolex::ui
