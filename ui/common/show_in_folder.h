// Files shown in the desktop's file manager, selected there.
#pragma once

#include <span>
#include <string>

namespace photolex::ui {

// `paths`: absolute, bytes. File managers that know org.freedesktop.FileManager1 select the files; where none answers,
// the folder of the first is opened. Returns at once.
void showInFolder(std::span<const std::string> paths);
inline void showInFolder(const std::string &path)
{
    showInFolder(std::span(&path, 1));
}

} // namespace photolex::ui
