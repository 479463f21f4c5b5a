// One log for the whole program, on stderr (and in a file when asked). Lines name the file concerned.
//
//     log::warn("{}: {}", displayText(path), error.detail);
#pragma once

#include <fmt/format.h>
#include <string_view>

namespace photolex::log {

enum class Level : unsigned char { Debug, Info, Warning, Error, Off };

void setLevel(Level level);
void write(Level level, std::string_view text);

template <class... Args>
void debug(fmt::format_string<Args...> format, Args &&...args)
{
    write(Level::Debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args &&...args)
{
    write(Level::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args &&...args)
{
    write(Level::Warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args &&...args)
{
    write(Level::Error, fmt::format(format, std::forward<Args>(args)...));
}

} // namespace photolex::log
