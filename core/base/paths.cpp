#include "core/base/paths.h"

#include <cstdlib>
#include <dlfcn.h>
#include <pwd.h>
#include <unistd.h>

namespace photolex::paths {

namespace {

std::filesystem::path home()
{
    if (const char *folder = std::getenv("HOME"); folder && *folder)
        return folder;
    const auto *entry = ::getpwuid(::getuid());
    return entry && entry->pw_dir ? std::filesystem::path(entry->pw_dir) : std::filesystem::path("/");
}

// The XDG base directory specification: an unset, empty or relative value counts as unset.
std::filesystem::path xdg(const char *variable, const char *fallback)
{
    const char *given = std::getenv(variable);
    const auto base = given && *given == '/' ? std::filesystem::path(given) : home() / fallback;
    return base / "photolex";
}

// The folder of the shared library that holds this function.
std::filesystem::path libraryFolder()
{
    Dl_info info = {};
    if (dladdr(reinterpret_cast<void *>(&libraryFolder), &info) && info.dli_fname) {
        std::error_code ignored;
        const auto file = std::filesystem::canonical(info.dli_fname, ignored);
        if (!file.empty())
            return file.parent_path();
    }
    return std::filesystem::current_path();
}

} // namespace

std::filesystem::path dataHome()
{
    return xdg("XDG_DATA_HOME", ".local/share");
}

std::filesystem::path cacheHome()
{
    return xdg("XDG_CACHE_HOME", ".cache");
}

std::filesystem::path configHome()
{
    return xdg("XDG_CONFIG_HOME", ".config");
}

std::filesystem::path defaultLibrary()
{
    return dataHome() / "library.photolex";
}

std::filesystem::path resources()
{
    if (const char *given = std::getenv("PHOTOLEX_RESOURCES"); given && *given)
        return given;
    return libraryFolder() / ".." / ".." / "share" / "photolex";
}

std::filesystem::path neuralModule()
{
    return libraryFolder() / "photolex-neural.so";
}

} // namespace photolex::paths
