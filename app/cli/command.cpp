#include "app/cli/command.h"

#include "core/base/bytes.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>
#include <unistd.h>

namespace photolex::cli {

namespace {

// True when the stop request came first.
bool waitFor(std::chrono::milliseconds time, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, time, [] { return false; });
    return stop.stop_requested();
}

std::optional<int> number(std::string_view text)
{
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? std::nullopt : std::optional(value);
}

} // namespace

Result<std::shared_ptr<catalogue::Catalogue>> openForWriting(const Context &context)
{
    bool told = false;
    for (;;) {
        auto opened = catalogue::Catalogue::open(context.library, catalogue::Access::Write);
        if (opened || opened.error().code != Errc::Busy)
            return opened;
        if (!told)
            fmt::print(stderr, "photolex-cli: {}: waiting, another process writes to this library ({})\n",
                       displayText(context.library), opened.error().detail);
        told = true;
        if (waitFor(std::chrono::milliseconds(200), context.stop))
            return fail(Errc::Cancelled, displayText(context.library), "nothing was changed");
    }
}

Result<std::shared_ptr<catalogue::Catalogue>> openForReading(const Context &context)
{
    std::error_code ignored;
    if (!std::filesystem::exists(context.library, ignored))
        return fail(Errc::NotFound, displayText(context.library),
                    "there is no library yet: run \"photolex-cli index FOLDER\"");
    auto opened = catalogue::Catalogue::open(context.library, catalogue::Access::Read);
    // An older version's: to write once brings it up to date. Where that cannot be (another process writes, a newer
    // version's), what stood in the way of reading is what to tell.
    if (!opened && opened.error().code == Errc::Unsupported &&
        catalogue::Catalogue::open(context.library, catalogue::Access::Write))
        opened = catalogue::Catalogue::open(context.library, catalogue::Access::Read);
    return opened;
}

std::filesystem::path absolutePath(const std::filesystem::path &path)
{
    // Absolute first: of a name of which nothing exists yet, weakly_canonical gives back the bare name.
    std::error_code error;
    const auto whole = std::filesystem::absolute(path, error);
    auto canonical = std::filesystem::weakly_canonical(error ? path : whole, error);
    if (error)
        canonical = whole.lexically_normal();
    if (!canonical.has_filename() && canonical.has_parent_path() && canonical != canonical.root_path())
        canonical = canonical.parent_path();
    return canonical;
}

Result<std::int64_t> parseDay(std::string_view text, bool endOfSpan)
{
    using namespace std::chrono;
    const auto invalid = [&] {
        return fail(Errc::Invalid, displayText(text), "a date is YYYY, YYYY-MM or YYYY-MM-DD");
    };
    const auto yearPart = number(text.substr(0, 4));
    if (text.size() < 4 || !yearPart)
        return invalid();
    year_month_day first = year(*yearPart) / January / 1;
    sys_days after = sys_days((year(*yearPart) + years(1)) / January / 1);
    if (text.size() >= 7 && text[4] == '-') {
        const auto monthPart = number(text.substr(5, 2));
        if (!monthPart || *monthPart < 1 || *monthPart > 12)
            return invalid();
        first = year(*yearPart) / month(static_cast<unsigned>(*monthPart)) / 1;
        after = sys_days(year_month_day(first.year() / first.month() / 1) + months(1));
    }
    if (text.size() == 10 && text[7] == '-') {
        const auto dayPart = number(text.substr(8, 2));
        if (!dayPart)
            return invalid();
        first = first.year() / first.month() / day(static_cast<unsigned>(*dayPart));
        if (!first.ok())
            return invalid();
        after = sys_days(first) + days(1);
    } else if (text.size() != 4 && text.size() != 7) {
        return invalid();
    }
    const auto point = endOfSpan ? sys_seconds(after) - seconds(1) : sys_seconds(sys_days(first));
    return static_cast<std::int64_t>(point.time_since_epoch().count());
}

Json errorJson(const Error &error)
{
    return {{"code", errcName(error.code)}, {"subject", error.subject}, {"detail", error.detail}};
}

std::string sentence(const Error &error)
{
    if (error.subject.empty())
        return error.detail.empty() ? std::string(errcName(error.code)) : error.detail;
    return fmt::format("{}: {}", error.subject, error.detail.empty() ? errcName(error.code) : error.detail);
}

ProgressSink progressLine(const Context &context)
{
    if (context.json || !::isatty(STDERR_FILENO))
        return {};
    return [](const Progress &progress) {
        fmt::print(stderr, "\r{} {}/{} ", progress.stage, progress.done, progress.total);
        if (progress.total > 0 && progress.done >= progress.total)
            fmt::print(stderr, "\n");
        std::fflush(stderr);
    };
}

} // namespace photolex::cli
