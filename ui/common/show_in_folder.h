// A file shown in the desktop's file manager, selected there.
#pragma once

#include <string_view>

namespace photolex::ui {

// `path`: absolute, bytes. File managers that know org.freedesktop.FileManager1 select the file; where none answers,
// its folder is opened. Returns at once.
void showInFolder(std::string_view path);

} // namespace photolex::ui
