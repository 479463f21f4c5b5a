// Where things lie: XDG folders, the program's own resources, and the neural module beside the core library.
#pragma once

#include <filesystem>

namespace photolex::paths {

std::filesystem::path dataHome();       // $XDG_DATA_HOME/photolex
std::filesystem::path cacheHome();      // $XDG_CACHE_HOME/photolex
std::filesystem::path configHome();     // $XDG_CONFIG_HOME/photolex
std::filesystem::path defaultLibrary(); // dataHome()/library.photolex

// Installed or built: found relative to the core library, never from the working folder.
// PHOTOLEX_RESOURCES overrides the first.
std::filesystem::path resources();
std::filesystem::path neuralModule();

} // namespace photolex::paths
