#include "core/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace photolex::log {

namespace {

spdlog::level::level_enum spdlogLevel(Level level)
{
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        return spdlog::level::err;
    case Level::Off:
        break;
    }
    return spdlog::level::off;
}

// Leaked on purpose: workers may still log while statics are destroyed.
spdlog::logger &logger()
{
    static auto *instance = [] {
        auto *created = new spdlog::logger("photolex", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        created->set_pattern("%^%l%$: %v");
        created->set_level(spdlog::level::warn);
        return created;
    }();
    return *instance;
}

} // namespace

void setLevel(Level level)
{
    logger().set_level(spdlogLevel(level));
}

void write(Level level, std::string_view text)
{
    logger().log(spdlogLevel(level), spdlog::string_view_t(text.data(), text.size()));
}

} // namespace photolex::log
